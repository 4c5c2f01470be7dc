//! What crosses the door: plain data, opaque bytes.

use passerelle_model::{ChannelId, Digest, PartyId, RecordId, UtcTime};

/// Most rows of one [`Listing`] page.
pub const MAX_PAGE: usize = 500;
/// Most documents that one call gathers by name.
pub const MAX_GATHERED: usize = 4096;
/// Most records that one call reads whole: with the largest envelopes that is 128 MiB.
pub const MAX_RECORDS: usize = 64;
/// Largest document, in bytes (4 MiB).
pub const MAX_DOCUMENT_BYTES: usize = 4 * 1024 * 1024;

/// Proof that a commit returned: only a store makes one, after the data is durable.
/// Functions that tell somebody "it is safe" ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Durable(());

impl Durable {
    /// For implementations of [`Store`](crate::Store) only: call it after the flush to disk
    /// has returned, never before.
    pub fn after_flush() -> Self {
        Self(())
    }
}

/// Whose journal, under which agreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Journal {
    /// The channel.
    pub channel: ChannelId,
    /// The party that writes it.
    pub party: PartyId,
}

/// The head of a journal as this node holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Digest,
    /// The right edge of the tree, as `passerelle-journal` writes it.
    pub frontier: Vec<u8>,
    /// The writer's signed checkpoint of exactly this size. For a partner's journal it is
    /// the checkpoint we co-sign; for our own it may be empty until one is asked for.
    pub checkpoint: Vec<u8>,
}

/// One leaf with what this node holds of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal.
    pub index: u64,
    /// The leaf: a salted commitment to the envelope.
    pub commitment: Digest,
    /// What is held behind it.
    pub held: Held,
}

/// What stands behind a leaf on this node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Addressed to others: this node only ever saw the leaf.
    LeafOnly,
    /// Envelope, salt and the content key under the store key.
    Content {
        /// The salt of the commitment.
        salt: Digest,
        /// The sealed envelope.
        envelope: Vec<u8>,
        /// The content key, wrapped under the store key; empty where the envelope could not
        /// be opened and was refused.
        content_key: Vec<u8>,
        /// The record, where the envelope holds one.
        record: Option<RecordId>,
        /// Release time of the record, or of the statements.
        time: UtcTime,
    },
    /// Content was here and is destroyed.
    Erased {
        /// When.
        at: UtcTime,
        /// The record it was, kept so that a replay is still recognised.
        record: Option<RecordId>,
    },
}

/// A record's place in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRef {
    /// The journal.
    pub journal: Journal,
    /// The index in it.
    pub index: u64,
    /// The record.
    pub record: RecordId,
    /// Its release time.
    pub time: UtcTime,
    /// Whether its content is destroyed.
    pub erased: bool,
}

/// A record with everything that is held about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRecord {
    /// Where it stands.
    pub place: EntryRef,
    /// The entry itself.
    pub entry: Entry,
    /// Statements about it, by time.
    pub statements: Vec<StatementRow>,
    /// When each party first co-signed a head that covers it, by its own clock.
    pub cosigned: Vec<(PartyId, UtcTime)>,
}

/// A new batch at the end of one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// The journal.
    pub journal: Journal,
    /// The size it must have now; anything else is a [`Conflict`](crate::Error::Conflict).
    pub expected_size: u64,
    /// The new entries, indices from `expected_size` without gap.
    pub entries: Vec<Entry>,
    /// Roots of tiles that these entries complete.
    pub tiles: Vec<Tile>,
    /// The head afterwards.
    pub head: Head,
}

/// The root of a complete tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// 1 for 256 leaves, 2 for 65,536, and so on.
    pub level: u8,
    /// Position among the tiles of its level.
    pub index: u64,
    /// RFC 6962 root of its leaves.
    pub root: Digest,
}

