//! CSV as a table, row by row: nothing after the first refusal is read.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};

use crate::formula::restored;
use crate::{
    Delimiter, Error, MAX_CELL_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROW_BYTES, MAX_ROWS,
};

/// Bytes from the start in which the headers' delimiter is looked for.
const HEAD_BYTES: u64 = 64 * 1024;
/// What the reader may take ahead of a row: one fill of its buffer.
const AHEAD_BYTES: usize = 8 * 1024;

/// Headers and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// One for each column; none empty, no two the same.
    pub headers: Vec<String>,
    /// Rows in the order of the file.
    pub rows: Vec<Vec<String>>,
}

/// Reads a table in UTF-8, with or without a byte order mark. The delimiter is the one among comma,
/// semicolon and tabulator that stands most often in the first line, outside quotes. Lines without
/// any character are passed over.
///
/// # Errors
/// The first thing that is wrong, with its row and column.
pub fn read(mut source: impl Read) -> Result<Table, Error> {
    let head = head_of(&mut source)?;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let meter = Meter::default();
    let metered = Metered {
        source: text.chain(source),
        meter: &meter,
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter_of(text).byte())
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(AHEAD_BYTES)
        .from_reader(metered);
    let mut table = Table::default();
    let mut record = ByteRecord::new();
    for row in 1_usize.. {
        meter.row.set(0);
        let more = reader.read_byte_record(&mut record);
        if !more.map_err(|_| meter.refusal(row))? {
            break;
        }
        if row == 1 {
            table.headers = headers(&record)?;
        } else if row > MAX_ROWS + 1 {
            return Err(Error::Rows);
        } else {
            table.rows.push(cells(&record, row, table.headers.len())?);
        }
    }
    if table.headers.is_empty() {
        return Err(Error::NoHeaders);
    }
    Ok(table)
}

impl Table {
    /// Whether it may be written, and would be read back.
    pub(crate) fn judge(&self) -> Result<(), Error> {
        judge_headers(&self.headers)?;
        if self.rows.len() > MAX_ROWS {
            return Err(Error::Rows);
        }
        for (index, cells) in self.rows.iter().enumerate() {
            judge_width(cells.len(), index + 2, self.headers.len())?;
            for (column, cell) in cells.iter().enumerate() {
                judge_cell(cell, index + 2, column + 1)?;
            }
        }
        Ok(())
    }
}

fn head_of(source: &mut impl Read) -> Result<Vec<u8>, Error> {
    let mut head = Vec::new();
    let mut start = source.take(HEAD_BYTES);
    start.read_to_end(&mut head).map_err(|_| Error::Source)?;
    Ok(head)
}

fn delimiter_of(text: &[u8]) -> Delimiter {
    let mut counts = [0_usize; 3];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => {
                let all = Delimiter::ALL.iter().zip(&mut counts);
                all.filter(|(one, _)| one.byte() == *other)
                    .for_each(|(_, n)| *n += 1);
            }
        }
    }
    // Of equal ones the rarer in headers; a comma where there is none at all.
    let all = Delimiter::ALL.iter().zip(counts);
    let most = all
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(_, count)| *count);
    most.map_or(Delimiter::Comma, |(one, _)| *one)
}

fn headers(record: &ByteRecord) -> Result<Vec<String>, Error> {
    let headers = cells(record, 1, record.len())?;
    judge_headers(&headers)?;
    Ok(headers)
}

fn cells(record: &ByteRecord, row: usize, expected: usize) -> Result<Vec<String>, Error> {
    judge_width(record.len(), row, expected)?;
    let mut cells = Vec::with_capacity(record.len());
    for (index, bytes) in record.iter().enumerate() {
        let column = index + 1;
        let text = std::str::from_utf8(bytes).map_err(|_| Error::NotUtf8 { row, column })?;
        let cell = restored(text);
        judge_cell(cell, row, column)?;
        cells.push(cell.to_owned());
    }
    Ok(cells)
}

fn judge_headers(headers: &[String]) -> Result<(), Error> {
    if headers.is_empty() {
        return Err(Error::NoHeaders);
    }
    judge_width(headers.len(), 1, headers.len())?;
    let mut known = BTreeMap::new();
    for (index, header) in headers.iter().enumerate() {
        let column = index + 1;
        judge_cell(header, 1, column)?;
        let name = header.trim().to_lowercase();
        if name.is_empty() {
            return Err(Error::EmptyHeader { column });
        }
        if let Some(first) = known.insert(name, column) {
            return Err(Error::SameHeader { column, first });
        }
    }
    Ok(())
}

fn judge_width(found: usize, row: usize, expected: usize) -> Result<(), Error> {
    if found > MAX_COLUMNS {
        return Err(Error::Columns);
    }
    if found != expected {
        let ragged = Error::Ragged {
            row,
            found,
            expected,
        };
        return Err(ragged);
    }
    Ok(())
}

fn judge_cell(cell: &str, row: usize, column: usize) -> Result<(), Error> {
    if cell.len() > MAX_CELL_BYTES {
        return Err(Error::CellSize { row, column });
    }
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if cell.contains(|c| steers(c) || turns(c)) {
        return Err(Error::Control { row, column });
    }
    Ok(())
}

/// How many bytes were taken from the source.
#[derive(Default)]
struct Meter {
    all: Cell<u64>,
    row: Cell<u64>,
}

impl Meter {
    fn is_over(&self) -> bool {
        self.all.get() > MAX_FILE_BYTES || self.row_is_over()
    }

    fn row_is_over(&self) -> bool {
        self.row.get() > MAX_ROW_BYTES + AHEAD_BYTES as u64
    }

    fn refusal(&self, row: usize) -> Error {
        if self.all.get() > MAX_FILE_BYTES {
            Error::FileSize
        } else if self.row_is_over() {
            Error::RowSize { row }
        } else {
            Error::Source
        }
    }
}

/// A source that fails when a row or the whole is too long, before it is kept in memory.
struct Metered<'a, R> {
    source: R,
    meter: &'a Meter,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let bytes = count as u64;
        self.meter
            .all
            .set(self.meter.all.get().saturating_add(bytes));
        self.meter
            .row
            .set(self.meter.row.get().saturating_add(bytes));
        if self.meter.is_over() {
            return Err(io::Error::other("over a limit"));
        }
        Ok(count)
    }
}
