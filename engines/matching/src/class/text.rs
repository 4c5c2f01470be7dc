//! What all classes share: tidy text, digits, scripts.

use unicode_normalization::UnicodeNormalization as _;

use super::MAX_IDENTIFIER_CHARS;

/// Why a text is not of its class.
pub(super) type Why = &'static str;

pub(super) const PROBES: &[(&str, &str)] = &[
    ("k1:bdr-rmn", "k1:bdr-rmn"),
    (" k2:zrk+1901-02-03 ", "k2:zrk+1901-02-03"),
    ("K1:BDR", "E_MATCH_IDENTIFIER"),
];

/// Compatibility forms, digits of other scripts and marks of direction are made one; what
/// hides or reorders text is refused.
pub(super) fn tidied(text: &str) -> Result<String, Why> {
    if text.chars().take(MAX_IDENTIFIER_CHARS + 1).count() > MAX_IDENTIFIER_CHARS {
        return Err("is too long");
    }
    if text.chars().any(hides) {
        return Err("holds characters that hide or reorder text");
    }
    let shown: String = text.nfkc().filter(|c| !is_mark(*c)).map(digit).collect();
    let trimmed = shown.trim();
    match trimmed.is_empty() {
        true => Err("is empty"),
        false => Ok(trimmed.to_owned()),
    }
}

/// A key of the engine of names: it is canonical already.
pub(super) fn key(text: &str) -> Result<String, Why> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ":+-._".contains(c);
    match text.chars().all(plain) {
        true => Ok(text.to_owned()),
        false => Err("is a key of the engine of names"),
    }
}

/// Letters and digits without what stands between them, in capitals.
pub(super) fn compact(text: &str, between: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !between.contains(*c) && !c.is_whitespace());
    kept.flat_map(char::to_uppercase).collect()
}

/// The two parts of `STATE/rest`.
pub(super) fn parts(text: &str) -> Option<(String, &str)> {
    let (state, rest) = text.split_once('/')?;
    Some((compact(state, ""), rest))
}

/// Latin letters beside letters of a script that looks alike: somebody was deceived.
pub(super) fn mixes(text: &str) -> bool {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let alike = |c: char| matches!(c, '\u{370}'..='\u{52f}' | '\u{13a0}'..='\u{13ff}');
    latin && text.chars().any(alike)
}

/// Marks that keep the direction of what stands beside them: copied along, and of no meaning.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn hides(c: char) -> bool {
    let invisible = matches!(c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}');
    invisible || (c.is_control() && c != '\t')
}

/// Arabic-Indic and extended Arabic-Indic digits as ASCII.
fn digit(c: char) -> char {
    let from = |base: u32| char::from_digit(u32::from(c) - base, 10).unwrap_or(c);
    match c {
        '\u{660}'..='\u{669}' => from(0x660),
        '\u{6f0}'..='\u{6f9}' => from(0x6f0),
        other => other,
    }
}
