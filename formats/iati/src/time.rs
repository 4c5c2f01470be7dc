//! Days and moments as the standard writes them (`xs:date`, `xs:dateTime`).

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime};

use crate::Fault;

/// A moment with the offset from UTC that was written with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// Day and time where it was written.
    pub civil: DateTime,
    /// Minutes ahead of UTC; none where none was written.
    pub offset: Option<i16>,
}

impl Moment {
    /// A moment in UTC.
    #[must_use]
    pub fn utc(civil: DateTime) -> Self {
        let offset = Some(0);
        Self { civil, offset }
    }

    /// The same in UTC; without an offset it is taken as UTC.
    #[must_use]
    pub fn in_utc(self) -> DateTime {
        let ahead = jiff::Span::new().minutes(i64::from(self.offset.unwrap_or(0)));
        self.civil.saturating_sub(ahead)
    }
}

impl FromStr for Moment {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (civil, offset) = split_offset(text).ok_or(Fault::Value("date and time"))?;
        let civil = read_civil(civil).ok_or(Fault::Value("date and time"))?;
        Ok(Self { civil, offset })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil)?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// A day; an offset after it is allowed and left.
#[must_use]
pub fn read_day(text: &str) -> Option<Date> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let (day, _) = split_offset(text)?;
    has_shape(day, "dddd-dd-dd").then(|| day.parse().ok())?
}

/// A civil date and time. Twenty-four o'clock is midnight of the next day.
fn read_civil(text: &str) -> Option<DateTime> {
    let (main, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !has_shape(main, "dddd-dd-ddTdd:dd:dd") {
        return None;
    }
    if let Some(day) = main.strip_suffix("T24:00:00") {
        let next = day.parse::<Date>().ok()?.tomorrow().ok()?;
        return Some(next.at(0, 0, 0, 0));
    }
    // Leap seconds are no part of XML Schema, but of the library.
    let second = main.get(17..)?;
    let fraction = fraction.get(..9).unwrap_or(fraction);
    (second != "60").then(|| format!("{main}.{fraction}").parse().ok())?
}

/// What stands before `Z` or an offset, and the offset in minutes.
fn split_offset(text: &str) -> Option<(&str, Option<i16>)> {
    if let Some(before) = text.strip_suffix('Z') {
        return Some((before, Some(0)));
    }
    let at = text.len().checked_sub(6)?;
    let (Some(before), Some(offset)) = (text.get(..at), text.get(at..)) else {
        return None;
    };
    // The end of a day, "-dd-dd", is no offset.
    if !offset.contains(':') || !offset.starts_with(['+', '-']) {
        return Some((text, None));
    }
    if !has_shape(offset.get(1..)?, "dd:dd") {
        return None;
    }
    let hours: i16 = offset.get(1..3)?.parse().ok()?;
    let minutes: i16 = offset.get(4..)?.parse().ok()?;
    let ahead = hours * 60 + minutes;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (minutes < 60 && ahead <= 14 * 60).then_some((before, Some(sign * ahead)))
}

/// Whether the text is as long as the pattern and has digits where it says `d`.
fn has_shape(text: &str, pattern: &str) -> bool {
    let fits = |(c, p): (u8, u8)| {
        if p == b'd' {
            c.is_ascii_digit()
        } else {
            c == p
        }
    };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_it_was_read() {
        for text in [
            "2021-12-17T00:00:00Z",
            "2021-12-17T10:30:00+01:00",
            "2021-12-17T10:30:00-09:30",
            "2021-12-17T10:30:00.25",
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        let utc = |text: &str| text.parse::<Moment>().unwrap().in_utc().to_string();
        assert_eq!(utc("2021-01-01T00:30:00+01:00"), "2020-12-31T23:30:00");
        assert_eq!(utc("2021-01-01T24:00:00"), "2021-01-02T00:00:00");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "2021-12-17",
            "2021-12-17T10:30Z",
            "2021-12-17T10:30:60Z",
            "2021-12-17T10:30:00+15:00",
            "2021-12-17T10:30:00+1:00",
            "2021-12-17T10:30:00.Z",
            "é",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        assert_eq!(
            read_day(" 2024-02-29+01:00 ").unwrap().to_string(),
            "2024-02-29"
        );
        for text in [
            "2023-02-29",
            "24-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01+99:00",
            "",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }
}
