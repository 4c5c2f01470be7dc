//! Limits of the door and the checks that need no stored state. Every implementation calls
//! [`check_commit`] first, so that all refuse the same things in the same words.

use std::collections::BTreeSet;

use passerelle_model::UtcTime;

use crate::types::{Append, BlobNeed, Commit, Entry, Head, Held, Listing, Put, StatementRow, Tile};
use crate::{Error, MAX_DOCUMENT_BYTES, MAX_PAGE};

/// Most leaves of one journal: 2^40, a thousand a second for 34 years.
pub const MAX_JOURNAL_LEAVES: u64 = 1 << 40;
/// Largest envelope kept in a row, in bytes (2 MiB); larger content is a blob.
pub const MAX_ENVELOPE_BYTES: usize = 2 * 1024 * 1024;
/// Most bytes of one commit, all parts together (64 MiB).
pub const MAX_COMMIT_BYTES: usize = 64 * 1024 * 1024;
/// Most rows of one commit, all parts together.
pub const MAX_COMMIT_ROWS: usize = 65_536;
/// Most entries or leaves that one read returns, however many were asked for.
pub const MAX_ENTRIES: usize = 65_536;
/// Longest kind and longest key of a document, in bytes each.
pub const MAX_KEY_BYTES: usize = 512;
/// Longest frontier, checkpoint or note, in bytes (64 KiB).
pub const MAX_NOTE_BYTES: usize = 64 * 1024;
/// Longest word of a statement, in bytes.
pub const MAX_WORD_BYTES: usize = 64;
/// Longest wrapped content key, in bytes.
pub const MAX_WRAPPED_KEY_BYTES: usize = 1024;

/// Checks all that can be said of a commit without looking at what is stored.
///
/// # Errors
/// [`Error::TooLarge`] over a limit; [`Error::Conflict`] where parts contradict each other:
/// a journal that grows twice, a gap in the indices, a head of another size, a tile these
/// entries do not complete, a document written twice.
pub fn check_commit(commit: &Commit) -> Result<(), Error> {
    bounded("rows of the commit", rows(commit), MAX_COMMIT_ROWS)?;
    bounded("the commit", weight(commit), MAX_COMMIT_BYTES)?;
    once(
        "journal",
        commit.appends.iter().map(|append| &append.journal),
    )?;
    let documents = commit.puts.iter().map(|put| (put.kind, &put.key));
    once("document", documents)?;
    commit.appends.iter().try_for_each(check_append)?;
    commit
        .heads
        .iter()
        .try_for_each(|(_, head)| check_head(head))?;
    commit.statements.iter().try_for_each(check_statement)?;
    commit.needs.iter().try_for_each(check_need)?;
    commit.puts.iter().try_for_each(check_put)?;
    let worded = commit
        .words
        .iter()
        .map(|words| (&words.journal, words.index));
    once("entry with words", worded)?;
    for words in &commit.words {
        leaves(words.index)?;
        bounded("tokens", words.tokens.len(), crate::MAX_ENTRY_TOKENS)?;
    }
    for cosigned in &commit.cosigned {
        leaves(cosigned.size)?;
        time(cosigned.time)?;
        bounded("note", cosigned.note.len(), MAX_NOTE_BYTES)?;
    }
    for erasure in &commit.erasures {
        leaves(erasure.index)?;
        time(erasure.at)?;
    }
    Ok(())
}

/// Checks the page size of a listing.
///
/// # Errors
/// [`Error::TooLarge`] above [`MAX_PAGE`].
pub fn check_listing(listing: &Listing) -> Result<(), Error> {
    bounded("page", listing.limit, MAX_PAGE)
}

/// Checks how many things one read asks for.
///
/// # Errors
/// [`Error::TooLarge`] above `most`.
pub fn check_asked(asked: usize, most: usize) -> Result<(), Error> {
    bounded("things asked for", asked, most)
}

/// About how many bytes a commit brings to disk; what queues are measured in.
pub fn weight(commit: &Commit) -> usize {
    let entries = commit.appends.iter().flat_map(|append| &append.entries);
    let appends = commit.appends.iter().map(|append| &append.head);
    let heads = appends.chain(commit.heads.iter().map(|(_, head)| head));
    entries.map(entry_weight).sum::<usize>()
        + heads.map(head_weight).sum::<usize>()
        + commit.puts.iter().map(put_weight).sum::<usize>()
        + commit
            .cosigned
            .iter()
            .map(|row| row.note.len())
            .sum::<usize>()
        + commit
            .words
            .iter()
            .map(|words| words.tokens.len() * TOKEN_BYTES)
            .sum::<usize>()
        + rows(commit) * ROW_OVERHEAD
}

/// As text in an index and beside it.
const TOKEN_BYTES: usize = 34;

const ROW_OVERHEAD: usize = 128;

