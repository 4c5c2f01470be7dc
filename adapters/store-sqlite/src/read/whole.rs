//! Many things by their names in one read: the cost is that of what is asked for.

use std::collections::BTreeMap;

use passerelle_model::{PartyId, RecordId, UtcTime};
use passerelle_store::{Document, Entry, EntryRef, Held, HeldRecord, Journal};
use rusqlite::{Connection, OptionalExtension};

use super::{entry, journal_id, party_id, statements_of};
use crate::failure::Sql;
use crate::row::{count, time, whole};

/// Names are looked up once for all records: two or three statements are left for each.
pub(crate) fn records(
    connection: &Connection,
    asked: &[(PartyId, RecordId)],
) -> Sql<Vec<Option<HeldRecord>>> {
    let mut names = Names::default();
    let mut found = Vec::with_capacity(asked.len());
    for (party, record) in asked {
        found.push(held(connection, party, record, &mut names)?);
    }
    Ok(found)
}

/// Parties and journals by their numbers.
#[derive(Default)]
struct Names {
    parties: BTreeMap<PartyId, Option<i64>>,
    journals: BTreeMap<i64, Journal>,
}

impl Names {
    fn party(&mut self, connection: &Connection, party: &PartyId) -> Sql<Option<i64>> {
        if let Some(id) = self.parties.get(party) {
            return Ok(*id);
        }
        let id = party_id(connection, party)?;
        self.parties.insert(party.clone(), id);
        Ok(id)
    }

    fn journal(&mut self, connection: &Connection, id: i64, party: &PartyId) -> Sql<Journal> {
        if let Some(journal) = self.journals.get(&id) {
            return Ok(journal.clone());
        }
        let sql = "SELECT channel FROM journals WHERE id = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let channel: String = statement.query_row([id], |row| row.get(0))?;
        let journal = Journal::new(&channel.parse()?, party);
        self.journals.insert(id, journal.clone());
        Ok(journal)
    }
}

fn held(
    connection: &Connection,
    party: &PartyId,
    id: &RecordId,
    names: &mut Names,
) -> Sql<Option<HeldRecord>> {
    let Some(number) = names.party(connection, party)? else {
        return Ok(None);
    };
    let sql = "SELECT position, commitment, record, time, erased, content, salt, content_key,
                      envelope, journal
               FROM leaves LEFT JOIN contents ON contents.id = leaves.content
               WHERE party = ?1 AND record = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let row = statement.query_row((number, id.as_bytes()), |row| {
        Ok((entry(row)?, time(row, 3)?, row.get::<_, i64>(9)?))
    });
    let Some((entry, time, journal)) = row.optional()? else {
        return Ok(None);
    };
    let place = EntryRef {
        journal: names.journal(connection, journal, party)?,
        index: entry.index,
        record: *id,
        time,
        erased: matches!(entry.held, Held::Erased { .. }),
    };
    let range = entry.index..entry.index + 1;
    Ok(Some(HeldRecord {
        statements: statements_of(connection, (journal, &place.journal), &range)?,
        cosigned: first_cosigned(connection, journal, entry.index)?,
        place,
        entry,
    }))
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
    journal: i64,
    index: u64,
) -> Sql<Vec<(PartyId, UtcTime)>> {
    let sql = "SELECT name, (SELECT time FROM cosigned
                             WHERE journal = ?1 AND party = parties.id AND size > ?2
                             ORDER BY size LIMIT 1) AS first
               FROM parties WHERE first IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((journal, whole(index)))?;
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
