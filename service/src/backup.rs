//! Backups: everything of this node in one sealed stream, taken while it runs, and read back
//! part by part.
//!
//! The register says that a backup is made before the first byte leaves. The store's image is
//! of one moment; attachments are listed after it, so that every attachment a row calls
//! complete is there. Files that only the outside knows (settings, the locked keyring) come
//! through [`NodeFiles`].

mod restoring;

pub use self::restoring::{Restoring, read_backup};

use std::sync::Arc;

use minicbor::{Decode, Encode};
use passerelle_envelope::backup::{
    BackupHead, BackupSealer, JournalSize, MAX_BACKUP_JOURNALS, Manifest, PartHead, PartName,
    PartsWriter,
};
use passerelle_envelope::chunks::CHUNK_BYTES;
use passerelle_envelope::{KdfCost, Unlock};
use passerelle_model::{Act, By, Deed, Digest, Object, UtcTime, codec, hex};
use passerelle_store::{BlobReader, Put, Store};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use zeroize::Zeroizing;

use crate::directory::Shelf;
use crate::files::{Shared, blocking};
use crate::receipts::own_document;
use crate::recovery::{RecoveryView, RestoredView};
use crate::{Error, Node};

const LAST: &str = "last";
/// Shortest passphrase of a backup, in characters.
const MIN_PASSPHRASE_CHARS: usize = 12;

/// Files of a node that lie beside its store.
pub trait NodeFiles: Send + Sync {
    /// The settings file.
    fn config(&self) -> Result<Vec<u8>, Error>;

    /// The keyring file, locked.
    fn keyring(&self) -> Result<Vec<u8>, Error>;
}

/// The last backup that was handed out to its last byte.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Last {
    #[n(0)]
    time: UtcTime,
    #[n(1)]
    bytes: u64,
}

/// What there is to say of backups and of being restored from one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsView {
    /// When the last one was handed out whole. Whether it was kept, only people know.
    pub last: Option<UtcTime>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Days after which a new one is due.
    pub due_days: u32,
    /// Whether a new one is due.
    pub due: bool,
    /// From what this node was restored, if it was.
    pub restored: Option<RestoredView>,
    /// How far the recovery is, for each channel and partner.
    pub recoveries: Vec<RecoveryView>,
}

impl Node {
    /// Tells the node how to read its files; once, before it runs.
    pub fn with_files(&self, files: Arc<dyn NodeFiles>) {
        // A second one would be of another folder.
        let _ = self.files.set(files);
    }

    /// Writes a backup, sealed under `unlock`; gives its length in bytes. Constant memory; the
    /// image takes as much disk as the store until the end.
    ///
    /// # Errors
    /// `E_PASSPHRASE_SHORT` for one that is quickly guessed; `E_LOG_UNAVAILABLE` where it cannot be entered first: then nothing leaves.
    pub async fn backup_by<W: AsyncWrite + Send + Unpin>(
        &self,
        unlock: Unlock,
        out: W,
        by: By,
    ) -> Result<u64, Error> {
        if matches!(&unlock, Unlock::Passphrase(text) if text.chars().count() < MIN_PASSPHRASE_CHARS)
        {
            let message = format!("a passphrase needs at least {MIN_PASSPHRASE_CHARS} characters");
            return Err(Error::state("E_PASSPHRASE_SHORT", message));
        }
        let act = Act::new(Deed::Backup, self.now(), by, Object::Node);
        self.enter(act).await?;
        crate::steps::at("backup.entered");
        let time = self.now();
        let salt = self.dice.bytes();
        let make = move || Ok(BackupHead::new(&unlock, KdfCost::default(), salt)?);
        let (head, key) = blocking(self.blobs.may_block(), make).await?;
        let mut writer = Writer::begin(out, &head, BackupSealer::new(key)).await?;
        self.write_parts(time, &mut writer).await?;
        let bytes = writer.end().await?;
        let last = Last { time, bytes };
        let put = Put {
            kind: Shelf::BACKUP,
            key: LAST.to_owned(),
            bytes: Some(codec::to_canonical(&last)),
            expected: None,
        };
        self.store.put(vec![put]).await?;
        Ok(bytes)
    }

