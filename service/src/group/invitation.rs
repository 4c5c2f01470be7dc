//! Invitations to a meeting as iCalendar files, and the answers of our delegates that come back.
//!
//! Offices and functions are invited, never persons. Their mail addresses and answers stay on this
//! node: each side invites its own delegates.

use std::collections::BTreeMap;

use passerelle_group::{Kind, Object, Revision, Schedule, Stage, Terms};
use passerelle_icalendar::{Attendee, Event, Organizer, Status, Zone, cancel, read, request};
use passerelle_model::{ChannelId, Lang, Name, UtcTime};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Actor, Error, GroupRoom, Node, joint};

/// Host of addresses of functions that have none; RFC 2606 keeps it free of mail.
const NOWHERE: &str = "passerelle.invalid";
/// Longest answer, in bytes (1 MiB).
pub const MAX_REPLY_BYTES: usize = passerelle_icalendar::MAX_BYTES;

/// What we keep of one delegate function for a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Invited {
    /// Mail address of the office, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its answer: `ACCEPTED`, `DECLINED`, … and when it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<(String, UtcTime)>,
    /// Number of the form that it answered.
    #[serde(default)]
    pub sequence: u32,
}

/// Our delegates of a meeting by function, with the version of what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guests {
    /// By function.
    pub functions: BTreeMap<String, Invited>,
    /// Version, 0 where nothing was kept yet.
    pub version: u64,
}

/// What stands around the times of an invitation, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationWords {
    /// The reader's language.
    pub lang: Lang,
    /// "Agenda".
    pub agenda: String,
    /// The times by every clock, as the pages have them.
    pub clocks: String,
    /// Our zone, such as `Africa/Casablanca`.
    pub zone: String,
    /// Our office, by function.
    pub office: String,
}

impl Node {
    /// Our delegates of a meeting: their addresses and answers.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn guests(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        meeting: &joint::ObjectRef,
    ) -> Result<Guests, Error> {
        self.seen_group(actor, channel)?;
        let held = self
            .document(Shelf::GROUP_REPLY, key(channel, meeting))
            .await?;
        let Some(document) = held else {
            return Ok(Guests::default());
        };
        Ok(Guests {
            functions: self.unsealed_json(&document)?,
            version: document.version,
        })
    }

    /// Keeps the addresses of our delegates' offices; an empty one is taken away.
    ///
    /// # Errors
    /// As [`Node::guests`]; `E_ROLE`; `E_ICAL_ADDRESS` for what is no address; 409 where a
    /// colleague wrote since `version`.
    pub async fn address_guests(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (meeting, version): (&joint::ObjectRef, u64),
        addresses: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        self.spoken_group(actor, channel)?;
        let mut guests = self.guests(actor, channel, meeting).await?;
        for (function, address) in addresses {
            let kept = guests.functions.entry(function).or_default();
            kept.address = (!address.is_empty()).then_some(address);
            if let Some(address) = &kept.address {
                is_address(address)?;
            }
        }
        self.keep_guests(channel, meeting, &guests, version).await
    }

    /// The invitation of a meeting that was convened: a request, or the word that it does not
    /// take place. Its number grows with every agreed change.
    ///
    /// # Errors
    /// As [`Node::guests`]; `E_NOT_FOUND` where it is no meeting; `E_TOO_EARLY` before its date
    /// is agreed or offered, or before we named delegates.
    pub async fn invitation(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        meeting: &joint::ObjectRef,
        words: &InvitationWords,
    ) -> Result<String, Error> {
        let guests = self.guests(actor, channel, meeting).await?;
        let now = self.now();
        let event = self
            .group(actor, channel, |room| {
                event(room, meeting, &guests, words, now)
            })
            .await??;
        let file = match event.status {
            Some(Status::Cancelled) => cancel(&event),
            _ => request(&event),
        };
        file.map_err(|error| Error::foreign(error.code(), error.to_string()))
    }

    /// Takes the answers of a file that a delegate's office sent back; gives how many counted.
    /// The newest answer of each office to the newest form counts.
    ///
    /// # Errors
    /// As [`Node::guests`]; `E_ROLE`; `E_ICAL_…` for what is no calendar; `E_REPLY_OTHER` where
    /// no answer in it is of a delegate of ours to this meeting.
    pub async fn take_reply(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        meeting: &joint::ObjectRef,
        file: &[u8],
    ) -> Result<usize, Error> {
        self.spoken_group(actor, channel)?;
        let calendar =
            read(file).map_err(|error| Error::foreign(error.code(), error.to_string()))?;
        let functions = self
            .group(actor, channel, |room| {
                let object = room.ledger().object(meeting);
                object.map(|object| own_delegates(room, object))
            })
            .await?
            .ok_or_else(|| Error::not_found("meeting", meeting))?;
        let mut guests = self.guests(actor, channel, meeting).await?;
        let uid = uid(channel, meeting);
        let mut taken = 0;
        for answer in calendar.answers().filter(|answer| answer.uid == uid) {
            let from = functions.iter().enumerate().find(|(at, function)| {
                let kept = guests.functions.get(function.as_str());
                address(*at, function, kept).eq_ignore_ascii_case(answer.address)
            });
            let Some((_, function)) = from else { continue };
            let kept = guests.functions.entry(function.to_string()).or_default();
            let held = kept.answer.as_ref().map(|(_, at)| (kept.sequence, *at));
            if held.is_none_or(|held| held <= (answer.sequence, answer.stamp)) {
                kept.answer = Some((answer.participation.as_str().to_owned(), answer.stamp));
                kept.sequence = answer.sequence;
            }
            taken += 1;
        }
        if taken == 0 {
            let message = "no answer of a delegate of ours to this meeting".to_owned();
            return Err(Error::foreign("E_REPLY_OTHER", message));
        }
        let version = guests.version;
        self.keep_guests(channel, meeting, &guests, version).await?;
        Ok(taken)
    }

    async fn keep_guests(
        &self,
        channel: &ChannelId,
        meeting: &joint::ObjectRef,
        guests: &Guests,
        version: u64,
    ) -> Result<(), Error> {
        let key = key(channel, meeting);
        let put =
            self.sealed_json_put(Shelf::GROUP_REPLY, key, &guests.functions, Some(version))?;
        self.store.put(vec![put]).await?;
        Ok(())
    }
}

