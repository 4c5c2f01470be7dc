//! One record as far as its case goes: no content.

use std::collections::BTreeSet;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use passerelle_model::{
    Code, Error, Kind, PartyId, Record, RecordId, Reference, RefusalReason, Relation,
    StructuredData, UnitId, Urgency, UtcTime,
};
use serde::{Deserialize, Serialize};

/// A case is named by its first record: `ma.interior~01h…`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(array)]
pub struct CaseId {
    /// Who sent the first record.
    #[n(0)]
    pub party: PartyId,
    /// The first record.
    #[n(1)]
    pub record: RecordId,
}

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.party, self.record)
    }
}

impl FromStr for CaseId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (party, record) = text.split_once('~').unwrap_or((text, ""));
        Ok(Self {
            party: party.parse()?,
            record: record.parse()?,
        })
    }
}

/// Whether more of an answer follows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// More follows.
    #[n(0)]
    Partial,
    /// That is all.
    #[n(1)]
    Final,
}

/// One record of a case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Line {
    /// Who sent it.
    #[n(0)]
    pub party: PartyId,
    /// Which.
    #[n(1)]
    pub record: RecordId,
    /// What it does.
    #[n(2)]
    pub kind: Kind,
    /// When it was released, by the sender's clock.
    #[n(3)]
    pub time: UtcTime,
    /// Parties it went to.
    #[n(4)]
    pub to: Vec<PartyId>,
    /// Records it speaks about.
    #[n(5)]
    pub references: Vec<Reference>,
    /// How fast an answer is owed.
    #[n(6)]
    pub urgency: Option<Urgency>,
    /// Why it declines.
    #[n(7)]
    pub reason: Option<RefusalReason>,
    /// Whether more of an answer follows.
    #[n(8)]
    pub part: Part,
    /// Units that it concerns, its author's and its recipients', and its data class; none in a
    /// line of before this was written down.
    #[n(9)]
    pub circle: Option<Circle>,
}

/// Whom a record concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Circle {
    /// Its author's unit and its recipients'.
    #[n(0)]
    pub units: BTreeSet<(PartyId, UnitId)>,
    /// Its data class.
    #[n(1)]
    pub class: Code,
}

impl Circle {
    fn of(record: &Record) -> Self {
        let author = (record.from.clone(), record.author.unit.clone());
        let to = record.to.iter();
        let to = to.map(|to| (to.party.clone(), to.unit.clone()));
        Self {
            units: to.chain([author]).collect(),
            class: record.class.clone(),
        }
    }

    /// Its units of one party.
    pub fn units_of<'a>(&'a self, party: &'a PartyId) -> impl Iterator<Item = &'a UnitId> {
        let of = move |(one, unit): &'a (PartyId, UnitId)| (one == party).then_some(unit);
        self.units.iter().filter_map(of)
    }
}

impl Line {
    /// What a record gives to its case.
    pub fn of(record: &Record) -> Self {
        Self {
            party: record.from.clone(),
            record: record.id,
            kind: record.kind,
            time: record.time,
            to: record.recipient_parties().cloned().collect(),
            references: record.references.clone(),
            urgency: record.urgency,
            reason: record.reason,
            part: record.data.as_ref().map_or(Part::Final, part),
            circle: Some(Circle::of(record)),
        }
    }

    /// The name of the case that begins with it.
    pub fn id(&self) -> CaseId {
        CaseId {
            party: self.party.clone(),
            record: self.record,
        }
    }

    /// Whether it names `other` so.
    pub fn names(&self, relation: Relation, other: &Self) -> bool {
        self.references.iter().any(|reference| {
            reference.relation == relation
                && reference.party == other.party
                && reference.record == other.record
        })
    }

    pub(crate) fn order(&self) -> (UtcTime, &PartyId, &RecordId) {
        (self.time, &self.party, &self.record)
    }
}

/// Data of schema `answer/1` says whether more follows; anything else is all there is.
fn part(data: &StructuredData) -> Part {
    #[derive(Deserialize)]
    struct Answer {
        part: Part,
    }
    if data.schema.as_str() != "answer/1" {
        return Part::Final;
    }
    serde_json::from_str::<Answer>(&data.json).map_or(Part::Final, |answer| answer.part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_reads_its_own_name() {
        let id = CaseId {
            party: "ma.interior".parse().unwrap(),
            record: RecordId::from_parts(1_713_211_200_000, [7; 10]),
        };
        assert_eq!(id.to_string().parse::<CaseId>().unwrap(), id);
        assert!("ma.interior".parse::<CaseId>().is_err());
    }

    #[test]
    fn a_part_is_read_and_anything_else_is_final() {
        let data = |schema: &str, json: &str| StructuredData {
            schema: schema.parse().unwrap(),
            json: json.to_owned(),
        };
        assert_eq!(
            part(&data("answer/1", "{\"part\":\"partial\"}")),
            Part::Partial
        );
        assert_eq!(part(&data("answer/1", "{\"part\":3}")), Part::Final);
        assert_eq!(
            part(&data("other/1", "{\"part\":\"partial\"}")),
            Part::Final
        );
    }
}
