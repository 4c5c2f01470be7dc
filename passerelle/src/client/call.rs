//! One call of the API, and how its refusals read.

use std::fmt::Write as _;

use ::http::{Method, Request, Response, header};
use axum::body::{Body, to_bytes};
use passerelle_model::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Client;
use crate::failure::Failure;
use crate::locale;

/// Largest JSON or text answer that is read into memory, in bytes.
const MAX_ANSWER_BYTES: usize = 64 << 20;

/// A call being put together.
#[derive(Debug)]
pub(crate) struct Call {
    method: Method,
    target: String,
    content_type: Option<&'static str>,
    idempotency: Option<String>,
    body: Body,
}

impl Call {
    /// Reads `path`, such as `/v1/card`.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Changes something at `path`.
    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// Removes `path`.
    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// One more query parameter, encoded.
    #[must_use]
    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.target
            .push(if self.target.contains('?') { '&' } else { '?' });
        self.target.push_str(name);
        self.target.push('=');
        self.target.push_str(&encoded(value));
        self
    }

    /// The same, where there is a value.
    #[must_use]
    pub(crate) fn maybe(self, name: &str, value: Option<&impl ToString>) -> Self {
        match value {
            Some(value) => self.query(name, &value.to_string()),
            None => self,
        }
    }

    /// A JSON body.
    #[must_use]
    pub(crate) fn with_json(self, value: &impl serde::Serialize) -> Self {
        // Only types of ours come here, and they always serialise.
        let json = serde_json::to_vec(value).unwrap_or_default();
        self.with_body("application/json", json)
    }

    /// Any other body.
    #[must_use]
    pub(crate) fn with_body(self, content_type: &'static str, body: impl Into<Body>) -> Self {
        Self {
            content_type: Some(content_type),
            body: body.into(),
            ..self
        }
    }

    /// A key under which a repeated call changes nothing more.
    #[must_use]
    pub(crate) fn idempotent(self, key: Option<String>) -> Self {
        Self {
            idempotency: key,
            ..self
        }
    }

    /// Sends it.
    pub(crate) async fn send(self, client: &Client) -> Result<Response<Body>, Failure> {
        let mut request = Request::builder().method(self.method).uri(self.target);
        if let Some(kind) = self.content_type {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(key) = self.idempotency {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(self.body);
        let request = request.map_err(|error| Failure::new("E_REQUEST", error.to_string()))?;
        client.send(request).await
    }

    /// Sends it and reads a JSON answer.
    pub(crate) async fn json<T: DeserializeOwned>(self, client: &Client) -> Result<T, Failure> {
        let text = self.text(client).await?;
        serde_json::from_str(&text).map_err(|error| {
            Failure::new(
                "E_ANSWER",
                format!("the node's answer is not understood: {error}"),
            )
        })
    }

    /// Sends it and reads a text answer.
    pub(crate) async fn text(self, client: &Client) -> Result<String, Failure> {
        super::text(self.send(client).await?).await
    }

    fn new(method: Method, path: impl Into<String>) -> Self {
        let (target, body) = (path.into(), Body::empty());
        Self {
            method,
            target,
            content_type: None,
            idempotency: None,
            body,
        }
    }
}

/// Reads a whole answer.
pub(super) async fn read(response: Response<Body>) -> Result<Vec<u8>, Failure> {
    let bytes = to_bytes(response.into_body(), MAX_ANSWER_BYTES).await;
    let cut = |error: axum::Error| Failure::new("E_NODE_CUT", format!("answer cut: {error}"));
    Ok(bytes.map_err(cut)?.into())
}

/// What a refusal says (RFC 9457 with our codes).
pub(super) async fn problem(response: Response<Body>) -> Failure {
    let status = response.status();
    let body = read(response).await.unwrap_or_default();
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => problem.failure(locale::lang()),
        Err(_) => Failure::new("E_HTTP", format!("the node answered {status}")),
    }
}

#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    refusals: Vec<Broken>,
}

#[derive(Deserialize)]
struct Broken {
    code: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    sentences: std::collections::BTreeMap<Lang, String>,
    #[serde(default)]
    source: String,
}

impl Problem {
    fn failure(self, lang: Lang) -> Failure {
        let sentence = self
            .detail
            .filter(|detail| !detail.is_empty())
            .unwrap_or(self.title);
        let failure = Failure::new(self.code, crate::table::safe_text(&sentence));
        self.refusals
            .iter()
            .fold(failure, |failure, broken| failure.with(broken.line(lang)))
    }
}

impl Broken {
    fn line(&self, lang: Lang) -> String {
        let sentence = self
            .sentences
            .get(&lang)
            .or_else(|| self.sentences.values().next());
        let mut line = format!("{}: {}", self.code, sentence.map_or("", String::as_str));
        if !self.about.is_empty() {
            let _ = write!(line, " [{}]", self.about);
        }
        if !self.source.is_empty() {
            let _ = write!(line, " ({})", self.source);
        }
        crate::table::safe(&line)
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded() {
        let call = Call::get("/v1/x")
            .query("name", "مح ضر&1.pdf")
            .query("b", "2");
        assert_eq!(
            call.target,
            "/v1/x?name=%D9%85%D8%AD%20%D8%B6%D8%B1%261.pdf&b=2"
        );
    }

    #[test]
    fn refusals_read_in_the_persons_language() {
        let json = r#"{"type":"about:blank","title":"Refused","status":422,"detail":"No.",
            "code":"E_PURPOSE","refusals":[{"code":"E_PURPOSE","about":"spying",
            "sentences":{"fr":"Finalité inconnue.","en":"Unknown purpose."},"source":"art. 4"}]}"#;
        let problem: Problem = serde_json::from_str(json).unwrap();
        let shown = problem.failure(Lang::Fr).to_string();
        assert_eq!(
            shown,
            "E_PURPOSE: No.\n  E_PURPOSE: Finalité inconnue. [spying] (art. 4)"
        );
    }
}
