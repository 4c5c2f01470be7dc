//! The key of a data-protection officer, to which reports in confidence are sealed.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;

use crate::answer::{Answer, go, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

/// What is wrong with what was typed, and said on the page itself.
const TYPED: [&str; 4] = [
    "E_PASSWORD_LENGTH",
    "E_PASSWORD_WEAK",
    "E_CONFIDED_PASSPHRASE",
    "E_CONFIDANT_EXISTS",
];

#[derive(Template)]
#[template(path = "confidant.html")]
struct Confidant {
    p: Page,
    /// The day on which the key was made.
    since: Option<String>,
    fault: Option<String>,
}

pub(crate) async fn show(call: Call) -> Answer {
    shown(&call, None).await
}

pub(crate) async fn make(call: Call) -> Answer {
    if differ(&call) {
        return shown(&call, Some(call.page.t("setup-differ"))).await;
    }
    let replace = call.field("replace") == "yes";
    let (node, actor) = (&call.desk.node, call.actor()?);
    let made = node.make_confidant(actor, call.field("new"), replace).await;
    done(&call, made, "confidant-made").await
}

pub(crate) async fn change(call: Call) -> Answer {
    if differ(&call) {
        return shown(&call, Some(call.page.t("setup-differ"))).await;
    }
    let (node, actor) = (&call.desk.node, call.actor()?);
    let (old, new) = (call.field("old"), call.field("new"));
    let changed = node.change_confidant(actor, old, new).await;
    done(&call, changed, "confidant-changed").await
}

fn differ(call: &Call) -> bool {
    call.field("new") != call.field("again")
}

async fn done(call: &Call, tried: Result<(), passerelle_service::Error>, said: &str) -> Answer {
    match tried {
        Ok(()) => go(&format!("/confidant?done={said}")),
        Err(error) if TYPED.contains(&error.code()) => {
            shown(call, rule_sentence(&call.page, error.code())).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(call: &Call, fault: Option<String>) -> Answer {
    let people = call.desk.node.confidants().await?;
    let officer = call.actor()?.officer();
    let own = people.iter().find(|one| one.officer == *officer);
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let p = call.page.clone();
    let page = Confidant {
        since: own.map(|own| p.day(own.made.day())),
        fault,
        p,
    };
    Ok((status, Html(page.render()?)).into_response())
}

#[cfg(test)]
#[path = "samples/confidant.rs"]
pub(crate) mod samples;
