//! Attachments: sealed once when they are staged, carried and kept as sealed chunks, opened
//! only when somebody reads them. Memory stays at a few chunks, whatever the size.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_envelope::chunks::{
    CHUNK_BYTES, ChunkOpener, ChunkSealer, FileOpener, MAX_SEALED_CHUNK_BYTES, attachment_key,
    chunk_count, chunk_len, sealed_len,
};
use passerelle_exchange::message::{BlobOffset, Chunk, ChunkHeld, MAX_BLOBS, Missing};
use passerelle_model::{
    Attachment, ChannelId, Digest, MAX_ATTACHMENT_BYTES, PartyId, RecordId, Said, codec, hex, tidy,
};
use passerelle_store::{BlobNeed, BlobReader, BlobWriter, Commit, Journal, Put};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::directory::Shelf;
use crate::events::Happened;
use crate::stating::About;
use crate::view::Staged;
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
    /// Seals a file for a later record: reads `reader` to its end with constant memory, and
    /// looks at it on the way. What is not what it says it is, or an archive that is a trap, is
    /// refused before anything of it can be named by a record.
    pub async fn stage<R: AsyncRead + Send + Unpin>(
        &self,
        name: &str,
        media_type: &str,
        mut reader: R,
    ) -> Result<Staged, Error> {
        let mut seen = passerelle_files::Inspection::new(media_type, name);
        let (name, media_type) = (tidy(name).parse()?, media_type.parse()?);
        let key = self.dice.with(|mut rng| attachment_key(&mut rng));
        let mut sealer = ChunkSealer::new(&key);
        let mut writer = self.blobs.create()?;
        let (mut chunk, mut ahead) = (Vec::new(), Vec::new());
        fill(&mut reader, &mut chunk).await?;
        loop {
            fill(&mut reader, &mut ahead).await?;
            let last = ahead.is_empty();
            seen.feed(&chunk);
            if writer.len() > sealed_len(MAX_ATTACHMENT_BYTES) {
                let why = format!("an attachment has at most {MAX_ATTACHMENT_BYTES} bytes");
                return Err(passerelle_store::Error::TooLarge(why).into());
            }
            (sealer, writer, chunk) = blocking(self.blobs.may_block(), move || {
                sealer.seal_in_place(&mut chunk, last)?;
                writer.append(&chunk)?;
                Ok((sealer, writer, chunk))
            })
            .await?;
            if last {
                break;
            }
            std::mem::swap(&mut chunk, &mut ahead);
        }
        seen.finish().map_err(Error::File)?;
        let sealed = sealer.finish()?;
        crate::steps::at("stage.sealed");
        let blob = sealed.sealed;
        blocking(self.blobs.may_block(), move || Ok(writer.finish(blob)?)).await?;
        crate::steps::at("stage.whole");
        let (bytes, sha256) = (sealed.bytes, sealed.sha256);
        let file = Attachment {
            name,
            media_type,
            bytes,
            sha256,
            sealed: blob,
            key,
        };
        self.keep_staged(&file).await
    }

    async fn keep_staged(&self, file: &Attachment) -> Result<Staged, Error> {
        let token = hex::encode(&self.dice.bytes::<16>());
        let plain = zeroize::Zeroizing::new(codec::to_canonical(file));
        let keys = self.keys();
        let sealed = self
            .dice
            .with(|mut rng| keys.store().seal_small(&plain, token.as_bytes(), &mut rng))?;
        let put = Put {
            kind: Shelf::STAGED,
            key: token.clone(),
            bytes: Some(sealed),
            expected: Some(0),
        };
        self.store.put(vec![put]).await?;
        crate::steps::at("stage.kept");
        Ok(Staged {
            token,
            name: file.name.to_string(),
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
        })
    }

    pub(crate) async fn staged_attachments(
        &self,
        tokens: &[String],
    ) -> Result<Vec<Attachment>, Error> {
        let mut files = Vec::with_capacity(tokens.len());
        for token in tokens {
            let documents = self.store.documents(Shelf::STAGED, token).await?;
            let document = documents
                .into_iter()
                .find(|document| document.key == *token)
                .ok_or_else(|| Error::not_found("staged attachment", token))?;
            let plain = self
                .keys()
                .store()
                .open_small(&document.bytes, token.as_bytes())?;
            let file = codec::from_canonical(&plain, codec::MAX_OBJECT_BYTES)
                .map_err(passerelle_model::Error::from)?;
            files.push(file);
        }
        Ok(files)
    }

    /// Opens an attachment for reading. `from` as in [`Node::show`].
    pub async fn open_file(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
        position: usize,
    ) -> Result<FileReader, Error> {
        let record = self.locate(from, id).await?.1;
        let file = record
            .attachments
            .get(position)
            .cloned()
            .ok_or_else(|| Error::not_found("attachment", position))?;
        self.reader(&file)
    }

    pub(crate) fn reader(&self, file: &Attachment) -> Result<FileReader, Error> {
        let blob = self.blobs.open(file.sealed)?.ok_or_else(|| {
            Error::state(
                "E_FILE_INCOMPLETE",
                "the attachment has not arrived completely yet",
            )
        })?;
        Ok(FileReader {
            name: file.name.to_string(),
            media_type: file.media_type.to_string(),
            bytes: file.bytes,
            opener: Some(FileOpener::new(file)),
            blob: Some(blob),
            next: 0,
            count: chunk_count(file.bytes),
            off: self.blobs.may_block(),
        })
    }

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

    async fn need(&self, journal: &Journal, blob: Digest) -> Result<Option<BlobNeed>, Error> {
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

    /// One sealed chunk of an attachment of ours, for a partner that a record with it went to.
    pub(crate) async fn give_chunk(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        at: BlobOffset,
    ) -> Result<Chunk, Error> {
        let ours = Journal::new(channel, &self.party);
        let refused = || Error::not_found("attachment", at.blob);
        let need = self.need(&ours, at.blob).await?.ok_or_else(refused)?;
        if !self.addressed(&ours, need.index, to).await? {
            return Err(refused());
        }
        let blob = self.blobs.open(at.blob)?.ok_or_else(refused)?;
        let bytes = blocking(self.blobs.may_block(), move || {
            read_chunk(blob.as_ref(), at.chunk)
        })
        .await?;
        Ok(Chunk {
            channel: channel.clone(),
            at,
            bytes,
        })
    }

    /// A blob of ours opened once for many chunks.
    pub(crate) fn shared_blob(&self, blob: Digest) -> Result<Arc<dyn BlobReader + Sync>, Error> {
        let reader = self
            .blobs
            .open(blob)?
            .ok_or_else(|| Error::not_found("attachment", blob))?;
        Ok(Arc::new(Shared::new(reader)))
    }

    /// Removes blobs that neither an entry nor a staged attachment needs: a stop between two
    /// steps may leave one.
    pub(crate) async fn sweep(&self) -> Result<(), Error> {
        let held = self.blobs.list()?;
        if held.is_empty() {
            return Ok(());
        }
        let staged = self.staged_blobs().await?;
        for (blob, _) in held {
            if !staged.contains(&blob) && self.store.blob_uses(blob).await? == 0 {
                self.blobs.remove(blob)?;
            }
        }
        Ok(())
    }

    /// Blobs that wait for a record to carry them.
    pub(crate) async fn staged_blobs(&self) -> Result<BTreeSet<Digest>, Error> {
        let staged = self.store.documents(Shelf::STAGED, "").await?;
        let tokens: Vec<String> = staged.into_iter().map(|document| document.key).collect();
        let files = self.staged_attachments(&tokens).await?;
        Ok(files.into_iter().map(|file| file.sealed).collect())
    }

    /// Removes what arrived for erased entries of the journal, and blobs that no live entry
    /// refers to any more.
    pub(crate) async fn remove_unused(
        &self,
        journal: &Journal,
        blobs: Vec<Digest>,
    ) -> Result<(), Error> {
        for blob in blobs {
            if self.need(journal, blob).await?.is_none() {
                let arriving = BlobNeed {
                    blob,
                    bytes: 0,
                    journal: journal.clone(),
                    index: 0,
                    complete: false,
                };
                self.arrivals.forget(arrival_id(&arriving));
                self.blobs.remove(arrival_id(&arriving))?;
            }
            if self.store.blob_uses(blob).await? == 0 {
                crate::steps::at("erase.blob");
                self.blobs.remove(blob)?;
            }
        }
        Ok(())
    }
}