fn rows(commit: &Commit) -> usize {
    let appended = |append: &Append| 1 + append.entries.len() + append.tiles.len();
    commit.appends.iter().map(appended).sum::<usize>()
        + commit.heads.len()
        + commit.cosigned.len()
        + commit.statements.len()
        + commit.needs.len()
        + commit.complete.len()
        + commit.idempotency.len()
        + commit.puts.len()
        + commit.words.len()
        + commit.erasures.len()
}

fn entry_weight(entry: &Entry) -> usize {
    match &entry.held {
        Held::Content {
            envelope,
            content_key,
            ..
        } => envelope.len() + content_key.len(),
        Held::LeafOnly | Held::Erased { .. } => 0,
    }
}

fn head_weight(head: &Head) -> usize {
    head.frontier.len() + head.checkpoint.len()
}

fn put_weight(put: &Put) -> usize {
    put.key.len() + put.bytes.as_ref().map_or(0, Vec::len)
}

fn check_append(append: &Append) -> Result<(), Error> {
    let added = u64::try_from(append.entries.len()).unwrap_or(u64::MAX);
    let size = append.expected_size.saturating_add(added);
    leaves(size)?;
    check_head(&append.head)?;
    if append.head.size != size {
        let found = append.head.size;
        return Err(Error::Conflict(format!(
            "the head has size {found}, but {size} leaves"
        )));
    }
    for (entry, index) in append.entries.iter().zip(append.expected_size..) {
        check_entry(entry, index)?;
    }
    let tiles = append.tiles.iter();
    once("tile", tiles.clone().map(|tile| (tile.level, tile.index)))?;
    tiles.clone().try_for_each(|tile| check_tile(tile, append))
}

fn check_entry(entry: &Entry, index: u64) -> Result<(), Error> {
    if entry.index != index {
        return Err(Error::Conflict(format!(
            "entry {} stands where {index} should",
            entry.index
        )));
    }
    match &entry.held {
        Held::LeafOnly => Ok(()),
        Held::Erased { at, .. } => time(*at),
        Held::Content {
            envelope,
            content_key,
            time: released,
            ..
        } => {
            time(*released)?;
            bounded("content key", content_key.len(), MAX_WRAPPED_KEY_BYTES)?;
            bounded("envelope", envelope.len(), MAX_ENVELOPE_BYTES)
        }
    }
}

/// A tile ends where its last leaf is appended, so its end lies inside the append.
fn check_tile(tile: &Tile, append: &Append) -> Result<(), Error> {
    let width = 256_u64.checked_pow(u32::from(tile.level));
    let end = width.and_then(|width| tile.index.checked_add(1)?.checked_mul(width));
    let completed = append.expected_size.saturating_add(1)..=append.head.size;
    if tile.level > 0 && end.is_some_and(|end| completed.contains(&end)) {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "tile {} of level {} is not completed by these entries",
        tile.index, tile.level
    )))
}

fn check_head(head: &Head) -> Result<(), Error> {
    leaves(head.size)?;
    bounded("frontier", head.frontier.len(), MAX_NOTE_BYTES)?;
    bounded("checkpoint", head.checkpoint.len(), MAX_NOTE_BYTES)
}

fn check_statement(row: &StatementRow) -> Result<(), Error> {
    leaves(row.index)?;
    leaves(row.batch)?;
    time(row.time)?;
    let words = row.said.len().max(row.code.as_ref().map_or(0, String::len));
    bounded("word of a statement", words, MAX_WORD_BYTES)
}

fn check_need(need: &BlobNeed) -> Result<(), Error> {
    leaves(need.index)?;
    signed("length of a blob", need.bytes)
}

fn check_put(put: &Put) -> Result<(), Error> {
    bounded("kind", put.kind.len(), MAX_KEY_BYTES)?;
    bounded("key", put.key.len(), MAX_KEY_BYTES)?;
    signed("version", put.expected.unwrap_or(0))?;
    let length = put.bytes.as_ref().map_or(0, Vec::len);
    bounded("document", length, MAX_DOCUMENT_BYTES)
}

fn leaves(count: u64) -> Result<(), Error> {
    if count <= MAX_JOURNAL_LEAVES {
        Ok(())
    } else {
        Err(Error::TooLarge(format!("{count} leaves")))
    }
}

/// Engines keep numbers as signed 64-bit integers.
fn time(at: UtcTime) -> Result<(), Error> {
    signed("time", at.millis())
}

fn signed(what: &str, value: u64) -> Result<(), Error> {
    i64::try_from(value)
        .map(drop)
        .map_err(|_| Error::TooLarge(format!("{what}: {value}")))
}

fn bounded(what: &str, found: usize, most: usize) -> Result<(), Error> {
    if found <= most {
        Ok(())
    } else {
        Err(Error::TooLarge(format!("{what}: {found}, at most {most}")))
    }
}

fn once<T: Ord>(what: &str, items: impl Iterator<Item = T>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(item) {
            return Err(Error::Conflict(format!("one {what} twice in one commit")));
        }
    }
    Ok(())
}
