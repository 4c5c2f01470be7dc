//! The supervisory authority: who was given a code and an authenticator sees one subject's
//! records with their files, the acts on them and to whom they went. The pass of a look travels
//! in the form each time; no cookie holds it.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{Act, By, PartyId, RecordId};
use passerelle_service::{Holder, Inspected, SubjectRecipient, SubjectRecord};

use super::cases::size;
use super::facts::Facts;
use super::records::kept_by_the_browser;
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "inspection.html")]
struct Inspection {
    p: Page,
    pass: String,
    fault: Option<String>,
    seen: Option<Seen>,
}

struct Seen {
    authority: String,
    holder: String,
    until: String,
    looks_until: String,
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
        pass: String::new(),
        fault: None,
        seen: None,
        p: call.page,
    })
}

/// Lets in, or shows the same once more to whoever is in.
pub(crate) async fn enter(call: Call) -> Answer {
    let node = &call.desk.node;
    let found = match call.field("pass").trim() {
        "" => {
            let (code, one_time) = (call.field("code"), call.field("one-time"));
            node.enter_inspection(code, one_time).await
        }
        pass => Ok(pass.to_owned()),
    };
    let pass = match found {
        Ok(pass) => pass,
        Err(error) => return kept_out(&call, error),
    };
    match node.inspect(&pass).await {
        Ok(found) => page(&Inspection {
            pass,
            fault: None,
            seen: Some(seen(&call.page, &found)),
            p: call.page.clone(),
        }),
        Err(error) => kept_out(&call, error),
    }
}

/// Whatever is wrong, this is said.
fn kept_out(call: &Call, error: passerelle_service::Error) -> Answer {
    if error.code() != "E_NOT_FOUND" {
        return Err(error.into());
    }
    let p = call.page.clone();
    let shown = Inspection {
        pass: String::new(),
        fault: Some(p.t("inspection-wrong")),
        seen: None,
        p,
    };
    Ok((StatusCode::NOT_FOUND, Html(shown.render()?)).into_response())
}

/// Ends a look.
pub(crate) async fn leave(call: Call) -> Answer {
    match call.desk.node.leave_inspection(call.field("pass")).await {
        Ok(()) => go("/inspection?done=inspection-left"),
        Err(error) => kept_out(&call, error),
    }
}

fn seen(p: &Page, found: &Inspected) -> Seen {
    Seen {
        authority: visible(found.access.authority.as_str()),
        holder: found
            .access
            .holder
            .as_ref()
            .map_or_else(String::new, held_by),
        until: p.at(&found.access.until),
        looks_until: p.at(&found.looks_until),
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

/// Whom an access is for.
pub(crate) fn held_by(holder: &Holder) -> String {
    visible(&format!("{}, {}", holder.person, holder.function))
}

#[derive(Template)]
#[template(path = "inspection-record.html")]
struct Opened {
    p: Page,
    pass: String,
    party: String,
    record: String,
    subject: String,
    text: String,
    lang: &'static str,
    facts: Vec<(String, String)>,
    /// Names, sizes and whether they are whole, in the order of the record.
    files: Vec<(String, String, bool)>,
}

pub(crate) async fn record(call: Call) -> Answer {
    let pass = call.field("pass").trim().to_owned();
    let name: (PartyId, RecordId) = (call.given("party")?, call.given("record")?);
    let node = &call.desk.node;
    let shown = match node.inspect_record(&pass, (&name.0, &name.1)).await {
        Ok(shown) => shown,
        Err(error) => return kept_out(&call, error),
    };
    let record = shown
        .content
        .ok_or_else(|| Fault::new(StatusCode::GONE, "E_ERASED"))?;
    let p = call.page.clone();
    let told = Facts {
        p: &p,
        agreements: &node.agreements().await?,
    };
    let facts = told.of(&record);
    let files = record.attachments.iter().zip(&shown.files);
    let files = files.map(|(file, state)| {
        let name = visible(file.name.as_str());
        (name, size(file.bytes), state.complete)
    });
    page(&Opened {
        pass,
        party: name.0.to_string(),
        record: name.1.to_string(),
        subject: visible(record.subject.as_str()),
        text: record
            .text
            .as_ref()
            .map_or_else(String::new, |text| visible(text.as_str())),
        lang: crate::words::tag(record.lang),
        facts,
        files: files.collect(),
        p,
    })
}

/// An attachment of one of those records.
pub(crate) async fn file(call: Call) -> Answer {
    let name: (PartyId, RecordId) = (call.given("party")?, call.given("record")?);
    let position: usize = call.given("n")?;
    let pass = call.field("pass").trim();
    let opened = call
        .desk
        .node
        .inspect_file(pass, (&name.0, &name.1), position);
    match opened.await {
        Ok(reader) => kept_by_the_browser(reader),
        Err(error) => kept_out(&call, error),
    }
}

#[cfg(test)]
#[path = "samples/inspection.rs"]
pub(crate) mod samples;
