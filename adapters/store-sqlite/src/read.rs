//! Reads as SQL, each in one read transaction that the reader opened.

mod check;
mod list;
mod whole;

pub(crate) use check::check;
pub(crate) use list::list;
pub(crate) use whole::{entries_at, gather, records};

use std::ops::Range;

use passerelle_model::{Digest, PartyId, RecordId};
use passerelle_store::limits::MAX_ENTRIES;
use passerelle_store::{
    BlobNeed, Cosigned, Document, Entry, EntryRef, Head, Held, IdempotencyKey, Journal, KeyPage,
    StatementRow,
};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::failure::Sql;
use crate::row::{count, digest, limit, record, time, whole};

pub(crate) fn head(connection: &Connection, journal: &Journal) -> Sql<Option<Head>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(None);
    };
    let sql = "SELECT size, root, frontier, checkpoint FROM journals
               WHERE id = ?1 AND root IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let head = statement.query_row([id], |row| {
        Ok(Head {
            size: count(row, 0)?,
            root: digest(row, 1)?,
            frontier: row.get(2)?,
            checkpoint: row.get(3)?,
        })
    });
    Ok(head.optional()?)
}

pub(crate) fn entries(
    connection: &Connection,
    journal: &Journal,
    range: &Range<u64>,
    max_bytes: usize,
) -> Sql<Vec<Entry>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT position, commitment, record, time, erased, content, salt, content_key,
                      envelope
               FROM leaves LEFT JOIN contents ON contents.id = leaves.content
               WHERE journal = ?1 AND position >= ?2 AND position < ?3
               ORDER BY position LIMIT ?4";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(bounds(id, range))?;
    let mut found = Vec::new();
    let mut gathered = 0;
    while let Some(row) = rows.next()? {
        let entry = entry(row)?;
        gathered += envelope_bytes(&entry);
        found.push(entry);
        if gathered >= max_bytes {
            break;
        }
    }
    Ok(found)
}

pub(crate) fn commitments(
    connection: &Connection,
    journal: &Journal,
    range: &Range<u64>,
) -> Sql<Vec<Digest>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT commitment FROM leaves
               WHERE journal = ?1 AND position >= ?2 AND position < ?3
               ORDER BY position LIMIT ?4";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(bounds(id, range), |row| digest(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn find(
    connection: &Connection,
    party: &PartyId,
    records: &[RecordId],
) -> Sql<Vec<Option<EntryRef>>> {
    let Some(id) = party_id(connection, party)? else {
        return Ok(vec![None; records.len()]);
    };
    let find = |record| find_one(connection, party, id, record);
    records.iter().map(find).collect()
}

fn find_one(
    connection: &Connection,
    party: &PartyId,
    id: i64,
    record: &RecordId,
) -> Sql<Option<EntryRef>> {
    let sql = "SELECT channel, position, time, erased IS NOT NULL
               FROM leaves JOIN journals ON journals.id = leaves.journal
               WHERE leaves.party = ?1 AND record = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row((id, record.as_bytes()), |row| {
        let channel: String = row.get(0)?;
        Ok((channel, count(row, 1)?, time(row, 2)?, row.get(3)?))
    });
    let Some((channel, index, time, erased)) = found.optional()? else {
        return Ok(None);
    };
    Ok(Some(EntryRef {
        journal: Journal::new(&channel.parse()?, party),
        index,
        record: *record,
        time,
        erased,
    }))
}

pub(crate) fn statements(
    connection: &Connection,
    journal: &Journal,
    range: &Range<u64>,
) -> Sql<Vec<StatementRow>> {
    match journal_id(connection, journal)? {
        Some(id) => statements_of(connection, (id, journal), range),
        None => Ok(Vec::new()),
    }
}

