//! The case: its lines, and what follows from them.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use passerelle_model::{Kind, PartyId, RecordId, Relation, Urgency, UtcTime};
use serde::{Deserialize, Serialize};

use crate::line::{CaseId, Line};
use crate::thread::Thread;

/// Most records of one case; a thread that is longer goes on as a new case.
pub const MAX_CASE_LINES: usize = 4096;

/// A thread of records.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Case {
    /// Its name.
    #[n(0)]
    pub id: CaseId,
    /// Its records, by time, party and identifier; each once.
    #[n(1)]
    lines: Vec<Line>,
}

/// Where a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Something was told; nobody acknowledged it yet.
    Told,
    /// A request waits for its answer.
    Asked,
    /// The asked side wants something explained.
    Clarification,
    /// A part of the answer is there.
    PartlyAnswered,
    /// Answered, not acknowledged yet.
    Answered,
    /// Declined, not acknowledged yet.
    Refused,
    /// Its first record was taken back.
    Recalled,
    /// Nothing is left to be done.
    Closed,
}

/// What somebody owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// An answer, or a refusal with its reason.
    Answer,
    /// An explanation of a request.
    Clarification,
    /// To take note.
    Acknowledgement,
}

/// Somebody owes something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Who.
    pub on: PartyId,
    /// What.
    pub need: Need,
    /// For which record: whose, and which.
    pub about: (PartyId, RecordId),
    /// Since when.
    pub since: UtcTime,
    /// How fast, where a clock runs.
    pub urgency: Option<Urgency>,
}

impl Case {
    /// A case that begins with `root`.
    pub fn begin(root: Line) -> Self {
        Self {
            id: root.id(),
            lines: vec![root],
        }
    }

    /// Takes a record in; one that is known changes nothing. `false` where the case is full.
    pub fn take(&mut self, line: Line) -> bool {
        let place = self
            .lines
            .binary_search_by(|held| held.order().cmp(&line.order()));
        match place {
            Ok(_) => true,
            Err(_) if self.lines.len() >= MAX_CASE_LINES => false,
            Err(place) => {
                self.lines.insert(place, line);
                true
            }
        }
    }

    /// Its records, oldest first.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// When something happened last.
    pub fn changed(&self) -> UtcTime {
        let last = self.lines.last();
        last.map_or(UtcTime::from_millis(0), |line| line.time)
    }

    /// The urgency of its latest request.
    pub fn urgency(&self) -> Option<Urgency> {
        self.lines.iter().rev().find_map(|line| line.urgency)
    }

    /// Whether a record of it was taken back.
    pub fn is_recalled(&self, line: &Line) -> bool {
        let names = |other: &Line| other.names(Relation::Recalls, line);
        let mut lines = self.lines.iter();
        lines.any(|other| other.party == line.party && names(other))
    }

    /// Records of it that were taken back, in one go: asking for each would look through all
    /// of them every time.
    pub fn recalled(&self) -> BTreeSet<(&PartyId, &RecordId)> {
        let thread = Thread::of(self);
        let recalled = self.lines.iter().filter(|line| thread.is_recalled(line));
        recalled.map(|line| (&line.party, &line.record)).collect()
    }

    /// Where it is.
    pub fn stage(&self) -> Stage {
        let Some(root) = self.lines.first() else {
            return Stage::Closed;
        };
        let thread = Thread::of(self);
        if thread.is_recalled(root) {
            return Stage::Recalled;
        }
        let waits = self.waits();
        let needs = |need| waits.iter().any(|wait| wait.need == need);
        if needs(Need::Clarification) {
            Stage::Clarification
        } else if needs(Need::Answer) {
            let answers = |line: &&Line| line.kind == Kind::Answer && !thread.is_recalled(line);
            match self.lines.iter().find(answers) {
                Some(_) => Stage::PartlyAnswered,
                None => Stage::Asked,
            }
        } else if needs(Need::Acknowledgement) {
            self.last_owed(&waits)
        } else {
            Stage::Closed
        }
    }

    fn last_owed(&self, waits: &[Wait]) -> Stage {
        let about: BTreeSet<_> = waits
            .iter()
            .map(|wait| (&wait.about.0, &wait.about.1))
            .collect();
        let owed = |line: &&Line| about.contains(&(&line.party, &line.record));
        let kinds: Vec<Kind> = self
            .lines
            .iter()
            .filter(owed)
            .map(|line| line.kind)
            .collect();
        if kinds.contains(&Kind::Refusal) {
            Stage::Refused
        } else if kinds.contains(&Kind::Answer) {
            Stage::Answered
        } else {
            Stage::Told
        }
    }

    /// Who owes what, oldest first.
    pub fn waits(&self) -> Vec<Wait> {
        let thread = Thread::of(self);
        let mut waits = Vec::new();
        for line in self.lines.iter().filter(|line| !thread.is_recalled(line)) {
            match line.kind {
                Kind::Request => waits.extend(thread.request_waits(line)),
                Kind::Answer | Kind::Refusal | Kind::Notice => {
                    waits.extend(thread.acknowledgements(line));
                }
                _ => {}
            }
        }
        waits
    }
}

#[cfg(test)]
mod tests;
