//! The supervisory authority: who was given a code sees one subject's records, the acts on them
//! and to whom they went. The code travels in the form each time; no session begins.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{Act, By, PartyId, RecordId};
use passerelle_service::{Inspected, SubjectRecipient, SubjectRecord};

use super::facts::Facts;
use crate::answer::{Answer, Fault, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "inspection.html")]
struct Inspection {
    p: Page,
    code: String,
    fault: Option<String>,
    seen: Option<Seen>,
}

struct Seen {
    authority: String,
    until: String,
    subject: String,
    kind: String,
    records: Vec<Listed>,
    log: Vec<Line>,
}

/// A record about the person, with those who received it.
pub(crate) struct Listed {
    pub(crate) party: String,
    pub(crate) name: String,
    pub(crate) record: String,
    pub(crate) time: String,
    pub(crate) erased: bool,
    /// Who, and whether in a third country.
    pub(crate) recipients: Vec<(String, bool)>,
}

struct Line {
    time: String,
    machine: String,
    who: String,
    deed: String,
    record: String,
    why: String,
}

/// A record of a request, as lists show it.
pub(crate) fn listed(p: &Page, record: &SubjectRecord) -> Listed {
    Listed {
        party: record.party.to_string(),
        name: p.name_of(&record.party),
        record: record.record.to_string(),
        time: p.at(&record.time),
        erased: record.erased,
        recipients: record
            .recipients
            .iter()
            .map(|to| (recipient(p, to), to.third))
            .collect(),
    }
}

/// A recipient with its unit and its state.
pub(crate) fn recipient(p: &Page, to: &SubjectRecipient) -> String {
    let name = p.name_of(&to.party);
    let unit = to.unit.as_ref().map(|unit| format!(" / {unit}"));
    let country = to.country.as_ref().map(|state| format!(" ({state})"));
    format!(
        "{name}{}{}",
        unit.unwrap_or_default(),
        country.unwrap_or_default()
    )
}

pub(crate) async fn form(call: Call) -> Answer {
    page(&Inspection {
        code: String::new(),
        fault: None,
        seen: None,
        p: call.page,
    })
}

pub(crate) async fn enter(call: Call) -> Answer {
    let code = call.field("code").trim().to_owned();
    let p = call.page.clone();
    match call.desk.node.inspect(&code).await {
        Ok(found) => page(&Inspection {
            code,
            fault: None,
            seen: Some(seen(&p, &found)),
            p,
        }),
        Err(error) if error.code() == "E_NOT_FOUND" => {
            let shown = Inspection {
                code: String::new(),
                fault: Some(p.t("inspection-wrong")),
                seen: None,
                p,
            };
            Ok((StatusCode::NOT_FOUND, Html(shown.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn seen(p: &Page, found: &Inspected) -> Seen {
    Seen {
        authority: visible(found.access.authority.as_str()),
        until: p.at(&found.access.until),
        subject: visible(found.subject.as_str()),
        kind: super::requests::right(p, found.right),
        records: found.records.iter().map(|one| listed(p, one)).collect(),
        log: found.log.iter().map(|act| line(p, act)).collect(),
    }
}

fn line(p: &Page, act: &Act) -> Line {
    Line {
        time: p.at(&act.time),
        machine: p.machine(&act.time),
        who: match &act.by {
            By::Person { officer, .. } => officer.to_string(),
            By::Program { name } => visible(name.as_str()),
            By::Node => p.t("act-node"),
        },
        deed: p.word("deed", act.deed),
        record: match &act.object {
            passerelle_model::Object::Record { record, .. } => record.to_string(),
            _ => String::new(),
        },
        why: act
            .why
            .as_ref()
            .map_or_else(String::new, |why| visible(why.as_str())),
    }
}

#[derive(Template)]
#[template(path = "inspection-record.html")]
struct Opened {
    p: Page,
    code: String,
    subject: String,
    text: String,
    lang: &'static str,
    facts: Vec<(String, String)>,
}

pub(crate) async fn record(call: Call) -> Answer {
    let code = call.field("code").trim().to_owned();
    let name: (PartyId, RecordId) = (call.given("party")?, call.given("record")?);
    let node = &call.desk.node;
    let shown = node.inspect_record(&code, (&name.0, &name.1)).await?;
    let record = shown
        .content
        .ok_or_else(|| Fault::new(StatusCode::GONE, "E_ERASED"))?;
    let p = call.page.clone();
    let told = Facts {
        p: &p,
        agreements: &node.agreements().await?,
    };
    let facts = told.of(&record);
    page(&Opened {
        code,
        subject: visible(record.subject.as_str()),
        text: record
            .text
            .as_ref()
            .map_or_else(String::new, |text| visible(text.as_str())),
        lang: crate::words::tag(record.lang),
        facts,
        p,
    })
}

#[cfg(test)]
#[path = "samples/inspection.rs"]
pub(crate) mod samples;
