//! Assessing together: our view and its salt stay here, sealed, until everybody has sealed.

use passerelle_group::{Assessment, Deed, Object, ObjectRef, commitment_to};
use passerelle_model::{ChannelId, Digest, Lang, PartyId};
use serde::{Deserialize, Serialize};

use super::Wish;
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

#[derive(Serialize, Deserialize)]
struct Sealed {
    assessment: Assessment,
    salt: Digest,
}

impl Node {
    /// Seals our assessment of a topic in the round that is due: the others see that we have
    /// one, not what it says.
    ///
    /// # Errors
    /// As [`Node::say`].
    pub async fn seal_assessment(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (topic, version): (&ObjectRef, u64),
        assessment: Assessment,
        lang: Lang,
    ) -> Result<(), Error> {
        let round = self.topic(actor, channel, topic, next_round).await?;
        let salt = Digest::new(self.dice.bytes());
        let digest = commitment_to(&assessment, &salt).map_err(Error::Group)?;
        let sealed = Sealed { assessment, salt };
        // First kept, then said: what is sealed can always be shown.
        let key = key(channel, topic, &digest);
        let put = self.sealed_json_put(Shelf::GROUP_SEALED, key, &sealed, Some(0))?;
        self.store.put(vec![put]).await?;
        let deeds = vec![Deed::Seal { round, digest }];
        let wish = Wish::about(topic.clone(), Some(version), deeds, lang);
        self.say(actor, channel, wish).await.map(drop)
    }

    /// Shows what we sealed in the newest round, once everybody has sealed.
    ///
    /// # Errors
    /// As [`Node::say`]; `E_NOT_FOUND` where this node sealed nothing, `E_TOO_EARLY` before the
    /// others have.
    pub async fn reveal_assessment(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        topic: &ObjectRef,
        lang: Lang,
    ) -> Result<(), Error> {
        let (round, digest) = self
            .topic(actor, channel, topic, ours)
            .await?
            .ok_or_else(|| Error::not_found("sealed assessment", topic))?;
        let key = key(channel, topic, &digest);
        let document = self.document(Shelf::GROUP_SEALED, key).await?;
        let document = document.ok_or_else(|| Error::not_found("sealed assessment", topic))?;
        let sealed: Sealed = self.unsealed_json(&document)?;
        let deeds = vec![Deed::Reveal {
            round,
            assessment: Box::new(sealed.assessment),
            salt: sealed.salt,
        }];
        let wish = Wish::about(topic.clone(), None, deeds, lang);
        self.say(actor, channel, wish).await.map(drop)
    }

    /// What we sealed in the newest round, for our own people.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group, or where there is no such topic.
    pub async fn own_assessment(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        topic: &ObjectRef,
    ) -> Result<Option<Assessment>, Error> {
        let sealed = self.topic(actor, channel, topic, ours);
        let Some((_, digest)) = sealed.await? else {
            return Ok(None);
        };
        let key = key(channel, topic, &digest);
        let Some(document) = self.document(Shelf::GROUP_SEALED, key).await? else {
            return Ok(None);
        };
        let sealed: Sealed = self.unsealed_json(&document)?;
        Ok(Some(sealed.assessment))
    }

    async fn topic<T>(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        topic: &ObjectRef,
        look: impl FnOnce(&Object, &PartyId) -> T,
    ) -> Result<T, Error> {
        let absent = || Error::not_found("topic", topic);
        self.group(actor, channel, |room| {
            let object = room.ledger().object(topic).ok_or_else(absent)?;
            Ok(look(object, room.me()))
        })
        .await?
    }
}

/// The round in which `me` seals next: the newest, or one more where all of it was shown.
fn next_round(topic: &Object, me: &PartyId) -> u32 {
    let assessed = topic.assessed();
    let Some(round) = assessed.round() else {
        return 1;
    };
    let sealed = assessed.sealed(round).any(|own| own.party() == me);
    match sealed && assessed.shown(round).count() >= topic.offers().parties().len() {
        true => round + 1,
        false => round,
    }
}

/// What `me` sealed in the newest round.
fn ours(topic: &Object, me: &PartyId) -> Option<(u32, Digest)> {
    let round = topic.assessed().round()?;
    let mut sealed = topic.assessed().sealed(round);
    let own = sealed.find(|own| own.party() == me)?;
    Some((round, *own.value()))
}

/// By its hash too: of two people who seal at once, neither loses the salt that counts.
fn key(channel: &ChannelId, topic: &ObjectRef, digest: &Digest) -> String {
    format!("{channel}/{topic}/{digest}")
}
