//! A page that answers a form, asked for again in another language: what was typed comes along,
//! and nothing else is done with it.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use passerelle_model::Lang;
use passerelle_service::Settings;

use super::{Call, checked};
use crate::answer::{Answer, Fault, error_page, go};
use crate::frame::Page;
use crate::pages::{home, sign_in};
use crate::refill;
use crate::routes::{Access, Route};

/// The field that names the language.
pub(crate) const FIELD: &str = "in-language";
/// What is typed to prove who one is, and never stands in a page again.
const SECRET: [&str; 8] = [
    "password",
    "passphrase",
    "old",
    "new",
    "again",
    "one-time",
    "pass",
    "csrf",
];

/// What a page that answers this form carries for another language: nothing of one with files,
/// whose page is drawn again with its own form.
pub(super) fn carried(call: &Call, route: &Route) -> Vec<(String, String)> {
    // At the door all refusals look the same, whatever was typed.
    if route.streams() || route.access() == Access::Anyone {
        return Vec::new();
    }
    let told = |(name, _): &&(String, String)| name != FIELD && !SECRET.contains(&name.as_str());
    call.form.iter().filter(told).cloned().collect()
}

/// The page of a form in another language, with what was typed in it.
pub(super) async fn again(mut call: Call, route: &'static Route, settings: &Settings) -> Response {
    let mut page = call.page.clone();
    let chosen = checked(&call, route, true).and_then(|()| call.given::<Lang>(FIELD));
    let lang = match chosen {
        Ok(lang) => lang,
        Err(fault) => return error_page(page, &fault, Vec::new()),
    };
    let cookie = match home::choose(&call, lang).await {
        Ok(cookie) => cookie,
        Err(fault) => return error_page(page, &fault, Vec::new()),
    };
    page = Page {
        csrf: page.csrf,
        path: page.path,
        here: page.here,
        room: page.room,
        ..Page::new(&call.desk.node, settings, page.actor, lang)
    };
    call.page = page;
    call.form.retain(|(name, _)| name != FIELD);
    let inside = call.page.actor.is_some() || route.access() == Access::Anyone;
    if !inside {
        let asked = sign_in::asked_first(&call, true);
        return with(asked, cookie);
    }
    let shown = match refill::moved(&call, route).await {
        Some(page) => Ok(page),
        // No page has this form any more: back to where it was.
        None => go(&home::local(call.asked("from"))),
    };
    with(shown, cookie)
}

fn with(shown: Answer, cookie: HeaderValue) -> Response {
    let mut response = shown.unwrap_or_else(|fault: Fault| fault.status.into_response());
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_unseen_is_never_carried() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut found = 0;
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let Ok(text) = std::fs::read_to_string(file.path()) else {
                continue;
            };
            for input in text
                .split("<input")
                .filter(|one| one.contains("type=\"password\""))
            {
                let name = input.split("name=\"").nth(1).unwrap();
                let name = name.split('"').next().unwrap();
                assert!(SECRET.contains(&name), "{name} of {:?}", file.path());
                found += 1;
            }
        }
        assert!(found > 3, "{found} boxes");
    }
}