/// The chunks of the partner's list, as a message.
pub(crate) fn missing_message(blobs: Vec<BlobOffset>) -> Missing {
    Missing { blobs }
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

    fn forget(&self, blob: Digest) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&blob);
    }
}

/// Reads an attachment chunk by chunk, opened and checked; the last call checks the whole.
pub struct FileReader {
    /// File name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Plain bytes.
    pub bytes: u64,
    opener: Option<FileOpener>,
    blob: Option<Box<dyn BlobReader>>,
    next: u64,
    count: u64,
    off: bool,
}

impl std::fmt::Debug for FileReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileReader(chunk {} of {})", self.next, self.count)
    }
}

impl FileReader {
    /// The next plain chunk (at most 1 MiB); `None` after the last, when everything was found
    /// right.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let (Some(mut opener), Some(blob)) = (self.opener.take(), self.blob.take()) else {
            return Ok(None);
        };
        if self.next == self.count {
            opener.finish()?;
            return Ok(None);
        }
        let index = self.next;
        let (opener, blob, chunk) = blocking(self.off, move || {
            let mut chunk = read_chunk(blob.as_ref(), index)?;
            opener.open_next(&mut chunk)?;
            Ok((opener, blob, chunk))
        })
        .await?;
        (self.opener, self.blob) = (Some(opener), Some(blob));
        self.next += 1;
        Ok(Some(chunk))
    }
}

