//! The room of the data-protection officer: what waits to be decided, and one record with
//! everything that was decided about it. Days, reasons and identifiers; no content.

use passerelle_model::{Day, PartyId, RecordId, UtcTime};
use passerelle_rules::may_handle;
use passerelle_rules::retention::{Duty, last_review, may_keep};
use serde::Serialize;

use super::{
    Decided, DueRecord, FrozenRecord, GlassView, Kept, List, Overdue, Restriction, UseView,
};
use crate::breach::BreachView;
use crate::cases::reader;
use crate::confiding::ConfidedView;
use crate::rights::RightsView;
use crate::view::{Delivery, Standing};
use crate::{Actor, Error, Node};

/// Lines of one section; more are a click away.
pub(super) const SECTION: usize = 50;

/// What the room shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KeepingRoom {
    /// Reviews that are overdue, the oldest first.
    pub overdue: Vec<DueRecord>,
    /// Reviews that fall due within thirty days.
    pub soon: Vec<DueRecord>,
    /// Records restricted by somebody.
    pub restricted: Vec<HeldView>,
    /// Records kept as evidence.
    pub held: Vec<HeldView>,
    /// Records of ours that were taken back, or erased here, and are not gone everywhere.
    pub pending: Vec<PendingErasure>,
    /// Emergency openings that nobody judged.
    pub glass: Vec<GlassView>,
    /// Requests of data subjects that are open, the first to fall due first.
    pub rights: Vec<RightsView>,
    /// Breaches that are open.
    pub breaches: Vec<BreachView>,
    /// Reports in confidence that are open.
    pub confided: Vec<ConfidedView>,
    /// Records frozen by a report of use that nobody here dealt with.
    pub frozen: Vec<FrozenRecord>,
    /// Notices and answers that are overdue.
    pub late: Vec<Overdue>,
}

/// A record that somebody decided about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldView {
    /// Where it stands in its list.
    pub row: DueRecord,
    /// Who decided, when, why.
    pub decided: Option<Decided>,
    /// When an erasure met the hold.
    pub refused: Option<UtcTime>,
}

/// A record of ours that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PendingErasure {
    /// The record.
    pub row: DueRecord,
    /// Whether our own copy is gone.
    pub own_gone: bool,
    /// Who decided that it goes once all have answered.
    pub own_copy: Option<Decided>,
    /// Each partner.
    pub partners: Vec<PartnerErasure>,
}

/// Where a partner is with an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartnerErasure {
    /// The partner.
    pub party: PartyId,
    /// `asked`, `done`, `refused` or `unreachable`.
    pub state: &'static str,
    /// The code it stated.
    pub code: Option<String>,
    /// When it stated it.
    pub stated: Option<UtcTime>,
}

/// One record with what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordKeeping {
    /// Whose.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
    /// When it was released.
    pub time: UtcTime,
    /// Whether it is ours.
    pub ours: bool,
    /// Whether its content is destroyed here.
    pub erased: bool,
    /// Its days of review and erasure, and the last day a review may name.
    pub days: Option<(Day, Day, Day)>,
    /// Why it is restricted today.
    pub restriction: Option<Restriction>,
    /// Who restricted it.
    pub restricted: Option<Decided>,
    /// Whether that is because the data subject contests it.
    pub contested: bool,
    /// Who keeps it as evidence, until when.
    pub hold: Option<(Decided, Day)>,
    /// The last review.
    pub reviewed: Option<(Decided, Day)>,
    /// When an erasure met the hold.
    pub refused: Option<UtcTime>,
    /// Whether we took it back.
    pub recalled: bool,
    /// Who decided that our copy goes once all have answered.
    pub own_copy: Option<Decided>,
    /// Reports of use that freeze it.
    pub uses: Vec<UseView>,
    /// Whether one of them waits for the data-protection officer.
    pub use_waits: bool,
    /// Each partner, where we took it back.
    pub partners: Vec<PartnerErasure>,
    /// Whether this person reviews it now.
    pub may_review: bool,
    /// Whether this person restricts it, and keeps it as evidence.
    pub may_restrict: bool,
}

impl Node {
    /// What waits for the data-protection officer.
    ///
    /// # Errors
    /// `E_ROLE` for everybody else.
    pub async fn keeping_room(&self, actor: &Actor) -> Result<KeepingRoom, Error> {
        may_handle(actor.roles()).map_err(|refusal| Error::Refused(vec![refusal]))?;
        self.project().await?;
        let today = self.now().day();
        let overdue = self
            .listed(List::Review, Some(today.minus_days(1)), None, SECTION)
            .await?;
        let month = Some(today.plus_days(30));
        let soon = match overdue.len() < SECTION {
            true => {
                let after = overdue.last();
                self.listed(List::Review, month, after, SECTION).await?
            }
            false => Vec::new(),
        };
        Ok(KeepingRoom {
            overdue,
            soon,
            restricted: self.held_views(List::Restricted).await?,
            held: self.held_views(List::Hold).await?,
            pending: self.pending_erasures().await?,
            glass: self.unjudged_glass(SECTION).await?,
            rights: self.open_rights(SECTION).await?,
            breaches: self.open_breaches(SECTION).await?,
            confided: self.open_procedures(SECTION).await?,
            frozen: self.frozen_records().await?,
            late: self.overdue().await?,
        })
    }

