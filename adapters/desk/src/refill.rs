//! A form of the group that is not taken comes back filled: the page it came from is drawn again,
//! every box holds what was typed, a summary above says what is wrong and leads there.
//!
//! One way for all forms: pages need not know of it, and a form that is added has it. The page is
//! drawn by its own handler, then its form is filled in the HTML; so what stands beside the form
//! is as it is now.

mod fill;
mod forms;

use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};

use crate::answer::{Fault, rule_sentence};
use crate::guard::{Call, header_text};
use crate::routes::{Route, Verb, routes};
use fill::Sent;

/// Largest page that is filled again, in bytes.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;
/// How often a page may lead on to another before its form is given up.
const MAX_STEPS: usize = 3;

/// The form again with what was typed; `None` where no page has it any more.
pub(crate) async fn again(call: &Call, route: &'static Route, fault: &Fault) -> Option<Response> {
    let status = match fault.status {
        StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
        status @ (StatusCode::CONFLICT
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::PAYLOAD_TOO_LARGE) => status,
        _ => return None,
    };
    let why = why(call, fault);
    let typed = fault.typed.as_ref().unwrap_or(&call.form);
    let sent = Sent {
        action: &call.page.path,
        typed,
        wrong: &fault.fields,
        why: &why,
        of_a_field: fault.code == "E_FIELD_INVALID",
        overtaken: fault.code == "E_CHANGED",
        found: &fault.found,
    };
    for (path, query) in places(call, route, typed) {
        let Some(html) = drawn(call, route, &path, &query).await else {
            continue;
        };
        let page = crate::frame::Page {
            path,
            ..call.page.clone()
        };
        if let Some(html) = fill::filled(&page, &html, &sent) {
            return Some((status, Html(html)).into_response());
        }
    }
    None
}

/// What the refusal means: the sentence of its code, else what happened.
fn why(call: &Call, fault: &Fault) -> String {
    let p = &call.page;
    if let Some(key) = fault.said {
        return p.t(key);
    }
    rule_sentence(p, &fault.code).unwrap_or_else(|| match fault.status {
        StatusCode::CONFLICT => p.t("error-conflict"),
        StatusCode::BAD_REQUEST => p.t("error-input"),
        _ if fault.code == "E_FIELD_INVALID" => p.t("error-input"),
        _ => p.t("error-refused"),
    })
}

/// Pages that may have the form, with what follows `?`: the one that the browser names, then those
/// that the address tells.
fn places(call: &Call, route: &Route, typed: &[(String, String)]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let from = header_text(&call.headers, header::REFERER.as_str());
    let host = header_text(&call.headers, header::HOST.as_str());
    let local = from.split_once("://").map(|(_, rest)| rest);
    if let Some(local) = local.and_then(|rest| rest.strip_prefix(host.as_str())) {
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        all.push((path.to_owned(), query.to_owned()));
    }
    // Forms carry what their page was asked for.
    let carried = typed
        .iter()
        .filter(|(name, value)| name != "csrf" && value.len() < 256);
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(carried)
        .finish();
    for path in told(call, route, typed) {
        all.push((path.clone(), query.clone()));
        // What was typed may be just what the page cannot be asked for.
        all.push((path, String::new()));
    }
    all
}

/// Addresses of pages by that of the form.
fn told(call: &Call, route: &Route, typed: &[(String, String)]) -> Vec<String> {
    let mut all = vec![call.page.path.clone()];
    let Some(channel) = call.parts.first() else {
        return all;
    };
    let object = |id: &str| format!("/group/{channel}/objects/{id}");
    let named = |field: &str| typed.iter().find(|(name, _)| name == field);
    // What came of an item is noted on the page of its meeting.
    all.extend(named("meeting").map(|(_, id)| object(id)));
    if route.path().contains("/{object}/") {
        all.extend(call.parts.get(1).map(|id| object(id)));
    }
    // `/tables/{list}/take` stands on the page of `/tables/{list}`, and so on.
    let mut path = call.page.path.as_str();
    while let Some((above, _)) = path.rsplit_once('/')
        && above.len() > "/group/".len() + channel.len()
    {
        all.push(above.to_owned());
        all.push(format!("{above}/import"));
        path = above;
    }
    all
}

/// A page as its own handler draws it, for the same person.
async fn drawn(call: &Call, route: &Route, path: &str, query: &str) -> Option<String> {
    let (mut path, mut query) = (path.to_owned(), query.to_owned());
    for _ in 0..MAX_STEPS {
        let shows = routes()
            .iter()
            .filter(|one| one.verb() == Verb::Get && one.access() == route.access())
            .filter(|one| one.fits(&path))
            .max_by_key(|one| one.literals())?;
        let parts = shows.parts(&path);
        // The guard looked at this group only.
        if !shows.is_of_a_group() || parts.first() != call.parts.first() {
            return None;
        }
        let mut look = call.again();
        look.parts = parts;
        look.query = crate::guard::pairs(query.as_bytes());
        look.form.clear();
        look.page.path.clone_from(&path);
        look.page.here.clone_from(&path);
        let response = (shows.handler())(look).await.ok()?;
        if response.status() == StatusCode::OK {
            let body = axum::body::to_bytes(response.into_body(), MAX_PAGE_BYTES);
            return String::from_utf8(body.await.ok()?.to_vec()).ok();
        }
        let place = response.headers().get(header::LOCATION)?.to_str().ok()?;
        let (next, asked) = place.split_once('?').unwrap_or((place, ""));
        (path, query) = (next.to_owned(), asked.to_owned());
    }
    None
}

#[cfg(test)]
pub(crate) use fill::samples;
