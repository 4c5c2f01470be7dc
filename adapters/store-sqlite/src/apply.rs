//! One commit as SQL, inside the writer's transaction. Whatever is refused here is rolled
//! back by the writer, so that nothing has to be undone.

use passerelle_model::{PartyId, RecordId};
use passerelle_store::{
    Append, BlobNeed, Commit, Cosigned, Entry, Erasure, Head, Held, IdempotencyKey, Journal, Put,
    StatementRow, Tile,
};
use rusqlite::{Connection, OptionalExtension};

use crate::failure::{Failure, Sql, conflict};
use crate::row::{millis, whole};

/// Writes a commit that passed `check_commit`.
pub(crate) fn commit(connection: &Connection, commit: &Commit) -> Sql<()> {
    let step = Step { connection };
    commit
        .appends
        .iter()
        .try_for_each(|append| step.append(append))?;
    commit
        .heads
        .iter()
        .try_for_each(|(journal, head)| step.head(journal, head))?;
    commit
        .cosigned
        .iter()
        .try_for_each(|row| step.cosigned(row))?;
    commit
        .statements
        .iter()
        .try_for_each(|row| step.statement(row))?;
    commit.needs.iter().try_for_each(|need| step.need(need))?;
    for blob in &commit.complete {
        step.run(
            "UPDATE needs SET complete = 1 WHERE blob = ?1 AND complete = 0",
            [blob.as_bytes()],
        )?;
    }
    commit
        .idempotency
        .iter()
        .try_for_each(|(key, record)| step.idempotency(key, *record))?;
    commit.puts.iter().try_for_each(|put| step.put(put))?;
    crate::words::index(connection, &commit.words)?;
    commit
        .erasures
        .iter()
        .try_for_each(|erasure| step.erase(erasure))
}

struct Step<'a> {
    connection: &'a Connection,
}

/// A journal's row, as far as writing looks at it.
struct Known {
    id: i64,
    party: i64,
    size: u64,
    root: Option<passerelle_model::Digest>,
}

