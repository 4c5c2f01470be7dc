//! Ours only: notes beside what is shared. They have no way into an event and stand on a shelf of
//! their own.

use passerelle_group::ObjectRef;
use passerelle_group::class::Local;
use passerelle_model::{ChannelId, Markdown, OfficerId, UtcTime};
use passerelle_rules::firewall::may_speak;
use passerelle_store::Put;
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// A note of this node about an object of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNote {
    /// What it says.
    pub text: Local<Markdown>,
    /// Who wrote it last.
    pub officer: OfficerId,
    /// When.
    pub time: UtcTime,
    /// Its version, to be named by the next who writes.
    pub version: u64,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    text: Markdown,
    officer: OfficerId,
    time: UtcTime,
}

impl Node {
    /// Our note about an object.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn own_note(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        object: &ObjectRef,
    ) -> Result<Option<OwnNote>, Error> {
        self.seen_group(actor, channel)?;
        let held = self
            .document(Shelf::GROUP_NOTE, key(channel, object))
            .await?;
        let Some(document) = held else {
            return Ok(None);
        };
        let kept: Kept = self.unsealed_json(&document)?;
        Ok(Some(OwnNote {
            text: Local::new(kept.text),
            officer: kept.officer,
            time: kept.time,
            version: document.version,
        }))
    }

    /// Writes our note; an empty text takes it away. `version` is the one that the person looked
    /// at, 0 for a new note.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group, `E_ROLE` for whoever only reads there; a
    /// conflict where somebody wrote since.
    pub async fn write_own_note(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (object, version): (&ObjectRef, u64),
        text: Option<Markdown>,
    ) -> Result<(), Error> {
        self.seen_group(actor, channel)?;
        may_speak(actor.roles())?;
        let key = key(channel, object);
        let put = match text {
            None => Put {
                kind: Shelf::GROUP_NOTE,
                key,
                bytes: None,
                expected: Some(version),
            },
            Some(text) => {
                let kept = Kept {
                    text,
                    officer: actor.officer().clone(),
                    time: self.now(),
                };
                self.sealed_json_put(Shelf::GROUP_NOTE, key, &kept, Some(version))?
            }
        };
        self.store.put(vec![put]).await?;
        Ok(())
    }

    pub(crate) fn seen_group(&self, actor: &Actor, channel: &ChannelId) -> Result<(), Error> {
        if self.may_see_group(actor, channel) {
            Ok(())
        } else {
            Err(Error::not_found("group", channel))
        }
    }
}

fn key(channel: &ChannelId, object: &ObjectRef) -> String {
    format!("{channel}/{object}")
}
