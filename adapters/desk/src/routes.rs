//! Every page: its verb, its address, who may ask for it. A page that is not in this table
//! does not exist.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use http::Request;
use passerelle_service::Room;

use crate::answer::Answer;
use crate::assets;
use crate::guard::{Call, serve};
use crate::pages::{
    access, alarms, backups, breaches, cases, confidant, confided, drafts, glass, group, home,
    inspection, keeping, partners, people, processing, proof, records, register, requests, search,
    sessions, settings, setup, sign_in, statistics, tokens, uploads, uses,
};
use crate::state::Desk;

/// What a handler gives.
pub(crate) type Given = Pin<Box<dyn Future<Output = Answer> + Send>>;
/// A handler.
pub(crate) type Handler = fn(Call) -> Given;

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Shows.
    Get,
    /// Does.
    Post,
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody who reaches the listener.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever's roles see this room. The use case decides the rest.
    Room(Room),
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    verb: Verb,
    path: &'static str,
    access: Access,
    handler: Handler,
    streams: bool,
    looks_twice: bool,
    for_readers: bool,
}

macro_rules! page {
    ($handler:path) => {
        |call| Box::pin($handler(call))
    };
}
pub(crate) use page;

const CASES: Access = Access::Room(Room::Cases);
const SEARCH: Access = Access::Room(Room::Search);
const REGISTER: Access = Access::Room(Room::Register);
/// The joint group; the use case says whether this person sees one.
pub(crate) const GROUP: Access = Access::Room(Room::Group);
const KEEPING: Access = Access::Room(Room::Keeping);
const PEOPLE: Access = Access::Room(Room::People);
const PARTNERS: Access = Access::Room(Room::Partners);

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    get("/", Access::Anyone, page!(home::start)),
    get("/sign-in", Access::Anyone, page!(sign_in::show)),
    post("/sign-in", Access::Anyone, page!(sign_in::enter)),
    post("/sign-out", Access::SignedIn, page!(sign_in::leave)),
    get("/setup/{secret}", Access::Anyone, page!(setup::show)),
    post("/setup/{secret}", Access::Anyone, page!(setup::choose)),
    post("/setup/{secret}/confirm", Access::Anyone, page!(setup::confirm)),
    post("/language", Access::Anyone, page!(home::language)),
    post("/csp", Access::Anyone, page!(home::violation)),
    get("/help", Access::Anyone, page!(home::help)),
    get("/accessibility", Access::Anyone, page!(home::accessibility)),
    get("/today", Access::Room(Room::Today), page!(home::today)),
    get("/cases", CASES, page!(cases::list)),
    get("/cases/{case}", CASES, page!(cases::show)),
    post("/cases/{case}/readers", CASES, page!(records::readers)),
    get("/write", CASES, page!(drafts::choose)),
    post("/drafts", CASES, page!(drafts::begin)),
    get("/drafts/{draft}", CASES, page!(drafts::edit)),
    post("/drafts/{draft}", CASES, page!(drafts::save)),
    post("/drafts/{draft}/judge", CASES, page!(drafts::judge)),
    post("/drafts/{draft}/files", CASES, page!(uploads::upload)).streaming(),
    post("/drafts/{draft}/files/remove", CASES, page!(uploads::remove_file)),
    get("/drafts/{draft}/check", CASES, page!(drafts::check)),
    post("/drafts/{draft}/submit", CASES, page!(drafts::submit)),
    post("/drafts/{draft}/approve", CASES, page!(drafts::approve)),
    post("/drafts/{draft}/decline", CASES, page!(drafts::decline)),
    post("/drafts/{draft}/release", CASES, page!(drafts::release)),
    post("/drafts/{draft}/discard", CASES, page!(drafts::discard)),
    post("/records/{party}/{record}/conditions", CASES, page!(records::conditions)),
    post("/records/{party}/{record}/use", CASES, page!(records::report_use)),
    post("/records/{party}/{record}/receipt", CASES, page!(records::receipt)),
    post("/records/{party}/{record}/files/{n}", CASES, page!(records::file)),
    get("/records/{party}/{record}/proof", CASES, page!(proof::show)),
    get("/cards/{party}", CASES, page!(proof::card)),
    get("/search", SEARCH, page!(search::form)),
    post("/search", SEARCH, page!(search::results)),
    get("/keeping", KEEPING, page!(keeping::room)),
    get("/keeping/{party}/{record}", Access::SignedIn, page!(keeping::record)),
    post("/keeping/{party}/{record}/review", Access::SignedIn, page!(keeping::review)),
    post("/keeping/{party}/{record}/hold", Access::SignedIn, page!(keeping::hold)),
    post("/keeping/{party}/{record}/lift-hold", Access::SignedIn, page!(keeping::lift_hold)),
    post("/keeping/{party}/{record}/restrict", Access::SignedIn, page!(keeping::restrict)),
    post("/keeping/{party}/{record}/own-copy", Access::SignedIn, page!(keeping::own_copy)),
    post("/keeping/{party}/{record}/open", Access::SignedIn, page!(keeping::open)),
    post("/keeping/{party}/{record}/use", KEEPING, page!(uses::settle_use)),
    get("/break-glass", Access::SignedIn, page!(glass::emergency)),
    post("/break-glass", Access::SignedIn, page!(glass::break_glass)),
    post("/break-glass/judge", KEEPING, page!(glass::judge_glass)),
    post("/requests", KEEPING, page!(requests::new)),
    get("/requests/{request}", KEEPING, page!(requests::show)),
    post("/requests/{request}", KEEPING, page!(requests::step)),
    post("/requests/{request}/access", KEEPING, page!(requests::open_access)),
    post("/requests/{request}/access/{access}/end", KEEPING, page!(requests::end_access)),
    get("/inspection", Access::Anyone, page!(inspection::form)),
    post("/inspection", Access::Anyone, page!(inspection::enter)),
    post("/inspection/record", Access::Anyone, page!(inspection::record)),
    post("/inspection/file", Access::Anyone, page!(inspection::file)),
    post("/inspection/leave", Access::Anyone, page!(inspection::leave)),
    get("/processing", KEEPING, page!(processing::show)),
    get("/confide", Access::SignedIn, page!(confided::form)),
    post("/confide", Access::SignedIn, page!(confided::confide)),
    get("/confided", KEEPING, page!(confided::list)),
    get("/confided/{report}", KEEPING, page!(confided::show)),
    post("/confided/{report}", KEEPING, page!(confided::step)),
    post("/confided/{report}/open", KEEPING, page!(confided::open)),
    post("/confided/{report}/share", KEEPING, page!(confided::share)),
    get("/confidant", KEEPING, page!(confidant::show)),
    post("/confidant", KEEPING, page!(confidant::make)),
    post("/confidant/passphrase", KEEPING, page!(confidant::change)),
    post("/breaches", KEEPING, page!(breaches::new)),
    get("/breaches/{breach}", KEEPING, page!(breaches::show)),
    post("/breaches/{breach}", KEEPING, page!(breaches::step)),
    get("/register", REGISTER, page!(register::form)),
    post("/register", REGISTER, page!(register::acts)),
    post("/register/export", REGISTER, page!(register::export)),
    post("/register/transfers", REGISTER, page!(register::transfers)),
    get("/partners", PARTNERS, page!(partners::list)),
    get("/agreements/{hash}", PARTNERS, page!(partners::agreement)),
    get("/people", PEOPLE, page!(people::list)),
    get("/people/new", PEOPLE, page!(people::new)),
    post("/people/new", PEOPLE, page!(people::add)),
    get("/people/{officer}", PEOPLE, page!(people::edit)),
    post("/people/{officer}", PEOPLE, page!(people::change)),
    post("/people/{officer}/reset", PEOPLE, page!(people::reset)),
    get("/settings", PEOPLE, page!(settings::show)),
    post("/settings", PEOPLE, page!(settings::change)),
    get("/backups", PEOPLE, page!(backups::show)),
    get("/sessions", Access::SignedIn, page!(sessions::list)),
    post("/sessions/end", Access::SignedIn, page!(sessions::end)),
    get("/partners/{party}/alarm/{alarm}", PARTNERS, page!(alarms::show)),
    post("/partners/{party}/alarm/{alarm}", PEOPLE, page!(alarms::resume)),
    get("/partners/{party}/alarm/{alarm}/evidence", PARTNERS, page!(alarms::evidence)),
    get("/access", PEOPLE, page!(access::show)),
    post("/access", PEOPLE, page!(access::publish)),
    get("/tokens", PEOPLE, page!(tokens::list)),
    post("/tokens", PEOPLE, page!(tokens::create)),
    post("/tokens/revoke", PEOPLE, page!(tokens::revoke)),
    get("/statistics", CASES, page!(statistics::show)),
    get("/statistics/csv", CASES, page!(statistics::csv)),
];

