//! Kinds of files by their first bytes.

/// What a file is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    Zip,
    /// Office documents before 2007 (Compound File Binary).
    Compound,
    Gzip,
    SevenZip,
    /// MP4 and its kin (ISO base media).
    Media,
    Text,
}

/// How far into a file `%PDF-` may stand (ISO 32000-1, annex H, note 13).
const PDF_WITHIN: usize = 1024;

/// First bytes that no text begins with.
const BINARY: [&[u8]; 11] = [
    b"MZ",
    b"\x7fELF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"%PDF-",
    b"GIF8",
];

impl Family {
    /// The kind that a media type promises; none where it promises nothing that is known.
    pub(crate) fn of_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        let office = [
            "vnd.openxmlformats-officedocument.",
            "vnd.oasis.opendocument.",
        ];
        Some(match essence.as_str() {
            "application/pdf" => Self::Pdf,
            "image/png" => Self::Png,
            "image/jpeg" => Self::Jpeg,
            "image/gif" => Self::Gif,
            "image/webp" => Self::Webp,
            "image/tiff" => Self::Tiff,
            "application/zip" | "application/x-zip-compressed" => Self::Zip,
            "application/msword" | "application/vnd.ms-powerpoint" => Self::Compound,
            "application/gzip" | "application/x-gzip" => Self::Gzip,
            "application/x-7z-compressed" => Self::SevenZip,
            "video/mp4" | "audio/mp4" | "video/quicktime" => Self::Media,
            "application/json" | "application/xml" | "image/svg+xml" => Self::Text,
            text if text.starts_with("text/") => Self::Text,
            other if office.iter().any(|kind| other.contains(kind)) => Self::Zip,
            _ => return None,
        })
    }

    /// The kind that a name's ending promises.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "tif" | "tiff" => Self::Tiff,
            "zip" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" => Self::Zip,
            "doc" | "ppt" => Self::Compound,
            "gz" => Self::Gzip,
            "7z" => Self::SevenZip,
            "mp4" | "mov" | "m4a" => Self::Media,
            _ => return None,
        })
    }

    /// Whether a file that begins like this may be of this kind.
    pub(crate) fn fits(self, head: &[u8]) -> bool {
        match self {
            Self::Pdf => {
                let near = head.get(..PDF_WITHIN.min(head.len())).unwrap_or(head);
                near.windows(5).any(|part| part == b"%PDF-")
            }
            Self::Png => head.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => head.starts_with(b"\xff\xd8\xff"),
            Self::Gif => head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a"),
            Self::Webp => head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
            Self::Tiff => head.starts_with(b"II*\0") || head.starts_with(b"MM\0*"),
            Self::Zip => crate::zip::begins(head),
            Self::Compound => head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            Self::Gzip => head.starts_with(b"\x1f\x8b"),
            Self::SevenZip => head.starts_with(b"7z\xbc\xaf\x27\x1c"),
            Self::Media => head.get(4..8) == Some(b"ftyp"),
            Self::Text => is_text(head),
        }
    }
}

/// No known binary kind, and no zero byte unless it says that it is UTF-16.
fn is_text(head: &[u8]) -> bool {
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let binary = BINARY.iter().any(|magic| head.starts_with(magic));
    !binary && (wide || !head.contains(&0))
}
