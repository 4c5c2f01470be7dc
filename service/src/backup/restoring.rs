//! Reading a backup back: every byte is opened and checked before it is handed on, and nothing
//! is called whole before the end.

use passerelle_envelope::backup::{
    BackupHead, BackupOpener, MAX_MANIFEST_BYTES, Manifest, PREFIX_BYTES, PartHead, PartName,
    Parts, Read,
};
use passerelle_envelope::chunks::MAX_SEALED_CHUNK_BYTES;
use passerelle_envelope::{Error as Sealing, Unlock};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::input;
use crate::Error;

/// Where the parts of a backup go. A check needs none of its commands to do anything.
pub trait Restoring {
    /// A part begins; the manifest is not among them.
    fn begin(&mut self, part: &PartHead) -> Result<(), Error>;

    /// Bytes of the part that began last.
    fn append(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// That part is whole and is the one of its hash.
    fn whole(&mut self, part: &PartHead) -> Result<(), Error>;
}

/// Reads a whole backup, handing its parts to `site`. Only `Ok` says that all of it was there.
///
/// # Errors
/// `E_BACKUP` where it is damaged, cut or none; `E_BACKUP_VERSION`; `E_PASSPHRASE`,
/// `E_UNLOCK`; and what `site` refuses.
pub async fn read_backup<R: AsyncRead + Send + Unpin>(
    mut file: R,
    unlock: impl FnOnce(&BackupHead) -> Result<Unlock, Error> + Send,
    site: &mut (dyn Restoring + Send),
) -> Result<Manifest, Error> {
    let head = read_head(&mut file).await?;
    let unlock = unlock(&head)?;
    let mut opener = BackupOpener::new(head.open(&unlock)?);
    crate::steps::at("restore.opened");
    let (mut reading, mut chunk) = (Reading::default(), Vec::new());
    let mut next = Vec::new();
    fill(&mut file, &mut chunk).await?;
    loop {
        fill(&mut file, &mut next).await?;
        let last = next.is_empty();
        opener.open(&mut chunk, last)?;
        reading.take(&chunk, site)?;
        crate::steps::at("restore.chunk");
        if last {
            break;
        }
        std::mem::swap(&mut chunk, &mut next);
    }
    let whole = reading.parts.is_whole();
    let manifest = reading.manifest.filter(|_| whole);
    manifest.ok_or_else(|| Sealing::Backup("is cut").into())
}

async fn read_head<R: AsyncRead + Send + Unpin>(file: &mut R) -> Result<BackupHead, Error> {
    let cut = |_| Error::from(Sealing::Backup("is not a backup file"));
    let mut prefix = [0; PREFIX_BYTES];
    file.read_exact(&mut prefix).await.map_err(cut)?;
    let mut bytes = vec![0; BackupHead::length(&prefix)?];
    let (start, rest) = bytes.split_at_mut(PREFIX_BYTES);
    start.copy_from_slice(&prefix);
    file.read_exact(rest).await.map_err(cut)?;
    Ok(BackupHead::parse(&bytes)?)
}

/// The next sealed chunk; shorter only at the end of the file.
async fn fill<R: AsyncRead + Send + Unpin>(file: &mut R, chunk: &mut Vec<u8>) -> Result<(), Error> {
    chunk.clear();
    let mut piece = file.take(MAX_SEALED_CHUNK_BYTES as u64);
    piece.read_to_end(chunk).await.map_err(input)?;
    Ok(())
}

#[derive(Default)]
struct Reading {
    parts: Parts,
    text: Vec<u8>,
    in_manifest: bool,
    manifest: Option<Manifest>,
}

impl Reading {
    fn take(&mut self, plain: &[u8], site: &mut dyn Restoring) -> Result<(), Error> {
        self.parts.push(plain);
        loop {
            match self.parts.next()? {
                Read::Begin(head) => {
                    self.in_manifest = head.name == PartName::Manifest;
                    if !self.in_manifest {
                        site.begin(&head)?;
                    }
                }
                Read::Bytes(bytes) if self.in_manifest => {
                    // The head of the part was checked against the limit.
                    debug_assert!(self.text.len() + bytes.len() <= MAX_MANIFEST_BYTES);
                    self.text.extend_from_slice(&bytes);
                }
                Read::Bytes(bytes) => site.append(&bytes)?,
                Read::Whole(_) if self.in_manifest => {
                    self.manifest = Some(Manifest::parse(&self.text)?);
                    self.text = Vec::new();
                }
                Read::Whole(head) => site.whole(&head)?,
                Read::End | Read::More => return Ok(()),
            }
        }
    }
}
