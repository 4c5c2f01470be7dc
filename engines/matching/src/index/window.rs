//! Publication windows: the next index, with what changed hidden among dummies.

use std::collections::BTreeSet;

use rand_core::CryptoRng;

use super::build::{Change, stepped};
use super::file::Index;
use crate::chance::shuffle;
use crate::{Error, Tag};

/// The index of a window, and what the holder keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// To be published.
    pub index: Index,
    /// Its dummies, for the next window.
    pub dummies: Vec<Tag>,
    /// Tags that came in, without dummies.
    pub added: usize,
    /// Tags that went, without dummies.
    pub removed: usize,
    /// Tags that should have gone and were not there.
    pub unknown: usize,
}

/// How many dummies come and go.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    fresh: usize,
    retired: usize,
}

/// The next window. Dummies come and go along with what changes, so that who holds both indexes
/// learns the numbers of what came and went to one step only; at least eight tags come and go
/// at every window, whether anything changed or not. What is in both lists stays.
///
/// # Errors
/// `E_MATCH_MISMATCH` where the dummies are not of this index; `E_MATCH_BATCH` above
/// [`super::MAX_INDEX_KEYS`].
pub fn next_window(
    index: &Index,
    dummies: &[Tag],
    change: Change,
    rng: &mut impl CryptoRng,
) -> Result<Window, Error> {
    let mut old: Vec<Tag> = dummies.to_vec();
    old.sort_unstable();
    old.dedup();
    if !old.iter().all(|tag| index.holds(*tag)) {
        return Err(Error::Mismatch("the padding belongs to another index"));
    }
    let held = |tag: &Tag| index.holds(*tag) && old.binary_search(tag).is_err();
    let stays: BTreeSet<Tag> = change.added.into_iter().collect();
    let goes: BTreeSet<Tag> = change.removed.into_iter().collect();
    let added: Vec<Tag> = stays.iter().copied().filter(|tag| !held(tag)).collect();
    let (mut removed, unknown): (Vec<Tag>, Vec<Tag>) =
        goes.difference(&stays).copied().partition(held);
    let real = index.len() as usize - old.len() + added.len() - removed.len();
    let plan = plan(real, old.len(), added.len(), removed.len());
    shuffle(&mut old, rng);
    let kept = old.split_off(plan.retired.min(old.len()));
    let fresh: Vec<Tag> = (0..plan.fresh).map(|_| Tag(rng.next_u64())).collect();
    let (added_count, removed_count) = (added.len(), removed.len());
    removed.extend(old);
    let change = Change {
        added: added.into_iter().chain(fresh.iter().copied()).collect(),
        removed,
    };
    Ok(Window {
        index: index.next(change)?,
        dummies: kept.into_iter().chain(fresh).collect(),
        added: added_count,
        removed: removed_count,
        unknown: unknown.len(),
    })
}

/// What comes in and what goes are each filled up to a step of sizes, and so is the whole.
fn plan(real: usize, dummies: usize, added: usize, removed: usize) -> Plan {
    let filled = |count: usize| stepped(count.max(1) as u64) as usize - count;
    let retire = filled(removed).min(dummies);
    let come = filled(added);
    // Eight dummies remain, so that the next window has some to retire.
    let all = stepped((real + come.max(8)) as u64) as usize;
    let needed = all - real;
    let fresh = come.max((needed + retire).saturating_sub(dummies));
    Plan {
        fresh,
        retired: dummies + fresh - needed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_in_steps() {
        let mut state = 1_u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            ((state >> 33) % most) as usize
        };
        for _ in 0..2000 {
            let (before, added) = (next(100_000), next(3000));
            let removed = next(3000).min(before);
            let dummies = stepped(before as u64) as usize - before;
            let real = before + added - removed;
            let plan = plan(real, dummies, added, removed);
            assert!(plan.retired <= dummies, "{plan:?}");
            let after = dummies + plan.fresh - plan.retired;
            let all = (real + after) as u64;
            assert!(after >= 8 && all == stepped(all), "{plan:?}");
            assert!(added + plan.fresh >= 8);
            // Neither number is told, unless there were too few dummies to hide it.
            let gone = (removed + plan.retired) as u64;
            let hidden = plan.retired == dummies || plan.retired >= filled(removed);
            assert!(hidden, "{gone} of {removed}: {plan:?}");
        }
        assert_eq!(plan(1000, 24, 0, 0).retired, 8);
    }

    fn filled(count: usize) -> usize {
        stepped(count.max(1) as u64) as usize - count
    }
}