/// The table.
pub fn routes() -> &'static [Route] {
    static ALL: LazyLock<Vec<Route>> = LazyLock::new(|| {
        let rooms = std::iter::once(ROUTES).chain(group::routes());
        rooms.flatten().copied().collect()
    });
    &ALL
}

/// Every page of [`routes`], and the files they need.
pub fn router(desk: Arc<Desk>) -> Router {
    let mut router = Router::new().route("/assets/{file}", axum::routing::get(assets::serve));
    for route in routes() {
        let desk = Arc::clone(&desk);
        let filter = match route.verb {
            Verb::Get => MethodFilter::GET,
            Verb::Post => MethodFilter::POST,
        };
        let handler = move |request: Request<Body>| {
            let desk = Arc::clone(&desk);
            async move { serve(desk, route, request).await }
        };
        router = router.route(route.path, on(filter, handler));
    }
    let lost = move |request: Request<Body>| {
        let desk = Arc::clone(&desk);
        async move { nowhere(desk, request).await }
    };
    router.fallback(lost)
}

async fn nowhere(desk: Arc<Desk>, request: Request<Body>) -> Response {
    static LOST: Route = get("/", Access::Anyone, page!(home::lost));
    serve(desk, &LOST, request).await
}

impl Route {
    pub(crate) const fn streaming(self) -> Self {
        Self {
            streams: true,
            ..self
        }
    }

