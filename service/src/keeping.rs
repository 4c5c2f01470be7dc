//! How long things are kept: review, restriction, legal hold, erasure by date, our own copies of
//! what was taken back, emergency openings.
//!
//! What is decided about a record stands in one sealed document beside it ([`Kept`]), written in
//! the same step as the act. Lists are keys in the order of their days, so that a page costs
//! what it shows however much is held. Whether a record is restricted today is worked out from
//! dates whenever somebody opens it; [`Node::keep_house`] only tidies up behind that.
//!
//! **Locks**: the reading of the journals → what is held of a partner's journal → the edge of a
//! channel → the edge of the register.

mod destroying;
mod glass;
mod holding;
mod house;
mod lists;
mod overdue;
mod own_copy;
mod restricting;
mod reviewing;
mod room;
mod uploads;
mod using;

use passerelle_model::{
    Act, Day, Deed, OfficerId, PartyId, Reason, Record, RecordId, StableCode, UtcTime,
};
use passerelle_rules::retention::{self, Duty, may_keep};
use passerelle_rules::{Refusal, Rule, may_handle};
use passerelle_store::{EntryRef, Put, Words};
use serde::{Deserialize, Serialize};

use destroying::Going;
pub(crate) use destroying::Gone;
pub use glass::{GlassOutcome, GlassView, breaks_glass};
pub use house::Housekeeping;
pub(crate) use house::WITHDRAWN;
pub use lists::{DueRecord, MAX_DUE_PAGE};
pub(crate) use lists::{List, first_keys};
pub use overdue::{Notice, Overdue};
pub use own_copy::OwnCopy;
pub use restricting::Restricting;
pub use reviewing::Verdict;
pub use room::{HeldView, KeepingRoom, PartnerErasure, PendingErasure, RecordKeeping};
pub(crate) use using::{Frozen, freeze};
pub use using::{FrozenRecord, UseView};

use crate::cases::reader;
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// What was decided about one record, sealed. No document: nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// By whom it is restricted.
    pub(crate) restricted: Option<Decided>,
    /// Whether that is because the data subject contests it: then they are told before it ends.
    pub(crate) contested: bool,
    /// Kept as evidence, until that day begins.
    pub(crate) hold: Option<(Decided, Day)>,
    /// Reviewed, and the day of the next review.
    pub(crate) reviewed: Option<(Decided, Day)>,
    /// An erasure that met the hold: when it was refused.
    pub(crate) refused: Option<UtcTime>,
    /// Our own copy goes once every partner said what it did.
    pub(crate) own_copy: Option<Decided>,
    /// Reports of use that freeze it, the first one first.
    pub(crate) frozen: Vec<Frozen>,
}

/// Who decided something, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Who.
    pub by: OfficerId,
    /// When.
    pub at: UtcTime,
    /// Why.
    pub why: Reason,
}

/// Why a record is restricted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restriction {
    /// Somebody decided so.
    Decided,
    /// It is kept as evidence.
    Hold,
    /// Its review is overdue.
    Overdue,
    /// A capital charge or ill-treatment was reported.
    Frozen,
}

impl Kept {
    /// The day of the next review.
    pub(crate) fn review(&self, record: &Record) -> Day {
        self.reviewed
            .as_ref()
            .map_or(record.review, |(_, until)| *until)
    }

    /// Whether it may be erased on that day: not as evidence, and not before what was reported
    /// of its use is dealt with.
    pub(crate) fn may_erase(&self, today: Day) -> Result<(), Refusal> {
        retention::may_erase(self.hold.as_ref().map(|(_, until)| *until), today)?;
        self.settled()
    }

    /// Why it is not erased on that day, as partners and the register are told.
    pub(crate) fn stays(&self, today: Day) -> Option<StableCode> {
        let refused = self.may_erase(today).err();
        refused.map(|refusal| StableCode::of(refusal.code()))
    }

    /// Why it is restricted on that day.
    pub(crate) fn restriction(&self, record: &Record, today: Day) -> Option<Restriction> {
        if !self.frozen.is_empty() {
            Some(Restriction::Frozen)
        } else if self.may_erase(today).is_err() {
            Some(Restriction::Hold)
        } else if self.restricted.is_some() {
            Some(Restriction::Decided)
        } else {
            let reviewed = retention::reviewed(self.review(record), today);
            reviewed.is_err().then_some(Restriction::Overdue)
        }
    }
}

impl Node {
    /// What was decided about a record, and the version of the document that says so.
    pub(crate) async fn kept_of(
        &self,
        party: &PartyId,
        record: &RecordId,
    ) -> Result<(Kept, u64), Error> {
        let held = self.document(Shelf::KEPT, kept_key(party, record)).await?;
        held.map_or(Ok((Kept::default(), 0)), |document| {
            Ok((self.unsealed_json(&document)?, document.version))
        })
    }

