//! Before any page: the host, the session, where the form came from, its token.

mod language;

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use passerelle_model::Lang;
use passerelle_service::{Actor, Room};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tokio::time::timeout;

use crate::answer::{Fault, error_page};
use crate::frame::{Page, visible};
use crate::pages::group::persons;
use crate::refill;
use crate::routes::{Access, Route, Verb};
use crate::state::{Desk, MAX_FORM_BODY_BYTES, MAX_FORM_TIME, MAX_RUN_OUT_BYTES, is_loopback};

/// Name of the session cookie.
pub(crate) const SESSION: &str = "passerelle-session";
/// Name of the language cookie.
pub(crate) const LANGUAGE: &str = "passerelle-language";
/// Most files of a form that are named when it comes back.
const MAX_NAMED_FILES: usize = 16;
/// What browsers may do with a page: nothing but what it brings itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types passerelle; \
    report-uri /csp";

/// One request, after the guard.
pub(crate) struct Call {
    pub(crate) desk: Arc<Desk>,
    pub(crate) page: Page,
    /// The session's secret; empty where nobody is signed in.
    pub(crate) secret: String,
    /// What stands in the path where the route has a name.
    pub(crate) parts: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    /// The body, where the route reads it itself.
    pub(crate) body: Mutex<Body>,
    /// Names of files that came with it, as far as it is read.
    files: Arc<Mutex<Vec<String>>>,
}

impl Call {
    /// Who is signed in. Routes that ask for it are reached by nobody else.
    pub(crate) fn actor(&self) -> Result<&Actor, Fault> {
        let nobody = || Fault::new(StatusCode::UNAUTHORIZED, "E_SIGN_IN");
        self.page.actor.as_ref().ok_or_else(nobody)
    }

    /// The frame with our people's names in it, for a page that says who did something.
    pub(crate) async fn page_with_names(&self) -> Result<Page, Fault> {
        let names = self.desk.node.officer_names().await?;
        Ok(Page {
            colleagues: Arc::new(names),
            ..self.page.clone()
        })
    }

    /// The same request without its body, to answer it once more.
    pub(crate) fn again(&self) -> Self {
        Self {
            desk: Arc::clone(&self.desk),
            page: self.page.clone(),
            secret: self.secret.clone(),
            parts: self.parts.clone(),
            query: self.query.clone(),
            form: self.form.clone(),
            headers: self.headers.clone(),
            body: Mutex::new(Body::empty()),
            files: Arc::clone(&self.files),
        }
    }

    /// Remembers a file that came with the form, to name it where the form comes back without it.
    pub(crate) fn brought(&self, file: &str) {
        let held = self.files.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        if held.len() < MAX_NAMED_FILES {
            held.push(visible(file));
        }
    }

