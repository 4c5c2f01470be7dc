//! Migrations: numbered, checked against what ran before, each in one transaction, never
//! without a copy of what was there.

use std::fs::{self, File};
use std::path::Path;

use passerelle_store::Error;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use sha2::{Digest as _, Sha256};

use crate::failure::{Sql, from_io};
use crate::lock::{make_dir, sync_dir};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    /// Its number; the first is 1.
    pub(crate) number: u32,
    /// What it does.
    pub(crate) sql: &'static str,
}

impl Migration {
    fn checksum(&self) -> [u8; 32] {
        Sha256::digest(self.sql).into()
    }
}

/// What is left to run; only reads, so that a newer database stays as it is.
#[derive(Debug)]
pub(crate) struct Pending<'a> {
    steps: Vec<&'a Migration>,
    /// Whether there is something to keep a copy of.
    has_data: bool,
}

/// Compares the database with the migrations this program carries.
pub(crate) fn pending<'a>(connection: &Connection, list: &'a [Migration]) -> Sql<Pending<'a>> {
    let applied = applied(connection)?;
    let known = list.iter().map(|step| step.number).max().unwrap_or(0);
    let found = applied.iter().map(|(number, _)| *number).max().unwrap_or(0);
    if found > known {
        return Err(Error::NewerSchema { found, known }.into());
    }
    for (number, checksum) in &applied {
        let step = list.iter().find(|step| step.number == *number);
        if step.is_none_or(|step| step.checksum() != *checksum) {
            return Err(Error::MigrationAltered(*number).into());
        }
    }
    let steps = list.iter().filter(|step| step.number > found).collect();
    Ok(Pending {
        steps,
        has_data: found > 0,
    })
}

/// Runs what is pending; the copy goes to `before-<number>.sqlite` in `backup`.
pub(crate) fn run(connection: &mut Connection, backup: &Path, pending: &Pending<'_>) -> Sql<()> {
    if let (true, Some(first)) = (pending.has_data, pending.steps.first()) {
        keep_copy(connection, backup, first.number)?;
    }
    pending
        .steps
        .iter()
        .try_for_each(|step| run_one(connection, step))
}

fn applied(connection: &Connection) -> Sql<Vec<(u32, [u8; 32])>> {
    let table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
    let exists = connection.query_row(table, [], |_| Ok(())).optional()?;
    if exists.is_none() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare("SELECT number, checksum FROM migrations")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn run_one(connection: &mut Connection, step: &Migration) -> Sql<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (
             number INTEGER PRIMARY KEY,
             checksum BLOB NOT NULL
         ) STRICT;",
    )?;
    transaction.execute_batch(step.sql)?;
    let insert = "INSERT INTO migrations (number, checksum) VALUES (?1, ?2)";
    transaction.execute(insert, (step.number, step.checksum()))?;
    transaction.commit()?;
    Ok(())
}

/// Writes the copy beside its name first, so that a copy with that name is always whole.
fn keep_copy(connection: &Connection, backup: &Path, number: u32) -> Sql<()> {
    make_dir(backup)?;
    let unfinished = backup.join("unfinished.sqlite");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    let name = unfinished.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [name.as_ref()])?;
    File::open(&unfinished)
        .and_then(|file| file.sync_all())
        .map_err(io)?;
    let copy = backup.join(format!("before-{number}.sqlite"));
    fs::rename(&unfinished, copy).map_err(io)?;
    Ok(sync_dir(backup)?)
}

fn io(error: std::io::Error) -> crate::failure::Failure {
    from_io(&error).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Migration = Migration {
        number: 1,
        sql: "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);",
    };
    const TWO: Migration = Migration {
        number: 2,
        sql: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b SELECT x + 1 FROM a;",
    };

    struct Data {
        dir: tempfile::TempDir,
    }

    impl Data {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            Self { dir }
        }

        fn migrate(&self, list: &[Migration]) -> Result<(), Error> {
            let mut connection = self.open();
            let steps = pending(&connection, list).map_err(|failure| failure.error)?;
            let backup = self.dir.path().join("backup");
            run(&mut connection, &backup, &steps).map_err(|failure| failure.error)
        }

        fn open(&self) -> Connection {
            Connection::open(self.dir.path().join("store.sqlite")).unwrap()
        }

        fn tables(&self) -> Vec<String> {
            tables(&self.open())
        }
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn each_runs_once_and_a_copy_is_kept() {
        let data = Data::new();
        data.migrate(&[ONE]).unwrap();
        data.migrate(&[ONE]).unwrap();
        assert!(!data.dir.path().join("backup").exists());
        data.migrate(&[ONE, TWO]).unwrap();
        let sum: i64 = data
            .open()
            .query_row(
                "SELECT sum(x) FROM (SELECT x FROM a UNION ALL SELECT x FROM b)",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(sum, 3);
        let copy = data.dir.path().join("backup/before-2.sqlite");
        assert_eq!(
            tables(&Connection::open(copy).unwrap()),
            ["a", "migrations"]
        );
    }

    #[test]
    fn a_migration_that_stops_in_the_middle_leaves_the_old_schema() {
        let data = Data::new();
        data.migrate(&[ONE]).unwrap();
        let halfway = Migration {
            number: 2,
            sql: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO missing VALUES (1);",
        };
        assert_eq!(data.migrate(&[ONE, halfway]).unwrap_err().code(), "E_STORE");
        assert_eq!(data.tables(), ["a", "migrations"]);
        data.migrate(&[ONE, TWO]).unwrap();
        assert_eq!(data.tables(), ["a", "b", "migrations"]);
    }

    #[test]
    fn a_copy_that_was_cut_short_is_made_again() {
        let data = Data::new();
        data.migrate(&[ONE]).unwrap();
        let backup = data.dir.path().join("backup");
        fs::create_dir(&backup).unwrap();
        fs::write(backup.join("unfinished.sqlite"), b"half").unwrap();
        data.migrate(&[ONE, TWO]).unwrap();
        assert!(!backup.join("unfinished.sqlite").exists());
        assert!(backup.join("before-2.sqlite").exists());
    }

    #[test]
    fn an_altered_migration_is_refused() {
        let data = Data::new();
        data.migrate(&[ONE]).unwrap();
        let altered = Migration { sql: "", ..ONE };
        let refused = data.migrate(&[altered, TWO]);
        assert_eq!(refused, Err(Error::MigrationAltered(1)));
        assert_eq!(data.tables(), ["a", "migrations"]);
    }

    #[test]
    fn a_newer_database_is_not_touched() {
        let data = Data::new();
        data.migrate(&[ONE, TWO]).unwrap();
        let file = data.dir.path().join("store.sqlite");
        let before = fs::read(&file).unwrap();
        let refused = data.migrate(&[ONE]);
        assert_eq!(refused, Err(Error::NewerSchema { found: 2, known: 1 }));
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}
