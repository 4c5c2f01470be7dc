//! What may stand in a feed or a description.

use crate::{Error, MAX_LINK_BYTES, MAX_LIST};

/// Text that is not empty.
pub(crate) fn needed(what: &'static str, text: &str, max: usize) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::Missing(what));
    }
    optional(what, text, max)
}

/// Text that may be empty.
pub(crate) fn optional(what: &'static str, text: &str, max: usize) -> Result<(), Error> {
    if text.len() > max {
        return Err(Error::Limit(what));
    }
    if text.contains(misplaced) {
        return Err(Error::Control(what));
    }
    Ok(())
}

/// A web link.
pub(crate) fn link(what: &'static str, link: &str) -> Result<(), Error> {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty()) && is_uri(link) {
        return Ok(());
    }
    Err(Error::Link(what))
}

/// An identifier that never changes (RFC 4287 §4.2.6).
pub(crate) fn identifier(id: &str) -> Result<(), Error> {
    let rest = ["tag:", "urn:uuid:", "https://", "http://"]
        .iter()
        .find_map(|scheme| id.strip_prefix(scheme));
    if rest.is_some_and(|rest| !rest.is_empty()) && is_uri(id) {
        return Ok(());
    }
    Err(Error::Identifier)
}

/// A tag of BCP 47, by its form alone.
pub(crate) fn language(tag: &str) -> Result<(), Error> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let main = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if main && tag.len() <= 35 && parts.all(part) {
        return Ok(());
    }
    Err(Error::Language)
}

pub(crate) fn list<T>(what: &'static str, list: &[T]) -> Result<(), Error> {
    if list.len() > MAX_LIST {
        return Err(Error::Limit(what));
    }
    Ok(())
}

fn is_uri(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    text.len() <= MAX_LINK_BYTES && text.chars().all(allowed)
}

/// Controls and the noncharacters that XML 1.0 cannot hold; embeddings, overrides and isolates.
fn misplaced(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_identifiers_and_languages() {
        assert_eq!(link("x", "https://a.example/b?c=d&e#f"), Ok(()));
        for bad in [
            "",
            "https://",
            "ftp://a",
            "javascript:x",
            "https://a\"b",
            "https://é",
        ] {
            assert_eq!(link("x", bad), Err(Error::Link("x")), "{bad}");
        }
        for good in [
            "tag:a.example,2026:b",
            "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
        ] {
            assert_eq!(identifier(good), Ok(()), "{good}");
        }
        assert!(identifier("urn:isbn:1").is_err() && identifier("tag:").is_err());
        for good in ["fr", "ar-MA", "zh-Hant-TW"] {
            assert_eq!(language(good), Ok(()), "{good}");
        }
        for bad in ["", "f", "fr_BE", "fr-", "ar MA", "français"] {
            assert_eq!(language(bad), Err(Error::Language), "{bad}");
        }
    }

    #[test]
    fn characters() {
        assert_eq!(optional("x", "a\nb\t\u{200f}م🕊", 100), Ok(()));
        for bad in ["\0", "\r", "\u{b}", "\u{ffff}", "\u{202e}", "\u{2067}"] {
            assert_eq!(optional("x", bad, 100), Err(Error::Control("x")), "{bad:?}");
        }
        assert_eq!(needed("x", " ", 100), Err(Error::Missing("x")));
        assert_eq!(optional("x", "abc", 2), Err(Error::Limit("x")));
    }
}
