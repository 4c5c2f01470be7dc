use passerelle_icalendar::{
    Attendee, Calendar, Error, Event, Method, Organizer, Participation, Role, Status, When, Zone,
    cancel, read, reply, request, write,
};
use passerelle_model::UtcTime;
use proptest::prelude::*;

use crate::{at, meeting};

const ZONES: [&str; 5] = [
    "Africa/Casablanca",
    "Europe/Brussels",
    "UTC",
    "Asia/Kathmandu",
    "America/St_Johns",
];

/// Texts with everything that has a meaning in a file.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "\\",
        ";",
        ",",
        ":",
        "\"",
        "^",
        "^n",
        "'",
        "\n",
        "\t",
        " ",
        "\\n",
        "محضر",
        "\u{200f}",
        "é",
        "🕊",
        "BEGIN:VEVENT",
        "e\u{301}",
    ]);
    prop::collection::vec(
        prop_oneof![odd.prop_map(str::to_owned), "[ -~]{0,30}"],
        0..30,
    )
    .prop_map(|parts| parts.concat())
}

fn when() -> impl Strategy<Value = Option<When>> {
    let span = (
        0_u64..4_000_000_000,
        0_u64..10_000_000,
        prop::sample::select(&ZONES),
    )
        .prop_map(|(start, length, zone)| When::Span {
            start: UtcTime::from_millis(start * 1000),
            end: UtcTime::from_millis((start + length) * 1000),
            zone: Zone::named(zone).unwrap(),
        });
    let days = (0_u64..40_000, 1_u32..10).prop_map(|(first, length)| {
        let first = UtcTime::from_millis(first * 86_400_000).day();
        let end = first.plus_days(length);
        When::Days { first, end }
    });
    prop_oneof![4 => span.prop_map(Some), 1 => days.prop_map(Some), 1 => Just(None)]
}

fn attendee() -> impl Strategy<Value = Attendee> {
    let role = prop::sample::select(Role::ALL);
    let participation = prop::sample::select(Participation::ALL);
    (
        text(),
        "[a-z.+]{1,8}@[a-z.]{1,8}",
        role,
        participation,
        any::<bool>(),
    )
        .prop_map(|(name, address, role, participation, asked)| Attendee {
            name,
            address,
            role,
            participation,
            asked,
        })
}

