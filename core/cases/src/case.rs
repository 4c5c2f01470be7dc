//! The case: its lines, and what follows from them.

use minicbor::{Decode, Encode};
use passerelle_model::{Kind, PartyId, RecordId, Relation, Urgency, UtcTime};
use serde::{Deserialize, Serialize};

use crate::line::{CaseId, Line, Part};

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
        self.lines
            .iter()
            .any(|other| other.party == line.party && other.names(Relation::Recalls, line))
    }

    /// Where it is.
    pub fn stage(&self) -> Stage {
        let Some(root) = self.lines.first() else {
            return Stage::Closed;
        };
        if self.is_recalled(root) {
            return Stage::Recalled;
        }
        let waits = self.waits();
        let needs = |need| waits.iter().any(|wait| wait.need == need);
        if needs(Need::Clarification) {
            Stage::Clarification
        } else if needs(Need::Answer) {
            match self.standing(|line| line.kind == Kind::Answer).next() {
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
        let kinds: Vec<Kind> = self
            .lines
            .iter()
            .filter(|line| {
                waits
                    .iter()
                    .any(|wait| wait.about == (line.party.clone(), line.record))
            })
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
        let mut waits = Vec::new();
        for line in self.standing(|_| true) {
            match line.kind {
                Kind::Request => waits.extend(self.request_waits(line)),
                Kind::Answer | Kind::Refusal | Kind::Notice => {
                    waits.extend(self.acknowledgements(line));
                }
                _ => {}
            }
        }
        waits
    }

    fn request_waits(&self, request: &Line) -> Vec<Wait> {
        let open = request
            .to
            .iter()
            .filter(|party| !self.settled(request, party));
        open.map(|party| match self.question(request, party) {
            Some(question) => Wait {
                on: request.party.clone(),
                need: Need::Clarification,
                about: (question.party.clone(), question.record),
                since: question.time,
                urgency: request.urgency,
            },
            None => Wait {
                on: party.clone(),
                need: Need::Answer,
                about: (request.party.clone(), request.record),
                since: request.time,
                urgency: request.urgency,
            },
        })
        .collect()
    }

    /// Whether `party` gave its final answer to, or declined, a request.
    pub(crate) fn settled(&self, request: &Line, party: &PartyId) -> bool {
        self.settling(request, party).is_some()
    }

    pub(crate) fn settling(&self, request: &Line, party: &PartyId) -> Option<&Line> {
        self.standing(|line| {
            let last = match line.kind {
                Kind::Answer => line.part == Part::Final,
                Kind::Refusal => true,
                _ => false,
            };
            last && line.party == *party && line.names(Relation::Answers, request)
        })
        .next()
    }

    /// What the asked side wants explained and the asker has not explained yet.
    fn question(&self, request: &Line, party: &PartyId) -> Option<&Line> {
        let asked = self
            .standing(|line| {
                line.kind == Kind::Clarification
                    && line.party == *party
                    && line.names(Relation::Answers, request)
            })
            .last()?;
        let explained = self.standing(|line| {
            line.kind == Kind::Clarification
                && line.party == request.party
                && (line.names(Relation::Answers, asked)
                    || (line.time > asked.time && line.names(Relation::Answers, request)))
        });
        explained.count().eq(&0).then_some(asked)
    }

    fn acknowledgements(&self, line: &Line) -> Vec<Wait> {
        if line.kind == Kind::Answer && line.part == Part::Partial {
            return Vec::new();
        }
        let open = line
            .to
            .iter()
            .filter(|party| !self.acknowledged(line, party));
        open.map(|party| Wait {
            on: party.clone(),
            need: Need::Acknowledgement,
            about: (line.party.clone(), line.record),
            since: line.time,
            urgency: None,
        })
        .collect()
    }

    fn acknowledged(&self, line: &Line, party: &PartyId) -> bool {
        self.lines.iter().any(|other| {
            let speaks = other.names(Relation::Acknowledges, line)
                || other.names(Relation::Answers, line)
                || (other.kind == Kind::Request && other.names(Relation::Relates, line));
            other.party == *party && speaks
        })
    }

    /// Lines that were not taken back.
    pub(crate) fn standing(&self, fits: impl Fn(&Line) -> bool) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| fits(line) && !self.is_recalled(line))
    }
}

#[cfg(test)]
mod tests;
