//! What is refused, with stable codes.

/// Why something is not written; each names the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It must be there and is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Longer, or more of them, than a limit.
    #[error("{0} is longer than is allowed")]
    Limit(&'static str),
    /// A control character, or one that turns the direction of text around.
    #[error("{0} holds a control character or a direction override")]
    Control(&'static str),
    /// Not an `https` or `http` link.
    #[error("{0} is not a web link in ASCII")]
    Link(&'static str),
    /// Not a `tag:` or `urn:uuid:` identifier or a web link.
    #[error("an identifier begins with tag:, urn:uuid: or https://")]
    Identifier,
    /// Not a language tag such as `fr` or `ar-MA`.
    #[error("a language is a tag such as fr or ar-MA")]
    Language,
    /// Two entries of a feed have one identifier, or two links one language.
    #[error("two entries have the same identifier, or two links the same language")]
    Twice,
    /// The end is before the start, or a change before the first publication.
    #[error("{0} is before what it comes after")]
    Order(&'static str),
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing(_) => "E_FEED_MISSING",
            Self::Limit(_) => "E_FEED_LIMIT",
            Self::Control(_) => "E_FEED_CONTROL",
            Self::Link(_) => "E_FEED_LINK",
            Self::Identifier => "E_FEED_IDENTIFIER",
            Self::Language => "E_FEED_LANGUAGE",
            Self::Twice => "E_FEED_TWICE",
            Self::Order(_) => "E_FEED_ORDER",
        }
    }
}
