//! From a request to the handler of its route: who calls, what is sent, what is asked.

use std::sync::Arc;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{Query, RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode, Uri};
use passerelle_service::Node;

use crate::access::{Access, Options};
use crate::call::{Call, Holder};
use crate::language;
use crate::limits::MAX_TOKEN_BYTES;
use crate::problem::Problem;
use crate::routes::{Need, Route, Takes, Verb};
use crate::server::Stopped;

/// What all requests share.
pub(crate) struct App {
    pub(crate) node: Node,
    pub(crate) options: Options,
}

type Params = Result<RawPathParams, RawPathParamsRejection>;

/// The one way to a handler.
pub(crate) fn method_router(route: &'static Route) -> MethodRouter<Arc<App>> {
    let filter = match route.verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Delete => MethodFilter::DELETE,
    };
    let handler = move |State(app): State<Arc<App>>, params: Params, request: Request| async move {
        let lang = language::preferred(request.headers());
        match dispatch(route, &app, params, request).await {
            Ok(response) => response,
            Err(problem) => problem.into_response(lang),
        }
    };
    on(filter, handler)
}

/// No route has this path.
pub(crate) async fn no_route(headers: HeaderMap) -> Response {
    let detail = "no such path; GET /v1/openapi.json lists them all";
    let problem = Problem::new(StatusCode::NOT_FOUND, "E_ROUTE", detail);
    problem.into_response(language::preferred(&headers))
}

/// The path has routes, with other methods; axum adds `Allow`.
pub(crate) async fn no_method(headers: HeaderMap) -> Response {
    let detail = "this path does not take this method";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "E_METHOD", detail);
    problem.into_response(language::preferred(&headers))
}

/// Nothing of a body is read before its sender is known to have the scope.
async fn dispatch(
    route: &'static Route,
    app: &App,
    params: Params,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let holder = authorise(app, route.need, &parts.headers).await?;
    check_body(route.takes, &parts.headers)?;
    let call = Call {
        node: app.node.clone(),
        holder,
        path: path_values(params)?,
        query: query_values(route, &parts.uri)?,
        stopped: parts.extensions.get::<Stopped>().cloned(),
        headers: parts.headers,
        body,
        limit: route.takes.limit(),
    };
    let mut response = (route.handler)(call).await?;
    *response.status_mut() = StatusCode::from_u16(route.status).unwrap_or_default();
    Ok(response)
}

async fn authorise(app: &App, need: Need, headers: &HeaderMap) -> Result<Holder, Problem> {
    if app.options.access() == Access::InProcess {
        return Ok(Holder::Process);
    }
    let secret = bearer(headers).ok_or_else(Problem::token)?;
    let token = app.node.check_token(secret).await;
    let token = token.ok_or_else(Problem::token)?;
    match need.met_by(&token.scopes) {
        false => Err(Problem::scope(need.as_str())),
        true => Ok(Holder::Token {
            secret: secret.to_owned(),
            name: token.name,
            scopes: token.scopes,
        }),
    }
}

/// The secret of the one `Authorization: Bearer …` (RFC 6750 §2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let (first, second) = (all.next()?, all.next());
    let (scheme, secret) = first.to_str().ok()?.split_once(' ')?;
    let secret = secret.trim_start_matches(' ');
    let valid = second.is_none()
        && scheme.eq_ignore_ascii_case("bearer")
        && (1..=MAX_TOKEN_BYTES).contains(&secret.len());
    valid.then_some(secret)
}

fn check_body(takes: Takes, headers: &HeaderMap) -> Result<(), Problem> {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if !matches!(takes, Takes::Nothing) && length.is_some_and(|length| length > takes.limit()) {
        return Err(Problem::too_large(takes.limit()));
    }
    let sent = headers
        .get(CONTENT_TYPE)
        .map(|sent| sent.to_str().unwrap_or_default());
    if takes.admits(sent.map(essence)) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "E_MEDIA_TYPE",
        format!("send {} here", takes.media_types().join(" or ")),
    ))
}

/// `Text/Plain; charset=utf-8` as `text/plain`.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn path_values(params: Params) -> Result<Vec<(String, String)>, Problem> {
    let params = params.map_err(|_| Problem::parameter("in the path", "is not UTF-8"))?;
    let pairs = params.iter().map(|(k, v)| (k.to_owned(), v.to_owned()));
    Ok(pairs.collect())
}

/// Each parameter known, and at most once: a misspelt filter must not widen what is found.
fn query_values(route: &Route, uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| Problem::parameter("list", "is not a valid query"))?;
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in &pairs {
        let known = route.query.iter().find(|known| known.name == name);
        let Some(known) = known else {
            return Err(Problem::parameter("in the query", "is not known here"));
        };
        if seen.contains(&known.name) {
            return Err(Problem::parameter(known.name, "stands twice"));
        }
        seen.push(known.name);
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, value.parse().unwrap());
        }
        bearer(&headers).map(ToOwned::to_owned)
    }

    #[test]
    fn one_bearer_secret_is_taken() {
        assert_eq!(secret(&["Bearer abc"]).as_deref(), Some("abc"));
        assert_eq!(secret(&["bearer  abc"]).as_deref(), Some("abc"));
    }

    #[test]
    fn anything_else_is_no_secret() {
        let long = format!("Bearer {}", "x".repeat(MAX_TOKEN_BYTES + 1));
        for bad in ["", "Bearer", "Bearer ", "Basic abc", "abc", long.as_str()] {
            assert_eq!(secret(&[bad]), None, "{bad}");
        }
        assert_eq!(secret(&["Bearer a", "Bearer b"]), None);
        assert_eq!(secret(&[]), None);
    }

    #[test]
    fn media_types_are_compared_without_parameters() {
        assert_eq!(
            essence("Application/JSON; charset=utf-8"),
            "application/json"
        );
    }
}