    async fn write_parts<W: AsyncWrite + Send + Unpin>(
        &self,
        time: UtcTime,
        writer: &mut Writer<W>,
    ) -> Result<(), Error> {
        // Before the image: no journal is shorter in it than the manifest says.
        let manifest = self.manifest(time).await?;
        let image = self.store.image().await?;
        crate::steps::at("backup.imaged");
        let bytes = shared(image.bytes()?);
        writer
            .small(PartName::Manifest, &manifest.to_bytes())
            .await?;
        if let Some(files) = self.files.get() {
            writer.small(PartName::Config, &files.config()?).await?;
            writer.small(PartName::Keyring, &files.keyring()?).await?;
        }
        let sha256 = self.digest_of(bytes.clone()).await?;
        self.write_part(PartName::Store, bytes, sha256, writer)
            .await?;
        for (blob, _) in self.blobs.list()? {
            // One that was erased meanwhile is left out.
            if let Some(reader) = self.blobs.open(blob)? {
                self.write_part(PartName::Blob(blob), shared(reader), blob, writer)
                    .await?;
            }
        }
        Ok(())
    }

    async fn manifest(&self, time: UtcTime) -> Result<Manifest, Error> {
        let mut journals = Vec::new();
        for journal in self
            .store
            .journals()
            .await?
            .into_iter()
            .take(MAX_BACKUP_JOURNALS)
        {
            let size = self.store.head(&journal).await?.map_or(0, |head| head.size);
            let (channel, party) = (journal.channel, journal.party);
            journals.push(JournalSize {
                channel,
                party,
                size,
            });
        }
        let party = self.party.clone();
        Ok(Manifest {
            party,
            time,
            journals,
        })
    }

    async fn digest_of(&self, reader: Arc<Shared>) -> Result<Digest, Error> {
        let (mut hash, mut offset) = (Sha256::new(), 0);
        loop {
            let piece = self.piece(&reader, offset).await?;
            if piece.is_empty() {
                return Ok(Digest::new(hash.finalize().into()));
            }
            offset += piece.len() as u64;
            hash.update(&piece);
        }
    }

    async fn write_part<W: AsyncWrite + Send + Unpin>(
        &self,
        name: PartName,
        reader: Arc<Shared>,
        sha256: Digest,
        writer: &mut Writer<W>,
    ) -> Result<(), Error> {
        let bytes = reader.len();
        writer.begin_part(name, bytes, sha256).await?;
        let mut offset = 0;
        while offset < bytes {
            let piece = self.piece(&reader, offset).await?;
            if piece.is_empty() {
                return Err(Error::Input("a file became shorter".to_owned()));
            }
            offset += piece.len() as u64;
            writer.write(&piece).await?;
            crate::steps::at("backup.piece");
        }
        Ok(())
    }

    async fn piece(&self, reader: &Arc<Shared>, offset: u64) -> Result<Vec<u8>, Error> {
        let reader = reader.clone();
        blocking(self.blobs.may_block(), move || {
            let mut piece = vec![0; CHUNK_BYTES];
            let read = reader.read_at(offset, &mut piece)?;
            piece.truncate(read);
            Ok(piece)
        })
        .await
    }

    /// When the last backup was made, and how far a recovery is.
    pub async fn backups(&self) -> Result<BackupsView, Error> {
        let last = last(self.store.as_ref()).await?;
        let due_days = self.settings().await?.backup_days;
        let since = match &last {
            Some(last) => last.time,
            // A node that was never backed up is as old as its oldest card.
            None => self.made().unwrap_or_else(|| self.now()),
        };
        Ok(BackupsView {
            bytes: last.as_ref().map_or(0, |last| last.bytes),
            last: last.map(|last| last.time),
            due_days,
            due: since.day().plus_days(due_days).start() < self.now(),
            restored: self.restored().await?,
            recoveries: self.recoveries(),
        })
    }

