//! What may stand in the values of an event.

use crate::{
    Error, MAX_ADDRESS_BYTES, MAX_CATEGORIES, MAX_TEXT_BYTES, MAX_UID_BYTES, MAX_URL_BYTES,
};

/// Text of any length up to the limit, with tabulators and line breaks.
pub(crate) fn text(what: &'static str, text: &str) -> Result<(), Error> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Error::Limit("MAX_TEXT_BYTES"));
    }
    if text.contains(|c| steers(c) || overrides_direction(c)) {
        return Err(Error::Control(what));
    }
    Ok(())
}

/// Subjects that fit in one line together.
pub(crate) fn categories(categories: &[String]) -> Result<(), Error> {
    if categories.len() > MAX_CATEGORIES {
        return Err(Error::Limit("MAX_CATEGORIES"));
    }
    if categories.iter().map(String::len).sum::<usize>() > MAX_TEXT_BYTES {
        return Err(Error::Limit("MAX_TEXT_BYTES"));
    }
    for category in categories {
        text("CATEGORIES", category)?;
        if category.is_empty() {
            return Err(Error::Value("CATEGORIES"));
        }
    }
    Ok(())
}

/// An identifier: one line, not empty.
pub(crate) fn uid(uid: &str) -> Result<(), Error> {
    if uid.len() > MAX_UID_BYTES {
        return Err(Error::Limit("MAX_UID_BYTES"));
    }
    if uid.trim().is_empty() {
        return Err(Error::Missing("UID"));
    }
    if uid.contains(|c: char| c.is_control() || overrides_direction(c)) {
        return Err(Error::Control("UID"));
    }
    Ok(())
}

/// A mail address whose characters stand in a `mailto` link as they are (RFC 6068 §2).
pub(crate) fn address(what: &'static str, address: &str) -> Result<(), Error> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "@.!$'*+-/=^_`{|}~&".contains(c);
    let parts = address.split_once('@');
    let whole = parts
        .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
    if !whole || address.len() > MAX_ADDRESS_BYTES || !address.chars().all(allowed) {
        return Err(Error::Address(what));
    }
    Ok(())
}

/// A link that a person may follow.
pub(crate) fn url(url: &str) -> Result<(), Error> {
    if url.len() > MAX_URL_BYTES {
        return Err(Error::Limit("MAX_URL_BYTES"));
    }
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    if host.is_some_and(|host| !host.is_empty()) && url.chars().all(allowed) {
        return Ok(());
    }
    Err(Error::Value("URL"))
}

/// Control characters, other than tabulators and line breaks.
pub(crate) fn steers(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// Embeddings, overrides and isolates (Unicode UAX #9 §2). The marks LRM, RLM and ALM turn
/// nothing around, and Arabic needs them.
pub(crate) fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_links() {
        for good in ["gmmp@interieur.example", "a.b+c@x", "o'neill@x.example"] {
            assert_eq!(address("ATTENDEE", good), Ok(()), "{good}");
        }
        for bad in [
            "", "@", "a@", "@b", "a@b@c", "a b@c", "a?cc=d@e", "a%41@b", "é@b", "a:b@c",
        ] {
            assert!(address("ATTENDEE", bad).is_err(), "{bad}");
        }
        assert!(address("ATTENDEE", &format!("{}@b", "a".repeat(253))).is_err());
        assert_eq!(url("https://example.org/a?b=c#d"), Ok(()));
        for bad in [
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https://é",
            "ftp://a",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn characters_that_steer_are_refused_and_marks_are_not() {
        assert_eq!(
            text("SUMMARY", "a\nb\tc \u{200f}محضر\u{200e} \u{061c}"),
            Ok(())
        );
        for bad in [
            "a\rb",
            "a\0",
            "\u{85}",
            "\u{202e}a",
            "\u{2066}a\u{2069}",
            "\u{7f}",
        ] {
            assert_eq!(
                text("SUMMARY", bad),
                Err(Error::Control("SUMMARY")),
                "{bad:?}"
            );
        }
        assert!(text("SUMMARY", &"a".repeat(MAX_TEXT_BYTES + 1)).is_err());
        assert!(uid("a\nb").is_err() && uid(" ").is_err());
    }
}
