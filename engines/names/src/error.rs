//! What is refused, with stable codes.

use std::fmt;

/// Why a name, a date or a line is not taken. The message repeats nothing of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No letter is in it.
    Empty,
    /// More characters than [`MAX_NAME_CHARS`](crate::MAX_NAME_CHARS).
    TooLong,
    /// A control character or a direction override is in it.
    Control,
    /// Not empty, YYYY, YYYY-MM or YYYY-MM-DD, or no day of the calendar.
    Date,
    /// Not the columns that were asked for, parted by tabulators.
    Columns,
    /// Not UTF-8.
    NotUtf8,
    /// The index has [`MAX_INDEX_NAMES`](crate::MAX_INDEX_NAMES) entries.
    Full,
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "E_NAME_EMPTY",
            Self::TooLong => "E_NAME_TOO_LONG",
            Self::Control => "E_NAME_CONTROL",
            Self::Date => "E_NAME_DATE",
            Self::Columns => "E_NAME_COLUMNS",
            Self::NotUtf8 => "E_NOT_UTF8",
            Self::Full => "E_NAME_INDEX_FULL",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the name has no letter",
            Self::TooLong => "the name has more than 400 characters",
            Self::Control => "the name holds a control character or a direction override",
            Self::Date => "write a birth date as YYYY, YYYY-MM or YYYY-MM-DD, or leave it empty",
            Self::Columns => "the line does not have the columns asked for, parted by tabulators",
            Self::NotUtf8 => "the text is not UTF-8",
            Self::Full => "the index holds ten million names",
        })
    }
}

impl std::error::Error for Error {}
