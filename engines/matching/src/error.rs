//! What can go wrong, with stable codes.

/// An error of private matching.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not the canonical encoding of a group element, or the identity.
    #[error("not a group element: {0}")]
    Element(&'static str),
    /// Not the canonical encoding of a scalar, or zero where that is forbidden.
    #[error("not a scalar: {0}")]
    Scalar(&'static str),
    /// The proof does not show that the published key was used.
    #[error("the answer was not made with the published key")]
    Proof,
    /// An input is empty or too long, or hashes to the identity.
    #[error("input: {0}")]
    Input(&'static str),
    /// A batch is empty, too large or of another size than its counterpart.
    #[error("batch: {0}")]
    Batch(&'static str),
    /// An identifier is not of its class.
    #[error("{class}: {why}")]
    Identifier {
        /// The class.
        class: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// A file of ours is cut, altered or of another kind.
    #[error("{what}: {why}")]
    File {
        /// Which file.
        what: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// A file of another version of the scheme.
    #[error("{what} is of scheme {found}, this program knows {known}")]
    Version {
        /// Which file.
        what: &'static str,
        /// The version it names.
        found: u32,
        /// The version known.
        known: u32,
    },
    /// Both sides do not speak of the same epoch, class, key or profile.
    #[error("the two sides differ: {0}")]
    Mismatch(&'static str),
    /// Both sides make the identifiers of a class by other rules before they canonicalise.
    #[error("the other side makes its identifiers by `{theirs}`, this one by `{ours}`")]
    Tables {
        /// What the manifest or the probes name.
        theirs: String,
        /// What this side makes them by.
        ours: String,
    },
    /// The manifest does not count at this time.
    #[error("the manifest {0}")]
    Expired(&'static str),
    /// The mode is not allowed for an index of this size.
    #[error("buckets: {0}")]
    Mode(&'static str),
    /// A result computed in eight lanes is not what the slower way gives.
    #[error("this machine computed wrongly: the two ways of computing differ")]
    Kernel,
    /// The opening of a logged question does not fit it.
    #[error("the question that was logged is not this one")]
    Opening,
}

impl Error {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Element(_) => "E_MATCH_ELEMENT",
            Self::Scalar(_) => "E_MATCH_SCALAR",
            Self::Proof => "E_MATCH_PROOF",
            Self::Input(_) => "E_MATCH_INPUT",
            Self::Batch(_) => "E_MATCH_BATCH",
            Self::Identifier { .. } => "E_MATCH_IDENTIFIER",
            Self::File { .. } => "E_MATCH_FILE",
            Self::Version { .. } => "E_MATCH_VERSION",
            Self::Mismatch(_) => "E_MATCH_MISMATCH",
            Self::Tables { .. } => "E_MATCH_TABLES",
            Self::Expired(_) => "E_MATCH_EXPIRED",
            Self::Mode(_) => "E_MATCH_MODE",
            Self::Kernel => "E_MATCH_KERNEL",
            Self::Opening => "E_MATCH_OPENING",
        }
    }
}
