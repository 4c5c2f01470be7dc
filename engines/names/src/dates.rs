//! Birth dates as they are written: whole, in part, or wrong.

use std::fmt;

use crate::error::Error;

/// A birth date of which the year, the month or the day is known.
///
/// A date that is well written but no day of the calendar, such as 1996-16-24, is kept: it
/// is how a slip of the pen looks, and its digits still say much. [`is_possible`] tells it
/// apart; keys are not made of it.
///
/// [`is_possible`]: Self::is_possible
///
/// ```
/// use passerelle_names::PartialDate;
///
/// let date: PartialDate = "1971-03".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (1971, Some(3), None));
/// assert!("71".parse::<PartialDate>().is_err());
/// # Ok::<(), passerelle_names::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// The year as it is written, 0 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month as it is written.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day as it is written.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether it is a year, month or day of the calendar.
    #[must_use]
    pub fn is_possible(self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            None => return self.year > 0,
            Some(2) => 28 + u8::from(leap),
            Some(4 | 6 | 9 | 11) => 30,
            Some(1..=12) => 31,
            Some(_) => return false,
        };
        self.year > 0 && self.day.is_none_or(|day| (1..=days).contains(&day))
    }

    /// The date of a column: nothing if it is empty.
    ///
    /// # Errors
    /// [`Error::Date`].
    pub fn of_column(text: &str) -> Result<Option<Self>, Error> {
        if text.is_empty() {
            Ok(None)
        } else {
            text.parse().map(Some)
        }
    }

    fn digits(self) -> [u8; 8] {
        let (year, month, day) = (self.year, self.month.unwrap_or(0), self.day.unwrap_or(0));
        let ten = |n: u16| u8::try_from(n % 10).unwrap_or(0);
        [
            ten(year / 1000),
            ten(year / 100),
            ten(year / 10),
            ten(year),
            month / 10,
            month % 10,
            day / 10,
            day % 10,
        ]
    }
}

impl std::str::FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = text.split('-');
        let mut number = |width: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse::<u16>().map(Some).map_err(|_| Error::Date)
            }
            Some(_) => Err(Error::Date),
        };
        let year = number(4)?.ok_or(Error::Date)?;
        let short = |part: Option<u16>| part.map(|n| u8::try_from(n).unwrap_or(u8::MAX));
        let (month, day) = (short(number(2)?), short(number(2)?));
        if parts.next().is_some() {
            return Err(Error::Date);
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// How two birth dates are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One of them is not known.
    Absent,
    /// Equal to the day.
    Equal,
    /// Equal as far as both are known.
    EqualInPart,
    /// The year is the same, and one is the first or last day of it: a presumed date.
    Presumed,
    /// Day and month change places.
    Swapped,
    /// One digit differs, or two neighbours change places.
    OneDigit,
    /// The year is the same, the rest is not.
    SameYear,
    /// One year apart.
    NextYear,
    /// Further apart.
    Other,
}

impl Relation {
    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Equal => "equal",
            Self::EqualInPart => "equal-in-part",
            Self::Presumed => "presumed",
            Self::Swapped => "swapped",
            Self::OneDigit => "one-digit",
            Self::SameYear => "same-year",
            Self::NextYear => "next-year",
            Self::Other => "other",
        }
    }
}

/// What is measured of two dates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DateMeasures {
    pub(crate) relation: Relation,
    /// Years apart, at most 50.
    pub(crate) years: f32,
    /// Digits that differ, where both are whole; 9 where they are not.
    pub(crate) digits: f32,
    /// Parts that both know: 0 to 3.
    pub(crate) parts: f32,
    /// 1 if month and day are equal, 0 if not, 0.5 if not known.
    pub(crate) rest: f32,
}

