//! Restriction and lifting it (G34; Directive (EU) 2016/680, Article 16(3)): visible as
//! restricted, not found by any word, opened only by those who decide on it, with a reason.

use passerelle_model::{Deed, PartyId, Reason, RecordId};
use passerelle_rules::Duty;

use super::List;
use crate::{Actor, Error, Node};

impl Node {
    /// Restricts a record, or lifts that. The data subject is told before it is lifted.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not decide about it; `E_KEEPING_CHANGED`.
    pub async fn restrict(
        &self,
        actor: &Actor,
        name: (&PartyId, &RecordId),
        restricted: bool,
        why: Reason,
    ) -> Result<(), Error> {
        let to = self.to_keep(actor, name, Duty::Restrict).await?;
        let (party, id) = name;
        let deed = match restricted {
            true => Deed::Restrict,
            false => Deed::Lift,
        };
        let act = self.record_act(deed, actor, party, id);
        let before = to.kept.restricted.as_ref().map(|held| held.at.day());
        let mut kept = to.kept.clone();
        let mut lists = Vec::new();
        if restricted && before.is_none() {
            kept.restricted = Some(self.decided(actor, &why));
            lists.push(List::Restricted.add(self.now().day(), party, id));
        }
        if let (false, Some(day)) = (restricted, before) {
            kept.restricted = None;
            lists.push(List::Restricted.take(day, party, id));
        }
        self.decide(&to, &kept, lists, act.because(Some(why))).await
    }
}
