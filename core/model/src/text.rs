//! Text that people write, checked once at the edge.

use unicode_normalization::UnicodeNormalization as _;

use crate::Error;
use crate::macros::checked_text;

/// Longest name or title, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 256;
/// Longest subject line, in bytes of UTF-8.
pub const MAX_SUBJECT_BYTES: usize = 512;
/// Longest Markdown body, in bytes of UTF-8 (256 KiB; more is an attachment).
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// Longest structured data, in bytes of JSON (256 KiB).
pub const MAX_DATA_BYTES: usize = 256 * 1024;

checked_text! {
    /// A name or title: one line, NFC, no control or direction-overriding characters, 1 to
    /// [`MAX_NAME_BYTES`] bytes.
    Name, |text| line("name", text, MAX_NAME_BYTES)
}

checked_text! {
    /// A record's subject: one line, at most [`MAX_SUBJECT_BYTES`] bytes.
    Subject, |text| line("subject", text, MAX_SUBJECT_BYTES)
}

checked_text! {
    /// Markdown text of a record, at most [`MAX_BODY_BYTES`] bytes; line breaks are `\n`.
    Markdown, |text| paragraphs("text", text, MAX_BODY_BYTES)
}

checked_text! {
    /// The name of an attached file: no path separators, not `.` or `..`.
    FileName, |text| {
        line("file name", text, MAX_NAME_BYTES)?;
        if text.contains(['/', '\\']) || text == "." || text == ".." {
            return Err(Error::text("file name", "must not contain a path"));
        }
        Ok(())
    }
}

checked_text! {
    /// A media type such as `application/pdf` (RFC 6838 §4.2), at most 127 bytes.
    MediaType, media_type
}

fn line(what: &'static str, text: &str, max: usize) -> Result<(), Error> {
    bounded(what, text, max)?;
    if text.trim().is_empty() {
        return Err(Error::text(what, "is empty"));
    }
    if text
        .chars()
        .any(|c| c.is_control() || overrides_direction(c))
    {
        return Err(Error::text(
            what,
            "holds control or direction-changing characters",
        ));
    }
    composed(what, text)
}

pub(crate) fn paragraphs(what: &'static str, text: &str, max: usize) -> Result<(), Error> {
    bounded(what, text, max)?;
    if text.trim().is_empty() {
        return Err(Error::text(what, "is empty"));
    }
    let misplaced = |c: char| (c.is_control() && c != '\n' && c != '\t') || overrides_direction(c);
    if text.chars().any(misplaced) {
        return Err(Error::text(
            what,
            "holds control or direction-changing characters",
        ));
    }
    composed(what, text)
}

pub(crate) fn bounded(what: &'static str, text: &str, max: usize) -> Result<(), Error> {
    if text.len() > max {
        return Err(Error::text(
            what,
            format!("{} bytes; at most {max} are taken", text.len()),
        ));
    }
    Ok(())
}

/// Two spellings of one name must not look like two names (or sign as two texts).
fn composed(what: &'static str, text: &str) -> Result<(), Error> {
    if unicode_normalization::is_nfc(text) {
        Ok(())
    } else {
        Err(Error::text(what, "is not in Unicode normal form C"))
    }
}

/// Embeddings, overrides and isolates (Unicode UAX #9 §2) can make a signed text read
/// differently from what it says; the marks LRM, RLM and ALM cannot, and Arabic needs them.
fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn media_type(text: &str) -> Result<(), Error> {
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    let valid = text.len() <= 127
        && text
            .split_once('/')
            .is_some_and(|(kind, sub)| token(kind) && token(sub));
    if valid {
        Ok(())
    } else {
        Err(Error::text("media type", "is not of the form type/subtype"))
    }
}

/// Composes typed text to NFC and turns CRLF into LF: what a form or a file gives us before
/// it becomes one of the checked types above.
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_four_languages() {
        for name in [
            "Ministère de l'Intérieur",
            "وزارة الداخلية",
            "Binnenlandse Zaken",
            "Interior",
        ] {
            assert_eq!(name.parse::<Name>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn direction_tricks_control_characters_and_decomposed_text_are_refused() {
        for bad in ["abc\u{202e}fdp.exe", "a\nb", "", "  ", "e\u{301}", "a\u{7}"] {
            assert_eq!(bad.parse::<Name>().unwrap_err().code(), "E_TEXT", "{bad:?}");
        }
        assert!("x".repeat(MAX_NAME_BYTES + 1).parse::<Name>().is_err());
    }

    #[test]
    fn bodies_keep_their_lines() {
        assert!("one\n\ntwo\tthree".parse::<Markdown>().is_ok());
        assert!("one\r\ntwo".parse::<Markdown>().is_err());
        assert_eq!(tidy("one\r\ne\u{301}"), "one\né");
    }

    #[test]
    fn file_names_hold_no_path() {
        for bad in ["../x", "a/b", "a\\b", ".", ".."] {
            assert!(bad.parse::<FileName>().is_err(), "{bad}");
        }
        assert!("محضر 2024.pdf".parse::<FileName>().is_ok());
    }

    #[test]
    fn media_types() {
        assert!(
            "application/vnd.oasis.opendocument.text"
                .parse::<MediaType>()
                .is_ok()
        );
        for bad in ["pdf", "a/b/c", "a b/c", "/x"] {
            assert!(bad.parse::<MediaType>().is_err(), "{bad}");
        }
    }
}
