//! Our own copy of a record that was taken back: it goes once every partner said what it did,
//! or at once (G08, G33).

use passerelle_model::{Deed, PartyId, Reason, RecordId};
use passerelle_rules::retention::{CopyState, Duty, erased_everywhere};
use passerelle_rules::{Refusal, Rule};
use serde::{Deserialize, Serialize};

use super::{DueRecord, Going, Gone, Housekeeping, List, ToKeep, changed};
use crate::view::{Delivery, Standing};
use crate::{Actor, Error, Node};

/// When our own copy goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnCopy {
    /// Once every partner said what it did.
    WhenStated,
    /// Now.
    Now,
}

impl Node {
    /// Says what becomes of our own copy of a record that was taken back.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_NOT_RECALLED`; `E_LEGAL_HOLD`,
    /// which is entered; `E_NOT_DELIVERED` for now, while a partner has not taken the record in: it could not
    /// know what was taken back.
    pub async fn erase_own_copy(
        &self,
        actor: &Actor,
        id: &RecordId,
        when: OwnCopy,
        why: Reason,
    ) -> Result<(), Error> {
        let own = self.party.clone();
        let to = self.to_keep(actor, (&own, id), Duty::OwnCopy).await?;
        if !self.recalled(&to.place).await? {
            let message = "only the copy of what was taken back goes before its day";
            return Err(Error::state("E_NOT_RECALLED", message));
        }
        let act = self.record_act(Deed::Erase, actor, &own, id);
        let act = act.because(Some(why.clone()));
        if let Err(refusal) = to.kept.may_erase(self.now().day()) {
            return self.refuse(act, refusal).await;
        }
        let deliveries = self.line_of_own(id).await?.deliveries;
        let gone = deliveries.iter().all(is_stated);
        match when {
            OwnCopy::Now if !deliveries.iter().all(is_delivered) => Err(Error::state(
                "E_NOT_DELIVERED",
                "a partner has not taken it in yet: let our copy go once all have answered",
            )),
            OwnCopy::WhenStated if !gone => self.mark_own_copy(actor, to, why).await,
            _ => {
                let journal = to.place.journal.clone();
                self.destroy(&journal, vec![to.going()], vec![act]).await
            }
        }
    }

    async fn mark_own_copy(&self, actor: &Actor, to: ToKeep, why: Reason) -> Result<(), Error> {
        let (party, id) = (&to.record.from, &to.record.id);
        let mut kept = to.kept.clone();
        kept.own_copy = Some(self.decided(actor, &why));
        let mut act = self.record_act(Deed::Review, actor, party, id);
        act.codes = vec![passerelle_model::StableCode::of(
            Rule::ErasurePending.code(),
        )];
        self.decide(&to, &kept, Vec::new(), act.because(Some(why)))
            .await
    }

    /// Follows what was taken back, or went here first: our copies go where that was decided and all have said what
    /// they did; what is gone everywhere leaves the list.
    pub(super) async fn follow_recalls(&self, done: &mut Housekeeping) -> Result<(), Error> {
        let mut after: Option<DueRecord> = None;
        loop {
            let page = self
                .listed(List::Recalled, None, after.as_ref(), 100)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.clone());
            for row in page {
                let gone = self.follow_recall(&row).await;
                done.note(gone.map(u64::from), |done| &mut done.own_copies);
            }
        }
    }

    async fn follow_recall(&self, row: &DueRecord) -> Result<bool, Error> {
        let (party, id) = (&row.party, &row.record);
        let line = self.line_of_own(id).await?;
        let place = self.place(Some(party), id).await?;
        let (kept, judged) = self.kept_of(party, id).await?;
        let goes = !place.erased
            && kept.own_copy.is_some()
            && kept.may_erase(self.now().day()).is_ok()
            && line.deliveries.iter().all(is_stated);
        if goes {
            let act = self.about_all(Deed::Erase, party, &[*id]);
            let journal = place.journal.clone();
            let going = Going { place, judged };
            self.destroy(&journal, vec![going], vec![act]).await?;
        }
        let everywhere = gone_everywhere(&line.deliveries).is_ok();
        if everywhere && (goes || kept.own_copy.is_none()) {
            self.leave_list(row).await?;
        }
        Ok(goes)
    }

    /// What is gone everywhere leaves the list, and its case where nothing else is in it.
    async fn leave_list(&self, row: &DueRecord) -> Result<(), Error> {
        let _no_reading_meanwhile = self.projecting.lock().await;
        let gone = Gone {
            party: row.party.clone(),
            record: row.record,
            judged: None,
            days: None,
            stays: Vec::new(),
        };
        let place = self.place(Some(&row.party), &row.record).await?;
        let mut puts = vec![List::Recalled.take(row.day, &row.party, &row.record)];
        if place.erased {
            puts.extend(self.emptied_cases(&[gone]).await?);
        }
        self.store.put(puts).await?;
        Ok(())
    }

    /// Whether no partner holds anything of a record of ours.
    pub(super) async fn is_gone_everywhere(&self, id: &RecordId) -> Result<bool, Error> {
        let line = self.line_of_own(id).await?;
        Ok(gone_everywhere(&line.deliveries).is_ok())
    }

    /// Whether our record at a place was taken back; of one that is gone, too.
    pub(super) async fn own_recalled(&self, party: &PartyId, id: &RecordId) -> Result<bool, Error> {
        if *party != self.party {
            return Ok(false);
        }
        let place = self.place(Some(party), id).await.map_err(|_| changed())?;
        self.recalled(&place).await
    }
}

/// Whether the partner said what it did.
pub(super) fn is_stated(delivery: &Delivery) -> bool {
    use Standing::{Erased, ErasureRefused, Refused};
    matches!(delivery.standing, Erased | ErasureRefused | Refused)
}

/// Refuses while a partner holds something of it.
fn gone_everywhere(deliveries: &[Delivery]) -> Result<(), Refusal> {
    let copies = deliveries.iter();
    erased_everywhere(copies.map(|one| (&one.party, copy_state(one))))
}

/// What became of the partner's copy, as far as it said so.
fn copy_state(delivery: &Delivery) -> CopyState {
    match delivery.standing {
        Standing::Erased | Standing::Refused => CopyState::Erased,
        Standing::ErasureRefused => CopyState::Refused,
        _ => CopyState::Asked,
    }
}

/// Whether the partner took it in, or turned it away.
fn is_delivered(delivery: &Delivery) -> bool {
    delivery.receipted.is_some() || is_stated(delivery)
}
