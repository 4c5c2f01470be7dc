//! The words index on FTS5: tokens as hexadecimal words, the newest release in the first row.

mod search;

pub(crate) use search::{Journals, search};

use std::cmp::Reverse;
use std::fmt::Write as _;

use passerelle_model::{RecordId, UtcTime};
use passerelle_store::{Token, Words, place_of};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::failure::Sql;
use crate::row::{millis, time, whole};

/// Replaces the tokens of entries that hold records. The newest is written first: FTS5 begins a
/// new part of its index at each row that is not above the one before it.
pub(crate) fn index(connection: &Connection, words: &[Words]) -> Sql<()> {
    let mut rows = Vec::with_capacity(words.len());
    for words in words {
        rows.extend(Worded::of(connection, words)?);
    }
    rows.sort_unstable_by_key(|row| Reverse(row.place));
    rows.iter().try_for_each(|row| row.write(connection))
}

/// An entry as it goes into the index.
struct Worded<'a> {
    journal: i64,
    position: i64,
    record: RecordId,
    time: UtcTime,
    /// Where it belongs, if nothing is there yet.
    place: u64,
    tokens: &'a [Token],
}

impl<'a> Worded<'a> {
    /// `None` where the entry holds no record, or no longer.
    fn of(connection: &Connection, words: &'a Words) -> Sql<Option<Self>> {
        let sql = "SELECT leaves.journal, record, time FROM leaves
                   JOIN journals ON journals.id = leaves.journal
                   JOIN parties ON parties.id = journals.party
                   WHERE parties.name = ?1 AND journals.channel = ?2 AND position = ?3
                     AND record IS NOT NULL AND content IS NOT NULL";
        let mut statement = connection.prepare_cached(sql)?;
        let position = whole(words.index);
        let names = (
            words.journal.party.as_str(),
            words.journal.channel.as_str(),
            position,
        );
        let held = statement.query_row(names, |row| {
            let (record, time) = (RecordId::new(row.get(1)?), time(row, 2)?);
            Ok(Self {
                journal: row.get(0)?,
                position,
                record,
                time,
                place: place_of(time, &record),
                tokens: &words.tokens,
            })
        });
        Ok(held.optional()?)
    }

    fn write(&self, connection: &Connection) -> Sql<()> {
        remove(connection, self.journal, self.position)?;
        if self.tokens.is_empty() {
            return Ok(());
        }
        let id = free(connection, self.place)?;
        let tokens = text(self.tokens);
        connection
            .prepare_cached(
                "INSERT INTO worded (id, journal, position, record, time, tokens)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                id,
                self.journal,
                self.position,
                self.record.as_bytes(),
                millis(self.time),
                &tokens,
            ))?;
        connection
            .prepare_cached("INSERT INTO words (rowid, tokens) VALUES (?1, ?2)")?
            .execute((id, &tokens))?;
        Ok(())
    }
}

/// Takes an entry out; what it held is scrubbed.
pub(crate) fn remove(connection: &Connection, journal: i64, position: i64) -> Sql<()> {
    let sql = "SELECT id, tokens FROM worded WHERE journal = ?1 AND position = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let held = statement.query_row((journal, position), |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    });
    let Some((place, tokens)) = held.optional()? else {
        return Ok(());
    };
    connection
        .prepare_cached("INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?1, ?2)")?
        .execute((place, &tokens))?;
    connection
        .prepare_cached("DELETE FROM worded WHERE id = ?1")?
        .execute([place])?;
    Ok(())
}

/// Pages of the index that one step of [`merge`] writes, about.
const MERGED_PAGES: i64 = 64;
/// Bytes that such a step adds to the WAL, about: what it reads, it also frees.
pub(crate) const MERGED_BYTES: u64 = 2 * 64 * 4096;

/// Merges parts of the index, one step; `false` where nothing was left to do.
pub(crate) fn merge(connection: &Connection) -> Sql<bool> {
    let before = connection.total_changes();
    connection
        .prepare_cached("INSERT INTO words (words, rank) VALUES ('merge', ?1)")?
        .execute([MERGED_PAGES])?;
    // The statement itself counts as one (SQLite, FTS5, section 6.8).
    Ok(connection.total_changes() - before >= 2)
}

/// The row of the first place from `wanted` on that nothing holds.
fn free(connection: &Connection, wanted: u64) -> Sql<i64> {
    let mut taken = connection.prepare_cached("SELECT 1 FROM worded WHERE id = ?1")?;
    let mut place = wanted;
    while taken.exists([row_of(place)])? {
        place += 1;
    }
    Ok(row_of(place))
}

/// The row of a place. What is newer has a smaller one, so that the newest page stands at the
/// beginning of each list: FTS5 walks its lists forwards at little cost, and backwards only by
/// reading what lies before again and again.
fn row_of(place: u64) -> i64 {
    i64::MAX - whole(place)
}

/// The place of a row.
fn place_in(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let id: i64 = row.get(column)?;
    u64::try_from(i64::MAX - id.max(0))
        .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, id))
}

fn text(tokens: &[Token]) -> String {
    let mut sorted = tokens.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.iter().fold(String::new(), |mut out, token| {
        let _ = write!(out, "{} ", word(token));
        out
    })
}

/// A letter first, so that no token reads as a number or an operator.
fn word(token: &Token) -> String {
    format!("w{:016x}", token.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{connect, migrate, schema};

    fn parts(connection: &Connection) -> i64 {
        let sql = "SELECT count(DISTINCT segid) FROM words_idx";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn parts_of_the_index_are_merged_until_none_are_alike() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = connect::open_to_write(&dir.path().join("store.sqlite")).unwrap();
        let pending = migrate::pending(&connection, schema::MIGRATIONS).unwrap();
        migrate::run(&mut connection, dir.path(), &pending).unwrap();
        for row in 0..11_u64 {
            let tokens = text(&[Token(row), Token(99)]);
            let sql = "INSERT INTO words (rowid, tokens) VALUES (?1, ?2)";
            connection.execute(sql, (whole(row), tokens)).unwrap();
        }
        let scattered = parts(&connection);
        let mut steps = 0;
        while merge(&connection).unwrap() {
            steps += 1;
        }
        assert!(steps > 0);
        assert!(parts(&connection) < scattered, "{scattered}");
        assert!(!merge(&connection).unwrap());
        let sql = "SELECT count(*) FROM words WHERE words MATCH ?1";
        let found: i64 = connection
            .query_row(sql, [word(&Token(99))], |row| row.get(0))
            .unwrap();
        assert_eq!(found, 11);
    }
}
