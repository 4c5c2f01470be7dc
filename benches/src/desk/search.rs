//! The words index beside FTS5 alone: a table of its own with the same texts in plain words,
//! asked for the newest page of the same questions.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use passerelle_names::fold_query;
use passerelle_store::{Token, WordQuery};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sha2::Sha256;
use tokio::sync::oneshot;

use super::text;
use super::world::{Size, World};
use crate::clock::{Stopwatch, nap};
use crate::report::{Goal, Report};

/// Rows of a page.
const PAGE: usize = 25;
/// Times each question is asked.
const TIMES: usize = 101;
/// Rows of one transaction while the plain index is made.
const BATCH: u64 = 50_000;

/// How often the parts of our index are looked at, and how often they must be the same.
const LOOK: Duration = Duration::from_millis(500);
const STILL: u32 = 6;

/// Questions in words.
const QUESTIONS: [(&str, &str); 5] = [
    ("rare word", text::RARE),
    ("common word", text::COMMON),
    ("two common words", "dossier frontière"),
    ("rare and common word", "zellige frontière"),
    ("Arabic word", text::ARABIC),
];

/// Times the same questions on both. Ours also keeps to what the officer may open and joins
/// each hit with its record; FTS5 alone gives row numbers. Ours is asked as a server has to,
/// through the pool of readers; FTS5 alone here in this thread, and, for comparison, through
/// a thread, and again after all of its parts were merged into one, which it never does by
/// itself.
pub(crate) async fn compare(world: &World, report: &mut Report) -> anyhow::Result<()> {
    let open = || anyhow::Ok((plain(&world.dir, world.size)?, merged(&world.dir)?));
    let (plain, merged) = tokio::task::block_in_place(open)?;
    let aside = Aside::start(&world.dir, world.size);
    let tokens = Tokens::new(world)?;
    settled(&world.dir.join("store").join("store.sqlite")).await?;
    for (name, question) in QUESTIONS {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let (mut handed, mut at_best) = (Vec::new(), Vec::new());
        let free = tokens.query(question, None);
        let kept = tokens.query(question, Some(super::world::UNITS[0]));
        let (mut found, mut all) = (0, 0);
        for _ in 0..TIMES {
            let clock = Stopwatch::start();
            found = world.store.search(kept.clone()).await?.len();
            ours.push(clock.elapsed());
            let clock = Stopwatch::start();
            all = tokio::task::block_in_place(|| rows(&plain, question))?;
            theirs.push(clock.elapsed());
            let clock = Stopwatch::start();
            let again = aside.rows(question).await?;
            handed.push(clock.elapsed());
            anyhow::ensure!(again == all, "{name}: {again} and {all} rows");
            let clock = Stopwatch::start();
            tokio::task::block_in_place(|| rows(&merged, question))?;
            at_best.push(clock.elapsed());
        }
        let same = world.store.search(free).await?.len();
        anyhow::ensure!(same == all && found <= all, "{name}: {same} and {all} rows");
        let (ours, theirs) = (super::at(&mut ours, 50), super::at(&mut theirs, 50));
        let ratio = format!("index, {name}, within need-to-know ÷ FTS5 alone");
        report.goal(&ratio, "", Goal::AtMost(2.0), ours / theirs);
        let handed = super::at(&mut handed, 50);
        let ratio = format!("index, {name}, the same ÷ FTS5 through a thread (reported)");
        report.goal(&ratio, "", Goal::None, ours / handed);
        let at_best = super::at(&mut at_best, 50);
        let ratio = format!("index, {name}, the same ÷ FTS5 alone, merged (reported)");
        report.goal(&ratio, "", Goal::None, ours / at_best);
        report.figure(&format!("index, {name}, p50"), "µs", ours);
        report.figure(&format!("FTS5 alone, {name}, p50"), "µs", theirs);
        report.figure(&format!("FTS5 through a thread, {name}, p50"), "µs", handed);
        report.figure(&format!("FTS5 alone, merged, {name}, p50"), "µs", at_best);
    }
    Ok(())
}

/// Waits until the node, which has nothing else to write, has merged what it merges when idle.
async fn settled(store: &Path) -> anyhow::Result<()> {
    let parts = || {
        let store = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let sql = "SELECT group_concat(part) FROM
                   (SELECT DISTINCT segid AS part FROM words_idx ORDER BY segid)";
        store.query_row(sql, [], |row| row.get::<_, Option<String>>(0))
    };
    let (mut before, mut quiet) = (parts()?, 0);
    while quiet < STILL {
        tokio::task::block_in_place(|| nap(LOOK));
        let now = parts()?;
        quiet = if now == before { quiet + 1 } else { 0 };
        before = now;
    }
    eprintln!("  parts of our index: {}", before.unwrap_or_default());
    Ok(())
}

