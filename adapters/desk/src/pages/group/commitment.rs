//! A commitment: what is agreed, how it stands and why, its due days, its steps, what is
//! reported and what the other side found.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{
    Closure, Flag, Object, Progress, Reported, Row, Stage, Stance, Verification,
};

use super::agree::{Agree, Signature};
use super::object::Talk;
use super::texts::{self, Shown};
use super::{Tab, agree, follow, href, object, side, tabs, title};
use crate::answer::{Answer, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::words;

#[derive(Template)]
#[template(path = "group/commitment.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    parent: Option<(String, String)>,
    place: String,
    change: String,
    version: u64,
    state: State,
    dues: Vec<(String, String, bool)>,
    steps: Vec<Step>,
    reports: Vec<ReportRow>,
    indicators: Vec<(String, String)>,
    may: May,
    reported: Vec<(String, String, bool)>,
    findings: Vec<(String, String, bool)>,
    closures: Vec<(String, String, bool)>,
    agree: Agree,
    talk: Talk,
}

/// How it stands, and why.
struct State {
    progress: String,
    flag: Option<(String, &'static str)>,
    why: String,
}

/// What this person can do here.
struct May {
    report: bool,
    verify: bool,
    change: bool,
    close: bool,
    add: bool,
}

/// A step towards it.
struct Step {
    href: String,
    title: String,
    side: &'static str,
    party: String,
    planned: String,
    revised: Option<String>,
    stage: String,
    tone: &'static str,
}

/// A report, or what the other side found of it.
struct ReportRow {
    by: Signature,
    word: String,
    tone: &'static str,
    texts: Vec<Shown>,
    /// Name, hash, and where the file is, if it came along.
    evidence: Vec<(String, String, Option<String>)>,
}

/// The page of a commitment.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let note = object::note(&call).await?;
    let speaks = call.actor()?.speaks();
    let shows = super::look_at(&call, |room, object| {
        Ok(Shows {
            tabs: tabs(&p, &channel, "/commitments"),
            title: title(&p, object),
            parent: follows(&p, room, object),
            place: format!("/group/{channel}/commitments/{}", object.id()),
            change: format!("{}/change", href(&channel, object.id())),
            version: object.version(),
            state: state(&p, room, object),
            dues: dues(&p, object),
            steps: steps(&p, room, object),
            reports: reports(&p, room, object),
            indicators: indicators(&p, room, object),
            may: may(room, object, speaks),
            reported: follow::words(&p, "group-reported", Reported::ALL, None),
            findings: follow::words(&p, "group-found", Verification::ALL, None),
            closures: follow::words(&p, "group-closure", Closure::ALL, None),
            agree: agree::panel(&p, room, object),
            talk: object::talk(&p, room, object, note.as_ref()),
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

/// The decision or meeting that it follows from.
fn follows(p: &Page, room: &GroupRoom, object: &Object) -> Option<(String, String)> {
    let named = object
        .commitment()
        .and_then(|terms| terms.decision.as_ref());
    let above = room.ledger().object(named.or(object.parent())?)?;
    Some((href(room.channel(), above.id()), title(p, above)))
}

fn may(room: &GroupRoom, object: &Object, speaks: bool) -> May {
    let progress = object.progress().into_value();
    let terms = object.commitment();
    let ours = terms.is_some_and(|terms| terms.responsible == *room.me());
    let free = speaks && object.offers().open().is_none();
    let agreed = object.agreed().is_some();
    let closed = terms.is_some_and(|terms| terms.closure.is_some());
    May {
        report: speaks && agreed && ours && !closed,
        verify: speaks && !ours && progress == Progress::ReportedDone,
        change: free,
        close: free && agreed && !closed,
        add: speaks && !closed,
    }
}

fn state(p: &Page, room: &GroupRoom, object: &Object) -> State {
    let row = room.ledger().row(object, room.today());
    let Some(row) = row else {
        return State {
            progress: p.word("group-progress", Progress::Draft),
            flag: None,
            why: p.t("group-why-draft"),
        };
    };
    State {
        progress: p.word("group-progress", row.progress),
        flag: follow::flag_of(p, &row),
        why: why(p, room, object, &row),
    }
}

/// Why it stands so, in a sentence.
fn why(p: &Page, room: &GroupRoom, object: &Object, row: &Row) -> String {
    let due = p.day(row.due);
    match (row.progress, row.flag) {
        (progress, _) if progress.is_over() => p.t("group-why-over"),
        (_, Flag::Disputed) => p.ta("group-why-disputed", &objector(p, object)),
        (Progress::Draft, _) => p.t("group-why-draft"),
        (Progress::Proposed, _) => p.t("group-why-proposed"),
        (Progress::ReportedDone, _) => p.t("group-why-reported-done"),
        (_, Flag::Late) => p.ta("group-why-late", &due),
        (_, Flag::Blocked) => blocked(p, room, object),
        (_, Flag::AtRisk) => match late_step(p, room, object) {
            Some((step, day)) => {
                let named = [("what", step.as_str()), ("day", day.as_str())];
                words::say(p.lang, "group-why-step-late", &named)
            }
            None => p.ta("group-why-soon", &due),
        },
        (_, Flag::OnTrack) => p.ta("group-why-on-track", &due),
    }
}

fn objector(p: &Page, object: &Object) -> String {
    let hash = object.offers().agreed_hash();
    let who = hash.and_then(|hash| {
        let mut positions = object.positions(&hash);
        let found = positions.find(|(stance, _, _)| *stance == Stance::Objects);
        found.map(|(_, _, stamp)| p.name_of(&stamp.by))
    });
    who.unwrap_or_default()
}

fn blocked(p: &Page, room: &GroupRoom, object: &Object) -> String {
    let last = object.reports().last();
    if last.is_some_and(|report| report.value().state == Reported::Blocked) {
        return p.t("group-why-blocked");
    }
    let ledger = room.ledger();
    let cancelled = |id| {
        let before = ledger.object(id);
        before.is_some_and(|before| before.stage() == Stage::Cancelled)
    };
    let mut steps = ledger.children(object.id());
    let held = steps.find(|step| {
        let after = step.action().into_iter().flat_map(|facts| &facts.after);
        unfinished(step) && after.into_iter().any(cancelled)
    });
    p.ta(
        "group-why-held-up",
        &held.map_or_else(String::new, |step| title(p, step)),
    )
}

fn late_step(p: &Page, room: &GroupRoom, object: &Object) -> Option<(String, String)> {
    let mut steps = room.ledger().children(object.id());
    let step = steps.find(|step| step.overdue(room.today()))?;
    let facts = step.action()?;
    let day = facts.revised.unwrap_or(facts.planned);
    Some((title(p, step), p.day(day)))
}

pub(super) fn unfinished(step: &Object) -> bool {
    matches!(step.stage(), Stage::ToDo | Stage::Doing)
}

/// Every due day that was agreed with the day of the signature; whether it still counts.
fn dues(p: &Page, object: &Object) -> Vec<(String, String, bool)> {
    let history = object.due_history();
    let last = history.len();
    let row = |(n, (due, signed)): (usize, &(Day, passerelle_model::UtcTime))| {
        (p.day(due), p.day(signed.day()), n + 1 == last)
    };
    history.iter().enumerate().map(row).collect()
}

fn steps(p: &Page, room: &GroupRoom, object: &Object) -> Vec<Step> {
    let all = room.ledger().children(object.id());
    all.filter_map(|step| self::step(p, room, step)).collect()
}

fn step(p: &Page, room: &GroupRoom, step: &Object) -> Option<Step> {
    let facts = step.action()?;
    Some(Step {
        href: href(room.channel(), step.id()),
        title: title(p, step),
        side: side(p, &step.id().party),
        party: p.name_of(&step.id().party),
        planned: p.day(facts.planned),
        revised: facts.revised.map(|day| p.day(day)),
        stage: p.word("group-stage", step.stage()),
        tone: match (step.stage(), step.overdue(room.today())) {
            (_, true) => "stop",
            (Stage::Done, _) => "good",
            (Stage::Doing, _) => "soon",
            _ => "calm",
        },
    })
}

/// Reports and findings, in the order in which they were said.
fn reports(p: &Page, room: &GroupRoom, object: &Object) -> Vec<ReportRow> {
    let said = object.reports().iter().map(|own| {
        let report = own.value();
        let row = ReportRow {
            by: agree::signature(p, own.stamp()),
            word: p.word("group-reported", report.state),
            tone: match report.state {
                Reported::UnderWay => "calm",
                Reported::Blocked => "stop",
                Reported::Done => "soon",
            },
            texts: texts::all(p, &report.text),
            evidence: super::evidence::shown(room, own),
        };
        (own.stamp().time, row)
    });
    let found = object.verified().iter().map(|own| {
        let said = own.value().text.as_ref();
        let row = ReportRow {
            by: agree::signature(p, own.stamp()),
            word: p.word("group-found", own.value().found),
            tone: match own.value().found {
                Verification::Fulfilled => "good",
                Verification::Partly => "soon",
                Verification::NotFulfilled => "stop",
            },
            texts: said.map_or_else(Vec::new, |said| texts::all(p, said)),
            evidence: Vec::new(),
        };
        (own.stamp().time, row)
    });
    let mut all: Vec<_> = said.chain(found).collect();
    all.sort_by_key(|(time, _)| *time);
    all.into_iter().map(|(_, row)| row).collect()
}

fn indicators(p: &Page, room: &GroupRoom, object: &Object) -> Vec<(String, String)> {
    let named = object
        .commitment()
        .into_iter()
        .flat_map(|terms| &terms.indicators);
    let known = named.filter_map(|id| room.ledger().object(id));
    known
        .map(|one| (href(room.channel(), one.id()), visible(&title(p, one))))
        .collect()
}

#[cfg(test)]
#[path = "../samples/group/commitment.rs"]
pub(crate) mod samples;
