//! Saying something in a group: possible by the ledger, then by the rules, then released.

use passerelle_group::{Deed, Event, ObjectRef, SCHEMA};
use passerelle_model::{Author, By, ChannelId, Lang, RecordId, StructuredData};

use super::Saying;
use super::room::Kept;
use crate::view::Line;
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

/// Who speaks for our side.
enum Speaker<'a> {
    /// Somebody who signed in.
    Person(&'a Actor),
    /// A program, for an officer.
    Program(Author, By, Option<&'a [u8]>),
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
        let who = Speaker::Person(actor);
        let (object, _) = self.said_by(who, channel, wish).await?;
        Ok(object)
    }

    /// The same for a program that was trusted to speak in the group; `author` is the officer
    /// for whom it does, as in records. Gives the object and the record that carries it; a
    /// repeated `idempotency` key (1 to 64 bytes) gives what it led to before, and nothing is
    /// said.
    ///
    /// # Errors
    /// As [`Node::say`]; `E_FIREWALL` where the author's unit takes no part in the group.
    pub async fn say_as_program(
        &self,
        (by, author): (By, Author),
        channel: &ChannelId,
        wish: Wish,
        idempotency: Option<&[u8]>,
    ) -> Result<(ObjectRef, RecordId), Error> {
        let who = Speaker::Program(author, by, idempotency);
        self.said_by(who, channel, wish).await
    }

    async fn said_by(
        &self,
        who: Speaker<'_>,
        channel: &ChannelId,
        wish: Wish,
    ) -> Result<(ObjectRef, RecordId), Error> {
        let kept = self.kept_group(channel)?;
        let _turn = kept.turn.lock().await;
        self.read_group(&kept, channel).await?;
        let object = wish.object.clone();
        let opened = |record| {
            let party = self.party().clone();
            ObjectRef { party, record }
        };
        if let Some(record) = self.said_before(&who).await? {
            return Ok((object.unwrap_or_else(|| opened(record)), record));
        }
        let event = self.possible(&who, &kept, &wish)?;
        let json = event.to_json().map_err(Error::Group)?;
        let schema = SCHEMA.parse()?;
        let saying = Saying {
            event: StructuredData { schema, json },
            attachments: wish.attachments,
            lang: wish.lang,
            purpose: None,
            markings: None,
        };
        let record = self.released(who, channel, saying).await?.record;
        self.read_group(&kept, channel).await?;
        Ok((object.unwrap_or_else(|| opened(record)), record))
    }

    /// The record to which the same request led before.
    async fn said_before(&self, who: &Speaker<'_>) -> Result<Option<RecordId>, Error> {
        let Speaker::Program(_, _, Some(bytes)) = who else {
            return Ok(None);
        };
        let key = self.idempotency_key(bytes)?;
        self.led_to(Some(&key)).await
    }

    async fn released(
        &self,
        who: Speaker<'_>,
        channel: &ChannelId,
        saying: Saying,
    ) -> Result<Line, Error> {
        match who {
            Speaker::Person(actor) => self.say_in_group(actor, channel, saying).await,
            Speaker::Program(author, by, key) => {
                self.say_for_program((by, author), channel, saying, key)
                    .await
            }
        }
    }

    /// The event, if it is possible now.
    fn possible(&self, who: &Speaker<'_>, kept: &Kept, wish: &Wish) -> Result<Event, Error> {
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
            super::items::may_be_said(ledger, wish)?;
            let event = Event {
                object: wish.object.clone(),
                seen: ledger.seen(room.me()),
                deeds: wish.deeds.clone(),
            };
            let who = match who {
                Speaker::Person(actor) => (actor.officer(), actor.function()),
                Speaker::Program(author, ..) => (&author.officer, &author.function),
            };
            ledger
                .may(room.me(), who, self.now(), &event)
                .map_err(Error::Group)?;
            Ok(event)
        })
    }
}
