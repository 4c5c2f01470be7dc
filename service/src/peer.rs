//! The listening side: answers what partners ask and takes what they hand over.

use std::ops::Range;

use passerelle_envelope::Envelope;
use passerelle_exchange::message::{
    BlobOffset, Bundles, CardMessage, ChannelState, Chunk, ChunkGet, Cosigned, Entries, Fetch,
    Hello, JournalState, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, Message, PROTOCOL, Parcel, PolicyTurn,
    Problem, Wanted, WireEntry,
};
use passerelle_exchange::recovery::{Recover, Regained, Returned};
use passerelle_exchange::register::RegisterTurn;
use passerelle_journal::{Frontier, SignedCheckpoint, merkle};
use passerelle_model::{ChannelId, Digest, PartyId, StableCode};
use passerelle_store::{Entry, Held, Journal};

use crate::events::Happened;
use crate::files::missing_message;
use crate::link::Sent;
use crate::recovery::Contents;
use crate::{Error, Node};

/// Paths of the peer protocol.
pub(crate) mod path {
    pub(crate) const HELLO: &str = "/x/v1/hello";
    pub(crate) const CARD: &str = "/x/v1/card";
    pub(crate) const AGREEMENTS: &str = "/x/v1/agreements";
    pub(crate) const ENTRIES: &str = "/x/v1/entries";
    pub(crate) const FETCH: &str = "/x/v1/fetch";
    pub(crate) const WANTED: &str = "/x/v1/wanted";
    pub(crate) const CHUNK_GET: &str = "/x/v1/chunk-get";
    pub(crate) const CHUNK_PUT: &str = "/x/v1/chunk-put";
    pub(crate) const REGISTER: &str = "/x/v1/register";
    pub(crate) const POLICY: &str = "/x/v1/policy";
    pub(crate) const RECOVER: &str = "/x/v1/recover";
    pub(crate) const RETURN: &str = "/x/v1/return";
}

impl Node {
    /// Answers one message of an authenticated partner: a status and a body.
    pub async fn handle(&self, from: &PartyId, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let answer = match self.directory().active(from, self.now()) {
            Ok(_) => self.answer(from, path, body).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(body) => (200, body),
            Err(error) => {
                tracing::debug!(%from, path, code = error.code(), "message refused");
                problem(&error)
            }
        }
    }

    async fn answer(&self, from: &PartyId, path: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
        match path {
            path::HELLO => {
                let hello = Hello::from_bytes(body)?;
                Ok(self.greeted(from, &hello).await?.to_bytes())
            }
            path::CARD => {
                self.take_card(from, &CardMessage::from_bytes(body)?.card)
                    .await?;
                Ok(self.card_message().to_bytes())
            }
            path::AGREEMENTS => {
                self.take_bundles(from, &Bundles::from_bytes(body)?).await?;
                Ok(self.bundles_for(from).to_bytes())
            }
            path::ENTRIES => {
                let batch = Entries::from_bytes(body)?;
                Ok(self.entries_given(from, batch).await?.to_bytes())
            }
            path::FETCH => {
                let fetch = Fetch::from_bytes(body)?;
                self.check_channel(from, &fetch.channel)?;
                Ok(self
                    .batch_for(from, &fetch.channel, fetch.start)
                    .await?
                    .to_bytes())
            }
            path::WANTED => {
                let wanted = Wanted::from_bytes(body)?;
                self.check_channel(from, &wanted.channel)?;
                let missing = self.missing(from, &wanted.channel).await?;
                Ok(missing_message(missing).to_bytes())
            }
            path::CHUNK_GET => Ok(self.chunk_asked(from, &ChunkGet::from_bytes(body)?).await?),
            path::CHUNK_PUT => {
                let chunk = Chunk::from_bytes(body)?;
                self.check_channel(from, &chunk.channel)?;
                Ok(self.take_chunk(from, chunk).await?.to_bytes())
            }
            path::RECOVER => {
                let ask = Recover::from_bytes(body)?;
                self.check_channel(from, &ask.channel)?;
                Ok(self
                    .returned(from, &ask.channel, ask.start)
                    .await?
                    .to_bytes())
            }
            path::RETURN => {
                let piece = Returned::from_bytes(body)?;
                let ours = Journal::new(&piece.channel, &self.party);
                let size = match self.awaits_other(from, &piece.channel) {
                    true => self.journal_state(&ours).await?.size,
                    false => self.adopt(from, &piece, Contents::new()).await?,
                };
                Ok(Regained { size }.to_bytes())
            }
            path::REGISTER => {
                let turn = RegisterTurn::from_bytes(body)?;
                let answer = self.take_register_turn(from, turn).await?;
                Ok(self.register_turn(from, answer).await?.to_bytes())
            }
            path::POLICY => {
                let turn = PolicyTurn::from_bytes(body)?;
                Ok(self.policy_answer(from, &turn).await?.to_bytes())
            }
            _ => Err(Error::not_found("message", "of this kind")),
        }
    }

