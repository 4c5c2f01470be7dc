//! What is refused, with stable codes.

/// Why a table is not taken, and where: rows and columns are counted from 1, the headers are row
/// 1. The message repeats nothing of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More than [`MAX_ROWS`](crate::MAX_ROWS) rows below the headers.
    #[error("the table has more than 100,000 rows; give it in parts")]
    Rows,
    /// More than [`MAX_COLUMNS`](crate::MAX_COLUMNS) columns.
    #[error("the table has more than 200 columns")]
    Columns,
    /// More bytes than [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES).
    #[error("the file is larger than 64 MiB; give it in parts")]
    FileSize,
    /// A row of more than [`MAX_ROW_BYTES`](crate::MAX_ROW_BYTES); often a quote that is never closed.
    #[error("row {row} is longer than 1 MiB; a quote may not be closed")]
    RowSize {
        /// The row.
        row: usize,
    },
    /// A cell of more than [`MAX_CELL_BYTES`](crate::MAX_CELL_BYTES).
    #[error("row {row}, column {column}: the cell is longer than 32 KiB")]
    CellSize {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// No line of headers.
    #[error("the table has no line of headers")]
    NoHeaders,
    /// A column without a header.
    #[error("row 1, column {column}: the header is empty")]
    EmptyHeader {
        /// The column.
        column: usize,
    },
    /// Two columns with one header.
    #[error("row 1, column {column}: the header is the same as that of column {first}")]
    SameHeader {
        /// The later column.
        column: usize,
        /// The earlier one.
        first: usize,
    },
    /// A row with more or fewer cells than there are headers, as merged cells give.
    #[error("row {row} has {found} cells and {expected} headers; merged cells are not taken")]
    Ragged {
        /// The row.
        row: usize,
        /// Its cells.
        found: usize,
        /// The headers.
        expected: usize,
    },
    /// Not UTF-8.
    #[error("row {row}, column {column}: the text is not UTF-8; save the table as CSV UTF-8")]
    NotUtf8 {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A control character other than a tabulator or line break, or a direction override.
    #[error("row {row}, column {column}: a control character or a direction override")]
    Control {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// The source of the bytes failed.
    #[error("the table could not be read or written to its end")]
    Source,
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rows => "E_TABLE_ROWS",
            Self::Columns => "E_TABLE_COLUMNS",
            Self::FileSize => "E_TABLE_SIZE",
            Self::RowSize { .. } => "E_TABLE_ROW_SIZE",
            Self::CellSize { .. } => "E_TABLE_CELL",
            Self::NoHeaders => "E_TABLE_NO_HEADERS",
            Self::EmptyHeader { .. } => "E_TABLE_EMPTY_HEADER",
            Self::SameHeader { .. } => "E_TABLE_SAME_HEADER",
            Self::Ragged { .. } => "E_TABLE_RAGGED",
            Self::NotUtf8 { .. } => "E_NOT_UTF8",
            Self::Control { .. } => "E_TABLE_CONTROL",
            Self::Source => "E_TABLE_SOURCE",
        }
    }
}
