//! Building an index, and the next one from the last.

use rand_core::CryptoRng;

use super::file::Index;
use crate::{Error, Tag};

/// Most keys of one index (2^31).
pub const MAX_INDEX_KEYS: u64 = 1 << 31;
/// Most dummies among the tags, in percent: they hide the true number.
pub const MAX_DUMMY_PERCENT: u64 = 12;

/// What changed since the last publication window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Tags that come in.
    pub added: Vec<Tag>,
    /// Tags that go.
    pub removed: Vec<Tag>,
}

/// Builds an index of tags, in any order; one that stands twice counts once.
///
/// # Errors
/// `E_MATCH_BATCH` above [`MAX_INDEX_KEYS`].
pub fn build(mut tags: Vec<Tag>) -> Result<Index, Error> {
    if tags.len() as u64 > MAX_INDEX_KEYS {
        return Err(Error::Batch("an index has at most 2^31 keys"));
    }
    tags.sort_unstable();
    tags.dedup();
    Ok(Index::of_sorted(&tags))
}

impl Index {
    /// The index of the next publication window. Tags that were never in it and are removed,
    /// or are in it and added, change nothing.
    ///
    /// # Errors
    /// `E_MATCH_BATCH` above [`MAX_INDEX_KEYS`].
    pub fn next(&self, change: Change) -> Result<Self, Error> {
        let mut removed = change.removed;
        removed.sort_unstable();
        let mut tags: Vec<Tag> = self
            .tags()
            .filter(|tag| removed.binary_search(tag).is_err())
            .collect();
        tags.extend(change.added);
        build(tags)
    }
}

/// Adds random tags until there are as many as the next step of sizes: the number of keys is
/// then known to one step only. Steps are an eighth of a power of two apart, so that at most
/// [`MAX_DUMMY_PERCENT`] percent and a few are dummies. Returns the dummies, which the holder
/// keeps for the next window.
pub fn padded(tags: &mut Vec<Tag>, rng: &mut impl CryptoRng) -> Vec<Tag> {
    let count = tags.len() as u64;
    let dummies: Vec<Tag> = (count..stepped(count))
        .map(|_| Tag(rng.next_u64()))
        .collect();
    tags.extend(&dummies);
    dummies
}

/// The next step of sizes.
pub(super) fn stepped(count: u64) -> u64 {
    let step = (count.next_power_of_two() / 16).max(8);
    count.next_multiple_of(step)
}
