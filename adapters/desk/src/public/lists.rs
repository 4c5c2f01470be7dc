//! Home, lists, and pages of words only.

use askama::Template;
use http::StatusCode;
use passerelle_service::joint::{Flag, Progress};
use passerelle_service::{PublicCommitment, PublicHead, PublicMeeting};

use super::face::{Face, Line, line, newest, party, progress};
use super::{Ask, Told};
use crate::answer::Fault;
use crate::frame::{Page, visible};

/// Lines of one page of a list.
const PAGE: usize = 25;
/// Lines under each heading of the home page.
const FIRST: usize = 5;

#[derive(Template)]
#[template(path = "public/home.html")]
pub(super) struct Home {
    pub(super) f: Face,
    pub(super) communiques: Vec<Line>,
    pub(super) consultations: Vec<Line>,
    /// How many commitments stand where.
    pub(super) progress: Vec<(String, usize)>,
    pub(super) meetings: Vec<Meeting>,
}

/// A meeting that was held.
pub(super) struct Meeting {
    pub(super) kind: String,
    pub(super) day: String,
    pub(super) machine: String,
    pub(super) place: Option<String>,
}

#[derive(Template)]
#[template(path = "public/list.html")]
pub(super) struct List {
    pub(super) f: Face,
    pub(super) heading: String,
    pub(super) empty: String,
    pub(super) rows: Vec<Line>,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
}

#[derive(Template)]
#[template(path = "public/words.html")]
pub(super) struct Words {
    pub(super) f: Face,
    pub(super) heading: String,
    pub(super) body: Vec<String>,
}

pub(super) fn home(ask: &Ask) -> Result<Told, Fault> {
    let (p, public) = (&ask.p, &ask.public);
    let heads = public.communiques.iter().map(|one| &one.head);
    let open = public.consultations.iter().filter(|one| one.open);
    let page = Home {
        communiques: heads
            .take(FIRST)
            .map(|head| line(p, public, head))
            .collect(),
        consultations: open.map(|one| line(p, public, &one.head)).collect(),
        progress: counted(p, &public.commitments),
        meetings: public
            .meetings
            .iter()
            .take(FIRST)
            .map(|one| meeting(p, one))
            .collect(),
        f: ask.face("", p.t("public-lead")),
    };
    Told::page(&page, Some(public.changed()))
}

fn meeting(p: &Page, one: &PublicMeeting) -> Meeting {
    Meeting {
        kind: p.word("group-meeting", one.kind),
        day: p.day(one.start.day()),
        machine: one.start.day().to_string(),
        place: one.place.as_ref().map(|place| visible(place.as_str())),
    }
}

