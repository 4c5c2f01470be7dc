//! Reading back: order, ranges, pages.

use passerelle_model::{ChannelId, RecordId};

use super::sample::{
    append, at, content, cosigned, digest, grow, head, journal, leaf, ours, record, statement,
};
use super::{Breach, Outcome, conflict, same};
use crate::{CheckReport, Commit, Direction, Entry, EntryRef, Held, Listing, Store, Tile};

/// Entries come by index, and only those of the range.
pub async fn entries_come_in_order_and_range(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, (0..5).map(leaf).collect()))
        .await?;
    store
        .commit(grow(&ours, 5, (5..9).map(leaf).collect()))
        .await?;
    let found = store.entries(&ours, 3..7, usize::MAX).await?;
    same("range", found, (3..7).map(leaf).collect())?;
    let found = store.entries(&ours, 7..u64::MAX, usize::MAX).await?;
    same("open end", found, vec![leaf(7), leaf(8)])?;
    same("beyond", store.entries(&ours, 9..20, 9).await?, vec![])?;
    same("empty", store.entries(&ours, 3..3, 9).await?, vec![])?;
    let beyond = store.entries(&ours, u64::MAX - 1..u64::MAX, 9).await?;
    same("far beyond", beyond, vec![])
}

/// Each kind of content is read back exactly.
pub async fn entries_keep_what_they_hold(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let refused = Entry {
        held: Held::Content {
            salt: digest(9),
            envelope: Vec::new(),
            content_key: Vec::new(),
            record: None,
            time: at(0),
        },
        ..leaf(2)
    };
    let entries = vec![leaf(0), content(1, 5), refused];
    store.commit(grow(&ours, 0, entries.clone())).await?;
    same("entries", store.entries(&ours, 0..3, 999).await?, entries)
}

/// Reading stops once the budget is reached, after one entry at least.
pub async fn entries_stop_at_the_byte_budget(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let entries = (0..10).map(|n| content(n, n)).collect();
    store.commit(grow(&ours, 0, entries)).await?;
    same("no budget", store.entries(&ours, 0..10, 0).await?.len(), 1)?;
    let found = store.entries(&ours, 4..10, 48).await?.len();
    same("three envelopes of 16 bytes", found, 3)?;
    let all = store.entries(&ours, 0..10, 100_000).await?.len();
    same("ample budget", all, 10)
}

/// The leaves of a range, whatever is held behind them.
pub async fn commitments_are_the_leaves_alone(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(
            &ours,
            0,
            vec![leaf(0), content(1, 5), leaf(2), leaf(3)],
        ))
        .await?;
    let found = store.commitments(&ours, 1..3).await?;
    same("range", found, vec![digest(1), digest(2)])?;
    let found = store.commitments(&ours, 3..u64::MAX).await?;
    same("open end", found, vec![digest(3)])?;
    same("empty", store.commitments(&ours, 9..9).await?, vec![])
}

/// Records are found in the order asked, each under its own party only.
pub async fn records_are_found_by_party(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, vec![leaf(0), content(1, 5), content(2, 6)]))
        .await?;
    let asked = vec![record(6), record(9), record(5)];
    let found = store.find(&ours.party, asked).await?;
    let row = |index, n| EntryRef {
        journal: ours.clone(),
        index,
        record: record(n),
        time: at(n),
        erased: false,
    };
    same("found", found, vec![Some(row(2, 6)), None, Some(row(1, 5))])?;
    let found = store.find(&"be.police".parse()?, vec![record(5)]).await?;
    same("another party", found, vec![None])
}

/// Newest release first, whatever the order of arrival; leaves without record are not listed.
pub async fn listings_are_newest_first(store: &dyn Store) -> Outcome {
    sample(store).await?;
    let all = listed(store, &by("ma.interior")?).await?;
    same("order", all, [50, 40, 30, 20, 10].map(record).to_vec())
}

