use passerelle_icalendar::{Method, Participation, ReadError, Role, When, Zone, read};

use crate::at;

/// An answer as Outlook writes one, with a zone by its Windows name.
const OUTLOOK: &str = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\n\
VERSION:2.0\r\nX-MS-OLK-FORCEINSPECTOROPEN:TRUE\r\nBEGIN:VTIMEZONE\r\nTZID:Morocco Standard Time\r\n\
BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\n\
END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=TENTATIVE;CN=\"Dienst; Asiel\":\
MAILTO:asiel@ibz.example\r\nORGANIZER:mailto:gmmp@interieur.example\r\nCOMMENT;LANGUAGE=nl:Misschien\\, \r\n \
later\r\nUID:gmmp-7@passerelle.example\r\nSUMMARY;LANGUAGE=fr:Réunion\r\n\
DTSTART;TZID=Morocco Standard Time:20260220T090000\r\nDTEND;TZID=\"Morocco Standard Time\":20260220T110000\r\n\
CLASS:PUBLIC\r\nDTSTAMP:20260112T081500Z\r\nSEQUENCE:1\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n\
SUMMARY:never\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn event(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\n\
         {lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

fn refused(file: &str) -> (usize, &'static str) {
    let error = read(file.as_bytes()).unwrap_err();
    (error.line, error.code())
}

#[test]
fn an_answer_from_outlook() {
    let back = read(OUTLOOK.as_bytes()).unwrap();
    assert_eq!(back.method, Some(Method::Reply));
    let answer = back.answers().next().unwrap();
    assert_eq!(
        (answer.sequence, answer.participation),
        (1, Participation::Tentative)
    );
    assert_eq!(
        (answer.address, answer.comment),
        ("asiel@ibz.example", "Misschien, later")
    );
    let event = &back.events[0];
    assert_eq!(event.attendees[0].name, "Dienst; Asiel");
    assert_eq!(event.summary, "Réunion");
    let expected = When::Span {
        start: at("2026-02-20T09:00:00Z"),
        end: at("2026-02-20T11:00:00Z"),
        zone: Zone::named("Africa/Casablanca").unwrap(),
    };
    assert_eq!(event.when, Some(expected));
    assert_eq!(
        back.ignored,
        ["X-MS-OLK-FORCEINSPECTOROPEN", "CLASS", "VALARM"]
    );
}

#[test]
fn days_and_durations() {
    let when = |lines: &str| {
        read(event(lines).as_bytes()).unwrap().events[0]
            .when
            .clone()
    };
    let days = |first: &str, end: &str| {
        let (first, end) = (first.parse().unwrap(), end.parse().unwrap());
        Some(When::Days { first, end })
    };
    assert_eq!(
        when("DTSTART;VALUE=DATE:20260220"),
        days("2026-02-20", "2026-02-21")
    );
    let three = "DTSTART;VALUE=DATE:20260220\nDURATION:P3D";
    assert_eq!(when(three), days("2026-02-20", "2026-02-23"));
    let Some(When::Span { start, end, .. }) = when("DTSTART:20260220T090000Z\nDURATION:PT90M")
    else {
        panic!("no span");
    };
    assert_eq!(
        (start, end),
        (at("2026-02-20T09:00:00Z"), at("2026-02-20T10:30:00Z"))
    );
    assert_eq!(when("SUMMARY:x"), None);
}

