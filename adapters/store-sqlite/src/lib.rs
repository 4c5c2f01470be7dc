//! The store in one SQLite file and the blobs beside it: the default of a node.
//!
//! **In scope**: everything SQL, the files of the data folder (`store.sqlite`, `blobs/`,
//! `backup/`, `lock`), migrations. **Out of scope**: what the bytes mean, cryptography.
//!
//! # How it works
//! - One writer thread takes all waiting commits, runs them in one transaction, each in its
//!   own savepoint, commits once, then answers all. One flush serves many commits.
//! - Readers are a few threads with read-only connections; no async runtime is needed.
//! - WAL with `synchronous=FULL`: an answer means the flush returned. Checkpoints run on a
//!   thread of their own; the writer only finishes them when little is left.
//! - After a failed flush nothing is known about the file, so the store is broken until the
//!   process starts again; the flush is never tried twice.
//!
//! Nothing in this crate reads a clock.

mod apply;
mod checkpoint;
mod connect;
mod failure;
mod files;
mod image;
mod lock;
mod migrate;
mod read;
mod readers;
mod row;
mod schema;
mod store;
mod words;
mod writer;

pub use files::FileBlobs;
pub use store::{MAX_READERS, Options, SqliteStore, Synchronous};
pub use writer::{MAX_GROUP_BYTES, MAX_GROUP_COMMITS, MAX_WAITING_KIB};
