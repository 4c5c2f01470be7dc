//! Events as files.

use passerelle_model::UtcTime;

use crate::line::{escape, push, quote};
use crate::time::{day, is_writable, local, utc};
use crate::zone::Observance;
use crate::{
    Attendee, Calendar, Error, Event, MAX_ATTENDEES, MAX_BYTES, MAX_EVENTS, MAX_LINES, Method,
    Participation, Role, Status, When, Zone, check,
};

/// Who wrote the file (RFC 5545 §3.7.3).
const PRODUCT: &str = "-//Passerelle//Passerelle//EN";

/// An invitation, or a newer form of one (RFC 5546 §3.2.2): needs times, an organizer and at least
/// one attendee. The text is UTF-8 with CRLF.
///
/// # Errors
/// `E_ICAL_METHOD`, or what is wrong with a value.
pub fn request(event: &Event) -> Result<String, Error> {
    write(&Calendar::of(Method::Request, event))
}

/// Says that an event does not take place (RFC 5546 §3.2.5): needs an organizer and
/// [`Status::Cancelled`]; [`Event::cancelled`] makes that form.
///
/// # Errors
/// As [`request`].
pub fn cancel(event: &Event) -> Result<String, Error> {
    write(&Calendar::of(Method::Cancel, event))
}

/// The answer of one attendee (RFC 5546 §3.2.3): needs an organizer and just that attendee.
///
/// # Errors
/// As [`request`].
pub fn reply(event: &Event) -> Result<String, Error> {
    write(&Calendar::of(Method::Reply, event))
}

/// A file of events. A time that its zone's clock shows twice, and means the second time, is
/// written in UTC, since RFC 5545 has no other way to say so; the zone is lost then.
///
/// # Errors
/// `E_ICAL_METHOD`, or what is wrong with a value.
pub fn write(calendar: &Calendar) -> Result<String, Error> {
    if calendar.events.len() > MAX_EVENTS {
        return Err(Error::Limit("MAX_EVENTS"));
    }
    for event in &calendar.events {
        judge(event)?;
        fits(calendar.method, event)?;
    }
    let mut file = Lines::default();
    file.put("BEGIN:VCALENDAR");
    file.put("VERSION:2.0");
    file.put(&format!("PRODID:{PRODUCT}"));
    file.put("CALSCALE:GREGORIAN");
    if let Some(method) = calendar.method {
        file.put(&format!("METHOD:{}", method.as_str()));
    }
    file.zones(&calendar.events);
    for event in &calendar.events {
        file.event(event);
    }
    file.put("END:VCALENDAR");
    if file.0.len() > MAX_BYTES {
        return Err(Error::Limit("MAX_BYTES"));
    }
    if file.0.matches('\n').count() >= MAX_LINES {
        return Err(Error::Limit("MAX_LINES"));
    }
    Ok(file.0)
}

/// What a method asks of its event.
pub(crate) fn fits(method: Option<Method>, event: &Event) -> Result<(), Error> {
    let Some(method) = method else {
        return Ok(());
    };
    if event.when.is_none() && matches!(method, Method::Request | Method::Publish) {
        return Err(Error::Missing("DTSTART"));
    }
    if event.organizer.is_none() && method != Method::Publish {
        return Err(Error::Missing("ORGANIZER"));
    }
    match method {
        Method::Request if event.attendees.is_empty() => Err(Error::Missing("ATTENDEE")),
        Method::Request if event.status == Some(Status::Cancelled) => {
            Err(Error::Method("what is cancelled is not asked for"))
        }
        Method::Reply if event.attendees.len() != 1 => {
            Err(Error::Method("a reply has exactly one attendee"))
        }
        _ => Ok(()),
    }
}

impl Calendar {
    fn of(method: Method, event: &Event) -> Self {
        Self {
            method: Some(method),
            events: vec![event.clone()],
            ignored: Vec::new(),
        }
    }
}

fn judge(event: &Event) -> Result<(), Error> {
    check::uid(&event.uid)?;
    check::text("SUMMARY", &event.summary)?;
    check::text("DESCRIPTION", &event.description)?;
    check::text("LOCATION", &event.location)?;
    check::text("COMMENT", &event.comment)?;
    event.url.as_deref().map_or(Ok(()), check::url)?;
    check::categories(&event.categories)?;
    if let Some(from) = &event.organizer {
        check::text("ORGANIZER", &from.name)?;
        check::address("ORGANIZER", &from.address)?;
    }
    if event.attendees.len() > MAX_ATTENDEES {
        return Err(Error::Limit("MAX_ATTENDEES"));
    }
    for attendee in &event.attendees {
        check::text("ATTENDEE", &attendee.name)?;
        check::address("ATTENDEE", &attendee.address)?;
    }
    judge_times(event)
}

fn judge_times(event: &Event) -> Result<(), Error> {
    let writable = |what, at| match is_writable(at) {
        true => Ok(()),
        false => Err(Error::Value(what)),
    };
    writable("DTSTAMP", event.stamp)?;
    match &event.when {
        Some(When::Span { start, end, .. }) => {
            writable("DTSTART", *start)?;
            writable("DTEND", *end)?;
            (start.seconds() <= end.seconds())
                .then_some(())
                .ok_or(Error::Order)
        }
        Some(When::Days { first, end }) => {
            writable("DTSTART", first.start())?;
            writable("DTEND", end.start())?;
            (first < end).then_some(()).ok_or(Error::Order)
        }
        None => Ok(()),
    }
}