/// One atomic step. Parts take effect in the order of the fields, so that an entry appended
/// by a step can be erased by the same step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commit {
    /// Journals that grow, each at most once.
    pub appends: Vec<Append>,
    /// Heads that got the writer's checkpoint or are seen again without growing; the size
    /// must be the held one.
    pub heads: Vec<(Journal, Head)>,
    /// Co-signatures received on our journals.
    pub cosigned: Vec<Cosigned>,
    /// Statements made or received.
    pub statements: Vec<StatementRow>,
    /// Blobs that entries of this step need.
    pub needs: Vec<BlobNeed>,
    /// Blobs that are now complete: durable and checked.
    pub complete: Vec<Digest>,
    /// Idempotency keys and the records they led to. A key that is taken by another record
    /// is a [`Conflict`](crate::Error::Conflict).
    pub idempotency: Vec<(IdempotencyKey, RecordId)>,
    /// Documents of the same step.
    pub puts: Vec<Put>,
    /// Words of entries, in place of those indexed before.
    pub words: Vec<crate::Words>,
    /// Content destroyed in the same step.
    pub erasures: Vec<Erasure>,
}

/// A key a caller chose so that repeating a request does nothing twice; 1 to 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(Vec<u8>);

impl IdempotencyKey {
    /// Checks the length.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (1..=64)
            .contains(&bytes.len())
            .then(|| Self(bytes.to_vec()))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A head of one of our journals that a partner co-signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The journal.
    pub journal: Journal,
    /// The partner.
    pub by: PartyId,
    /// Size of the head.
    pub size: u64,
    /// The signed checkpoint with the co-signature line, as text.
    pub note: Vec<u8>,
    /// The partner's clock, in milliseconds resolution of whole seconds.
    pub time: UtcTime,
}

/// A statement about an entry, by the node of `by`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// The journal that holds the entry spoken about.
    pub journal: Journal,
    /// The entry.
    pub index: u64,
    /// Who states.
    pub by: PartyId,
    /// Index, in the stating party's journal of the same channel, of the batch that holds
    /// the statement.
    pub batch: u64,
    /// Position in that batch.
    pub position: u32,
    /// A stable word: `accepted`, `refused`, `files-complete`, `read`, `erased`,
    /// `erasure-refused`.
    pub said: String,
    /// The code that goes with `refused` and `erasure-refused`.
    pub code: Option<String>,
    /// When, by the stating node's clock.
    pub time: UtcTime,
}

/// A blob that an entry needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobNeed {
    /// The blob: SHA-256 of its sealed bytes.
    pub blob: Digest,
    /// Its sealed length in bytes.
    pub bytes: u64,
    /// The journal whose entry needs it.
    pub journal: Journal,
    /// The entry.
    pub index: u64,
    /// Whether it is complete on this node.
    pub complete: bool,
}

/// A small named document, such as a card or an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind, such as `card`.
    pub kind: String,
    /// Its key within the kind.
    pub key: String,
    /// Its content, at most [`MAX_DOCUMENT_BYTES`].
    pub bytes: Vec<u8>,
    /// 1 when first written, then one more each time.
    pub version: u64,
}

/// Which documents of a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyPage {
    /// Only keys that begin so.
    pub prefix: String,
    /// Only what comes after this key in the direction of reading.
    pub after: Option<String>,
    /// From the largest key down.
    pub descending: bool,
    /// At most so many, itself at most [`MAX_PAGE`].
    pub limit: usize,
}

/// One write of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Kind.
    pub kind: &'static str,
    /// Key.
    pub key: String,
    /// New content; `None` removes the document.
    pub bytes: Option<Vec<u8>>,
    /// The version it must have now (0: must not exist); `None` writes whatever is there.
    pub expected: Option<u64>,
}

/// Content to destroy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The journal.
    pub journal: Journal,
    /// The entry.
    pub index: u64,
    /// When.
    pub at: UtcTime,
}

/// Which records to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Written by `party`, or by everyone else.
    pub direction: Direction,
    /// Only this channel.
    pub channel: Option<ChannelId>,
    /// Only what is older than this place (the last row of the page before).
    pub before: Option<(UtcTime, RecordId)>,
    /// At most this many rows, itself at most [`MAX_PAGE`].
    pub limit: usize,
}

/// Whose records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// Written by this party.
    By(PartyId),
    /// Written by others than this party.
    NotBy(PartyId),
}

/// What an engine found when it checked itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Each finding in words; empty where all is well.
    pub findings: Vec<String>,
}