#[test]
fn refusals_name_their_line() {
    let start = "DTSTART:20260220T090000Z\n";
    for (lines, at, code) in [
        ("DTSTART:20260220T090000", 7, "E_ICAL_FLOATING"),
        ("DTSTART:20260220", 7, "E_ICAL_VALUE"),
        ("DTSTART;VALUE=DATE:20260230", 7, "E_ICAL_VALUE"),
        ("DTSTART;TZID=Atlantis:20260220T090000", 7, "E_ICAL_ZONE"),
        (
            &format!("{start}DTSTART:20260220T090000Z"),
            8,
            "E_ICAL_TWICE",
        ),
        (&format!("{start}DTEND:20260220T080000Z"), 9, "E_ICAL_ORDER"),
        (
            &format!("{start}DTEND;VALUE=DATE:20260221"),
            9,
            "E_ICAL_VALUE",
        ),
        (&format!("{start}RRULE:FREQ=DAILY"), 8, "E_ICAL_RECURRING"),
        (&format!("{start}DURATION:1H"), 8, "E_ICAL_VALUE"),
        ("DTEND:20260220T080000Z", 8, "E_ICAL_MISSING"),
        ("SEQUENCE:-1", 7, "E_ICAL_VALUE"),
        ("STATUS:MAYBE", 7, "E_ICAL_VALUE"),
        ("ORGANIZER:urn:x", 7, "E_ICAL_ADDRESS"),
        ("SUMMARY:a\u{1b}[2J", 7, "E_ICAL_CONTROL"),
        ("SUMMARY", 7, "E_ICAL_LINE"),
        ("BEGIN:A\nBEGIN:B\nBEGIN:C", 9, "E_ICAL_LIMIT"),
        ("BEGIN:A", 8, "E_ICAL_STRUCTURE"),
    ] {
        assert_eq!(refused(&event(lines)), (at, code), "{lines}");
    }
}

#[test]
fn refusals_of_whole_files() {
    let outer = |lines: &str| format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n");
    assert_eq!(refused("").1, "E_ICAL_STRUCTURE");
    assert_eq!(refused("BEGIN:VEVENT\nEND:VEVENT").1, "E_ICAL_STRUCTURE");
    assert_eq!(
        refused("BEGIN:VCALENDAR\nVERSION:2.0").1,
        "E_ICAL_STRUCTURE"
    );
    assert_eq!(refused(&outer("PRODID:x")).1, "E_ICAL_MISSING");
    assert_eq!(refused(&outer("VERSION:1.0")).1, "E_ICAL_STRUCTURE");
    assert_eq!(
        refused(&outer("VERSION:2.0\nMETHOD:COUNTER")).1,
        "E_ICAL_VALUE"
    );
    assert_eq!(
        refused(&outer("VERSION:2.0\nMETHOD:REPLY\nMETHOD:REPLY")).1,
        "E_ICAL_TWICE"
    );
    assert_eq!(
        refused(&outer("VERSION:2.0\nCALSCALE:HIJRI")).1,
        "E_ICAL_VALUE"
    );
    let twice = outer("VERSION:2.0").repeat(2);
    assert_eq!(refused(&twice), (4, "E_ICAL_STRUCTURE"));
    let many = "BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\nEND:VEVENT\n".repeat(101);
    assert_eq!(
        refused(&outer(&format!("VERSION:2.0\n{many}"))).1,
        "E_ICAL_LIMIT"
    );
    let invited = "ATTENDEE:mailto:a@b\n".repeat(501);
    assert_eq!(refused(&event(&invited)), (507, "E_ICAL_LIMIT"));
}

#[test]
fn an_answer_of_nobody_is_refused() {
    let no_mail = OUTLOOK.replace("MAILTO:asiel@ibz.example", "invalid:nomail");
    assert_eq!(refused(&no_mail).1, "E_ICAL_METHOD");
    let nobody = OUTLOOK.replace("ORGANIZER:mailto:gmmp@interieur.example\r\n", "");
    assert_eq!(
        read(nobody.as_bytes()).map_err(ReadError::code),
        Err("E_ICAL_MISSING")
    );
}

#[test]
fn words_that_are_not_known_have_a_meaning() {
    let file = event("ATTENDEE;PARTSTAT=X-MAYBE;ROLE=X;CN=محمد:mailto:a@b\nURL:javascript:x");
    let back = read(file.as_bytes()).unwrap();
    let from = &back.events[0].attendees[0];
    assert_eq!(
        (from.participation, from.role),
        (Participation::NeedsAction, Role::Required)
    );
    assert_eq!(
        (back.events[0].url.as_deref(), back.ignored.as_slice()),
        (None, &["URL".into()][..])
    );
}
