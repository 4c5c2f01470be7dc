//! What a node does: use cases that join the pure rooms with storage and the carrier.
//!
//! **In scope**: judge → do → store, one module for each capability: releasing, receiving,
//! replication, attachments, receipts, courier files, partners, agreements, tokens, the
//! doctor. **Out of scope**: HTTP, terminals, sockets, SQL.
//!
//! A [`Node`] is made from [`NodeParts`]: keys, a store, blobs, a clock, dice and a way to
//! reach partners. Nothing here reads the wall clock or the system's randomness, so the
//! simulation runs the same code as the product.

mod actor;
mod agreements;
mod courier;
mod directory;
mod doctor;
mod error;
mod events;
mod files;
mod journal;
mod link;
mod node;
mod opening;
mod partners;
mod peer;
mod ports;
mod receipts;
mod receive;
mod records;
mod release;
mod replicate;
mod stating;
mod steps;
mod template;
mod tokens;
pub mod view;

pub use actor::Actor;
pub use agreements::DEFAULT_LANG;
pub use error::Error;
pub use events::{Happened, NodeEvent};
pub use files::{FileReader, MAX_CHUNKS_AHEAD};
pub use node::{Node, NodeParts};
pub use partners::{CARD_DAYS, MAX_CARDS};
pub use ports::{Call, Clock, Dice, Net, NetError};
pub use release::{Cursor, MAX_RELEASE_BATCH};
pub use replicate::HEARTBEAT;
#[cfg(feature = "fault-points")]
pub use steps::watch_steps;
pub use tokens::MAX_TOKENS;
