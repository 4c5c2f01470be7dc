//! An event as its lines come in.

use passerelle_model::UtcTime;

use crate::line::{Property, unescape};
use crate::time::{Written, day_of, duration, later, read};
use crate::{
    Attendee, Error, Event, MAX_ATTENDEES, MAX_TEXT_BYTES, Organizer, Participation, Role, Status,
    When, Zone, check,
};

/// What is known so far.
#[derive(Default)]
pub(crate) struct Draft {
    /// Names of the properties that were seen and may stand once.
    seen: Vec<&'static str>,
    uid: String,
    sequence: u32,
    stamp: Option<UtcTime>,
    start: Option<Point>,
    end: Option<Point>,
    lasts: Option<(i32, i64)>,
    /// Everything that needs no other line to be understood.
    rest: Option<Event>,
}

/// A day, or an instant by the clock of a zone.
enum Point {
    Day(passerelle_model::Day),
    At(UtcTime, Zone),
}

/// Properties that may stand once (RFC 5545 §3.6.1).
const ONCE: &[&str] = &[
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "STATUS",
    "ORGANIZER",
];

impl Draft {
    /// Takes one line; whether it is known.
    pub(crate) fn set(&mut self, property: &Property) -> Result<bool, Error> {
        let name = property.name.as_str();
        if let Some(once) = ONCE.iter().copied().find(|once| *once == name) {
            if self.seen.contains(&once) {
                return Err(Error::Twice(once));
            }
            self.seen.push(once);
        }
        match name {
            "UID" => self.uid = one_text("UID", property)?,
            "SEQUENCE" => self.sequence = number(&property.value)?,
            "DTSTAMP" => self.stamp = Some(stamp(&property.value)?),
            "DTSTART" => self.start = Some(point("DTSTART", property)?),
            "DTEND" => self.end = Some(point("DTEND", property)?),
            "DURATION" => {
                let lasts = duration(&property.value).ok_or(Error::Value("DURATION"))?;
                self.lasts = Some(lasts);
            }
            "RRULE" | "RDATE" | "EXDATE" | "EXRULE" | "RECURRENCE-ID" => {
                return Err(Error::Recurring);
            }
            _ => return self.rest().set(property),
        }
        Ok(true)
    }

    /// The event, when its component closes.
    pub(crate) fn finish(mut self) -> Result<Event, Error> {
        let when = self.when()?;
        check::uid(&self.uid)?;
        let stamp = self.stamp.ok_or(Error::Missing("DTSTAMP"))?;
        let mut event = Event::new(self.uid, stamp);
        event.sequence = self.sequence;
        if let Some(rest) = self.rest {
            event = Event {
                uid: event.uid,
                sequence: event.sequence,
                stamp,
                ..rest
            };
        }
        event.when = when;
        Ok(event)
    }

    fn rest(&mut self) -> &mut Event {
        self.rest
            .get_or_insert_with(|| Event::new("", UtcTime::from_millis(0)))
    }

    fn when(&mut self) -> Result<Option<When>, Error> {
        if self.end.is_some() && self.lasts.is_some() {
            return Err(Error::Twice("DTEND or DURATION"));
        }
        match (self.start.take(), self.end.take()) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Error::Missing("DTSTART")),
            (Some(Point::Day(first)), end) => {
                let end = match (end, self.lasts) {
                    (Some(Point::Day(end)), _) => end,
                    (Some(Point::At(..)), _) => return Err(Error::Value("DTEND")),
                    (None, Some((days, 0))) => first.plus_days(days.unsigned_abs()),
                    (None, Some(_)) => return Err(Error::Value("DURATION")),
                    (None, None) => first.plus_days(1),
                };
                let days = When::Days { first, end };
                if first < end {
                    Ok(Some(days))
                } else {
                    Err(Error::Order)
                }
            }
            (Some(Point::At(start, zone)), end) => {
                let end = match (end, self.lasts) {
                    (Some(Point::At(end, _)), _) => end,
                    (Some(Point::Day(_)), _) => return Err(Error::Value("DTEND")),
                    (None, Some(lasts)) => {
                        later(start, &zone, lasts).ok_or(Error::Value("DURATION"))?
                    }
                    (None, None) => start,
                };
                let span = When::Span { start, end, zone };
                if start <= end {
                    Ok(Some(span))
                } else {
                    Err(Error::Order)
                }
            }
        }
    }
}