    async fn greeted(&self, from: &PartyId, hello: &Hello) -> Result<Hello, Error> {
        if hello.protocol != PROTOCOL || hello.party != *from {
            return Err(Error::state(
                "E_PROTOCOL",
                "another protocol or another party",
            ));
        }
        self.note_hello(from, hello).await?;
        let mut answer = self.hello(from).await?;
        for ours in &answer.channels {
            self.note_complete(from, ours, hello).await?;
        }
        // The answer names the channels both know, so that a partner learns of no other.
        answer.channels.retain(|ours| {
            hello
                .channels
                .iter()
                .any(|theirs| theirs.channel == ours.channel)
        });
        Ok(answer)
    }

    /// Takes note of how far the partner says it is.
    pub(crate) async fn note_hello(&self, from: &PartyId, hello: &Hello) -> Result<(), Error> {
        let link = self.link(from);
        let known = self.directory().channels_with(from);
        for state in hello
            .channels
            .iter()
            .filter(|state| known.contains(&state.channel))
        {
            self.weigh_claim(from, state, None).await?;
            link.channel(&state.channel)
                .update(|told| told.confirmed = state.yours.size);
        }
        let now = self.now();
        link.clock(hello.time.millis() as i64 - now.millis() as i64);
        Ok(())
    }

    /// A partner that compares gives this side the same proof: counts and roots of both
    /// journals are equal and nothing is missing.
    async fn note_complete(
        &self,
        from: &PartyId,
        ours: &ChannelState,
        hello: &Hello,
    ) -> Result<(), Error> {
        let theirs = hello
            .channels
            .iter()
            .find(|state| state.channel == ours.channel);
        let Some(theirs) = theirs else { return Ok(()) };
        let same = theirs.yours == ours.mine && theirs.mine == ours.yours;
        let whole = theirs.missing_blobs == 0 && ours.missing_blobs == 0;
        let receipted = self.receipted(from, &ours.channel).await? >= ours.mine.size;
        let link = self.link(from).channel(&ours.channel);
        if same && whole && receipted && !link.told().complete {
            link.update(|told| told.complete = true);
            let (mine, theirs) = (ours.mine.size, ours.yours.size);
            self.tell(from, &ours.channel, Happened::Complete { mine, theirs });
        }
        Ok(())
    }

    /// Where we stand, for a partner.
    pub(crate) async fn hello(&self, to: &PartyId) -> Result<Hello, Error> {
        let directory = self.directory();
        let mut channels = Vec::new();
        for channel in directory.channels_with(to) {
            channels.push(self.channel_state(to, channel).await?);
        }
        Ok(Hello {
            protocol: PROTOCOL,
            party: self.party.clone(),
            card: directory.own().content().number,
            time: self.now(),
            channels,
        })
    }

