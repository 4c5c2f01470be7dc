//! Entries and co-signatures go over, in both directions.

use std::time::Duration;

use passerelle_exchange::message::{Cosigned, Entries, Fetch, Problem};
use passerelle_exchange::{Event, Step, Sync};
use passerelle_model::{ChannelId, PartyId};
use passerelle_store::Journal;

use super::Ended;
use crate::events::Happened;
use crate::peer::{claim, path};
use crate::{Error, Node};

/// How long a co-signature that is due waits for a push to ride on.
const COSIGN_PATIENCE: Duration = Duration::from_millis(20);

impl Node {
    pub(super) async fn push(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
        start: u64,
    ) -> Result<(), Ended> {
        let mut batch = self.batch_for(party, channel, start).await?;
        let link = self.link(party).channel(channel);
        batch.cosignature = link.due();
        let handed = batch.cosignature.as_ref().map(|given| given.size);
        crate::steps::at("push.send");
        let answer: Cosigned = match self.ask(party, path::ENTRIES, &batch).await {
            Err(Ended::Refused(Problem {
                held: Some(held), ..
            })) => {
                if held
                    > self
                        .journal_state(&Journal::new(channel, &self.party))
                        .await?
                        .size
                {
                    return Err(claim().into());
                }
                sync.on(Event::Confirmed(held));
                return Ok(());
            }
            other => other?,
        };
        if let Some(size) = handed {
            link.handed(size);
        }
        let size = answer.given.size;
        let checkpoint = self.sent_checkpoint(party, channel, size);
        let row = match checkpoint {
            Some(checkpoint) => {
                self.accept_cosignature(party, channel, &checkpoint, &answer.given)?
            }
            None => return Err(passerelle_exchange::Error::Root.into()),
        };
        crate::steps::at("push.answered");
        self.take_answer(party, channel, vec![row], answer.back)
            .await?;
        crate::steps::at("push.done");
        link.update(|told| told.confirmed = told.confirmed.max(size));
        sync.on(Event::Confirmed(size));
        sync.on(Event::Receipted(size));
        Ok(())
    }

    /// Commits the receipt, and the partner's entries that came back with it, in one step.
    async fn take_answer(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        receipts: Vec<passerelle_store::Cosigned>,
        back: Option<Entries>,
    ) -> Result<(), Error> {
        match back {
            Some(back) => {
                let received = self.receive(party, &back, receipts).await?;
                self.link(party).channel(channel).owe(received.given);
            }
            None => self.keep_receipts(party, channel, receipts).await?,
        }
        Ok(())
    }

    pub(crate) async fn keep_receipts(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        cosigned: Vec<passerelle_store::Cosigned>,
    ) -> Result<(), Error> {
        let sizes: Vec<u64> = cosigned.iter().map(|row| row.size).collect();
        let commit = passerelle_store::Commit {
            cosigned,
            ..Default::default()
        };
        self.store.commit(commit).await?;
        crate::steps::at("receipt.kept");
        let most = sizes.iter().max().copied();
        let link = self.link(party).channel(channel);
        link.update(|told| told.receipted = told.receipted.max(most));
        for up_to in sizes {
            self.tell(party, channel, Happened::Receipted { up_to });
        }
        Ok(())
    }

    pub(super) async fn pull(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
        start: u64,
    ) -> Result<(), Ended> {
        let fetch = Fetch {
            channel: channel.clone(),
            start,
        };
        let batch: Entries = self.ask(party, path::FETCH, &fetch).await?;
        crate::steps::at("pull.fetched");
        if batch.channel != *channel || (batch.entries.is_empty() && batch.start >= start) {
            return Err(Error::state("E_NO_PROGRESS", "the partner gave no entries").into());
        }
        let received = self.receive(party, &batch, Vec::new()).await?;
        let held = received.given.size;
        self.link(party).channel(channel).owe(received.given);
        sync.on(Event::Took { held });
        Ok(())
    }

    /// Hands over a co-signature on its own, unless something to push turns up meanwhile.
    pub(super) async fn hand_cosignature(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
    ) -> Result<(), Ended> {
        let link = self.link(party);
        let patience = tokio::time::sleep(COSIGN_PATIENCE);
        tokio::pin!(patience);
        let mut woken = false;
        loop {
            tokio::select! {
                () = &mut patience => break,
                () = link.woken() => woken = true,
            }
            let ours = Journal::new(channel, &self.party);
            sync.on(Event::Grew(self.journal_state(&ours).await?.size));
            if sync.step() != Step::Cosign {
                break;
            }
        }
        if woken {
            // It may have been about something else than this channel.
            link.wake();
        }
        if sync.step() != Step::Cosign {
            return Ok(());
        }
        let channel_link = link.channel(channel);
        if channel_link.due().is_none() {
            let given = self.cosign_again(party, channel).await?;
            channel_link.owe(given);
        }
        let size = self
            .journal_state(&Journal::new(channel, &self.party))
            .await?
            .size;
        crate::steps::at("cosign.hand");
        self.push(party, channel, sync, size).await?;
        crate::steps::at("cosign.handed");
        sync.on(Event::Cosigned);
        Ok(())
    }

    /// Our co-signature on the head that is held, given once more.
    pub(crate) async fn cosign_again(
        &self,
        party: &PartyId,
        channel: &ChannelId,
    ) -> Result<passerelle_exchange::message::Cosignature, Error> {
        let head = self.store.head(&Journal::new(channel, party)).await?;
        let head = head.ok_or_else(|| Error::not_found("journal of", party))?;
        let again = Entries {
            channel: channel.clone(),
            start: head.size,
            entries: Vec::new(),
            checkpoint: String::from_utf8_lossy(&head.checkpoint).into_owned(),
            cosignature: None,
        };
        Ok(self.receive(party, &again, Vec::new()).await?.given)
    }
}
