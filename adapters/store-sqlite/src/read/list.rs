//! Listings: each journal is read from its own index, newest first, and merged; the cost is
//! journals times rows, never the size of a journal.

use passerelle_model::{RecordId, UtcTime};
use passerelle_store::{Direction, EntryRef, Journal, Listing};
use rusqlite::Connection;

use crate::failure::Sql;
use crate::row::{count, limit, millis, time};

/// Sorts after every record identifier.
const AFTER_ALL: [u8; 17] = [0xff; 17];

pub(crate) fn list(connection: &Connection, listing: &Listing) -> Sql<Vec<EntryRef>> {
    let mut found = Vec::new();
    for (id, journal) in held_journals(connection)? {
        if wanted(&journal, listing) {
            newest(connection, id, &journal, listing, &mut found)?;
            found.sort_by_key(|row| std::cmp::Reverse(key(row)));
            found.truncate(listing.limit);
        }
    }
    Ok(found)
}

/// Journals with entries, and their ids.
pub(super) fn held_journals(connection: &Connection) -> Sql<Vec<(i64, Journal)>> {
    let held = sizes(connection)?;
    Ok(held
        .into_iter()
        .map(|(id, journal, _)| (id, journal))
        .collect())
}

/// The same with their sizes.
pub(super) fn sizes(connection: &Connection) -> Sql<Vec<(i64, Journal, u64)>> {
    let sql = "SELECT journals.id, channel, name, size
               FROM journals JOIN parties ON parties.id = journals.party WHERE size > 0";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (channel, party): (String, String) = (row.get(1)?, row.get(2)?);
        found.push((
            row.get(0)?,
            Journal::new(&channel.parse()?, &party.parse()?),
            count(row, 3)?,
        ));
    }
    Ok(found)
}

fn wanted(journal: &Journal, listing: &Listing) -> bool {
    let channel = listing.channel.as_ref();
    channel.is_none_or(|channel| journal.channel == *channel)
        && match &listing.direction {
            Direction::By(party) => journal.party == *party,
            Direction::NotBy(party) => journal.party != *party,
        }
}

/// Adds the rows of one journal that may still be on the page.
fn newest(
    connection: &Connection,
    id: i64,
    journal: &Journal,
    listing: &Listing,
    found: &mut Vec<EntryRef>,
) -> Sql<()> {
    let mut statement = connection.prepare_cached(NEWEST)?;
    let (before, record) = match &listing.before {
        Some((time, record)) => (millis(*time), record.as_bytes().as_slice()),
        None => (i64::MAX, AFTER_ALL.as_slice()),
    };
    let full = found.len() >= listing.limit;
    let oldest = found.last().filter(|_| full).map(key);
    let mut rows = statement.query((id, before, record, limit(listing.limit)))?;
    while let Some(row) = rows.next()? {
        let row = EntryRef {
            journal: journal.clone(),
            index: count(row, 2)?,
            record: RecordId::new(row.get(1)?),
            time: time(row, 0)?,
            erased: row.get(3)?,
        };
        if oldest.is_some_and(|oldest| key(&row) <= oldest) {
            break;
        }
        found.push(row);
    }
    Ok(())
}

const NEWEST: &str = "SELECT time, record, position, erased IS NOT NULL FROM leaves
     WHERE journal = ?1 AND record IS NOT NULL AND (time, record) < (?2, ?3)
     ORDER BY time DESC, record DESC LIMIT ?4";

fn key(row: &EntryRef) -> (UtcTime, RecordId) {
    (row.time, row.record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::MIGRATIONS;

    /// A listing that sorted a whole journal would become slow without any test failing.
    #[test]
    fn a_page_is_read_from_the_index_alone() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0].sql).unwrap();
        let explain = format!("EXPLAIN QUERY PLAN {NEWEST}");
        let mut statement = connection.prepare(&explain).unwrap();
        let rows = statement
            .query_map((1, 2, [0; 16], 4), |row| row.get::<_, String>(3))
            .unwrap();
        let plan: Vec<String> = rows.map(Result::unwrap).collect();
        let wanted = "SEARCH leaves USING COVERING INDEX leaves_by_time";
        assert!(plan.len() == 1 && plan[0].starts_with(wanted), "{plan:?}");
    }
}
