//! Answers: pages, redirects, and errors in the person's language.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use passerelle_service::{Error, joint};

use crate::frame::Page;

/// What a page gives.
pub(crate) type Answer = Result<Response, Fault>;

/// What went wrong, with the page to say it in.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    /// Fields of the form that it is about, where that is known.
    pub(crate) fields: Vec<String>,
    /// Key of a sentence that says more than the code's.
    pub(crate) said: Option<&'static str>,
    /// What looks like data of a person and as what, where a second look is asked (rules G38, G41).
    pub(crate) found: Vec<(String, String)>,
    /// The fields of a form that its handler read itself.
    pub(crate) typed: Option<Vec<(String, String)>>,
}

/// What contradicts itself in an event of the group: the engine's words, the field, the sentence.
const SHAPES: [(&str, &str, &str); 11] = [
    ("it ends before it begins", "until", "shape-ends"),
    ("a period ends before it begins", "until", "shape-ends"),
    ("a period is at most a year", "until", "shape-year"),
    ("an observation says something", "actual", "shape-says"),
    ("an age band ends before it begins", "high-1", "shape-age"),
    (
        "the countries' shares add up to 100 percent",
        "countries",
        "shape-shares",
    ),
    ("a currency has three letters", "currency", "shape-currency"),
    (
        "at least one sector and one language",
        "sectors",
        "shape-sector",
    ),
    (
        "a meeting ends after it begins",
        "end",
        "code-e-meeting-ends",
    ),
    (
        "an indicator in words has no number",
        "target",
        "shape-words",
    ),
    (
        "objectives of the Global Compact go from 1 to 23",
        "objective",
        "error-input",
    ),
];

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let status =
            StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            tracing::error!(code = error.code(), "a page failed");
        }
        let fault = Self::new(status, error.code());
        let Error::Group(joint::Error::Shape(what)) = error else {
            return fault;
        };
        let known = SHAPES.iter().find(|(words, ..)| *words == what);
        known.map_or(fault.clone(), |(_, field, key)| Self {
            fields: vec![(*field).to_owned()],
            said: Some(key),
            ..fault
        })
    }
}

impl From<askama::Error> for Fault {
    fn from(_: askama::Error) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "E_PAGE")
    }
}

impl Fault {
    pub(crate) fn new(status: StatusCode, code: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            fields: Vec::new(),
            said: None,
            found: Vec::new(),
            typed: None,
        }
    }

    /// The same, about a field of the form.
    pub(crate) fn at(self, field: &str) -> Self {
        Self {
            fields: vec![field.to_owned()],
            ..self
        }
    }

    /// A field that holds nothing valid.
    pub(crate) fn field(name: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "E_FIELD_INVALID").at(name)
    }

    /// What is not there, and what one may not know to be there.
    pub(crate) fn absent() -> Self {
        Self::new(StatusCode::NOT_FOUND, "E_NOT_FOUND")
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    p: Page,
    code: String,
    happened: String,
    sentence: Option<String>,
    /// What was kept, or what to do.
    kept: String,
    /// What was typed in a form that no page has any more.
    typed: Vec<String>,
}

/// A page about what went wrong: what happened, what was kept, what to do.
pub(crate) fn error_page(page: Page, fault: &Fault, typed: Vec<String>) -> Response {
    let happened = match fault.status.as_u16() {
        403 => page.t("error-forbidden"),
        404 => page.t("error-absent"),
        409 => page.t("error-conflict"),
        410 => page.t("error-erased"),
        413 => page.t("error-large"),
        422 => page.t("error-refused"),
        400 => page.t("error-input"),
        _ => page.t("error-failed"),
    };
    let sentence = rule_sentence(&page, &fault.code);
    let status = fault.status;
    let kept = match status {
        StatusCode::NOT_FOUND => page.t("error-kept-absent"),
        _ => page.t("error-kept"),
    };
    let shown = ErrorPage {
        code: fault.code.clone(),
        happened,
        sentence,
        kept,
        typed,
        p: page,
    };
    match shown.render() {
        Ok(body) => (status, Html(body)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// What a code means, where the desk or a rule has words for it.
pub(crate) fn rule_sentence(page: &Page, code: &str) -> Option<String> {
    let key = code.to_lowercase().replace('_', "-");
    let said = page.t(&format!("code-{key}"));
    if !said.starts_with('[') {
        return Some(said);
    }
    passerelle_service::rule_sentence(code, page.lang).map(str::to_owned)
}

/// A page.
pub(crate) fn page(template: &impl Template) -> Answer {
    Ok(Html(template.render()?).into_response())
}

/// Goes on elsewhere after a form, so that reloading does not send it again.
pub(crate) fn go(to: &str) -> Answer {
    let place = HeaderValue::from_str(to).map_err(|_| Fault::absent())?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

#[cfg(test)]
#[path = "pages/samples/answer.rs"]
pub(crate) mod samples;
