//! What a paper's bytes are.

use crate::{
    Error, Hint, Kind,
    decode::{self, Decoded},
    zip::Archive,
};

/// A paper whose kind is known.
pub(crate) enum Found<'a> {
    Text(Decoded),
    Html(Decoded),
    Docx(Archive<'a>),
    Odt(Archive<'a>),
}

/// First bytes of kinds that are known, but not read: told at once instead of read as noise.
const OTHERS: &[&[u8]] = &[
    b"%PDF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
];

/// Looks at the bytes; the hint decides only where both text and HTML are possible.
pub(crate) fn found<'a>(bytes: &'a [u8], hint: Hint<'_>) -> Result<Found<'a>, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.starts_with(b"PK") {
        return office(Archive::open(bytes)?);
    }
    // "MZ" may begin a word; a program has zeros soon after it.
    let other = OTHERS.iter().any(|magic| bytes.starts_with(magic));
    if other && (!bytes.starts_with(b"MZ") || bytes.contains(&0)) {
        return Err(Error::Kind);
    }
    let decoded = decode::decode(bytes)?;
    if is_html(&decoded.text, hint) {
        return Ok(Found::Html(decoded));
    }
    Ok(Found::Text(decoded))
}

/// What the hint says, its name before its media type: senders often send a general type.
pub(crate) fn hinted(hint: Hint<'_>) -> Option<Kind> {
    of_name(hint.name).or_else(|| of_type(hint.media_type))
}

fn of_name(name: &str) -> Option<Kind> {
    let (_, end) = name.rsplit_once('.')?;
    match end.to_ascii_lowercase().as_str() {
        "txt" | "text" | "md" => Some(Kind::Text),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "docx" => Some(Kind::Docx),
        "odt" => Some(Kind::Odt),
        _ => None,
    }
}

fn of_type(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "text/plain" | "text/markdown" => Some(Kind::Text),
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            Some(Kind::Docx)
        }
        "application/vnd.oasis.opendocument.text" => Some(Kind::Odt),
        _ => None,
    }
}

fn office(archive: Archive<'_>) -> Result<Found<'_>, Error> {
    if archive.has("[Content_Types].xml") && archive.names().any(|name| name.starts_with("word/")) {
        return Ok(Found::Docx(archive));
    }
    if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        return Ok(Found::Odt(archive));
    }
    Err(Error::Kind)
}

/// As browsers do, more or less: by the first tag; or by any tag, where the hint says HTML.
fn is_html(text: &str, hint: Hint<'_>) -> bool {
    let start: String = text.trim_start().chars().take(512).collect();
    let start = start.to_ascii_lowercase();
    let first = start.strip_prefix('<').unwrap_or_default();
    let page = ["!doctype html", "html", "head", "body", "!--"]
        .iter()
        .any(|tag| first.starts_with(tag));
    let xhtml = first.starts_with("?xml") && first.contains("/1999/xhtml");
    page || xhtml || (hinted(hint) == Some(Kind::Html) && has_tag(text))
}

fn has_tag(text: &str) -> bool {
    let after = |part: &str| part.starts_with(|char: char| char.is_ascii_alphabetic());
    text.split('<').skip(1).any(after)
}