/// Pages of two cover everything once.
pub async fn listings_continue_at_their_keyset(store: &dyn Store) -> Outcome {
    sample(store).await?;
    let mut page = by("ma.interior")?;
    page.limit = 2;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let rows = store.list(page.clone()).await?;
        page.before = rows
            .last()
            .map(|row| (row.time, row.record))
            .or(page.before);
        seen.extend(rows.into_iter().map(|row| row.record));
    }
    same("pages", seen, [50, 40, 30, 20, 10].map(record).to_vec())?;
    page.limit = 0;
    page.before = None;
    same("no rows asked", listed(store, &page).await?, vec![])
}

/// By one party or by all others, in one channel or in all.
pub async fn listings_filter_by_direction_and_channel(store: &dyn Store) -> Outcome {
    sample(store).await?;
    let mut page = by("ma.interior")?;
    page.channel = Some("ma-fr".parse()?);
    same("channel", listed(store, &page).await?, vec![record(30)])?;
    page.direction = Direction::NotBy("ma.interior".parse()?);
    page.channel = None;
    let others = [45, 15].map(record).to_vec();
    same("others", listed(store, &page).await?, others)?;
    page.channel = Some("nowhere".parse::<ChannelId>()?);
    same("no such channel", listed(store, &page).await?, vec![])?;
    let nobody = listed(store, &by("fr.interior")?).await?;
    same("no such party", nobody, vec![])
}

/// Statements come by index, then by time, and only those of the range.
pub async fn statements_come_by_index_then_time(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let rows = [(2, 0, 5), (1, 1, 9), (1, 2, 3), (4, 3, 1)];
    let statements: Result<Vec<_>, _> = rows
        .map(|(index, position, time)| statement(&ours, index, position, time))
        .into_iter()
        .collect();
    let commit = Commit {
        statements: statements?,
        ..Commit::default()
    };
    store.commit(commit).await?;
    let found = store.statements(&ours, 1..4).await?;
    let wanted = vec![
        statement(&ours, 1, 2, 3)?,
        statement(&ours, 1, 1, 9)?,
        statement(&ours, 2, 0, 5)?,
    ];
    same("order", found, wanted)?;
    same("no journal yet", store.head(&ours).await?, None)?;
    same("no entries yet", store.journals().await?, vec![])
}

/// A statement in the same place of the same batch is refused.
pub async fn a_statement_is_held_once(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let commit = Commit {
        statements: vec![statement(&ours, 1, 0, 5)?],
        ..Commit::default()
    };
    store.commit(commit.clone()).await?;
    conflict("again", store.commit(commit).await)?;
    let twice = statement(&ours, 2, 0, 5)?;
    let commit = Commit {
        statements: vec![twice.clone(), twice],
        ..Commit::default()
    };
    conflict("twice", store.commit(commit).await)
}

/// The smallest co-signed heads of at least a size, per partner.
pub async fn cosigned_heads_come_smallest_first(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    cosigned_sample(store).await?;
    let by = "be.police".parse()?;
    let found = store.cosigned(&ours, &by, 3, 2).await?;
    let wanted = vec![
        cosigned(&ours, "be.police", 4)?,
        cosigned(&ours, "be.police", 6)?,
    ];
    same("from three", found, wanted)?;
    let exact = store.cosigned(&ours, &by, 4, 1).await?;
    same("exact", exact, vec![cosigned(&ours, "be.police", 4)?])?;
    same("beyond", store.cosigned(&ours, &by, 9, 9).await?, vec![])?;
    same(
        "far",
        store.cosigned(&ours, &by, u64::MAX, 9).await?,
        vec![],
    )
}

/// The largest co-signed head; the same size again replaces the note.
pub async fn the_last_cosigned_head_is_the_largest(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    cosigned_sample(store).await?;
    let by = "be.police".parse()?;
    let last = store.last_cosigned(&ours, &by).await?;
    same("last", last, Some(cosigned(&ours, "be.police", 8)?))?;
    let mut again = cosigned(&ours, "be.police", 8)?;
    again.note = b"again".to_vec();
    let commit = Commit {
        cosigned: vec![again.clone()],
        ..Commit::default()
    };
    store.commit(commit).await?;
    same(
        "replaced",
        store.last_cosigned(&ours, &by).await?,
        Some(again),
    )
}

