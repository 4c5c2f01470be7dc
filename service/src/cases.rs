//! Cases: a reading of the journals, kept beside them so that lists cost what they show.
//!
//! [`Node::project`] follows every journal from where it stood, takes each record into its
//! case, indexes its words, and writes all of it in one step with its new place. It can be
//! thrown away and made again.

mod listing;
mod opening;
mod paging;
mod peeking;
mod projecting;
mod rows;
mod showing;
mod today;

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use passerelle_cases::{Case, CaseId, Circle, Need};
use passerelle_model::{ChannelId, Code, OfficerId, PartyId, Record, RecordId, UnitId};
use passerelle_store::Document;

pub use listing::CaseLine;
pub(crate) use opening::{Way, accepted_put, reader};
pub use paging::{CASE_PAGE, CasePlace};
pub(crate) use peeking::Peeked;
pub(crate) use rows::inverse;
pub use showing::{CaseContent, CaseRecord, CaseView, DueView};
pub(crate) use today::Waiting;
pub use today::{TodayDuty, TodayGroup, TodayItem, TodayKind};

use crate::directory::Shelf;
use crate::statistics::Counted;
use crate::{Error, Node};

/// A case as it is kept, sealed. No subject and no text: those stay in their records.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct CaseDocument {
    #[n(0)]
    pub(crate) case: Case,
    #[n(1)]
    pub(crate) channel: ChannelId,
    /// Units of ours that it concerns.
    #[n(2)]
    pub(crate) units: Vec<UnitId>,
    /// Keys under which lists hold it now.
    #[n(3)]
    pub(crate) listed: Vec<String>,
    /// The same of what waits.
    #[n(4)]
    pub(crate) waiting: Vec<String>,
    /// Purpose of its first record.
    #[n(5)]
    pub(crate) purpose: Code,
    /// Data classes of its records, for each unit that they concern.
    #[n(6)]
    pub(crate) classes: Option<BTreeSet<(UnitId, Code)>>,
    /// What statistics count of it now.
    #[n(7)]
    pub(crate) counted: Option<Vec<Counted>>,
}

/// What lists show of a case, sealed under each key that lists it, so that a list opens no case
/// however long its cases are. No subject: that stays in its record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Listed {
    pub(crate) stage: passerelle_cases::Stage,
    pub(crate) urgency: Option<passerelle_model::Urgency>,
    /// The other parties.
    pub(crate) parties: Vec<PartyId>,
    /// Records in it.
    pub(crate) records: usize,
    /// How many of them concern the same units of ours with the same class: nobody is told of
    /// more than they may know of. None in a row of before this was written down.
    #[serde(default)]
    pub(crate) circles: Vec<(Circle, usize)>,
    pub(crate) changed: passerelle_model::UtcTime,
    /// Whether it waits for us.
    pub(crate) ours_to_do: bool,
    /// Data classes of its records, for each unit that they concern: who opens none of them
    /// does not know of it.
    pub(crate) classes: BTreeSet<(UnitId, Code)>,
    /// Our latest record in it, with its first recipient.
    pub(crate) latest: Option<(RecordId, PartyId)>,
    /// Whom that concerns.
    #[serde(default)]
    pub(crate) latest_circle: Option<Circle>,
}

/// The same of what waits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Awaited {
    pub(crate) kind: passerelle_model::Kind,
    pub(crate) channel: ChannelId,
    /// The other side.
    pub(crate) other: Option<PartyId>,
    pub(crate) urgency: Option<passerelle_model::Urgency>,
    /// When the record that waits was released.
    pub(crate) since: passerelle_model::UtcTime,
    /// Data class of the record that waits, for each unit that it concerns.
    pub(crate) classes: BTreeSet<(UnitId, Code)>,
}

/// Who may read a case, where it is kept to named persons, and what a person accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Readers {
    /// Only these; everybody of the units where there are none.
    pub(crate) named: Option<BTreeSet<OfficerId>>,
}

impl CaseDocument {
    pub(crate) fn units(&self) -> BTreeSet<UnitId> {
        self.units.iter().cloned().collect()
    }

    pub(crate) fn all_classes(&self) -> BTreeSet<(UnitId, Code)> {
        self.classes.iter().flatten().cloned().collect()
    }
}

/// Units of `own` that a record concerns: its author's where it is ours, else its recipients.
pub(crate) fn units_of(record: &Record, own: &PartyId) -> BTreeSet<UnitId> {
    if record.from == *own {
        return BTreeSet::from([record.author.unit.clone()]);
    }
    record
        .to
        .iter()
        .filter(|to| to.party == *own)
        .map(|to| to.unit.clone())
        .collect()
}

/// Word of a need in keys.
pub(crate) fn need_word(need: Need, on_us: bool) -> &'static str {
    match (on_us, need) {
        (true, Need::Answer) => "answer",
        (true, Need::Clarification) => "explain",
        (true, Need::Acknowledgement) => "acknowledge",
        (false, _) => "theirs",
    }
}

impl Node {
    /// The case a record belongs to, by the name of its first record.
    pub(crate) async fn case_of(
        &self,
        party: &PartyId,
        record: &RecordId,
    ) -> Result<Option<(PartyId, RecordId)>, Error> {
        let key = format!("{party}/{record}");
        let Some(document) = self.document(Shelf::CASE_OF, key).await? else {
            return Ok(None);
        };
        let id: CaseId = String::from_utf8_lossy(&document.bytes).parse()?;
        Ok(Some((id.party, id.record)))
    }

    /// The persons to whom the case of a record is kept, where it is.
    pub(crate) async fn named_readers(
        &self,
        party: &PartyId,
        record: &RecordId,
    ) -> Result<Option<BTreeSet<OfficerId>>, Error> {
        match self.case_of(party, record).await? {
            Some((party, record)) => Ok(self.readers(&CaseId { party, record }).await?.named),
            None => Ok(None),
        }
    }

    pub(crate) async fn case_document(
        &self,
        id: &CaseId,
    ) -> Result<Option<(CaseDocument, u64)>, Error> {
        let held = self.document(Shelf::CASE, id.to_string()).await?;
        held.map(|document| Ok((self.unsealed(&document)?, document.version)))
            .transpose()
    }

    pub(crate) async fn readers(&self, id: &CaseId) -> Result<Readers, Error> {
        let held = self.document(Shelf::READERS, id.to_string()).await?;
        held.map_or(Ok(Readers::default()), |document| {
            self.readers_in(&document)
        })
    }

    /// Where it does not read any more to whom a case is kept, nobody reads it.
    pub(crate) fn readers_in(&self, document: &Document) -> Result<Readers, Error> {
        match self.unsealed_json(document) {
            Err(error) if error.is_damage() => Ok(Readers {
                named: Some(BTreeSet::new()),
            }),
            other => other,
        }
    }
}
