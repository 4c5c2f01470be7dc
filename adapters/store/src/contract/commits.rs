//! Appending: continuity, atomicity, concurrency, limits.

use super::sample::{
    append, at, content, cosigned, digest, grow, head, journal, leaf, need, ours, put, record,
    statement, together,
};
use super::{Outcome, conflict, same, too_large};
use crate::limits::MAX_ENVELOPE_BYTES;
use crate::{
    Append, Commit, Direction, Erasure, Head, Held, IdempotencyKey, Listing, MAX_PAGE, Store,
};

/// Nothing is found in a store that was never written.
pub async fn an_empty_store_holds_nothing(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    same("head", store.head(&ours).await?, None)?;
    same("entries", store.entries(&ours, 0..9, 99).await?, vec![])?;
    let found = store.find(&ours.party, vec![record(1)]).await?;
    same("find", found, vec![None])?;
    same("journals", store.journals().await?, vec![])?;
    same("tiles", store.tiles(&ours, 1, 0..9).await?, vec![])?;
    same("documents", store.documents("card", "").await?, vec![])?;
    same("uses", store.blob_uses(digest(1)).await?, 0)?;
    let last = store.last_cosigned(&ours, &ours.party).await?;
    same("co-signed", last, None)
}

/// An append is there with its head, and the next one continues it.
pub async fn an_append_moves_the_head(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, vec![leaf(0), content(1, 5)]))
        .await?;
    same("head", store.head(&ours).await?, Some(head(2)))?;
    store.commit(grow(&ours, 2, vec![leaf(2)])).await?;
    same("head", store.head(&ours).await?, Some(head(3)))?;
    let found = store.entries(&ours, 0..9, usize::MAX).await?;
    same("entries", found, vec![leaf(0), content(1, 5), leaf(2)])
}

/// A commit that expects a smaller or larger journal is refused and changes nothing.
pub async fn another_expected_size_is_refused(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    conflict("ahead", store.commit(grow(&ours, 1, vec![leaf(1)])).await)?;
    store.commit(grow(&ours, 0, vec![leaf(0)])).await?;
    conflict("behind", store.commit(grow(&ours, 0, vec![leaf(0)])).await)?;
    conflict("ahead", store.commit(grow(&ours, 2, vec![leaf(2)])).await)?;
    same("head", store.head(&ours).await?, Some(head(1)))
}

/// Indices run on without gap from the expected size.
pub async fn a_gap_in_the_indices_is_refused(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    conflict("start", store.commit(grow(&ours, 0, vec![leaf(1)])).await)?;
    let gap = vec![leaf(0), leaf(2)];
    conflict("gap", store.commit(grow(&ours, 0, gap)).await)?;
    let twice = vec![leaf(0), leaf(0)];
    conflict("twice", store.commit(grow(&ours, 0, twice)).await)?;
    same("head", store.head(&ours).await?, None)
}

/// The head of an append has the size the entries lead to.
pub async fn a_head_of_another_size_is_refused(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let short = Append {
        head: head(2),
        ..append(&ours, 0, vec![leaf(0)])
    };
    let commit = Commit {
        appends: vec![short],
        ..Commit::default()
    };
    conflict("append", store.commit(commit).await)
}

/// A commit names each journal once; two journals grow together.
pub async fn one_journal_twice_in_a_commit_is_refused(store: &dyn Store) -> Outcome {
    let (ours, other) = (ours()?, journal("ma-be-security", "be.police")?);
    let mut commit = grow(&ours, 0, vec![leaf(0)]);
    commit.appends.push(append(&ours, 1, vec![leaf(1)]));
    conflict("twice", store.commit(commit).await)?;
    let mut commit = grow(&ours, 0, vec![leaf(0)]);
    commit.appends.push(append(&other, 0, vec![leaf(0)]));
    store.commit(commit).await?;
    same("head", store.head(&other).await?, Some(head(1)))
}

