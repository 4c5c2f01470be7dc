//! The engine's own check. It finds broken structure, not flipped bits inside a value: those
//! are found by whoever checks commitments against the journal.

use passerelle_store::CheckReport;
use rusqlite::Connection;

use crate::failure::Sql;
use crate::row::count;

pub(crate) fn check(connection: &Connection) -> Sql<CheckReport> {
    let mut findings = Vec::new();
    for part in [integrity, foreign_keys, journals, contents] {
        match part(connection) {
            Ok(found) => findings.extend(found),
            Err(failure) => findings.push(failure.error.to_string()),
        }
    }
    Ok(CheckReport { findings })
}

fn integrity(connection: &Connection) -> Sql<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found: Vec<String> = rows.collect::<Result<_, _>>()?;
    found.retain(|line| line != "ok");
    Ok(found)
}

fn foreign_keys(connection: &Connection) -> Sql<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!(
            "a row of {table} refers to a missing row of {parent}"
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Each journal has as many entries as its head says, without gap.
fn journals(connection: &Connection) -> Sql<Vec<String>> {
    let mut statement = connection.prepare("SELECT id, channel, size FROM journals")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, channel, size): (i64, String, u64) = (row.get(0)?, row.get(1)?, count(row, 2)?);
        let (entries, last) = entries(connection, id)?;
        if entries != size {
            found.push(format!(
                "journal {id} in {channel} has {entries} entries, not {size}"
            ));
        } else if last.is_some_and(|last| last.checked_add(1) != Some(size)) {
            found.push(format!("journal {id} in {channel} has a gap"));
        }
    }
    Ok(found)
}

fn entries(connection: &Connection, journal: i64) -> Sql<(u64, Option<u64>)> {
    let sql = "SELECT count(*), coalesce(max(position), 0) FROM leaves WHERE journal = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([journal], |row| Ok((count(row, 0)?, count(row, 1)?)))?;
    let (entries, last) = found;
    Ok((entries, (entries > 0).then_some(last)))
}

/// Each leaf that claims content has it, and no content is without a leaf.
fn contents(connection: &Connection) -> Sql<Vec<String>> {
    let number = |sql| connection.query_row(sql, [], |row| count(row, 0));
    let claimed = number("SELECT count(*) FROM leaves WHERE content IS NOT NULL")?;
    let found = number("SELECT count(*) FROM leaves JOIN contents ON contents.id = content")?;
    let held = number("SELECT count(*) FROM contents")?;
    if (claimed, claimed) == (found, held) {
        return Ok(Vec::new());
    }
    Ok(vec![format!(
        "{claimed} leaves claim content, {found} have it, {held} contents are held"
    )])
}
