//! Lists by day, as keys: `review/2027-05-01/ma.interior/01h…`. Whoever reads the first page
//! has read what falls due first.

use passerelle_model::{Day, PartyId, Record, RecordId};
use passerelle_store::{KeyPage, MAX_PAGE, Put};
use serde::{Deserialize, Serialize};

use super::Kept;
use crate::directory::Shelf;
use crate::{Error, Node};

/// Most records of one page of a list.
pub const MAX_DUE_PAGE: usize = MAX_PAGE;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// By the day of the next review.
    Review,
    /// By the day of erasure.
    Erasure,
    /// Restricted by somebody, by when that was.
    Restricted,
    /// Kept as evidence, by the day that ends.
    Hold,
    /// Records of ours that were taken back, or erased here, and are not gone everywhere, by
    /// when that was.
    Recalled,
    /// Corrections of ours that not every partner has read, by when they were released.
    Corrected,
    /// Frozen by a report of use that our data-protection officer has not dealt with, by when
    /// the first report was made.
    Frozen,
}

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRecord {
    /// The day under which it stands.
    pub day: Day,
    /// Whose.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
}

impl List {
    fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Erasure => "erasure",
            Self::Restricted => "restricted",
            Self::Hold => "hold",
            Self::Recalled => "recalled",
            Self::Corrected => "corrected",
            Self::Frozen => "frozen",
        }
    }

    pub(crate) fn key(self, day: Day, party: &PartyId, record: &RecordId) -> String {
        format!("{}/{day}/{party}/{record}", self.word())
    }

    /// Puts a record under a day.
    pub(crate) fn add(self, day: Day, party: &PartyId, record: &RecordId) -> Put {
        self.put(day, (party, record), Some(Vec::new()))
    }

    /// Takes it out again.
    pub(crate) fn take(self, day: Day, party: &PartyId, record: &RecordId) -> Put {
        self.put(day, (party, record), None)
    }

    fn put(self, day: Day, (party, record): (&PartyId, &RecordId), bytes: Option<Vec<u8>>) -> Put {
        Put {
            kind: Shelf::KEEP_LIST,
            key: self.key(day, party, record),
            bytes,
            expected: None,
        }
    }
}

impl DueRecord {
    pub(crate) fn of(key: &str) -> Option<Self> {
        let mut parts = key.split('/').skip(1);
        Some(Self {
            day: parts.next()?.parse().ok()?,
            party: parts.next()?.parse().ok()?,
            record: parts.next()?.parse().ok()?,
        })
    }
}

/// The keys under which every record stands from the day it is here.
pub(crate) fn first_keys(record: &Record, kept: &Kept) -> [String; 2] {
    let (party, id) = (&record.from, &record.id);
    [
        List::Review.key(kept.review(record), party, id),
        List::Erasure.key(record.erasure, party, id),
    ]
}

impl Node {
    /// A page of a list, the earliest day first, up to `until` where it is given; `after` is
    /// the last of the page before.
    pub(crate) async fn listed(
        &self,
        list: List,
        until: Option<Day>,
        after: Option<&DueRecord>,
        limit: usize,
    ) -> Result<Vec<DueRecord>, Error> {
        let page = KeyPage {
            prefix: format!("{}/", list.word()),
            after: after.map(|last| list.key(last.day, &last.party, &last.record)),
            descending: false,
            limit: limit.min(MAX_DUE_PAGE),
        };
        let documents = self.store.page(Shelf::KEEP_LIST, page).await?;
        let rows = documents.iter().filter_map(|held| DueRecord::of(&held.key));
        let due = |row: &DueRecord| until.is_none_or(|until| row.day <= until);
        Ok(rows.take_while(due).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_day_and_read_back() {
        let party: PartyId = "ma.interior".parse().unwrap();
        let record = RecordId::from_parts(1_713_211_200_000, [7; 10]);
        let (early, late) = ("2026-09-30".parse().unwrap(), "2026-10-01".parse().unwrap());
        let key = List::Review.key(early, &party, &record);
        assert!(key < List::Review.key(late, &party, &record));
        let row = DueRecord::of(&key).unwrap();
        assert_eq!((row.day, row.party, row.record), (early, party, record));
        assert_eq!(DueRecord::of("review/soon/x"), None);
    }
}
