//! The register: the room of the data-protection officer. Why is asked before anything shows.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;
use passerelle_model::{
    Act, By, Day, Deed, Ground, Object, Outcome, PartyId, Reason, RegisterPurpose,
};
use passerelle_service::{ActFilter, ActHeld, ActLine};

use crate::answer::{Answer, Fault, page, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

/// Acts of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "register.html")]
struct Register {
    p: Page,
    why: String,
    purposes: Vec<Choice>,
    deeds: Vec<Choice>,
    outcomes: Vec<Choice>,
    grounds: Vec<Choice>,
    parties: Vec<Choice>,
    texts: Texts,
    asked: bool,
    rows: Vec<Row>,
    size: u64,
    next: Option<u64>,
    fault: Option<String>,
}

/// Value, words, whether it is chosen.
type Choice = (String, String, bool);

/// What is typed to narrow the acts, as it was typed.
struct Texts {
    officer: String,
    code: String,
    record: String,
    from: String,
    until: String,
}

/// Who did something: the name, and what the register holds where that is another word.
#[derive(Default)]
struct Who {
    name: String,
    id: Option<String>,
}

struct Row {
    index: u64,
    time: String,
    machine: String,
    who: Who,
    deed: String,
    what: String,
    href: Option<String>,
    to: String,
    why: String,
    refused: bool,
    codes: Vec<(String, String)>,
    erased: bool,
}

pub(crate) async fn form(call: Call) -> Answer {
    page(&shown(&call, Vec::new(), 0, None, None, false))
}

pub(crate) async fn acts(mut call: Call) -> Answer {
    call.page = call.page_with_names().await?;
    let Ok(why) = call.field("why").trim().parse::<Reason>() else {
        let fault = Some(call.page.t("why-needed"));
        return page(&shown(&call, Vec::new(), 0, None, fault, false));
    };
    let (Ok(filter), Ok(purpose)) = (filter(&call), purpose(&call)) else {
        let fault = Some(call.page.t("register-filter-wrong"));
        return page(&shown(&call, Vec::new(), 0, None, fault, false));
    };
    let before = call.field("before").parse().ok();
    let found = call
        .desk
        .node
        .acts_for(call.actor()?, (purpose, why), &filter, before, PAGE)
        .await?;
    let size = call.desk.node.register_size().await?;
    let rows = found
        .acts
        .into_iter()
        .map(|line| row(&call.page, line))
        .collect();
    page(&shown(&call, rows, size, found.next, None, true))
}

/// A filter of the form, or of the link that leads here; what is not valid is said, because
/// left out it would show more than was asked for.
fn filter(call: &Call) -> Result<ActFilter, Fault> {
    let (party, record) = (maybe::<PartyId>(call, "party")?, maybe(call, "record")?);
    let object = match (party, record) {
        (Some(party), Some(record)) => Some(Object::Record { party, record }),
        (Some(party), None) => Some(Object::Partner { party }),
        (None, Some(_)) => return Err(super::keeping::invalid()),
        (None, None) => None,
    };
    let until: Option<Day> = maybe(call, "until")?;
    Ok(ActFilter {
        deed: maybe(call, "deed")?,
        officer: maybe(call, "officer")?,
        object,
        outcome: maybe(call, "outcome")?,
        code: maybe(call, "code")?,
        ground: maybe(call, "ground")?,
        from: maybe::<Day>(call, "from")?.map(Day::start),
        // The last day counts.
        until: until.map(|day| day.plus_days(1).start()),
    })
}

fn maybe<T: std::str::FromStr>(call: &Call, name: &str) -> Result<Option<T>, Fault> {
    match given(call, name) {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| super::keeping::invalid()),
    }
}

/// What the form says, or the address where there is no form yet.
fn given<'a>(call: &'a Call, name: &str) -> &'a str {
    match call.form.is_empty() {
        true => call.asked(name).trim(),
        false => call.field(name).trim(),
    }
}

pub(crate) async fn export(call: Call) -> Answer {
    let why: Reason = call.given("why")?;
    let purpose = purpose(&call)?;
    let node = &call.desk.node;
    let newest = node.newest_package().await?;
    let package = node
        .export_register_for(call.actor()?, newest, (purpose, why))
        .await?;
    download("register.passerelle-audit", package.into_bytes())
}

/// Transfers under own assessment or derogation, for the authority.
pub(crate) async fn transfers(call: Call) -> Answer {
    let why: Reason = call.given("why")?;
    let until: Option<Day> = maybe(&call, "until")?;
    // The last day counts.
    let days = (maybe(&call, "from")?, until.map(|day| day.plus_days(1)));
    let (node, actor) = (&call.desk.node, call.actor()?);
    let package = node
        .export_transfers_for(actor, (purpose(&call)?, why), days)
        .await?;
    download("transfers.passerelle-audit", package.into_bytes())
}

