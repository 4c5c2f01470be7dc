//! Writing one blob, in constant memory.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use passerelle_model::Digest;
use passerelle_store::{BlobWriter, Error};
use sha2::{Digest as _, Sha256};

use super::{Claim, Shelf, io, read_at};
use crate::lock::make_dir;

/// How much is hashed at a time, in bytes.
const CHUNK: usize = 64 * 1024;

pub(super) struct FileWriter {
    shelf: Arc<Shelf>,
    file: File,
    path: PathBuf,
    len: u64,
    /// Of all `len` bytes.
    hasher: Sha256,
    /// Set for a blob whose name is known; without it the file goes with the writer.
    claim: Option<Claim>,
    done: bool,
}

impl FileWriter {
    /// Takes over a file with whatever it holds.
    pub(super) fn new(
        shelf: &Arc<Shelf>,
        file: File,
        path: PathBuf,
        claim: Option<Claim>,
    ) -> Result<Self, Error> {
        let len = file.metadata().map_err(io)?.len();
        let hasher = hash(&file, len)?;
        Ok(Self {
            shelf: Arc::clone(shelf),
            file,
            path,
            len,
            hasher,
            claim,
            done: false,
        })
    }

    /// Flushes once. What a failed flush leaves in memory may differ from the disk, so the
    /// file is not continued later.
    fn flush(&mut self) -> Result<(), Error> {
        self.shelf.check()?;
        if self.file.sync_data().is_ok() {
            return Ok(());
        }
        self.discard();
        Err(self.shelf.broke())
    }

    fn discard(&mut self) {
        self.done = true;
        // It may be gone already; the next start removes what is left of created files.
        let _ = fs::remove_file(&self.path);
    }

    fn give_name(&mut self, blob: Digest) -> Result<(), Error> {
        let target = self.shelf.complete(blob);
        let folder = target.parent().unwrap_or(&self.shelf.root);
        make_dir(folder)?;
        match fs::rename(&self.path, &target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.done = true;
                return Err(Error::Conflict("the blob was removed meanwhile".into()));
            }
            other => other.map_err(io)?,
        }
        self.done = true;
        self.shelf.sync(&target)
    }
}

impl BlobWriter for FileWriter {
    fn len(&self) -> u64 {
        self.len
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.shelf.check()?;
        self.file.write_all_at(bytes, self.len).map_err(io)?;
        self.hasher.update(bytes);
        self.len = self.len.saturating_add(bytes.len() as u64);
        Ok(())
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
        let count = read_at(&self.file, offset, buffer)?;
        // A failed append may have left bytes behind the end.
        let held = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        Ok(count.min(held))
    }

    fn truncate(&mut self, len: u64) -> Result<(), Error> {
        self.shelf.check()?;
        if len < self.len {
            let hasher = hash(&self.file, len)?;
            self.file.set_len(len).map_err(io)?;
            self.hasher = hasher;
            self.len = len;
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), Error> {
        self.flush()?;
        match &self.claim {
            Some(_) => self.shelf.sync(&self.path),
            None => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>, blob: Digest) -> Result<(), Error> {
        self.shelf.check()?;
        if self.hasher.clone().finalize().as_slice() != blob.as_bytes() {
            self.discard();
            return Err(Error::Corrupt("the blob has another SHA-256".into()));
        }
        self.file.set_len(self.len).map_err(io)?;
        self.flush()?;
        self.give_name(blob)
    }
}

impl Drop for FileWriter {
    fn drop(&mut self) {
        if !self.done && self.claim.is_none() {
            self.discard();
        }
    }
}

/// Hashes the first `len` bytes.
fn hash(file: &File, len: u64) -> Result<Sha256, Error> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut place = 0;
    while place < len {
        let left = usize::try_from(len - place).unwrap_or(CHUNK).min(CHUNK);
        let part = chunk.get_mut(..left).unwrap_or_default();
        let count = read_at(file, place, part)?;
        if count == 0 {
            return Err(Error::Io("the file is shorter than it was".into()));
        }
        hasher.update(part.get(..count).unwrap_or_default());
        place = place.saturating_add(count as u64);
    }
    Ok(hasher)
}
