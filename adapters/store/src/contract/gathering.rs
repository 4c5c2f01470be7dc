//! Many things by their names in one read.

use super::sample::{
    append, at, content, cosigned, grow, journal, leaf, ours, put, record, statement,
};
use super::{Outcome, same, too_large};
use crate::{Commit, Erasure, Held, MAX_GATHERED, MAX_PAGE, MAX_RECORDS, Store};

/// A record comes with its entry, the statements about it and the first co-signature of each
/// party that covers it; unknown ones leave a gap, erased ones are marked.
pub async fn records_come_with_all_that_is_held(store: &dyn Store) -> Outcome {
    let (ours, theirs) = (ours()?, journal("ma-be-security", "be.police")?);
    let said = statement(&ours, 1, 0, 5)?;
    let commit = Commit {
        appends: vec![
            append(&ours, 0, vec![leaf(0), content(1, 7), content(2, 8)]),
            append(&theirs, 0, vec![content(0, 7)]),
        ],
        statements: vec![said.clone(), statement(&ours, 2, 1, 6)?],
        ..Commit::default()
    };
    store.commit(commit).await?;
    let heads = [
        ("be.police", 1),
        ("be.police", 2),
        ("be.police", 3),
        ("be.other", 3),
    ];
    for (by, size) in heads {
        let cosigned = vec![cosigned(&ours, by, size)?];
        store
            .commit(Commit {
                cosigned,
                ..Commit::default()
            })
            .await?;
    }
    store
        .erase(vec![Erasure {
            journal: ours.clone(),
            index: 2,
            at: at(99),
        }])
        .await?;
    let (one, other) = (&ours.party, &theirs.party);
    let asked = [(other, 7), (one, 9), (one, 7), (one, 8)];
    let asked = asked.map(|(party, n)| (party.clone(), record(n))).to_vec();
    let found = store.records(asked).await?;
    let places = found
        .iter()
        .map(|held| held.as_ref().map(|held| held.place.index));
    same(
        "places",
        places.collect(),
        vec![Some(0), None, Some(1), Some(2)],
    )?;
    let parts: Vec<_> = found.into_iter().flatten().collect();
    let Some([_, whole, erased]) = parts.first_chunk::<3>() else {
        return same("three records", parts.len(), 3);
    };
    same("entry", &whole.entry, &content(1, 7))?;
    same("statements", whole.statements.clone(), vec![said])?;
    let wanted = vec![
        ("be.other".parse()?, at(3000)),
        ("be.police".parse()?, at(2000)),
    ];
    same("co-signed", whole.cosigned.clone(), wanted)?;
    let is_erased = matches!(erased.entry.held, Held::Erased { .. });
    same("erased", (is_erased, erased.place.erased), (true, true))?;
    let many = vec![(one.clone(), record(1)); MAX_RECORDS + 1];
    too_large("records", store.records(many).await)
}

/// Entries come in the order asked; what is not there is left out.
pub async fn entries_are_read_at_their_indices(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let entries = vec![leaf(0), content(1, 5), leaf(2)];
    store.commit(grow(&ours, 0, entries)).await?;
    let found = store.entries_at(&ours, vec![2, 9, 1, u64::MAX]).await?;
    same("entries", found, vec![leaf(2), content(1, 5)])?;
    let other = journal("other", "ma.interior")?;
    same("other", store.entries_at(&other, vec![0]).await?, vec![])?;
    let many = store.entries_at(&ours, vec![0; MAX_PAGE + 1]).await;
    too_large("indices", many)
}

/// Documents are found by their whole name only.
pub async fn documents_are_gathered_by_name(store: &dyn Store) -> Outcome {
    store.put(vec![put("a", b"1"), put("ab", b"2")]).await?;
    store.put(vec![put("ab", b"3")]).await?;
    let names = [
        ("card", "ab"),
        ("card", "a/"),
        ("other", "a"),
        ("card", "a"),
    ];
    let names = names.map(|(kind, key)| (kind, key.to_owned())).to_vec();
    let found = store.gather(names).await?;
    let found = found
        .into_iter()
        .map(|held| held.map(|held| (held.key, held.bytes, held.version)));
    let wanted = vec![
        Some(("ab".to_owned(), b"3".to_vec(), 2)),
        None,
        None,
        Some(("a".to_owned(), b"1".to_vec(), 1)),
    ];
    same("documents", found.collect(), wanted)?;
    let many = vec![("card", String::new()); MAX_GATHERED + 1];
    too_large("names", store.gather(many).await)
}
