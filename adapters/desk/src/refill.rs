//! A form that is not taken comes back filled: the page it came from is drawn again,
//! every box holds what was typed, a summary above says what is wrong and leads there.
//!
//! One way for all forms: pages need not know of it, and a form that is added has it. The page is
//! drawn by its own handler, then its form is filled in the HTML; so what stands beside the form
//! is as it is now.

mod fill;
mod forms;

use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};

use crate::answer::{Fault, rule_sentence};
use crate::frame::Page;
use crate::guard::{Call, came_from, header_text, may_see};
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
        files: &call.files(),
        moved: false,
    };
    let html = placed(call, route, &sent).await?;
    Some((status, Html(html)).into_response())
}

/// The form with what was typed in the page's language; nothing is said of it.
pub(crate) async fn moved(call: &Call, route: &'static Route) -> Option<Response> {
    let sent = Sent {
        action: &call.page.path,
        typed: &call.form,
        moved: true,
        ..Sent::default()
    };
    let html = placed(call, route, &sent).await?;
    Some(Html(html).into_response())
}

/// An answer to a form as its handler drew it: where the form still stands in it, another
/// language takes along what is typed in it by then.
pub(crate) async fn spoken(page: &Page, response: Response) -> Response {
    let kind = header_text(response.headers(), header::CONTENT_TYPE.as_str());
    if page.sent.is_empty() || !kind.starts_with("text/html") {
        return response;
    }
    let (head, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MAX_PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let sent = Sent {
        action: &page.path,
        typed: &page.sent,
        moved: true,
        ..Sent::default()
    };
    let here = Page {
        path: page.from.clone(),
        ..page.clone()
    };
    let html = std::str::from_utf8(&bytes).ok();
    let spoken = html.and_then(|html| fill::spoken(&here, html, &sent));
    let body = spoken.map_or_else(|| Body::from(bytes.clone()), Body::from);
    let mut response = Response::from_parts(head, body);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

/// The first page that has the form, filled.
async fn placed(call: &Call, route: &'static Route, sent: &Sent<'_>) -> Option<String> {
    for (path, query) in places(call, route, sent.typed) {
        let Some(html) = drawn(call, &path, &query).await else {
            continue;
        };
        let page = Page {
            path,
            sent: Vec::new(),
            ..call.page.clone()
        };
        if let Some(html) = fill::filled(&page, &html, sent) {
            return Some(html);
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
    for place in [call.asked("from"), &came_from(&call.headers)] {
        let (path, query) = place.split_once('?').unwrap_or((place, ""));
        if path.starts_with('/') {
            all.push((path.to_owned(), query.to_owned()));
        }
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
    if !route.is_of_a_group() {
        all.extend(above(&call.page.path, 1));
        return all;
    }
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
    for path in above(&call.page.path, "/group/".len() + channel.len()) {
        all.extend([path.clone(), format!("{path}/import")]);
    }
    all
}

/// Addresses above one, the nearest first, that are longer than so many bytes.
fn above(path: &str, least: usize) -> Vec<String> {
    let parents = path.rmatch_indices('/').map(|(at, _)| at);
    let long = parents.take_while(|at| *at > least);
    long.filter_map(|at| path.get(..at))
        .map(str::to_owned)
        .collect()
}

/// A page as its own handler draws it, for the same person.
async fn drawn(call: &Call, path: &str, query: &str) -> Option<String> {
    let (mut path, mut query) = (path.to_owned(), query.to_owned());
    for _ in 0..MAX_STEPS {
        let shows = routes()
            .iter()
            .filter(|one| one.verb() == Verb::Get && one.fits(&path))
            .max_by_key(|one| one.literals())?;
        let mut look = call.again();
        look.parts = shows.parts(&path);
        if !may_see(&look, shows) {
            return None;
        }
        look.page.sent.clear();
        look.page.room = shows.room();
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
