//! Minutes as an OpenDocument text (OASIS OpenDocument 1.3), for offices that edit it further.
//!
//! What two parties say in several languages is written side by side: each version is a paragraph
//! of its own, marked with its language, and Arabic runs from right to left. The same minutes
//! always give the same bytes.

mod content;
mod package;
pub(crate) mod read;
mod styles;
mod tags;

use crate::Language;

/// One thing, said once in each language of the minutes.
pub type Said = Vec<Version>;

/// What is said, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The language.
    pub language: Language,
    /// The words. A line break begins a new line; control characters and direction overrides are
    /// left out.
    pub text: String,
}

impl Version {
    /// What is said, in one language.
    pub fn new(language: Language, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { language, text }
    }
}

/// Minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// Title; its first language is the language of the document.
    pub title: Said,
    /// Date, place, chair, delegations: what stands at the head.
    pub facts: Vec<Fact>,
    /// The body, in order.
    pub items: Vec<Item>,
    /// Who signs.
    pub parties: Vec<Party>,
    /// When the file was made; the file says so, nothing else depends on it.
    pub written: Moment,
}

/// A line at the head of the minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is: "Place".
    pub label: Said,
    /// "Rabat".
    pub value: Said,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A heading; levels from 1 to [`MAX_LEVEL`], others are taken as the nearest.
    Heading(u8, Said),
    /// A paragraph with a number, so that others can refer to it. Numbers run through the whole.
    Numbered(Said),
    /// A paragraph.
    Paragraph(Said),
    /// A list with bullets.
    List(Vec<Said>),
    /// A table: names of its columns, then its rows. Short rows are filled with empty cells.
    Table(Vec<Said>, Vec<Vec<Said>>),
}

/// Who signs the minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// "For the Kingdom of Belgium".
    pub name: Said,
    /// What stands under the line: the function of who signs, the date.
    pub under: Said,
}

/// A moment in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year, from 1980 to 2107: a ZIP knows no others, and the nearest is taken.
    pub year: u16,
    /// Month from 1.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
    /// Hour from 0.
    pub hour: u8,
    /// Minute from 0.
    pub minute: u8,
    /// Second from 0.
    pub second: u8,
}

/// Lowest level of a heading.
pub const MAX_LEVEL: u8 = 3;

/// Writes minutes as the bytes of an `.odt` file.
///
/// ```
/// use passerelle_papers::{Hint, Language, odt::{Minutes, Moment, Version, minutes}, read};
///
/// let bytes = minutes(&Minutes {
///     title: vec![
///         Version::new(Language::Fr, "Procès-verbal"),
///         Version::new(Language::Ar, "محضر"),
///     ],
///     facts: vec![],
///     items: vec![],
///     parties: vec![],
///     written: Moment { year: 2026, month: 3, day: 2, hour: 9, minute: 0, second: 0 },
/// });
/// assert_eq!(read(&bytes, Hint::default()).unwrap().title.as_deref(), Some("Procès-verbal"));
/// ```
pub fn minutes(minutes: &Minutes) -> Vec<u8> {
    package::write(
        minutes.written,
        &[
            ("content.xml", content::write(minutes)),
            ("styles.xml", styles::write(minutes)),
            ("meta.xml", content::meta(minutes)),
        ],
    )
}
