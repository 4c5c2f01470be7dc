//! The dialing side of a recovery: getting our own entries back, and giving a partner its own.

use passerelle_exchange::message::Message as _;
use passerelle_exchange::recovery::{Recover, Regained, Returned};
use passerelle_exchange::{Event, Sync};
use passerelle_model::{ChannelId, PartyId};
use passerelle_store::Journal;

use super::Ended;
use crate::Node;
use crate::peer::path;
use crate::recovery::Contents;

impl Node {
    /// Asks a partner that holds more of our journal for the next piece of it; `true` where
    /// there is nothing to do yet.
    pub(super) async fn get_back(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
    ) -> Result<bool, Ended> {
        if self.awaits_other(party, channel) {
            return Ok(true);
        }
        let ours = Journal::new(channel, &self.party);
        let ask = Recover {
            channel: channel.clone(),
            start: self.journal_state(&ours).await?.size,
        };
        let piece: Returned = match self.ask(party, path::RECOVER, &ask).await {
            Err(Ended::Refused(problem)) => {
                let code = problem.code.to_string();
                self.not_given(party, channel, &code).await?;
                return Err(Ended::Refused(problem));
            }
            other => other?,
        };
        crate::steps::at("recover.asked");
        if piece.channel != *channel || piece.start > ask.start {
            let withheld = passerelle_exchange::Error::Withheld;
            self.not_given(party, channel, withheld.code()).await?;
            return Err(withheld.into());
        }
        let others = self.others_hold(party, &ask).await;
        let size = self.adopt(party, &piece, others).await?;
        sync.on(Event::Grew(size));
        Ok(false)
    }

    /// Content that other members of the channel hold: what was sealed to them alone.
    async fn others_hold(&self, party: &PartyId, ask: &Recover) -> Contents {
        let directory = self.directory();
        let mut contents = Contents::new();
        for (other, _) in directory.partners() {
            let member = directory.channels_with(other).contains(&ask.channel);
            if other == party || !member || directory.active(other, self.now()).is_err() {
                continue;
            }
            // Whoever does not answer leaves its content out; the entries come all the same.
            let Ok((200, body)) = self.net.call(other, path::RECOVER, ask.to_bytes()).await else {
                continue;
            };
            if let Ok(piece) = Returned::from_bytes(&body) {
                let mut found = Contents::new();
                if self.contents_of(&piece, &mut found).is_ok() {
                    contents.extend(found);
                }
            }
        }
        contents
    }

    /// Hands a partner that was set back the next piece of its own journal; `true` where it does
    /// not take it yet.
    pub(super) async fn give_back(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
        start: u64,
    ) -> Result<bool, Ended> {
        let piece = self.returned(party, channel, start).await?;
        crate::steps::at("recover.given");
        let answer: Regained = self.ask(party, path::RETURN, &piece).await?;
        let size = answer.size;
        self.link(party)
            .channel(channel)
            .update(|told| told.given_back = told.given_back.max(size.min(piece.end())));
        sync.on(Event::TheirOwn(size));
        Ok(size <= start)
    }
}
