//! Opening one record in an emergency, and what another person finds of it.

use askama::Template;
use passerelle_model::{PartyId, Reason, RecordId};
use passerelle_service::GlassOutcome;

use super::keeping::{invalid, partners, shown};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "break-glass.html")]
pub(super) struct Emergency {
    pub(super) p: Page,
    pub(super) parties: Vec<(String, String, bool)>,
    pub(super) record: String,
}

/// Asks for which record and why, before anything opens.
pub(crate) async fn emergency(call: Call) -> Answer {
    emergency_actor(&call)?;
    let p = call.page.clone();
    let own = call.desk.node.party().to_string();
    let chosen = call.asked("party").to_owned();
    let all = std::iter::once((own, p.party.clone())).chain(partners(&p));
    page(&Emergency {
        parties: all
            .map(|(party, name)| (party.clone(), name, party == chosen))
            .collect(),
        record: call.asked("record").to_owned(),
        p,
    })
}

pub(crate) async fn break_glass(call: Call) -> Answer {
    emergency_actor(&call)?;
    let name: (PartyId, RecordId) = (call.given("party")?, call.given("record")?);
    let why: Reason = call.given("why")?;
    if call.field("conditions") != "yes" {
        return Err(invalid());
    }
    let (node, actor) = (&call.desk.node, call.actor()?);
    let name_of = (&name.0, &name.1);
    let glass = node.break_glass(actor, name_of, why.clone()).await?;
    let until = call.page.at(&glass.until);
    shown(&call, &name, why, Some(until)).await
}

fn emergency_actor(call: &Call) -> Result<(), Fault> {
    match passerelle_service::breaks_glass(call.actor()?) {
        true => Ok(()),
        false => Err(Fault::absent()),
    }
}

pub(crate) async fn judge_glass(call: Call) -> Answer {
    let why: Reason = call.given("why")?;
    let outcome = match call.field("outcome") {
        "justified" => GlassOutcome::Justified,
        "not-justified" => GlassOutcome::NotJustified,
        _ => return Err(invalid()),
    };
    let (node, actor) = (&call.desk.node, call.actor()?);
    let name = call.field("name");
    node.judge_glass(actor, name, outcome, why).await?;
    go("/keeping?done=glass-judged")
}
