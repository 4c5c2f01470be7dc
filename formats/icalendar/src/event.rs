//! An event and who takes part.

use passerelle_model::{Day, UtcTime};

use crate::{Method, Participation, Role, Status, Zone};

/// What one file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// What it was sent for.
    pub method: Option<Method>,
    /// Its events, in the order of the file.
    pub events: Vec<Event>,
    /// Names of properties and components that were passed over, each once; nothing is written
    /// from here.
    pub ignored: Vec<String>,
}

/// One event. An empty text is one that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its identifier, the same in every form of it.
    pub uid: String,
    /// Number of its form; each change of time, place or state has a higher one.
    pub sequence: u32,
    /// When this form was written; whole seconds are kept.
    pub stamp: UtcTime,
    /// When it takes place; an answer may leave it out.
    pub when: Option<When>,
    /// Title, one line.
    pub summary: String,
    /// Text, with line breaks `\n`.
    pub description: String,
    /// Place.
    pub location: String,
    /// A link, `https` or `http`.
    pub url: Option<String>,
    /// Subjects.
    pub categories: Vec<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Who invites.
    pub organizer: Option<Organizer>,
    /// Who is invited; in an answer, who answers.
    pub attendees: Vec<Attendee>,
    /// What the sender of this form says about it.
    pub comment: String,
}

/// When an event takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Between two instants, shown by the clock of a zone; whole seconds are kept.
    Span {
        /// Its beginning.
        start: UtcTime,
        /// Its end, not before the beginning.
        end: UtcTime,
        /// Whose clock it is written by.
        zone: Zone,
    },
    /// On whole days, without a zone.
    Days {
        /// The first day.
        first: Day,
        /// The day after the last.
        end: Day,
    },
}

/// Who invites: an office, by its function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizer {
    /// Function or office, not a person's name.
    pub name: String,
    /// Mail address in ASCII.
    pub address: String,
}

/// Who takes part: an office, by its function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Function or office, not a person's name.
    pub name: String,
    /// Mail address in ASCII.
    pub address: String,
    /// Their part.
    pub role: Role,
    /// Their answer.
    pub participation: Participation,
    /// Whether an answer is asked for.
    pub asked: bool,
}

/// What one attendee answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The event.
    pub uid: &'a str,
    /// The form of it that was answered.
    pub sequence: u32,
    /// When the answer was written.
    pub stamp: UtcTime,
    /// Mail address of who answered.
    pub address: &'a str,
    /// The answer.
    pub participation: Participation,
    /// Words with it.
    pub comment: &'a str,
}

impl Calendar {
    /// The answers of a file that was sent as `REPLY`; none of any other.
    pub fn answers(&self) -> impl Iterator<Item = Answer<'_>> {
        let replies = self.method == Some(Method::Reply);
        let events = self.events.iter().filter(move |_| replies);
        events.flat_map(|event| event.attendees.iter().map(|from| event.answer(from)))
    }
}

impl Event {
    /// An event of which nothing else is known yet.
    #[must_use]
    pub fn new(uid: impl Into<String>, stamp: UtcTime) -> Self {
        Self {
            uid: uid.into(),
            sequence: 0,
            stamp,
            when: None,
            summary: String::new(),
            description: String::new(),
            location: String::new(),
            url: None,
            categories: Vec::new(),
            status: None,
            organizer: None,
            attendees: Vec::new(),
            comment: String::new(),
        }
    }

    /// Sets when it takes place.
    pub fn lasts(&mut self, start: UtcTime, end: UtcTime, zone: Zone) {
        self.when = Some(When::Span { start, end, zone });
    }

    /// Adds an agenda below the description, numbered: calendars have no property for one, and
    /// every program shows the description.
    pub fn add_agenda<'a>(&mut self, heading: &str, items: impl IntoIterator<Item = &'a str>) {
        if !self.description.is_empty() {
            self.description.push_str("\n\n");
        }
        self.description.push_str(heading);
        for (index, item) in items.into_iter().enumerate() {
            self.description
                .push_str(&format!("\n{}. {item}", index + 1));
        }
    }

    /// The next form of it, to be changed and sent as `REQUEST`: a higher sequence, and nobody
    /// has answered it.
    #[must_use]
    pub fn revised(&self, stamp: UtcTime) -> Self {
        let mut next = self.clone();
        next.sequence = next.sequence.saturating_add(1);
        next.stamp = stamp;
        for attendee in &mut next.attendees {
            attendee.participation = Participation::NeedsAction;
        }
        next
    }

    /// The form that says it does not take place, to be sent as `CANCEL`.
    #[must_use]
    pub fn cancelled(&self, stamp: UtcTime) -> Self {
        let mut last = self.revised(stamp);
        last.status = Some(Status::Cancelled);
        last
    }

    /// Whether this form replaces `other` (RFC 5546 §2.1.5): the same event with a higher
    /// sequence, or the same sequence written later.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        let own = (self.sequence, self.stamp.seconds());
        self.uid == other.uid && own > (other.sequence, other.stamp.seconds())
    }

    fn answer<'a>(&'a self, from: &'a Attendee) -> Answer<'a> {
        Answer {
            uid: &self.uid,
            sequence: self.sequence,
            stamp: self.stamp,
            address: &from.address,
            participation: from.participation,
            comment: &self.comment,
        }
    }
}

impl Organizer {
    /// An office and its mail address.
    #[must_use]
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            address: address.into(),
        }
    }
}

impl Attendee {
    /// An office that is expected and asked to answer.
    #[must_use]
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            address: address.into(),
            role: Role::Required,
            participation: Participation::NeedsAction,
            asked: true,
        }
    }
}
