//! What happens on a node, for live views.

use passerelle_model::{ChannelId, Digest, PartyId, RecordId};
use serde::Serialize;

/// Something happened in the exchange with a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeEvent {
    /// The partner; our own party where nobody else is concerned yet.
    pub party: PartyId,
    /// The channel.
    pub channel: ChannelId,
    /// What.
    #[serde(flatten)]
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Happened {
    /// A record of ours is durable in our journal.
    Released {
        /// The record.
        record: RecordId,
    },
    /// The partner co-signed our journal.
    Receipted {
        /// Every entry below this index is receipted.
        up_to: u64,
    },
    /// A record of the partner's arrived and was accepted.
    Received {
        /// The record.
        record: RecordId,
    },
    /// A record of the partner's arrived and was refused.
    Turned {
        /// Index in the partner's journal.
        index: u64,
        /// The code.
        code: String,
    },
    /// The partner stated something about a record of ours.
    Stated {
        /// The record, where it was opened.
        record: Option<RecordId>,
        /// Its index in our journal.
        index: u64,
        /// The word, such as `accepted`.
        said: String,
    },
    /// A piece of an attachment arrived.
    File {
        /// The blob.
        blob: Digest,
        /// Sealed bytes here.
        held: u64,
        /// Sealed bytes in all.
        bytes: u64,
    },
    /// Counts and roots of both journals were compared and are equal.
    Complete {
        /// Entries of ours.
        mine: u64,
        /// Entries of theirs.
        theirs: u64,
    },
    /// Exchange with the partner is stopped until a person decides.
    Halted {
        /// The code.
        code: String,
    },
}
