//! Looking words up. The newest entry is in the first row, so that FTS5 walks its lists forwards
//! and the limit ends the walk; what only narrows is looked at hit by hit, because a list of half of all records costs
//! more than the few hits it is held against.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use passerelle_model::RecordId;
use passerelle_store::{EntryRef, Found, Journal, Token, WordQuery};
use rusqlite::{Connection, Row};

use super::{place_in, row_of, word};
use crate::failure::Sql;
use crate::row::{count, limit, time};

/// Hits that are looked at one by one. Where they do not fill the page, hardly any of them
/// passes, and then lists are the faster way.
const PROBED: usize = 256;
/// Longest text of tokens that is read to look at one hit, in bytes.
const MAX_PROBED_BYTES: i64 = 64 * 1024;
/// Bytes of a token and the space after it, as `text` writes them.
const STRIDE: usize = 18;

/// The names of journals by their rows, read once each: no row ever changes or goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journals(Arc<Mutex<BTreeMap<i64, Journal>>>);

impl Journals {
    fn named(&self, connection: &Connection, id: i64) -> Sql<Journal> {
        let known = self.known().get(&id).cloned();
        known.map_or_else(|| self.learn(connection, id), Ok)
    }

    fn learn(&self, connection: &Connection, id: i64) -> Sql<Journal> {
        let sql = "SELECT channel, name FROM journals
                   JOIN parties ON parties.id = journals.party WHERE journals.id = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let names = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
        let (channel, party): (String, String) = names?;
        let journal = Journal::new(&channel.parse()?, &party.parse()?);
        self.known().insert(id, journal.clone());
        Ok(journal)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<i64, Journal>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page of entries, newest release first. Its two statements need not see the same moment:
/// the second goes on below the place that the first came to.
pub(crate) fn search(
    connection: &Connection,
    journals: &Journals,
    query: &WordQuery,
) -> Sql<Vec<Found>> {
    let mut page = Page {
        connection,
        journals,
        query,
        found: Vec::new(),
        next: query.after.map_or(i64::MIN, row_of),
    };
    let done = page.probe()?;
    if !done {
        page.walk()?;
    }
    Ok(page.found)
}

struct Page<'a> {
    connection: &'a Connection,
    journals: &'a Journals,
    query: &'a WordQuery,
    found: Vec<Found>,
    /// Every row up to this one was looked at.
    next: i64,
}

impl Page<'_> {
    /// Looks at the first hits of the words alone; whether that was all there is, or is wanted.
    fn probe(&mut self) -> Sql<bool> {
        let query = self.query;
        if query.within.is_empty() {
            return Ok(false);
        }
        let within: Vec<Vec<String>> = query
            .within
            .iter()
            .map(|group| group.iter().map(word).collect())
            .collect();
        let sql = "SELECT worded.id, journal, position, record, time,
                          octet_length(worded.tokens) <= ?4, worded.tokens
                   FROM words JOIN worded ON worded.id = words.rowid
                   WHERE words MATCH ?1 AND words.rowid > ?2 AND words.rowid <= ?5
                   ORDER BY words.rowid LIMIT ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let words = expression(&query.groups, &query.none);
        let mut rows = statement.query((
            words,
            self.next,
            limit(PROBED),
            MAX_PROBED_BYTES,
            self.since(),
        ))?;
        let mut left = PROBED;
        while self.found.len() < query.limit {
            let Some(row) = rows.next()? else {
                return Ok(left > 0);
            };
            if !row.get::<_, bool>(5)? {
                return Ok(false);
            }
            let held = row.get_ref(6)?.as_bytes().map_err(rusqlite::Error::from)?;
            let holds = |group: &Vec<String>| group.iter().any(|token| holds(held, token));
            if within.iter().all(holds) {
                self.take(row)?;
            }
            self.next = row.get(0)?;
            left -= 1;
        }
        Ok(true)
    }

    /// The rest, by lists alone.
    fn walk(&mut self) -> Sql<()> {
        let sql = "SELECT worded.id, journal, position, record, time
                   FROM words JOIN worded ON worded.id = words.rowid
                   WHERE words MATCH ?1 AND words.rowid > ?2 AND words.rowid <= ?4
                   ORDER BY words.rowid LIMIT ?3";
        let groups = self.query.groups.iter().chain(&self.query.within);
        let words = expression(groups, &self.query.none);
        let wanted = limit(self.query.limit - self.found.len());
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((words, self.next, wanted, self.since()))?;
        while let Some(row) = rows.next()? {
            self.take(row)?;
        }
        Ok(())
    }

    fn since(&self) -> i64 {
        self.query.since.map_or(i64::MAX, row_of)
    }

    fn take(&mut self, row: &Row<'_>) -> Sql<()> {
        let entry = EntryRef {
            journal: self.journals.named(self.connection, row.get(1)?)?,
            index: count(row, 2)?,
            record: RecordId::new(row.get(3)?),
            time: time(row, 4)?,
            erased: false,
        };
        let place = place_in(row, 0)?;
        self.found.push(Found { place, entry });
        Ok(())
    }
}

/// Whether `held`, which is sorted, has this token.
fn holds(held: &[u8], token: &str) -> bool {
    let (tokens, _) = held.as_chunks::<STRIDE>();
    let only = |one: &[u8; STRIDE]| one.get(..STRIDE - 1).cmp(&Some(token.as_bytes()));
    tokens.binary_search_by(only).is_ok()
}

/// The query in FTS5's own words; tokens are hexadecimal, so nothing has to be quoted.
fn expression<'a>(groups: impl IntoIterator<Item = &'a Vec<Token>>, none: &[Token]) -> String {
    let any = |tokens: &[Token]| {
        let words: Vec<String> = tokens.iter().map(word).collect();
        format!("({})", words.join(" OR "))
    };
    let groups: Vec<String> = groups.into_iter().map(|group| any(group)).collect();
    let mut out = groups.join(" AND ");
    if !none.is_empty() {
        out = format!("({out}) NOT {}", any(none));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::text;

    #[test]
    fn expressions_are_plain() {
        let groups = [vec![Token(1), Token(2)], vec![Token(3)]];
        assert_eq!(
            expression(&groups, &[Token(4)]),
            "((w0000000000000001 OR w0000000000000002) AND (w0000000000000003)) \
             NOT (w0000000000000004)"
        );
    }

    #[test]
    fn tokens_are_found_in_what_is_kept_of_an_entry() {
        let kept = text(&[Token(u64::MAX), Token(0), Token(0xa0), Token(7)]);
        for held in [0, 7, 0xa0, u64::MAX] {
            assert!(holds(kept.as_bytes(), &word(&Token(held))), "{held}");
        }
        for other in [1, 8, 0xa1, u64::MAX - 1] {
            assert!(!holds(kept.as_bytes(), &word(&Token(other))), "{other}");
        }
        assert!(!holds(b"", &word(&Token(0))));
    }
}
