//! A table as CSV.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::formula::neutral;
use crate::{Error, MAX_FILE_BYTES, MAX_ROW_BYTES, Table};

/// What parts cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, which spreadsheets expect where the comma parts decimals.
    Semicolon,
    /// A tabulator.
    Tab,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What parts cells.
    pub delimiter: Delimiter,
    /// Whether a byte order mark comes first, by which spreadsheets know UTF-8.
    pub mark: bool,
}

impl Default for Format {
    fn default() -> Self {
        Self {
            delimiter: Delimiter::default(),
            mark: true,
        }
    }
}

/// The table as CSV with CRLF. Every cell stands in quotes, so that a program which takes another
/// delimiter than ours still sees the same cells; formulas have an apostrophe before them.
///
/// # Errors
/// As [`read`](crate::read) would refuse it.
pub fn write(table: &Table, format: Format) -> Result<Vec<u8>, Error> {
    table.judge()?;
    let mut file = Vec::new();
    if format.mark {
        file.extend(b"\xef\xbb\xbf");
    }
    let mut writer = WriterBuilder::new()
        .delimiter(format.delimiter.byte())
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(file);
    let rows = std::iter::once(&table.headers).chain(&table.rows);
    for (index, row) in rows.enumerate() {
        let cells: Vec<_> = row.iter().map(|cell| neutral(cell)).collect();
        let bytes: usize = cells.iter().map(|cell| written_len(cell)).sum();
        if bytes as u64 > MAX_ROW_BYTES {
            return Err(Error::RowSize { row: index + 1 });
        }
        let cells = cells.iter().map(|cell| cell.as_bytes());
        writer.write_record(cells).map_err(|_| Error::Source)?;
    }
    let file = writer.into_inner().map_err(|_| Error::Source)?;
    if file.len() as u64 > MAX_FILE_BYTES {
        return Err(Error::FileSize);
    }
    Ok(file)
}

/// With its quotes, those inside it doubled, and what parts it from the next.
fn written_len(cell: &str) -> usize {
    cell.len() + cell.matches('"').count() + 3
}
