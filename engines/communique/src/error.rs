//! What is refused, with stable codes.

use crate::{MAX_BLOCKS, MAX_BYTES};

/// Why a text is not read. The message repeats nothing of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No letter is in it.
    #[error("the text has no letter")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the text has more than {MAX_BYTES} bytes")]
    TooLong,
    /// More than [`MAX_BLOCKS`].
    #[error("the text has more than {MAX_BLOCKS} paragraphs and lines")]
    TooManyBlocks,
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "E_COMMUNIQUE_EMPTY",
            Self::TooLong => "E_COMMUNIQUE_TOO_LONG",
            Self::TooManyBlocks => "E_COMMUNIQUE_BLOCKS",
        }
    }
}
