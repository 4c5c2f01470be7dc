//! Columns and parameters in the words of the model.

use passerelle_model::{Digest, RecordId, UtcTime};
use rusqlite::{Error, Result, Row};

/// A number as a parameter; commits are checked to fit, and a larger one in a question finds
/// nothing, as the largest does.
pub(crate) fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A count of rows as a parameter.
pub(crate) fn limit(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A time as a parameter.
pub(crate) fn millis(time: UtcTime) -> i64 {
    whole(time.millis())
}

/// A number that is not negative.
pub(crate) fn count(row: &Row<'_>, column: usize) -> Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| Error::IntegralValueOutOfRange(column, value))
}

/// A time.
pub(crate) fn time(row: &Row<'_>, column: usize) -> Result<UtcTime> {
    count(row, column).map(UtcTime::from_millis)
}

/// A digest.
pub(crate) fn digest(row: &Row<'_>, column: usize) -> Result<Digest> {
    row.get(column).map(Digest::new)
}

/// A record, where there is one.
pub(crate) fn record(row: &Row<'_>, column: usize) -> Result<Option<RecordId>> {
    let bytes: Option<[u8; 16]> = row.get(column)?;
    Ok(bytes.map(RecordId::new))
}
