//! The table of a group: what waits for our signature, what for theirs, what is late.

use askama::Template;
use passerelle_service::joint::{Flag, Kind, Object, Progress};
use passerelle_service::{GroupRoom, joint};

use super::super::keeping::Row;
use super::{Tab, agree, tabs};
use crate::answer::{Answer, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};

pub(crate) const ROUTES: &[Route] = &[
    get("/group", GROUP, handled!(enter)),
    get("/group/{channel}", GROUP, handled!(show)),
];

#[derive(Template)]
#[template(path = "group/table.html")]
struct Table {
    p: Page,
    tabs: Vec<Tab>,
    channel: String,
    name: String,
    speaks: bool,
    sections: Vec<Section>,
    empty: bool,
}

/// Most lines under one heading; the count says how many there are.
const MAX_ROWS: usize = 100;

/// Kinds that parties agree.
const AGREED_KINDS: [Kind; 7] = [
    Kind::Group,
    Kind::Meeting,
    Kind::Decision,
    Kind::Commitment,
    Kind::Minutes,
    Kind::Indicator,
    Kind::Communique,
];

/// One heading with its lines.
pub(crate) struct Section {
    pub(crate) key: &'static str,
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) more: Option<String>,
}

#[derive(Template)]
#[template(path = "group/groups.html")]
struct Groups {
    p: Page,
    rows: Vec<Row>,
}

/// The only group, else the choice.
pub(crate) async fn enter(call: Call) -> Answer {
    let groups = call.desk.node.groups_of(call.actor()?);
    if let [only] = groups.as_slice() {
        return go(&format!("/group/{only}"));
    }
    let p = call.page.clone();
    let row = |channel: &passerelle_model::ChannelId| Row {
        href: format!("/group/{channel}"),
        title: call.desk.node.group_name(channel, p.lang),
        detail: channel.to_string(),
        tags: Vec::new(),
    };
    let rows = groups.iter().map(row).collect();
    page(&Groups { rows, p })
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let name = call.desk.node.group_name(&channel, p.lang);
    let sections = super::look(&call, |room| Ok(sections(&p, room))).await?;
    page(&Table {
        tabs: tabs(&p, &channel, ""),
        channel: channel.to_string(),
        name,
        speaks: call.actor()?.speaks(),
        empty: sections.iter().all(|section| section.count == 0),
        sections,
        p,
    })
}

fn sections(p: &Page, room: &GroupRoom) -> Vec<Section> {
    let ledger = room.ledger();
    let (ours, theirs) = open(room);
    let of_rows = |wanted: &dyn Fn(&joint::Row) -> bool| {
        let rows = room.rows().iter().filter(|row| wanted(row));
        rows.filter_map(|row| ledger.object(&row.id))
            .collect::<Vec<&Object>>()
    };
    let verify =
        of_rows(&|row| row.progress == Progress::ReportedDone && row.responsible != *room.me());
    let late = of_rows(&|row| row.flag == Flag::Late);
    [
        ("to-sign", ours),
        ("to-verify", verify),
        ("late", late),
        ("diverging", ledger.diverging().collect()),
        ("they-sign", theirs),
        ("recent", recent(room)),
    ]
    .into_iter()
    .map(|(key, objects)| section(p, room, key, &objects))
    .collect()
}

fn section(p: &Page, room: &GroupRoom, key: &'static str, objects: &[&Object]) -> Section {
    let shown = objects.iter().take(MAX_ROWS);
    let left = objects.len().saturating_sub(MAX_ROWS);
    Section {
        key,
        title: p.t(&format!("group-{key}")),
        count: objects.len(),
        rows: shown.map(|object| agree::line(p, room, object)).collect(),
        more: (left > 0).then(|| p.tn("group-more", left)),
    }
}

/// Offers that wait for our signature, and those that wait for theirs; the newest first.
fn open(room: &GroupRoom) -> (Vec<&Object>, Vec<&Object>) {
    let all = AGREED_KINDS
        .into_iter()
        .flat_map(|kind| room.ledger().of_kind(kind));
    let mut all: Vec<&Object> = all
        .filter(|object| object.offers().open().is_some())
        .collect();
    all.sort_by_key(|object| std::cmp::Reverse(object.changed().time));
    all.into_iter().partition(|object| {
        let offers = object.offers();
        let waits = |offer: &joint::Offer| {
            let mut parties = offer.waits_for(offers.parties());
            parties.any(|party| party == room.me())
        };
        offers.open().is_some_and(waits)
    })
}

/// What was agreed last.
fn recent(room: &GroupRoom) -> Vec<&Object> {
    let kinds = [
        Kind::Decision,
        Kind::Commitment,
        Kind::Minutes,
        Kind::Communique,
    ];
    let all = kinds
        .into_iter()
        .flat_map(|kind| room.ledger().of_kind(kind));
    let mut agreed: Vec<&Object> = all.filter(|object| object.agreed().is_some()).collect();
    agreed.sort_by_key(|object| std::cmp::Reverse(object.changed().time));
    agreed.truncate(joint::MAX_LINES);
    agreed
}

#[cfg(test)]
#[path = "../samples/group/home.rs"]
pub(crate) mod samples;
