//! The dialing side of the talk about registers.

use passerelle_exchange::register::RegisterTurn;
use passerelle_model::{PartyId, UtcTime};

use super::{Ended, Talk};
use crate::Node;
use crate::peer::path;

/// While records travel, registers are shown no more often than this.
const REGISTER_PAUSE_MILLIS: u64 = 60_000;
/// Turns of one talk about registers: both heads, both answers, and both once more where a
/// proof began in the wrong place.
const MAX_REGISTER_TURNS: usize = 4;

impl Node {
    /// After everything else, and seldom while there is much: the heads of both registers are
    /// shown and co-signed. A refusal here stops nothing else.
    pub(super) async fn show_registers(
        &self,
        party: &PartyId,
        talk: &mut Talk,
    ) -> Result<(), Ended> {
        let now = self.now();
        let rested = |at: UtcTime| talk.quiet || now >= at.plus_millis(REGISTER_PAUSE_MILLIS);
        if !talk.registers.is_none_or(rested) {
            return Ok(());
        }
        talk.registers = Some(now);
        match self.talk_of_registers(party).await {
            Err(Ended::Refused(problem)) => {
                tracing::debug!(%party, code = %problem.code, "our register was not co-signed");
                Ok(())
            }
            other => other,
        }
    }

    async fn talk_of_registers(&self, party: &PartyId) -> Result<(), Ended> {
        let mut turn = self.register_turn(party, None).await?;
        for _ in 0..MAX_REGISTER_TURNS {
            crate::steps::at("register.show");
            let reply: RegisterTurn = self.ask(party, path::REGISTER, &turn).await?;
            let answer = self.take_register_turn(party, reply).await?;
            turn = self.register_turn(party, answer).await?;
            if turn == RegisterTurn::default() {
                break;
            }
        }
        Ok(())
    }
}