/// Whichever part is refused, no other part of that commit is there.
pub async fn one_bad_part_leaves_nothing_of_the_commit(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let key = IdempotencyKey::new(b"key").into_iter();
    let good = Commit {
        statements: vec![statement(&ours, 0, 0, 1)?],
        cosigned: vec![cosigned(&ours, "be.police", 1)?],
        needs: vec![need(&ours, 0, 1)],
        idempotency: key.clone().map(|key| (key, record(1))).collect(),
        puts: vec![put("a", b"1")],
        ..grow(&ours, 0, vec![content(0, 1)])
    };
    let bad = |mut commit: Commit| {
        let mut last = put("b", b"2");
        last.expected = Some(7);
        commit.puts.push(last);
        commit
    };
    conflict("bad put", store.commit(bad(good.clone())).await)?;
    let erasure = Erasure {
        journal: ours.clone(),
        index: 5,
        at: at(1),
    };
    let mut wrong = good.clone();
    wrong.erasures.push(erasure);
    conflict("bad erasure", store.commit(wrong).await)?;
    same("head", store.head(&ours).await?, None)?;
    same("entries", store.entries(&ours, 0..9, 99).await?, vec![])?;
    same("statements", store.statements(&ours, 0..9).await?, vec![])?;
    same("needs", store.blob_needs(&ours, false).await?, vec![])?;
    same("documents", store.documents("card", "").await?, vec![])?;
    let known = store.idempotent(key.collect()).await?;
    same("idempotency", known, vec![None])?;
    store.commit(good).await?;
    same("head", store.head(&ours).await?, Some(head(1)))
}

/// Of commits that wait together only the conflicting ones fail.
pub async fn a_conflict_disturbs_no_other_commit(store: &dyn Store) -> Outcome {
    let (ours, other) = (ours()?, journal("ma-fr", "ma.interior")?);
    let results = together(vec![
        store.commit(grow(&ours, 0, vec![leaf(0)])),
        store.commit(grow(&ours, 9, vec![leaf(9)])),
        store.commit(grow(&other, 0, vec![leaf(0)])),
    ])
    .await;
    let fine: Vec<bool> = results.iter().map(Result::is_ok).collect();
    same("results", fine, vec![true, false, true])?;
    same("head", store.head(&other).await?, Some(head(1)))
}

/// The same record of the same party is refused, in any journal; another party may use the
/// same identifier.
pub async fn a_record_is_held_once_per_party(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![content(0, 5)])).await?;
    conflict(
        "replay",
        store.commit(grow(&ours, 1, vec![content(1, 5)])).await,
    )?;
    let elsewhere = journal("ma-fr", "ma.interior")?;
    let replay = store.commit(grow(&elsewhere, 0, vec![content(0, 5)]));
    conflict("other channel", replay.await)?;
    let twice = vec![content(1, 6), content(2, 6)];
    conflict("one commit", store.commit(grow(&ours, 1, twice)).await)?;
    let partner = journal("ma-be-security", "be.police")?;
    store.commit(grow(&partner, 0, vec![content(0, 5)])).await?;
    same("head", store.head(&ours).await?, Some(head(1)))
}

/// The writer's checkpoint can follow later, alone or with the append itself.
pub async fn a_head_gets_its_checkpoint_without_growing(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let signed = |size| Head {
        checkpoint: b"signed".to_vec(),
        ..head(size)
    };
    let mut commit = grow(&ours, 0, vec![leaf(0)]);
    commit.heads.push((ours.clone(), signed(1)));
    store.commit(commit).await?;
    same("with the append", store.head(&ours).await?, Some(signed(1)))?;
    store.commit(grow(&ours, 1, vec![leaf(1)])).await?;
    let commit = Commit {
        heads: vec![(ours.clone(), signed(2))],
        ..Commit::default()
    };
    store.commit(commit).await?;
    same("later", store.head(&ours).await?, Some(signed(2)))
}