    /// Files that came with the form.
    pub(crate) fn files(&self) -> Vec<String> {
        let held = self.files.lock();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A part of the path.
    pub(crate) fn part<T: std::str::FromStr>(&self, at: usize) -> Result<T, Fault> {
        let text = self.parts.get(at).ok_or_else(Fault::absent)?;
        text.parse().map_err(|_| Fault::absent())
    }

    /// A field of the form; empty where it is not there.
    pub(crate) fn field(&self, name: &str) -> &str {
        value(&self.form, name)
    }

    /// A field of the address.
    pub(crate) fn asked(&self, name: &str) -> &str {
        value(&self.query, name)
    }

    /// A field that must hold something valid.
    pub(crate) fn given<T: std::str::FromStr>(&self, name: &str) -> Result<T, Fault> {
        let wrong = |_| Fault::new(StatusCode::BAD_REQUEST, "E_FIELD_INVALID").at(name);
        self.field(name).trim().parse().map_err(wrong)
    }
}

/// A form as it arrives: no larger than this, and not for ever.
pub(crate) async fn form_bytes(body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    let slow = |_| Fault::new(StatusCode::REQUEST_TIMEOUT, "E_BODY_SLOW");
    timeout(MAX_FORM_TIME, read(body, limit))
        .await
        .map_err(slow)?
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let found = pairs.iter().find(|(held, _)| held == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// Answers one request of a route.
pub(crate) async fn serve(
    desk: Arc<Desk>,
    route: &'static Route,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let host = header_text(&parts.headers, header::HOST.as_str());
    if !desk.knows(&host) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let secret = cookie(&parts.headers, SESSION);
    let settings = async { Ok(desk.node.settings().await?) };
    let asked = tokio::try_join!(who(&desk, &secret, &parts.headers), settings);
    let ((actor, lang), settings) = match asked {
        Ok(found) => found,
        Err(fault) => return fault.status.into_response(),
    };
    let query = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    let mut page = Page {
        csrf: token(&secret),
        path: parts.uri.path().to_owned(),
        here: here(parts.uri.path(), &query),
        room: route.room(),
        ..Page::new(&desk.node, &settings, actor, lang)
    };
    if let Some((_, notice)) = query.iter().find(|(name, _)| name == "done") {
        let said = page.t(&format!("done-{notice}"));
        page.notice = Some(said).filter(|said| !said.starts_with('['));
    }
    let mut call = Call {
        parts: route.parts(parts.uri.path()),
        desk,
        page,
        secret,
        query,
        form: Vec::new(),
        headers: parts.headers,
        body: Mutex::new(Body::empty()),
        files: Arc::default(),
    };
    let answer = admitted(&mut call, route, &parts.method, body).await;
    let mut response = match answer {
        Ok(None) if asks_in_another(&call) => language::again(call, route, &settings).await,
        Ok(None) if route.verb() == Verb::Post => form(call, route).await,
        Ok(None) => {
            let page = call.page.clone();
            let answer = (route.handler())(call).await;
            answer.unwrap_or_else(|fault| error_page(page, &fault, Vec::new()))
        }
        Ok(Some(early)) => early,
        Err(fault) => error_page(call.page, &fault, Vec::new()),
    };
    protect(response.headers_mut());
    response
}

/// An address with what is chosen after it; what was done is said once.
fn here(path: &str, query: &[(String, String)]) -> String {
    let kept = query
        .iter()
        .filter(|(name, _)| name != "done" && name != "csrf");
    let kept = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .finish();
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{kept}"),
    }
}

/// A form: in a group looked at twice where it may speak of a person; everywhere handed back
/// filled where it is not taken.
async fn form(mut call: Call, route: &'static Route) -> Response {
    call.page.sent = language::carried(&call, route);
    call.page.from = came_from(&call.headers);
    let first = call.again();
    let answer = match route.is_a_form_of_a_group() && route.looks_twice() {
        true => persons::looked(&call),
        false => Ok(()),
    };
    let answer = match answer {
        Ok(()) => (route.handler())(call).await,
        Err(fault) => Err(fault),
    };
    let fault = match answer {
        Ok(response) => return refill::spoken(&first.page, response).await,
        Err(fault) => fault,
    };
    if let Some(form) = refill::again(&first, route, &fault).await {
        return form;
    }
    if !fault.found.is_empty() {
        let asked = persons::page(&first, &first.page.path, &fault.found);
        return asked.unwrap_or_else(|fault| error_page(first.page.clone(), &fault, Vec::new()));
    }
    let typed = fault.typed.as_ref().unwrap_or(&first.page.sent);
    let typed = typed.iter().filter(|(name, _)| persons::is_written(name));
    let typed = typed
        .map(|(_, text)| visible(text))
        .filter(|text| text.contains(' '));
    let typed = typed.collect();
    let mut page = first.page.clone();
    // What one may not know or do looks the same whatever was asked of it.
    if [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&fault.status) {
        page.sent.clear();
        return error_page(page, &fault, Vec::new());
    }
    error_page(page, &fault, typed)
}

/// Lets a request through, or answers it: sign-in first, and no form that is not ours.
async fn admitted(
    call: &mut Call,
    route: &'static Route,
    method: &Method,
    body: Body,
) -> Result<Option<Response>, Fault> {
    let writes = *method == Method::POST;
    if writes && !same_site(&call.headers) {
        return Err(Fault::new(StatusCode::FORBIDDEN, "E_FORM_ORIGIN"));
    }
    // A form with files is read by its handler; asked in another language it has none.
    if route.streams() && !is_plain(&call.headers) {
        call.body = Mutex::new(body);
    } else if writes {
        call.form = pairs(&form_bytes(body, MAX_FORM_BODY_BYTES).await?);
    }
    match (route.access(), &call.page.actor) {
        (Access::Anyone, _) => Ok(None),
        // Asked for a sign-in in the middle of a form, and for that in another language.
        (_, None) if asks_in_another(call) => Ok(None),
        (_, None) => crate::pages::sign_in::asked_first(call, writes).map(Some),
        (Access::SignedIn, Some(_)) => checked(call, route, writes).map(|()| None),
        (Access::Room(_), Some(actor)) => {
            if !may_see(call, route) {
                return Err(Fault::absent());
            }
            checked(call, route, writes)?;
            // The use cases ask again; here nobody's form is read in vain.
            match writes && route.asks_for_a_speaker() && !actor.speaks() {
                true => Err(Fault::new(StatusCode::FORBIDDEN, "E_ROLE")),
                false => Ok(None),
            }
        }
    }
}

/// Whether this person may be shown a page.
pub(crate) fn may_see(call: &Call, route: &Route) -> bool {
    match (route.access(), &call.page.actor) {
        (Access::Anyone, _) | (Access::SignedIn, Some(_)) => true,
        (_, None) => false,
        (Access::Room(room), Some(actor)) => {
            passerelle_service::rooms(actor).contains(&room) && sees(call, route, actor)
        }
    }
}

/// A form's body. Of one that is too large the rest is let run out, so that the browser has sent
/// what it wants to send and shows the answer; beyond [`MAX_RUN_OUT_BYTES`] the connection ends.
async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut whole = Vec::new();
    let mut seen = 0_usize;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let broken = |_| Fault::new(StatusCode::BAD_REQUEST, "E_UPLOAD");
        let chunk = chunk.map_err(broken)?;
        seen = seen.saturating_add(chunk.len());
        match seen {
            _ if seen <= limit => whole.extend_from_slice(&chunk),
            _ if seen > MAX_RUN_OUT_BYTES => break,
            _ => whole.clear(),
        }
    }
    match seen > limit {
        true => Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "E_TOO_LARGE")),
        false => Ok(whole),
    }
}