    /// Why a record is restricted today.
    pub(crate) async fn restriction(&self, record: &Record) -> Result<Option<Restriction>, Error> {
        let (kept, _) = self.kept_of(&record.from, &record.id).await?;
        Ok(kept.restriction(record, self.now().day()))
    }

    /// Refuses where a record is restricted: for programs, which decide about nothing.
    pub(crate) async fn unrestricted(&self, record: &Record) -> Result<(), Error> {
        let restricted = self.restriction(record).await?.is_some();
        Ok(retention::may_use(restricted)?)
    }

    /// What a record is found by: nothing while it is restricted.
    pub(crate) async fn words_of(
        &self,
        place: &EntryRef,
        record: &Record,
        kept: &Kept,
    ) -> Result<Words, Error> {
        let tokens = match kept.restriction(record, self.now().day()) {
            Some(_) => Vec::new(),
            None => {
                let named = self.named_readers(&record.from, &record.id).await?;
                let units = self.units_concerned(record);
                self.tokens_of(record, &units, named.as_ref())
            }
        };
        Ok(Words {
            journal: place.journal.clone(),
            index: place.index,
            tokens,
        })
    }

    /// A record about which this person decides, with what was decided before.
    async fn to_keep(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        duty: Duty,
    ) -> Result<ToKeep, Error> {
        let absent = |error| match error {
            Error::Erased(_) if !actor.is(passerelle_model::Role::DataProtection) => {
                Error::not_found("record", id)
            }
            other => other,
        };
        let (place, record) = self.locate(Some(party), id).await.map_err(absent)?;
        if !self.may_know(actor, &record).await? {
            return Err(Error::not_found("record", id));
        }
        let (kept, version) = self.kept_of(party, id).await?;
        let units = self.units_concerned(&record);
        let days = (kept.review(&record), self.now().day());
        match may_keep(&reader(actor), duty, &units, days) {
            Ok(_) => Ok(ToKeep {
                place,
                record,
                kept,
                version,
            }),
            Err(refusal) if refusal.rule == Rule::NeedToKnow => Err(Error::not_found("record", id)),
            Err(refusal) => {
                let act = self.record_act(Deed::Review, actor, party, id);
                self.refuse(act, refusal).await
            }
        }
    }

    /// Whether this person may know of a record about which they would decide: nobody decides
    /// about what is kept to others. The data-protection officer watches over all of it.
    pub(super) async fn may_know(&self, actor: &Actor, record: &Record) -> Result<bool, Error> {
        if may_handle(actor.roles()).is_ok() {
            return Ok(true);
        }
        let way = crate::cases::Way::open(None);
        let judged = self.judged_for(actor, record, way).await?;
        Ok(judged != Err(Rule::NeedToKnow))
    }

    /// Enters that a rule refused an act, and refuses.
    pub(crate) async fn refuse<T>(&self, act: Act, refusal: Refusal) -> Result<T, Error> {
        let error = Error::from(refusal);
        self.enter_refused(act, &error).await?;
        Err(error)
    }

    fn decided(&self, actor: &Actor, why: &Reason) -> Decided {
        Decided {
            by: actor.officer().clone(),
            at: self.now(),
            why: why.clone(),
        }
    }

    /// The write of what is decided about a record; nothing decided is no document.
    pub(crate) fn kept_put(
        &self,
        (party, id): (&PartyId, &RecordId),
        kept: &Kept,
        version: u64,
    ) -> Result<Put, Error> {
        let key = kept_key(party, id);
        match *kept == Kept::default() {
            true => Ok(Put {
                kind: Shelf::KEPT,
                key,
                bytes: None,
                expected: Some(version),
            }),
            false => self.sealed_json_put(Shelf::KEPT, key, kept, Some(version)),
        }
    }

    /// Writes a decision, its act, and what the record is found by from now on, in one step.
    async fn decide(
        &self,
        to: &ToKeep,
        kept: &Kept,
        lists: Vec<Put>,
        act: Act,
    ) -> Result<(), Error> {
        let name = (&to.record.from, &to.record.id);
        let mut puts = lists;
        puts.push(self.kept_put(name, kept, to.version)?);
        let commit = passerelle_store::Commit {
            puts,
            words: vec![self.words_of(&to.place, &to.record, kept).await?],
            ..passerelle_store::Commit::default()
        };
        match self.commit_with_acts(commit, vec![act]).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(changed()),
            other => other.map(drop),
        }
    }
}

/// A record about which somebody decides.
struct ToKeep {
    place: EntryRef,
    record: Record,
    kept: Kept,
    version: u64,
}

impl ToKeep {
    /// It goes, unless something else is decided about it meanwhile.
    fn going(self) -> Going {
        Going {
            place: self.place,
            judged: self.version,
        }
    }
}

pub(crate) fn kept_key(party: &PartyId, record: &RecordId) -> String {
    format!("{party}/{record}")
}

fn changed() -> Error {
    Error::state(
        "E_KEEPING_CHANGED",
        "somebody decided about this record meanwhile: look again",
    )
}
