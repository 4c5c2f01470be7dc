//! The talk about access policies: each side says which number of the other's it holds, and
//! hands over its own where the other does not have it.

use passerelle_envelope::{VerifiedPolicy, verify_policy};
use passerelle_exchange::message::PolicyTurn;
use passerelle_model::{By, PartyId};

use crate::{Error, Node};

impl Node {
    /// Our turn, after the partner said it holds `known` of our policies.
    pub(crate) async fn policy_turn(&self, to: &PartyId, known: u64) -> PolicyTurn {
        self.freshen_policy().await;
        let directory = self.directory();
        let ours = directory.policy(&self.party);
        let theirs = directory.policy(to);
        PolicyTurn {
            held: theirs.map_or(0, |held| held.policy().number),
            policy: ours
                .filter(|ours| ours.policy().number != known)
                .map(|ours| ours.bytes().to_vec().into()),
            yours: None,
        }
    }

    /// Takes a partner's turn and gives ours.
    pub(crate) async fn policy_answer(
        &self,
        from: &PartyId,
        turn: &PolicyTurn,
    ) -> Result<PolicyTurn, Error> {
        let yours = match self.take_policy_turn(from, turn).await {
            Err(Error::Envelope(passerelle_envelope::Error::PolicyOlder { .. })) => self
                .directory()
                .policy(from)
                .map(|held| held.bytes().to_vec().into()),
            other => other.map(|()| None)?,
        };
        let answer = self.policy_turn(from, turn.held).await;
        Ok(PolicyTurn { yours, ..answer })
    }

    /// Keeps the partner's policy where it is newer, and learns from a partner that this node
    /// was set back behind a policy of its own.
    pub(crate) async fn take_policy_turn(
        &self,
        from: &PartyId,
        turn: &PolicyTurn,
    ) -> Result<(), Error> {
        if let Some(bytes) = &turn.yours {
            self.outnumber(bytes).await?;
        }
        let Some(bytes) = &turn.policy else {
            return Ok(());
        };
        let _one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let card = directory.partner(from)?.pinned.card();
        let held = directory.policy(from);
        let taken = VerifiedPolicy::taken(bytes, card, held, self.now())?;
        if held == Some(&taken) {
            return Ok(());
        }
        self.keep_policy(&taken).await
    }

    /// A policy that we signed ourselves and do not know any more: the next one gets a number
    /// after it.
    async fn outnumber(&self, bytes: &[u8]) -> Result<(), Error> {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&self.party).collect();
        let known = verify_policy(bytes, &cards)?;
        let number = known.policy().number;
        let held = directory.policy(&self.party);
        let behind = held.is_none_or(|held| held.policy().number <= number);
        match behind && held != Some(&known) {
            true => self.make_policy(By::Node, false, number).await,
            false => Ok(()),
        }
    }
}
