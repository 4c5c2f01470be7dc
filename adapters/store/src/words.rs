//! The words index: which entries hold which words, as keyed hashes. The store never sees a
//! word, only tokens that mean nothing to whoever has no key.

use crate::{EntryRef, Error, Journal, MAX_PAGE};

/// Most tokens of one entry.
pub const MAX_ENTRY_TOKENS: usize = 65_536;
/// Most tokens of one query, all groups together.
pub const MAX_QUERY_TOKENS: usize = 256;

/// The keyed hash of a word, 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u64);

/// All tokens of an entry that holds a record. They replace those held before; none removes
/// the entry from the index. Erasing the entry removes them too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The journal.
    pub journal: Journal,
    /// The entry.
    pub index: u64,
    /// Its tokens, in any order; at most [`MAX_ENTRY_TOKENS`].
    pub tokens: Vec<Token>,
}

/// Which entries. `groups` and `within` mean the same and narrow together; they differ in how a
/// store looks: it walks the lists of the first, and may look at each hit for the second.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordQuery {
    /// Groups of alternatives: of each group the entry holds at least one token. At least one
    /// group is asked for.
    pub groups: Vec<Vec<Token>>,
    /// More such groups, of tokens that many entries hold, such as units.
    pub within: Vec<Vec<Token>>,
    /// Tokens that the entry must not hold.
    pub none: Vec<Token>,
    /// Only what comes after this place, as an earlier page gave it.
    pub after: Option<u64>,
    /// Only places from this one on.
    pub since: Option<u64>,
    /// At most so many, itself at most [`MAX_PAGE`].
    pub limit: usize,
}

/// An entry that was found, newest release first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the next page goes on.
    pub place: u64,
    /// The entry.
    pub entry: EntryRef,
}

/// Checks the size of a query.
///
/// # Errors
/// [`Error::TooLarge`] above a limit, [`Error::Conflict`] where no group is asked for.
pub fn check_query(query: &WordQuery) -> Result<(), Error> {
    let groups = || query.groups.iter().chain(&query.within);
    let tokens = groups().map(Vec::len).sum::<usize>() + query.none.len();
    if tokens > MAX_QUERY_TOKENS || query.limit > MAX_PAGE {
        let why = format!("{tokens} tokens, page of {}", query.limit);
        return Err(Error::TooLarge(why));
    }
    match query.groups.is_empty() || groups().any(Vec::is_empty) {
        true => Err(Error::Conflict("a query without words".to_owned())),
        false => Ok(()),
    }
}

/// A place that sorts as release time does, newest last: milliseconds, then 20 bits of the
/// record's identifier. Two entries that share it are moved apart by whoever keeps them.
pub fn place_of(time: passerelle_model::UtcTime, record: &passerelle_model::RecordId) -> u64 {
    let low = record
        .as_bytes()
        .last_chunk::<4>()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes));
    first_place(time) | u64::from(low & 0xf_ffff)
}

/// The first place of a moment: everything released before it lies below.
pub fn first_place(time: passerelle_model::UtcTime) -> u64 {
    time.millis() << 20
}
