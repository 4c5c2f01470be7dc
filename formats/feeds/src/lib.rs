//! What is public, for machines: Atom feeds of communiqués, and schema.org descriptions that
//! search engines read in a page.
//!
//! **In scope**: writing Atom (RFC 4287), one feed for each language with links to its sisters;
//! JSON-LD (W3C, 2020) of a communiqué, a meeting and an administration, in words of schema.org.
//! **Out of scope**: reading feeds, RSS, the page itself.
//!
//! Everything is text in, text out. What people wrote is escaped here and nowhere else: a feed is
//! well-formed XML and a description can stand in a page, whatever the texts hold. Characters that
//! XML cannot hold, and those that turn the direction of text around, are refused.
//!
//! ```
//! use passerelle_feeds::{Alternate, Entry, Feed, atom};
//!
//! let mut feed = Feed::new(
//!     "https://gmmp.example/ar/feed.atom",
//!     "بلاغات المجموعة المختلطة الدائمة للهجرة",
//!     "2026-02-20T12:00:00Z".parse()?,
//! );
//! feed.lang = "ar".into();
//! feed.author = "المجموعة المختلطة".into();
//! feed.alternates = vec![Alternate::new("fr", "https://gmmp.example/fr/feed.atom")];
//! let mut entry = Entry::new(
//!     "tag:gmmp.example,2026:communique/7",
//!     "بلاغ مشترك",
//!     "2026-02-20T12:00:00Z".parse()?,
//! );
//! entry.summary = "عقدت المجموعة <اجتماعها> السنوي".into();
//! feed.entries.push(entry);
//!
//! let xml = atom(&feed)?;
//! assert!(xml.contains("عقدت المجموعة &lt;اجتماعها&gt; السنوي"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod atom;
mod check;
mod error;
mod jsonld;

pub use atom::{Alternate, Category, Content, Entry, Feed, atom};
pub use error::Error;
pub use jsonld::{
    Communique, EventState, Meeting, Organisation, Place, communique, meeting, organisation,
};

/// Most entries of a feed.
pub const MAX_ENTRIES: usize = 500;
/// Most links, categories, languages or organisations of one thing.
pub const MAX_LIST: usize = 50;
/// Longest title, name or summary, in bytes of UTF-8.
pub const MAX_TITLE_BYTES: usize = 8 * 1024;
/// Longest content, in bytes of UTF-8: as long as the body of a record.
pub const MAX_CONTENT_BYTES: usize = 256 * 1024;
/// Longest link or identifier, in bytes.
pub const MAX_LINK_BYTES: usize = 2048;