/// For what the register is read: the first of the law's purposes unless another is chosen. The
/// act names it, so that what is no purpose is not taken for one.
fn purpose(call: &Call) -> Result<RegisterPurpose, Fault> {
    let chosen = maybe(call, "purpose")?;
    Ok(chosen.unwrap_or(RegisterPurpose::Lawfulness))
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
    let typed = |name| given(call, name).to_owned();
    let words = |list: &'static str, name: &'static str, word: &str| {
        let chosen = given(call, name) == word;
        (word.to_owned(), p.word(list, word), chosen)
    };
    let own = call.desk.node.party().to_string();
    let parties = std::iter::once((own, p.party.clone())).chain(super::keeping::partners(&p));
    Register {
        why: call.field("why").to_owned(),
        purposes: RegisterPurpose::ALL
            .iter()
            .map(|one| {
                let chosen = purpose(call).is_ok_and(|purpose| purpose == *one);
                let word = p.word("register-purpose", one);
                (one.to_string(), word, chosen)
            })
            .collect(),
        deeds: Deed::ALL
            .iter()
            .map(|one| words("deed", "deed", one.as_str()))
            .collect(),
        outcomes: Outcome::ALL
            .iter()
            .map(|one| words("outcome", "outcome", one.as_str()))
            .collect(),
        grounds: Ground::ALL
            .iter()
            .map(|one| words("ground", "ground", one.as_str()))
            .collect(),
        parties: parties
            .map(|(party, name)| {
                let chosen = given(call, "party") == party;
                (party, name, chosen)
            })
            .collect(),
        texts: Texts {
            officer: typed("officer"),
            code: typed("code"),
            record: typed("record"),
            from: typed("from"),
            until: typed("until"),
        },
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
            who: Who::default(),
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
    let unit =
        |to: &passerelle_model::Recipient| format!("{} — {}", p.short_name_of(&to.party), to.unit);
    let to: Vec<String> = act.to.iter().map(unit).collect();
    Row {
        index: line.index,
        time: p.at(&act.time),
        machine: p.machine(&act.time),
        who: who(p, &act),
        deed: p.word("deed", act.deed),
        what: what(p, &act),
        href: href(&act.object),
        to: to.join(", "),
        why: act
            .why
            .as_ref()
            .map_or_else(String::new, |why| crate::frame::visible(why.as_str())),
        refused: act.outcome == Outcome::Refused,
        codes: act
            .codes
            .iter()
            .map(|code| {
                let why = rule_sentence(p, code.as_str()).unwrap_or_default();
                (code.to_string(), why)
            })
            .collect(),
        erased: false,
    }
}

/// A thing by our word for its kind, with its name unless there is only one of the kind.
fn thing(p: &Page, kind: &str, name: &str) -> String {
    let said = p.code("thing", kind);
    match (kind, name) {
        ("settings" | "processing", _) | ("access-policy", "decision") => said,
        _ => format!("{said} {name}"),
    }
}

/// Where what is meant is looked at, by whoever reads the register.
fn href(object: &Object) -> Option<String> {
    match object {
        Object::Record { party, record } => Some(format!("/keeping/{party}/{record}")),
        Object::Thing { kind, name } if kind.as_str() == "rights" => {
            Some(format!("/requests/{name}"))
        }
        Object::Thing { kind, name } if kind.as_str() == "breach" => {
            Some(format!("/breaches/{name}"))
        }
        Object::Thing { kind, name } if kind.as_str() == "report" => {
            Some(format!("/confided/{name}"))
        }
        _ => None,
    }
}

fn who(p: &Page, act: &Act) -> Who {
    let (name, id) = match &act.by {
        By::Person { officer, unit } => {
            let id = match unit {
                Some(unit) => format!("{officer} · {unit}"),
                None => officer.to_string(),
            };
            (p.person(officer), Some(id))
        }
        By::Program { name } => (name.to_string(), None),
        By::Node => (p.t("act-node"), None),
    };
    let id = id.filter(|id| *id != name);
    Who { name, id }
}

fn what(p: &Page, act: &Act) -> String {
    let count = act
        .count
        .map_or_else(String::new, |count| format!(" ({count})"));
    let object = match &act.object {
        Object::Node => p.t("act-node"),
        Object::Record { party, record } => format!("{} {record}", p.name_of(party)),
        Object::Draft { draft } => format!("{} {draft}", p.t("act-draft")),
        Object::Person { officer } => p.person(officer),
        Object::Partner { party } => p.name_of(party),
        Object::Thing { kind, name } => thing(p, kind.as_str(), name.as_str()),
    };
    format!("{object}{count}")
}

#[cfg(test)]
#[path = "samples/register.rs"]
pub(crate) mod samples;
