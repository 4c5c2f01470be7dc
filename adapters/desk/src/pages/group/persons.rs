//! A second look before something is said that looks like data of one person (rules G38, G41).

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use passerelle_model::Day;
use passerelle_service::joint::ObjectRef;
use passerelle_service::person_marks;

use crate::answer::Fault;
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::words;

/// Fields of forms that hold nothing a person typed.
const NOT_TYPED: [&str; 9] = [
    "csrf",
    "version",
    "evidence",
    "revision",
    "record",
    "seen",
    "sure",
    "confirmed",
    "meeting",
];

#[derive(Template)]
#[template(path = "group/persons.html")]
struct Asks {
    p: Page,
    action: String,
    found: Vec<String>,
    /// Fields in which something was found, to be changed; and all others, as they were.
    written: Vec<(String, String)>,
    kept: Vec<(String, String)>,
}

/// Refuses, until somebody says that they looked again, what looks like data of a person.
pub(crate) fn looked(call: &Call) -> Result<(), Fault> {
    let found = found(call);
    match found.is_empty() {
        true => Ok(()),
        false => Err(Fault {
            found,
            ..Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "E_LOOK_AGAIN")
        }),
    }
}

/// What was found, and the key of what it looks like.
fn found(call: &Call) -> Vec<(String, String)> {
    if [call.field("confirmed"), call.field("sure")].contains(&"yes") {
        return Vec::new();
    }
    let typed = call.form.iter().filter(|(name, value)| typed(name, value));
    let marks = typed.flat_map(|(_, value)| {
        let marks = person_marks(value).into_iter();
        marks.filter_map(|(place, word)| Some((value.get(place)?.to_owned(), word.to_owned())))
    });
    marks.collect()
}

/// The page that asks, for a form with files: they are kept under their tokens. Going on sends the
/// same fields to `action`.
pub(crate) fn asked(call: &Call, action: &str) -> Result<Option<Response>, Fault> {
    match found(call) {
        found if found.is_empty() => Ok(None),
        found => page(call, action, &found).map(Some),
    }
}

/// The question alone, with what was typed.
pub(crate) fn page(
    call: &Call,
    action: &str,
    found: &[(String, String)],
) -> Result<Response, Fault> {
    let fields = call.form.iter().filter(|(name, _)| name != "csrf").cloned();
    let (written, kept) = fields.partition(|(name, value): &(String, String)| {
        typed(name, value) && found.iter().any(|(one, _)| value.contains(one))
    });
    let asks = Asks {
        p: call.page.clone(),
        action: action.to_owned(),
        found: found.iter().map(|one| said(&call.page, one)).collect(),
        written,
        kept,
    };
    let page = (StatusCode::UNPROCESSABLE_ENTITY, Html(asks.render()?));
    Ok(page.into_response())
}

/// `mail address: salma@example.org`
pub(crate) fn said(p: &Page, (piece, word): &(String, String)) -> String {
    let (what, why) = (p.word("group-mark", word), visible(piece));
    words::say(p.lang, "fault-line", &[("what", &what), ("why", &why)])
}

/// Whether a person writes in a field of this name.
pub(crate) fn is_written(name: &str) -> bool {
    !NOT_TYPED.contains(&name)
}

/// Dates and names of objects look like numbers of persons and are none.
fn typed(name: &str, value: &str) -> bool {
    is_written(name)
        && value.trim().parse::<Day>().is_err()
        && value.trim().parse::<ObjectRef>().is_err()
}

#[cfg(test)]
#[path = "../samples/group/persons.rs"]
pub(crate) mod samples;
