//! An answer, an invitation of ours, and what is wrong with others.

use passerelle_icalendar::{Attendee, Event, Organizer, Zone, request};

use super::{Sample, World, bad, good};

pub(crate) fn file(_: &World) -> Vec<Sample> {
    let reply = "ORGANIZER:mailto:a@b\nATTENDEE;PARTSTAT=ACCEPTED;CN=\"^'A^'\":mailto:c@d\n";
    vec![
        good("request", invitation()),
        good("reply", calendar("METHOD:REPLY\n", reply)),
        good(
            "days",
            calendar("", "DTSTART;VALUE=DATE:20260220\nDURATION:P2W\n"),
        ),
        good(
            "duration",
            calendar("", "DTSTART:20260220T090000Z\nDURATION:P1DT2H\n"),
        ),
        good(
            "second-hour",
            calendar("", "DTSTART;TZID=Europe/Brussels:20261025T023000\n"),
        ),
        good(
            "windows-zone",
            calendar("", "DTSTART;TZID=Morocco Standard Time:20260220T090000\n"),
        ),
        good(
            "folded-inside",
            b"BEGIN:VCALENDAR\nVERSION:2.0\nX-A:\xc3\n \xa9\nEND:VCALENDAR\n",
        ),
        good(
            "escapes",
            calendar("", "SUMMARY:a\\,b\\;c\\\\d\\ne\\x\nCATEGORIES:a,b\\,c\n"),
        ),
        bad("floating", calendar("", "DTSTART:20260220T090000\n")),
        bad("recurring", calendar("", "RRULE:FREQ=DAILY\n")),
        bad("deep", calendar("", "BEGIN:A\nBEGIN:B\nBEGIN:C\n")),
        bad(
            "crossed",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT\n",
        ),
        bad("control", calendar("", "SUMMARY:\u{1b}[2J\n")),
        bad("open-quote", calendar("", "ATTENDEE;CN=\"a:mailto:a@b\n")),
        bad("not-utf8", b"BEGIN:VCALENDAR\nX:\xff\n"),
        bad("empty", ""),
    ]
}

fn calendar(head: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{head}BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\n\
         {lines}END:VEVENT\nEND:VCALENDAR\n"
    )
}

fn invitation() -> String {
    let at = |text: &str| {
        text.parse()
            .unwrap_or(passerelle_model::UtcTime::from_millis(0))
    };
    let mut event = Event::new("a", at("2026-01-10T08:00:00Z"));
    let zone = Zone::named("Africa/Casablanca").unwrap_or(Zone::utc());
    event.lasts(at("2026-02-10T09:00:00Z"), at("2026-02-20T11:00:00Z"), zone);
    event.summary = "المجموعة المختلطة الدائمة للهجرة".to_owned();
    event.organizer = Some(Organizer::new("\"A\"", "a@b"));
    event.attendees = vec![Attendee::new("C", "c@d")];
    request(&event).unwrap_or_default()
}
