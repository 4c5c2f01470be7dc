//! Attachments: sealed once when they are staged, carried and kept as sealed chunks, opened
//! only when somebody reads them. Memory stays at a few chunks, whatever the size.

mod arriving;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_envelope::chunks::{
    CHUNK_BYTES, ChunkSealer, FileOpener, MAX_SEALED_CHUNK_BYTES, attachment_key, chunk_count,
    sealed_len,
};
use passerelle_exchange::message::{BlobOffset, Chunk, Missing};
use passerelle_model::{
    Attachment, ChannelId, Digest, MAX_ATTACHMENT_BYTES, PartyId, RecordId, codec, hex, tidy,
};
use passerelle_store::{BlobNeed, BlobReader, Journal, Put};
use tokio::io::{AsyncRead, AsyncReadExt as _};

pub(crate) use self::arriving::Arrivals;
pub use self::arriving::MAX_CHUNKS_AHEAD;
use self::arriving::arrival_id;
use crate::directory::Shelf;
use crate::view::Staged;
use crate::{Error, Node};

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