/// What is agreed of a meeting, else what was offered last.
fn schedule(object: &Object) -> Option<(&Revision, &Schedule)> {
    let revision = match object.agreed() {
        Some(agreed) => agreed.value(),
        None => object.offers().latest()?.revision(),
    };
    match &revision.terms {
        Terms::Meeting(schedule) => Some((revision, schedule)),
        _ => None,
    }
}

fn event(
    room: &GroupRoom,
    meeting: &joint::ObjectRef,
    guests: &Guests,
    words: &InvitationWords,
    now: UtcTime,
) -> Result<Event, Error> {
    let object = room
        .ledger()
        .object(meeting)
        .filter(|object| object.kind() == Kind::Meeting);
    let object = object.ok_or_else(|| Error::not_found("meeting", meeting))?;
    let (revision, schedule) = schedule(object).ok_or(joint::Error::TooEarly)?;
    let functions = own_delegates(room, object);
    if functions.is_empty() {
        return Err(joint::Error::TooEarly.into());
    }
    let zone = Zone::named(&words.zone).unwrap_or_else(|_| Zone::utc());
    let mut event = Event::new(uid(room.channel(), meeting), now);
    event.sequence = sequence(object);
    event.lasts(schedule.start, schedule.end, zone);
    let version = revision.texts.best(words.lang);
    event.summary = version.map_or_else(String::new, |version| version.title.to_string());
    let body = version.and_then(|version| version.body.as_ref());
    event.description = body.map_or_else(
        || words.clocks.clone(),
        |body| format!("{}\n\n{body}", words.clocks),
    );
    let items = schedule
        .agenda
        .iter()
        .filter_map(|id| room.ledger().object(id)?.title(words.lang));
    event.add_agenda(&words.agenda, items);
    event.location = schedule.place.to_string();
    event.organizer = Some(Organizer::new(
        &*words.office,
        format!("{}@{NOWHERE}", room.me()),
    ));
    event.attendees = functions
        .iter()
        .enumerate()
        .map(|(at, function)| {
            let kept = guests.functions.get(function.as_str());
            Attendee::new(function.as_str(), address(at, function, kept))
        })
        .collect();
    event.status = Some(match (object.stage(), object.agreed()) {
        (Stage::Cancelled, _) => Status::Cancelled,
        (_, Some(_)) => Status::Confirmed,
        (_, None) => Status::Tentative,
    });
    Ok(event)
}

/// Grows with each agreed change of date or agenda, and once more when it is called off.
fn sequence(object: &Object) -> u32 {
    let agreed = object.offers().history().len();
    let cancelled = usize::from(object.stage() == Stage::Cancelled);
    u32::try_from(agreed + cancelled).unwrap_or(u32::MAX)
}

fn own_delegates(room: &GroupRoom, object: &Object) -> Vec<Name> {
    let mut all = object.delegates();
    let own = all.find(|own| own.party() == room.me());
    own.map_or_else(Vec::new, |own| own.value().clone())
}

fn uid(channel: &ChannelId, meeting: &joint::ObjectRef) -> String {
    format!("{}-{}@{channel}.{NOWHERE}", meeting.party, meeting.record)
}

/// The office's address, else one that leads nowhere and only tells functions apart.
fn address(at: usize, function: &Name, kept: Option<&Invited>) -> String {
    let known = kept.and_then(|kept| kept.address.clone());
    known.unwrap_or_else(|| {
        let letters = function
            .as_str()
            .chars()
            .filter(char::is_ascii_alphanumeric);
        let short: String = letters.take(24).collect::<String>().to_ascii_lowercase();
        format!("d{}{short}@{NOWHERE}", at + 1)
    })
}

/// Tried by writing an invitation with it.
fn is_address(address: &str) -> Result<(), Error> {
    let at = UtcTime::from_millis(0);
    let mut event = Event::new("address", at);
    event.lasts(at, at, Zone::utc());
    event.organizer = Some(Organizer::new("office", address));
    event.attendees = vec![Attendee::new("office", address)];
    let written = request(&event).map(|_| ());
    written.map_err(|error| Error::foreign(error.code(), error.to_string()))
}

fn key(channel: &ChannelId, meeting: &joint::ObjectRef) -> String {
    format!("{channel}/{meeting}")
}

/// An answer to an invitation, as a delegate's office sends it back; for tests of other crates.
#[cfg(feature = "testing")]
pub fn sample_reply(invitation: &str, accepts: bool, stamp: UtcTime) -> String {
    use passerelle_icalendar::{Method, Participation};
    let given = read(invitation.as_bytes()).ok();
    let Some(mut event) = given.and_then(|calendar| calendar.events.into_iter().next()) else {
        return String::new();
    };
    event.attendees.truncate(1);
    event.stamp = stamp;
    for attendee in &mut event.attendees {
        attendee.participation = match accepts {
            true => Participation::Accepted,
            false => Participation::Declined,
        };
    }
    let file = passerelle_icalendar::Calendar {
        method: Some(Method::Reply),
        events: vec![event],
        ..Default::default()
    };
    passerelle_icalendar::write(&file).unwrap_or_default()
}
