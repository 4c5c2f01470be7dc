//! Files written and read back, and files of others.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod others;
mod roundtrip;
mod zones;

use passerelle_icalendar::{Attendee, Event, Organizer, Zone};
use passerelle_model::UtcTime;

fn at(text: &str) -> UtcTime {
    text.parse().unwrap()
}

fn meeting(zone: &str, start: &str, end: &str) -> Event {
    let mut event = Event::new("gmmp-7@passerelle.example", at("2026-01-10T08:00:00Z"));
    event.lasts(at(start), at(end), Zone::named(zone).unwrap());
    event.summary = "المجموعة المختلطة".into();
    event.organizer = Some(Organizer::new("Secrétariat", "gmmp@interieur.example"));
    event.attendees = vec![Attendee::new("Dienst \"Asiel\"", "asiel@ibz.example")];
    event
}
