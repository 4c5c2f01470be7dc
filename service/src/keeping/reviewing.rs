//! Reviews: a person looks whether a record is still needed, and says why (G32; Directive (EU)
//! 2016/680, Article 5).

use passerelle_model::{Day, Deed, PartyId, Reason, RecordId};
use passerelle_rules::retention::{Duty, may_keep_until};

use super::{DueRecord, List, ToKeep};
use crate::judging::in_force;
use crate::{Actor, Error, Node};

/// What a review comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Still needed; looked at again by that day.
    Keep(Day),
    /// Not needed any more: our copy goes now, and where it is a partner's, it is told so.
    Erase,
}

impl Node {
    /// Reviews a record. A review that is overdue is no longer an officer's.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_REVIEW_OVERDUE` for an officer
    /// who comes too late; `E_RETENTION` for a day beyond the agreement; `E_LEGAL_HOLD` for an
    /// erasure of what is kept as evidence.
    pub async fn review(
        &self,
        actor: &Actor,
        name: (&PartyId, &RecordId),
        verdict: Verdict,
        why: Reason,
    ) -> Result<(), Error> {
        let to = self.to_keep(actor, name, Duty::Review).await?;
        match verdict {
            Verdict::Keep(until) => self.keep_longer(actor, to, until, why).await,
            Verdict::Erase => self.review_away(actor, to, why).await,
        }
    }

    async fn keep_longer(
        &self,
        actor: &Actor,
        to: ToKeep,
        until: Day,
        why: Reason,
    ) -> Result<(), Error> {
        let (party, id) = (&to.record.from, &to.record.id);
        let act = self.record_act(Deed::Review, actor, party, id);
        let act = act.because(Some(why.clone()));
        let today = self.now().day();
        let allowed = {
            let directory = self.directory();
            let held = match directory.in_force(&to.record.channel, today) {
                Some(held) => held,
                None => in_force(&directory, &to.record)?,
            };
            let retention = &held.agreement.terms().retention;
            may_keep_until(until, retention, (today, to.record.erasure))
        };
        if let Err(refusal) = allowed {
            return self.refuse(act, refusal).await;
        }
        let before = to.kept.review(&to.record);
        let mut lists = vec![List::Review.add(until, party, id)];
        if before != until {
            lists.push(List::Review.take(before, party, id));
        }
        let mut kept = to.kept.clone();
        kept.reviewed = Some((self.decided(actor, &why), until));
        self.decide(&to, &kept, lists, act).await
    }

    async fn review_away(&self, actor: &Actor, to: ToKeep, why: Reason) -> Result<(), Error> {
        let (party, id) = (to.record.from.clone(), to.record.id);
        let act = |deed| self.record_act(deed, actor, &party, &id);
        if let Err(refusal) = to.kept.may_erase(self.now().day()) {
            let act = act(Deed::Erase).because(Some(why));
            return self.refuse(act, refusal).await;
        }
        let acts = vec![
            act(Deed::Review).because(Some(why.clone())),
            act(Deed::Erase).because(Some(why)),
        ];
        let journal = to.place.journal.clone();
        self.destroy(&journal, vec![to.going()], acts).await
    }

    /// Records whose review falls due by `until`, the earliest first. Days and identifiers
    /// only; `after` is the last of the page before.
    ///
    /// # Errors
    /// `E_STORE` and the like.
    pub async fn reviews(
        &self,
        until: Day,
        after: Option<&DueRecord>,
        limit: usize,
    ) -> Result<Vec<DueRecord>, Error> {
        self.project().await?;
        self.listed(List::Review, Some(until), after, limit).await
    }
}
