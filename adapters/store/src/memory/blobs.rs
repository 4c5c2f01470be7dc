//! Blobs in memory, with what a power cut does to files that were not flushed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use passerelle_model::Digest;
use sha2::{Digest as _, Sha256};

use crate::{BlobReader, BlobWriter, Blobs, Error};

/// [`Blobs`] in memory. Clones share the same blobs.
#[derive(Debug, Clone, Default)]
pub struct MemoryBlobs {
    inner: Arc<Mutex<Inner>>,
}

impl MemoryBlobs {
    /// No blobs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cuts the power: bytes that were not synced are lost, files without a name too, and
    /// writers that are open stay unusable ([`Error::Closed`]).
    pub fn crash(&self) {
        let mut inner = self.lock();
        inner.age += 1;
        inner.partial.retain(|_, partial| partial.synced > 0);
        for partial in inner.partial.values_mut() {
            partial.bytes.truncate(partial.synced);
            partial.open = false;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }
}

impl Blobs for MemoryBlobs {
    fn may_block(&self) -> bool {
        false
    }

    fn create(&self) -> Result<Box<dyn BlobWriter>, Error> {
        let age = self.lock().age;
        Ok(Box::new(Writer {
            inner: self.inner.clone(),
            age,
            name: None,
            bytes: Vec::new(),
            synced: 0,
        }))
    }

    fn resume(&self, blob: Digest) -> Result<Box<dyn BlobWriter>, Error> {
        let mut inner = self.lock();
        if inner.complete.contains_key(&blob) {
            return Err(Error::Conflict("the blob is complete already".into()));
        }
        let age = inner.age;
        let partial = inner.partial.entry(blob).or_default();
        if partial.open {
            return Err(Error::Conflict("the blob is being written".into()));
        }
        partial.open = true;
        Ok(Box::new(Writer {
            inner: self.inner.clone(),
            age,
            name: Some(blob),
            bytes: partial.bytes.clone(),
            synced: partial.synced,
        }))
    }

    fn open(&self, blob: Digest) -> Result<Option<Box<dyn BlobReader>>, Error> {
        let found = self.lock().complete.get(&blob).cloned();
        Ok(found.map(|bytes| Box::new(Reader(bytes)) as Box<dyn BlobReader>))
    }

    fn remove(&self, blob: Digest) -> Result<(), Error> {
        let mut inner = self.lock();
        inner.complete.remove(&blob);
        match inner.partial.get_mut(&blob) {
            Some(partial) if partial.open => partial.removed = true,
            _ => drop(inner.partial.remove(&blob)),
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<(Digest, u64)>, Error> {
        let inner = self.lock();
        let rows = inner.complete.iter();
        Ok(rows.map(|(blob, bytes)| (*blob, length(bytes))).collect())
    }
}

#[derive(Debug, Default)]
struct Inner {
    complete: BTreeMap<Digest, Arc<Vec<u8>>>,
    partial: BTreeMap<Digest, Partial>,
    /// How many times the power was cut.
    age: u64,
}

#[derive(Debug, Default)]
struct Partial {
    bytes: Vec<u8>,
    synced: usize,
    open: bool,
    removed: bool,
}

struct Writer {
    inner: Arc<Mutex<Inner>>,
    age: u64,
    /// Set where the name is known from the start.
    name: Option<Digest>,
    bytes: Vec<u8>,
    synced: usize,
}

impl Writer {
    /// Shows a named blob's bytes to those who come after this writer, unless the power was
    /// cut in between.
    fn publish(&self) -> Result<(), Error> {
        let mut inner = lock(&self.inner);
        if inner.age != self.age {
            return Err(Error::Closed);
        }
        let partial = self.name.and_then(|name| inner.partial.get_mut(&name));
        if let Some(partial) = partial {
            partial.bytes.clone_from(&self.bytes);
            partial.synced = self.synced;
        }
        Ok(())
    }

    fn is_removed(&self, inner: &Inner) -> bool {
        let partial = self.name.and_then(|name| inner.partial.get(&name));
        partial.is_some_and(|partial| partial.removed)
    }
}

impl BlobWriter for Writer {
    fn len(&self) -> u64 {
        length(&self.bytes)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes.extend_from_slice(bytes);
        self.publish()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
        Ok(read_at(&self.bytes, offset, buffer))
    }

    fn truncate(&mut self, len: u64) -> Result<(), Error> {
        self.bytes
            .truncate(usize::try_from(len).unwrap_or(usize::MAX));
        self.synced = self.synced.min(self.bytes.len());
        self.publish()
    }

    fn sync(&mut self) -> Result<(), Error> {
        self.synced = self.bytes.len();
        self.publish()
    }

    fn finish(mut self: Box<Self>, blob: Digest) -> Result<(), Error> {
        let mut inner = lock(&self.inner);
        if inner.age != self.age {
            return Err(Error::Closed);
        }
        let removed = self.is_removed(&inner);
        if let Some(name) = self.name.take() {
            inner.partial.remove(&name);
        }
        if Sha256::digest(&self.bytes).as_slice() != blob.as_bytes() {
            return Err(Error::Corrupt("the blob has another SHA-256".into()));
        }
        if removed {
            return Err(Error::Conflict("the blob was removed meanwhile".into()));
        }
        let bytes = Arc::new(std::mem::take(&mut self.bytes));
        inner.complete.insert(blob, bytes);
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let mut inner = lock(&self.inner);
        let Some(name) = self.name.filter(|_| inner.age == self.age) else {
            return;
        };
        if self.is_removed(&inner) {
            inner.partial.remove(&name);
        } else if let Some(partial) = inner.partial.get_mut(&name) {
            partial.open = false;
        }
    }
}

struct Reader(Arc<Vec<u8>>);

impl BlobReader for Reader {
    fn len(&self) -> u64 {
        length(&self.0)
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
        Ok(read_at(&self.0, offset, buffer))
    }
}

fn read_at(bytes: &[u8], offset: u64, buffer: &mut [u8]) -> usize {
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let rest = bytes.get(start..).unwrap_or_default();
    let count = rest.len().min(buffer.len());
    for (to, from) in buffer.iter_mut().zip(rest) {
        *to = *from;
    }
    count
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_loses_what_was_not_synced() {
        let blobs = MemoryBlobs::new();
        let name = Digest::new(Sha256::digest(b"abcdef").into());
        let mut writer = blobs.resume(name).unwrap();
        writer.append(b"abc").unwrap();
        writer.sync().unwrap();
        writer.append(b"def").unwrap();
        let unnamed = blobs.create().unwrap();
        blobs.crash();
        assert_eq!(writer.append(b"x"), Err(Error::Closed));
        assert_eq!(unnamed.finish(name), Err(Error::Closed));
        drop(writer);
        assert_eq!(blobs.resume(name).unwrap().len(), 3);
    }
}
