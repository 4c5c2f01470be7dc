//! Saying something in a group: possible by the ledger, then by the rules, then released.

use passerelle_group::{Deed, Event, ObjectRef, SCHEMA};
use passerelle_model::{ChannelId, Lang, StructuredData};

use super::room::Kept;
use crate::{Actor, Error, Node};

/// What a person wants to say of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The object; none where it is opened.
    pub object: Option<ObjectRef>,
    /// The version of the object that the person looked at; `None` where it does not matter.
    pub version: Option<u64>,
    /// What is said.
    pub deeds: Vec<Deed>,
    /// Tokens of staged files.
    pub attachments: Vec<String>,
    /// Language of the subject line.
    pub lang: Lang,
}

impl Wish {
    /// To open something.
    pub fn opening(deeds: Vec<Deed>, lang: Lang) -> Self {
        Self {
            object: None,
            version: None,
            deeds,
            attachments: Vec::new(),
            lang,
        }
    }

    /// To say something of what is there.
    pub fn about(object: ObjectRef, version: Option<u64>, deeds: Vec<Deed>, lang: Lang) -> Self {
        Self {
            object: Some(object),
            version,
            deeds,
            attachments: Vec::new(),
            lang,
        }
    }
}

impl Node {
    /// Says it: when this returns, it is durable in our journal, counted in our ledger and on
    /// its way. Gives the object.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group or where the object is not known;
    /// `E_CHANGED` (409) where somebody of this node said something of it since the person
    /// looked; what the ledger refuses, with its code; what the rules refuse.
    pub async fn say(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        wish: Wish,
    ) -> Result<ObjectRef, Error> {
        if !self.may_see_group(actor, channel) {
            return Err(Error::not_found("group", channel));
        }
        let kept = self.kept_group(channel)?;
        let _turn = kept.turn.lock().await;
        self.read_group(&kept, channel).await?;
        let object = wish.object.clone();
        let event = self.possible(actor, &kept, &wish)?;
        let json = event.to_json().map_err(Error::Group)?;
        let schema = SCHEMA.parse()?;
        let data = StructuredData { schema, json };
        let line = self
            .release_group(actor, channel, data, wish.attachments, wish.lang)
            .await?;
        self.read_group(&kept, channel).await?;
        Ok(object.unwrap_or(ObjectRef {
            party: self.party().clone(),
            record: line.record,
        }))
    }

    /// The event, if it is possible now.
    fn possible(&self, actor: &Actor, kept: &Kept, wish: &Wish) -> Result<Event, Error> {
        self.with_kept(kept, |room| {
            let ledger = room.ledger();
            if let (Some(id), Some(version)) = (&wish.object, wish.version) {
                let object = ledger.object(id);
                let object = object.ok_or_else(|| Error::not_found("object", id))?;
                if object.version() != version {
                    return Err(Error::state(
                        "E_CHANGED",
                        "somebody said something of it since you looked: look again",
                    ));
                }
            }
            let event = Event {
                object: wish.object.clone(),
                seen: ledger.seen(room.me()),
                deeds: wish.deeds.clone(),
            };
            let who = (actor.officer(), actor.function());
            ledger
                .may(room.me(), who, self.now(), &event)
                .map_err(Error::Group)?;
            Ok(event)
        })
    }
}
