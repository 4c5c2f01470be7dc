//! E-mail addresses, accounts on platforms, files.

use super::text::{Why, mixes};

pub(super) const EMAIL_PROBES: &[(&str, &str)] = &[
    ("Probe.One@Example.ORG", "probe.one@example.org"),
    (" probe+two@example.org. ", "probe+two@example.org"),
    ("probe@", "E_MATCH_IDENTIFIER"),
];

pub(super) const HANDLE_PROBES: &[(&str, &str)] = &[
    ("Telegram/@Probe_One", "telegram/probe_one"),
    ("x.com / probe-two", "x.com/probe-two"),
    ("@probe", "E_MATCH_IDENTIFIER"),
];

pub(super) const FILE_PROBES: &[(&str, &str)] = &[
    (
        "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    (
        "sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    ),
    (
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "E_MATCH_IDENTIFIER",
    ),
];

/// Small letters on both sides of the @: no provider of size tells capitals apart. Names with
/// accents in the domain are written in their ASCII form.
pub(super) fn email(text: &str) -> Result<String, Why> {
    if !text.is_ascii() {
        return Err("is written in ASCII");
    }
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    let (local, domain) = lower.split_once('@').ok_or("has one @")?;
    if domain.contains('@') {
        return Err("has one @");
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty() || local.len() > 64 || dots || !local.chars().all(plain) {
        return Err("has 1 to 64 plain characters before the @");
    }
    if !domain.contains('.') {
        return Err("has a domain with a dot");
    }
    let label = |label: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(fits)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    match lower.len() <= 254 && domain.split('.').all(label) {
        true => Ok(lower),
        false => Err("has a domain that cannot be"),
    }
}

/// `platform/handle`, in small letters, without the sign before it.
pub(super) fn handle(text: &str) -> Result<String, Why> {
    let (platform, handle) = text.split_once('/').ok_or("is written platform/handle")?;
    let platform = platform.trim().to_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    if !(1..=64).contains(&platform.len()) || !platform.chars().all(fits) {
        return Err("names its platform in letters, digits, dots and hyphens");
    }
    if mixes(handle) {
        return Err("mixes scripts");
    }
    let handle = handle.trim();
    let handle = handle.strip_prefix('@').unwrap_or(handle).to_lowercase();
    let plain = |c: char| c.is_alphanumeric() || "._-#".contains(c);
    match (1..=64).contains(&handle.chars().count()) && handle.chars().all(plain) {
        true => Ok(format!("{platform}/{handle}")),
        false => Err("has 1 to 64 letters, digits, dots, hyphens and underlines"),
    }
}

/// SHA-256 alone: files can be made to order that share an MD5 or a SHA-1.
pub(super) fn file(text: &str) -> Result<String, Why> {
    let lower = text.to_ascii_lowercase();
    let digits = lower.strip_prefix("sha256:").unwrap_or(&lower);
    match digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        true => Ok(format!("sha256:{digits}")),
        false => Err("is a SHA-256 in hexadecimal"),
    }
}
