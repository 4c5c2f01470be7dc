//! Answers: pages, redirects, and errors in the person's language.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use passerelle_service::Error;

use crate::frame::Page;

/// What a page gives.
pub(crate) type Answer = Result<Response, Fault>;

/// What went wrong, with the page to say it in.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let status =
            StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            tracing::error!(code = error.code(), "a page failed");
        }
        Self {
            status,
            code: error.code().to_owned(),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(_: askama::Error) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "E_PAGE".to_owned(),
        }
    }
}

impl Fault {
    pub(crate) fn new(status: StatusCode, code: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
        }
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
}

/// A page about what went wrong: what happened, what was kept, what to do.
pub(crate) fn error_page(page: Page, fault: &Fault) -> Response {
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
