//! Connections and their settings.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::failure::Sql;
use crate::store::{Place, Synchronous};

/// How long a connection waits for another one of this process, such as a checkpoint.
pub(crate) const BUSY: Duration = Duration::from_secs(10);
/// More statements than the crate has, so that each is prepared once per connection.
const STATEMENTS: usize = 64;

/// Opens or makes the database file; changes nothing in it yet.
pub(crate) fn open_to_write(file: &Path) -> Sql<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    keep_statements(&connection)?;
    Ok(connection)
}

/// Settings of a connection that writes. Temporary data stays in memory, so that nothing
/// leaks into other folders.
pub(crate) fn configure_writer(connection: &Connection, synchronous: Synchronous) -> Sql<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192;
         PRAGMA wal_autocheckpoint = 0;",
    )?;
    connection.execute_batch(match synchronous {
        Synchronous::Full => "PRAGMA synchronous = FULL;",
        Synchronous::Off => "PRAGMA synchronous = OFF;",
    })?;
    Ok(())
}

/// A second connection that writes, for checkpoints; it waits for nobody.
pub(crate) fn checkpointer(place: &Place) -> Sql<Connection> {
    let connection = open_to_write(&place.file)?;
    configure_writer(&connection, place.synchronous)?;
    connection.busy_timeout(Duration::ZERO)?;
    Ok(connection)
}

/// A connection that can only read.
pub(crate) fn reader(place: &Place) -> Sql<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(&place.file, flags)?;
    keep_statements(&connection)?;
    connection.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

/// Plans must not depend on values that are bound: SQLite otherwise prepares a statement again
/// each time the parameter of its LIMIT is bound.
fn keep_statements(connection: &Connection) -> Sql<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
