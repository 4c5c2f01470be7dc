//! What arrives: chunk after chunk, checked against the key in the record, kept apart until the
//! whole is what its sender signed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_envelope::chunks::{
    CHUNK_BYTES, ChunkOpener, MAX_SEALED_CHUNK_BYTES, chunk_count, chunk_len,
};
use passerelle_exchange::message::{BlobOffset, Chunk, ChunkHeld, MAX_BLOBS};
use passerelle_model::{Attachment, ChannelId, Digest, PartyId, Said};
use passerelle_store::{BlobNeed, BlobWriter, Commit, Journal};
use sha2::{Digest as _, Sha256};

use super::blocking;
use crate::events::Happened;
use crate::stating::About;
use crate::{Error, Node};

/// Chunks that may arrive ahead of the one that is next.
pub const MAX_CHUNKS_AHEAD: u64 = 8;
/// Chunks after which a growing attachment is flushed to disk.
const SYNC_EVERY: u64 = 32;

/// Attachments that are arriving.
#[derive(Default)]
pub(crate) struct Arrivals(Mutex<BTreeMap<Digest, Arc<Arriving>>>);

struct Arriving {
    state: tokio::sync::Mutex<Option<Arrival>>,
    moved: tokio::sync::Notify,
    done: AtomicBool,
}

struct Arrival {
    writer: Box<dyn BlobWriter>,
    opener: ChunkOpener,
    file: Attachment,
    next: u64,
    /// Of the plain bytes so far: the last chunk must give what the record signed.
    hash: Sha256,
}

impl Node {
    /// Blobs of the partner's journal that we miss, with the next chunk of each.
    pub(crate) async fn missing(
        &self,
        from: &PartyId,
        channel: &ChannelId,
    ) -> Result<Vec<BlobOffset>, Error> {
        let journal = Journal::new(channel, from);
        let mut needs = self.store.blob_needs(&journal, true).await?;
        needs.dedup_by_key(|need| need.blob);
        let mut missing = Vec::new();
        for need in needs.iter().take(MAX_BLOBS) {
            if self.blobs.open(need.blob)?.is_some() {
                // Whole, but the node stopped before it said so.
                self.file_complete(need.blob, None).await?;
                continue;
            }
            let chunk = self.next_chunk(need).await?;
            missing.push(BlobOffset {
                blob: need.blob,
                chunk,
            });
        }
        Ok(missing)
    }

    async fn next_chunk(&self, need: &BlobNeed) -> Result<u64, Error> {
        let arriving = self.arrivals.of(arrival_id(need));
        let mut state = arriving.state.lock().await;
        Ok(self.arrival(&mut state, need).await?.next)
    }

    /// Takes one chunk of an attachment: checks it against the key in the record, keeps it.
    pub(crate) async fn take_chunk(
        &self,
        from: &PartyId,
        chunk: Chunk,
    ) -> Result<ChunkHeld, Error> {
        let journal = Journal::new(&chunk.channel, from);
        let need = self.need(&journal, chunk.at.blob).await?;
        let need = need.ok_or_else(|| Error::not_found("missing attachment", chunk.at.blob))?;
        if need.complete {
            return Ok(ChunkHeld { next: None });
        }
        let arriving = self.arrivals.of(arrival_id(&need));
        loop {
            let mut state = arriving.state.lock().await;
            if arriving.done.load(Ordering::Acquire) {
                return Ok(ChunkHeld { next: None });
            }
            let next = self.arrival(&mut state, &need).await?.next;
            if chunk.at.chunk > next && chunk.at.chunk - next < MAX_CHUNKS_AHEAD {
                let moved = arriving.moved.notified();
                tokio::pin!(moved);
                moved.as_mut().enable();
                drop(state);
                let patience = std::time::Duration::from_secs(5);
                if tokio::time::timeout(patience, moved).await.is_err() {
                    return Ok(ChunkHeld { next: Some(next) });
                }
                continue;
            }
            if chunk.at.chunk != next {
                return Ok(ChunkHeld { next: Some(next) });
            }
            let held = self
                .append_chunk(&mut state, &arriving, &need, &chunk)
                .await;
            arriving.moved.notify_waiters();
            return held;
        }
    }

