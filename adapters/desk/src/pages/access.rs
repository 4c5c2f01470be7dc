//! Which roles of which unit open which data class: the table that is published.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{Role, Side};
use passerelle_service::{AccessLine, AccessView, ClassDecision, PolicyView};

use crate::answer::{Answer, Fault, go, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;
use crate::words;

#[derive(Template)]
#[template(path = "access.html")]
struct Access {
    p: Page,
    version: u64,
    roles: Vec<String>,
    rows: Vec<Row>,
    published: Option<String>,
    fault: Option<String>,
}

struct Row {
    key: String,
    unit: String,
    class: String,
    decided: bool,
    people: u32,
    /// Value, role in words, whether it opens, whether it can.
    boxes: Vec<(String, String, bool, bool)>,
}

pub(crate) async fn show(call: Call) -> Answer {
    shown(&call, None).await
}

pub(crate) async fn publish(call: Call) -> Answer {
    let actor = call.actor()?;
    let version = call.given("version")?;
    let held = call.desk.node.access(actor).await?;
    let decided = typed(&call, &held)?;
    match call.desk.node.decide_access(actor, decided, version).await {
        Ok(()) => go("/access?done=access-published"),
        Err(error) => match rule_sentence(&call.page, error.code()) {
            Some(said) => shown(&call, Some(said)).await,
            None => Err(error.into()),
        },
    }
}

fn openers(side: Side) -> impl Iterator<Item = Role> {
    Role::ALL
        .iter()
        .copied()
        .filter(move |role| role.opens(side))
}

/// The roles of both sides where there is a line of the joint group.
fn columns(lines: &[AccessLine]) -> impl Iterator<Item = Role> + use<> {
    let group = lines.iter().any(|line| line.side == Side::Group);
    openers(if group { Side::Group } else { Side::Cases })
}

/// Every line of the table with its ticked boxes; a line without any: nobody opens it. A line
/// that has the usual roles is left undecided, so that it stays with what is usual.
fn typed(call: &Call, held: &AccessView) -> Result<Vec<ClassDecision>, Fault> {
    let wrong = || Fault::new(StatusCode::BAD_REQUEST, "E_FIELD_INVALID");
    let all = |name: &'static str| {
        let values = call.form.iter().filter(move |(held, _)| held == name);
        values.map(|(_, value)| value.as_str())
    };
    let ticked: BTreeSet<&str> = all("open").collect();
    let mut decided = Vec::new();
    for key in all("line") {
        let (unit, class) = key.split_once('/').ok_or_else(wrong)?;
        let opens = |role: &Role| ticked.contains(format!("{key}/{role}").as_str());
        let named = |line: &&AccessLine| key == format!("{}/{}", line.unit, line.class);
        let side = held.lines.iter().find(named).map(|line| line.side);
        let openers = || openers(side.unwrap_or_default());
        let roles: BTreeSet<Role> = openers().filter(opens).collect();
        if !openers().all(|role| roles.contains(&role)) {
            decided.push(ClassDecision {
                unit: unit.parse().map_err(|_| wrong())?,
                class: class.parse().map_err(|_| wrong())?,
                roles,
            });
        }
    }
    Ok(decided)
}

async fn shown(call: &Call, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let AccessView { version, lines } = call.desk.node.access(call.actor()?).await?;
    let published = call.desk.node.own_policy().await?;
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = Access {
        version,
        roles: columns(&lines).map(|role| p.word("role", role)).collect(),
        rows: lines.iter().map(|line| row(&p, &lines, line)).collect(),
        published: published.map(|policy| said(&p, &policy)),
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

fn said(p: &Page, policy: &PolicyView) -> String {
    let (number, time) = (policy.number.to_string(), p.at(&policy.issued));
    let args = [("number", number.as_str()), ("time", time.as_str())];
    words::say(p.lang, "policy-issued", &args)
}

fn row(p: &Page, lines: &[AccessLine], line: &AccessLine) -> Row {
    let key = format!("{}/{}", line.unit, line.class);
    let boxes = columns(lines).map(|role| {
        let (held, can) = (line.roles.contains(&role), role.opens(line.side));
        (format!("{key}/{role}"), p.word("role", role), held, can)
    });
    Row {
        boxes: boxes.collect(),
        unit: line.unit_names.in_lang(p.lang).to_string(),
        class: line.class_names.in_lang(p.lang).to_string(),
        decided: line.decided,
        people: line.people,
        key,
    }
}

#[cfg(test)]
#[path = "samples/access.rs"]
pub(crate) mod samples;
