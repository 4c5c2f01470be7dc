//! The public site: what everybody may read of a joint group, on a listener of its own.
//!
//! No sign-in, no cookie, no script, nothing from elsewhere. It shows what
//! [`Node::public`](passerelle_service::Node::public) gives and takes one form: an organisation's
//! answer to an open consultation. Whatever is not public is absent, in one and the same way.

mod answers;
mod face;
mod items;
mod lists;
mod machines;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use passerelle_model::{Lang, UtcTime};
use passerelle_service::Public;
use sha2::{Digest as _, Sha256};

use crate::answer::Fault;
use crate::frame::Page;
use crate::guard::{accepted, header_text, pairs};
use crate::state::Desk;

/// Largest form, in bytes: the longest answer in Arabic as browsers send it.
pub const MAX_PUBLIC_FORM_BYTES: usize = 128 * 1024;
/// Most answers that are handed in within a minute, by all senders together: no address is kept.
pub const MAX_ANSWERS_A_MINUTE: u32 = 20;
/// How long others may keep a page without asking again, in seconds.
const FRESH: &str = "public, max-age=60";
/// Nothing but what a page brings itself, and no script.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The public site of one node.
struct Site {
    desk: Arc<Desk>,
    /// Its address as others call it, without a slash at its end.
    base: String,
    /// Answers of this minute.
    gate: Mutex<(u64, u32)>,
}

/// One question to the site.
struct Ask {
    site: Arc<Site>,
    public: Arc<Public>,
    p: Page,
    query: Vec<(String, String)>,
}

/// An answer with its kind, and when what it tells changed last.
struct Told {
    status: StatusCode,
    kind: &'static str,
    body: String,
    changed: Option<UtcTime>,
}

/// The public site of a node. `base` is its address as others call it, such as
/// `https://gmmp.example`.
pub fn public_router(desk: Arc<Desk>, base: &str) -> Router {
    let site = Arc::new(Site {
        desk,
        base: base.trim_end_matches('/').to_owned(),
        gate: Mutex::new((0, 0)),
    });
    let handler = move |request: Request<Body>| {
        let site = Arc::clone(&site);
        async move { serve(site, request).await }
    };
    Router::new()
        .route("/assets/{file}", axum::routing::get(crate::assets::serve))
        .fallback(handler)
}

