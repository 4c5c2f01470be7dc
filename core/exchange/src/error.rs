//! What a node answers when it does not take what it was given.

/// A message, batch, courier file or receipt that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not one of our messages.
    #[error("message: {0}")]
    Message(#[from] passerelle_model::Error),
    /// A journal, checkpoint or proof is not valid.
    #[error("journal: {0}")]
    Journal(#[from] passerelle_journal::Error),
    /// A card, signature or envelope is not valid.
    #[error("{0}")]
    Envelope(#[from] passerelle_envelope::Error),
    /// The witness rules refuse the head.
    #[error("{0}")]
    Witness(passerelle_journal::Refusal),
    /// The batch begins after what is held; send again from `held`.
    #[error("the batch begins at {start}, but only {held} entries are held")]
    Gap {
        /// Size held.
        held: u64,
        /// First index offered.
        start: u64,
    },
    /// The caller must read every leaf that is held and judge again.
    #[error("every leaf held is needed to judge this batch")]
    LeavesNeeded,
    /// The entries do not give the root that the checkpoint signs.
    #[error("the entries do not give the root that the checkpoint signs")]
    Root,
    /// The envelope is not the one that the leaf commits to.
    #[error("entry {0}: the envelope is not the one its leaf commits to")]
    Commitment(u64),
    /// The partner signed two histories; the evidence is kept and exchange stops.
    #[error("the partner signed two different journals; exchange stops until a person decides")]
    Equivocation(Box<passerelle_journal::Misbehaviour>),
    /// More entries, bytes or items than a message may hold.
    #[error("{what}: {found}; at most {limit} are taken")]
    Limit {
        /// What is limited.
        what: &'static str,
        /// Found.
        found: u64,
        /// Allowed.
        limit: u64,
    },
    /// The partner shows our signature for more of our journal than it gives back.
    #[error("the partner holds more of our journal than it gives back")]
    Withheld,
    /// Entries given back to us do not lead to what we signed.
    #[error(
        "what was given back is not our journal: altered, or this node went on after it was set back"
    )]
    NotOurs,
    /// Not a courier file, altered, or cut.
    #[error("courier file: {0}")]
    Courier(&'static str),
    /// Not a receipt, or it does not prove what it says.
    #[error("receipt: {0}")]
    Receipt(String),
    /// Not an audit package, or it does not prove what it says.
    #[error("audit package: {0}")]
    Package(String),
}

impl Error {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Message(inner) => inner.code(),
            Self::Journal(inner) => inner.code(),
            Self::Envelope(inner) => inner.code(),
            Self::Witness(inner) => inner.code(),
            Self::Gap { .. } => "E_GAP",
            Self::LeavesNeeded => "E_LEAVES_NEEDED",
            Self::Root => "E_ROOT",
            Self::Commitment(_) => "E_COMMITMENT",
            Self::Equivocation(_) => "E_EQUIVOCATION",
            Self::Limit { .. } => "E_TOO_LARGE",
            Self::Withheld => "E_RECOVERY_WITHHELD",
            Self::NotOurs => "E_RECOVERY_NOT_OURS",
            Self::Courier(_) => "E_COURIER",
            Self::Receipt(_) => "E_RECEIPT",
            Self::Package(_) => "E_REGISTER",
        }
    }
}

impl From<passerelle_model::codec::CodecError> for Error {
    fn from(error: passerelle_model::codec::CodecError) -> Self {
        Self::Message(error.into())
    }
}