/// A head that would grow, shrink or fork the journal without entries is refused.
pub async fn a_head_of_another_size_or_root_is_refused(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![leaf(0)])).await?;
    let seen = |head| Commit {
        heads: vec![(ours.clone(), head)],
        ..Commit::default()
    };
    conflict("larger", store.commit(seen(head(2))).await)?;
    conflict("smaller", store.commit(seen(head(0))).await)?;
    let fork = Head {
        root: digest(0),
        ..head(1)
    };
    conflict("forked", store.commit(seen(fork)).await)?;
    same("head", store.head(&ours).await?, Some(head(1)))
}

/// Sixty-four commits that wait together, each to its own journal, are all there.
pub async fn concurrent_commits_to_many_journals_all_succeed(store: &dyn Store) -> Outcome {
    let mut commits = Vec::new();
    for n in 0..64 {
        let own = journal(&format!("channel-{n}"), "ma.interior")?;
        commits.push(store.commit(grow(&own, 0, vec![content(0, n)])));
    }
    for result in together(commits).await {
        result?;
    }
    same("journals", store.journals().await?.len(), 64)?;
    let records = (0..64).map(record).collect();
    let found = store.find(&ours()?.party, records).await?;
    same("found", found.iter().flatten().count(), 64)
}

/// Of commits that race for the same place exactly one wins, whatever the size.
pub async fn of_racing_commits_exactly_one_wins_each_size(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    for size in 0..8 {
        let rival = |n| store.commit(grow(&ours, size, vec![content(size, size * 8 + n)]));
        let results = together((0..8).map(rival).collect()).await;
        let won = results.iter().filter(|result| result.is_ok()).count();
        same("winners", won, 1)?;
        for lost in results.into_iter().filter(Result::is_err) {
            conflict("losers", lost)?;
        }
    }
    same("head", store.head(&ours).await?, Some(head(8)))
}

/// A read that begins after a commit returned sees it, every time.
pub async fn reads_see_earlier_commits(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    for size in 0..50 {
        store
            .commit(grow(&ours, size, vec![content(size, size)]))
            .await?;
        same("head", store.head(&ours).await?, Some(head(size + 1)))?;
        let found = store.find(&ours.party, vec![record(size)]).await?;
        same("found", found.iter().flatten().count(), 1)?;
    }
    Ok(())
}

/// Over a limit the answer is `TooLarge`, and nothing is written.
pub async fn limits_are_refused_as_too_large(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let listing = Listing {
        direction: Direction::By(ours.party.clone()),
        channel: None,
        before: None,
        limit: MAX_PAGE + 1,
    };
    too_large("page", store.list(listing).await)?;
    let large = vec![with_envelope(MAX_ENVELOPE_BYTES + 1)];
    too_large("envelope", store.commit(grow(&ours, 0, large)).await)?;
    let mut late = statement(&ours, 0, 0, u64::MAX)?;
    let commit = |row| Commit {
        statements: vec![row],
        ..Commit::default()
    };
    too_large("time", store.commit(commit(late.clone())).await)?;
    late.time = at(1);
    late.index = u64::MAX;
    too_large("index", store.commit(commit(late)).await)?;
    same("head", store.head(&ours).await?, None)
}

/// An envelope of exactly the limit is kept.
pub async fn the_largest_envelope_is_taken(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let entry = with_envelope(MAX_ENVELOPE_BYTES);
    store.commit(grow(&ours, 0, vec![entry.clone()])).await?;
    let found = store.entries(&ours, 0..1, 0).await?;
    same("kept whole", found == vec![entry], true)
}

fn with_envelope(bytes: usize) -> crate::Entry {
    let held = Held::Content {
        salt: digest(1),
        envelope: vec![0xe7; bytes],
        content_key: Vec::new(),
        record: None,
        time: at(1),
    };
    crate::Entry { held, ..leaf(0) }
}
