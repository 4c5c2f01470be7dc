//! One alarm: what happened, the evidence, what to do, and the decision.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::{HeaderValue, StatusCode, header};
use passerelle_model::{PartyId, Role};
use passerelle_service::view::AlarmView;

use crate::answer::{Answer, Fault, go, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "alarm.html")]
struct Alarm {
    p: Page,
    id: String,
    party: String,
    name: String,
    code: String,
    time: String,
    title: String,
    what: String,
    todo: String,
    evidence: String,
    decides: bool,
    why: String,
    fault: Option<String>,
}

/// What an alarm is called.
pub(super) fn title(p: &Page, code: &str) -> String {
    p.t(&format!("alarm-{}-title", kind(code)))
}

pub(crate) async fn show(call: Call) -> Answer {
    let alarm = found(&call).await?;
    shown(&call, &alarm, None)
}

/// The evidence as a file, for anybody who has the partner's card.
pub(crate) async fn evidence(call: Call) -> Answer {
    let alarm = found(&call).await?;
    let name = format!("attachment; filename=\"alarm-{}.txt\"", alarm.id);
    let name = HeaderValue::from_str(&name).map_err(|_| Fault::absent())?;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, text),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, alarm.evidence).into_response())
}

pub(crate) async fn resume(call: Call) -> Answer {
    let alarm = found(&call).await?;
    let actor = call.actor()?;
    let Ok(why) = passerelle_model::tidy(call.field("why").trim()).parse() else {
        return shown(&call, &alarm, Some(call.page.t("alarm-wrong-why")));
    };
    let typed = call.field("confirm");
    match call.desk.node.resume_for(actor, &alarm, typed, why).await {
        Ok(()) => go("/partners?done=resumed"),
        Err(error) => match rule_sentence(&call.page, error.code()) {
            Some(said) => shown(&call, &alarm, Some(said)),
            None => Err(error.into()),
        },
    }
}

async fn found(call: &Call) -> Result<AlarmView, Fault> {
    let (party, id): (PartyId, String) = (call.part(0)?, call.part(1)?);
    Ok(call.desk.node.alarm(&party, &id).await?)
}

fn shown(call: &Call, alarm: &AlarmView, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let kind = kind(&alarm.code);
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = Alarm {
        id: alarm.id.clone(),
        party: alarm.party.to_string(),
        name: p.name_of(&alarm.party),
        code: alarm.code.clone(),
        time: p.at(&alarm.time),
        title: title(&p, &alarm.code),
        what: p.t(&format!("alarm-{kind}-what")),
        todo: p.t(&format!("alarm-{kind}-do")),
        evidence: alarm.evidence.clone(),
        decides: call.actor()?.is(Role::Administrator),
        why: call.field("why").to_owned(),
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

/// The kind of alarm for which there are words.
fn kind(code: &str) -> &'static str {
    match code {
        "E_EQUIVOCATION" => "equivocation",
        "E_BEHIND" => "behind",
        "E_REGISTER_BEHIND" => "register",
        _ => "other",
    }
}