impl Event {
    fn set(&mut self, property: &Property) -> Result<bool, Error> {
        match property.name.as_str() {
            "SUMMARY" => self.summary = one_text("SUMMARY", property)?,
            "DESCRIPTION" => self.description = one_text("DESCRIPTION", property)?,
            "LOCATION" => self.location = one_text("LOCATION", property)?,
            "COMMENT" => self.comment_on(&one_text("COMMENT", property)?)?,
            // A link that nobody should follow is not worth losing an answer for.
            "URL" if check::url(&property.value).is_err() => return Ok(false),
            "URL" => self.url = Some(property.value.clone()),
            "CATEGORIES" => self.add_categories(property)?,
            "STATUS" => {
                let status = Status::read(&property.value).ok_or(Error::Value("STATUS"))?;
                self.status = Some(status);
            }
            "ORGANIZER" => {
                let name = name_of("ORGANIZER", property)?;
                let address = mail_of("ORGANIZER", property)?;
                self.organizer = Some(Organizer { name, address });
            }
            "ATTENDEE" => return self.add_attendee(property),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Several comments become the paragraphs of one.
    fn comment_on(&mut self, text: &str) -> Result<(), Error> {
        if !self.comment.is_empty() {
            self.comment.push('\n');
        }
        self.comment.push_str(text);
        bounded(&self.comment)
    }

    fn add_categories(&mut self, property: &Property) -> Result<(), Error> {
        let new = unescape(&property.value);
        self.categories
            .extend(new.into_iter().filter(|one| !one.is_empty()));
        check::categories(&self.categories)
    }

    /// Whether it was one with a mail address: rooms and resources may have none.
    fn add_attendee(&mut self, property: &Property) -> Result<bool, Error> {
        let name = name_of("ATTENDEE", property)?;
        let Ok(address) = mail_of("ATTENDEE", property) else {
            return Ok(false);
        };
        if self.attendees.len() >= MAX_ATTENDEES {
            return Err(Error::Limit("MAX_ATTENDEES"));
        }
        let role = property.parameter("ROLE").and_then(Role::read);
        let answer = property.parameter("PARTSTAT").and_then(Participation::read);
        let asked = property.parameter("RSVP");
        self.attendees.push(Attendee {
            name,
            address,
            role: role.unwrap_or(Role::Required),
            participation: answer.unwrap_or(Participation::NeedsAction),
            asked: asked.is_some_and(|word| word.eq_ignore_ascii_case("TRUE")),
        });
        Ok(true)
    }
}

fn one_text(what: &'static str, property: &Property) -> Result<String, Error> {
    // A comma that should have been escaped is taken as one.
    let text = unescape(&property.value).join(",");
    check::text(what, &text)?;
    Ok(text)
}

fn bounded(text: &str) -> Result<(), Error> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Error::Limit("MAX_TEXT_BYTES"));
    }
    Ok(())
}

fn name_of(what: &'static str, property: &Property) -> Result<String, Error> {
    let name = property.parameter("CN").unwrap_or_default();
    check::text(what, name)?;
    Ok(name.to_owned())
}

fn mail_of(what: &'static str, property: &Property) -> Result<String, Error> {
    let (scheme, address) = property.value.split_once(':').ok_or(Error::Address(what))?;
    check::address(what, address)?;
    if !scheme.eq_ignore_ascii_case("mailto") {
        return Err(Error::Address(what));
    }
    Ok(address.to_owned())
}

fn number(text: &str) -> Result<u32, Error> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.ok_or(Error::Value("SEQUENCE"))
}

/// Always UTC (RFC 5545 §3.8.7.2).
fn stamp(text: &str) -> Result<UtcTime, Error> {
    match read(text) {
        Some(Written::Utc(at)) => Zone::utc().instant(at).ok_or(Error::Value("DTSTAMP")),
        _ => Err(Error::Value("DTSTAMP")),
    }
}

fn point(what: &'static str, property: &Property) -> Result<Point, Error> {
    let written = read(&property.value).ok_or(Error::Value(what))?;
    let is_day = property
        .parameter("VALUE")
        .is_some_and(|value| value.eq_ignore_ascii_case("DATE"));
    let at = match (written, property.parameter("TZID")) {
        (Written::Day(date), None) if is_day => {
            return day_of(date).map(Point::Day).ok_or(Error::Value(what));
        }
        (Written::Day(_), _) => return Err(Error::Value(what)),
        _ if is_day => return Err(Error::Value(what)),
        (Written::Local(_), None) => return Err(Error::Floating(what)),
        (Written::Utc(at), _) => (Zone::utc().instant(at), Zone::utc()),
        (Written::Local(at), Some(name)) => {
            let zone = Zone::meant_by(name)?;
            (zone.instant(at), zone)
        }
    };
    let (at, zone) = at;
    Ok(Point::At(at.ok_or(Error::Value(what))?, zone))
}