fn event() -> impl Strategy<Value = Event> {
    let texts = (
        text(),
        text(),
        text(),
        text(),
        prop::collection::vec(text(), 0..3),
    );
    let people = prop::collection::vec(attendee(), 0..4);
    let url = prop::option::of("https://[a-z]{1,20}/[a-z?=&#]{0,80}");
    let status = prop::option::of(prop::sample::select(Status::ALL));
    let rest = (
        any::<u32>(),
        0_u64..4_000_000_000,
        url,
        status,
        any::<bool>(),
    );
    (texts, when(), people, rest).prop_map(|(texts, when, people, rest)| {
        let (sequence, stamp, url, status, organized) = rest;
        let mut event = Event::new("é,7@x", UtcTime::from_millis(stamp * 1000));
        (
            event.summary,
            event.description,
            event.location,
            event.comment,
            event.categories,
        ) = texts;
        event.categories.retain(|category| !category.is_empty());
        (event.sequence, event.when, event.url, event.status) = (sequence, when, url, status);
        event.attendees = people;
        event.organizer = organized.then(|| Organizer::new("A \"B\"", "a@b"));
        event
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(events in prop::collection::vec(event(), 0..3)) {
        let calendar = Calendar { events, ..Calendar::default() };
        let file = write(&calendar).unwrap();
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let mut back = read(file.as_bytes()).unwrap();
        for (back, event) in back.events.iter_mut().zip(&calendar.events) {
            written_in_utc(back, event);
        }
        prop_assert_eq!(back, calendar);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }
}

/// A time that the clock shows twice keeps its instant and loses its zone.
fn written_in_utc(back: &mut Event, event: &Event) {
    if let (Some(When::Span { zone, .. }), Some(When::Span { zone: known, .. })) =
        (&mut back.when, &event.when)
        && *zone == Zone::utc()
    {
        *zone = known.clone();
    }
}

#[test]
fn an_invitation_its_update_and_its_end() {
    let first = meeting(
        "Africa/Casablanca",
        "2026-02-20T09:00:00Z",
        "2026-02-20T11:00:00Z",
    );
    let mut second = first.revised(at("2026-01-12T08:00:00Z"));
    second.location = "Bruxelles".into();
    let last = second.cancelled(at("2026-01-13T08:00:00Z"));
    let read = |file: String| read(file.as_bytes()).unwrap();
    let files = [request(&first), request(&second), cancel(&last)].map(|file| read(file.unwrap()));
    let methods = files.each_ref().map(|file| file.method);
    assert_eq!(
        methods,
        [Method::Request, Method::Request, Method::Cancel].map(Some)
    );
    let [first, second, last] = files.map(|file| file.events[0].clone());
    assert_eq!([first.sequence, second.sequence, last.sequence], [0, 1, 2]);
    assert!(second.replaces(&first) && last.replaces(&second) && !first.replaces(&second));
    assert!(!first.replaces(&first));
    assert_eq!(last.status, Some(Status::Cancelled));
}

#[test]
fn answers() {
    let mut event = meeting(
        "Europe/Brussels",
        "2026-02-20T09:00:00Z",
        "2026-02-20T11:00:00Z",
    );
    event.attendees[0].participation = Participation::Declined;
    event.comment = "En mission".into();
    event.when = None;
    let file = reply(&event).unwrap();
    let back = read(file.as_bytes()).unwrap();
    let answers: Vec<_> = back.answers().collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(
        (answers[0].uid, answers[0].sequence),
        ("gmmp-7@passerelle.example", 0)
    );
    assert_eq!(answers[0].address, "asiel@ibz.example");
    assert_eq!(answers[0].participation, Participation::Declined);
    assert_eq!(answers[0].comment, "En mission");
    let invitation = meeting("UTC", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z");
    let back = read(request(&invitation).unwrap().as_bytes()).unwrap();
    assert_eq!(back.answers().count(), 0);
}

#[test]
fn what_a_method_asks_for() {
    let whole = meeting("UTC", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z");
    let without = |change: fn(&mut Event)| {
        let mut event = whole.clone();
        change(&mut event);
        event
    };
    let code = |file: Result<String, Error>| file.map_err(Error::code).unwrap_err();
    assert_eq!(code(request(&without(|e| e.when = None))), "E_ICAL_MISSING");
    assert_eq!(
        code(request(&without(|e| e.organizer = None))),
        "E_ICAL_MISSING"
    );
    assert_eq!(
        code(request(&without(|e| e.attendees.clear()))),
        "E_ICAL_MISSING"
    );
    assert_eq!(
        code(cancel(&without(|e| e.organizer = None))),
        "E_ICAL_MISSING"
    );
    assert_eq!(
        code(reply(&without(|e| e.attendees.clear()))),
        "E_ICAL_METHOD"
    );
    let cancelled = without(|e| e.status = Some(Status::Cancelled));
    assert_eq!(code(request(&cancelled)), "E_ICAL_METHOD");
    assert!(cancel(&cancelled).is_ok());
}

#[test]
fn values_that_are_refused() {
    let code = |change: fn(&mut Event)| {
        let mut event = meeting("UTC", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z");
        change(&mut event);
        request(&event).map_err(Error::code).err()
    };
    assert_eq!(code(|_| {}), None);
    assert_eq!(
        code(|e| e.summary = "a\u{202e}b".into()),
        Some("E_ICAL_CONTROL")
    );
    assert_eq!(
        code(|e| e.description = "a\r\nATTENDEE:x".into()),
        Some("E_ICAL_CONTROL")
    );
    assert_eq!(
        code(|e| e.attendees[0].name = "a\u{7}".into()),
        Some("E_ICAL_CONTROL")
    );
    assert_eq!(code(|e| e.uid = "a\nb".into()), Some("E_ICAL_CONTROL"));
    assert_eq!(code(|e| e.uid.clear()), Some("E_ICAL_MISSING"));
    assert_eq!(
        code(|e| e.attendees[0].address = "a@b\r\nX:y".into()),
        Some("E_ICAL_ADDRESS")
    );
    assert_eq!(
        code(|e| e.url = Some("javascript:x".into())),
        Some("E_ICAL_VALUE")
    );
    assert_eq!(
        code(|e| e.location = "a".repeat(40_000)),
        Some("E_ICAL_LIMIT")
    );
    assert_eq!(
        code(|e| e.categories = vec!["a".repeat(20_000); 2]),
        Some("E_ICAL_LIMIT")
    );
    assert_eq!(
        code(|e| e.categories = vec![String::new()]),
        Some("E_ICAL_VALUE")
    );
    assert_eq!(
        code(|e| e.stamp = UtcTime::from_millis(u64::MAX)),
        Some("E_ICAL_VALUE")
    );
    let (late, early) = (at("2026-02-20T11:00:00Z"), at("2026-02-20T09:00:00Z"));
    let mut event = meeting("UTC", "2026-02-20T09:00:00Z", "2026-02-20T11:00:00Z");
    event.lasts(late, early, Zone::utc());
    assert_eq!(request(&event), Err(Error::Order));
}

#[test]
fn an_agenda_stands_below_the_description() {
    let mut event = Event::new("a", at("2026-01-10T08:00:00Z"));
    event.description = "Plénière".into();
    event.add_agenda("جدول الأعمال", ["المحضر", "Engagements"]);
    assert_eq!(
        event.description,
        "Plénière\n\nجدول الأعمال\n1. المحضر\n2. Engagements"
    );
}
