//! The data folder: made, flushed, and held by one process at a time.

use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use passerelle_store::Error;
use rustix::fs::{FlockOperation, OFlags, flock};

use crate::failure::from_io;

/// An advisory lock on a file, released when dropped or when the process ends.
#[derive(Debug)]
pub(crate) struct DirLock {
    _file: File,
}

impl DirLock {
    /// Takes the lock without waiting; [`Error::InUse`] where another holds it.
    pub(crate) fn take(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(no_follow())
            .open(path)
            .map_err(|error| from_io(&error))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { _file: file }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(Error::InUse),
            Err(error) => Err(from_io(&error.into())),
        }
    }
}

/// Makes a folder that only its owner may enter, and its parents; one that exists is fine.
pub(crate) fn make_dir(dir: &Path) -> Result<(), Error> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(dir).map_err(|error| from_io(&error))?;
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_dir(parent),
        _ => Ok(()),
    }
}

/// Flushes a folder, so that names made in it survive a power cut.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), Error> {
    let folder = File::open(dir).map_err(|error| from_io(&error))?;
    folder.sync_all().map_err(|error| from_io(&error))
}

/// Flag that refuses to open a symbolic link.
pub(crate) fn no_follow() -> i32 {
    OFlags::NOFOLLOW.bits().cast_signed()
}
