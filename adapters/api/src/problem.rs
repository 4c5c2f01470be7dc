//! Problem details (RFC 9457): the one shape of every answer that is not a success.
//!
//! A problem repeats nothing that the caller sent beyond the short excerpts that the model's own
//! messages allow themselves, and tells nothing about the inside of the node: what went wrong
//! there stands in the log, under the same code.

mod titles;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use passerelle_model::Lang;
use serde::Serialize;

/// What went wrong.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    refusals: Vec<Broken>,
}

/// A rule that was broken.
#[derive(Debug, Serialize)]
struct Broken {
    code: &'static str,
    about: String,
    sentences: BTreeMap<&'static str, &'static str>,
    source: &'static str,
}

impl Problem {
    /// With a sentence in English; `code` begins with `E_`.
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            refusals: Vec::new(),
        }
    }

    /// 401; the same whether the token is missing, malformed, unknown or revoked.
    pub(crate) fn token() -> Self {
        let detail = "send a token of this node: Authorization: Bearer …";
        Self::new(StatusCode::UNAUTHORIZED, "E_TOKEN", detail)
    }

    /// 403: the token is good, but not for this.
    pub(crate) fn scope(needed: &str) -> Self {
        let detail = format!("this needs a token with the scope \"{needed}\"");
        Self::new(StatusCode::FORBIDDEN, "E_TOKEN_SCOPE", detail)
    }

    /// 400 for a part of path, query or header that is not valid; `why` repeats none of it.
    pub(crate) fn parameter(name: &str, why: &str) -> Self {
        let detail = format!("parameter {name}: {why}");
        Self::new(StatusCode::BAD_REQUEST, "E_PARAMETER", detail)
    }

    /// 413.
    pub(crate) fn too_large(limit: u64) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "E_TOO_LARGE",
            format!("at most {limit} bytes are taken here"),
        )
    }

    /// Stable code.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// The answer, title and detail in `lang` where we have them in four languages.
    pub(crate) fn into_response(self, lang: Lang) -> Response {
        let shown = Shown {
            r#type: "about:blank",
            title: titles::title(self.status, lang),
            status: self.status.as_u16(),
            detail: self.detail(lang),
            code: self.code,
            refusals: &self.refusals,
        };
        let json = serde_json::to_vec(&shown).unwrap_or_default();
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }

    /// The broken rules' sentences in `lang`; else our own, which is English.
    fn detail(&self, lang: Lang) -> String {
        if self.refusals.is_empty() {
            return self.detail.clone();
        }
        let sentences = self.refusals.iter().map(|broken| broken.say(lang));
        sentences.collect::<Vec<_>>().join("; ")
    }
}

pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

impl Broken {
    fn say(&self, lang: Lang) -> String {
        let sentence = self.sentences.get(lang.as_str()).unwrap_or(&self.code);
        if self.about.is_empty() {
            return (*sentence).to_owned();
        }
        format!("{sentence} ({})", self.about)
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    refusals: &'a [Broken],
}

impl From<passerelle_service::Error> for Problem {
    fn from(error: passerelle_service::Error) -> Self {
        let status =
            StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = error.code();
        let mut problem = Self::new(status, code, detail(status, &error));
        problem.refusals = error
            .refusals()
            .iter()
            .map(|refusal| Broken {
                code: refusal.code(),
                about: refusal.about.clone(),
                sentences: Lang::ALL
                    .iter()
                    .map(|lang| (lang.as_str(), refusal.rule.sentence(*lang)))
                    .collect(),
                source: refusal.rule.source(),
            })
            .collect();
        problem
    }
}

/// The error's own words, unless they may tell about the inside of the node.
fn detail(status: StatusCode, error: &passerelle_service::Error) -> String {
    if status.is_server_error() {
        tracing::error!(code = error.code(), %error, "a request failed");
        return "the node could not do this; its log and `doctor` say more".to_owned();
    }
    match error {
        // The store's own words name its documents.
        passerelle_service::Error::Store(_) => {
            "somebody changed this meanwhile: look again".to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use serde_json::Value;

    use super::*;

    async fn json(problem: Problem, lang: Lang) -> Value {
        let response = problem.into_response(lang);
        assert_eq!(response.headers()[CONTENT_TYPE], MEDIA_TYPE);
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn a_problem_has_the_five_members_and_no_empty_list() {
        let json = json(Problem::too_large(7), Lang::Nl).await;
        assert_eq!(
            json,
            serde_json::json!({
                "type": "about:blank", "status": 413, "code": "E_TOO_LARGE",
                "title": "Te groot", "detail": "at most 7 bytes are taken here",
            })
        );
    }

    #[tokio::test]
    async fn a_token_problem_names_the_scheme() {
        let response = Problem::token().into_response(Lang::En);
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
    }

    #[tokio::test]
    async fn what_happens_inside_stays_inside() {
        let inside = passerelle_service::Error::Store(passerelle_store::Error::Broken);
        let said = inside.to_string();
        let json = json(inside.into(), Lang::En).await;
        assert_eq!(json["status"], 503);
        assert!(!json["detail"].as_str().unwrap().contains(&said));
    }
}
