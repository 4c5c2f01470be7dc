//! What the pages of meetings share: times by our clock, files in forms, a second look at what may
//! be data of a person.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart};
use http::{Request, StatusCode};
use jiff::civil::DateTime;
use jiff::{Timestamp, tz::TimeZone};
use passerelle_model::{ChannelId, Lang, Name, PartyId, UtcTime, tidy};
use passerelle_service::joint::{Kind, Object, Sector, Stage};
use passerelle_service::{GroupRoom, Said};

use crate::answer::Fault;
use crate::frame::Page;
use crate::guard::Call;
use crate::words;

/// Most lines of a field that takes one thing a line.
const MAX_LINES: usize = 64;

/// Options of a list: word in forms, word for people, whether it is chosen.
pub(crate) type Options = Vec<(String, String, bool)>;

/// A file of a form, whole in memory.
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// A moment that was typed by our clock, such as `2024-04-15T10:00`; `None` where nothing was.
/// One that our clock never shows is taken by the offset before the gap.
pub(crate) fn moment(call: &Call, name: &str) -> Result<Option<UtcTime>, Fault> {
    let typed = call.field(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    by_clock(typed, &call.page.zone)
        .map(Some)
        .ok_or_else(|| Fault::field(name))
}

fn by_clock(typed: &str, zone: &TimeZone) -> Option<UtcTime> {
    let clock: DateTime = typed.parse().ok()?;
    let at = zone.to_ambiguous_timestamp(clock).compatible().ok()?;
    let millis = u64::try_from(at.as_millisecond()).ok()?;
    Some(UtcTime::from_millis(millis))
}

/// The same the other way, for the field of a form.
pub(crate) fn typed(p: &Page, time: UtcTime) -> String {
    let millis = i64::try_from(time.millis()).unwrap_or(i64::MAX);
    let at = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    let clock = p.zone.to_datetime(at);
    format!("{}T{:02}:{:02}", clock.date(), clock.hour(), clock.minute())
}

/// IANA names of our zone and of every partner's.
pub(crate) fn zones(p: &Page) -> Vec<Name> {
    let own = std::iter::once(p.zone_name.as_str());
    let others = p.others.iter().filter_map(|other| other.zone.iana_name());
    let mut zones: Vec<Name> = Vec::new();
    for name in own.chain(others) {
        if let Ok(name) = name.parse()
            && !zones.contains(&name)
        {
            zones.push(name);
        }
    }
    zones
}

/// A field that takes one function a line.
pub(crate) fn lines(call: &Call, name: &str) -> Result<Vec<Name>, Fault> {
    let text = tidy(call.field(name));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let all: Result<Vec<Name>, _> = lines.take(MAX_LINES).map(str::parse).collect();
    all.map_err(|_| Fault::field(name))
}

/// Files of a form whose body is not read yet, at most `most` bytes together.
pub(crate) async fn uploads(call: &mut Call, most: usize) -> Result<Vec<Upload>, Fault> {
    let body = std::mem::take(&mut call.body)
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut request = Request::new(body);
    *request.headers_mut() = call.headers.clone();
    // The parts have heads; a file of just `most` bytes still fits.
    DefaultBodyLimit::max(most + 64 * 1024).apply(&mut request);
    let wrong = || Fault::new(StatusCode::BAD_REQUEST, "E_UPLOAD");
    let large = |_| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "E_TOO_LARGE");
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| wrong())?;
    let mut files = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|_| wrong())? {
        let name = super::super::uploads::bare_name(field.file_name().unwrap_or_default());
        if name.is_empty() {
            continue;
        }
        call.brought(&name);
        let kind = field
            .content_type()
            .unwrap_or("application/octet-stream")
            .to_owned();
        let bytes = field.bytes().await.map_err(large)?.to_vec();
        files.push(Upload { name, kind, bytes });
    }
    Ok(files)
}

/// A message in every language, for papers in several of them.
pub(crate) fn said(key: &str) -> Said {
    let in_lang = |lang: &Lang| (*lang, words::say(*lang, key, &[]));
    Lang::ALL.iter().map(in_lang).collect()
}

