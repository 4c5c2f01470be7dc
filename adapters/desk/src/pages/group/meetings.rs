//! Meetings of the group: to come, past, what waits for an agenda; calling one, changing its date.

use std::collections::BTreeMap;

use askama::Template;
use passerelle_model::Name;
use passerelle_service::joint::{
    Deed, Kind, MeetingKind, Object, ObjectRef, Revision, Schedule, Stage, Terms, Texts,
};
use passerelle_service::{GroupRoom, Wish, joint};

use super::super::keeping::Row;
use super::agree::both_clocks;
use super::meet::{self, Options};
use super::object::{latest, optional};
use super::texts::{self, TextField};
use super::{Tab, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/meetings", GROUP, handled!(list)),
    get("/group/{channel}/meetings/new", GROUP, handled!(new)),
    post("/group/{channel}/meetings/new", GROUP, handled!(call_one)),
    get(
        "/group/{channel}/meetings/{object}/change",
        GROUP,
        handled!(change),
    ),
    post(
        "/group/{channel}/meetings/{object}/change",
        GROUP,
        handled!(amend),
    ),
];

#[derive(Template)]
#[template(path = "group/meetings.html")]
struct Meetings {
    p: Page,
    tabs: Vec<Tab>,
    channel: String,
    speaks: bool,
    next: Vec<Row>,
    past: Vec<Row>,
    backlog: Vec<Row>,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let (next, past, backlog) = super::look(&call, |room| Ok(sorted(&p, room))).await?;
    page(&Meetings {
        tabs: tabs(&p, &channel, "/meetings"),
        channel: channel.to_string(),
        speaks: call.actor()?.speaks(),
        next,
        past,
        backlog,
        p,
    })
}

/// To come by date, past with the newest first, and what waits for an agenda.
fn sorted(p: &Page, room: &GroupRoom) -> (Vec<Row>, Vec<Row>, Vec<Row>) {
    let mut meetings: Vec<&Object> = room.ledger().of_kind(Kind::Meeting).collect();
    meetings.sort_by_key(|meeting| meet::schedule(meeting).map(|schedule| schedule.start));
    let over = |meeting: &&&Object| matches!(meeting.stage(), Stage::Ended | Stage::Cancelled);
    let past = meetings
        .iter()
        .rev()
        .filter(over)
        .map(|one| row(p, room, one))
        .collect();
    let next = meetings
        .iter()
        .filter(|one| !over(one))
        .map(|one| row(p, room, one))
        .collect();
    let items = meet::backlog(room, None).into_iter();
    let backlog = items.map(|item| super::items::row(p, room, item)).collect();
    (next, past, backlog)
}

fn row(p: &Page, room: &GroupRoom, meeting: &Object) -> Row {
    let mut row = super::agree::line(p, room, meeting);
    if let Some(schedule) = meet::schedule(meeting) {
        let kind = p.word("group-meeting", schedule.kind);
        let when = both_clocks(p, schedule.start);
        let place = visible(schedule.place.as_str());
        row.detail = format!("{kind} · {when} · {place}");
    }
    let tone = match meeting.stage() {
        Stage::InSession => "soon",
        Stage::Cancelled => "stop",
        _ => "calm",
    };
    row.tags
        .push((p.word("group-stage", meeting.stage()), tone));
    row
}

/// A form of a meeting, as it was typed.
#[derive(Template)]
#[template(path = "group/meeting-form.html")]
struct Form {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    version: u64,
    fields: Vec<TextField>,
    kinds: Options,
    start: String,
    end: String,
    place: String,
    /// Both ends by every clock, once they were typed.
    clocks: Option<(String, String)>,
    items: Vec<Choice>,
    changes: bool,
}

/// An item that can be put on the agenda.
struct Choice {
    id: String,
    title: String,
    detail: String,
    chosen: bool,
    order: String,
}

/// What a form of a meeting holds.
struct Typed {
    texts: Option<Texts>,
    kind: Option<MeetingKind>,
    start: Option<passerelle_model::UtcTime>,
    end: Option<passerelle_model::UtcTime>,
    place: String,
    /// Items with their place.
    items: BTreeMap<String, u16>,
}

impl Typed {
    fn nothing() -> Self {
        Self {
            texts: None,
            kind: None,
            start: None,
            end: None,
            place: String::new(),
            items: BTreeMap::new(),
        }
    }

    fn of(revision: &Revision, schedule: &Schedule) -> Self {
        let numbered = (1_u16..).zip(&schedule.agenda);
        Self {
            texts: Some(revision.texts.clone()),
            kind: Some(schedule.kind),
            start: Some(schedule.start),
            end: Some(schedule.end),
            place: schedule.place.to_string(),
            items: numbered.map(|(at, id)| (id.to_string(), at)).collect(),
        }
    }

    fn from(call: &Call) -> Result<Self, Fault> {
        let mut items = BTreeMap::new();
        for (name, typed) in &call.form {
            if let Some(id) = name.strip_prefix("item-")
                && typed == "yes"
            {
                let order = optional(call, &format!("order-{id}"))?;
                items.insert(id.to_owned(), order.unwrap_or(u16::MAX));
            }
        }
        Ok(Self {
            texts: texts::given(call, "")?,
            kind: optional(call, "kind")?,
            start: meet::moment(call, "start")?,
            end: meet::moment(call, "end")?,
            place: passerelle_model::tidy(call.field("place").trim()),
            items,
        })
    }

