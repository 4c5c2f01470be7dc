//! Cells that a spreadsheet would take for a formula (OWASP, "CSV Injection").
//!
//! On the way out such a cell gets an apostrophe before it, by which spreadsheets know text. So
//! does a cell that is apostrophes and then a formula; on the way in one apostrophe is taken off
//! what has that form. The two undo each other for every text. Numbers with a sign are no
//! formulas: they stay as they are.

use std::borrow::Cow;

/// A cell as it is written.
pub(crate) fn neutral(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A cell as it was before it was written.
pub(crate) fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Begins as a formula does, in ASCII or in the wide forms that some programs take too.
fn is_formula(text: &str) -> bool {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.starts_with(begins) && !is_number(text)
}

/// A sign and digits, with at most one point or comma among them.
fn is_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let (whole, part) = rest.split_once(['.', ',']).unwrap_or((rest, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutral_and_numbers_stay() {
        for cell in [
            "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-", "+1,2,3", "-1e5",
        ] {
            assert_eq!(neutral(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "a", "-5", "+3.25", "-1,5", "'", "'a", "l'accord", " =1"] {
            assert_eq!(neutral(cell), cell);
        }
    }

    #[test]
    fn what_is_written_is_restored() {
        for cell in [
            "=1", "'=1", "''=1", "'", "''", "'a", "'-5", "-5", "'-a", "\n", "'\n'",
        ] {
            assert_eq!(restored(&neutral(cell)), cell, "{cell:?}");
        }
    }
}
