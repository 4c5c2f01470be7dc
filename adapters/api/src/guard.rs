//! What every request must satisfy and every answer carries, whatever the route.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::access::{Access, Options};
use crate::dispatch::App;
use crate::language;
use crate::problem::Problem;

/// Refuses what comes under a foreign name or from another site; seals the answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let lang = language::preferred(request.headers());
    let judged = match app.options.access() {
        Access::InProcess => Ok(()),
        Access::Tokens => judge(&app.options, &request),
    };
    let mut response = match judged {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(lang),
    };
    seal(response.headers_mut());
    response
}

fn judge(options: &Options, request: &Request) -> Result<(), Problem> {
    check_host(options, request)?;
    check_site(options, request.headers())
}

/// One `Host`, and it is ours; so is the name in an absolute request target (RFC 9112 §3.2.2).
fn check_host(options: &Options, request: &Request) -> Result<(), Problem> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let named = |host: &HeaderValue| host.to_str().is_ok_and(|host| options.knows(host));
    let ours = hosts.next().is_some_and(named) && hosts.next().is_none();
    let target = request.uri().authority();
    if ours && target.is_none_or(|target| options.knows(target.as_str())) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "E_HOST",
        "this host name is not one of the node's; it can be added in its configuration",
    ))
}

/// `Sec-Fetch-Site` (W3C Fetch Metadata) says which page sent the request. Another port of the
/// same machine is "same-site" and belongs to another program, so it is refused like any other.
/// Browsers without it still say their `Origin`.
fn check_site(options: &Options, headers: &HeaderMap) -> Result<(), Problem> {
    let site = headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes);
    let own = match site {
        Some(site) => matches!(site, b"same-origin" | b"none"),
        None => headers
            .get(ORIGIN)
            .is_none_or(|origin| is_own(options, origin)),
    };
    if own {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "E_CROSS_SITE",
        "requests from other sites' pages are not taken",
    ))
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

fn is_own(options: &Options, origin: &HeaderValue) -> bool {
    let origin = origin.to_str().unwrap_or_default();
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some_and(|host| options.knows(host))
}

fn seal(headers: &mut HeaderMap) {
    for (name, value) in SEAL {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

const SEAL: [(HeaderName, &str); 5] = [
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn judged(target: &str, headers: &[(&str, &str)]) -> Result<(), &'static str> {
        let request = headers
            .iter()
            .fold(Request::builder().uri(target), |b, (n, v)| b.header(*n, *v));
        let request = request.body(Body::empty()).unwrap();
        judge(&Options::tokens(), &request).map_err(|problem| problem.code())
    }

    #[test]
    fn a_rebound_name_is_refused() {
        assert_eq!(judged("/", &[("host", "localhost:8600")]), Ok(()));
        assert_eq!(judged("/", &[("host", "evil.example:8600")]), Err("E_HOST"));
        assert_eq!(judged("/", &[]), Err("E_HOST"));
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(judged("/", &two), Err("E_HOST"));
        let absolute = judged("http://evil.example/", &[("host", "localhost")]);
        assert_eq!(absolute, Err("E_HOST"));
    }

    #[test]
    fn other_sites_are_refused() {
        let from = |name, value| judged("/", &[("host", "localhost"), (name, value)]);
        assert_eq!(from("sec-fetch-site", "none"), Ok(()));
        assert_eq!(from("sec-fetch-site", "same-origin"), Ok(()));
        assert_eq!(from("origin", "http://127.0.0.1:8600"), Ok(()));
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://evil.example"),
            ("origin", "null"),
        ] {
            assert_eq!(from(name, value), Err("E_CROSS_SITE"), "{name}: {value}");
        }
    }
}
