//! The minister's page: one sheet that can be printed.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{Briefing, Line, ObjectRef};

use super::{Tab, agree, follow, href, tabs, title};
use crate::answer::{Answer, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};

pub(crate) const ROUTES: &[Route] = &[get("/group/{channel}/briefing", GROUP, handled!(show))];

#[derive(Template)]
#[template(path = "group/briefing.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    name: String,
    since: String,
    since_machine: String,
    /// The meeting since which it tells, where one has ended.
    meeting: Option<(String, String)>,
    counts: Vec<(&'static str, String, usize)>,
    sections: Vec<Section>,
    next: Option<(String, String, String)>,
    next_due: Vec<Told>,
}

/// One heading with its lines.
struct Section {
    key: &'static str,
    title: String,
    count: usize,
    lines: Vec<Told>,
    more: Option<String>,
}

/// One line: whose, and until when where that is known.
struct Told {
    href: String,
    title: String,
    detail: String,
}

async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let asked: Option<Day> = follow::chosen(&call, "since")?;
    let name = call.desk.node.group_name(&channel, p.lang);
    let shows = super::look(&call, |room| {
        let last = room.last_meeting(p.now);
        let began = last.as_ref().map(|(_, start)| *start);
        let since = match asked {
            Some(day) => day.start(),
            None => began.unwrap_or_else(|| room.today().minus_days(180).start()),
        };
        let briefing = room.kept_briefing(since);
        let meeting = last.filter(|_| asked.is_none());
        Ok(Shows {
            tabs: tabs(&p, &channel, "/briefing"),
            name: crate::frame::visible(&name),
            since: p.day(since.day()),
            since_machine: since.day().to_string(),
            meeting: meeting.map(|(id, _)| linked(&p, room, &id)),
            counts: counts(&p, &briefing),
            sections: sections(&p, room, &briefing),
            next: next(&p, room, &briefing),
            next_due: told(&p, room, &briefing.next_due),
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

fn linked(p: &Page, room: &GroupRoom, id: &ObjectRef) -> (String, String) {
    let known = room.ledger().object(id);
    let said = known.map_or_else(|| id.to_string(), |object| title(p, object));
    (href(room.channel(), id), said)
}

/// The five numbers at the head of the page, each with its colour.
fn counts(p: &Page, briefing: &Briefing) -> Vec<(&'static str, String, usize)> {
    [
        ("good", "group-brief-on-track", &briefing.on_track),
        ("soon", "group-brief-at-risk", &briefing.at_risk),
        ("stop", "group-brief-late", &briefing.late),
        ("stop", "group-brief-disputed", &briefing.disputed),
        ("good", "group-brief-fulfilled", &briefing.fulfilled),
    ]
    .into_iter()
    .map(|(tone, key, line)| (tone, p.t(key), line.count))
    .collect()
}

fn sections(p: &Page, room: &GroupRoom, briefing: &Briefing) -> Vec<Section> {
    [
        ("to-sign", &briefing.ours_to_sign),
        ("they-sign", &briefing.theirs_to_sign),
        ("agreed", &briefing.agreed),
        ("fulfilled", &briefing.fulfilled),
        ("late", &briefing.late),
        ("disputed", &briefing.disputed),
        ("at-risk", &briefing.at_risk),
        ("on-track", &briefing.on_track),
        ("diverging", &briefing.diverging),
    ]
    .into_iter()
    .filter(|(_, line)| line.count > 0)
    .map(|(key, line)| section(p, room, key, line))
    .collect()
}

fn section(p: &Page, room: &GroupRoom, key: &'static str, line: &Line) -> Section {
    let left = line.count - line.first.len();
    Section {
        key,
        title: p.t(&format!("group-brief-{key}")),
        count: line.count,
        lines: told(p, room, line),
        more: (left > 0).then(|| p.tn("group-more", left)),
    }
}

fn told(p: &Page, room: &GroupRoom, line: &Line) -> Vec<Told> {
    let known = line.first.iter().filter_map(|id| room.ledger().object(id));
    known
        .map(|object| Told {
            href: href(room.channel(), object.id()),
            title: title(p, object),
            detail: object.commitment().map_or_else(String::new, |terms| {
                format!(
                    "{} · {}",
                    p.short_name_of(&terms.responsible),
                    p.day(terms.due)
                )
            }),
        })
        .collect()
}

fn next(p: &Page, room: &GroupRoom, briefing: &Briefing) -> Option<(String, String, String)> {
    let meeting = room.ledger().object(briefing.next_meeting.as_ref()?)?;
    let start = meeting.schedule()?.start;
    let place = href(room.channel(), meeting.id());
    Some((place, title(p, meeting), agree::both_clocks(p, start)))
}

#[cfg(test)]
#[path = "../samples/group/briefing.rs"]
pub(crate) mod samples;