/// A reader that several tasks may ask in turn.
pub(crate) struct Shared(Mutex<Box<dyn BlobReader>>);

impl Shared {
    pub(crate) fn new(reader: Box<dyn BlobReader>) -> Self {
        Self(Mutex::new(reader))
    }
}

impl BlobReader for Shared {
    fn len(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, passerelle_store::Error> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .read_at(offset, buffer)
    }
}

/// One sealed chunk from a blob.
pub(crate) fn read_chunk(blob: &dyn BlobReader, index: u64) -> Result<Vec<u8>, Error> {
    let offset = index.saturating_mul(MAX_SEALED_CHUNK_BYTES as u64);
    let left = blob
        .len()
        .saturating_sub(offset)
        .min(MAX_SEALED_CHUNK_BYTES as u64);
    let mut bytes = vec![0; usize::try_from(left).unwrap_or(0)];
    let read = blob.read_at(offset, &mut bytes)?;
    bytes.truncate(read);
    if bytes.is_empty() {
        Err(Error::not_found("chunk", index))
    } else {
        Ok(bytes)
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
fn arrival_id(need: &BlobNeed) -> Digest {
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

/// Fills `chunk` with up to one chunk of plain bytes; empty at the end.
async fn fill<R: AsyncRead + Unpin>(reader: &mut R, chunk: &mut Vec<u8>) -> Result<(), Error> {
    chunk.clear();
    // Room for the tag: sealing happens in place.
    chunk.reserve_exact(MAX_SEALED_CHUNK_BYTES);
    let mut limited = reader.take(CHUNK_BYTES as u64);
    limited
        .read_to_end(chunk)
        .await
        .map_err(|error| Error::Input(error.to_string()))?;
    Ok(())
}

/// Runs file and cipher work off the executor where the blobs may block.
pub(crate) async fn blocking<T: Send + 'static>(
    off: bool,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    if !off {
        return work();
    }
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(Error::state("E_STOPPED", "the node is stopping")),
    }
}