/// The same where the journal's number is known.
fn statements_of(
    connection: &Connection,
    (id, journal): (i64, &Journal),
    range: &Range<u64>,
) -> Sql<Vec<StatementRow>> {
    let sql = "SELECT position, name, batch, line, said, code, time
               FROM statements JOIN parties ON parties.id = statements.party
               WHERE journal = ?1 AND position >= ?2 AND position < ?3
               ORDER BY position, time, name, batch, line";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((id, whole(range.start), whole(range.end)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(StatementRow {
            journal: journal.clone(),
            index: count(row, 0)?,
            by: row.get::<_, String>(1)?.parse()?,
            batch: count(row, 2)?,
            position: row.get(3)?,
            said: row.get(4)?,
            code: row.get(5)?,
            time: time(row, 6)?,
        });
    }
    Ok(found)
}

pub(crate) fn cosigned(
    connection: &Connection,
    journal: &Journal,
    by: &PartyId,
    at_least: u64,
    most: usize,
) -> Sql<Vec<Cosigned>> {
    let sql = "SELECT size, note, time FROM cosigned
               WHERE journal = ?1 AND party = ?2 AND size >= ?3 ORDER BY size LIMIT ?4";
    cosigned_rows(connection, journal, by, sql, (at_least, most))
}

pub(crate) fn last_cosigned(
    connection: &Connection,
    journal: &Journal,
    by: &PartyId,
) -> Sql<Option<Cosigned>> {
    let sql = "SELECT size, note, time FROM cosigned
               WHERE journal = ?1 AND party = ?2 AND size >= ?3 ORDER BY size DESC LIMIT ?4";
    let mut found = cosigned_rows(connection, journal, by, sql, (0, 1))?;
    Ok(found.pop())
}

