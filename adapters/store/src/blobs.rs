//! Large sealed files beside the store. Calls block; callers run them off their executor.

use passerelle_model::Digest;

use crate::Error;

/// Sealed attachments, named by the SHA-256 of their bytes.
pub trait Blobs: Send + Sync + 'static {
    /// Starts a blob whose name is not known yet (a file being sealed here).
    fn create(&self) -> Result<Box<dyn BlobWriter>, Error>;

    /// Continues (or starts) a blob that arrives from a partner; [`BlobWriter::len`] says
    /// how much is held already. One writer at a time for each blob, and none
    /// for a complete one, else [`Error::Conflict`].
    fn resume(&self, blob: Digest) -> Result<Box<dyn BlobWriter>, Error>;

    /// Opens a complete blob; `None` where it is not held completely.
    fn open(&self, blob: Digest) -> Result<Option<Box<dyn BlobReader>>, Error>;

    /// Destroys a blob, complete or not. Nothing to destroy is no error. A writer that is
    /// still open cannot finish it: [`Error::Conflict`].
    fn remove(&self, blob: Digest) -> Result<(), Error>;

    /// Whether calls may block; memory does not, which keeps a simulation to one thread.
    fn may_block(&self) -> bool {
        true
    }

    /// Names and lengths of complete blobs, in order of name.
    fn list(&self) -> Result<Vec<(Digest, u64)>, Error>;
}

/// Appends to one blob.
pub trait BlobWriter: Send {
    /// Bytes held so far.
    fn len(&self) -> u64;

    /// Whether nothing is held yet.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends.
    fn append(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Reads back what is held, for checking after a restart.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error>;

    /// Drops everything after `len` bytes.
    fn truncate(&mut self, len: u64) -> Result<(), Error>;

    /// Flushes to disk; what was appended before survives a power cut afterwards.
    fn sync(&mut self) -> Result<(), Error>;

    /// Checks that the SHA-256 of everything is `blob`, flushes, and gives it that name
    /// durably. A mismatch is [`Error::Corrupt`] and the partial file is removed.
    fn finish(self: Box<Self>, blob: Digest) -> Result<(), Error>;
}

/// Reads a complete blob.
pub trait BlobReader: Send {
    /// Its length in bytes.
    fn len(&self) -> u64;

    /// Whether it is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads at `offset` until `buffer` is full or the end is reached; returns the count.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error>;
}
