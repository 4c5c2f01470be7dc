//! Invitations to meetings as iCalendar files, and the answers that come back.
//!
//! **In scope**: events of RFC 5545 in messages of RFC 5546: `REQUEST`, its updates, `CANCEL`,
//! `REPLY`, `PUBLISH`; parameters of RFC 6868; the clocks of two capitals at one instant.
//! **Out of scope**: events that recur, alarms, to-dos, CalDAV, sending mail.
//!
//! Instants are UTC; a zone only says by whose clock an event is shown. Rabat and Brussels differ
//! by 0, 1 or 2 hours and the difference changes up to four times a year by no rule that fits in a
//! file: every change of the years of an event is written out. Governments change their clocks at
//! short notice: [`Zone::from_tzif`] takes newer tables than those in the program.
//!
//! ```
//! use passerelle_icalendar::{Attendee, Event, Method, Organizer, Zone, read, request};
//!
//! let mut event = Event::new("gmmp-7@passerelle", "2026-01-10T08:00:00Z".parse()?);
//! event.lasts(
//!     "2026-02-20T09:00:00Z".parse()?,
//!     "2026-02-20T11:00:00Z".parse()?,
//!     Zone::named("Africa/Casablanca")?,
//! );
//! event.summary = "المجموعة المختلطة الدائمة للهجرة".into();
//! event.organizer = Some(Organizer::new("Secretariat", "gmmp@interieur.example"));
//! event.attendees = vec![Attendee::new("Service \"Asile\"", "asile@ibz.example")];
//!
//! let file = request(&event)?;
//! let back = read(file.as_bytes())?;
//! assert_eq!(back.method, Some(Method::Request));
//! assert_eq!(back.events, [event]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is done with characters that steer a display: control characters are refused both ways
//! (`E_ICAL_CONTROL`). Characters that override the direction of text are refused in what we
//! write; from what others wrote they are removed, since mail programs add isolates around Arabic
//! without anyone asking, and an answer must not be lost for that.

mod check;
mod clocks;
mod content;
mod error;
mod event;
mod line;
mod read;
mod time;
mod words;
mod write;
mod zone;

pub use clocks::{Clock, Clocks, clocks};
pub use error::{Error, ReadError};
pub use event::{Answer, Attendee, Calendar, Event, Organizer, When};
pub use read::read;
pub use words::{Method, Participation, Role, Status};
pub use write::{cancel, reply, request, write};
pub use zone::Zone;

/// Largest file that is read or written (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;
/// Most lines of a file as they stand in it, folded.
pub const MAX_LINES: usize = 20_000;
/// Longest line after unfolding, in bytes: a text of [`MAX_TEXT_BYTES`] with every character
/// escaped fits.
pub const MAX_LINE_BYTES: usize = 80 * 1024;
/// Most events of a file.
pub const MAX_EVENTS: usize = 100;
/// How deep components may stand in each other.
pub const MAX_DEPTH: usize = 4;
/// Most attendees of an event.
pub const MAX_ATTENDEES: usize = 500;
/// Most categories of an event.
pub const MAX_CATEGORIES: usize = 50;
/// Most parameters of a line, and most values of one.
pub const MAX_PARAMETERS: usize = 50;
/// Longest summary, description, location, comment or name, and all categories together, in bytes
/// of UTF-8.
pub const MAX_TEXT_BYTES: usize = 32 * 1024;
/// Longest identifier of an event, in bytes.
pub const MAX_UID_BYTES: usize = 512;
/// Longest mail address, in bytes (RFC 5321 §4.5.3.1.3).
pub const MAX_ADDRESS_BYTES: usize = 254;
/// Longest link, in bytes.
pub const MAX_URL_BYTES: usize = 2048;
/// Most names of what was passed over that a reading keeps.
pub const MAX_IGNORED: usize = 100;