/// The file so far.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, line: &str) {
        push(&mut self.0, line);
    }

    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(&format!("{name}:{}", escape(text)));
        }
    }

    fn event(&mut self, event: &Event) {
        self.put("BEGIN:VEVENT");
        self.text("UID", &event.uid);
        self.put(&format!("SEQUENCE:{}", event.sequence));
        self.put(&format!("DTSTAMP:{}", utc(event.stamp)));
        self.when(event.when.as_ref());
        self.text("SUMMARY", &event.summary);
        self.text("DESCRIPTION", &event.description);
        self.text("LOCATION", &event.location);
        self.text("COMMENT", &event.comment);
        if let Some(url) = &event.url {
            self.put(&format!("URL:{url}"));
        }
        if !event.categories.is_empty() {
            let escaped: Vec<String> = event.categories.iter().map(|one| escape(one)).collect();
            self.put(&format!("CATEGORIES:{}", escaped.join(",")));
        }
        if let Some(status) = event.status {
            self.put(&format!("STATUS:{}", status.as_str()));
        }
        if let Some(from) = &event.organizer {
            let name = common_name(&from.name);
            self.put(&format!("ORGANIZER{name}:mailto:{}", from.address));
        }
        for attendee in &event.attendees {
            self.attendee(attendee);
        }
        self.put("END:VEVENT");
    }

    fn when(&mut self, when: Option<&When>) {
        match when {
            Some(When::Span { start, end, zone }) => match by_clock(*start, *end, zone) {
                Some((first, last)) => {
                    let zone = zone.name();
                    self.put(&format!("DTSTART;TZID={zone}:{first}"));
                    self.put(&format!("DTEND;TZID={zone}:{last}"));
                }
                None => {
                    self.put(&format!("DTSTART:{}", utc(*start)));
                    self.put(&format!("DTEND:{}", utc(*end)));
                }
            },
            Some(When::Days { first, end }) => {
                self.put(&format!("DTSTART;VALUE=DATE:{}", day(*first)));
                self.put(&format!("DTEND;VALUE=DATE:{}", day(*end)));
            }
            None => {}
        }
    }

    fn attendee(&mut self, attendee: &Attendee) {
        let mut line = format!("ATTENDEE{}", common_name(&attendee.name));
        if attendee.role != Role::Required {
            line.push_str(&format!(";ROLE={}", attendee.role.as_str()));
        }
        if attendee.participation != Participation::NeedsAction || attendee.asked {
            line.push_str(&format!(";PARTSTAT={}", attendee.participation.as_str()));
        }
        if attendee.asked {
            line.push_str(";RSVP=TRUE");
        }
        self.put(&format!("{line}:mailto:{}", attendee.address));
    }

    /// Each zone once, with the years of all events by its clock.
    fn zones(&mut self, events: &[Event]) {
        let mut done: Vec<(&Zone, i16, i16)> = Vec::new();
        for event in events {
            let Some(When::Span { start, end, zone }) = &event.when else {
                continue;
            };
            if by_clock(*start, *end, zone).is_none() {
                continue;
            }
            let (first, last) = (zone.clock(*start).year(), zone.clock(*end).year());
            match done.iter_mut().find(|(known, ..)| *known == zone) {
                Some((_, from, to)) => (*from, *to) = ((*from).min(first), (*to).max(last)),
                None => done.push((zone, first, last)),
            }
        }
        for (zone, first, last) in done {
            self.zone(zone, first, last);
        }
    }

    fn zone(&mut self, zone: &Zone, first: i16, last: i16) {
        self.put("BEGIN:VTIMEZONE");
        self.put(&format!("TZID:{}", zone.name()));
        for observance in zone.observances(first, last) {
            self.observance(&observance);
        }
        self.put("END:VTIMEZONE");
    }

    fn observance(&mut self, observance: &Observance) {
        let kind = if observance.summer {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        self.put(&format!("BEGIN:{kind}"));
        for (index, begins) in observance.begins.iter().enumerate() {
            let name = if index == 0 { "DTSTART" } else { "RDATE" };
            self.put(&format!("{name}:{}", local(*begins)));
        }
        self.put(&format!(
            "TZOFFSETFROM:{}",
            offset(observance.from.seconds())
        ));
        self.put(&format!("TZOFFSETTO:{}", offset(observance.to.seconds())));
        self.text("TZNAME", &observance.name);
        self.put(&format!("END:{kind}"));
    }
}

fn common_name(name: &str) -> String {
    match name {
        "" => String::new(),
        name => format!(";CN={}", quote(name)),
    }
}

/// Both times by the clock of a zone; none where that would be read as other instants, or the
/// zone is UTC.
fn by_clock(start: UtcTime, end: UtcTime, zone: &Zone) -> Option<(String, String)> {
    let one = |at: UtcTime| {
        let clock = zone.clock(at);
        let read = zone.instant(clock)?;
        (read.seconds() == at.seconds()).then(|| local(clock))
    };
    if zone.is_utc() {
        return None;
    }
    Some((one(start)?, one(end)?))
}

/// `+HHMM`, with seconds where there are any (RFC 5545 §3.3.14).
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (minutes, rest) = (seconds.abs() / 60, seconds.abs() % 60);
    let text = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
    match rest {
        0 => text,
        rest => format!("{text}{rest:02}"),
    }
}
