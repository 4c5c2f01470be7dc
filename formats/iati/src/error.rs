//! What is refused, with stable codes.

use thiserror::Error;

/// Why a file is not taken, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct Error {
    /// Line of the file, from 1; 0 where the fault is in no line.
    pub line: u32,
    /// What is wrong there.
    pub fault: Fault,
}

impl Error {
    pub(crate) fn new(line: u32, fault: Fault) -> Self {
        Self { line, fault }
    }

    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// What is wrong. The message names parts of the standard and repeats nothing of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// More bytes than [`MAX_BYTES`](crate::MAX_BYTES).
    #[error("the file is larger than 16 MiB")]
    TooLarge,
    /// Not UTF-8, or says that it is not.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// Not well-formed XML.
    #[error("not well-formed XML")]
    Xml,
    /// A document type declaration, which could define entities.
    #[error("a document type declaration is not taken")]
    Doctype,
    /// An entity that is not one of the five of XML.
    #[error("an entity that XML itself does not define")]
    Entity,
    /// A character that XML 1.0 does not allow.
    #[error("a character that XML does not allow")]
    Character,
    /// A prefix that is bound to no namespace.
    #[error("a prefix without a namespace")]
    Namespace,
    /// Deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    #[error("elements are nested too deep")]
    TooDeep,
    /// More than [`MAX_ELEMENTS`](crate::MAX_ELEMENTS), [`MAX_ATTRIBUTES`](crate::MAX_ATTRIBUTES)
    /// or [`MAX_ACTIVITIES`](crate::MAX_ACTIVITIES).
    #[error("too many elements, attributes or activities")]
    TooMany,
    /// More text in one place than [`MAX_TEXT`](crate::MAX_TEXT).
    #[error("a text is longer than 64 KiB")]
    TooLong,
    /// The outermost element is another one.
    #[error("the outermost element is not iati-activities")]
    NotActivities,
    /// Not version 2.03 of the standard.
    #[error("not version 2.03 of the standard")]
    Version,
    /// An element that the standard does not have there.
    #[error("an element that the standard does not have here")]
    UnknownElement,
    /// An attribute that the standard does not have there.
    #[error("an attribute that the standard does not have here")]
    UnknownAttribute,
    /// An element is missing.
    #[error("{0} is missing")]
    MissingElement(&'static str),
    /// An attribute is missing.
    #[error("the attribute {0} is missing")]
    MissingAttribute(&'static str),
    /// An element stands more than once.
    #[error("{0} may stand once only")]
    Repeated(&'static str),
    /// An element stands after one that must follow it.
    #[error("{0} stands too late")]
    Order(&'static str),
    /// A number, date, truth value or address is not written as one.
    #[error("{0} does not have the form it must have")]
    Value(&'static str),
    /// Text between elements where there must be none.
    #[error("text where only elements may stand")]
    StrayText,
    /// Not the columns that were asked for.
    #[error("the table does not have the columns it should have")]
    Columns,
    /// More digits than [`Decimal`](crate::Decimal) holds.
    #[error("a number is out of range")]
    Range,
    /// One child is counted twice.
    #[error("one child is counted twice")]
    SameChild,
    /// A value is counted together with the values it is made of.
    #[error("a value is counted together with its own parts")]
    ParentWithChild,
    /// A table is empty, uneven or larger than [`MAX_CELLS`](crate::cells::MAX_CELLS).
    #[error("the table of cells is empty, uneven or too large")]
    Cells,
}

impl Fault {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "E_IATI_TOO_LARGE",
            Self::NotUtf8 => "E_NOT_UTF8",
            Self::Xml => "E_IATI_XML",
            Self::Doctype => "E_IATI_DOCTYPE",
            Self::Entity => "E_IATI_ENTITY",
            Self::Character => "E_IATI_CHARACTER",
            Self::Namespace => "E_IATI_NAMESPACE",
            Self::TooDeep => "E_IATI_TOO_DEEP",
            Self::TooMany => "E_IATI_TOO_MANY",
            Self::TooLong => "E_IATI_TOO_LONG",
            Self::NotActivities => "E_IATI_NOT_ACTIVITIES",
            Self::Version => "E_IATI_VERSION",
            Self::UnknownElement => "E_IATI_UNKNOWN_ELEMENT",
            Self::UnknownAttribute => "E_IATI_UNKNOWN_ATTRIBUTE",
            Self::MissingElement(_) => "E_IATI_MISSING_ELEMENT",
            Self::MissingAttribute(_) => "E_IATI_MISSING_ATTRIBUTE",
            Self::Repeated(_) => "E_IATI_REPEATED",
            Self::Order(_) => "E_IATI_ORDER",
            Self::Value(_) => "E_IATI_VALUE",
            Self::StrayText => "E_IATI_STRAY_TEXT",
            Self::Columns => "E_IATI_COLUMNS",
            Self::Range => "E_IATI_RANGE",
            Self::SameChild => "E_ROLLUP_SAME_CHILD",
            Self::ParentWithChild => "E_ROLLUP_PARENT_WITH_CHILD",
            Self::Cells => "E_CELLS",
        }
    }
}
