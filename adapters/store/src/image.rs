//! Copies of a store.

use std::sync::Arc;

use crate::{BlobReader, Error, Store};

/// A copy of a [`Store`] at one moment. What it took on disk is given back when it is dropped.
pub trait StoreImage: Send + Sync {
    /// Its bytes, in the engine's own form; opened once for many reads.
    fn bytes(&self) -> Result<Box<dyn BlobReader>, Error>;

    /// The copy as a store of its own. Take the bytes first: opening may change them.
    fn store(&self) -> Result<Arc<dyn Store>, Error>;
}
