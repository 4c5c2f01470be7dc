//! An invitation to a meeting of the joint group, by the clock of Rabat, on standard output:
//! `cargo run -p passerelle-icalendar --example invite`. With `check` as argument, the same
//! meeting on a day before and after every change of both clocks, for the conformance test.

use std::error::Error;

use passerelle_icalendar::{Attendee, Calendar, Event, Method, Organizer, Role, Zone};
use passerelle_icalendar::{clocks, request, write};
use passerelle_model::UtcTime;

/// Days of 2024 to 2027 on both sides of every change of the clocks of Rabat or Brussels.
const DAYS: [&str; 12] = [
    "2024-03-09",
    "2024-03-11",
    "2024-03-30",
    "2024-04-01",
    "2024-04-13",
    "2024-10-28",
    "2025-02-22",
    "2025-04-07",
    "2026-02-14",
    "2026-03-23",
    "2027-02-06",
    "2027-03-15",
];

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        None => print!(
            "{}",
            request(&meeting(
                "2026-02-20T09:00:00Z".parse()?,
                "Africa/Casablanca"
            )?)?
        ),
        Some("check") => print!("{}", write(&series()?)?),
        Some(_) => return Err("no argument, or: check".into()),
    }
    Ok(())
}

fn series() -> Result<Calendar, Box<dyn Error>> {
    let mut calendar = Calendar {
        method: Some(Method::Publish),
        ..Calendar::default()
    };
    for zone in ["Africa/Casablanca", "Europe/Brussels"] {
        for day in DAYS {
            let start = format!("{day}T09:00:00Z").parse()?;
            calendar.events.push(meeting(start, zone)?);
        }
    }
    Ok(calendar)
}

fn meeting(start: UtcTime, zone: &str) -> Result<Event, Box<dyn Error>> {
    let zone = Zone::named(zone)?;
    let uid = format!(
        "gmmp-{}-{}@passerelle.example",
        start.seconds(),
        zone.name()
    );
    let mut event = Event::new(uid, "2026-01-10T08:00:00Z".parse()?);
    let seen = clocks(
        start,
        &Zone::named("Africa/Casablanca")?,
        &Zone::named("Europe/Brussels")?,
    );
    event.lasts(start, start.plus_millis(2 * 3_600_000), zone);
    event.summary = "المجموعة المختلطة الدائمة للهجرة; Groupe Migratoire Mixte Permanent".into();
    event.description = format!("Rabat {}, Bruxelles {}", seen.one, seen.other);
    event.add_agenda(
        "جدول الأعمال",
        ["المصادقة على المحضر", "Suivi des engagements, \\ 2025"],
    );
    event.location = "Rabat, قاعة الاجتماعات الكبرى بمقر وزارة الداخلية, الطابق الثاني".into();
    event.url = Some("https://passerelle.example/meetings/7?lang=fr".into());
    event.categories = vec!["migration".into(), "santé, travail".into()];
    event.organizer = Some(Organizer::new(
        "Secrétariat \"GMMP\"",
        "gmmp@interieur.example",
    ));
    let mut chair = Attendee::new("Présidence; co-présidence", "presidence@interieur.example");
    chair.role = Role::Chair;
    event.attendees = vec![
        chair,
        Attendee::new("Dienst \"Asiel\"\nBrussel^1", "asiel@ibz.example"),
    ];
    Ok(event)
}
