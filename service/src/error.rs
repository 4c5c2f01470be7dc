//! What a use case can refuse.

use passerelle_model::RecordId;
use passerelle_rules::{Refusal, Rule};

/// A use case that was refused or failed. Nothing is half-done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// One or more rules say no.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// A value is not valid.
    #[error(transparent)]
    Model(#[from] passerelle_model::Error),
    /// A key, card, signature or envelope is not valid.
    #[error(transparent)]
    Envelope(#[from] passerelle_envelope::Error),
    /// The peer protocol, a courier file or a receipt is not valid.
    #[error(transparent)]
    Exchange(#[from] passerelle_exchange::Error),
    /// The journal is not valid.
    #[error(transparent)]
    Journal(#[from] passerelle_journal::Error),
    /// The register cannot be written, so the act did not happen.
    #[error("the register cannot be written, so nothing was done: {0}")]
    LogUnavailable(passerelle_store::Error),
    /// It cannot be said in the joint group, or not now.
    #[error(transparent)]
    Group(#[from] passerelle_group::Error),
    /// Storage refused.
    #[error(transparent)]
    Store(#[from] passerelle_store::Error),
    /// There is nothing of that name.
    #[error("there is no {what} {name}")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The node cannot do this in its present state.
    #[error("{message}")]
    State {
        /// Stable code.
        code: &'static str,
        /// In plain words, with what to do.
        message: String,
    },
    /// The record's content was destroyed.
    #[error("the content of record {0} is erased")]
    Erased(RecordId),
    /// An attachment is not what it says it is, or is a trap for whoever opens it.
    #[error("the file is not taken: {}", .0.code())]
    File(passerelle_files::Refusal),
    /// A paper or invitation of others cannot be read.
    #[error("it is not read: {message}")]
    Foreign {
        /// Stable code of whoever reads it.
        code: &'static str,
        /// In plain words.
        message: String,
    },
    /// Reading the caller's file or stream failed, or it changed while it was read.
    #[error("reading failed: {0}")]
    Input(String),
}

/// One rule says no.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl Error {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusals) => refusals.first().map_or("E_REFUSED", Refusal::code),
            Self::Model(inner) => inner.code(),
            Self::Envelope(inner) => inner.code(),
            Self::Exchange(inner) => inner.code(),
            Self::Journal(inner) => inner.code(),
            Self::LogUnavailable(_) => Rule::LogUnavailable.code(),
            Self::Group(inner) => inner.code(),
            Self::Store(inner) => inner.code(),
            Self::NotFound { .. } => "E_NOT_FOUND",
            Self::State { code, .. } => code,
            Self::Erased(_) => "E_ERASED",
            Self::File(refusal) => refusal.code(),
            Self::Foreign { code, .. } => code,
            Self::Input(_) => "E_INPUT",
        }
    }

    /// The HTTP status that fits.
    pub fn http_status(&self) -> u16 {
        match self {
            Self::Refused(refusals) => match refusals.first().map(|refusal| refusal.rule) {
                Some(Rule::NeedToKnow) => 404,
                // Refused for who they are, not for what they ask.
                Some(Rule::Role | Rule::SelfApproval | Rule::LogPurpose) => 403,
                // Something else is done or ends first.
                Some(
                    Rule::LegalHold
                    | Rule::LiftUntold
                    | Rule::RightsIdentity
                    | Rule::RightsOriginator
                    | Rule::BreachClock
                    | Rule::BreachPartner
                    | Rule::Frozen,
                ) => 409,
                _ => 422,
            },
            Self::File(_) | Self::Foreign { .. } => 422,
            Self::Model(_)
            | Self::Envelope(_)
            | Self::Exchange(_)
            | Self::Journal(_)
            | Self::Input(_) => 400,
            Self::Group(inner) => group_status(inner),
            Self::NotFound { .. } => 404,
            Self::State { code: "E_ROLE", .. } => 403,
            Self::State { .. } => 409,
            Self::Erased(_) => 410,
            Self::LogUnavailable(_) => 503,
            Self::Store(inner) => match inner {
                passerelle_store::Error::Conflict(_) => 409,
                passerelle_store::Error::TooLarge(_) => 413,
                passerelle_store::Error::DiskFull => 507,
                passerelle_store::Error::Broken | passerelle_store::Error::Closed => 503,
                _ => 500,
            },
        }
    }

    /// The rules that were broken, where rules refused.
    pub fn refusals(&self) -> &[Refusal] {
        match self {
            Self::Refused(refusals) => refusals,
            _ => &[],
        }
    }

    /// Whether something that is kept does not read any more, so that trying again does not
    /// help.
    pub(crate) fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Envelope(_)
                | Self::Journal(_)
                | Self::Model(_)
                | Self::Store(passerelle_store::Error::Corrupt(_))
        )
    }

    pub(crate) fn not_found(what: &'static str, name: impl ToString) -> Self {
        Self::NotFound {
            what,
            name: name.to_string(),
        }
    }

    pub(crate) fn foreign(code: &'static str, message: String) -> Self {
        Self::Foreign { code, message }
    }

    pub(crate) fn state(code: &'static str, message: impl Into<String>) -> Self {
        Self::State {
            code,
            message: message.into(),
        }
    }
}

/// What is not theirs to do is 403, what came too late or too early is 409, what is wrong in
/// itself is 422.
fn group_status(error: &passerelle_group::Error) -> u16 {
    use passerelle_group::Error as E;
    match error {
        E::Unknown => 404,
        E::NotTheirs => 403,
        E::Malformed(_) | E::Word { .. } | E::Number => 400,
        E::TooMany { .. } => 413,
        E::Shape(_) | E::WrongKind(_) | E::NotSealed => 422,
        E::Stage { .. }
        | E::NotOffered
        | E::NotOpen
        | E::OfferOpen
        | E::Base
        | E::Again
        | E::TooEarly
        | E::Behind => 409,
    }
}