fn counted(p: &Page, commitments: &[PublicCommitment]) -> Vec<(String, usize)> {
    let count = |progress: &Progress| {
        let all = commitments.iter();
        all.filter(|one| one.progress == *progress).count()
    };
    let all = Progress::ALL.iter();
    all.map(|progress| (p.word("group-progress", progress), count(progress)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// One page of a list, by the room that it is of.
fn list<'a>(
    ask: &Ask,
    room: &str,
    heads: impl Iterator<Item = &'a PublicHead> + Clone,
    row: impl Fn(&'a PublicHead) -> Line,
) -> Result<Told, Fault> {
    let p = &ask.p;
    let asked = ask.query.iter().find(|(name, _)| name == "page");
    let number: usize = match asked {
        None => 1,
        Some((_, number)) => number.parse().map_err(|_| Fault::absent())?,
    };
    let skipped = number.checked_sub(1).and_then(|n| n.checked_mul(PAGE));
    let mut rest = heads.clone().skip(skipped.ok_or_else(Fault::absent)?);
    let rows: Vec<Line> = rest.by_ref().take(PAGE).map(row).collect();
    let more = rest.next().is_some();
    if rows.is_empty() && number > 1 {
        return Err(Fault::absent());
    }
    let at = |number: usize| format!("/{}/{room}?page={number}", p.lang);
    let page = List {
        f: ask.face(room, p.t(&format!("public-{room}-lead"))),
        heading: p.t(&format!("public-{room}")),
        empty: p.t(&format!("public-no-{room}")),
        rows,
        newer: (number > 1).then(|| at(number - 1)),
        older: more.then(|| at(number + 1)),
    };
    Told::page(&page, newest(heads))
}

pub(super) fn communiques(ask: &Ask) -> Result<Told, Fault> {
    let heads = ask.public.communiques.iter().map(|one| &one.head);
    list(ask, "communiques", heads, |head| {
        line(&ask.p, &ask.public, head)
    })
}

pub(super) fn commitments(ask: &Ask) -> Result<Told, Fault> {
    let all = &ask.public.commitments;
    let heads = all.iter().map(|one| &one.head);
    list(ask, "commitments", heads, |head| {
        let mut row = line(&ask.p, &ask.public, head);
        if let Some(one) = all.iter().find(|one| one.head.id == head.id) {
            let due = ask.p.ta("public-due", &ask.p.day(one.due));
            row.detail = format!("{} · {due}", party(&ask.p, &one.responsible));
            row.tags = tags(&ask.p, one);
        }
        row
    })
}

/// How a commitment stands, and what follows where it is not over.
pub(super) fn tags(p: &Page, one: &PublicCommitment) -> Vec<(String, &'static str)> {
    let mut tags = vec![progress(p, one.progress)];
    if one.flag != Flag::OnTrack {
        let tone = match one.flag {
            Flag::Late => "late",
            _ => "soon",
        };
        tags.push((p.word("group-flag", one.flag), tone));
    }
    tags
}

pub(super) fn programmes(ask: &Ask) -> Result<Told, Fault> {
    let all = &ask.public.programmes;
    let heads = all.iter().map(|one| &one.head);
    list(ask, "programmes", heads, |head| {
        let mut row = line(&ask.p, &ask.public, head);
        if let Some(one) = all.iter().find(|one| one.head.id == head.id) {
            let sector = ask.p.word("group-sector", one.facts.sector);
            row.detail = format!("{} · {sector}", visible(one.facts.identifier.as_str()));
            row.tags = vec![(ask.p.word("public-stage", one.stage), "calm")];
        }
        row
    })
}

pub(super) fn consultations(ask: &Ask) -> Result<Told, Fault> {
    let all = &ask.public.consultations;
    let heads = all.iter().map(|one| &one.head);
    list(ask, "consultations", heads, |head| {
        let mut row = line(&ask.p, &ask.public, head);
        if let Some(one) = all.iter().find(|one| one.head.id == head.id) {
            row.tags = vec![super::answers::state(&ask.p, one)];
        }
        row
    })
}

fn words(ask: &Ask, rest: &str, heading: &str, keys: &[&str]) -> Words {
    Words {
        f: ask.face(rest, ask.p.t(heading)),
        heading: ask.p.t(heading),
        body: keys.iter().map(|key| ask.p.t(key)).collect(),
    }
}

pub(super) fn about(ask: &Ask) -> Result<Told, Fault> {
    let keys = [
        "public-about-what",
        "public-about-not",
        "public-about-numbers",
        "public-about-data",
        "public-about-answers",
        "public-about-access",
    ];
    Told::page(&words(ask, "about", "public-about", &keys), None)
}

pub(super) fn thanks(ask: &Ask) -> Result<Told, Fault> {
    let rest = "consultations/thanks";
    Told::page(
        &words(ask, rest, "public-thanks", &["public-thanks-lead"]),
        None,
    )
}

/// What is not there; other faults are told apart by their status alone.
pub(super) fn absent(ask: &Ask, status: StatusCode) -> Result<Told, Fault> {
    let (heading, lead) = match status {
        StatusCode::NOT_FOUND => ("public-absent", "public-absent-lead"),
        StatusCode::PAYLOAD_TOO_LARGE => ("public-answer-fault", "public-fault-long"),
        StatusCode::FORBIDDEN => ("public-answer-fault", "public-fault-origin"),
        _ => ("public-failed", "public-failed-lead"),
    };
    Told::page_with(status, &words(ask, "", heading, &[lead]), None)
}
