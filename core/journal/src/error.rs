//! The one error type of the crate.

use crate::witness::Refusal;

/// Everything that can be wrong with what this crate is given.
///
/// Each variant has a stable code ([`Error::code`]) that programs and people may rely on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A documented `MAX_…` limit was exceeded; nothing was allocated for the input.
    #[error("{what} exceeds the limit of {limit}")]
    Limit {
        /// What was too large.
        what: &'static str,
        /// The limit, in the unit of the constant that documents it.
        limit: u64,
    },
    /// The input does not follow its format, or is not the one canonical way to write its value.
    #[error("malformed {what}: {why}")]
    Malformed {
        /// What was being parsed.
        what: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A leaf index, tree size or pair of sizes that no tree can have.
    #[error("{what} is out of range")]
    Range {
        /// Which number.
        what: &'static str,
    },
    /// A stored subtree hash that the tree must have is not there.
    #[error("no hash stored for subtree {index} of level {level}")]
    Missing {
        /// Level of the subtree: it spans `2^level` leaves.
        level: u8,
        /// Index of the subtree within its level.
        index: u64,
    },
    /// The hashes could not be read at all (message of the storage layer).
    #[error("stored hashes cannot be read: {0}")]
    Storage(String),
    /// An inclusion or consistency proof has the wrong length or leads to another root.
    #[error("the {what} does not verify")]
    Proof {
        /// Which proof.
        what: &'static str,
    },
    /// A public key that is not a valid, strong Ed25519 point, or a key of the wrong algorithm.
    #[error("unusable key: {why}")]
    Key {
        /// What is wrong with it.
        why: &'static str,
    },
    /// No signature of the required key stands on the note.
    #[error("no signature by {name}")]
    Unsigned {
        /// Name of the key that should have signed.
        name: String,
    },
    /// A signature by a known key is wrong, or the key signed more than once.
    #[error("the signature by {name} is not valid")]
    Signature {
        /// Name of the key.
        name: String,
    },
    /// A checkpoint of another log than the one expected.
    #[error("expected the log {expected}, found {found}")]
    Origin {
        /// The log expected.
        expected: String,
        /// The log found.
        found: String,
    },
    /// A proof was to be checked with an empty list of required witnesses.
    #[error("no witness required: the check would prove less than it says")]
    NoWitness,
    /// Two checkpoints that one honest log could have signed.
    #[error("this does not prove misbehaviour: {why}")]
    NotMisbehaviour {
        /// Why not.
        why: &'static str,
    },
    /// A witness refused to go along with a checkpoint.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Error {
    /// The stable code shared by API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Limit { .. } => "E_JOURNAL_LIMIT",
            Self::Malformed { .. } => "E_JOURNAL_FORMAT",
            Self::Range { .. } => "E_JOURNAL_RANGE",
            Self::Missing { .. } => "E_JOURNAL_HASH_MISSING",
            Self::Storage(_) => "E_JOURNAL_STORAGE",
            Self::Proof { .. } => "E_JOURNAL_PROOF",
            Self::Key { .. } => "E_JOURNAL_KEY",
            Self::Unsigned { .. } => "E_JOURNAL_UNSIGNED",
            Self::Signature { .. } => "E_JOURNAL_SIGNATURE",
            Self::Origin { .. } => "E_JOURNAL_ORIGIN",
            Self::NoWitness => "E_JOURNAL_NO_WITNESS",
            Self::NotMisbehaviour { .. } => "E_JOURNAL_NOT_MISBEHAVIOUR",
            Self::Refused(refusal) => refusal.code(),
        }
    }

    pub(crate) fn malformed(what: &'static str, why: &'static str) -> Self {
        Self::Malformed { what, why }
    }
}

/// Fails with [`Error::Limit`] when `length` is above `limit`.
pub(crate) fn within(what: &'static str, length: usize, limit: usize) -> Result<(), Error> {
    if length > limit {
        let limit = limit as u64;
        return Err(Error::Limit { what, limit });
    }
    Ok(())
}
