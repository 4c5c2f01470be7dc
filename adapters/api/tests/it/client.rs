//! A caller that compares every answer with the OpenAPI document.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use passerelle_api::{Route, Verb, openapi, routes};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::schema::Document;

#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    secret: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// An answer whose shape was checked.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Code of a problem.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        json["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// What went well, or the problem told by the failing test.
    pub(crate) fn good(self) -> Self {
        let told = String::from_utf8_lossy(&self.body);
        assert!(self.status.is_success(), "{}: {told}", self.status);
        self
    }
}

impl Client {
    pub(crate) fn new(router: Router, secret: Option<String>) -> Self {
        Self {
            router,
            secret,
            headers: Vec::new(),
        }
    }

    pub(crate) fn with_secret(&self, secret: &str) -> Self {
        Self::new(self.router.clone(), Some(secret.to_owned()))
    }

    /// Also sends this header, in place of what would be sent.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        let mut with = self.clone();
        with.headers.push((name, value.to_owned()));
        with
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.send("GET", target, "", Body::empty()).await
    }

    pub(crate) async fn delete(&self, target: &str) -> Answer {
        self.send("DELETE", target, "", Body::empty()).await
    }

    pub(crate) async fn post(&self, target: &str, json: &Value) -> Answer {
        let body = Body::from(json.to_string());
        self.send("POST", target, "application/json", body).await
    }

    pub(crate) async fn post_text(&self, target: &str, text: &str) -> Answer {
        let body = Body::from(text.to_owned());
        self.send("POST", target, "text/plain", body).await
    }

    pub(crate) async fn post_octets(&self, target: &str, octets: impl Into<Body>) -> Answer {
        let kind = "application/octet-stream";
        self.send("POST", target, kind, octets.into()).await
    }

    /// Reads the answer to its end and compares it with the document.
    pub(crate) async fn send(&self, verb: &str, target: &str, kind: &str, body: Body) -> Answer {
        let response = self.open(verb, target, kind, body).await;
        let (parts, body) = response.into_parts();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        };
        conforms(verb, target, &answer);
        answer
    }

    /// The answer before it is read.
    pub(crate) async fn open(
        &self,
        verb: &str,
        target: &str,
        kind: &str,
        body: Body,
    ) -> axum::response::Response {
        let mut request = Request::builder().method(verb).uri(target);
        let mut all = self.headers.clone();
        if !all.iter().any(|(name, _)| *name == "host") {
            all.push(("host", "localhost:8600".to_owned()));
        }
        if let Some(secret) = &self.secret {
            all.push(("authorization", format!("Bearer {secret}")));
        }
        if !kind.is_empty() {
            all.push(("content-type", kind.to_owned()));
        }
        // Inside a process there may be no host at all.
        for (name, value) in all.iter().filter(|pair| **pair != ("host", String::new())) {
            request = request.header(*name, value);
        }
        let request = request.body(body).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }
}

/// The route that a request leads to.
pub(crate) fn route(verb: &str, target: &str) -> Option<&'static Route> {
    let path = target.split('?').next().unwrap_or_default();
    let fits = |route: &&Route| {
        let (ours, theirs) = (route.path().split('/'), path.split('/'));
        route.verb().as_str() == verb
            && ours.clone().count() == theirs.clone().count()
            && ours.zip(theirs).all(|(o, t)| o == t || o.starts_with('{'))
    };
    let mut fitting: Vec<_> = routes().iter().filter(fits).collect();
    // A fixed part goes before one that varies.
    fitting.sort_by_key(|route| route.path().matches('{').count());
    fitting.first().copied()
}

fn conforms(verb: &str, target: &str, answer: &Answer) {
    sealed(answer);
    let document = Document::parse(&openapi());
    let (status, kind) = (answer.status, answer.header("content-type"));
    if !status.is_success() {
        if verb != "HEAD" {
            assert_eq!(
                kind, "application/problem+json",
                "{verb} {target}: {status}"
            );
            document.check("Problem", &answer.json());
        }
        return;
    }
    let Some(route) = route(verb, target) else {
        return assert_eq!(verb, "HEAD", "{target} is not in the table");
    };
    let verb = match route.verb() {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Delete => "delete",
    };
    document.check_answer(route.path(), verb, status.as_u16(), kind, &answer.body);
}

/// What every answer carries.
fn sealed(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    let cors = |name: &&str| name.starts_with("access-control-");
    assert_eq!(
        answer.headers.keys().map(|name| name.as_str()).find(cors),
        None
    );
}