fn cosigned_rows(
    connection: &Connection,
    journal: &Journal,
    by: &PartyId,
    sql: &str,
    (at_least, most): (u64, usize),
) -> Sql<Vec<Cosigned>> {
    let ids = (journal_id(connection, journal)?, party_id(connection, by)?);
    let (Some(id), Some(party)) = ids else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((id, party, whole(at_least), limit(most)), |row| {
        Ok(Cosigned {
            journal: journal.clone(),
            by: by.clone(),
            size: count(row, 0)?,
            note: row.get(1)?,
            time: time(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn tiles(
    connection: &Connection,
    journal: &Journal,
    level: u8,
    range: &Range<u64>,
) -> Sql<Vec<Digest>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT root FROM tiles
               WHERE journal = ?1 AND level = ?2 AND position >= ?3 AND position < ?4
               ORDER BY position";
    let mut statement = connection.prepare_cached(sql)?;
    let bounds = (id, level, whole(range.start), whole(range.end));
    let rows = statement.query_map(bounds, |row| digest(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn documents(connection: &Connection, kind: &str, prefix: &str) -> Sql<Vec<Document>> {
    let sql = "SELECT key, bytes, version FROM documents
               WHERE kind = ?1 AND key >= ?2 ORDER BY key";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((kind, prefix))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        if !key.starts_with(prefix) {
            break;
        }
        found.push(Document {
            kind: kind.to_owned(),
            key,
            bytes: row.get(1)?,
            version: count(row, 2)?,
        });
    }
    Ok(found)
}

/// A page of documents; the unique index over kind and key gives it in either direction.
pub(crate) fn page(connection: &Connection, kind: &str, page: &KeyPage) -> Sql<Vec<Document>> {
    let sql = match page.descending {
        false => PAGE_UP,
        true => PAGE_DOWN,
    };
    let edge = page.after.as_deref();
    // SQLite seeks to one bound only, so that each side gets the narrower one.
    let (mut floor, mut ceiling) = (page.prefix.clone(), format!("{}\u{10ffff}", page.prefix));
    match edge {
        Some(edge) if page.descending => ceiling = ceiling.min(edge.to_owned()),
        Some(edge) => floor = floor.max(edge.to_owned()),
        None => {}
    }
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((kind, &floor, &ceiling, edge, limit(page.limit)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Document {
            kind: kind.to_owned(),
            key: row.get(0)?,
            bytes: row.get(1)?,
            version: count(row, 2)?,
        });
    }
    Ok(found)
}

const PAGE_UP: &str = "SELECT key, bytes, version FROM documents
     WHERE kind = ?1 AND key >= ?2 AND key <= ?3 AND key > ifnull(?4, '')
     ORDER BY key LIMIT ?5";
const PAGE_DOWN: &str = "SELECT key, bytes, version FROM documents
     WHERE kind = ?1 AND key >= ?2 AND key <= ?3 AND key < ifnull(?4, ?3 || '~')
     ORDER BY key DESC LIMIT ?5";

pub(crate) fn idempotent(
    connection: &Connection,
    keys: &[IdempotencyKey],
) -> Sql<Vec<Option<RecordId>>> {
    let sql = "SELECT record FROM idempotency WHERE key = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        let known = statement.query_row([key.as_bytes()], |row| row.get(0));
        found.push(known.optional()?.map(RecordId::new));
    }
    Ok(found)
}

pub(crate) fn blob_needs(
    connection: &Connection,
    journal: &Journal,
    missing_only: bool,
) -> Sql<Vec<BlobNeed>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = if missing_only {
        "SELECT position, blob, bytes, complete FROM needs
         WHERE journal = ?1 AND complete = 0 ORDER BY position, blob"
    } else {
        "SELECT position, blob, bytes, complete FROM needs
         WHERE journal = ?1 ORDER BY position, blob"
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(BlobNeed {
            blob: digest(row, 1)?,
            bytes: count(row, 2)?,
            journal: journal.clone(),
            index: count(row, 0)?,
            complete: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn blob_uses(connection: &Connection, blob: Digest) -> Sql<u64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM needs WHERE blob = ?1")?;
    Ok(statement.query_row([blob.as_bytes()], |row| count(row, 0))?)
}

pub(crate) fn sizes(connection: &Connection) -> Sql<Vec<(Journal, u64)>> {
    let all = list::sizes(connection)?.into_iter();
    let mut found: Vec<_> = all.map(|(_, journal, size)| (journal, size)).collect();
    found.sort();
    Ok(found)
}

fn journal_id(connection: &Connection, journal: &Journal) -> Sql<Option<i64>> {
    let sql = "SELECT id FROM journals
               WHERE party = (SELECT id FROM parties WHERE name = ?1) AND channel = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let names = (journal.party.as_str(), journal.channel.as_str());
    Ok(statement.query_row(names, |row| row.get(0)).optional()?)
}

fn party_id(connection: &Connection, party: &PartyId) -> Sql<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM parties WHERE name = ?1")?;
    let id = statement.query_row([party.as_str()], |row| row.get(0));
    Ok(id.optional()?)
}

/// Bounds of a range of leaves, and how many at most.
fn bounds(journal: i64, range: &Range<u64>) -> (i64, i64, i64, i64) {
    let most = limit(MAX_ENTRIES);
    (journal, whole(range.start), whole(range.end), most)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let erased: Option<i64> = row.get(4)?;
    let content: Option<i64> = row.get(5)?;
    let held = match (erased, content) {
        (Some(_), _) => Held::Erased {
            at: time(row, 4)?,
            record: record(row, 2)?,
        },
        (None, None) => Held::LeafOnly,
        (None, Some(_)) => Held::Content {
            salt: digest(row, 6)?,
            envelope: row.get(8)?,
            content_key: row.get(7)?,
            record: record(row, 2)?,
            time: time(row, 3)?,
        },
    };
    Ok(Entry {
        index: count(row, 0)?,
        commitment: digest(row, 1)?,
        held,
    })
}

fn envelope_bytes(entry: &Entry) -> usize {
    match &entry.held {
        Held::Content { envelope, .. } => envelope.len(),
        Held::LeafOnly | Held::Erased { .. } => 0,
    }
}