impl Step<'_> {
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Sql<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(values)?)
    }

    fn append(&self, append: &Append) -> Sql<()> {
        let journal = self.open(&append.journal)?;
        if journal.size != append.expected_size {
            return Err(conflict("the journal has another size"));
        }
        append
            .entries
            .iter()
            .try_for_each(|entry| self.entry(&journal, entry))?;
        append
            .tiles
            .iter()
            .try_for_each(|tile| self.tile(journal.id, tile))?;
        self.set_head(journal.id, &append.head)
    }

    fn entry(&self, journal: &Known, entry: &Entry) -> Sql<()> {
        let (record, time, erased, content) = match &entry.held {
            Held::LeafOnly => (None, None, None, None),
            Held::Erased { at, record } => (record.as_ref(), Some(*at), Some(*at), None),
            Held::Content { record, time, .. } => {
                let content = self.content(&entry.held)?;
                (record.as_ref(), Some(*time), None, content)
            }
        };
        self.run(
            "INSERT INTO leaves (journal, position, party, commitment, record, time, erased,
                                 content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                journal.id,
                whole(entry.index),
                journal.party,
                entry.commitment.as_bytes(),
                record.map(RecordId::as_bytes),
                time.map(millis),
                erased.map(millis),
                content,
            ),
        )
        .map(drop)
        .map_err(|failure| known_already(failure, "a record that is held already"))
    }

    fn content(&self, held: &Held) -> Sql<Option<i64>> {
        let Held::Content {
            salt,
            envelope,
            content_key,
            ..
        } = held
        else {
            return Ok(None);
        };
        let sql = "INSERT INTO contents (salt, content_key, envelope) VALUES (?1, ?2, ?3)";
        self.run(sql, (salt.as_bytes(), content_key, envelope))?;
        Ok(Some(self.connection.last_insert_rowid()))
    }

    fn tile(&self, journal: i64, tile: &Tile) -> Sql<()> {
        let sql = "INSERT INTO tiles (journal, level, position, root) VALUES (?1, ?2, ?3, ?4)";
        let root = tile.root.as_bytes();
        self.run(sql, (journal, tile.level, whole(tile.index), root))?;
        Ok(())
    }

    fn head(&self, journal: &Journal, head: &Head) -> Sql<()> {
        let known = self.open(journal)?;
        if known.size != head.size {
            return Err(conflict("a head of another size"));
        }
        if known.root.is_some_and(|root| root != head.root) {
            return Err(conflict("another root at the same size"));
        }
        self.set_head(known.id, head)
    }

    fn set_head(&self, journal: i64, head: &Head) -> Sql<()> {
        let sql = "UPDATE journals SET size = ?2, root = ?3, frontier = ?4, checkpoint = ?5
                   WHERE id = ?1";
        let root = head.root.as_bytes();
        self.run(
            sql,
            (
                journal,
                whole(head.size),
                root,
                &head.frontier,
                &head.checkpoint,
            ),
        )?;
        Ok(())
    }

    fn cosigned(&self, row: &Cosigned) -> Sql<()> {
        let journal = self.known(&row.journal)?;
        let journal = journal.filter(|journal| row.size <= journal.size);
        let journal = journal.ok_or_else(|| conflict("a co-signature beyond the journal"))?;
        let party = self.party(&row.by)?;
        self.run(
            "INSERT OR REPLACE INTO cosigned (journal, party, size, time, note)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                journal.id,
                party,
                whole(row.size),
                millis(row.time),
                &row.note,
            ),
        )?;
        Ok(())
    }

    fn statement(&self, row: &StatementRow) -> Sql<()> {
        let journal = self.open(&row.journal)?.id;
        let party = self.party(&row.by)?;
        let time = millis(row.time);
        self.run(
            "INSERT INTO statements (journal, position, party, batch, line, time, said, code)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                journal,
                whole(row.index),
                party,
                whole(row.batch),
                row.position,
                time,
                &row.said,
                &row.code,
            ),
        )
        .map(drop)
        .map_err(|failure| known_already(failure, "a statement that is held already"))
    }

    fn need(&self, need: &BlobNeed) -> Sql<()> {
        let missing = || conflict("a blob for an entry without content");
        let journal = self.known(&need.journal)?.ok_or_else(missing)?.id;
        let sql = "SELECT content IS NOT NULL FROM leaves WHERE journal = ?1 AND position = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let content = statement.query_row((journal, whole(need.index)), |row| row.get(0));
        if content.optional()? != Some(true) {
            return Err(missing());
        }
        let blob = need.blob.as_bytes();
        self.run(
            "INSERT OR IGNORE INTO needs (journal, position, blob, bytes, complete)
             VALUES (?1, ?2, ?3, ?4, EXISTS (SELECT 1 FROM needs WHERE blob = ?3 AND complete))",
            (journal, whole(need.index), blob, whole(need.bytes)),
        )?;
        if need.complete {
            self.run(
                "UPDATE needs SET complete = 1 WHERE blob = ?1 AND complete = 0",
                [blob],
            )?;
        }
        Ok(())
    }

    fn idempotency(&self, key: &IdempotencyKey, record: RecordId) -> Sql<()> {
        let sql = "SELECT record FROM idempotency WHERE key = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let known = statement.query_row([key.as_bytes()], |row| row.get(0));
        match known.optional()?.map(RecordId::new) {
            Some(known) if known != record => Err(conflict("an idempotency key of another record")),
            Some(_) => Ok(()),
            None => {
                let sql = "INSERT INTO idempotency (key, record) VALUES (?1, ?2)";
                self.run(sql, (key.as_bytes(), record.as_bytes())).map(drop)
            }
        }
    }

    fn put(&self, put: &Put) -> Sql<()> {
        let sql = "SELECT version FROM documents WHERE kind = ?1 AND key = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let held = statement.query_row((put.kind, &put.key), |row| row.get(0));
        let version: i64 = held.optional()?.unwrap_or(0);
        if put
            .expected
            .is_some_and(|expected| whole(expected) != version)
        {
            return Err(conflict("the document has another version"));
        }
        match &put.bytes {
            Some(bytes) => self.run(
                "INSERT INTO documents (kind, key, version, bytes) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT DO UPDATE SET version = version + 1, bytes = excluded.bytes",
                (put.kind, &put.key, bytes),
            ),
            None => self.run(
                "DELETE FROM documents WHERE kind = ?1 AND key = ?2",
                (put.kind, &put.key),
            ),
        }?;
        Ok(())
    }

    fn erase(&self, erasure: &Erasure) -> Sql<()> {
        let missing = || conflict("an erasure of an entry that is not held");
        let journal = self.known(&erasure.journal)?.ok_or_else(missing)?;
        if erasure.index >= journal.size {
            return Err(missing());
        }
        let leaf = (journal.id, whole(erasure.index));
        self.run(
            "DELETE FROM contents WHERE id =
                 (SELECT content FROM leaves WHERE journal = ?1 AND position = ?2)",
            leaf,
        )?;
        self.run(
            "UPDATE leaves SET erased = ?3, content = NULL
             WHERE journal = ?1 AND position = ?2 AND content IS NOT NULL",
            (leaf.0, leaf.1, millis(erasure.at)),
        )?;
        let sql = "DELETE FROM needs WHERE journal = ?1 AND position = ?2";
        self.run(sql, leaf)?;
        crate::words::remove(self.connection, leaf.0, leaf.1)?;
        Ok(())
    }

    fn known(&self, journal: &Journal) -> Sql<Option<Known>> {
        let sql = "SELECT id, party, size, root FROM journals
                   WHERE party = (SELECT id FROM parties WHERE name = ?1) AND channel = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let names = (journal.party.as_str(), journal.channel.as_str());
        let known = statement.query_row(names, |row| {
            Ok(Known {
                id: row.get(0)?,
                party: row.get(1)?,
                size: crate::row::count(row, 2)?,
                root: row
                    .get::<_, Option<[u8; 32]>>(3)?
                    .map(passerelle_model::Digest::new),
            })
        });
        Ok(known.optional()?)
    }

    fn open(&self, journal: &Journal) -> Sql<Known> {
        if let Some(known) = self.known(journal)? {
            return Ok(known);
        }
        let party = self.party(&journal.party)?;
        let sql = "INSERT INTO journals (channel, party) VALUES (?1, ?2)";
        self.run(sql, (journal.channel.as_str(), party))?;
        Ok(Known {
            id: self.connection.last_insert_rowid(),
            party,
            size: 0,
            root: None,
        })
    }

    fn party(&self, party: &PartyId) -> Sql<i64> {
        let sql = "SELECT id FROM parties WHERE name = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let known = statement.query_row([party.as_str()], |row| row.get(0));
        if let Some(id) = known.optional()? {
            return Ok(id);
        }
        self.run("INSERT INTO parties (name) VALUES (?1)", [party.as_str()])?;
        Ok(self.connection.last_insert_rowid())
    }
}

/// The engine's words for a broken unique key, in ours.
fn known_already(failure: Failure, why: &str) -> Failure {
    if failure.is_refusal() {
        conflict(why)
    } else {
        failure
    }
}
