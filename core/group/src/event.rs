//! The event: one or more deeds on one object, as it stands in a record's data.

use std::collections::BTreeMap;

use passerelle_model::PartyId;
use serde::{Deserialize, Serialize};

use crate::{Deed, Error, ObjectRef};

/// Name of the schema of [`Event`]s in records.
pub const SCHEMA: &str = "group-event/1";
/// Longest event, in bytes of JSON (256 KiB, as structured data of a record).
pub const MAX_EVENT_BYTES: usize = 256 * 1024;
/// Most deeds of one event.
pub const MAX_DEEDS: usize = 64;
/// Most parties named in what was seen.
pub const MAX_PARTIES: usize = 64;

/// How much of each other journal the author had read: leaves below these indexes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(pub BTreeMap<String, u64>);

impl Seen {
    /// Leaves of `party` that were read.
    pub fn of(&self, party: &PartyId) -> u64 {
        self.0.get(party.as_str()).copied().unwrap_or(0)
    }

    /// With `size` leaves of `party` read.
    #[must_use]
    pub fn with(mut self, party: &PartyId, size: u64) -> Self {
        self.0.insert(party.to_string(), size);
        self
    }
}

/// One or more deeds on one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The object; absent where this event opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectRef>,
    /// What its author had seen.
    pub seen: Seen,
    /// What is said, in order.
    pub deeds: Vec<Deed>,
}

impl Event {
    /// Reads an event. What reads is written again and must give the same bytes, so that there
    /// is one spelling and one hash for each text.
    pub fn parse(json: &str) -> Result<Self, Error> {
        bounded("bytes of an event", json.len(), MAX_EVENT_BYTES)?;
        let event: Self = serde_json::from_str(json)
            .map_err(|error| Error::Malformed(shown(&error.to_string())))?;
        event.check()?;
        if event.to_json()? != json {
            return Err(Error::Malformed("not in its one spelling".to_owned()));
        }
        Ok(event)
    }

    /// The one spelling.
    pub fn to_json(&self) -> Result<String, Error> {
        let json =
            serde_json::to_string(self).map_err(|error| Error::Malformed(error.to_string()))?;
        bounded("bytes of an event", json.len(), MAX_EVENT_BYTES)?;
        Ok(json)
    }

    /// Counts, and that an object is opened first and once.
    pub fn check(&self) -> Result<(), Error> {
        bounded("deeds of an event", self.deeds.len(), MAX_DEEDS)?;
        bounded("parties", self.seen.0.len(), MAX_PARTIES)?;
        let opens = |deed: &Deed| matches!(deed, Deed::Open { .. });
        let first = self.deeds.first().is_some_and(opens);
        let opened = self.deeds.iter().filter(|deed| opens(deed)).count();
        if self.deeds.is_empty() {
            return Err(Error::Shape("an event says at least one thing"));
        }
        if opened != usize::from(first) || first == self.object.is_some() {
            return Err(Error::Shape(
                "an object is opened by the first deed of its first event, and once",
            ));
        }
        Ok(())
    }
}

/// The refusal repeats what it found: short, and fit for a terminal.
fn shown(text: &str) -> String {
    text.chars()
        .take(200)
        .flat_map(char::escape_debug)
        .collect()
}

fn bounded(what: &'static str, found: usize, limit: usize) -> Result<(), Error> {
    if found > limit {
        return Err(Error::TooMany { what, found, limit });
    }
    Ok(())
}
