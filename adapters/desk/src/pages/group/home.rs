//! The table of a group: what waits for our signature, what for theirs, what is late.

use askama::Template;
use passerelle_service::joint::{Flag, Kind, Object, ObjectRef};
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

/// One heading with its lines.
pub(crate) struct Section {
    pub(crate) key: &'static str,
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) rows: Vec<Row>,
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
    // Nothing here asks since when: one briefing a day serves every look.
    let briefing = room.kept_briefing(room.today().start());
    let late = || {
        let rows = room.rows().iter().filter(|row| row.flag == Flag::Late);
        let ids: Vec<ObjectRef> = rows.map(|row| row.id.clone()).collect();
        joint::Line {
            count: ids.len(),
            first: ids.into_iter().take(joint::MAX_LINES).collect(),
        }
    };
    let to_verify = || {
        let rows = room.rows().iter().filter(|row| {
            row.progress == joint::Progress::ReportedDone && row.responsible != *room.me()
        });
        let ids: Vec<ObjectRef> = rows.map(|row| row.id.clone()).collect();
        joint::Line {
            count: ids.len(),
            first: ids.into_iter().take(joint::MAX_LINES).collect(),
        }
    };
    let section = |key: &'static str, line: &joint::Line| Section {
        key,
        title: p.t(&format!("group-{key}")),
        count: line.count,
        rows: line
            .first
            .iter()
            .filter_map(|id| ledger.object(id))
            .map(|object| agree::line(p, room, object))
            .collect(),
    };
    let recent = joint::Line {
        count: recent(room).len(),
        first: recent(room)
            .into_iter()
            .map(|object| object.id().clone())
            .collect(),
    };
    vec![
        section("to-sign", &briefing.ours_to_sign),
        section("to-verify", &to_verify()),
        section("late", &late()),
        section("diverging", &briefing.diverging),
        section("they-sign", &briefing.theirs_to_sign),
        section("recent", &recent),
    ]
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
