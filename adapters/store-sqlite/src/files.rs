//! Blobs as files: `blobs/ab/<name>` when complete, `blobs/partial/` while they arrive.

mod writer;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use passerelle_model::Digest;
use passerelle_store::{BlobReader, BlobWriter, Blobs, Error};

use crate::failure::from_io;
use crate::lock::{DirLock, make_dir, no_follow, sync_dir};
use writer::FileWriter;

/// [`Blobs`] in the folder `blobs` of a data folder. One process at a time.
///
/// A file gets its name only after its bytes are checked and flushed. After a failed flush
/// every later write is refused as [`Error::Broken`].
#[derive(Debug, Clone)]
pub struct FileBlobs {
    shelf: Arc<Shelf>,
}

impl FileBlobs {
    /// Opens the blobs of the data folder `dir`, making it where it is missing; files that
    /// were being created when the process ended are removed, partial blobs stay.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process (or another handle) has them open;
    /// [`Error::ReadOnly`], [`Error::DiskFull`], [`Error::Io`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let root = dir.join("blobs");
        let partial = root.join("partial");
        make_dir(&partial)?;
        let lock = DirLock::take(&root.join("lock"))?;
        for entry in fs::read_dir(&partial).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.extension() == Some(OsStr::new("new")) {
                fs::remove_file(path).map_err(io)?;
            }
        }
        let shelf = Shelf {
            root,
            partial,
            open: Mutex::default(),
            made: AtomicU64::new(0),
            broken: AtomicBool::new(false),
            _lock: lock,
        };
        Ok(Self {
            shelf: Arc::new(shelf),
        })
    }
}

impl Blobs for FileBlobs {
    fn create(&self) -> Result<Box<dyn BlobWriter>, Error> {
        self.shelf.check()?;
        let number = self.shelf.made.fetch_add(1, Ordering::Relaxed);
        let path = self.shelf.partial.join(format!("{number}.new"));
        let file = options().create_new(true).open(&path).map_err(io)?;
        let writer = FileWriter::new(&self.shelf, file, path, None)?;
        Ok(Box::new(writer))
    }

    fn resume(&self, blob: Digest) -> Result<Box<dyn BlobWriter>, Error> {
        self.shelf.check()?;
        if self.shelf.complete(blob).exists() {
            return Err(Error::Conflict("the blob is complete already".into()));
        }
        let claim = Claim::take(&self.shelf, blob)?;
        let path = self.shelf.arriving(blob);
        let file = options()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io)?;
        let writer = FileWriter::new(&self.shelf, file, path, Some(claim))?;
        Ok(Box::new(writer))
    }

    fn open(&self, blob: Digest) -> Result<Option<Box<dyn BlobReader>>, Error> {
        let opened = OpenOptions::new()
            .read(true)
            .custom_flags(no_follow())
            .open(self.shelf.complete(blob));
        let file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.map_err(io)?,
        };
        Ok(Some(Box::new(FileReader::new(file)?)))
    }

    fn remove(&self, blob: Digest) -> Result<(), Error> {
        self.shelf.check()?;
        for path in [self.shelf.complete(blob), self.shelf.arriving(blob)] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                other => {
                    other.map_err(io)?;
                    self.shelf.sync(&path)?;
                }
            }
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<(Digest, u64)>, Error> {
        let mut found = Vec::new();
        for shelf in fs::read_dir(&self.shelf.root).map_err(io)? {
            let shelf = shelf.map_err(io)?;
            if shelf.file_name().len() == 2 {
                list_into(&shelf.path(), &mut found)?;
            }
        }
        found.sort();
        Ok(found)
    }
}

/// What all handles and writers share.
#[derive(Debug)]
struct Shelf {
    root: PathBuf,
    partial: PathBuf,
    /// Blobs that have a writer now.
    open: Mutex<BTreeSet<Digest>>,
    /// Files created so far, for their names.
    made: AtomicU64,
    /// A flush failed.
    broken: AtomicBool,
    _lock: DirLock,
}

impl Shelf {
    fn check(&self) -> Result<(), Error> {
        if self.broken.load(Ordering::Acquire) {
            Err(Error::Broken)
        } else {
            Ok(())
        }
    }

    fn broke(&self) -> Error {
        self.broken.store(true, Ordering::Release);
        Error::Broken
    }

    fn complete(&self, blob: Digest) -> PathBuf {
        let name = blob.to_string();
        let folder: String = name.chars().take(2).collect();
        self.root.join(folder).join(name)
    }

    fn arriving(&self, blob: Digest) -> PathBuf {
        self.partial.join(format!("{blob}.part"))
    }

    /// Flushes the folder of a file whose name changed.
    fn sync(&self, path: &Path) -> Result<(), Error> {
        let folder = path.parent().unwrap_or(&self.root);
        sync_dir(folder).map_err(|_| self.broke())
    }

    fn writers(&self) -> MutexGuard<'_, BTreeSet<Digest>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to write one blob, given back when dropped.
#[derive(Debug)]
struct Claim {
    shelf: Arc<Shelf>,
    blob: Digest,
}

impl Claim {
    fn take(shelf: &Arc<Shelf>, blob: Digest) -> Result<Self, Error> {
        if !shelf.writers().insert(blob) {
            return Err(Error::Conflict("the blob is being written".into()));
        }
        Ok(Self {
            shelf: Arc::clone(shelf),
            blob,
        })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.shelf.writers().remove(&self.blob);
    }
}

/// Reads a file that no longer changes.
pub(crate) struct FileReader {
    file: File,
    len: u64,
}

impl FileReader {
    pub(crate) fn new(file: File) -> Result<Self, Error> {
        let len = file.metadata().map_err(io)?.len();
        Ok(Self { file, len })
    }
}

impl BlobReader for FileReader {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
        read_at(&self.file, offset, buffer)
    }
}

/// Reads until `buffer` is full or the file ends.
fn read_at(file: &File, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        let place = offset.saturating_add(u64::try_from(done).unwrap_or(u64::MAX));
        match file.read_at(rest, place) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(io(error)),
        }
    }
    Ok(done)
}

fn list_into(folder: &Path, found: &mut Vec<(Digest, u64)>) -> Result<(), Error> {
    for file in fs::read_dir(folder).map_err(io)? {
        let file = file.map_err(io)?;
        let name = file.file_name();
        if let Some(Ok(blob)) = name.to_str().map(str::parse) {
            found.push((blob, file.metadata().map_err(io)?.len()));
        }
    }
    Ok(())
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .mode(0o600)
        .custom_flags(no_follow());
    options
}

#[expect(clippy::needless_pass_by_value, reason = "for use with map_err")]
fn io(error: std::io::Error) -> Error {
    from_io(&error)
}
