//! What a paper is read as.

use crate::Language;

/// A paper that was read: at least one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// In the order of the paper; footnotes last.
    pub blocks: Vec<Block>,
    /// What it calls itself: its title, else its first heading.
    pub title: Option<String>,
    /// What its bytes are.
    pub kind: Kind,
    /// What was guessed, changed or left out, each kind at most once.
    pub warnings: Vec<Warning>,
    /// Guess at the language of most of its letters.
    pub lang_guess: Language,
}

/// One piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// One line: no control characters, no direction overrides, single spaces, never empty. The
    /// cells of a table's row stand with a tabulator between them.
    pub text: String,
    /// Guess at its language; [`Language::Unknown`] where it is short.
    pub lang_guess: Language,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; 1 is the highest level, 9 the lowest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list; 1 is the outermost level.
    ListItem(u8),
    /// A row of a table, cell by cell; a cell may be empty.
    TableRow(Vec<String>),
    /// What stands around a plain text that was copied from a page: names of networks, "follow
    /// us", "read also" and what follows it, the title once more. HTML says so by its elements,
    /// and such blocks of it are left out.
    Aside,
}

/// What a paper's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Text,
    /// HTML or XHTML.
    Html,
    /// WordprocessingML in a ZIP.
    Docx,
    /// OpenDocument text in a ZIP.
    Odt,
}

/// What the sender says of a paper. Both may be empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// Media type, with or without parameters.
    pub media_type: &'a str,
    /// File name, of which only the end is looked at.
    pub name: &'a str,
}

/// What the reader of a paper should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// Its name or media type says another kind.
    Mislabelled,
    /// The encoding was not stated; it was read as this one.
    EncodingGuessed(&'static str),
    /// Some bytes fit no character of the encoding.
    BytesReplaced,
    /// Characters that reorder text on the screen were removed: embeddings, overrides, isolates.
    DirectionsRemoved(usize),
    /// Control and other invisible characters were removed.
    ControlsRemoved(usize),
    /// Text that somebody inserted while changes were tracked was kept: passages.
    InsertionsKept(usize),
    /// Text that somebody deleted while changes were tracked was left out: passages.
    DeletionsLeftOut(usize),
    /// Text that the paper hides from its reader was left out: passages.
    HiddenLeftOut(usize),
    /// Blocks around the main content were left out: menus, share links, related articles.
    AsidesLeftOut(usize),
    /// Pictures were not read.
    PicturesLeftOut(usize),
}

impl Warning {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mislabelled => "W_PAPER_MISLABELLED",
            Self::EncodingGuessed(_) => "W_PAPER_ENCODING",
            Self::BytesReplaced => "W_PAPER_BYTES",
            Self::DirectionsRemoved(_) => "W_PAPER_DIRECTIONS",
            Self::ControlsRemoved(_) => "W_PAPER_CONTROLS",
            Self::InsertionsKept(_) => "W_PAPER_INSERTIONS",
            Self::DeletionsLeftOut(_) => "W_PAPER_DELETIONS",
            Self::HiddenLeftOut(_) => "W_PAPER_HIDDEN",
            Self::AsidesLeftOut(_) => "W_PAPER_ASIDES",
            Self::PicturesLeftOut(_) => "W_PAPER_PICTURES",
        }
    }
}
