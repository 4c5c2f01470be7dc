//! What can be wrong with an event, or with telling one.

use crate::{Kind, Stage};

/// Why something cannot be said in the joint group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not an event, or not in its one spelling.
    #[error("not an event: {0}")]
    Malformed(String),
    /// Longer or more than the limit of its kind.
    #[error("{what}: {found}; at most {limit} are taken")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        found: usize,
        /// How many are taken.
        limit: usize,
    },
    /// A word that the list does not have.
    #[error("not a word of the list {list}")]
    Word {
        /// The list.
        list: &'static str,
    },
    /// A number that is not one, or too large.
    #[error("not a number of at most twelve digits and six decimals")]
    Number,
    /// A field that contradicts another.
    #[error("{0}")]
    Shape(&'static str),
    /// The object is not known here.
    #[error("no such object")]
    Unknown,
    /// The deed does not belong to objects of this kind.
    #[error("a {0} does not take this")]
    WrongKind(Kind),
    /// This party may not do it.
    #[error("it is not for this party to do it")]
    NotTheirs,
    /// The object cannot go from one stage to the other.
    #[error("from {from} it does not go to {to}")]
    Stage {
        /// Where it is.
        from: Stage,
        /// Where it was to go.
        to: Stage,
    },
    /// No such revision was offered.
    #[error("no such revision was offered")]
    NotOffered,
    /// The revision is not open any more.
    #[error("this revision was rejected, released, replaced or agreed already")]
    NotOpen,
    /// An offer is open; it is answered or withdrawn before another can be made.
    #[error("another offer is open: answer it or take it back first")]
    OfferOpen,
    /// The revision does not build on what is agreed.
    #[error("it does not build on the text that is agreed")]
    Base,
    /// The same party said so already.
    #[error("this was said already")]
    Again,
    /// The other side has not committed itself yet.
    #[error("not before every party has sealed its own assessment")]
    TooEarly,
    /// What this party said before waits for what others said.
    #[error("not before the other journals are read as far as they were before")]
    Behind,
    /// What is revealed is not what was sealed.
    #[error("it is not what was sealed")]
    NotSealed,
}

impl Error {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "E_EVENT",
            Self::TooMany { .. } => "E_TOO_LARGE",
            Self::Word { .. } => "E_WORD",
            Self::Number => "E_NUMBER",
            Self::Shape(_) => "E_SHAPE",
            Self::Unknown => "E_UNKNOWN",
            Self::WrongKind(_) => "E_KIND",
            Self::NotTheirs => "E_NOT_THEIRS",
            Self::Stage { .. } => "E_STAGE",
            Self::NotOffered => "E_NOT_OFFERED",
            Self::NotOpen => "E_NOT_OPEN",
            Self::OfferOpen => "E_OFFER_OPEN",
            Self::Base => "E_BASE",
            Self::Again => "E_AGAIN",
            Self::TooEarly => "E_TOO_EARLY",
            Self::Behind => "E_BEHIND",
            Self::NotSealed => "E_NOT_SEALED",
        }
    }
}