    async fn append_chunk(
        &self,
        state: &mut Option<Arrival>,
        arriving: &Arriving,
        need: &BlobNeed,
        chunk: &Chunk,
    ) -> Result<ChunkHeld, Error> {
        let Some(mut arrival) = state.take() else {
            return Ok(ChunkHeld { next: None });
        };
        let last = arrival.next + 1 == chunk_count(arrival.file.bytes);
        let sealed = chunk.bytes.clone();
        arrival = blocking(self.blobs.may_block(), move || {
            let expected = chunk_len(arrival.file.bytes, arrival.next);
            let plain = arrival.opener.open(arrival.next, last, &sealed)?;
            if Some(plain.len()) != expected {
                return Err(passerelle_envelope::Error::Open.into());
            }
            arrival.hash.update(&plain);
            arrival.writer.append(&sealed)?;
            crate::steps::at("chunk.append");
            arrival.next += 1;
            if arrival.next.is_multiple_of(SYNC_EVERY) {
                arrival.writer.sync()?;
                crate::steps::at("chunk.synced");
            }
            Ok(arrival)
        })
        .await?;
        let (from, channel) = (&need.journal.party, &need.journal.channel);
        let (blob, held, bytes) = (need.blob, arrival.writer.len(), need.bytes);
        self.link(from)
            .channel(channel)
            .update(|told| told.chunks += 1);
        self.tell(from, channel, Happened::File { blob, held, bytes });
        if !last {
            let next = Some(arrival.next);
            *state = Some(arrival);
            return Ok(ChunkHeld { next });
        }
        crate::steps::at("chunk.all");
        let file = self.finish(arrival, need).await?;
        crate::steps::at("chunk.whole");
        self.file_complete(blob, Some(file)).await?;
        crate::steps::at("chunk.stated");
        arriving.done.store(true, Ordering::Release);
        self.arrivals.forget(arrival_id(need));
        Ok(ChunkHeld { next: None })
    }

    /// Gives a whole file its name; one that is not the file that was signed is destroyed.
    async fn finish(&self, arrival: Arrival, need: &BlobNeed) -> Result<Attachment, Error> {
        let Arrival {
            writer, file, hash, ..
        } = arrival;
        if hash.finalize().as_slice() != file.sha256.as_bytes() {
            drop(writer);
            self.blobs.remove(arrival_id(need))?;
            return Err(wrong_file());
        }
        let blob = need.blob;
        let finished = blocking(self.blobs.may_block(), move || Ok(writer.finish(blob)?)).await;
        finished.map_err(|error| match error {
            Error::Store(passerelle_store::Error::Corrupt(_)) => wrong_file(),
            other => other,
        })?;
        Ok(file)
    }

    /// Notes that a blob is durable, and states it to every party for whose records it is,
    /// under the very key and hash that were `checked`; where nothing is, the blob is read.
    async fn file_complete(
        &self,
        blob: Digest,
        mut checked: Option<Attachment>,
    ) -> Result<(), Error> {
        let journals = self.store.journals().await?;
        for journal in journals
            .iter()
            .filter(|journal| journal.party != self.party)
        {
            let needs = self.store.blob_needs(journal, false).await?;
            let said = self.files_said(journal, &needs, blob, &mut checked).await?;
            if needs.iter().all(|need| need.blob != blob) {
                continue;
            }
            let commit = Commit {
                complete: vec![blob],
                ..Commit::default()
            };
            let (party, channel) = (&journal.party, &journal.channel);
            self.commit_with_statements(party, channel, commit, said, Vec::new())
                .await?;
            self.link(party)
                .channel(channel)
                .update(crate::link::Told::recount);
            self.wake(Some(party));
        }
        Ok(())
    }

    /// "Files complete" for every record of the journal that only waited for this blob.
    async fn files_said(
        &self,
        journal: &Journal,
        needs: &[BlobNeed],
        blob: Digest,
        checked: &mut Option<Attachment>,
    ) -> Result<Vec<About>, Error> {
        let waits = |index: u64| {
            needs
                .iter()
                .any(|need| need.index == index && !need.complete && need.blob != blob)
        };
        let mut indices: Vec<u64> = needs
            .iter()
            .filter(|need| need.blob == blob && !waits(need.index))
            .map(|need| need.index)
            .collect();
        indices.dedup();
        let mut said = Vec::new();
        for index in indices {
            let record = self.record_at(journal, index).await?;
            let file = record
                .attachments
                .iter()
                .find(|file| file.sealed == blob)
                .cloned();
            if !self.opens(checked, file).await? || self.stated_complete(journal, index).await? {
                continue;
            }
            let leaves = self.store.commitments(journal, index..index + 1).await?;
            said.extend(leaves.first().map(|commitment| About {
                index,
                commitment: *commitment,
                record: Some(record.id),
                said: Said::FilesComplete,
            }));
        }
        Ok(said)
    }