/// Sectors as options.
pub(crate) fn sectors(p: &Page, chosen: Option<Sector>) -> Options {
    let one = |sector: &Sector| {
        let word = p.word("group-sector", sector);
        (sector.to_string(), word, Some(*sector) == chosen)
    };
    Sector::ALL.iter().map(one).collect()
}

/// Parties of the group as options.
pub(crate) fn parties(p: &Page, room: &GroupRoom, chosen: Option<&PartyId>) -> Options {
    let one = |party: &PartyId| (party.to_string(), p.name_of(party), Some(party) == chosen);
    room.ledger().parties().iter().map(one).collect()
}

/// Items for a meeting to come: proposed, taken or put off, and on the agenda of no other meeting
/// that is still to be held. What a meeting did not deal with comes back here by itself.
pub(crate) fn backlog<'a>(room: &'a GroupRoom, but: Option<&Object>) -> Vec<&'a Object> {
    let open = |meeting: &&Object| {
        !matches!(meeting.stage(), Stage::Ended | Stage::Cancelled)
            && but.is_none_or(|but| but.id() != meeting.id())
    };
    let held: Vec<&Object> = room.ledger().of_kind(Kind::Meeting).filter(open).collect();
    let free = |item: &&Object| {
        let stage = item.stage();
        let on = |meeting: &&&Object| {
            // What the meeting that is going on puts off is free for the next.
            let put_off = meeting.stage() == Stage::InSession && stage == Stage::Deferred;
            !put_off && agenda(meeting).contains(item.id())
        };
        matches!(stage, Stage::Proposed | Stage::Accepted | Stage::Deferred)
            && held.iter().find(on).is_none()
            && passerelle_service::replaced_by(room.ledger(), item).is_none()
    };
    room.ledger().of_kind(Kind::Item).filter(free).collect()
}

/// The agenda of a meeting: as agreed, else as offered last.
pub(crate) fn agenda(meeting: &Object) -> &[passerelle_service::joint::ObjectRef] {
    schedule(meeting).map_or(&[], |schedule| schedule.agenda.as_slice())
}

/// When and where: as agreed, else as offered last.
pub(crate) fn schedule(meeting: &Object) -> Option<&passerelle_service::joint::Schedule> {
    match super::object::latest(meeting).map(|revision| &revision.terms) {
        Some(passerelle_service::joint::Terms::Meeting(schedule)) => Some(schedule),
        _ => None,
    }
}

/// Parties that named no delegates for a meeting.
pub(crate) fn without_delegates<'a>(room: &'a GroupRoom, meeting: &Object) -> Vec<&'a PartyId> {
    let named = |party: &&PartyId| {
        let mut all = meeting.delegates();
        !all.any(|own| own.party() == *party && !own.value().is_empty())
    };
    room.ledger().parties().iter().filter(named).collect()
}

/// Where a meeting's forms lead.
pub(crate) fn place(
    channel: &ChannelId,
    room: &str,
    id: &passerelle_service::joint::ObjectRef,
) -> String {
    format!("/group/{channel}/{room}/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_with_their_changes() {
        let rabat = crate::time::zone("Africa/Casablanca");
        let read = |typed: &str| by_clock(typed, &rabat).unwrap().to_string();
        // Ramadan 2024: Morocco is on UTC; afterwards on UTC+1.
        assert_eq!(read("2024-03-15T10:00"), "2024-03-15T10:00:00Z");
        assert_eq!(read("2024-04-15T10:00"), "2024-04-15T09:00:00Z");
        // The hour that the change of 14 April left out.
        assert_eq!(read("2024-04-14T02:30"), "2024-04-14T02:30:00Z");
        for bad in ["", "demain", "2024-13-01T10:00", "1950-01-01T10:00"] {
            assert!(by_clock(bad, &rabat).is_none(), "{bad}");
        }
        let p = crate::frame::samples::page(Lang::Fr);
        let at = by_clock("2024-04-15T10:00", &p.zone).unwrap();
        assert_eq!(typed(&p, at), "2024-04-15T10:00");
        let zones: Vec<String> = zones(&p).iter().map(ToString::to_string).collect();
        assert_eq!(zones, ["Africa/Casablanca", "Europe/Brussels"]);
    }
}
