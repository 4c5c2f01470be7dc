//! A series of an indicator as a file: what is not known stays empty.

use passerelle_group::{IndicatorTerms, Series};
use passerelle_tables::{Format, Table, write};

use crate::Error;

/// CSV, one line for each value that counts, oldest first, under English column names. A target
/// or a value that was not given is an empty cell, never a filler. Where a whole is computed from
/// parts it is the last line, and says `partial: 2 of 3` where parts are missing.
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
    let mut rows: Vec<Vec<String>> = series.values.iter().map(row).collect();
    rows.extend(series.from_parts.map(|whole| {
        let mut cells = vec![String::new(); heads.len()];
        let standing = match series.partial() {
            Some((known, of)) => format!("partial: {known} of {of}"),
            None => "whole".to_owned(),
        };
        let filled = [
            (0, terms.code.to_string()),
            (1, terms.unit.to_string()),
            (5, number(Some(whole.into_value()))),
            (8, standing),
        ];
        for (at, text) in filled {
            if let Some(cell) = cells.get_mut(at) {
                *cell = text;
            }
        }
        cells
    }));
    let table = Table {
        headers: heads.map(str::to_owned).into(),
        rows,
    };
    write(&table, Format::default()).map_err(|error| Error::Input(error.to_string()))
}
