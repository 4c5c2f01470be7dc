//! What SQLite reports, in the words of the store.

use passerelle_store::Error;
use rusqlite::ErrorCode;

/// Result of code that talks to SQLite.
pub(crate) type Sql<T> = Result<T, Failure>;

/// A storage error, and whether the file itself failed to read or write.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) io: bool,
}

impl Failure {
    /// Whether only the command at hand is refused, not those gathered with it.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.error, Error::Conflict(_) | Error::TooLarge(_))
    }
}

/// The command meets another state than it expected.
pub(crate) fn conflict(why: &str) -> Failure {
    Error::Conflict(why.to_owned()).into()
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, io: false }
    }
}

/// Text that was checked before it was stored no longer reads.
impl From<passerelle_model::Error> for Failure {
    fn from(error: passerelle_model::Error) -> Self {
        Error::Corrupt(error.to_string()).into()
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let said = error.to_string();
        let io = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
        let error = match error.sqlite_error_code() {
            Some(code) => by_code(code, said),
            None => by_kind(&error, said),
        };
        Self { error, io }
    }
}

fn by_code(code: ErrorCode, said: String) -> Error {
    match code {
        ErrorCode::ConstraintViolation => Error::Conflict(said),
        ErrorCode::DiskFull => Error::DiskFull,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Error::ReadOnly,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Error::Corrupt(said),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::InUse,
        ErrorCode::TooBig => Error::TooLarge(said),
        _ => Error::Io(said),
    }
}

fn by_kind(error: &rusqlite::Error, said: String) -> Error {
    match error {
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..) => Error::Corrupt(said),
        _ => Error::Io(said),
    }
}

/// What the file system reports.
pub(crate) fn from_io(error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Error::ReadOnly,
        _ => Error::Io(error.to_string()),
    }
}
