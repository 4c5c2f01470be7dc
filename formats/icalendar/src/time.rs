//! Instants and days as iCalendar spells them (RFC 5545 §3.3.4 to §3.3.6).

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use passerelle_model::{Day, UtcTime};

use crate::Zone;

/// The last second that can be shown in every zone, with a margin for the year after it.
const LAST: i64 = 253_370_764_800;

/// A point in time as it stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Day(Date),
    Local(DateTime),
    Utc(DateTime),
}

/// `YYYYMMDD`, or with `THHMMSS`, or with a `Z` after that.
pub(crate) fn read(text: &str) -> Option<Written> {
    let Some((day, rest)) = text.split_once('T') else {
        return date(text).map(Written::Day);
    };
    let (time, utc) = match rest.strip_suffix('Z') {
        Some(time) => (time, true),
        None => (rest, false),
    };
    let [hour, minute, second] = numbers(time, [2, 2, 2])?;
    let small = |number: i16| i8::try_from(number).ok();
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    let at = date(day)?.to_datetime(time);
    Some(if utc {
        Written::Utc(at)
    } else {
        Written::Local(at)
    })
}

/// `YYYYMMDDTHHMMSS`.
pub(crate) fn local(at: DateTime) -> String {
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{}T{hour:02}{minute:02}{second:02}", day_digits(at.date()))
}

/// `YYYYMMDDTHHMMSSZ`.
pub(crate) fn utc(at: UtcTime) -> String {
    format!("{}Z", local(Zone::utc().clock(at)))
}

/// `YYYYMMDD`.
pub(crate) fn day(day: Day) -> String {
    day_digits(Zone::utc().clock(day.start()).date())
}

/// The day of a date from 1970 on.
pub(crate) fn day_of(date: Date) -> Option<Day> {
    Zone::utc().instant(date.at(0, 0, 0, 0)).map(UtcTime::day)
}

/// Weeks and days, which follow the calendar, and seconds, which do not (RFC 5545 §3.3.6).
pub(crate) fn duration(text: &str) -> Option<(i32, i64)> {
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (days, time) = text
        .split_once('T')
        .map_or((text, None), |(d, t)| (d, Some(t)));
    let (days, has_days) = units(days, &[('W', 7), ('D', 1)])?;
    let (seconds, has_time) = match time {
        Some(time) => units(time, &[('H', 3600), ('M', 60), ('S', 1)])?,
        None => (0, false),
    };
    if time.is_some() != has_time || !(has_days || has_time) {
        return None;
    }
    Some((i32::try_from(days).ok()?, seconds))
}

/// An instant from 1970 to 9998, in whole seconds.
pub(crate) fn instant(at: Timestamp) -> Option<UtcTime> {
    let seconds = u64::try_from(at.as_second()).ok()?;
    (at.as_second() < LAST).then(|| UtcTime::from_millis(seconds * 1000))
}

/// Whether an instant is in the range that is read back.
pub(crate) fn is_writable(at: UtcTime) -> bool {
    i64::try_from(at.seconds()).is_ok_and(|seconds| seconds < LAST)
}

pub(crate) fn timestamp(at: UtcTime) -> Timestamp {
    let seconds = i64::try_from(at.seconds()).unwrap_or(i64::MAX);
    Timestamp::new(seconds, 0).unwrap_or(Timestamp::MAX)
}

/// That instant, so many days later by the clock of a zone and then so many seconds.
pub(crate) fn later(at: UtcTime, zone: &Zone, (days, seconds): (i32, i64)) -> Option<UtcTime> {
    let days = jiff::Span::new().try_days(days).ok()?;
    let after = zone.instant(zone.clock(at).checked_add(days).ok()?)?;
    let seconds = SignedDuration::from_secs(seconds);
    instant(timestamp(after).checked_add(seconds).ok()?)
}

fn day_digits(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn date(text: &str) -> Option<Date> {
    let [year, month, day] = numbers(text, [4, 2, 2])?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

/// Numbers of so many digits each, and nothing else.
fn numbers<const N: usize>(text: &str, digits: [usize; N]) -> Option<[i16; N]> {
    let mut rest = text;
    let mut found = [0; N];
    for (number, count) in found.iter_mut().zip(digits) {
        let (head, tail) = rest.split_at_checked(count)?;
        if !head.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = head.parse().ok()?;
        rest = tail;
    }
    rest.is_empty().then_some(found)
}

/// The sum of numbers with units that come in this order, and whether there was any.
fn units(text: &str, order: &[(char, i64)]) -> Option<(i64, bool)> {
    let (mut rest, mut sum, mut any) = (text, 0_i64, false);
    for (unit, worth) in order {
        let Some((number, tail)) = rest.split_once(*unit) else {
            continue;
        };
        if number.is_empty() || number.len() > 6 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        sum = sum.checked_add(number.parse::<i64>().ok()?.checked_mul(*worth)?)?;
        (rest, any) = (tail, true);
    }
    rest.is_empty().then_some((sum, any))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_letter() {
        let at = jiff::civil::date(2026, 2, 20);
        assert_eq!(read("20260220"), Some(Written::Day(at)));
        assert_eq!(
            read("20260220T090005"),
            Some(Written::Local(at.at(9, 0, 5, 0)))
        );
        assert_eq!(
            read("20260220T090005Z"),
            Some(Written::Utc(at.at(9, 0, 5, 0)))
        );
        for bad in [
            "",
            "2026022",
            "20260230",
            "2026-02-20",
            "20260220T",
            "20260220T0900",
            "20260220T240000",
            "20260220T090060",
            "20260220T090000z",
            "20260220T090000ZZ",
            "+0260220",
            "2026022é",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(duration("PT1H30M"), Some((0, 5400)));
        assert_eq!(duration("P1W"), Some((7, 0)));
        assert_eq!(duration("+P2DT5S"), Some((2, 5)));
        for bad in [
            "",
            "P",
            "PT",
            "P1",
            "1H",
            "PT1D",
            "-PT1H",
            "PT1M1H",
            "P1DT",
            "PT9999999S",
        ] {
            assert_eq!(duration(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_is_not_always_24_hours() {
        let zone = Zone::named("Europe/Brussels").unwrap();
        let start = "2026-03-28T12:00:00Z".parse().unwrap();
        let next = "2026-03-29T11:00:00Z".parse().unwrap();
        assert_eq!(later(start, &zone, (1, 0)), Some(next));
    }
}
