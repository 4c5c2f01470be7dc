//! The register: the room of the data-protection officer. Why is asked before anything shows.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;
use passerelle_model::{Act, By, Deed, Ground, Object, Outcome, Reason, RegisterPurpose};
use passerelle_service::{ActFilter, ActHeld, ActLine};

use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;

/// Acts of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "register.html")]
struct Register {
    p: Page,
    why: String,
    purposes: Vec<(&'static str, String, bool)>,
    deeds: Vec<(String, String, bool)>,
    officer: String,
    refused: bool,
    derogation: bool,
    asked: bool,
    rows: Vec<Row>,
    size: u64,
    next: Option<u64>,
    fault: Option<String>,
}

struct Row {
    index: u64,
    time: String,
    machine: String,
    who: String,
    deed: String,
    what: String,
    href: Option<String>,
    to: String,
    why: String,
    refused: bool,
    codes: Vec<String>,
    erased: bool,
}

pub(crate) async fn form(call: Call) -> Answer {
    page(&shown(&call, Vec::new(), 0, None, None, false))
}

pub(crate) async fn acts(call: Call) -> Answer {
    let Ok(why) = call.field("why").trim().parse::<Reason>() else {
        let fault = Some(call.page.t("why-needed"));
        return page(&shown(&call, Vec::new(), 0, None, fault, false));
    };
    let filter = ActFilter {
        deed: call.field("deed").parse().ok(),
        outcome: (call.field("refused") == "yes").then_some(Outcome::Refused),
        officer: call.field("officer").trim().parse().ok(),
        ground: (call.field("derogation") == "yes").then_some(Ground::Derogation),
        ..ActFilter::default()
    };
    let before = call.field("before").parse().ok();
    let found = call
        .desk
        .node
        .acts_for(call.actor()?, (purpose(&call), why), &filter, before, PAGE)
        .await?;
    let size = call.desk.node.register().await?.size;
    let rows = found
        .acts
        .into_iter()
        .map(|line| row(&call.page, line))
        .collect();
    page(&shown(&call, rows, size, found.next, None, true))
}

pub(crate) async fn export(call: Call) -> Answer {
    let why: Reason = call.given("why")?;
    let package = call
        .desk
        .node
        .export_register_for(call.actor()?, 0..u64::MAX, (purpose(&call), why))
        .await?;
    download("register.passerelle-audit", package.into_bytes())
}

/// For what the register is read: the first of the law's purposes unless another is chosen.
fn purpose(call: &Call) -> RegisterPurpose {
    let chosen = call.field("purpose").parse();
    chosen.unwrap_or(RegisterPurpose::Lawfulness)
}

/// A file to keep.
pub(crate) fn download(name: &str, bytes: Vec<u8>) -> Result<Response, Fault> {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn shown(
    call: &Call,
    rows: Vec<Row>,
    size: u64,
    next: Option<u64>,
    fault: Option<String>,
    asked: bool,
) -> Register {
    let p = call.page.clone();
    let deed = call.field("deed").to_owned();
    Register {
        why: call.field("why").to_owned(),
        purposes: RegisterPurpose::ALL
            .iter()
            .map(|one| {
                (
                    one.as_str(),
                    p.word("register-purpose", one),
                    *one == purpose(call),
                )
            })
            .collect(),
        deeds: Deed::ALL
            .iter()
            .map(|one| (one.to_string(), p.word("deed", one), one.as_str() == deed))
            .collect(),
        officer: call.field("officer").to_owned(),
        refused: call.field("refused") == "yes",
        derogation: call.field("derogation") == "yes",
        asked,
        rows,
        size,
        next,
        fault,
        p,
    }
}

fn row(p: &Page, line: ActLine) -> Row {
    let (act, gone) = match line.held {
        ActHeld::Held { act } => (Some(act), ""),
        ActHeld::Erased => (None, "act-erased"),
        ActHeld::Damaged => (None, "act-damaged"),
    };
    let Some(act) = act else {
        return Row {
            index: line.index,
            time: String::new(),
            machine: String::new(),
            who: String::new(),
            deed: p.t(gone),
            what: String::new(),
            href: None,
            to: String::new(),
            why: String::new(),
            refused: false,
            codes: Vec::new(),
            erased: true,
        };
    };
    let to: Vec<String> = act.to.iter().map(ToString::to_string).collect();
    Row {
        index: line.index,
        time: p.at(&act.time),
        machine: p.machine(&act.time),
        who: who(p, &act),
        deed: p.word("deed", act.deed),
        what: what(p, &act),
        href: None,
        to: to.join(", "),
        why: act
            .why
            .as_ref()
            .map_or_else(String::new, |why| crate::frame::visible(why.as_str())),
        refused: act.outcome == Outcome::Refused,
        codes: act.codes.iter().map(ToString::to_string).collect(),
        erased: false,
    }
}

fn who(p: &Page, act: &Act) -> String {
    match &act.by {
        By::Person { officer, unit } => match unit {
            Some(unit) => format!("{officer} · {unit}"),
            None => officer.to_string(),
        },
        By::Program { name } => name.to_string(),
        By::Node => p.t("act-node"),
    }
}

fn what(p: &Page, act: &Act) -> String {
    let count = act
        .count
        .map_or_else(String::new, |count| format!(" ({count})"));
    let object = match &act.object {
        Object::Node => p.t("act-node"),
        Object::Record { party, record } => format!("{} {record}", p.name_of(party)),
        Object::Draft { draft } => format!("{} {draft}", p.t("act-draft")),
        Object::Person { officer } => officer.to_string(),
        Object::Partner { party } => p.name_of(party),
        Object::Thing { kind, name } => format!("{kind} {name}"),
    };
    format!("{object}{count}")
}
