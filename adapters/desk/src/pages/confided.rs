//! The confidential channel: a form for anybody who signs in, and what the data-protection
//! officer makes of it.

use askama::Template;
use passerelle_model::{Reason, RecordId};
use passerelle_service::{ConfidedStep, ConfidedView};

use super::keeping::{Row, invalid, said};
use crate::answer::{Answer, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

/// Reports of each list.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "confide.html")]
struct Confide {
    p: Page,
}

#[derive(Template)]
#[template(path = "confided.html")]
struct All {
    p: Page,
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
    from: String,
    text: String,
    closed: bool,
    steps: Vec<(String, String)>,
}

/// Its line in the room.
pub(crate) fn row(p: &Page, report: &ConfidedView) -> Row {
    let (state, tone) = match report.is_closed() {
        true => ("step-closed", "good"),
        false => ("duty-confided", "soon"),
    };
    Row {
        href: format!("/confided/{}", report.id),
        title: p.ta("confided-received", &p.at(&report.received)),
        detail: from(p, report),
        tags: vec![(p.t(state), tone)],
    }
}

fn from(p: &Page, report: &ConfidedView) -> String {
    let name = report.from.as_ref().map(ToString::to_string);
    name.unwrap_or_else(|| p.t("confided-nobody"))
}

pub(crate) async fn form(call: Call) -> Answer {
    page(&Confide { p: call.page })
}

pub(crate) async fn confide(call: Call) -> Answer {
    let text: Reason = call.given("text")?;
    let named = call.field("named") == "yes";
    call.desk.node.confide(call.actor()?, text, named).await?;
    go("/confide?done=confided")
}

pub(crate) async fn list(call: Call) -> Answer {
    let node = &call.desk.node;
    let (open, closed) = node.all_confided(call.actor()?, SHOWN).await?;
    let p = call.page.clone();
    let rows = |all: Vec<ConfidedView>| all.iter().map(|one| row(&p, one)).collect();
    let (open, closed) = (rows(open), rows(closed));
    page(&All { open, closed, p })
}

pub(crate) async fn show(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let report = call.desk.node.confided(call.actor()?, &id).await?;
    let p = call.page.clone();
    let told = |step: ConfidedStep| match step {
        ConfidedStep::Note => p.t("step-note"),
        ConfidedStep::Closed => p.t("step-closed"),
    };
    page(&One {
        id: id.to_string(),
        version: report.version,
        received: p.at(&report.received),
        from: from(&p, &report),
        text: visible(report.text.as_str()),
        closed: report.is_closed(),
        steps: report
            .steps
            .iter()
            .map(|(step, decided)| (told(*step), said(&p, decided)))
            .collect(),
        p,
    })
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