    /// The revision, where everything is there.
    fn revision(
        &self,
        p: &Page,
        base: Option<passerelle_model::Digest>,
    ) -> Result<Revision, Fault> {
        let lacks = |name: &str| Fault::field(name);
        let title = || lacks(&format!("title-{}", p.lang));
        let texts = self.texts.clone().ok_or_else(title)?;
        let kind = self.kind.ok_or_else(|| lacks("kind"))?;
        let start = self.start.ok_or_else(|| lacks("start"))?;
        let end = self.end.ok_or_else(|| lacks("end"))?;
        if start >= end {
            let status = http::StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Fault::new(status, "E_MEETING_ENDS").at("end"));
        }
        let mut agenda: Vec<(&String, &u16)> = self.items.iter().collect();
        agenda.sort_by_key(|(_, at)| **at);
        let agenda: Result<Vec<ObjectRef>, _> =
            agenda.into_iter().map(|(id, _)| id.parse()).collect();
        let place: Name = self.place.parse().map_err(|_| lacks("place"))?;
        let schedule = Schedule {
            kind,
            start,
            end,
            zones: meet::zones(p),
            place,
            agenda: agenda.map_err(|_| super::acts::invalid())?,
        };
        Ok(Revision {
            base,
            texts,
            terms: Terms::Meeting(schedule),
        })
    }

    fn form(&self, p: &Page, room: &GroupRoom, of: Option<&Object>, action: String) -> Form {
        let kind = |kind: &MeetingKind| {
            let word = p.word("group-meeting", kind);
            (kind.to_string(), word, Some(*kind) == self.kind)
        };
        let clock = |time: Option<passerelle_model::UtcTime>| time.map(|time| meet::typed(p, time));
        let own = of.map_or(&[][..], meet::agenda).iter();
        let own = own.filter_map(|id| room.ledger().object(id));
        let mut items: Vec<&Object> = own.chain(meet::backlog(room, of)).collect();
        let mut seen = std::collections::BTreeSet::new();
        items.retain(|item| seen.insert(item.id().clone()));
        let key = if of.is_some() {
            "meet-change"
        } else {
            "meet-call"
        };
        Form {
            tabs: tabs(p, room.channel(), "-"),
            action,
            heading: p.t(key),
            lead: p.t(&format!("{key}-lead")),
            version: of.map_or(0, Object::version),
            fields: texts::fields(p, self.texts.as_ref()),
            kinds: MeetingKind::ALL.iter().map(kind).collect(),
            start: clock(self.start).unwrap_or_default(),
            end: clock(self.end).unwrap_or_default(),
            place: self.place.clone(),
            clocks: self
                .start
                .zip(self.end)
                .map(|(start, end)| (both_clocks(p, start), both_clocks(p, end))),
            items: items.into_iter().map(|item| self.choice(p, item)).collect(),
            changes: of.is_some(),
            p: p.clone(),
        }
    }

    fn choice(&self, p: &Page, item: &Object) -> Choice {
        let id = item.id().to_string();
        let order = self.items.get(&id).filter(|order| **order < u16::MAX);
        Choice {
            title: title(p, item),
            detail: super::items::detail(p, item),
            chosen: self.items.contains_key(&id),
            order: order.map_or_else(String::new, ToString::to_string),
            id,
        }
    }
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let action = p.path.clone();
    let form = super::look(&call, |room| {
        Ok(Typed::nothing().form(&p, room, None, action))
    })
    .await?;
    page(&form)
}

async fn call_one(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let typed = Typed::from(&call)?;
    if call.field("look") == "yes" {
        let action = p.path.clone();
        let form = super::look(&call, |room| Ok(typed.form(&p, room, None, action))).await?;
        return page(&form);
    }
    let revision = Box::new(typed.revision(&p, None)?);
    let deeds = vec![
        Deed::Open {
            kind: Kind::Meeting,
            parent: None,
            chair: p.own.clone(),
        },
        Deed::Offer { revision },
    ];
    let wish = Wish::opening(deeds, p.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", super::href(&channel, &id)))
}

async fn change(call: Call) -> Answer {
    let p = call.page.clone();
    let action = p.path.clone();
    let form = super::look_at(&call, |room, meeting| {
        let revision = latest(meeting).ok_or_else(Fault::absent)?;
        let schedule = meet::schedule(meeting).ok_or_else(Fault::absent)?;
        let typed = Typed::of(revision, schedule);
        Ok(typed.form(&p, room, Some(meeting), action))
    })
    .await?;
    page(&form)
}

async fn amend(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let typed = Typed::from(&call)?;
    if call.field("look") == "yes" {
        let action = p.path.clone();
        let look =
            |room: &GroupRoom, meeting: &Object| Ok(typed.form(&p, room, Some(meeting), action));
        return page(&super::look_at(&call, look).await?);
    }
    let version: u64 = call.given("version")?;
    let base = super::look_at(&call, |_, meeting| {
        meet::schedule(meeting).ok_or_else(Fault::absent)?;
        Ok(meeting.offers().agreed_hash())
    })
    .await?;
    let revision = Box::new(typed.revision(&p, base)?);
    let wish = Wish::about(
        id.clone(),
        Some(version),
        vec![Deed::Offer { revision }],
        p.lang,
    );
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", super::href(&channel, &id)))
}

/// Minutes allotted to the items of an agenda, together.
pub(crate) fn allotted(room: &GroupRoom, agenda: &[ObjectRef]) -> u32 {
    let items = agenda
        .iter()
        .filter_map(|id| room.ledger().object(id)?.facts());
    let minutes = items.map(|facts| match facts.value() {
        joint::Facts::Item(item) => u32::from(item.minutes),
        _ => 0,
    });
    minutes.sum()
}

#[cfg(test)]
#[path = "../samples/group/meetings.rs"]
pub(crate) mod samples;
