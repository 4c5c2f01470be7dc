//! The partner's side: giving entries back to whoever lost them.

use minicbor::{Decode, Encode};
use passerelle_envelope::{ContentKey, seal_handed_back};
use passerelle_exchange::courier::{Frame, Writer};
use passerelle_exchange::message::{
    ChannelState, Hello, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, Parcel, WireEntry,
};
use passerelle_exchange::recovery::Returned;
use passerelle_journal::merkle::Plan;
use passerelle_model::{ChannelId, Digest, NODE_UNIT, PartyId, Recipient, codec};
use passerelle_store::{Entry, Held, Journal, Put};
use tokio::io::AsyncWrite;

use crate::courier::send;
use crate::directory::Shelf;
use crate::receipts::own_document;
use crate::{Error, Node};

/// What a partner said in a file: it has less than it once had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct SetBack {
    /// How long its own journal is.
    #[n(0)]
    pub(crate) own: u64,
    /// How much of ours it holds.
    #[n(1)]
    pub(crate) ours: u64,
}

impl Node {
    /// Entries of the partner's own journal from `start`, as they are held here.
    pub(crate) async fn returned(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        start: u64,
    ) -> Result<Returned, Error> {
        let journal = Journal::new(channel, to);
        let head = self.store.head(&journal).await?;
        let head = head.ok_or_else(|| Error::not_found("journal of", to))?;
        let start = start.min(head.size);
        let range = start..head.size.min(start + MAX_BATCH_ENTRIES as u64);
        let entries = match range.is_empty() {
            true => Vec::new(),
            false => self.store.entries(&journal, range, MAX_BATCH_BYTES).await?,
        };
        let end = start + entries.len() as u64;
        let checkpoint = String::from_utf8_lossy(&head.checkpoint).into_owned();
        let proof = self.proof_between(&journal, end, head.size).await?;
        let (entries, keys) = self.opened_for_return(entries)?;
        let keys = self.keys_for(to, channel, start, &checkpoint, &keys)?;
        Ok(Returned {
            channel: channel.clone(),
            start,
            entries,
            keys,
            proof,
            checkpoint,
        })
    }

    async fn proof_between(
        &self,
        journal: &Journal,
        end: u64,
        size: u64,
    ) -> Result<Vec<Digest>, Error> {
        if end == 0 || end >= size {
            return Ok(Vec::new());
        }
        let plan = Plan::prefix(end, size)?;
        let hashes = self.subtrees(journal, plan.reads()).await?;
        let proof = plan.assemble(&hashes)?;
        Ok(proof
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect())
    }

    /// What is held of each entry, with its content key.
    fn opened_for_return(
        &self,
        entries: Vec<Entry>,
    ) -> Result<(Vec<WireEntry>, Vec<Option<ContentKey>>), Error> {
        let keys = self.keys();
        let mut wire = Vec::with_capacity(entries.len());
        let mut found = Vec::with_capacity(entries.len());
        for entry in entries {
            let commitment = entry.commitment;
            let (parcel, key) = match entry.held {
                Held::Content {
                    salt,
                    envelope,
                    content_key,
                    ..
                } => {
                    let leaf = commitment.as_bytes();
                    let key = keys.store().unwrap_content_key(&content_key, leaf)?;
                    (Some(Parcel { salt, envelope }), Some(key))
                }
                Held::LeafOnly | Held::Erased { .. } => (None, None),
            };
            wire.push(WireEntry { commitment, parcel });
            found.push(key);
        }
        Ok((wire, found))
    }

    fn keys_for(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        start: u64,
        checkpoint: &str,
        keys: &[Option<ContentKey>],
    ) -> Result<Vec<u8>, Error> {
        if keys.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let directory = self.directory();
        let card = directory.partner(to)?.pinned.card();
        let context = Returned::context(channel, start, checkpoint);
        let node = node_of(to)?;
        Ok(self
            .dice
            .with(|mut rng| seal_handed_back(keys, &context, &node, card, &mut rng))?)
    }

    /// Takes note that a partner wrote a file with less than it once had, or no longer does.
    pub(crate) async fn note_set_back_by_file(
        &self,
        from: &PartyId,
        hello: &Hello,
    ) -> Result<(), Error> {
        let known = self.directory().channels_with(from);
        let mut puts = Vec::new();
        for state in hello
            .channels
            .iter()
            .filter(|state| known.contains(&state.channel))
        {
            puts.extend(self.set_back_put(from, state).await?);
        }
        if !puts.is_empty() {
            self.store.put(puts).await?;
        }
        Ok(())
    }

    async fn set_back_put(
        &self,
        from: &PartyId,
        state: &ChannelState,
    ) -> Result<Option<Put>, Error> {
        let (own, ours) = (state.mine.size, state.yours.size);
        let theirs = Journal::new(&state.channel, from);
        let held = self.journal_state(&theirs).await?.size;
        let mine = Journal::new(&state.channel, &self.party);
        let cosigned = self.store.last_cosigned(&mine, from).await?;
        let lost = own < held || cosigned.is_some_and(|row| ours < row.size);
        let known = self.set_back_by_file(from, &state.channel).await?;
        let said = lost.then_some(SetBack { own, ours });
        Ok((known != said).then(|| Put {
            kind: Shelf::SET_BACK,
            key: super::key(&state.channel, from),
            bytes: said.map(|said| codec::to_canonical(&said)),
            expected: None,
        }))
    }

    /// What a partner that was set back said in its last file.
    pub(crate) async fn set_back_by_file(
        &self,
        party: &PartyId,
        channel: &ChannelId,
    ) -> Result<Option<SetBack>, Error> {
        let key = super::key(channel, party);
        let documents = self.store.documents(Shelf::SET_BACK, &key).await?;
        let found = documents.iter().find(|document| document.key == key);
        found
            .map(|document| own_document(&document.bytes))
            .transpose()
    }

    /// Writes the partner's own entries from `start` into a courier file; gives the number of
    /// frames.
    pub(crate) async fn export_returned<W: AsyncWrite + Send + Unpin>(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        start: u64,
        writer: &mut Writer,
        out: &mut W,
    ) -> Result<u64, Error> {
        let (mut start, mut frames) = (start, 0);
        loop {
            let piece = self.returned(to, channel, start).await?;
            if piece.entries.is_empty() {
                return Ok(frames);
            }
            start = piece.end();
            send(out, &writer.frame(&Frame::Returned(piece))?).await?;
            crate::steps::at("courier.returned");
            frames += 1;
        }
    }
}

/// The unit to which a party's own keys go back.
pub(super) fn node_of(party: &PartyId) -> Result<Recipient, Error> {
    Ok(Recipient {
        party: party.clone(),
        unit: NODE_UNIT.parse()?,
    })
}
