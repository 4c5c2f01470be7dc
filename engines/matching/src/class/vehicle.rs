//! Licence plates and vehicle identification numbers.

use super::states::is_state;
use super::text::{Why, compact, mixes, parts};

pub(super) const PLATE_PROBES: &[(&str, &str)] = &[
    ("BE/1-abc-000", "BE/1ABC000"),
    ("MA/00001 | \u{623} | 6", "MA/00001A6"),
    ("MA/6 - \u{623} - 00001", "MA/00001A6"),
    ("MA/00001-A-6", "MA/00001A6"),
    ("1-ABC-000", "E_MATCH_IDENTIFIER"),
];

pub(super) const VIN_PROBES: &[(&str, &str)] = &[
    ("vwvzzz1jz3w000001", "VWVZZZ1JZ3W000001"),
    ("VWVZZZ 1JZ3W 000001", "VWVZZZ1JZ3W000001"),
    ("VWVZZZ1JZ3W00000", "E_MATCH_IDENTIFIER"),
];

/// `STATE/plate`. Arabic series letters become the Latin ones of the same plate; of a Moroccan
/// plate the serial comes first, however it was read.
pub(super) fn plate(text: &str) -> Result<String, Why> {
    let (state, plate) = parts(text).ok_or("is written STATE/plate")?;
    if !is_state(&state) {
        return Err("names no state of ISO 3166");
    }
    if mixes(plate) {
        return Err("mixes scripts");
    }
    let plate: String = compact(plate, "-.|\u{b7}_").chars().map(latin).collect();
    if !plate.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err("has other characters than letters and digits");
    }
    if !(2..=12).contains(&plate.len()) {
        return Err("has 2 to 12 letters and digits");
    }
    match state.as_str() {
        "MA" => Ok(format!("MA/{}", serial_first(&plate))),
        _ => Ok(format!("{state}/{plate}")),
    }
}

/// The series letters of Moroccan plates.
fn latin(c: char) -> char {
    match c {
        '\u{627}' | '\u{623}' => 'A',
        '\u{628}' => 'B',
        '\u{62f}' => 'D',
        '\u{647}' => 'H',
        '\u{648}' => 'W',
        '\u{637}' => 'T',
        other => other,
    }
}

/// `serial letter region`: the region has one or two digits, the serial more. Where that does
/// not tell which is which, the order stands as it was written.
fn serial_first(plate: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let (Some(first), Some(last)) = (plate.find(is_letter), plate.rfind(is_letter)) else {
        return plate.to_owned();
    };
    let (before, letters, after) = (
        plate.get(..first).unwrap_or_default(),
        plate.get(first..=last).unwrap_or_default(),
        plate.get(last + 1..).unwrap_or_default(),
    );
    let turned = (1..=2).contains(&before.len()) && after.len() > 2;
    match turned {
        true => format!("{after}{letters}{before}"),
        false => plate.to_owned(),
    }
}

/// Seventeen characters; the check digit of some markets is not asked for in others.
pub(super) fn vin(text: &str) -> Result<String, Why> {
    let vin = compact(text, "-.");
    if !vin.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err("has other characters than letters and digits");
    }
    if vin.len() != 17 {
        return Err("has 17 characters");
    }
    match vin.contains(['I', 'O', 'Q']) {
        true => Err("has letters I, O or Q, which no VIN has"),
        false => Ok(vin),
    }
}
