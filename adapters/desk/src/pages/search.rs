//! Search: why first, then what one may open.

use askama::Template;
use passerelle_model::{Kind, Reason, Tlp};
use passerelle_service::Query;

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
    kinds: Vec<(String, String, bool)>,
    tlps: Vec<(String, String, bool)>,
    asked: bool,
    hits: Vec<Row>,
    next: Option<u64>,
    fault: Option<String>,
}

struct Row {
    href: String,
    subject: String,
    kind: String,
    party: String,
    time: String,
    standing: Option<BeadLine>,
}

pub(crate) async fn form(call: Call) -> Answer {
    page(&shown(&call, Vec::new(), None, None, false))
}

pub(crate) async fn results(call: Call) -> Answer {
    let Ok(why) = call.field("why").trim().parse::<Reason>() else {
        let fault = Some(call.page.t("why-needed"));
        return page(&shown(&call, Vec::new(), None, fault, false));
    };
    let query = Query {
        text: call.field("text").to_owned(),
        kind: call.field("kind").parse().ok(),
        tlp: call.field("tlp").parse().ok(),
        after: call.field("after").parse().ok(),
        ..Query::default()
    };
    match call.desk.node.search(call.actor()?, &query, why).await {
        Ok(found) => {
            let p = &call.page;
            let rows = found.hits.into_iter().map(|hit| Row {
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
            });
            let rows = rows.collect();
            page(&shown(&call, rows, found.next, None, true))
        }
        Err(error) if error.code() == "E_QUERY_EMPTY" => {
            let fault = Some(call.page.t("search-empty"));
            page(&shown(&call, Vec::new(), None, fault, false))
        }
        Err(error) => Err(error.into()),
    }
}

fn shown(
    call: &Call,
    hits: Vec<Row>,
    next: Option<u64>,
    fault: Option<String>,
    asked: bool,
) -> Search {
    let p = call.page.clone();
    let text = match call.field("text") {
        "" => call.asked("text"),
        text => text,
    };
    let (kind, tlp) = (call.field("kind").to_owned(), call.field("tlp").to_owned());
    Search {
        text: text.to_owned(),
        why: call.field("why").to_owned(),
        // What is said in the joint group stands in no index.
        kinds: Kind::ALL
            .iter()
            .filter(|one| **one != Kind::Group)
            .map(|one| (one.to_string(), p.word("kind", one), one.as_str() == kind))
            .collect(),
        tlps: Tlp::ALL
            .iter()
            .map(|one| {
                let label = format!("TLP:{}", one.as_str().to_uppercase());
                (one.to_string(), label, one.as_str() == tlp)
            })
            .collect(),
        asked,
        hits,
        next,
        fault,
        p,
    }
}

#[cfg(test)]
#[path = "samples/search.rs"]
pub(crate) mod samples;
