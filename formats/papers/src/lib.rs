//! Papers of others, read as text; minutes, written as an office document.
//!
//! **In scope**: plain text, HTML, DOCX (ECMA-376, WordprocessingML) and ODT (OASIS OpenDocument
//! 1.3) read as a list of blocks in the order of the paper; a guess at each block's language;
//! ODT written from minutes. **Out of scope**: PDF, pictures, macros, formulas, layout, comments;
//! fetching anything that a paper points to. Nothing in a paper is ever run, and no name in an
//! archive is ever used as a path.
//!
//! A paper is a hostile file until it was read: every limit is checked before memory is taken.
//! What is left out or changed on the way is counted in [`Paper::warnings`].
//!
//! ```
//! use passerelle_papers::{BlockKind, Hint, read};
//!
//! let page = b"<h1>Accord</h1><script>alert(1)</script><p>Les parties conviennent.</p>";
//! let paper = read(page, Hint { media_type: "text/html", name: "" }).unwrap();
//! assert_eq!(paper.title.as_deref(), Some("Accord"));
//! assert_eq!(paper.blocks[1].kind, BlockKind::Paragraph);
//! assert_eq!(paper.blocks[1].text, "Les parties conviennent.");
//! ```

mod aside;
mod clean;
mod decode;
mod docx;
mod draft;
mod error;
mod html;
mod language;
pub mod odt;
mod paper;
mod sniff;
mod text;
mod xml;
mod zip;

pub use error::Error;
pub use language::Language;
pub use paper::{Block, BlockKind, Hint, Kind, Paper, Warning};

use sniff::Found;

/// Most bytes of a paper (16 MiB).
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most entries of an archive. Office documents have tens, those with many pictures hundreds.
pub const MAX_ENTRIES: usize = 4096;
/// Most bytes that are unpacked from one archive, over all its parts that are read (32 MiB).
pub const MAX_UNPACKED: usize = 32 * 1024 * 1024;
/// Most bytes that may come out for each packed byte of a part, beyond [`FREE_UNPACKED`]. Long
/// tables in XML reach 100; deflate ends at 1032.
pub const MAX_RATIO: usize = 200;
/// What may come out of a part whatever its ratio (1 MiB).
pub const FREE_UNPACKED: usize = 1024 * 1024;
/// Most elements of an office document within one another.
pub const MAX_DEPTH: usize = 512;
/// Most blocks of a paper, cells of tables included.
pub const MAX_BLOCKS: usize = 100_000;

/// Reads a paper. What it is, its bytes say; the hint only decides between plain text and HTML,
/// and a hint that does not fit is a [`Warning::Mislabelled`].
///
/// # Errors
/// See [`Error`]: larger than [`MAX_BYTES`] or another limit, of a kind that is not read here,
/// broken, or without any text.
pub fn read(bytes: &[u8], hint: Hint<'_>) -> Result<Paper, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::Size);
    }
    match sniff::found(bytes, hint)? {
        Found::Text(decoded) => text::read(&decoded, hint),
        Found::Html(decoded) => html::read(&decoded, hint),
        Found::Docx(archive) => docx::read(archive, hint),
        Found::Odt(archive) => odt::read::read(archive, hint),
    }
}