/// Measures two dates.
pub(crate) fn measure(a: Option<PartialDate>, b: Option<PartialDate>) -> DateMeasures {
    let (Some(a), Some(b)) = (a, b) else {
        return DateMeasures {
            relation: Relation::Absent,
            years: 60.0,
            digits: 9.0,
            parts: 0.0,
            rest: 0.5,
        };
    };
    let months = a.month.is_some() && b.month.is_some();
    let days = a.day.is_some() && b.day.is_some();
    let (x, y) = (a.digits(), b.digits());
    let digits = x.iter().zip(&y).filter(|(x, y)| x != y).count();
    let rest = match (months, days) {
        (false, _) => 0.5,
        (true, false) => f32::from(u8::from(a.month == b.month)),
        (true, true) => f32::from(u8::from((a.month, a.day) == (b.month, b.day))),
    };
    DateMeasures {
        relation: relation(a, b),
        years: f32::from(a.year.abs_diff(b.year).min(50)),
        digits: if days {
            f32::from(u8::try_from(digits).unwrap_or(8))
        } else {
            9.0
        },
        parts: 1.0 + f32::from(u8::from(months)) + f32::from(u8::from(days)),
        rest,
    }
}

fn relation(a: PartialDate, b: PartialDate) -> Relation {
    let apart = a.year.abs_diff(b.year);
    let whole = a.day.is_some() && b.day.is_some();
    if a == b && whole {
        return Relation::Equal;
    }
    let month_fits = a.month.is_none() || b.month.is_none() || a.month == b.month;
    let day_fits = a.day.is_none() || b.day.is_none() || a.day == b.day;
    if apart == 0 && month_fits && day_fits {
        return Relation::EqualInPart;
    }
    let edge = |date: PartialDate| {
        matches!(
            (date.month, date.day),
            (Some(1), Some(1)) | (Some(12), Some(31))
        )
    };
    if apart == 0 && (edge(a) || edge(b)) {
        return Relation::Presumed;
    }
    if apart == 0 && whole && a.month == b.day && a.day == b.month {
        return Relation::Swapped;
    }
    if whole && one_slip(a.digits(), b.digits()) {
        return Relation::OneDigit;
    }
    match apart {
        0 => Relation::SameYear,
        1 => Relation::NextYear,
        _ => Relation::Other,
    }
}

/// One digit differs, or two neighbours change places.
fn one_slip(a: [u8; 8], b: [u8; 8]) -> bool {
    let apart: Vec<usize> = (0..8).filter(|at| a.get(*at) != b.get(*at)).collect();
    match apart.as_slice() {
        [_] => true,
        [x, y] => y - x == 1 && a.get(*x) == b.get(*y) && a.get(*y) == b.get(*x),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Relation {
        measure(
            PartialDate::of_column(a).unwrap(),
            PartialDate::of_column(b).unwrap(),
        )
        .relation
    }

    #[test]
    fn relations() {
        for (a, b, relation) in [
            ("", "1971", Relation::Absent),
            ("1971-03-04", "1971-03-04", Relation::Equal),
            ("1971", "1971-03-04", Relation::EqualInPart),
            ("1971-03", "1971-03-04", Relation::EqualInPart),
            ("1971-01-01", "1971-03-04", Relation::Presumed),
            ("1971-04-03", "1971-03-04", Relation::Swapped),
            ("1971-03-14", "1971-03-04", Relation::OneDigit),
            ("1917-03-04", "1971-03-04", Relation::OneDigit),
            ("1971-11-24", "1971-03-05", Relation::SameYear),
            ("1971", "1972", Relation::NextYear),
            ("1961-05-06", "1982-03-17", Relation::Other),
        ] {
            assert_eq!(of(a, b), relation, "{a} {b}");
            assert_eq!(of(b, a), relation, "{b} {a}");
        }
    }

    #[test]
    fn badly_written_dates_are_refused_and_impossible_ones_known() {
        for bad in [
            "x",
            "71",
            "1971-",
            "1971-3",
            "1971-03-4",
            "1971-03-04-",
            "+971",
            "١٩٧١",
            "1971/03",
        ] {
            assert_eq!(bad.parse::<PartialDate>(), Err(Error::Date), "{bad}");
        }
        for (text, possible) in [
            ("1971", true),
            ("1971-12", true),
            ("1972-02-29", true),
            ("1971-02-29", false),
            ("1996-16-24", false),
            ("1996-00-10", false),
            ("2000-02-94", false),
            ("0000", false),
        ] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(date.is_possible(), possible, "{text}");
            assert_eq!(date.to_string(), text);
        }
    }
}
