//! Why a paper is not read.

/// Why a paper is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No bytes, or none that are text: a scan, for instance.
    #[error("the paper holds no text")]
    Empty,
    /// Neither text, HTML, DOCX nor ODT.
    #[error("the paper is of a kind that is not read here")]
    Kind,
    /// More bytes or more blocks than allowed, before or after unpacking.
    #[error("the paper is too large")]
    Size,
    /// Comes out of all proportion to what was packed.
    #[error("the paper unpacks to far more than it holds")]
    Ratio,
    /// More entries than allowed in the archive.
    #[error("the paper is an archive with too many entries")]
    Entries,
    /// Cut, encrypted, packed in another way, or at odds with itself.
    #[error("the archive of the paper is broken or of a kind that is not read here")]
    Archive,
    /// Not well-formed, or not UTF-8 or UTF-16.
    #[error("the XML of the paper is broken")]
    Xml,
    /// A document type declaration or an entity, which no office document needs.
    #[error("the XML of the paper declares or uses entities")]
    Dtd,
    /// Elements within elements beyond the limit.
    #[error("the XML of the paper is nested too deep")]
    Depth,
}

impl Error {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "E_PAPER_EMPTY",
            Self::Kind => "E_PAPER_KIND",
            Self::Size => "E_PAPER_SIZE",
            Self::Ratio => "E_PAPER_RATIO",
            Self::Entries => "E_PAPER_ENTRIES",
            Self::Archive => "E_PAPER_ARCHIVE",
            Self::Xml => "E_PAPER_XML",
            Self::Dtd => "E_PAPER_DTD",
            Self::Depth => "E_PAPER_DEPTH",
        }
    }
}