    async fn held_views(&self, list: List) -> Result<Vec<HeldView>, Error> {
        let mut views = Vec::new();
        for row in self.listed(list, None, None, SECTION).await? {
            let (kept, _) = self.kept_of(&row.party, &row.record).await?;
            let decided = match list {
                List::Hold => kept.hold.map(|(decided, _)| decided),
                _ => kept.restricted,
            };
            views.push(HeldView {
                row,
                decided,
                refused: kept.refused,
            });
        }
        Ok(views)
    }

    async fn pending_erasures(&self) -> Result<Vec<PendingErasure>, Error> {
        let mut pending = Vec::new();
        for row in self.listed(List::Recalled, None, None, SECTION).await? {
            let line = self.line_of_own(&row.record).await?;
            let (kept, _) = self.kept_of(&row.party, &row.record).await?;
            pending.push(PendingErasure {
                own_gone: line.erased,
                own_copy: kept.own_copy,
                partners: self.partner_erasures(&line.deliveries),
                row,
            });
        }
        Ok(pending)
    }

    fn partner_erasures(&self, deliveries: &[Delivery]) -> Vec<PartnerErasure> {
        let of = |delivery: &Delivery| PartnerErasure {
            party: delivery.party.clone(),
            state: match delivery.standing {
                Standing::Erased => "done",
                Standing::ErasureRefused | Standing::Refused => "refused",
                _ if self.is_unreachable(&delivery.party) => "unreachable",
                _ => "asked",
            },
            code: delivery.code.clone(),
            stated: delivery.stated,
        };
        deliveries.iter().map(of).collect()
    }

    fn is_unreachable(&self, party: &PartyId) -> bool {
        let directory = self.directory();
        let halted = directory
            .partner(party)
            .map_or(true, |partner| partner.halted.is_some());
        halted || self.link(party).view().last_error.is_some()
    }

    /// One record with what was decided about it, for those who decide about it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody else.
    pub async fn record_keeping(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
    ) -> Result<RecordKeeping, Error> {
        let absent = || Error::not_found("record", id);
        let place = self.place(Some(party), id).await?;
        let watches = may_handle(actor.roles()).is_ok();
        let (kept, _) = self.kept_of(party, id).await?;
        let today = self.now().day();
        let mut view = self.bare(&place, kept.clone()).await?;
        if place.erased {
            return watches.then_some(view).ok_or_else(absent);
        }
        let record = self.record_at(&place.journal, place.index).await?;
        let units = self.units_concerned(&record);
        view.restriction = kept.restriction(&record, today);
        let days = (kept.review(&record), today);
        let may = |duty| may_keep(&reader(actor), duty, &units, days).is_ok();
        let decides = [Duty::Review, Duty::OwnCopy].into_iter().any(may);
        if !decides || !self.may_know(actor, &record).await? {
            return Err(absent());
        }
        (view.may_review, view.may_restrict) = (may(Duty::Review), may(Duty::Restrict));
        let last = last_review(self.review_days(&record), (today, record.erasure));
        view.days = Some((kept.review(&record), record.erasure, last));
        Ok(view)
    }

    async fn bare(
        &self,
        place: &passerelle_store::EntryRef,
        kept: Kept,
    ) -> Result<RecordKeeping, Error> {
        let party = place.journal.party.clone();
        let recalled = self.own_recalled(&party, &place.record).await?;
        let partners = match recalled {
            true => self.partner_erasures(&self.line_of_own(&place.record).await?.deliveries),
            false => Vec::new(),
        };
        Ok(RecordKeeping {
            ours: party == self.party,
            uses: kept.uses(),
            use_waits: kept.settled().is_err(),
            party,
            record: place.record,
            time: place.time,
            erased: place.erased,
            days: None,
            restriction: None,
            restricted: kept.restricted,
            contested: kept.contested,
            hold: kept.hold,
            reviewed: kept.reviewed,
            refused: kept.refused,
            recalled,
            own_copy: kept.own_copy,
            partners,
            may_review: false,
            may_restrict: false,
        })
    }

    fn review_days(&self, record: &passerelle_model::Record) -> u32 {
        let directory = self.directory();
        let held = directory
            .in_force(&record.channel, self.now().day())
            .or_else(|| directory.agreement(&record.agreement));
        held.map_or(0, |held| held.agreement.terms().retention.review_days)
    }
}
