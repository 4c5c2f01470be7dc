//! Legal hold (G33): a record that is needed as evidence stays, restricted, until a day. An
//! erasure that comes meanwhile is answered by a signed statement that the originator sees; when
//! the hold ends, it is carried out at once and stated.

use passerelle_model::{Act, By, Day, Deed, Object, PartyId, Reason, RecordId, StableCode};
use passerelle_rules::Rule;
use passerelle_rules::retention::{Duty, erasure_due, may_hold};

use super::{DueRecord, Housekeeping, Kept, List, ToKeep, changed};
use crate::{Actor, Error, Node};

impl Node {
    /// Keeps a record as evidence until `until` begins.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_RETENTION`, which is entered,
    /// where the day is not after today or too far away; `E_ERASED` where it is gone.
    pub async fn hold(
        &self,
        actor: &Actor,
        name: (&PartyId, &RecordId),
        until: Day,
        why: Reason,
    ) -> Result<(), Error> {
        let (party, id) = name;
        let found = self.to_keep(actor, name, Duty::Hold).await?;
        let act = Act {
            codes: vec![code()],
            ..self.record_act(Deed::Restrict, actor, party, id)
        };
        let act = act.because(Some(why.clone()));
        if let Err(refusal) = may_hold(until, self.now().day()) {
            return self.refuse(act, refusal).await;
        }
        // A recall that arrives now is judged before or after this, never beside it.
        let link = self.link_of(&found.place.journal);
        let _still = match &link {
            Some(link) => Some(link.held.lock().await),
            None => None,
        };
        let to = self.to_keep(actor, name, Duty::Hold).await?;
        let mut lists = vec![List::Hold.add(until, party, id)];
        if let Some((_, before)) = &to.kept.hold
            && *before != until
        {
            lists.push(List::Hold.take(*before, party, id));
        }
        let mut kept = to.kept.clone();
        kept.hold = Some((self.decided(actor, &why), until));
        self.decide(&to, &kept, lists, act).await
    }

    /// Ends a hold: what should have gone meanwhile goes at once.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_NO_HOLD`.
    pub async fn lift_hold(
        &self,
        actor: &Actor,
        name: (&PartyId, &RecordId),
        why: Reason,
    ) -> Result<(), Error> {
        let to = self.to_keep(actor, name, Duty::Hold).await?;
        if to.kept.hold.is_none() {
            return Err(Error::state("E_NO_HOLD", "no hold is on this record"));
        }
        let (party, id) = name;
        let by = |deed| {
            let act = self.record_act(deed, actor, party, id);
            act.because(Some(why.clone()))
        };
        self.end_hold(to, by).await
    }

    /// Records that are kept as evidence, by the day that ends. Days and identifiers only.
    ///
    /// # Errors
    /// `E_STORE` and the like.
    pub async fn holds(&self, limit: usize) -> Result<Vec<DueRecord>, Error> {
        self.listed(List::Hold, None, None, limit).await
    }

    /// Ends the holds whose day has come.
    pub(super) async fn end_holds(&self, today: Day, done: &mut Housekeeping) -> Result<(), Error> {
        let mut after: Option<DueRecord> = None;
        loop {
            let page = self
                .listed(List::Hold, Some(today), after.as_ref(), 100)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.clone());
            for DueRecord { party, record, day } in page {
                let ended = self.end_hold_by_day(&party, &record, day).await;
                done.note(ended.map(u64::from), |done| &mut done.holds_ended);
            }
        }
    }

    async fn end_hold_by_day(
        &self,
        party: &PartyId,
        id: &RecordId,
        day: Day,
    ) -> Result<bool, Error> {
        let (place, record) = match self.locate(Some(party), id).await {
            Ok(found) => found,
            Err(Error::Erased(_)) => {
                self.store
                    .put(vec![List::Hold.take(day, party, id)])
                    .await?;
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let (kept, version) = self.kept_of(party, id).await?;
        // Meanwhile it may have been made longer, or lifted.
        if kept.hold.as_ref().is_none_or(|(_, until)| *until != day) {
            let stale = List::Hold.take(day, party, id);
            self.store.put(vec![stale]).await?;
            return Ok(false);
        }
        let to = ToKeep {
            place,
            record,
            kept,
            version,
        };
        let object = Object::Record {
            party: party.clone(),
            record: *id,
        };
        let now = self.now();
        self.end_hold(to, |deed| Act::new(deed, now, By::Node, object.clone()))
            .await?;
        Ok(true)
    }

    async fn end_hold(&self, to: ToKeep, by: impl Fn(Deed) -> Act) -> Result<(), Error> {
        let lift = Act {
            codes: vec![code()],
            ..by(Deed::Lift)
        };
        let due = erasure_due(to.record.erasure, self.now().day());
        let goes = to.kept.refused.is_some() || due;
        if goes && to.kept.settled().is_ok() {
            let journal = to.place.journal.clone();
            let acts = vec![lift, by(Deed::Erase)];
            return self.destroy(&journal, vec![to.going()], acts).await;
        }
        let mut kept: Kept = to.kept.clone();
        let Some((_, until)) = kept.hold.take() else {
            return Err(changed());
        };
        let lists = vec![List::Hold.take(until, &to.record.from, &to.record.id)];
        self.decide(&to, &kept, lists, lift).await
    }
}

/// The code that goes with a hold in acts.
fn code() -> StableCode {
    StableCode::of(Rule::LegalHold.code())
}
