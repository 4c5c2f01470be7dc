//! Restriction and lifting it (G34; Directive (EU) 2016/680, Article 16(3)): visible as
//! restricted, not found by any word, opened only by those who decide on it, with a reason.

use passerelle_model::{Deed, PartyId, Reason, RecordId};
use passerelle_rules::retention::{Duty, may_lift};

use super::List;
use crate::{Actor, Error, Node};

/// What becomes of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restricting {
    /// It begins, or goes on.
    Begin {
        /// Whether the data subject contests that the record is right: then they are told
        /// before it ends.
        contested: bool,
    },
    /// It ends.
    Lift {
        /// Whether the data subject was told before.
        told: bool,
    },
}

impl Node {
    /// Restricts a record, or lifts that. Where the data subject contests it, they are told
    /// before it is lifted. What a report of use froze is lifted by the data-protection officer,
    /// once they wrote what was done.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_LIFT_UNTOLD` and `E_FROZEN`, which
    /// are entered;
    /// `E_KEEPING_CHANGED`.
    pub async fn restrict(
        &self,
        actor: &Actor,
        name: (&PartyId, &RecordId),
        how: Restricting,
        why: Reason,
    ) -> Result<(), Error> {
        let to = self.to_keep(actor, name, Duty::Restrict).await?;
        let (party, id) = name;
        let deed = match how {
            Restricting::Begin { .. } => Deed::Restrict,
            Restricting::Lift { .. } => Deed::Lift,
        };
        let act = self.record_act(deed, actor, party, id);
        let act = act.because(Some(why.clone()));
        let before = to.kept.restricted.as_ref().map(|held| held.at.day());
        let mut kept = to.kept.clone();
        let mut lists = Vec::new();
        match how {
            Restricting::Begin { contested } => {
                kept.contested |= contested;
                if before.is_none() {
                    kept.restricted = Some(self.decided(actor, &why));
                    lists.push(List::Restricted.add(self.now().day(), party, id));
                }
            }
            Restricting::Lift { told } => {
                let may = may_lift(kept.contested.then_some(told));
                if let Err(refusal) = may.and_then(|()| kept.may_thaw(actor)) {
                    return self.refuse(act, refusal).await;
                }
                (kept.restricted, kept.contested) = (None, false);
                kept.frozen.clear();
                lists.extend(before.map(|day| List::Restricted.take(day, party, id)));
            }
        }
        self.decide(&to, &kept, lists, act).await
    }
}
