//! When something was said, as journals know it: no clock decides what came first.

use std::sync::Arc;

use passerelle_model::{Name, OfficerId, PartyId, RecordId, UtcTime};

use crate::Seen;

/// Where a deed stands, and what its author had seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Whose journal.
    pub by: PartyId,
    /// Index of its leaf there.
    pub index: u64,
    /// Which deed of the event.
    pub deed: usize,
    /// The record that carries it.
    pub record: RecordId,
    /// By the author's clock; for people, never for what came first.
    pub time: UtcTime,
    /// Who, as the party names its people.
    pub officer: OfficerId,
    /// In which function.
    pub function: Name,
    /// How much of each other journal the author had seen.
    pub seen: Arc<Seen>,
    /// Whether the record that carried it is erased: it counts, and its words are gone.
    pub erased: bool,
}

impl Stamp {
    /// Whether whoever stamped `self` knew `earlier`.
    pub fn knows(&self, earlier: &Self) -> bool {
        if self.by == earlier.by {
            (earlier.index, earlier.deed) < (self.index, self.deed)
        } else {
            earlier.index < self.seen.of(&earlier.by)
        }
    }

    /// For lists that people read: by the author's clock, then in one order on every node.
    pub(crate) fn place(&self) -> (UtcTime, &PartyId, u64, usize) {
        (self.time, &self.by, self.index, self.deed)
    }

    /// Neither knew of the other.
    pub fn crosses(&self, other: &Self) -> bool {
        !self.knows(other) && !other.knows(self)
    }
}

/// Puts it where it stands on every node, whichever journal was read first.
pub(crate) fn put<T>(list: &mut Vec<T>, one: T, stamp: fn(&T) -> &Stamp) {
    let at = list.partition_point(|held| stamp(held).place() <= stamp(&one).place());
    list.insert(at, one);
}
