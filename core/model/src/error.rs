//! What can be wrong with a word, a name, a date or a document of the model.

/// A value that the model does not admit. The message may be shown to the person who typed
/// it; it repeats at most a short, escaped piece of the input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An identifier with a character or a length that its kind does not allow.
    #[error("{what} \"{found}\" is not valid: {why}")]
    Identifier {
        /// Kind of identifier.
        what: &'static str,
        /// What was given, shortened and escaped.
        found: String,
        /// The rule it breaks.
        why: &'static str,
    },
    /// A word outside a closed list.
    #[error("\"{found}\" is not a known {list}")]
    UnknownWord {
        /// Which list.
        list: &'static str,
        /// What was given, shortened and escaped.
        found: String,
    },
    /// A byte string of the wrong length.
    #[error("{what} has {expected} bytes, not {found}")]
    Bytes {
        /// Which value.
        what: &'static str,
        /// Bytes expected.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// Text that is too long, not in NFC, or holds characters that may not stand there.
    #[error("{what}: {why}")]
    Text {
        /// Which text.
        what: &'static str,
        /// The rule it breaks.
        why: String,
    },
    /// Not a date or a time.
    #[error("\"{0}\" is not a date of the form YYYY-MM-DD")]
    Date(String),
    /// A document whose parts do not fit together.
    #[error("{0}")]
    Document(String),
    /// Bytes that are not one of our objects.
    #[error(transparent)]
    Codec(#[from] crate::codec::CodecError),
}

impl Error {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Identifier { .. } | Self::Bytes { .. } => "E_IDENTIFIER",
            Self::UnknownWord { .. } => "E_UNKNOWN_WORD",
            Self::Text { .. } => "E_TEXT",
            Self::Date(_) => "E_DATE",
            Self::Document(_) => "E_DOCUMENT",
            Self::Codec(inner) => inner.code(),
        }
    }

    pub(crate) fn identifier(what: &'static str, found: &str, why: &'static str) -> Self {
        Self::Identifier {
            what,
            found: shown(found),
            why,
        }
    }

    pub(crate) fn unknown_word(list: &'static str, found: &str) -> Self {
        Self::UnknownWord {
            list,
            found: shown(found),
        }
    }

    pub(crate) fn bad_bytes(what: &'static str, expected: usize, found: usize) -> Self {
        Self::Bytes {
            what,
            expected,
            found,
        }
    }

    pub(crate) fn text(what: &'static str, why: impl Into<String>) -> Self {
        Self::Text {
            what,
            why: why.into(),
        }
    }
}

/// At most 40 characters, control and direction characters escaped.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}
