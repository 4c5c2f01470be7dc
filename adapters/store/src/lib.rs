//! The one door to durable storage: a coarse trait whose commands take batches.
//!
//! **In scope**: journals with their entries, heads, statements and co-signatures; small
//! documents (cards, agreements, tokens, alarms); blobs; the contract that every
//! implementation must pass (`contract`). **Out of scope**: SQL (only in `store-*`), what
//! bytes mean (cards, envelopes and checkpoints are opaque here), cryptography.
//!
//! # The recipe for an implementation
//! 1. [`Store::commit`] is one atomic, durable step. When its future is ready with `Ok`,
//!    everything in it survives kill -9 and power loss; with `Err`, nothing of it is there.
//! 2. Many commits may wait at once; an implementation gathers them into one transaction.
//! 3. A commit that does not continue the journal it extends is refused as
//!    [`Error::Conflict`] and disturbs no other commit gathered with it.
//! 4. Reads see every commit whose future was ready before the read began.
//! 5. Erased content cannot be read again by any command.

mod blobs;
pub mod contract;
mod error;
mod image;
pub mod limits;
pub mod memory;
mod types;
mod words;

pub use blobs::{BlobReader, BlobWriter, Blobs};
pub use error::Error;
pub use image::StoreImage;
pub use types::{
    Append, BlobNeed, CheckReport, Commit, Cosigned, Direction, Document, Durable, Entry, EntryRef,
    Erasure, Head, Held, HeldRecord, IdempotencyKey, Journal, KeyPage, Listing, MAX_DOCUMENT_BYTES,
    MAX_GATHERED, MAX_PAGE, MAX_RECORDS, Put, StatementRow, Tile,
};

pub use words::{
    Found, MAX_ENTRY_TOKENS, MAX_QUERY_TOKENS, Token, WordQuery, Words, check_query, first_place,
    place_of,
};

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;

use passerelle_model::{ChannelId, Digest, PartyId, RecordId};

/// What every command returns: a boxed future, so that the trait can be a trait object.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Durable storage of one node. See the crate's recipe.
pub trait Store: Send + Sync + 'static {
    /// Appends to journals, and all that belongs to the same step, atomically.
    fn commit(&self, commit: Commit) -> Pending<'_, Durable>;

    /// Writes small documents atomically.
    fn put(&self, puts: Vec<Put>) -> Pending<'_, Durable>;

    /// Destroys content: envelopes, salts, keys and blob references. Leaves stay.
    fn erase(&self, erasures: Vec<Erasure>) -> Pending<'_, Durable>;

    /// The head of a journal; `None` where nothing was ever committed to it.
    fn head(&self, journal: &Journal) -> Pending<'_, Option<Head>>;

    /// Entries with indices in `range`, in order, until about `max_bytes` of envelopes have
    /// been gathered (at least one entry where there is one).
    fn entries(
        &self,
        journal: &Journal,
        range: Range<u64>,
        max_bytes: usize,
    ) -> Pending<'_, Vec<Entry>>;

    /// The leaves with indices in `range`, in order, without their content.
    fn commitments(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<Digest>>;

    /// Where records of `party` stand, in the order asked; `None` for unknown ones.
    fn find(&self, party: &PartyId, records: Vec<RecordId>) -> Pending<'_, Vec<Option<EntryRef>>>;

    /// Records with everything that is held about each, in the order asked, all of one moment;
    /// `None` for unknown ones. At most [`MAX_RECORDS`].
    fn records(&self, asked: Vec<(PartyId, RecordId)>) -> Pending<'_, Vec<Option<HeldRecord>>>;

    /// Entries at these indices, in the order asked, without those that are not there. At most
    /// [`MAX_PAGE`].
    fn entries_at(&self, journal: &Journal, indices: Vec<u64>) -> Pending<'_, Vec<Entry>>;

    /// One page of records, newest first by release time, by keyset.
    fn list(&self, listing: Listing) -> Pending<'_, Vec<EntryRef>>;

    /// Statements about entries of `journal` with indices in `range`, by index, then time.
    fn statements(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<StatementRow>>;

    /// Co-signed heads by `by` of a journal with size ≥ `at_least`, smallest first.
    fn cosigned(
        &self,
        journal: &Journal,
        by: &PartyId,
        at_least: u64,
        limit: usize,
    ) -> Pending<'_, Vec<Cosigned>>;

    /// The largest head of a journal that `by` co-signed.
    fn last_cosigned(&self, journal: &Journal, by: &PartyId) -> Pending<'_, Option<Cosigned>>;

    /// Roots of complete tiles: subtrees of `256^level` leaves, with indices in `range`.
    fn tiles(&self, journal: &Journal, level: u8, range: Range<u64>) -> Pending<'_, Vec<Digest>>;

    /// Documents of a kind whose key starts with `prefix`, by key.
    fn documents(&self, kind: &'static str, prefix: &str) -> Pending<'_, Vec<Document>>;

    /// Documents by kind and exact key, in the order asked, all of one moment. At most
    /// [`MAX_GATHERED`].
    fn gather(&self, names: Vec<(&'static str, String)>) -> Pending<'_, Vec<Option<Document>>>;

    /// A page of documents of a kind, by key: the cost is that of the page.
    fn page(&self, kind: &'static str, page: KeyPage) -> Pending<'_, Vec<Document>>;

    /// Entries that hold words, newest release first: the cost is that of the page and of how
    /// rare the words are, never a sort of everything found.
    fn search(&self, query: WordQuery) -> Pending<'_, Vec<Found>>;

    /// The records that idempotency keys already led to, in the order asked.
    fn idempotent(&self, keys: Vec<IdempotencyKey>) -> Pending<'_, Vec<Option<RecordId>>>;

    /// Blobs that entries of `journal` need; all, or only those still missing.
    fn blob_needs(&self, journal: &Journal, missing_only: bool) -> Pending<'_, Vec<BlobNeed>>;

    /// How many live entries refer to a blob.
    fn blob_uses(&self, blob: Digest) -> Pending<'_, u64>;

    /// Journals that hold at least one entry, with their sizes.
    fn sizes(&self) -> Pending<'_, Vec<(Journal, u64)>>;

    /// Journals that hold at least one entry.
    fn journals(&self) -> Pending<'_, Vec<Journal>> {
        let sizes = self.sizes();
        Box::pin(async move {
            Ok(sizes
                .await?
                .into_iter()
                .map(|(journal, _)| journal)
                .collect())
        })
    }

    /// A copy of everything at one moment, taken while others read and write: every commit whose
    /// future was ready before is in it, and of any other all or nothing. Erased content is not.
    fn image(&self) -> Pending<'_, Box<dyn StoreImage>>;

    /// Lets the engine check its own structure (pages, indices, foreign keys).
    fn check(&self) -> Pending<'_, CheckReport>;
}

/// A journal as storage names it.
impl Journal {
    /// The journal of `party` in `channel`.
    pub fn new(channel: &ChannelId, party: &PartyId) -> Self {
        Self {
            channel: channel.clone(),
            party: party.clone(),
        }
    }
}
