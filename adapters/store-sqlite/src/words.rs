//! The words index on FTS5: tokens as hexadecimal words, rows in the order of release.

mod search;

pub(crate) use search::search;

use std::fmt::Write as _;

use passerelle_model::RecordId;
use passerelle_store::{Token, Words, place_of};
use rusqlite::{Connection, OptionalExtension};

use crate::failure::Sql;
use crate::row::{millis, time, whole};

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
            "INSERT INTO worded (id, journal, position, record, time, tokens)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            place,
            journal,
            whole(words.index),
            record.as_bytes(),
            millis(time),
            &tokens,
        ))?;
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