async fn serve(site: Arc<Site>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let known = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let head = parts.method == Method::HEAD;
    let answer = match parts.method {
        Method::GET | Method::HEAD => shown(&site, &parts).await,
        Method::POST => posted(&site, &parts, body).await,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let mut response = match answer {
        Ok(response) => response,
        Err(fault) => absent(&site, &parts, &fault).await,
    };
    protect(response.headers_mut());
    if known.is_some() && response.headers().get(header::ETAG) == known.as_ref() {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    if head {
        *response.body_mut() = Body::empty();
    }
    response
}

/// The language of an address and what comes after it.
fn place(path: &str) -> Option<(Lang, &str)> {
    let (lang, rest) = path.strip_prefix('/')?.split_once('/')?;
    Some((lang.parse().ok()?, rest))
}

async fn ask(site: &Arc<Site>, parts: &http::request::Parts, lang: Lang) -> Result<Ask, Fault> {
    let node = &site.desk.node;
    let settings = node.settings().await?;
    let mut p = Page::new(node, &settings, None, lang);
    p.path = parts.uri.path().to_owned();
    Ok(Ask {
        site: Arc::clone(site),
        public: node.public().await?,
        p,
        query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
    })
}

async fn shown(site: &Arc<Site>, parts: &http::request::Parts) -> Result<Response, Fault> {
    let path = parts.uri.path();
    if path == "/" {
        let lang = accepted(&header_text(&parts.headers, "accept-language"));
        let mut response = crate::answer::go(&format!("/{lang}/"))?;
        let vary = HeaderValue::from_static("accept-language");
        response.headers_mut().insert(header::VARY, vary);
        return Ok(response);
    }
    let Some((lang, rest)) = place(path) else {
        let ask = ask(site, parts, Lang::En).await?;
        return Ok(machines::root(&ask, path).await?.into_response());
    };
    let ask = ask(site, parts, lang).await?;
    let rooms: Vec<&str> = rest.split('/').collect();
    let told = match rooms.as_slice() {
        [""] => lists::home(&ask),
        ["about"] => lists::about(&ask),
        ["feed.atom"] => machines::feed(&ask),
        ["data.jsonld"] => machines::organisation(&ask),
        ["communiques"] => lists::communiques(&ask),
        ["commitments"] => lists::commitments(&ask),
        ["programmes"] => lists::programmes(&ask),
        ["consultations"] => lists::consultations(&ask),
        ["communiques", id] => items::communique(&ask, id),
        ["communiques", id, "data.jsonld"] => machines::communique(&ask, id),
        ["commitments", id] => items::commitment(&ask, id),
        ["programmes", id] => items::programme(&ask, id),
        ["consultations", "thanks"] => lists::thanks(&ask),
        ["consultations", id] => answers::consultation(&ask, id, None),
        _ => Err(Fault::absent()),
    }?;
    Ok(told.into_response())
}

async fn posted(
    site: &Arc<Site>,
    parts: &http::request::Parts,
    body: Body,
) -> Result<Response, Fault> {
    let (lang, rest) = place(parts.uri.path()).ok_or_else(Fault::absent)?;
    let id = rest
        .strip_prefix("consultations/")
        .ok_or_else(Fault::absent)?;
    if !crate::guard::same_site(&parts.headers) {
        return Err(Fault::new(StatusCode::FORBIDDEN, "E_FORM_ORIGIN"));
    }
    let ask = ask(site, parts, lang).await?;
    // Who asks for what is not there learns nothing from the size of a form.
    answers::consultation(&ask, id, None)?;
    let bytes = crate::guard::form_bytes(body, MAX_PUBLIC_FORM_BYTES).await?;
    answers::hand_in(&ask, id, &pairs(&bytes)).await
}

/// What is not there, what is not public and what went wrong look alike: a page without a hint.
async fn absent(site: &Arc<Site>, parts: &http::request::Parts, fault: &Fault) -> Response {
    let lang = place(parts.uri.path()).map_or_else(
        || accepted(&header_text(&parts.headers, "accept-language")),
        |(lang, _)| lang,
    );
    let page = match ask(site, parts, lang).await {
        Ok(ask) => lists::absent(&ask, fault.status),
        Err(fault) => Err(fault),
    };
    page.map_or_else(|fault| fault.status.into_response(), Told::into_response)
}

impl Site {
    /// Whether another answer may come in this minute.
    fn admits(&self, now: UtcTime) -> bool {
        let minute = now.millis() / 60_000;
        let mut gate = self
            .gate
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if gate.0 != minute {
            *gate = (minute, 0);
        }
        gate.1 += 1;
        gate.1 <= MAX_ANSWERS_A_MINUTE
    }
}

impl Told {
    fn page(template: &impl askama::Template, changed: Option<UtcTime>) -> Result<Self, Fault> {
        Self::page_with(StatusCode::OK, template, changed)
    }

    fn page_with(
        status: StatusCode,
        template: &impl askama::Template,
        changed: Option<UtcTime>,
    ) -> Result<Self, Fault> {
        Ok(Self {
            status,
            kind: "text/html; charset=utf-8",
            body: template.render()?,
            changed,
        })
    }

    fn file(kind: &'static str, body: String, changed: Option<UtcTime>) -> Self {
        Self {
            status: StatusCode::OK,
            kind,
            body,
            changed,
        }
    }

    /// What is told changes with its content, so its hash names it.
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static(self.kind);
        let hash = Sha256::digest(self.body.as_bytes());
        let short: String = hash
            .iter()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        if self.status != StatusCode::OK {
            return response;
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{short}\"")) {
            headers.insert(header::ETAG, tag);
        }
        let changed = self.changed.filter(|changed| changed.millis() > 0);
        let changed = changed.and_then(|changed| crate::time::http_date(changed).parse().ok());
        if let Some(changed) = changed {
            headers.insert(header::LAST_MODIFIED, changed);
        }
        response
    }
}

fn protect(headers: &mut HeaderMap) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let keep = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(keep);
}

#[cfg(test)]
#[path = "pages/samples/public.rs"]
pub(crate) mod samples;
