//! Documents: issuing state and number.

use super::states::is_state;
use super::text::{Why, compact, mixes, parts};

pub(super) const PROBES: &[(&str, &str)] = &[
    ("MA/ab 123456", "MA/AB123456"),
    ("be / 592-1234567-89", "BE/592123456789"),
    ("MA/A<B<\u{661}\u{662}\u{663}\u{664}", "MA/AB1234"),
    ("AB123456", "E_MATCH_IDENTIFIER"),
];

/// `STATE/number`: what stands between letters and digits on paper, and the filler of the
/// machine-readable zone (ICAO 9303), is left out.
pub(super) fn number(text: &str) -> Result<String, Why> {
    let (state, number) = parts(text).ok_or("is written STATE/number")?;
    if !is_state(&state) {
        return Err("names no state of ISO 3166");
    }
    if mixes(number) {
        return Err("mixes scripts");
    }
    let number = compact(number, "-./<\\");
    if !number.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err("has other characters than letters and digits");
    }
    match (4..=20).contains(&number.len()) {
        true => Ok(format!("{state}/{number}")),
        false => Err("has 4 to 20 letters and digits"),
    }
}
