//! Search: why first, then what one may open.

use std::collections::BTreeMap;

use askama::Template;
use passerelle_model::{Day, Kind, Reason, Side, Tlp};
use passerelle_service::view::AgreementView;
use passerelle_service::{Hit, Query};

use super::beads::BeadLine;
use crate::answer::{Answer, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    p: Page,
    text: String,
    why: String,
    kinds: Vec<Choice>,
    tlps: Vec<Choice>,
    purposes: Vec<Choice>,
    parties: Vec<Choice>,
    from: String,
    until: String,
    asked: bool,
    hits: Vec<Row>,
    next: Option<u64>,
    fault: Option<String>,
}

/// What is sent, what is shown, whether it is chosen.
type Choice = (String, String, bool);

struct Row {
    href: String,
    subject: String,
    kind: String,
    party: String,
    time: String,
    standing: Option<BeadLine>,
}

pub(crate) async fn form(call: Call) -> Answer {
    let held = call.desk.node.agreements().await?;
    page(&shown(&call, &held, Shown::Form))
}

pub(crate) async fn results(call: Call) -> Answer {
    let held = call.desk.node.agreements().await?;
    let again = |key: &str| page(&shown(&call, &held, Shown::Fault(call.page.t(key))));
    let Ok(why) = call.field("why").trim().parse::<Reason>() else {
        return again("why-needed");
    };
    let Some(query) = query(&call) else {
        return again("search-invalid");
    };
    match call.desk.node.search(call.actor()?, &query, why).await {
        Ok(found) => {
            let rows = found.hits.into_iter().map(|hit| row(&call.page, hit));
            page(&shown(
                &call,
                &held,
                Shown::Found(rows.collect(), found.next),
            ))
        }
        Err(error) if error.code() == "E_QUERY_EMPTY" => again("search-empty"),
        Err(error) => Err(error.into()),
    }
}

/// What is asked for; nothing if a field does not fit, because without it more would be found
/// than was asked for.
fn query(call: &Call) -> Option<Query> {
    let until: Option<Day> = maybe(call, "until")?;
    Some(Query {
        text: call.field("text").to_owned(),
        kind: maybe(call, "kind")?,
        purpose: maybe::<passerelle_model::Code>(call, "purpose")?.map(|code| code.to_string()),
        tlp: maybe(call, "tlp")?,
        party: maybe(call, "party")?,
        from: maybe::<Day>(call, "from")?.map(Day::start),
        // The last day counts.
        until: until.map(|day| day.plus_days(1).start()),
        after: maybe(call, "after")?,
    })
}

/// A field that may be empty; nothing if it does not fit.
#[expect(clippy::option_option, reason = "empty and wrong are two things")]
fn maybe<T: std::str::FromStr>(call: &Call, name: &str) -> Option<Option<T>> {
    match call.field(name).trim() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

fn row(p: &Page, hit: Hit) -> Row {
    Row {
        href: format!(
            "/cases/{0}~{1}?at={2}#r-{2}",
            hit.case.0, hit.case.1, hit.record
        ),
        subject: visible(&hit.subject),
        kind: p.word("kind", hit.kind),
        party: p.name_of(&hit.party),
        time: p.at(&hit.time),
        standing: hit
            .standing
            .map(|held| BeadLine::of_delivery(p, &held, Some(hit.time), None)),
    }
}

/// What the page shows besides its form.
enum Shown {
    Form,
    Fault(String),
    Found(Vec<Row>, Option<u64>),
}

fn shown(call: &Call, held: &[AgreementView], what: Shown) -> Search {
    let p = call.page.clone();
    let text = match call.field("text") {
        "" => call.asked("text"),
        text => text,
    };
    let choice = |name: &str, value: String, label: String| {
        let chosen = call.field(name) == value;
        (value, label, chosen)
    };
    let own = (call.desk.node.party().to_string(), p.party.clone());
    let parties = std::iter::once(own).chain(super::keeping::partners(&p));
    let (asked, (hits, next), fault) = match what {
        Shown::Form => (false, (Vec::new(), None), None),
        Shown::Fault(fault) => (false, (Vec::new(), None), Some(fault)),
        Shown::Found(hits, next) => (true, (hits, next), None),
    };
    Search {
        text: text.to_owned(),
        why: call.field("why").to_owned(),
        // What is said in the joint group stands in no index.
        kinds: Kind::ALL
            .iter()
            .filter(|one| **one != Kind::Group)
            .map(|one| choice("kind", one.to_string(), p.word("kind", one)))
            .collect(),
        tlps: Tlp::ALL
            .iter()
            .map(|one| {
                let label = format!("TLP:{}", one.as_str().to_uppercase());
                choice("tlp", one.to_string(), label)
            })
            .collect(),
        purposes: purposes(&p, held)
            .into_iter()
            .map(|(code, name)| choice("purpose", code, name))
            .collect(),
        parties: parties
            .map(|(party, name)| choice("party", party, name))
            .collect(),
        from: call.field("from").to_owned(),
        until: call.field("until").to_owned(),
        asked,
        hits,
        next,
        fault,
        p,
    }
}

/// The purposes of all agreements about cases, those of today included, each once.
fn purposes(p: &Page, held: &[AgreementView]) -> BTreeMap<String, String> {
    let about_cases = held.iter().filter(|view| view.terms.side == Side::Cases);
    about_cases
        .flat_map(|view| &view.terms.purpose)
        .map(|purpose| {
            let name = purpose.name.in_lang(p.lang).to_string();
            (purpose.code.to_string(), name)
        })
        .collect()
}

#[cfg(test)]
#[path = "samples/search.rs"]
pub(crate) mod samples;