    pub(crate) async fn channel_state(
        &self,
        to: &PartyId,
        channel: ChannelId,
    ) -> Result<ChannelState, Error> {
        let day = self.now().day();
        let agreement = self
            .directory()
            .in_force(&channel, day)
            .map(|held| held.agreement.hash());
        let theirs = Journal::new(&channel, to);
        let proof = self.store.head(&theirs).await?.map(|head| head.checkpoint);
        Ok(ChannelState {
            agreement,
            proof: proof.map(|note| String::from_utf8_lossy(&note).into_owned()),
            mine: self
                .journal_state(&Journal::new(&channel, &self.party))
                .await?,
            yours: self.journal_state(&theirs).await?,
            missing_blobs: self.missing_count(to, &channel).await?,
            channel,
        })
    }

    /// Size and root of a journal, from memory where it was read before.
    pub(crate) async fn journal_state(&self, journal: &Journal) -> Result<JournalState, Error> {
        if journal.party == self.party {
            let writer = self.writer(&journal.channel);
            if let Some(state) = writer.state() {
                return Ok(state);
            }
            let state = self.stored_state(journal).await?;
            writer.note(state);
            return Ok(state);
        }
        let link = self.link(&journal.party).channel(&journal.channel);
        if let Some(state) = link.told().held {
            return Ok(state);
        }
        let state = self.stored_state(journal).await?;
        link.update(|told| {
            if told.held.is_none() {
                told.held = Some(state);
            }
        });
        Ok(state)
    }

    async fn stored_state(&self, journal: &Journal) -> Result<JournalState, Error> {
        let empty = *Frontier::new().root().as_bytes();
        Ok(match self.store.head(journal).await? {
            Some(head) => JournalState {
                size: head.size,
                root: head.root,
            },
            None => JournalState {
                size: 0,
                root: Digest::new(empty),
            },
        })
    }

    /// Blobs of the partner's journal that are missing here.
    pub(crate) async fn missing_count(
        &self,
        party: &PartyId,
        channel: &ChannelId,
    ) -> Result<u64, Error> {
        let theirs = Journal::new(channel, party);
        let count = async { Ok(self.store.blob_needs(&theirs, true).await?.len() as u64) };
        self.link(party).channel(channel).missing(count).await
    }

    pub(crate) fn card_message(&self) -> CardMessage {
        CardMessage {
            card: self.directory().own().bytes().to_vec(),
        }
    }

    pub(crate) fn check_channel(&self, from: &PartyId, channel: &ChannelId) -> Result<(), Error> {
        match self.directory().channels_with(from).contains(channel) {
            true => Ok(()),
            false => Err(Error::not_found("agreement signed by all", channel)),
        }
    }

    /// Takes entries and answers with the co-signature and, in the same breath, with our own
    /// entries that the partner has not confirmed.
    async fn entries_given(&self, from: &PartyId, batch: Entries) -> Result<Cosigned, Error> {
        let channel = batch.channel.clone();
        self.check_channel(from, &channel)?;
        let extra = self.cosignature_of(from, &batch).await?;
        let confirmed = extra.iter().map(|row| row.size).max();
        let received = self.receive(from, &batch, extra).await?;
        crate::steps::at("entries.taken");
        let link = self.link(from).channel(&channel);
        link.update(|told| {
            told.confirmed = told.confirmed.max(confirmed.unwrap_or(0));
            told.cosigned = received.given.size;
        });
        let mine = self
            .journal_state(&Journal::new(&channel, &self.party))
            .await?
            .size;
        let start = link.told().confirmed;
        let back = match start < mine {
            true => Some(self.batch_for(from, &channel, start).await?),
            false => None,
        };
        crate::steps::at("entries.answer");
        Ok(Cosigned {
            channel,
            given: received.given,
            back,
        })
    }

