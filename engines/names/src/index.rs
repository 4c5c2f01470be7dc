//! An index of names: the entries most like a name, without comparing it with all.

use std::collections::BTreeMap;

use crate::compare::{Person, score_with};
use crate::dates::PartialDate;
use crate::error::Error;
use crate::keys::{Key, blocks};
use crate::name::Name;
use crate::score::Score;
use crate::tables::Tables;

/// Most names of an index.
pub const MAX_INDEX_NAMES: usize = 10_000_000;
/// Most hits of one search.
pub const MAX_HITS: usize = 1000;
/// Most entries that are compared in one search, those that share the rarest words first.
pub const MAX_CANDIDATES: usize = 20_000;

/// Names with their birth dates, found by the consonants of their words.
///
/// ```
/// use passerelle_names::{Index, Name};
///
/// let mut index = Index::new();
/// index.add("عبد الوافي لفتيت", None)?;
/// index.add("Fatima Zahra Bennani", None)?;
/// let asked = Name::new("Abdelouafi Laftit")?;
/// let hits = index.search((&asked, None), 5);
/// assert_eq!(hits[0].entry, 0);
/// assert!(hits[0].score.probability() > 0.9);
/// # Ok::<(), passerelle_names::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<(Box<str>, Option<PartialDate>)>,
    blocks: BTreeMap<Key, Vec<u32>>,
}

/// An entry that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number, in the order in which entries were added.
    pub entry: u32,
    /// How well it fits.
    pub score: Score,
}

impl Index {
    /// An index without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a name; gives its number.
    ///
    /// # Errors
    /// What [`Name::new`] refuses; [`Error::Full`].
    pub fn add(&mut self, text: &str, born: Option<PartialDate>) -> Result<u32, Error> {
        if self.entries.len() >= MAX_INDEX_NAMES {
            return Err(Error::Full);
        }
        let name = Name::new(text)?;
        let entry = u32::try_from(self.entries.len()).map_err(|_| Error::Full)?;
        self.entries.push((text.into(), born));
        for key in blocks(&name) {
            self.blocks.entry(key).or_default().push(entry);
        }
        Ok(entry)
    }

    /// The text and birth date of an entry.
    #[must_use]
    pub fn entry(&self, entry: u32) -> Option<(&str, Option<PartialDate>)> {
        let found = self.entries.get(usize::try_from(entry).ok()?)?;
        Some((&found.0, found.1))
    }

    /// The best entries, at most `most` and [`MAX_HITS`], best first; equal ones in their order.
    #[must_use]
    pub fn search(&self, asked: Person<'_>, most: usize) -> Vec<Hit> {
        let tables = Tables::builtin();
        let score = |entry: u32| {
            let (text, born) = self.entry(entry)?;
            let name = Name::new(text).ok()?;
            Some(Hit {
                entry,
                score: score_with(tables, asked, (&name, born)),
            })
        };
        let candidates = self.candidates(asked.0);
        let mut hits: Vec<Hit> = candidates.into_iter().filter_map(score).collect();
        hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.entry.cmp(&b.entry)));
        hits.truncate(most.min(MAX_HITS));
        hits
    }

    /// Entries that share a word with a name.
    fn candidates(&self, asked: &Name) -> Vec<u32> {
        let found = blocks(asked)
            .into_iter()
            .filter_map(|key| self.blocks.get(&key));
        let mut lists: Vec<&Vec<u32>> = found.collect();
        lists.sort_by_key(|list| list.len());
        let all = lists.into_iter().flatten().copied();
        let mut candidates: Vec<u32> = all.take(MAX_CANDIDATES).collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_strangers_do_not_come() {
        let mut index = Index::new();
        let names = [
            "Karima Alaoui",
            "كريم العلوي",
            "Karim Alaoui",
            "John Smith",
            "Karim Bennis",
        ];
        for name in names {
            index.add(name, None).unwrap();
        }
        let asked = Name::new("Karim Alaoui").unwrap();
        let hits = index.search((&asked, None), 3);
        assert_eq!(hits.len(), 3);
        assert_eq!(hits[0].entry, 2);
        assert_eq!(hits[1].entry, 1);
        assert!(
            index
                .search((&asked, None), 100)
                .iter()
                .all(|hit| hit.entry != 3)
        );
        assert!(index.search((&asked, None), 0).is_empty());
        assert_eq!(index.entry(3), Some(("John Smith", None)));
        assert_eq!(index.entry(5), None);
    }

    #[test]
    fn what_is_no_name_is_not_taken() {
        let mut index = Index::new();
        assert_eq!(index.add("...", None), Err(Error::Empty));
        assert!(index.is_empty());
    }
}
