//! The forms of values in the schema (XML Schema part 2), as far as it uses them.

use crate::{
    Decimal,
    time::{Moment, read_day},
};

/// Form of an attribute or of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Any,
    Decimal,
    Day,
    Moment,
    Truth,
    Int,
    NonNegative,
    Positive,
    Address,
    Token,
    Language,
}

impl Form {
    pub(super) fn fits(self, value: &str) -> bool {
        let value = match self {
            Self::Any => return true,
            _ => value.trim_matches([' ', '\t', '\r', '\n']),
        };
        match self {
            Self::Any => true,
            Self::Decimal => is_decimal(value),
            Self::Day => read_day(value).is_some(),
            Self::Moment => value.parse::<Moment>().is_ok(),
            Self::Truth => matches!(value, "true" | "false" | "1" | "0"),
            Self::Int => value.parse::<i32>().is_ok(),
            Self::NonNegative => is_integer(value) && !is_below_zero(value),
            Self::Positive => is_integer(value) && !is_below_zero(value) && !is_zero(value),
            Self::Address => is_address(value),
            Self::Token => !value.is_empty() && value.chars().all(is_name_char),
            Self::Language => value.is_empty() || is_language(value),
        }
    }
}

/// More digits than [`Decimal`] holds are still a number.
fn is_decimal(value: &str) -> bool {
    !matches!(value.parse::<Decimal>(), Err(crate::Fault::Value(_)))
}

fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zero(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'))
}

fn is_below_zero(value: &str) -> bool {
    value.starts_with('-') && !is_zero(value)
}

/// RFC 3986 as loosely as XML Schema takes it: other characters may stand for their escapes.
fn is_address(value: &str) -> bool {
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        let escape = byte == b'%';
        if escape && !(0..2).all(|_| bytes.next().is_some_and(|b| b.is_ascii_hexdigit())) {
            return false;
        }
    }
    value.matches('#').count() <= 1 && has_scheme_or_none(value)
}

/// What stands before the first colon, unless a slash, `?` or `#` comes first, is a scheme.
fn has_scheme_or_none(value: &str) -> bool {
    let first = value.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = first.split_once(':') else {
        return true;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '\u{b7}')
}

fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    let first = parts
        .next()
        .is_some_and(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    first && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_xml_schema() {
        for (form, good, bad) in [
            (
                Form::Decimal,
                vec!["1", " -1.5 ", "0.00000000000000000001"],
                vec!["", "1e3", "N/A"],
            ),
            (
                Form::Day,
                vec!["2024-02-29", "2024-01-01Z", "2024-01-01+01:00"],
                vec!["2023-02-29", "2024-1-1", "2024"],
            ),
            (
                Form::Moment,
                vec!["2024-01-01T00:00:00", "2024-01-01T23:59:59.5Z"],
                vec!["2024-01-01", "2024-01-01 00:00:00"],
            ),
            (Form::Truth, vec!["true", "0"], vec!["TRUE", "2", ""]),
            (Form::Int, vec!["-3", "+3"], vec!["3.0", "99999999999"]),
            (
                Form::NonNegative,
                vec!["0", "-0", "99999999999999999999"],
                vec!["-1", "x"],
            ),
            (Form::Positive, vec!["1", "2017"], vec!["0", "-2008", "x"]),
            (
                Form::Address,
                vec!["", "https://a.example/é?b#c", "a b"],
                vec!["http://a%zz", "a#b#c", ":a"],
            ),
            (Form::Token, vec!["a-b"], vec!["", "a b"]),
            (
                Form::Language,
                vec!["", "fr", "ar-MA"],
                vec!["f_r", "abcdefghi", "1a"],
            ),
        ] {
            assert!(
                good.iter().all(|value| form.fits(value)),
                "{form:?} {good:?}"
            );
            assert!(
                bad.iter().all(|value| !form.fits(value)),
                "{form:?} {bad:?}"
            );
        }
    }
}
