//! Exact decimal numbers.

use std::{fmt, str::FromStr};

use crate::Fault;

/// Digits after the point that are kept.
const FRACTION: usize = 18;
/// Digits before the point.
const WHOLE: usize = 18;
/// Units in one.
const ONE: i128 = 1_000_000_000_000_000_000;

/// An exact decimal number with up to 18 digits on each side of the point. Equal numbers are
/// equal, however they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole, in per cent.
    pub const HUNDRED: Self = Self(100 * ONE);

    /// Reads what spreadsheets write, `4.4e+07` too.
    ///
    /// # Errors
    /// [`Fault::Value`] if it is no number, [`Fault::Range`] if it has too many digits.
    pub fn from_scientific(text: &str) -> Result<Self, Fault> {
        let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
            return text.parse();
        };
        let exponent: i32 = exponent.parse().map_err(|_| Fault::Value("number"))?;
        let mut value: Self = mantissa.parse()?;
        // Neither shift can leave digits behind that were not there: what does not fit is refused.
        for _ in 0..exponent.unsigned_abs().min(40) {
            value = if exponent > 0 {
                value.times_ten()
            } else {
                value.tenth()
            }?;
        }
        Ok(value)
    }

    /// The sum; [`Fault::Range`] if it is too large.
    ///
    /// # Errors
    /// The sum has more digits than can be kept.
    pub fn plus(self, other: Self) -> Result<Self, Fault> {
        Self(self.0.checked_add(other.0).ok_or(Fault::Range)?).in_range()
    }

    /// So many times as much.
    ///
    /// # Errors
    /// The product has more digits than can be kept.
    pub fn times(self, factor: u32) -> Result<Self, Fault> {
        Self(self.0.checked_mul(factor.into()).ok_or(Fault::Range)?).in_range()
    }

    /// One of so many equal parts, rounded to 18 digits after the point, halves away from zero.
    ///
    /// # Errors
    /// [`Fault::Range`] for no part.
    pub fn over(self, parts: u32) -> Result<Self, Fault> {
        rounded(self.0, parts.into()).map(Self).ok_or(Fault::Range)
    }

    /// Rounded to so many digits after the point, halves away from zero.
    #[must_use]
    pub fn round(self, digits: u32) -> Self {
        let step = u32::try_from(FRACTION)
            .ok()
            .and_then(|kept| kept.checked_sub(digits))
            .map_or(1, |over| 10_i128.pow(over));
        Self(rounded(self.0, step).map_or(self.0, |times| times.saturating_mul(step)))
    }

    fn times_ten(self) -> Result<Self, Fault> {
        self.times(10)
    }

    fn tenth(self) -> Result<Self, Fault> {
        match self.0 % 10 {
            0 => Ok(Self(self.0 / 10)),
            _ => Err(Fault::Range),
        }
    }

    fn in_range(self) -> Result<Self, Fault> {
        let most = 10_i128.pow(36);
        if self.0.abs() < most {
            Ok(self)
        } else {
            Err(Fault::Range)
        }
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i128::from(whole) * ONE)
    }
}

/// The forms of `xs:decimal`: a sign, digits, a point; spaces around it are no part of it.
impl FromStr for Decimal {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || whole.len() + fraction.len() == 0 {
            return Err(Fault::Value("number"));
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() > WHOLE || fraction.len() > FRACTION {
            return Err(Fault::Range);
        }
        let units: i128 = format!("0{whole}{fraction:0<FRACTION$}")
            .parse()
            .map_err(|_| Fault::Range)?;
        Ok(Self(if negative { -units } else { units }))
    }
}

/// The shortest form: no zero that says nothing, no exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let one = ONE.unsigned_abs();
        let (whole, fraction) = (units / one, units % one);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:0>FRACTION$}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

/// The quotient, halves away from zero; none for no divisor.
fn rounded(value: i128, by: i128) -> Option<i128> {
    let (quotient, rest) = (value.checked_div(by)?, value.checked_rem(by)?);
    let more = rest.unsigned_abs().saturating_mul(2) >= by.unsigned_abs();
    Some(if more {
        quotient + value.signum()
    } else {
        quotient
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn one_value_has_one_form() {
        for (text, form) in [
            ("1215.00", "1215"),
            (" -0.50 ", "-0.5"),
            ("+.5", "0.5"),
            ("5.", "5"),
            ("-0", "0"),
            ("000012", "12"),
            ("0.000000000000000001", "0.000000000000000001"),
        ] {
            assert_eq!(number(text).to_string(), form);
            assert_eq!(number(form), number(text));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "-", ".", "N/A", "1e3", "1,5", "--1", "1.2.3", "٣", "1 2",
        ] {
            assert_eq!(
                text.parse::<Decimal>(),
                Err(Fault::Value("number")),
                "{text}"
            );
        }
        for text in ["1000000000000000000", "0.0000000000000000001"] {
            assert_eq!(text.parse::<Decimal>(), Err(Fault::Range), "{text}");
        }
    }

    #[test]
    fn spreadsheets_are_understood_exactly() {
        let read = Decimal::from_scientific;
        assert_eq!(read("4.4e+07"), Ok(number("44000000")));
        assert_eq!(read("17993979.53"), Ok(number("17993979.53")));
        assert_eq!(read("25e-1"), Ok(number("2.5")));
        assert_eq!(read("1e99"), Err(Fault::Range));
        assert_eq!(read("1e-19"), Err(Fault::Range));
        assert_eq!(read("1e"), Err(Fault::Value("number")));
    }

    #[test]
    fn arithmetic_is_exact_or_refused() {
        let third = Decimal::from(1).over(3).unwrap();
        assert_eq!(third.to_string(), "0.333333333333333333");
        assert_eq!(third.times(3).unwrap().round(4), Decimal::from(1));
        assert_eq!(number("-2.5").round(0), number("-3"));
        assert_eq!(Decimal::from(1).over(0), Err(Fault::Range));
        let most = number("999999999999999999");
        assert_eq!(most.plus(Decimal::from(1)), Err(Fault::Range));
        assert_eq!(number("0.1").plus(number("0.2")), Ok(number("0.3")));
    }
}
