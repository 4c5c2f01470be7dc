//! What is refused, with stable codes.

/// Why an event is not written or a file not read. The message repeats nothing of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More bytes, lines, events, attendees or parameters than the named limit.
    #[error("more than the limit {0} allows")]
    Limit(&'static str),
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// A control character, or on writing a direction override.
    #[error("{0} holds a control character or a direction override")]
    Control(&'static str),
    /// Not `NAME;PARAMETER=value:value`.
    #[error("not a line of the form NAME;PARAMETER=value:value")]
    Line,
    /// Components that do not begin and end in each other, or not one `VCALENDAR` version 2.0.
    #[error("not one VCALENDAR of version 2.0 whose parts begin and end in order")]
    Structure,
    /// A property that must be there is not.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A property that may stand once stands twice.
    #[error("{0} stands twice")]
    Twice(&'static str),
    /// A value that is none of its kind.
    #[error("{0} has no valid value")]
    Value(&'static str),
    /// A time without a zone: it is another instant in each capital.
    #[error("{0} is a time without a zone")]
    Floating(&'static str),
    /// A time zone that is not in the tables.
    #[error("the time zone is not known")]
    Zone,
    /// The end is before the start.
    #[error("the end is before the start")]
    Order,
    /// An event that recurs, or one of a series.
    #[error("events that recur are not taken")]
    Recurring,
    /// What the method asks for is not as it should be.
    #[error("{0}")]
    Method(&'static str),
    /// Not a mail address in ASCII.
    #[error("{0} is not a mail address in ASCII letters")]
    Address(&'static str),
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Limit(_) => "E_ICAL_LIMIT",
            Self::NotUtf8 => "E_NOT_UTF8",
            Self::Control(_) => "E_ICAL_CONTROL",
            Self::Line => "E_ICAL_LINE",
            Self::Structure => "E_ICAL_STRUCTURE",
            Self::Missing(_) => "E_ICAL_MISSING",
            Self::Twice(_) => "E_ICAL_TWICE",
            Self::Value(_) => "E_ICAL_VALUE",
            Self::Floating(_) => "E_ICAL_FLOATING",
            Self::Zone => "E_ICAL_ZONE",
            Self::Order => "E_ICAL_ORDER",
            Self::Recurring => "E_ICAL_RECURRING",
            Self::Method(_) => "E_ICAL_METHOD",
            Self::Address(_) => "E_ICAL_ADDRESS",
        }
    }

    pub(crate) fn at(self, line: usize) -> ReadError {
        ReadError { line, error: self }
    }
}

/// Why a file is not read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {error}")]
pub struct ReadError {
    /// Line of the file, counted from 1 as it stands there, folded.
    pub line: usize,
    /// What is wrong.
    pub error: Error,
}

impl ReadError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.error.code()
    }
}
