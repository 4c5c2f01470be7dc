//! Many things by their names in one read: the cost is that of what is asked for.

use passerelle_model::{PartyId, RecordId, UtcTime};
use passerelle_store::{Document, Entry, HeldRecord, Journal};
use rusqlite::{Connection, OptionalExtension};

use super::{entry, find_one, journal_id, party_id, statements};
use crate::failure::Sql;
use crate::row::{count, time, whole};

pub(crate) fn records(
    connection: &Connection,
    asked: &[(PartyId, RecordId)],
) -> Sql<Vec<Option<HeldRecord>>> {
    let mut found = Vec::with_capacity(asked.len());
    for (party, record) in asked {
        let place = match party_id(connection, party)? {
            Some(id) => find_one(connection, party, id, record)?,
            None => None,
        };
        let Some(place) = place else {
            found.push(None);
            continue;
        };
        let journal = &place.journal;
        let (range, at) = (place.index..place.index + 1, [place.index]);
        let entry = entries_at(connection, journal, &at)?.pop();
        let (statements, cosigned) = (
            statements(connection, journal, &range)?,
            first_cosigned(connection, journal, place.index)?,
        );
        found.push(entry.map(|entry| HeldRecord {
            place,
            entry,
            statements,
            cosigned,
        }));
    }
    Ok(found)
}

pub(crate) fn entries_at(
    connection: &Connection,
    journal: &Journal,
    indices: &[u64],
) -> Sql<Vec<Entry>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT position, commitment, record, time, erased, content, salt, content_key,
                      envelope
               FROM leaves LEFT JOIN contents ON contents.id = leaves.content
               WHERE journal = ?1 AND position = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(indices.len());
    for index in indices {
        let held = statement.query_row((id, whole(*index)), entry);
        found.extend(held.optional()?);
    }
    Ok(found)
}

/// When each party first co-signed a head that covers the entry; the primary key gives it.
fn first_cosigned(
    connection: &Connection,
    journal: &Journal,
    index: u64,
) -> Sql<Vec<(PartyId, UtcTime)>> {
    let Some(id) = journal_id(connection, journal)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT name, (SELECT time FROM cosigned
                             WHERE journal = ?1 AND party = parties.id AND size > ?2
                             ORDER BY size LIMIT 1) AS first
               FROM parties WHERE first IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((id, whole(index)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get::<_, String>(0)?.parse()?, time(row, 1)?));
    }
    Ok(found)
}

pub(crate) fn gather(
    connection: &Connection,
    names: &[(&'static str, String)],
) -> Sql<Vec<Option<Document>>> {
    let sql = "SELECT bytes, version FROM documents WHERE kind = ?1 AND key = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(names.len());
    for (kind, key) in names {
        let held = statement.query_row((kind, key), |row| {
            Ok(Document {
                kind: (*kind).to_owned(),
                key: key.clone(),
                bytes: row.get(0)?,
                version: count(row, 1)?,
            })
        });
        found.push(held.optional()?);
    }
    Ok(found)
}
