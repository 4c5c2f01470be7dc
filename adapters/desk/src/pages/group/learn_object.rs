//! One programme, practice, expert, request, mission or offer of competence: what its party says of
//! it, its next steps, reviews, and what fits a request.

use askama::Template;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{
    Deed, Facts, Kind, Object, ObjectRef, Request, Review, Stage, class::Own,
};

use super::super::keeping::Row;
use super::agree::{self, Signature};
use super::expertise::{evaluation, line, tone};
use super::object::{Talk, note, talk};
use super::texts::{self, Shown};
use super::{Tab, href, kind_word, side, tabs, title};
use crate::answer::{Answer, Fault, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, page as handled, post};
use crate::words;

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/group/{channel}/objects/{object}/stage",
        GROUP,
        handled!(step),
    ),
    post(
        "/group/{channel}/objects/{object}/review",
        GROUP,
        handled!(review),
    ),
    post(
        "/group/{channel}/objects/{object}/match",
        GROUP,
        handled!(choose),
    ),
];

/// Kinds that have this page.
pub(crate) const SHOWS: [Kind; 6] = [
    Kind::Programme,
    Kind::Practice,
    Kind::Expert,
    Kind::Request,
    Kind::Mission,
    Kind::Competence,
];

#[derive(Template)]
#[template(path = "group/learn-object.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    kind: String,
    parent: Option<(String, String)>,
    place: String,
    version: u64,
    party: String,
    side: &'static str,
    stage: (String, &'static str),
    due: Option<(String, &'static str)>,
    versions: Vec<Shown>,
    more: Vec<(String, Vec<Shown>)>,
    facts: Vec<(String, String)>,
    links: Vec<(String, Vec<Row>)>,
    recommendations: Vec<Recommendation>,
    reviews: Vec<Reviewed>,
    steps: Vec<Step>,
    matches: Vec<Fitting>,
    /// Whether what fits can be chosen now.
    chooses: bool,
    may_review: bool,
    may_edit: bool,
    new_mission: Option<String>,
    talk: Talk,
}

/// A recommendation, and where it becomes a proposed commitment.
struct Recommendation {
    versions: Vec<Shown>,
    href: String,
}

/// A review with its grade.
struct Reviewed {
    by: Signature,
    grade: String,
    versions: Vec<Shown>,
}

/// A step that can be taken now.
struct Step {
    to: &'static str,
    label: String,
    /// A grade goes with it.
    graded: bool,
    /// A word goes with it.
    asks: bool,
}

/// Something that fits, and why.
struct Fitting {
    id: String,
    row: Row,
    reasons: Vec<String>,
    on: bool,
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let held = note(&call).await?;
    let speaks = call.actor()?.speaks();
    let shows = super::look_at(&call, |room, object| {
        shows(&p, room, object, (held.as_ref(), speaks))
    });
    page(&shows.await?)
}

fn shows(
    p: &Page,
    room: &GroupRoom,
    object: &Object,
    (note, speaks): (Option<&super::object::Noted>, bool),
) -> Result<Shows, Fault> {
    let channel = room.channel();
    let facts = object.facts().map(Own::value);
    let mine = object.id().party == *room.me();
    let ledger = room.ledger();
    let parent = object.parent().and_then(|id| ledger.object(id));
    let place = href(channel, object.id());
    let stage = object.stage();
    let matches = match facts {
        Some(Facts::Request(it)) => matches(p, room, it),
        _ => Vec::new(),
    };
    let mission = (speaks && object.kind() == Kind::Request && has_answer(stage))
        .then(|| format!("/group/{channel}/learn/mission?parent={}", object.id()));
    Ok(Shows {
        tabs: tabs(p, channel, "-"),
        title: title(p, object),
        kind: kind_word(p, object.kind()),
        parent: parent.map(|it| (href(channel, it.id()), title(p, it))),
        version: object.version(),
        party: p.name_of(&object.id().party),
        side: side(p, &object.id().party),
        stage: (p.word("group-stage", stage), tone(stage)),
        due: evaluation(p, room, object),
        versions: facts.map_or_else(Vec::new, |it| texts::all(p, it.texts())),
        more: transfer(p, facts),
        facts: facts.map_or_else(Vec::new, |it| told(p, room, it)),
        links: links(p, room, object),
        recommendations: recommendations(p, facts, channel, object.id()),
        reviews: object
            .reviews()
            .iter()
            .map(|own| reviewed(p, own))
            .collect(),
        steps: if speaks {
            steps(p, room, object)
        } else {
            Vec::new()
        },
        chooses: speaks && mine && stage == Stage::Accepted && !matches.is_empty(),
        matches,
        may_review: speaks && may_review(object, mine),
        may_edit: speaks && mine,
        new_mission: mission,
        talk: talk(p, room, object, note),
        place,
        p: p.clone(),
    })
}

fn has_answer(stage: Stage) -> bool {
    matches!(stage, Stage::Accepted | Stage::Matched | Stage::Delivered)
}

/// A practice is reviewed by others, as it moves on; missions and requests by both sides.
fn may_review(object: &Object, mine: bool) -> bool {
    match object.kind() {
        Kind::Practice => !mine && object.stage() != Stage::Submitted,
        Kind::Mission => object.stage() == Stage::Reported,
        Kind::Request => matches!(object.stage(), Stage::Delivered | Stage::Evaluated),
        _ => false,
    }
}

fn steps(p: &Page, room: &GroupRoom, object: &Object) -> Vec<Step> {
    let kind = object.kind();
    let matched = matches!(
        object.facts().map(Own::value),
        Some(Facts::Request(it)) if !it.matched.is_empty()
    );
    let open = object.steps(room.me()).into_iter();
    open
        // Who is matched is chosen below, by the side that asked.
        .filter(|to| *to != Stage::Matched || matched)
        .map(|to| Step {
            to: to.as_str(),
            label: p.t(&format!("learn-step-{to}")),
            graded: graded(kind, to),
            asks: matches!(to, Stage::Clarify | Stage::Declined | Stage::ToRefresh),
        })
        .collect()
}

/// Peer review and evaluation carry a grade.
fn graded(kind: Kind, to: Stage) -> bool {
    matches!(
        (kind, to),
        (Kind::Practice, Stage::Reviewed) | (Kind::Request, Stage::Evaluated)
    )
}

fn reviewed(p: &Page, own: &Own<Review>) -> Reviewed {
    Reviewed {
        by: agree::signature(p, own.stamp()),
        grade: p.tn("learn-grade-of", own.value().grade),
        versions: texts::all(p, &own.value().text),
    }
}

fn transfer(p: &Page, facts: Option<&Facts>) -> Vec<(String, Vec<Shown>)> {
    match facts {
        Some(Facts::Practice(it)) => vec![(p.t("learn-transfer"), texts::all(p, &it.transfer))],
        _ => Vec::new(),
    }
}

fn recommendations(
    p: &Page,
    facts: Option<&Facts>,
    channel: &passerelle_model::ChannelId,
    id: &ObjectRef,
) -> Vec<Recommendation> {
    let Some(Facts::Mission(it)) = facts else {
        return Vec::new();
    };
    let all = it.recommendations.iter().enumerate();
    all.map(|(n, texts)| Recommendation {
        versions: texts::all(p, texts),
        href: format!("/group/{channel}/commitments/new?from={id}&n={n}"),
    })
    .collect()
}

/// What is said of it, as rows of label and value.
fn told(p: &Page, room: &GroupRoom, facts: &Facts) -> Vec<(String, String)> {
    let sector = |one: &_| p.word("group-sector", one);
    let strand = |one: &_| p.word("group-strand", one);
    let langs = |all: &[passerelle_model::Lang]| {
        let names = all.iter().map(|lang| words::own_name(*lang));
        names.collect::<Vec<_>>().join(", ")
    };
    let row = |name: &str, value: String| (p.t(&format!("learn-field-{name}")), value);
    match facts {
        Facts::Programme(it) => programme(p, it),
        Facts::Practice(it) => vec![
            row("sector", sector(&it.sector)),
            row("strand", strand(&it.strand)),
            row("audience", visible(it.audience.as_str())),
            row("evidence", p.word("learn-evidence", it.evidence)),
            row("contact", visible(it.contact.as_str())),
            row("refresh", p.day(it.refresh)),
        ],
        Facts::Expert(it) => {
            let from = it.from.map_or_else(|| p.t("learn-now"), |day| p.day(day));
            vec![
                row(
                    "sectors",
                    it.sectors.iter().map(sector).collect::<Vec<_>>().join(", "),
                ),
                row(
                    "strands",
                    it.strands.iter().map(strand).collect::<Vec<_>>().join(", "),
                ),
                row("languages", langs(&it.languages)),
                row("available", from),
            ]
        }
        Facts::Request(it) => {
            let matched = it.matched.iter().filter_map(|id| room.ledger().object(id));
            let matched: Vec<String> = matched.map(|object| title(p, object)).collect();
            let mut rows = vec![
                row("sector", sector(&it.sector)),
                row("strand", strand(&it.strand)),
                row("languages", langs(&it.languages)),
                row("host", visible(it.host.as_str())),
                row("needed", p.day(it.until)),
            ];
            if !matched.is_empty() {
                rows.push((p.t("learn-matched"), matched.join(", ")));
            }
            rows
        }
        Facts::Mission(it) => {
            let names = it.functions.iter().map(|name| visible(name.as_str()));
            vec![
                row("functions", names.collect::<Vec<_>>().join(", ")),
                row("from", p.day(it.from)),
                row("until", p.day(it.until)),
            ]
        }
        Facts::Competence(it) => vec![
            row("organisation", visible(it.organisation.as_str())),
            row(
                "sectors",
                it.sectors.iter().map(sector).collect::<Vec<_>>().join(", "),
            ),
            row("languages", langs(&it.languages)),
            row("stands", p.day(it.until)),
        ],
        _ => Vec::new(),
    }
}

fn programme(p: &Page, it: &passerelle_service::joint::Programme) -> Vec<(String, String)> {
    let row = |name: &str, value: String| (p.t(&format!("learn-field-{name}")), value);
    let partners = it
        .partners
        .iter()
        .map(|(name, role)| (p.t(&format!("learn-field-{role}")), visible(name.as_str())));
    let countries = it
        .countries
        .iter()
        .map(|(code, share)| format!("{code} {share} %"));
    let goals = it
        .objectives
        .iter()
        .map(|n| format!("{n}. {}", p.t(&format!("group-gcm-{n}"))));
    let from = it.from.day();
    let from = from.map_or_else(|| p.t("public-none"), |day| p.day(day));
    let mut rows = vec![row("identifier", visible(it.identifier.as_str()))];
    rows.extend(partners);
    rows.extend([
        row("sector", p.word("group-sector", it.sector)),
        row("strand", p.word("group-strand", it.strand)),
        row("code", it.code.to_string()),
        row("objectives", goals.collect::<Vec<_>>().join("; ")),
        row("countries", countries.collect::<Vec<_>>().join(", ")),
        row("from", from),
    ]);
    rows.extend(it.until.map(|day| row("until", p.day(day))));
    rows.extend(it.budget.as_ref().map(|(amount, currency)| {
        row(
            "budget",
            format!("{amount} {}", currency.as_str().to_uppercase()),
        )
    }));
    rows.extend(it.instalments.iter().map(|part| {
        let when = format!("{} – {}", p.day(part.from), p.day(part.until));
        row("instalments", format!("{when}: {}", part.amount))
    }));
    let public = if it.public { "group-yes" } else { "group-no" };
    rows.push((p.t("group-term-public"), p.t(public)));
    rows.retain(|(_, value)| !value.is_empty());
    rows
}

/// Indicators of a programme, missions of a request.
fn links(p: &Page, room: &GroupRoom, object: &Object) -> Vec<(String, Vec<Row>)> {
    let ledger = room.ledger();
    let mut all = Vec::new();
    if let Some(Facts::Programme(it)) = object.facts().map(Own::value) {
        let linked = it.indicators.iter().filter_map(|id| ledger.object(id));
        let rows: Vec<Row> = linked.map(|object| agree::line(p, room, object)).collect();
        all.push((p.t("learn-field-indicators"), rows));
    }
    let missions = ledger.children(object.id());
    let missions = missions.filter(|child| child.kind() == Kind::Mission);
    all.push((
        p.t("learn-all-mission"),
        missions.map(|child| line(p, room, child)).collect(),
    ));
    all.retain(|(_, rows): &(String, Vec<Row>)| !rows.is_empty());
    all
}

fn matches(p: &Page, room: &GroupRoom, request: &Request) -> Vec<Fitting> {
    let found = room.ledger().matches(request, room.today()).into_iter();
    let fitting = |one: passerelle_service::joint::Match| {
        let object = room.ledger().object(&one.object)?;
        Some(Fitting {
            id: one.object.to_string(),
            row: line(p, room, object),
            reasons: one
                .reasons
                .iter()
                .map(|reason| p.word("learn-reason", reason))
                .collect(),
            on: request.matched.contains(&one.object),
        })
    };
    found.filter_map(fitting).collect()
}

/// Takes a step, with the grade or the word that goes with it.
async fn step(call: Call) -> Answer {
    let kind = super::look_at(&call, |_, object| Ok(object.kind())).await?;
    let to: Stage = call.given("to")?;
    let mut deeds = Vec::new();
    match graded(kind, to) {
        true => deeds.push(graded_review(&call)?),
        false => {
            let word = texts::remark(&call, "text")?;
            deeds.extend(word.map(|version| Deed::Comment { version }));
        }
    }
    deeds.push(Deed::Move { to });
    super::acts::say(&call, deeds, "said").await
}

async fn review(call: Call) -> Answer {
    super::look_at(&call, |_, _| Ok(())).await?;
    let deed = graded_review(&call)?;
    super::acts::say(&call, vec![deed], "said").await
}

fn graded_review(call: &Call) -> Result<Deed, Fault> {
    let review = Review {
        grade: call.given("grade")?,
        text: texts::remark_texts(call, "text")?.ok_or_else(|| Fault::field("text"))?,
    };
    Ok(Deed::Review { review })
}

/// Chooses among what fits, and moves the request on.
async fn choose(call: Call) -> Answer {
    let request = super::look_at(&call, |_, object| match object.facts().map(Own::value) {
        Some(Facts::Request(it)) => Ok(it.clone()),
        _ => Err(Fault::absent()),
    })
    .await?;
    let chosen: Vec<ObjectRef> = super::table_files::picked(&call)?;
    let facts = Facts::Request(Request {
        matched: chosen,
        ..request
    });
    let deeds = vec![
        Deed::Describe {
            facts: Box::new(facts),
        },
        Deed::Move { to: Stage::Matched },
    ];
    super::acts::say(&call, deeds, "said").await
}

#[cfg(test)]
#[path = "../samples/group/learn_object.rs"]
pub(crate) mod samples;