/// Nobody co-signs what is not there.
pub async fn a_cosignature_beyond_the_journal_is_refused(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store.commit(grow(&ours, 0, vec![leaf(0)])).await?;
    let commit = Commit {
        cosigned: vec![cosigned(&ours, "be.police", 2)?],
        ..Commit::default()
    };
    conflict("beyond", store.commit(commit).await)
}

/// Roots of complete tiles come by level, in order.
pub async fn tiles_come_by_level_and_range(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let mut whole = append(&ours, 0, (0..768).map(leaf).collect());
    whole.tiles = (0..3).map(|index| tile(1, index)).collect();
    let commit = Commit {
        appends: vec![whole],
        ..Commit::default()
    };
    store.commit(commit).await?;
    let found = store.tiles(&ours, 1, 1..9).await?;
    same("level 1", found, vec![digest(1), digest(2)])?;
    same("level 2", store.tiles(&ours, 2, 0..9).await?, vec![])
}

/// A tile that the entries of the append do not complete is refused.
pub async fn only_completed_tiles_are_taken(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    for wrong in [tile(1, 1), tile(0, 0), tile(2, 0), tile(9, 0)] {
        let mut whole = append(&ours, 0, (0..256).map(leaf).collect());
        whole.tiles = vec![wrong];
        let commit = Commit {
            appends: vec![whole],
            ..Commit::default()
        };
        conflict("tile", store.commit(commit).await)?;
    }
    same("head", store.head(&ours).await?, None)
}

/// Journals that hold entries, in order of channel and party.
pub async fn journals_with_entries_are_listed(store: &dyn Store) -> Outcome {
    sample(store).await?;
    let empty = journal("empty", "ma.interior")?;
    let commit = Commit {
        heads: vec![(empty.clone(), head(0))],
        ..Commit::default()
    };
    store.commit(commit).await?;
    same("empty head", store.head(&empty).await?, Some(head(0)))?;
    let wanted = vec![
        journal("ma-be-security", "be.police")?,
        ours()?,
        journal("ma-fr", "ma.interior")?,
    ];
    same("journals", store.journals().await?, wanted)
}

/// The engine's own check finds nothing wrong in what the clauses write.
pub async fn a_sound_store_has_no_findings(store: &dyn Store) -> Outcome {
    sample(store).await?;
    same("findings", store.check().await?, CheckReport::default())
}

async fn sample(store: &dyn Store) -> Outcome {
    let (ours, partner) = (ours()?, journal("ma-be-security", "be.police")?);
    let elsewhere = journal("ma-fr", "ma.interior")?;
    let entries = vec![content(0, 20), leaf(1), content(2, 10), content(3, 50)];
    store.commit(grow(&ours, 0, entries)).await?;
    store.commit(grow(&ours, 4, vec![content(4, 40)])).await?;
    let entries = vec![content(0, 45), content(1, 15)];
    store.commit(grow(&partner, 0, entries)).await?;
    store
        .commit(grow(&elsewhere, 0, vec![content(0, 30)]))
        .await?;
    Ok(())
}

async fn cosigned_sample(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let mut commit = grow(&ours, 0, (0..9).map(leaf).collect());
    for size in [8, 2, 6, 4] {
        commit.cosigned.push(cosigned(&ours, "be.police", size)?);
    }
    commit.cosigned.push(cosigned(&ours, "fr.interior", 5)?);
    store.commit(commit).await?;
    Ok(())
}

fn by(party: &str) -> Result<Listing, Breach> {
    Ok(Listing {
        direction: Direction::By(party.parse()?),
        channel: None,
        before: None,
        limit: 10,
    })
}

async fn listed(store: &dyn Store, page: &Listing) -> Result<Vec<RecordId>, Breach> {
    let rows = store.list(page.clone()).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

fn tile(level: u8, index: u64) -> Tile {
    Tile {
        level,
        index,
        root: digest(index),
    }
}
