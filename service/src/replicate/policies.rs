//! The dialing side of the talk about access policies.

use passerelle_exchange::message::PolicyTurn;
use passerelle_model::{PartyId, UtcTime};

use super::{Ended, Talk};
use crate::peer::path;
use crate::{Error, Node};

/// A partner that cannot reach us is asked for its policy this often, in milliseconds.
const POLICY_PAUSE_MILLIS: u64 = 600_000;

/// When policies were talked about last, and which of ours the partner has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    at: UtcTime,
    /// Number of ours then.
    ours: u64,
    /// Number of ours that the partner said it holds.
    held: u64,
}

impl Node {
    /// After the records: both sides' access policies, where ours changed or the partner was
    /// not asked for long. A refusal here stops nothing else: people see it beside the
    /// partner's policy.
    pub(super) async fn show_policies(
        &self,
        party: &PartyId,
        talk: &mut Talk,
    ) -> Result<(), Ended> {
        self.freshen_policy().await;
        let (now, ours) = (self.now(), self.own_policy_number());
        let rested =
            |shown: Shown| shown.ours == ours && now < shown.at.plus_millis(POLICY_PAUSE_MILLIS);
        if talk.policies.is_some_and(rested) {
            return Ok(());
        }
        let known = talk.policies.map_or(0, |shown| shown.held);
        let (held, refused) = match self.talk_of_policies(party, known).await {
            Ok(held) => (held, None),
            Err(Ended::Refused(problem)) => (0, Some(problem.code.to_string())),
            Err(Ended::Own(
                error @ (Error::Envelope(_) | Error::Exchange(_) | Error::Model(_)),
            )) => (0, Some(error.code().to_owned())),
            Err(other) => return Err(other),
        };
        if let Some(code) = &refused {
            tracing::debug!(%party, code, "access policies were not exchanged");
        }
        self.link(party).policy_refused(refused);
        let at = now;
        talk.policies = Some(Shown { at, ours, held });
        Ok(())
    }

    /// Number of ours that the partner holds afterwards, as it says.
    async fn talk_of_policies(&self, party: &PartyId, known: u64) -> Result<u64, Ended> {
        let turn = self.policy_turn(party, known).await;
        let answer: PolicyTurn = self.ask(party, path::POLICY, &turn).await?;
        self.take_policy_turn(party, &answer).await?;
        Ok(answer.held)
    }

    fn own_policy_number(&self) -> u64 {
        let directory = self.directory();
        let ours = directory.policy(&self.party);
        ours.map_or(0, |held| held.policy().number)
    }
}