    /// Whether the held blob is this attachment: opened chunk by chunk and hashed once, then
    /// compared.
    async fn opens(
        &self,
        checked: &mut Option<Attachment>,
        file: Option<Attachment>,
    ) -> Result<bool, Error> {
        let Some(file) = file else { return Ok(false) };
        if let Some(known) = checked {
            return Ok(known.key == file.key && known.sha256 == file.sha256);
        }
        let mut reader = self.reader(&file)?;
        loop {
            match reader.next().await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(Error::Envelope(_)) => return Ok(false),
                Err(other) => return Err(other),
            }
        }
        *checked = Some(file);
        Ok(true)
    }

    async fn stated_complete(&self, journal: &Journal, index: u64) -> Result<bool, Error> {
        let rows = self.store.statements(journal, index..index + 1).await?;
        Ok(rows
            .iter()
            .any(|row| row.by == self.party && row.said == "files-complete"))
    }

    pub(super) async fn need(
        &self,
        journal: &Journal,
        blob: Digest,
    ) -> Result<Option<BlobNeed>, Error> {
        let needs = self.store.blob_needs(journal, false).await?;
        Ok(needs.into_iter().find(|need| need.blob == blob))
    }

    /// Opens (or goes on with) the partial file of a need. After a restart every chunk on
    /// disk is checked again and the file is cut before the first bad one.
    async fn arrival<'a>(
        &self,
        slot: &'a mut Option<Arrival>,
        need: &BlobNeed,
    ) -> Result<&'a mut Arrival, Error> {
        let arrival = match slot.take() {
            Some(arrival) => arrival,
            None => {
                let record = self.record_at(&need.journal, need.index).await?;
                let file = record
                    .attachments
                    .iter()
                    .find(|file| file.sealed == need.blob)
                    .cloned()
                    .ok_or_else(|| Error::not_found("attachment", need.blob))?;
                let writer = self.blobs.resume(arrival_id(need))?;
                blocking(self.blobs.may_block(), move || checked(writer, file)).await?
            }
        };
        Ok(slot.insert(arrival))
    }
}

impl Arrivals {
    fn of(&self, blob: Digest) -> Arc<Arriving> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            Arc::new(Arriving {
                state: tokio::sync::Mutex::new(None),
                moved: tokio::sync::Notify::new(),
                done: AtomicBool::new(false),
            })
        };
        held.entry(blob).or_insert_with(new).clone()
    }

    pub(super) fn forget(&self, blob: Digest) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&blob);
    }
}

fn checked(mut writer: Box<dyn BlobWriter>, file: Attachment) -> Result<Arrival, Error> {
    let (opener, mut hash) = (ChunkOpener::new(&file.key), Sha256::new());
    // The last chunk is always taken anew, so that completing goes through one place.
    let last = chunk_count(file.bytes).saturating_sub(1);
    let mut next = 0;
    let mut buffer = vec![0; MAX_SEALED_CHUNK_BYTES];
    while next < last {
        let offset = next * MAX_SEALED_CHUNK_BYTES as u64;
        let read = writer.read_at(offset, &mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        let Ok(plain) = opener.open(next, false, piece) else {
            break;
        };
        if plain.len() != CHUNK_BYTES {
            break;
        }
        hash.update(&plain);
        next += 1;
    }
    writer.truncate(next * MAX_SEALED_CHUNK_BYTES as u64)?;
    Ok(Arrival {
        writer,
        opener,
        file,
        next,
        hash,
    })
}

/// What arrives is kept apart for each sender and channel until it is whole: a partner that
/// names another's file spoils nothing.
pub(super) fn arrival_id(need: &BlobNeed) -> Digest {
    let hash = Sha256::new()
        .chain_update("passerelle/arrival/v1\n")
        .chain_update(format!(
            "{}\n{}\n",
            need.journal.channel, need.journal.party
        ))
        .chain_update(need.blob.as_bytes());
    Digest::new(hash.finalize().into())
}

fn wrong_file() -> Error {
    passerelle_envelope::Error::File("not the file that the record names").into()
}