    /// When this node's oldest card was issued.
    fn made(&self) -> Option<UtcTime> {
        let directory = self.directory();
        directory
            .cards(&self.party)
            .map(|card| card.content().issued)
            .min()
    }
}

/// What is to open a backup again: 32 bytes in hexadecimal digits, or a passphrase.
///
/// # Errors
/// `E_BACKUP_KEY` unless it is exactly one of them.
pub fn backup_secret(key: Option<String>, passphrase: Option<String>) -> Result<Unlock, Error> {
    let wrong = || {
        let message = "give a key of 32 bytes in hexadecimal digits, or a passphrase";
        Error::state("E_BACKUP_KEY", message)
    };
    match (key.map(Zeroizing::new), passphrase.map(Zeroizing::new)) {
        (Some(key), None) => {
            let bytes = Zeroizing::new(hex::decode(&key).ok_or_else(wrong)?);
            let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| wrong())?;
            Ok(Unlock::KeyFile(Zeroizing::new(key)))
        }
        (None, Some(text)) => Ok(Unlock::Passphrase(text)),
        _ => Err(wrong()),
    }
}

/// Whether these bytes say when the last backup was made.
pub(crate) fn is_last(bytes: &[u8]) -> bool {
    own_document::<Last>(bytes).is_ok()
}

async fn last(store: &dyn Store) -> Result<Option<Last>, Error> {
    let documents = store.documents(Shelf::BACKUP, LAST).await?;
    let found = documents.first();
    found
        .map(|document| own_document(&document.bytes))
        .transpose()
}

fn shared(reader: Box<dyn BlobReader>) -> Arc<Shared> {
    Arc::new(Shared::new(reader))
}

/// Fills chunks, seals and writes them.
struct Writer<W> {
    out: W,
    sealer: BackupSealer,
    parts: PartsWriter,
    chunk: Vec<u8>,
    written: u64,
}

impl<W: AsyncWrite + Send + Unpin> Writer<W> {
    async fn begin(mut out: W, head: &BackupHead, sealer: BackupSealer) -> Result<Self, Error> {
        out.write_all(head.bytes()).await.map_err(input)?;
        Ok(Self {
            out,
            sealer,
            parts: PartsWriter::new(),
            chunk: Vec::with_capacity(CHUNK_BYTES + 16),
            written: head.bytes().len() as u64,
        })
    }

    async fn small(&mut self, name: PartName, bytes: &[u8]) -> Result<(), Error> {
        let sha256 = Digest::new(Sha256::digest(bytes).into());
        self.begin_part(name, bytes.len() as u64, sha256).await?;
        self.write(bytes).await
    }

    async fn begin_part(
        &mut self,
        name: PartName,
        bytes: u64,
        sha256: Digest,
    ) -> Result<(), Error> {
        let head = self.parts.head(&PartHead {
            name,
            bytes,
            sha256,
        });
        self.write(&head).await
    }

    /// A full chunk waits for the next byte: only then it is not the last.
    async fn write(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            if self.chunk.len() == CHUNK_BYTES {
                self.flush(false).await?;
            }
            let room = CHUNK_BYTES - self.chunk.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    async fn flush(&mut self, last: bool) -> Result<(), Error> {
        self.sealer.seal(&mut self.chunk, last)?;
        self.out.write_all(&self.chunk).await.map_err(input)?;
        self.written += self.chunk.len() as u64;
        self.chunk.clear();
        Ok(())
    }

    async fn end(mut self) -> Result<u64, Error> {
        let end = std::mem::take(&mut self.parts).end();
        self.write(&end).await?;
        self.flush(true).await?;
        self.out.flush().await.map_err(input)?;
        Ok(self.written)
    }
}

fn input(error: std::io::Error) -> Error {
    Error::Input(error.to_string())
}
