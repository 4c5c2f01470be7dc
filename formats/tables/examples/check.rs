//! Reads CSV from standard input, says which columns and cells would hold persons, and writes the
//! table back: `cargo run -p passerelle-tables --example check < table.csv`.

use std::io::{self, Write as _};

use passerelle_tables::{Format, person_columns, person_traces, read, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table = read(io::stdin().lock())?;
    for hit in person_columns(&table.headers) {
        eprintln!("{hit}");
    }
    for (index, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            for trace in person_traces(cell) {
                let (row, column) = (index + 2, column + 1);
                eprintln!(
                    "row {row}, column {column}: may hold {}",
                    trace.holds.as_str()
                );
            }
        }
    }
    io::stdout().write_all(&write(&table, Format::default())?)?;
    Ok(())
}