/// Whether a form came without files.
fn is_plain(headers: &HeaderMap) -> bool {
    header_text(headers, header::CONTENT_TYPE.as_str())
        .starts_with("application/x-www-form-urlencoded")
}

/// Whether a form asks for its own page in another language and for nothing else.
fn asks_in_another(call: &Call) -> bool {
    !call.field(language::FIELD).is_empty()
}

/// To whoever takes no part in a group there is nothing below its address, and to whoever does
/// there are no cases (rule G40), whatever they ask.
fn sees(call: &Call, route: &Route, actor: &Actor) -> bool {
    let of_cases = matches!(route.room(), Some(Room::Cases | Room::Search));
    if of_cases && call.page.in_group {
        return false;
    }
    let group = call.parts.first().filter(|_| route.is_of_a_group());
    group.is_none_or(|channel| {
        let channel = channel.parse();
        channel.is_ok_and(|channel| call.desk.node.may_see_group(actor, &channel))
    })
}

pub(crate) fn checked(call: &Call, route: &'static Route, writes: bool) -> Result<(), Fault> {
    if !writes {
        return Ok(());
    }
    // A form with files has it in its address, for its body is read later.
    let given = match route.streams() {
        true => call.asked("csrf"),
        false => call.field("csrf"),
    };
    let fits: bool = given.as_bytes().ct_eq(call.page.csrf.as_bytes()).into();
    match fits {
        true => Ok(()),
        false => Err(Fault::new(StatusCode::FORBIDDEN, "E_FORM_TOKEN")),
    }
}

