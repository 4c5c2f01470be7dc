//! The words index on FTS5: tokens as hexadecimal words, rows in the order of release.

use std::fmt::Write as _;

use passerelle_model::RecordId;
use passerelle_store::{EntryRef, Found, Journal, Token, WordQuery, Words, place_of};
use rusqlite::{Connection, OptionalExtension};

use crate::failure::Sql;
use crate::row::{count, limit, time, whole};

/// Replaces the tokens of an entry that holds a record.
pub(crate) fn index(connection: &Connection, words: &Words) -> Sql<()> {
    let sql = "SELECT leaves.journal, record, time FROM leaves
               JOIN journals ON journals.id = leaves.journal
               JOIN parties ON parties.id = journals.party
               WHERE parties.name = ?1 AND journals.channel = ?2 AND position = ?3
                 AND record IS NOT NULL AND content IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let names = (
        words.journal.party.as_str(),
        words.journal.channel.as_str(),
        whole(words.index),
    );
    let held = statement.query_row(names, |row| {
        let record: RecordId = RecordId::new(row.get(1)?);
        Ok((row.get::<_, i64>(0)?, record, time(row, 2)?))
    });
    let Some((journal, record, time)) = held.optional()? else {
        return Ok(());
    };
    remove(connection, journal, whole(words.index))?;
    if words.tokens.is_empty() {
        return Ok(());
    }
    let place = free(connection, place_of(time, &record))?;
    let tokens = text(&words.tokens);
    connection
        .prepare_cached(
            "INSERT INTO worded (id, journal, position, tokens) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((place, journal, whole(words.index), &tokens))?;
    connection
        .prepare_cached("INSERT INTO words (rowid, tokens) VALUES (?1, ?2)")?
        .execute((place, &tokens))?;
    Ok(())
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

/// The first place from `wanted` on that nothing holds.
fn free(connection: &Connection, wanted: u64) -> Sql<i64> {
    let mut taken = connection.prepare_cached("SELECT 1 FROM worded WHERE id = ?1")?;
    let mut place = whole(wanted);
    while taken.exists([place])? {
        place += 1;
    }
    Ok(place)
}

/// A page of entries, newest release first. FTS5 walks its lists from the largest row down,
/// so that the limit ends the walk.
pub(crate) fn search(connection: &Connection, query: &WordQuery) -> Sql<Vec<Found>> {
    let sql = "SELECT worded.id, channel, parties.name, position, record, time, erased IS NOT NULL
               FROM words
               JOIN worded ON worded.id = words.rowid
               JOIN leaves USING (journal, position)
               JOIN journals ON journals.id = worded.journal
               JOIN parties ON parties.id = journals.party
               WHERE words MATCH ?1 AND words.rowid < ?2
               ORDER BY words.rowid DESC LIMIT ?3";
    let after = query.after.map_or(i64::MAX, whole);
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((expression(query), after, limit(query.limit)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (channel, party): (String, String) = (row.get(1)?, row.get(2)?);
        found.push(Found {
            place: count(row, 0)?,
            entry: EntryRef {
                journal: Journal::new(&channel.parse()?, &party.parse()?),
                index: count(row, 3)?,
                record: RecordId::new(row.get(4)?),
                time: time(row, 5)?,
                erased: row.get(6)?,
            },
        });
    }
    Ok(found)
}

/// The query in FTS5's own words; tokens are hexadecimal, so nothing has to be quoted.
fn expression(query: &WordQuery) -> String {
    let any = |tokens: &[Token]| {
        let words: Vec<String> = tokens.iter().map(word).collect();
        format!("({})", words.join(" OR "))
    };
    let groups: Vec<String> = query.groups.iter().map(|group| any(group)).collect();
    let mut out = groups.join(" AND ");
    if !query.none.is_empty() {
        out = format!("({out}) NOT {}", any(&query.none));
    }
    out
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

    #[test]
    fn expressions_are_plain() {
        let query = WordQuery {
            groups: vec![vec![Token(1), Token(2)], vec![Token(3)]],
            none: vec![Token(4)],
            after: None,
            limit: 10,
        };
        assert_eq!(
            expression(&query),
            "((w0000000000000001 OR w0000000000000002) AND (w0000000000000003)) \
             NOT (w0000000000000004)"
        );
    }
}
