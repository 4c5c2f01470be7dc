//! The confidential channel: a form for anybody who signs in, and what the data-protection
//! officer makes of it.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{OfficerId, Reason, RecordId};
use passerelle_service::{ConfidedContent, ConfidedEntry, ConfidedStep, ConfidedView, Error};

use super::keeping::{Row, invalid};
use crate::answer::{Answer, Fault, go, page, rule_sentence};
use crate::frame::{Page, visible};
use crate::guard::Call;

/// Reports of each list.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "confide.html")]
struct Confide {
    p: Page,
    /// Who could open a report.
    people: Vec<String>,
}

#[derive(Template)]
#[template(path = "confided.html")]
struct All {
    p: Page,
    has_key: bool,
    open: Vec<Row>,
    closed: Vec<Row>,
}

#[derive(Template)]
#[template(path = "confided-one.html")]
struct One {
    p: Page,
    id: String,
    version: u64,
    received: String,
    closed: bool,
    /// Sealed under the keys of the node.
    node_keys: bool,
    /// Sealed to the key that this person has.
    ours: bool,
    fault: Option<String>,
    content: Option<Content>,
    /// Whom it can be shared with.
    others: Vec<(String, String)>,
}

/// What it says, once it was opened.
struct Content {
    from: String,
    text: String,
    steps: Vec<(String, String)>,
}

/// Its line in the room: day and state.
pub(crate) fn row(p: &Page, report: &ConfidedView) -> Row {
    let (state, tone) = match report.is_closed() {
        true => ("step-closed", "good"),
        false => ("duty-confided", "soon"),
    };
    let sealed = match report.is_sealed_to_people() {
        true => "confided-people-keys",
        false => "confided-node-keys",
    };
    Row {
        href: format!("/confided/{}", report.id),
        title: p.ta("confided-received", &p.day(report.received.day())),
        detail: p.t(sealed),
        tags: vec![(p.t(state), tone)],
    }
}

pub(crate) async fn form(call: Call) -> Answer {
    let people = call.desk.node.confidants().await?;
    let name = |one: &passerelle_service::ConfidantView| visible(one.name.as_str());
    page(&Confide {
        people: people.iter().map(name).collect(),
        p: call.page,
    })
}

pub(crate) async fn confide(call: Call) -> Answer {
    let text: Reason = call.given("text")?;
    let named = call.field("named") == "yes";
    call.desk.node.confide(call.actor()?, text, named).await?;
    go("/confide?done=confided")
}

pub(crate) async fn list(call: Call) -> Answer {
    let (node, actor) = (&call.desk.node, call.actor()?);
    let (open, closed) = node.all_confided(actor, SHOWN).await?;
    let people = node.confidants().await?;
    let has_key = people.iter().any(|one| one.officer == *actor.officer());
    let p = call.page.clone();
    let rows = |all: Vec<ConfidedView>| all.iter().map(|one| row(&p, one)).collect();
    let (open, closed) = (rows(open), rows(closed));
    page(&All {
        has_key,
        open,
        closed,
        p,
    })
}

pub(crate) async fn show(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    shown(&call, &id, Ok(None)).await
}

/// Opens it, with the passphrase that was typed.
pub(crate) async fn open(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    let opened = node.open_confided(actor, &id, call.field("passphrase"));
    let opened = opened.await.map(Some);
    shown(&call, &id, opened).await
}

/// Lets another officer read it.
pub(crate) async fn share(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let version: u64 = call.given("version")?;
    let to: OfficerId = call.given("officer")?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    let passphrase = call.field("passphrase");
    let shared = node.share_confided(actor, (&id, version), passphrase, &to);
    match shared.await {
        Ok(()) => go(&format!("/confided/{id}?done=confided-shared")),
        Err(error) => shown(&call, &id, Err(error)).await,
    }
}

async fn shown(
    call: &Call,
    id: &RecordId,
    opened: Result<Option<ConfidedContent>, Error>,
) -> Answer {
    let (node, actor) = (&call.desk.node, call.actor()?);
    let report = node.confided(actor, id).await?;
    let people = node.confidants().await?;
    let p = call.page_with_names().await?;
    let (content, fault) = match opened {
        Ok(content) => (content.map(|content| told(&p, content)), None),
        Err(error) if error.code() == "E_CONFIDED_PASSPHRASE" => {
            (None, rule_sentence(&p, error.code()))
        }
        Err(error) => return Err(Fault::from(error)),
    };
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let node_keys = !report.is_sealed_to_people();
    let mine = |one: &&passerelle_service::ConfidantView| one.officer == *actor.officer();
    let others = people
        .iter()
        .filter(|one| !node_keys && !report.is_for(one))
        .map(|one| (one.officer.to_string(), visible(one.name.as_str())));
    let page = One {
        id: id.to_string(),
        version: report.version,
        received: p.day(report.received.day()),
        closed: report.is_closed(),
        node_keys,
        ours: people
            .iter()
            .find(mine)
            .is_some_and(|own| report.is_for(own)),
        fault,
        content,
        others: others.collect(),
        p,
    };
    Ok((status, Html(page.render()?)).into_response())
}

fn told(p: &Page, content: ConfidedContent) -> Content {
    let from = content.from.map(|from| from.to_string());
    Content {
        from: from.unwrap_or_else(|| p.t("confided-nobody")),
        text: visible(content.text.as_str()),
        steps: content.steps.iter().map(|one| entry(p, one)).collect(),
    }
}

fn entry(p: &Page, entry: &ConfidedEntry) -> (String, String) {
    let what = match entry.step {
        ConfidedStep::Note => p.t("step-note"),
        ConfidedStep::Closed => p.t("step-closed"),
    };
    let words = entry.words.as_ref();
    let words = words.map_or_else(|| p.t("confided-unread"), |words| visible(words.as_str()));
    (
        what,
        format!("{words} · {} · {}", entry.by, p.at(&entry.at)),
    )
}

pub(crate) async fn step(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let version: u64 = call.given("version")?;
    let why: Reason = call.given("why")?;
    let step = match call.field("step") {
        "note" => ConfidedStep::Note,
        "closed" => ConfidedStep::Closed,
        _ => return Err(invalid()),
    };
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.confided_step(actor, (&id, version), step, why).await?;
    go(&format!("/confided/{id}?done=taken-down"))
}

#[cfg(test)]
#[path = "samples/confided.rs"]
pub(crate) mod samples;
