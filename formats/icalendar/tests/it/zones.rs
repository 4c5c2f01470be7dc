use passerelle_icalendar::{Zone, clocks, request};
use passerelle_model::UtcTime;

use crate::{at, meeting};

/// When the clock of Rabat changes, by the clock before the change, and its hours ahead of UTC from
/// then: for Ramadan, and in September 2026 for good (tz database 2026f; 2025b did not know that
/// yet, and has two more changes in 2027).
const CHANGES: [(&str, i32); 7] = [
    ("2024-03-10T03:00", 0),
    ("2024-04-14T02:00", 1),
    ("2025-02-23T03:00", 0),
    ("2025-04-06T02:00", 1),
    ("2026-02-15T03:00", 0),
    ("2026-03-22T02:00", 1),
    ("2026-09-20T02:00", 0),
];

#[test]
fn both_clocks() {
    let rabat = Zone::named("Africa/Casablanca").unwrap();
    let brussels = Zone::named("Europe/Brussels").unwrap();
    let seen = clocks(at("2026-02-20T09:00:00Z"), &rabat, &brussels);
    assert_eq!(seen.one.to_string(), "2026-02-20 09:00 +00:00");
    assert_eq!(seen.other.to_string(), "2026-02-20 10:00 +01:00");
    assert_eq!(seen.ahead, 60);
    let ahead = |day: &str| clocks(at(&format!("{day}T12:00:00Z")), &rabat, &brussels).ahead;
    assert_eq!(ahead("2026-01-15"), 0);
    assert_eq!(ahead("2026-06-15"), 60);
    assert_eq!(ahead("2024-04-05"), 120);
    let newfoundland = Zone::named("America/St_Johns").unwrap();
    let seen = clocks(at("2026-01-15T02:00:00Z"), &newfoundland, &rabat);
    assert_eq!(seen.one.to_string(), "2026-01-14 22:30 -03:30");
}

#[test]
fn the_clock_of_rabat_changes_for_ramadan() {
    let (rabat, utc) = (Zone::named("Africa/Casablanca").unwrap(), Zone::utc());
    for (change, hours) in CHANGES {
        let (day, _) = change.split_once('T').unwrap();
        let noon = at(&format!("{day}T12:00:00Z"));
        let before = UtcTime::from_millis(noon.millis() - 86_400_000);
        assert_eq!(clocks(noon, &utc, &rabat).ahead, hours * 60, "{day}");
        assert_eq!(
            clocks(before, &utc, &rabat).ahead,
            60 - hours * 60,
            "before {day}"
        );
    }
}

#[test]
fn the_file_lists_every_change_of_its_years() {
    let event = meeting(
        "Africa/Casablanca",
        "2024-01-05T09:00:00Z",
        "2027-12-01T11:00:00Z",
    );
    let file = request(&event).unwrap();
    assert!(!file.contains("RRULE"));
    for (change, _) in CHANGES {
        let change = format!(":{}00\r\n", change.replace(['-', ':'], ""));
        assert!(file.contains(&change), "{change}");
    }
    assert_eq!(
        file.matches("BEGIN:STANDARD").count() + file.matches("BEGIN:DAYLIGHT").count(),
        2
    );
    // The seven, and the one before that says what is true on New Year's Day.
    assert_eq!(
        file.matches("DTSTART:").count() + file.matches("RDATE:").count(),
        8
    );
    assert!(file.contains("DTSTART;TZID=Africa/Casablanca:20240105T100000\r\n"));
}

#[test]
fn a_zone_that_never_changes_has_one_observance() {
    let event = meeting("Etc/GMT-3", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z");
    let file = request(&event).unwrap();
    assert!(file.contains("DTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\n"));
}

#[test]
fn an_hour_that_comes_twice_is_written_in_utc() {
    let event = meeting(
        "Europe/Brussels",
        "2026-10-25T01:30:00Z",
        "2026-10-25T03:00:00Z",
    );
    let file = request(&event).unwrap();
    assert!(file.contains("DTSTART:20261025T013000Z\r\n") && !file.contains("VTIMEZONE"));
    let event = meeting(
        "Europe/Brussels",
        "2026-10-25T00:30:00Z",
        "2026-10-25T03:00:00Z",
    );
    let file = request(&event).unwrap();
    assert!(file.contains("DTSTART;TZID=Europe/Brussels:20261025T023000\r\n"));
}

#[test]
fn zones_that_are_not_known() {
    for name in ["", "Europe/Atlantis", "../etc/passwd"] {
        assert_eq!(
            Zone::named(name).unwrap_err().code(),
            "E_ICAL_ZONE",
            "{name}"
        );
    }
    assert!(Zone::from_tzif("Europe/Brussels", b"no table").is_err());
    assert!(Zone::from_tzif("a:b", b"").is_err());
    assert_eq!(
        Zone::named("africa/casablanca").unwrap().name(),
        "Africa/Casablanca"
    );
}
