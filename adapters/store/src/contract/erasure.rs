//! Erasure: content goes, leaves and replay protection stay.

use super::sample::{at, content, digest, grow, leaf, need, ours, record};
use super::{Outcome, conflict, same};
use crate::{Commit, Direction, Entry, Erasure, Held, Journal, Listing, Store};

/// No command reads erased content; its leaf, its place and its release time stay.
pub async fn erased_content_is_gone(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, vec![content(0, 5), content(1, 6)]))
        .await?;
    store.erase(vec![erasure(&ours, 0, 99)]).await?;
    let found = store.entries(&ours, 0..9, 999).await?;
    same("entries", found, vec![erased(0, 5, 99), content(1, 6)])?;
    let found = store.find(&ours.party, vec![record(5), record(6)]).await?;
    let flags = found.iter().flatten().map(|row| (row.erased, row.time));
    same(
        "found",
        flags.collect(),
        vec![(true, at(5)), (false, at(6))],
    )?;
    let listing = Listing {
        direction: Direction::By(ours.party.clone()),
        channel: None,
        before: None,
        limit: 9,
    };
    let rows = store.list(listing).await?;
    let flags = rows.iter().map(|row| (row.index, row.erased)).collect();
    same("listed", flags, vec![(1, false), (0, true)])?;
    let size = store.head(&ours).await?.map(|head| head.size);
    same("size", size, Some(2))
}

/// A record that was erased cannot be replayed.
pub async fn an_erased_record_still_counts_as_held(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![content(0, 5)])).await?;
    store.erase(vec![erasure(&ours, 0, 99)]).await?;
    conflict(
        "replay",
        store.commit(grow(&ours, 1, vec![content(1, 5)])).await,
    )
}

/// An erased entry needs its blobs no longer, in the same step or later.
pub async fn erasing_drops_blob_references(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let commit = Commit {
        needs: vec![need(&ours, 0, 9), need(&ours, 1, 9), need(&ours, 1, 8)],
        ..grow(&ours, 0, vec![content(0, 5), content(1, 6)])
    };
    store.commit(commit).await?;
    let commit = Commit {
        complete: vec![digest(9)],
        erasures: vec![erasure(&ours, 0, 99)],
        ..grow(&ours, 2, vec![leaf(2)])
    };
    store.commit(commit).await?;
    same("one left", store.blob_uses(digest(9)).await?, 1)?;
    store.erase(vec![erasure(&ours, 1, 99)]).await?;
    same("none left", store.blob_uses(digest(9)).await?, 0)?;
    same("needs", store.blob_needs(&ours, false).await?, vec![])?;
    let again = Commit {
        needs: vec![need(&ours, 3, 9)],
        ..grow(&ours, 3, vec![content(3, 7)])
    };
    store.commit(again).await?;
    let missing = store.blob_needs(&ours, true).await?;
    same("complete is forgotten", missing, vec![need(&ours, 3, 9)])
}

/// Erasing again is no error and changes nothing; a bare leaf has nothing to erase.
pub async fn erasing_twice_keeps_the_first_time(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, vec![content(0, 5), leaf(1)]))
        .await?;
    store.erase(vec![erasure(&ours, 0, 99)]).await?;
    store
        .erase(vec![erasure(&ours, 0, 100), erasure(&ours, 1, 100)])
        .await?;
    let found = store.entries(&ours, 0..9, 999).await?;
    same("entries", found, vec![erased(0, 5, 99), leaf(1)])
}

/// An erasure of an entry that is not held is refused, with all that came with it.
pub async fn erasing_the_unknown_is_refused_whole(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![content(0, 5)])).await?;
    let both = vec![erasure(&ours, 0, 99), erasure(&ours, 1, 99)];
    conflict("unknown", store.erase(both).await)?;
    let found = store.entries(&ours, 0..9, 999).await?;
    same("untouched", found, vec![content(0, 5)])
}

/// A partner's entry may be erased before it arrives; its record counts as held.
pub async fn an_entry_may_arrive_erased(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![erased(0, 5, 99)])).await?;
    let found = store.entries(&ours, 0..9, 999).await?;
    same("entries", found, vec![erased(0, 5, 99)])?;
    let found = store.find(&ours.party, vec![record(5)]).await?;
    let flags = found.iter().flatten().map(|row| (row.erased, row.time));
    same("found", flags.collect(), vec![(true, at(99))])?;
    conflict(
        "replay",
        store.commit(grow(&ours, 1, vec![content(1, 5)])).await,
    )
}

fn erasure(journal: &Journal, index: u64, millis: u64) -> Erasure {
    Erasure {
        journal: journal.clone(),
        index,
        at: at(millis),
    }
}

fn erased(index: u64, n: u64, millis: u64) -> Entry {
    let held = Held::Erased {
        at: at(millis),
        record: Some(record(n)),
    };
    Entry {
        held,
        ..leaf(index)
    }
}
