//! Attachments in a conversation: chunks handed over and fetched, several under way at once.

use std::sync::Arc;

use passerelle_exchange::message::{BlobOffset, Chunk, ChunkGet, ChunkHeld, Missing, Wanted};
use passerelle_exchange::{Event, Sync};
use passerelle_model::{ChannelId, PartyId};
use passerelle_store::{BlobReader, Journal};
use tokio::task::JoinSet;

use super::Ended;
use crate::files::{blocking, read_chunk};
use crate::peer::path;
use crate::{Error, Node};

/// Chunks of one attachment under way at once.
const CHUNKS_IN_FLIGHT: usize = 4;

impl Node {
    pub(super) async fn offer_chunks(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
    ) -> Result<(), Ended> {
        let wanted = Wanted {
            channel: channel.clone(),
        };
        let missing: Missing = self.ask(party, path::WANTED, &wanted).await?;
        let mut left = missing.blobs.len() as u64;
        for at in missing.blobs {
            // Somebody may wait for an urgent record behind a large file.
            let mine = self
                .journal_state(&Journal::new(channel, &self.party))
                .await?
                .size;
            sync.on(Event::Grew(mine));
            if self.offer_blob(party, channel, sync, at).await? {
                left -= 1;
            }
            if sync.waiting() > 0 {
                break;
            }
        }
        sync.on(Event::Offered { missing: left });
        Ok(())
    }

    /// Hands over the chunks of one blob; `true` when it is complete at the partner.
    async fn offer_blob(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
        at: BlobOffset,
    ) -> Result<bool, Ended> {
        // Proves that this partner may have it, before it is opened for many reads.
        self.give_chunk(party, channel, at).await?;
        let blob = self.shared_blob(at.blob)?;
        let link = self.link(party).channel(channel);
        let mut under_way: JoinSet<Result<ChunkHeld, Ended>> = JoinSet::new();
        let count = blob
            .len()
            .div_ceil(passerelle_envelope::chunks::MAX_SEALED_CHUNK_BYTES as u64);
        let mut next = at.chunk;
        loop {
            while under_way.len() < CHUNKS_IN_FLIGHT && next < count && sync.waiting() == 0 {
                let (node, party, channel) = (self.clone(), party.clone(), channel.clone());
                let (blob, at) = (
                    blob.clone(),
                    BlobOffset {
                        blob: at.blob,
                        chunk: next,
                    },
                );
                under_way.spawn(async move { node.put_chunk(&party, &channel, blob, at).await });
                next += 1;
            }
            let Some(done) = under_way.join_next().await else {
                return Ok(false);
            };
            let held = done.map_err(|_| Error::state("E_STOPPED", "the node is stopping"))??;
            link.acknowledged(at.blob, held.next.unwrap_or(u64::MAX));
            match held.next {
                None => return Ok(true),
                // The partner restarted and holds less: begin again from there.
                Some(wanted) if wanted < next.saturating_sub(CHUNKS_IN_FLIGHT as u64) => {
                    return Ok(false);
                }
                Some(_) => {}
            }
            let mine = self
                .journal_state(&Journal::new(channel, &self.party))
                .await?
                .size;
            sync.on(Event::Grew(mine));
        }
    }

    async fn put_chunk(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        blob: Arc<dyn BlobReader + std::marker::Sync>,
        at: BlobOffset,
    ) -> Result<ChunkHeld, Ended> {
        let bytes = blocking(self.blobs.may_block(), move || {
            read_chunk(blob.as_ref(), at.chunk)
        })
        .await?;
        let chunk = Chunk {
            channel: channel.clone(),
            at,
            bytes,
        };
        crate::steps::at("chunk.offer");
        self.ask(party, path::CHUNK_PUT, &chunk).await
    }

    pub(super) async fn take_chunks(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        sync: &mut Sync,
    ) -> Result<(), Ended> {
        for at in self.missing(party, channel).await? {
            self.take_blob(party, channel, at).await?;
        }
        let missing = self.view(party, channel).await?.missing_blobs;
        sync.on(Event::TookChunks { missing });
        Ok(())
    }

    async fn take_blob(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        at: BlobOffset,
    ) -> Result<(), Ended> {
        let mut next = Some(at.chunk);
        while let Some(chunk) = next {
            let at = BlobOffset {
                blob: at.blob,
                chunk,
            };
            let given: Chunk = self.ask(party, path::CHUNK_GET, &ChunkGet { at }).await?;
            crate::steps::at("chunk.taken");
            if given.at != at {
                return Err(Error::not_found("chunk", chunk).into());
            }
            let given = Chunk {
                channel: channel.clone(),
                ..given
            };
            next = self.take_chunk(party, given).await?.next;
        }
        Ok(())
    }
}
