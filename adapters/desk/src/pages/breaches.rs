//! Breaches of protection: one page each, with the 72 hours and every step.

use askama::Template;
use jiff::civil::DateTime;
use passerelle_model::{Name, PartyId, Reason, RecordId, UtcTime};
use passerelle_service::{BreachStep, BreachView, NewBreach};

use super::keeping::{Row, invalid, partners, said};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{ClockWords, Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "breach.html")]
struct Breach {
    p: Page,
    id: String,
    version: u64,
    title: String,
    known: String,
    clock: Option<ClockWords>,
    late: bool,
    settled: bool,
    closed: bool,
    untold: Vec<(String, String)>,
    others: Vec<(String, String)>,
    steps: Vec<(String, String)>,
}

/// Its line in the room.
pub(crate) fn row(p: &Page, breach: &BreachView) -> Row {
    let untold = breach.untold().len();
    let mut tags = Vec::new();
    if breach.is_closed() {
        tags.push((p.t("breach-closed"), "good"));
    } else if !breach.is_settled() {
        let late = breach.is_late(p.now);
        let by = p.ta("breach-notify-by", &p.at(&breach.due));
        tags.push((by, if late { "late" } else { "soon" }));
    }
    if untold > 0 {
        tags.push((p.tn("breach-untold", untold), "stop"));
    }
    Row {
        href: format!("/breaches/{}", breach.id),
        title: visible(breach.title.as_str()),
        detail: p.ta("breach-known-since", &p.at(&breach.known)),
        tags,
    }
}

pub(crate) async fn new(call: Call) -> Answer {
    let chosen = call.form.iter().filter(|(name, _)| name == "party");
    let partners = chosen
        .map(|(_, party)| party.parse::<PartyId>().map_err(|_| invalid()))
        .collect::<Result<_, _>>()?;
    let new = NewBreach {
        title: call.given::<Name>("title")?,
        known: moment(&call)?,
        partners,
    };
    let why: Reason = call.given("why")?;
    let id = call.desk.node.new_breach(call.actor()?, new, why).await?;
    go(&format!("/breaches/{id}?done=taken-down"))
}

/// `2026-11-28T12:30`, by this node's own clock on the wall.
fn moment(call: &Call) -> Result<UtcTime, Fault> {
    let local: DateTime = call.given("known")?;
    let moment = call.page.zone.to_timestamp(local);
    let millis = moment.map_err(|_| invalid())?.as_millisecond();
    let millis = u64::try_from(millis).map_err(|_| invalid())?;
    Ok(UtcTime::from_millis(millis))
}

pub(crate) async fn show(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let breach = call.desk.node.breach(call.actor()?, &id).await?;
    let p = call.page_with_names().await?;
    let late = breach.is_late(p.now);
    let name = |party: &PartyId| (party.to_string(), p.name_of(party));
    let concerned = |party: &String| breach.partners.iter().any(|held| held.as_str() == party);
    page(&Breach {
        id: id.to_string(),
        version: breach.version,
        title: visible(breach.title.as_str()),
        known: p.at(&breach.known),
        clock: (!breach.is_settled())
            .then(|| p.clock(breach.due, if late { "late" } else { "due-soon" })),
        late,
        settled: breach.is_settled(),
        closed: breach.is_closed(),
        untold: breach.untold().into_iter().map(name).collect(),
        others: partners(&p)
            .into_iter()
            .filter(|(party, _)| !concerned(party))
            .collect(),
        steps: breach
            .steps
            .iter()
            .map(|(step, decided)| (told(&p, step), said(&p, decided)))
            .collect(),
        p,
    })
}

fn told(p: &Page, step: &BreachStep) -> String {
    match step {
        BreachStep::Note => p.t("step-note"),
        BreachStep::Concerns { party } => p.ta("step-concerns", &p.name_of(party)),
        BreachStep::Told { party } => p.ta("step-told", &p.name_of(party)),
        BreachStep::Notified => p.t("step-notified"),
        BreachStep::NoRisk => p.t("step-no-risk"),
        BreachStep::PersonsTold => p.t("step-persons-told"),
        BreachStep::Closed => p.t("step-closed"),
    }
}

pub(crate) async fn step(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let version: u64 = call.given("version")?;
    let why: Reason = call.given("why")?;
    let party = || call.given::<PartyId>("party");
    let step = match call.field("step") {
        "note" => BreachStep::Note,
        "concerns" => BreachStep::Concerns { party: party()? },
        "told" => BreachStep::Told { party: party()? },
        "notified" => BreachStep::Notified,
        "no-risk" => BreachStep::NoRisk,
        "persons-told" => BreachStep::PersonsTold,
        "closed" => BreachStep::Closed,
        _ => return Err(invalid()),
    };
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.breach_step(actor, (&id, version), step, why).await?;
    go(&format!("/breaches/{id}?done=taken-down"))
}

#[cfg(test)]
#[path = "samples/breaches.rs"]
pub(crate) mod samples;