async fn who(
    desk: &Desk,
    secret: &str,
    headers: &HeaderMap,
) -> Result<(Option<Actor>, Lang), Fault> {
    let actor = match secret.is_empty() {
        true => None,
        false => desk.node.actor(secret).await?,
    };
    let chosen = cookie(headers, LANGUAGE).parse().ok();
    let lang = match (&actor, chosen) {
        (_, Some(lang)) => lang,
        (Some(actor), None) => actor.lang(),
        (None, None) => accepted(&header_text(headers, "accept-language")),
    };
    Ok((actor, lang))
}

/// The first language of ours that the browser asks for.
pub(crate) fn accepted(header: &str) -> Lang {
    let wanted = header.split(',').filter_map(|part| {
        let tag = part.split(';').next()?.trim();
        tag.split('-').next()?.parse().ok()
    });
    wanted.into_iter().next().unwrap_or(Lang::Fr)
}

/// The token of forms: bound to the session, and of no use to learn its secret.
pub(crate) fn token(secret: &str) -> String {
    let hash = Sha256::digest(format!("passerelle/form/{secret}"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A form comes from our own page: browsers say so.
pub(crate) fn same_site(headers: &HeaderMap) -> bool {
    let site = header_text(headers, "sec-fetch-site");
    let origin = header_text(headers, "origin");
    let host = header_text(headers, "host");
    let same = origin
        .split_once("://")
        .is_none_or(|(_, origin)| origin == host);
    same && origin != "null" && (site.is_empty() || site == "same-origin" || site == "none")
}

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> String {
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(held, _)| *held == name)
        .map_or_else(String::new, |(_, value)| value.to_owned())
}

/// What a cookie carries beside its value: no script sees it, and beyond this machine it goes
/// over TLS only.
pub(crate) fn cookie_line(headers: &HeaderMap, name: &str, value: &str, more: &str) -> String {
    let secure = match is_loopback(&header_text(headers, header::HOST.as_str())) {
        true => "",
        false => "; Secure",
    };
    format!("{name}={value}; Path=/; HttpOnly; {more}{secure}")
}

pub(crate) fn header_text(headers: &HeaderMap, name: &str) -> String {
    let found = headers.get(name).and_then(|value| value.to_str().ok());
    found.unwrap_or_default().to_owned()
}

pub(crate) fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).into_owned().collect()
}

/// The page of ours that a browser says it comes from, with what follows `?`; else nothing.
pub(crate) fn came_from(headers: &HeaderMap) -> String {
    let from = header_text(headers, header::REFERER.as_str());
    let host = header_text(headers, header::HOST.as_str());
    let local = from.split_once("://").map(|(_, rest)| rest);
    let local = local.and_then(|rest| rest.strip_prefix(host.as_str()));
    local.unwrap_or_default().to_owned()
}

fn protect(headers: &mut HeaderMap) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
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
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        let host = ("host", "node.example");
        assert!(same_site(&headers(&[host])));
        assert!(same_site(&headers(&[
            host,
            ("origin", "https://node.example")
        ])));
        for foreign in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!same_site(&headers(&[host, foreign])), "{foreign:?}");
        }
    }

    #[test]
    fn the_browser_s_first_language_of_ours_is_taken() {
        assert_eq!(accepted("de-DE,ar-MA;q=0.9,fr;q=0.5"), Lang::Ar);
        assert_eq!(accepted("nl"), Lang::Nl);
        assert_eq!(accepted(""), Lang::Fr);
    }

    #[test]
    fn cookies_are_read_by_name() {
        let held = headers(&[("cookie", "a=1; passerelle-session=abc; b=2")]);
        assert_eq!(cookie(&held, SESSION), "abc");
        assert_eq!(cookie(&held, "c"), "");
    }
}
