//! The peer protocol without I/O: what nodes say to each other, what each may believe, and
//! what to do next.
//!
//! **In scope**: messages and their limits; judging a batch of a partner's journal; the
//! per-partner state machine that decides the next step; back-off; courier files; receipts
//! and their offline verification. **Out of scope**: sockets (`passerelle-peerlink`), storage,
//! opening envelopes, the rules.
//!
//! The same messages travel over TLS and in courier files, so that a removable disk proves
//! exactly what a connection proves.

pub mod audit;
mod backoff;
mod batch;
pub mod courier;
mod error;
pub mod message;
mod names;
pub mod receipt;
pub mod recovery;
pub mod register;
mod sync;

pub use backoff::{Backoff, MAX_DELAY_MILLIS, MIN_DELAY_MILLIS};
pub use batch::{Continues, HeldJournal, check};
pub use error::Error;
pub use names::{
    journal_key, journal_origin, register_key, register_origin, witness_key, witness_name,
};
pub use sync::{Complete, Event, Step, Sync, View};
