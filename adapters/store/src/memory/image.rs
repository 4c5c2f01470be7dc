//! Copies of a store in memory.

use std::sync::Arc;

use super::{MemoryStore, Snapshot, State};
use crate::{BlobReader, Error, Store, StoreImage};

struct Image(Snapshot);

pub(super) fn of(state: &State) -> Box<dyn StoreImage> {
    Box::new(Image(Snapshot(state.clone())))
}

/// The bytes are a listing for people: nothing reads them back, and equal stores give equal ones.
impl StoreImage for Image {
    fn bytes(&self) -> Result<Box<dyn BlobReader>, Error> {
        Ok(Box::new(Listing(format!("{:?}", self.0).into_bytes())))
    }

    fn store(&self) -> Result<Arc<dyn Store>, Error> {
        Ok(Arc::new(MemoryStore::from_snapshot(self.0.clone())))
    }
}

struct Listing(Vec<u8>);

impl BlobReader for Listing {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Error> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.0.get(start..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        Ok(count)
    }
}
