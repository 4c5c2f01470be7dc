//! Invitations and answers.

use passerelle_icalendar::{Calendar, When, Zone, read, write};

use crate::taken;

/// `read`; what it gave is written, if it may be, and read as the same.
pub(crate) fn file(bytes: &[u8]) -> bool {
    let Some(mut calendar) = taken(read(bytes)) else {
        return false;
    };
    calendar.ignored.clear();
    let Some(file) = taken(write(&calendar)) else {
        return true;
    };
    assert!(
        file.split("\r\n").all(|line| line.len() <= 75),
        "a long line"
    );
    let back = read(file.as_bytes());
    assert_eq!(
        back,
        Ok(in_utc_where_written_so(calendar, &back)),
        "read as another"
    );
    true
}

/// A time that its zone's clock shows twice is written in UTC.
fn in_utc_where_written_so<E>(mut calendar: Calendar, back: &Result<Calendar, E>) -> Calendar {
    let events = back.iter().flat_map(|back| &back.events);
    for (event, back) in calendar.events.iter_mut().zip(events) {
        if let (Some(When::Span { zone, .. }), Some(When::Span { zone: written, .. })) =
            (&mut event.when, &back.when)
            && *written == Zone::utc()
        {
            *zone = Zone::utc();
        }
    }
    calendar
}
