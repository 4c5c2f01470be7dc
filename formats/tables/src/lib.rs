//! Tables as CSV: what is written is what is read back; and whether a table or a text holds
//! persons where none belong.
//!
//! **In scope**: CSV (RFC 4180) in UTF-8, parted by commas, semicolons or tabulators, with one
//! line of headers; cells that a spreadsheet would run as formulas; columns whose header says
//! that they hold data of single persons, and traces of persons in free text (rules G38 and G41),
//! in French, Dutch, Arabic, English and Spanish. **Out of scope**: what the columns mean, other
//! encodings, files of spreadsheet programs, deciding what is done about a hit.
//!
//! ```
//! use passerelle_tables::{Format, Table, person_columns, read, write};
//!
//! let table = read("Projet;Réalisé\n\"Santé; Rabat\";'=1+1\n".as_bytes())?;
//! assert_eq!(table.rows, [["Santé; Rabat", "=1+1"]]);
//! assert_eq!(read(write(&table, Format::default())?.as_slice())?, table);
//! assert!(person_columns(&table.headers).is_empty());
//!
//! let hits = person_columns(&["Nom du projet", "Date de naissance"]);
//! assert_eq!(hits[0].column, 2);
//! # Ok::<(), passerelle_tables::Error>(())
//! ```

mod columns;
mod error;
mod formula;
mod read;
mod traces;
mod words;
mod write;

pub use columns::{Hit, Holds, person_columns};
pub use error::Error;
pub use read::{Table, read};
pub use traces::{Trace, person_traces};
pub use write::{Delimiter, Format, write};

/// Most rows below the headers.
pub const MAX_ROWS: usize = 100_000;
/// Most columns.
pub const MAX_COLUMNS: usize = 200;
/// Longest cell, in bytes of UTF-8.
pub const MAX_CELL_BYTES: usize = 32 * 1024;
/// Longest row as it stands in the file, in bytes (1 MiB).
pub const MAX_ROW_BYTES: u64 = 1024 * 1024;
/// Largest file (64 MiB).
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Longest text that is looked through for traces, in bytes; the rest is not read.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// Most traces that are told.
pub const MAX_TRACES: usize = 200;