    /// The co-signature that came with a batch, checked against the head we sent.
    pub(crate) async fn cosignature_of(
        &self,
        from: &PartyId,
        batch: &Entries,
    ) -> Result<Vec<passerelle_store::Cosigned>, Error> {
        let Some(given) = &batch.cosignature else {
            return Ok(Vec::new());
        };
        let ours = Journal::new(&batch.channel, &self.party);
        let held = self.receipted(from, &batch.channel).await?;
        if held >= given.size {
            return Ok(Vec::new());
        }
        if given.size > self.journal_state(&ours).await?.size {
            // Of a head that we lost it may be said; the receipt comes once we have it back.
            let directory = self.directory();
            let known = directory.recovery(&batch.channel, from);
            return match known.is_some_and(|known| known.held >= given.size) {
                true => Ok(Vec::new()),
                false => Err(claim()),
            };
        }
        let sent = self.link(from).channel(&batch.channel).sent(given.size);
        let checkpoint = match sent {
            Some(checkpoint) => checkpoint,
            None => {
                let frontier = self.frontier_at(&ours, given.size).await?;
                self.checkpoint(&batch.channel, given.size, frontier.root())?
            }
        };
        Ok(vec![self.accept_cosignature(
            from,
            &batch.channel,
            &checkpoint,
            given,
        )?])
    }

    /// Our entries from `start` for a partner, with the checkpoint of exactly their end.
    pub(crate) async fn batch_for(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        start: u64,
    ) -> Result<Entries, Error> {
        let ours = Journal::new(channel, &self.party);
        let size = self.journal_state(&ours).await?.size;
        let start = start.min(size);
        let range: Range<u64> = start..size.min(start + MAX_BATCH_ENTRIES as u64);
        let entries = match range.is_empty() {
            true => Vec::new(),
            false => self.store.entries(&ours, range, MAX_BATCH_BYTES).await?,
        };
        let link = self.link(to).channel(channel);
        let mut frontier = match link.cursor(start) {
            Some(frontier) => frontier,
            None => self.frontier_at(&ours, start).await?,
        };
        let leaves: Vec<_> = entries
            .iter()
            .map(|entry| merkle::leaf_hash(entry.commitment.as_bytes()))
            .collect();
        frontier.extend(&leaves)?;
        let checkpoint = self.checkpoint(channel, frontier.size(), frontier.root())?;
        let batch = Entries {
            channel: channel.clone(),
            start,
            entries: entries.into_iter().map(|entry| wire(entry, to)).collect(),
            checkpoint: checkpoint.to_string(),
            cosignature: None,
        };
        link.sending(Sent {
            frontier,
            checkpoint,
        });
        Ok(batch)
    }

    async fn chunk_asked(&self, from: &PartyId, ask: &ChunkGet) -> Result<Vec<u8>, Error> {
        for channel in self.directory().channels_with(from) {
            let at = BlobOffset { ..ask.at };
            match self.give_chunk(from, &channel, at).await {
                Err(Error::NotFound { .. }) => {}
                other => return Ok(other?.to_bytes()),
            }
        }
        Err(Error::not_found("attachment", ask.at.blob))
    }

    /// The signed checkpoint that a co-signature of `size` belongs to.
    pub(crate) fn sent_checkpoint(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        size: u64,
    ) -> Option<SignedCheckpoint> {
        self.link(to).channel(channel).sent(size)
    }
}

/// An entry as a partner gets it: with its content only where it is addressed to it.
fn wire(entry: Entry, to: &PartyId) -> WireEntry {
    let parcel = match entry.held {
        Held::Content { salt, envelope, .. } if addressed_to(&envelope, to) => {
            Some(Parcel { salt, envelope })
        }
        _ => None,
    };
    WireEntry {
        commitment: entry.commitment,
        parcel,
    }
}

fn addressed_to(envelope: &[u8], party: &PartyId) -> bool {
    Envelope::parse(envelope)
        .is_ok_and(|envelope| envelope.header().to.iter().any(|to| to.party == *party))
}

/// A partner says that it holds, or co-signs, more than there is.
pub(crate) fn claim() -> Error {
    Error::state("E_CLAIM", "a claim to hold more than was ever sent")
}

/// What a partner is told: the code, and where to go on; nothing else leaves.
fn problem(error: &Error) -> (u16, Vec<u8>) {
    let held = match error {
        Error::Exchange(passerelle_exchange::Error::Gap { held, .. }) => Some(*held),
        _ => None,
    };
    (
        error.http_status(),
        Problem {
            code: StableCode::of(error.code()),
            held,
        }
        .to_bytes(),
    )
}
