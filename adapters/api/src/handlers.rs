//! What each route does: parse, call one use case, give its result.

pub(crate) mod agreements;
pub(crate) mod attachments;
pub(crate) mod backups;
pub(crate) mod courier;
pub(crate) mod events;
pub(crate) mod groups;
pub(crate) mod keeping;
pub(crate) mod node;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod receipts;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod statistics;
pub(crate) mod tokens;
pub(crate) mod uses;

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::problem::Problem;

/// What a handler gives.
pub(crate) type Given = Result<Response, Problem>;

fn json<T: Serialize>(value: &T) -> Given {
    let bytes = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written as JSON");
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Problem::new(status, "E_INTERNAL", "the answer cannot be written as JSON")
    })?;
    Ok(typed("application/json", bytes))
}

fn text(text: String) -> Given {
    Ok(typed("text/plain; charset=utf-8", text))
}

fn nothing() -> Given {
    Ok(Response::new(Body::empty()))
}

fn typed(media_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    let media_type = HeaderValue::from_static(media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
