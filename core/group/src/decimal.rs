//! Exact decimal numbers: what was reported is what is shown, exported and added.

use crate::Error;

/// A number with up to twelve digits before and six after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

/// Millionths in one.
const ONE: i64 = 1_000_000;
/// Largest magnitude, in millionths: 10^12.
const MAX: i64 = 1_000_000_000_000 * ONE;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    pub fn whole(number: i64) -> Result<Self, Error> {
        number
            .checked_mul(ONE)
            .filter(|millionths| millionths.abs() <= MAX)
            .map(Self)
            .ok_or(Error::Number)
    }

    /// The number in millionths.
    pub fn millionths(self) -> i64 {
        self.0
    }

    /// The sum, unless it is too large.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        let sum = self.0.checked_add(other.0).ok_or(Error::Number)?;
        if sum.abs() <= MAX {
            Ok(Self(sum))
        } else {
            Err(Error::Number)
        }
    }

    /// The mean of `count` numbers with this sum, cut after six decimals.
    pub fn over(self, count: i64) -> Result<Self, Error> {
        self.0.checked_div(count).map(Self).ok_or(Error::Number)
    }

    /// For figures only, never for sums.
    #[expect(clippy::cast_precision_loss, reason = "a place in a drawing")]
    pub fn drawn(self) -> f64 {
        self.0 as f64 / ONE as f64
    }
}

impl std::str::FromStr for Decimal {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |digits: &str, most| {
            (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !plain(whole, 13) || !plain(part, 6) {
            return Err(Error::Number);
        }
        let whole: i64 = whole.parse().map_err(|_| Error::Number)?;
        let part: i64 = format!("{part:0<6}").parse().map_err(|_| Error::Number)?;
        let millionths = whole * ONE + part;
        if millionths > MAX {
            return Err(Error::Number);
        }
        Ok(Self(if negative { -millionths } else { millionths }))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = ((self.0 / ONE).abs(), (self.0 % ONE).abs());
        match part {
            0 => write!(f, "{sign}{whole}"),
            part => {
                let digits = format!("{part:06}");
                write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
            }
        }
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        for (text, shown) in [
            ("0", "0"),
            ("-0.5", "-0.5"),
            ("12.50", "12.5"),
            ("1000000000000", "1000000000000"),
            ("-3.000001", "-3.000001"),
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [
            "",
            "-",
            "N/A",
            "1,5",
            "1.",
            ".5",
            "1e3",
            "+1",
            "0.0000001",
            "1000000000001",
            "١٢",
        ] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }

    #[test]
    fn sums_are_exact_and_never_wrap() {
        let tenth: Decimal = "0.1".parse().unwrap();
        let sum = (0..10).try_fold(Decimal::ZERO, |sum, _| sum.plus(tenth));
        assert_eq!(sum.unwrap().to_string(), "1");
        let most = Decimal(MAX);
        assert!(most.plus(tenth).is_err());
        assert!(most.over(0).is_err());
    }
}
