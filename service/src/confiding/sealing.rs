//! What a report says, sealed to people: each part under a key of its own, with a packet for each
//! of its readers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle_envelope::{PersonalText, open_personal, seal_to_people, share_personal};
use passerelle_model::{KeyId, OfficerId, Reason, RecordId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::damaged;
use super::keys::{ConfidantView, Opener, not_for_you};
use crate::{Error, Node};

/// One sealed part, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    readers: Vec<Packet>,
    /// Base64.
    bytes: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Packet {
    officer: OfficerId,
    key: KeyId,
    /// Base64.
    packet: String,
}

/// The report itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) from: Option<OfficerId>,
    pub(super) text: Reason,
}

impl Part {
    pub(super) fn packet_of(&self, officer: &OfficerId, key: KeyId) -> Option<&str> {
        let mut readers = self.readers.iter();
        let found = readers.find(|one| one.officer == *officer && one.key == key);
        found.map(|one| one.packet.as_str())
    }

    pub(super) fn is_for(&self, opener: &Opener) -> bool {
        self.packet_of(&opener.officer, opener.key.key_id())
            .is_some()
    }

    pub(super) fn told(&self, id: &RecordId, opener: &Opener) -> Result<Told, Error> {
        self.opened(id, &text_of(id), opener)
    }

    pub(super) fn words(&self, id: &RecordId, n: usize, opener: &Opener) -> Result<Reason, Error> {
        self.opened(id, &step_of(id, n), opener)
    }

    fn opened<T: DeserializeOwned>(
        &self,
        id: &RecordId,
        context: &[u8],
        opener: &Opener,
    ) -> Result<T, Error> {
        let packet = self.packet_for(opener)?;
        let bytes = STANDARD.decode(&self.bytes).map_err(|_| damaged(id))?;
        let plain = open_personal((&packet, &bytes), context, opener.name_and_key())?;
        serde_json::from_slice(&plain).map_err(|_| damaged(id))
    }

    fn packet_for(&self, opener: &Opener) -> Result<Vec<u8>, Error> {
        let packet = self.packet_of(&opener.officer, opener.key.key_id());
        let packet = packet.ok_or_else(not_for_you)?;
        STANDARD.decode(packet).map_err(|_| not_for_you())
    }
}

impl Node {
    pub(super) fn told_to(
        &self,
        people: &[ConfidantView],
        id: &RecordId,
        told: Told,
    ) -> Result<Part, Error> {
        self.part_to(people, &text_of(id), &told)
    }

    pub(super) fn words_to(
        &self,
        people: &[ConfidantView],
        id: &RecordId,
        n: usize,
        words: &Reason,
    ) -> Result<Part, Error> {
        self.part_to(people, &step_of(id, n), words)
    }

    fn part_to<T: Serialize>(
        &self,
        people: &[ConfidantView],
        context: &[u8],
        value: &T,
    ) -> Result<Part, Error> {
        let plain = serde_json::to_vec(value).map_err(|error| Error::Input(error.to_string()))?;
        let plain = zeroize::Zeroizing::new(plain);
        let names: Vec<_> = people
            .iter()
            .map(|one| (one.officer.as_str(), &one.public))
            .collect();
        let sealed = self
            .dice
            .with(|mut rng| seal_to_people(&plain, context, &names, &mut rng))?;
        let PersonalText { bytes, packets } = sealed;
        let readers = people.iter().zip(packets);
        Ok(Part {
            readers: readers.map(|(to, packet)| packet_to(to, &packet)).collect(),
            bytes: STANDARD.encode(bytes),
        })
    }

    /// Adds a packet for one more reader, in the place of one for a key that they had before.
    pub(super) fn part_shared(
        &self,
        part: &mut Part,
        context: &[u8],
        opener: &Opener,
        to: &ConfidantView,
    ) -> Result<(), Error> {
        let packet = part.packet_for(opener)?;
        let (from, reader) = (opener.name_and_key(), (to.officer.as_str(), &to.public));
        let shared = self
            .dice
            .with(|mut rng| share_personal(&packet, context, from, reader, &mut rng))?;
        part.readers.retain(|one| one.officer != to.officer);
        part.readers.push(packet_to(to, &shared));
        Ok(())
    }
}

fn packet_to(to: &ConfidantView, packet: &[u8]) -> Packet {
    Packet {
        officer: to.officer.clone(),
        key: to.key,
        packet: STANDARD.encode(packet),
    }
}

pub(super) fn text_of(id: &RecordId) -> Vec<u8> {
    format!("report/{id}/text").into_bytes()
}

pub(super) fn step_of(id: &RecordId, n: usize) -> Vec<u8> {
    format!("report/{id}/step/{n}").into_bytes()
}
