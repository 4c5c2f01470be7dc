//! The five classes of fields, as types.
//!
//! | class | who writes | crosses to the others |
//! |---|---|---|
//! | [`Local`] | us | never: it has no spelling in an event |
//! | [`Own`] | one party | as it is; nobody else can change it |
//! | [`Convergent`] | anybody, at the same time | all versions, until somebody chooses |
//! | [`Agreed`] | everybody together | exists only when all accepted the same hash |
//! | [`Derived`] | nobody | computed again on each side |

use std::collections::BTreeMap;

use passerelle_model::PartyId;

use crate::Stamp;

/// Ours only. It is not `Serialize`, so no event can hold it; stores keep it in a place of its
/// own.
///
/// ```compile_fail
/// let note = passerelle_group::class::Local::new("what we would settle for".to_owned());
/// serde_json::to_string(&note).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local<T>(T);

impl<T> Local<T> {
    /// Keeps `value` on this node.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// For the people of this node.
    pub fn value(&self) -> &T {
        &self.0
    }
}

/// Written by one party alone; the newest of its own journal counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own<T> {
    pub(crate) value: T,
    pub(crate) stamp: Stamp,
}

impl<T> Own<T> {
    /// What it says.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Who said so, and when.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Whose it is.
    pub fn party(&self) -> &PartyId {
        &self.stamp.by
    }

    /// Puts it where it stands on every node, however the journals came in.
    pub(crate) fn put_into(self, said: &mut Vec<Self>) {
        let at = said.partition_point(|held| held.stamp.place() <= self.stamp.place());
        said.insert(at, self);
    }
}

/// The newest of each party, by its journal and not by its clock.
pub(crate) fn newest_of_each<'a, T>(
    said: impl Iterator<Item = &'a Own<T>>,
) -> BTreeMap<&'a PartyId, &'a Own<T>> {
    let mut newest: BTreeMap<&PartyId, &Own<T>> = BTreeMap::new();
    for own in said {
        let held = newest.entry(&own.stamp.by).or_insert(own);
        if own.stamp.knows(&held.stamp) {
            *held = own;
        }
    }
    newest
}

/// The newest of all: known to nobody else. Of several that crossed, the last in the order of
/// lists.
pub(crate) fn newest<'a, T>(said: impl Iterator<Item = &'a Own<T>>) -> Option<&'a Own<T>> {
    let each = newest_of_each(said);
    let alone = |own: &&&Own<T>| !each.values().any(|other| other.stamp.knows(&own.stamp));
    let last = each.values().filter(alone);
    last.max_by(|a, b| a.stamp.place().cmp(&b.stamp.place()))
        .copied()
}

/// Written by anybody. Two that did not know of each other both stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convergent<T>(Vec<Own<T>>);

impl<T> Default for Convergent<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Convergent<T> {
    /// Every version that nobody replaced knowingly, in the order of their parties and leaves.
    pub fn versions(&self) -> &[Own<T>] {
        &self.0
    }

    /// Takes one more: it replaces what its author knew of. In whatever order versions come,
    /// the same ones remain.
    pub(crate) fn take(&mut self, value: T, stamp: Stamp) {
        if self.0.iter().any(|held| held.stamp.knows(&stamp)) {
            return;
        }
        self.0.retain(|held| !stamp.knows(&held.stamp));
        self.0.push(Own { value, stamp });
        self.0
            .sort_by(|a, b| (&a.stamp.by, a.stamp.index).cmp(&(&b.stamp.by, b.stamp.index)));
    }
}

/// Accepted by every party. Only the firm-offer rule makes one.
///
/// ```compile_fail
/// let decided = passerelle_group::class::Agreed { value: "we decided alone", by: vec![] };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed<T> {
    pub(crate) value: T,
    pub(crate) by: Vec<Stamp>,
}

impl<T> Agreed<T> {
    /// What is agreed.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The offer, then each acceptance.
    pub fn signatures(&self) -> &[Stamp] {
        &self.by
    }
}

/// Computed, never typed in. Only this crate makes one.
///
/// ```compile_fail
/// let fine = passerelle_group::class::Derived::new("on track");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Derived<T>(T);

impl<T> Derived<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    /// What follows.
    pub fn value(&self) -> &T {
        &self.0
    }

    /// What follows, taken out.
    pub fn into_value(self) -> T {
        self.0
    }
}
