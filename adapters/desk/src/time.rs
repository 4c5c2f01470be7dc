//! Dates, clocks and both capitals' time, in the words of four languages.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use passerelle_model::{Lang, UtcTime};

const FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
/// As Morocco writes them (CLDR, ar-MA).
const AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];
const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A time zone by its IANA name; UTC where it is not known.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The capital's zone of a country, where we know it.
pub(crate) fn zone_of_country(country: &str) -> &'static str {
    match country {
        "MA" => "Africa/Casablanca",
        "BE" => "Europe/Brussels",
        "NL" => "Europe/Amsterdam",
        "FR" => "Europe/Paris",
        "ES" => "Europe/Madrid",
        _ => "UTC",
    }
}

/// The capital of a country, as its neighbours call it; where people look at the clock.
pub(crate) fn capital(country: &str, lang: Lang) -> Option<&'static str> {
    let names = match country {
        "MA" => ["Rabat", "Rabat", "الرباط", "Rabat"],
        "BE" => ["Bruxelles", "Brussel", "بروكسيل", "Brussels"],
        "NL" => ["Amsterdam", "Amsterdam", "أمستردام", "Amsterdam"],
        "FR" => ["Paris", "Parijs", "باريس", "Paris"],
        "ES" => ["Madrid", "Madrid", "مدريد", "Madrid"],
        _ => return None,
    };
    let [fr, nl, ar, en] = names;
    Some(match lang {
        Lang::Fr => fr,
        Lang::Nl => nl,
        Lang::Ar => ar,
        Lang::En => en,
    })
}

/// `2027-11-28` as people write it, `28 novembre 2027`; as it is where it is no day.
pub(crate) fn written(lang: Lang, day: &str) -> String {
    let date: Result<jiff::civil::Date, _> = day.parse();
    match date {
        Ok(date) => named(lang, date),
        Err(_) => day.to_owned(),
    }
}

/// Whether two times fall on one day somewhere.
pub(crate) fn same_day(one: UtcTime, other: UtcTime, zone: &TimeZone) -> bool {
    local(one, zone).date() == local(other, zone).date()
}

/// `24 novembre 2026, 17:05`.
pub(crate) fn moment(lang: Lang, time: UtcTime, zone: &TimeZone) -> String {
    let local = local(time, zone);
    let comma = if lang == Lang::Ar { "،" } else { "," };
    format!(
        "{}{comma} {:02}:{:02}",
        named(lang, local.date()),
        local.hour(),
        local.minute()
    )
}

/// `17:05`.
pub(crate) fn hour(time: UtcTime, zone: &TimeZone) -> String {
    let local = local(time, zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// What a machine reads.
pub(crate) fn machine(time: UtcTime) -> String {
    time.to_string()
}

/// A moment as a form field holds it, in our own time: `2027-11-28T17:05`.
pub(crate) fn typed(time: UtcTime, zone: &TimeZone) -> String {
    local(time, zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What was typed in such a field; of an hour that comes twice, the first.
pub(crate) fn read(text: &str, zone: &TimeZone) -> Option<UtcTime> {
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let moment = zone.to_timestamp(civil).ok()?;
    let millis = u64::try_from(moment.as_millisecond()).ok()?;
    Some(UtcTime::from_millis(millis))
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7).
pub(crate) fn http_date(time: UtcTime) -> String {
    let utc = local(time, &TimeZone::UTC);
    utc.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn local(time: UtcTime, zone: &TimeZone) -> ZonedDateTime {
    let millis = i64::try_from(time.millis()).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(millis)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned_datetime(zone.clone())
}

fn named(lang: Lang, date: jiff::civil::Date) -> String {
    let names = match lang {
        Lang::Fr => FR,
        Lang::Nl => NL,
        Lang::Ar => AR,
        Lang::En => EN,
    };
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|month| names.get(month))
        .copied()
        .unwrap_or_default();
    let first = match (lang, date.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{first} {month} {}", date.year())
}

/// Hours and minutes between two times: `(days, hours, minutes)`, and whether `due` is past.
pub(crate) fn left(now: UtcTime, due: UtcTime) -> (u64, u64, u64, bool) {
    let late = due < now;
    let minutes = now.millis().abs_diff(due.millis()) / 60_000;
    (minutes / 1440, minutes / 60 % 24, minutes % 60, late)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_capitals_and_their_changing_difference() {
        let casablanca = zone("Africa/Casablanca");
        let brussels = zone("Europe/Brussels");
        // 15 March 2024 lies in Ramadan: Morocco is on UTC, Belgium on UTC+1.
        let ramadan = UtcTime::from_millis(1_710_504_000_000);
        assert_eq!(
            (hour(ramadan, &casablanca), hour(ramadan, &brussels)),
            ("12:00".into(), "13:00".into())
        );
        // 15 January 2024: both on UTC+1.
        let winter = UtcTime::from_millis(1_705_320_000_000);
        assert_eq!(hour(winter, &casablanca), hour(winter, &brussels));
    }

    #[test]
    fn moments_that_are_typed_are_read_by_the_same_clock() {
        let casablanca = zone("Africa/Casablanca");
        let ramadan = UtcTime::from_millis(1_710_504_000_000);
        assert_eq!(typed(ramadan, &casablanca), "2024-03-15T12:00");
        assert_eq!(read("2024-03-15T12:00", &casablanca), Some(ramadan));
        assert_eq!(read("soon", &casablanca), None);
        assert_eq!(http_date(ramadan), "Fri, 15 Mar 2024 12:00:00 GMT");
    }

    #[test]
    fn months_are_those_of_the_country() {
        let august = UtcTime::from_millis(1_722_470_400_000);
        let utc = TimeZone::UTC;
        assert_eq!(moment(Lang::Ar, august, &utc), "1 غشت 2024، 00:00");
        assert_eq!(moment(Lang::Fr, august, &utc), "1er août 2024, 00:00");
        assert_eq!(moment(Lang::Nl, august, &utc), "1 augustus 2024, 00:00");
    }

    #[test]
    fn days_are_written_out_and_anything_else_is_left() {
        assert_eq!(written(Lang::Fr, "2027-08-01"), "1er août 2027");
        assert_eq!(written(Lang::Ar, "2027-08-01"), "1 غشت 2027");
        assert_eq!(written(Lang::Nl, "soon"), "soon");
    }

    #[test]
    fn what_is_left_is_counted_both_ways() {
        let now = UtcTime::from_millis(10_000_000_000);
        let due = now.plus_millis(26 * 3_600_000 + 60_000);
        assert_eq!(left(now, due), (1, 2, 1, false));
        assert_eq!(left(due, now), (1, 2, 1, true));
    }
}
