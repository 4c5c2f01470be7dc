//! A series of an indicator as a file: what is not known stays empty.

use passerelle_group::{IndicatorTerms, Series};
use passerelle_tables::{Format, Table, write};

use crate::Error;

/// CSV, one line for each value that counts, oldest first, under English column names. A target
/// or a value that was not given is an empty cell, never a filler.
///
/// # Errors
/// Where a cell is larger than a table takes.
pub fn series_csv(terms: &IndicatorTerms, series: &Series) -> Result<Vec<u8>, Error> {
    let heads = [
        "code", "unit", "from", "until", "target", "actual", "source", "reporter", "standing",
    ];
    let number = |value: Option<passerelle_group::Decimal>| {
        value.map_or_else(String::new, |value| value.to_string())
    };
    let row = |value: &passerelle_group::Measured| {
        vec![
            terms.code.to_string(),
            terms.unit.to_string(),
            value.period.from.to_string(),
            value.period.until.to_string(),
            number(value.period.target),
            number(value.period.actual),
            value.period.source.to_string(),
            value.stamp.by.to_string(),
            value.standing.value().to_string(),
        ]
    };
    let table = Table {
        headers: heads.map(str::to_owned).into(),
        rows: series.values.iter().map(row).collect(),
    };
    write(&table, Format::default()).map_err(|error| Error::Input(error.to_string()))
}
