//! A second look before something is said that looks like data of one person (rules G38, G41).

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use passerelle_model::Day;
use passerelle_service::joint::ObjectRef;
use passerelle_service::personal;

use crate::answer::Fault;
use crate::frame::{Page, visible};
use crate::guard::Call;

/// Fields of forms that hold nothing a person typed.
const NOT_TYPED: [&str; 5] = ["csrf", "version", "evidence", "revision", "record"];

#[derive(Template)]
#[template(path = "group/persons.html")]
struct Asks {
    p: Page,
    action: String,
    found: Vec<String>,
    kept: Vec<(String, String)>,
}

/// The page that asks, where something typed looks like a person and nobody has confirmed that
/// it is not. Going on sends the same fields to `action`.
pub(crate) fn asked(call: &Call, action: &str) -> Result<Option<Response>, Fault> {
    if call.field("confirmed") == "yes" {
        return Ok(None);
    }
    let typed = call.form.iter().filter(|(name, value)| typed(name, value));
    let found: Vec<String> = typed.flat_map(|(_, value)| personal(value)).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let kept = call.form.iter().filter(|(name, _)| name != "csrf");
    let asks = Asks {
        p: call.page.clone(),
        action: action.to_owned(),
        found: found.iter().map(|one| visible(one)).collect(),
        kept: kept.cloned().collect(),
    };
    let page = (StatusCode::UNPROCESSABLE_ENTITY, Html(asks.render()?));
    Ok(Some(page.into_response()))
}

/// Dates and names of objects look like numbers of persons and are none.
fn typed(name: &str, value: &str) -> bool {
    !NOT_TYPED.contains(&name)
        && value.trim().parse::<Day>().is_err()
        && value.trim().parse::<ObjectRef>().is_err()
}

#[cfg(test)]
#[path = "../samples/group/persons.rs"]
pub(crate) mod samples;