type Asked = (String, oneshot::Sender<anyhow::Result<usize>>);

/// The plain index behind a thread. It ends when this is dropped.
struct Aside(mpsc::Sender<Asked>);

impl Aside {
    fn start(dir: &Path, size: Size) -> Self {
        let (questions, asked) = mpsc::channel::<Asked>();
        let dir = dir.to_owned();
        std::thread::spawn(move || {
            let plain = plain(&dir, size);
            while let Ok((question, answer)) = asked.recv() {
                let found = match &plain {
                    Ok(plain) => rows(plain, &question),
                    Err(error) => Err(anyhow::anyhow!("{error:#}")),
                };
                // Whoever asked may have gone.
                let _ = answer.send(found);
            }
        });
        Self(questions)
    }

    async fn rows(&self, question: &str) -> anyhow::Result<usize> {
        let (answer, answered) = oneshot::channel();
        self.0.send((question.to_owned(), answer))?;
        answered.await?
    }
}

fn rows(plain: &Connection, question: &str) -> anyhow::Result<usize> {
    let sql = "SELECT rowid FROM plain WHERE plain MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    let mut statement = plain.prepare_cached(sql)?;
    let mut rows = statement.query((question, PAGE as i64))?;
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// The plain index with all of its parts merged into one.
fn merged(dir: &Path) -> anyhow::Result<Connection> {
    let file = dir.join("merged.sqlite");
    if !file.exists() {
        let making = dir.join("merging.sqlite");
        std::fs::copy(dir.join("plain.sqlite"), &making)?;
        let connection = Connection::open(&making)?;
        connection.execute_batch(
            "INSERT INTO plain (plain) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE);",
        )?;
        drop(connection);
        std::fs::rename(making, &file)?;
    }
    let connection = Connection::open(file)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// The plain index over the texts of a world; made where it is not there yet.
fn plain(dir: &Path, size: Size) -> anyhow::Result<Connection> {
    let connection = Connection::open(dir.join("plain.sqlite"))?;
    // As our own store does.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
    let made = connection.prepare("SELECT 1 FROM plain_done");
    if made.is_ok() {
        drop(made);
        return Ok(connection);
    }
    drop(made);
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS plain USING fts5(text, tokenize = 'unicode61');
         DELETE FROM plain;",
    )?;
    let (mut next, records) = (0, size.written());
    while next < records {
        let end = records.min(next + BATCH);
        connection.execute_batch("BEGIN")?;
        for number in next..end {
            let (subject, text) = text::of(number, size.records);
            connection
                .prepare_cached("INSERT INTO plain (rowid, text) VALUES (?1, ?2)")?
                .execute((i64::try_from(number)?, format!("{subject}\n{text}")))?;
        }
        connection.execute_batch("COMMIT")?;
        next = end;
    }
    connection
        .execute_batch("CREATE TABLE plain_done (yes INTEGER); PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(connection)
}

/// Tokens as the node makes them: it gives them to nobody, so the bench derives them from the
/// keyring of its own world. That the same records are found shows that they are right.
struct Tokens(zeroize::Zeroizing<[u8; 32]>);

impl Tokens {
    fn new(world: &World) -> anyhow::Result<Self> {
        Ok(Self(world.keyring()?.store().derive("search/words/1")))
    }

    fn query(&self, question: &str, unit: Option<&str>) -> WordQuery {
        let token = |field: &str, word: &str| self.token(field, word).unwrap_or(Token(0));
        let groups: Vec<Vec<Token>> = fold_query(question)
            .iter()
            .map(|words| words.iter().map(|word| token("word", word)).collect())
            .collect();
        let mine = unit.map(|unit| vec![token("unit", unit), token("named", "o-officer")]);
        WordQuery {
            groups,
            within: mine.into_iter().collect(),
            limit: PAGE,
            ..WordQuery::default()
        }
    }

    fn token(&self, field: &str, word: &str) -> anyhow::Result<Token> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice())?;
        for part in [field.as_bytes(), &[0], word.as_bytes()] {
            mac.update(part);
        }
        let bytes = mac.finalize().into_bytes();
        let first = bytes.first_chunk::<8>().context("eight bytes")?;
        Ok(Token(u64::from_be_bytes(*first)))
    }
}