    /// A form of which nothing is said to a partner yet, or that has a second look of its own.
    pub(crate) const fn looked_at_later(self) -> Self {
        Self {
            looks_twice: false,
            ..self
        }
    }

    /// A form of a group that says nothing in it: whoever only reads there may send it.
    pub(crate) const fn for_readers(self) -> Self {
        Self {
            for_readers: true,
            ..self
        }
    }

    /// What it does.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// Its address; `{name}` stands for a part that is given.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Who may ask.
    pub fn access(&self) -> Access {
        self.access
    }

    pub(crate) fn handler(&self) -> Handler {
        self.handler
    }

    /// Whether the handler reads the body itself.
    pub(crate) fn streams(&self) -> bool {
        self.streams
    }

    /// Whether what is typed is looked at for data of persons before it is taken (rules G38, G41).
    pub(crate) fn looks_twice(&self) -> bool {
        self.looks_twice && !self.streams
    }

    /// Whether only those who speak in the group may send it.
    pub(crate) fn asks_for_a_speaker(&self) -> bool {
        self.is_a_form_of_a_group() && !self.for_readers
    }

    /// Whether it is a form of one group.
    pub(crate) fn is_a_form_of_a_group(&self) -> bool {
        self.verb == Verb::Post && self.is_of_a_group()
    }

    /// Whether an address is one of this route.
    pub(crate) fn fits(&self, path: &str) -> bool {
        let fits = |(name, given): (&str, &str)| match name.starts_with('{') {
            true => !given.is_empty(),
            false => name == given,
        };
        self.path.split('/').count() == path.split('/').count()
            && self.path.split('/').zip(path.split('/')).all(fits)
    }

    /// How many parts of its address are fixed.
    pub(crate) fn literals(&self) -> usize {
        let fixed = self.path.split('/').filter(|part| !part.starts_with('{'));
        fixed.count()
    }

    /// Whether its address begins with that of one group.
    pub(crate) fn is_of_a_group(&self) -> bool {
        self.path.starts_with("/group/{channel}")
    }

    /// The room it belongs to.
    pub(crate) fn room(&self) -> Option<Room> {
        match self.access {
            Access::Room(room) => Some(room),
            _ => None,
        }
    }

    /// What stands in an address where the route has names.
    pub(crate) fn parts(&self, path: &str) -> Vec<String> {
        let decode = |text: &str| {
            let bytes = text.replace('+', "%2B");
            form_urlencoded::parse(bytes.as_bytes())
                .next()
                .map_or_else(String::new, |(name, _)| name.into_owned())
        };
        self.path
            .split('/')
            .zip(path.split('/'))
            .filter(|(name, _)| name.starts_with('{'))
            .map(|(_, given)| decode(given))
            .collect()
    }
}

pub(crate) const fn get(path: &'static str, access: Access, handler: Handler) -> Route {
    Route {
        verb: Verb::Get,
        path,
        access,
        handler,
        streams: false,
        looks_twice: true,
        for_readers: false,
    }
}

pub(crate) const fn post(path: &'static str, access: Access, handler: Handler) -> Route {
    Route {
        verb: Verb::Post,
        ..get(path, access, handler)
    }
}
