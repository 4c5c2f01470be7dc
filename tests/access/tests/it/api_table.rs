//! Every route of the API × every scope, against one declared table.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use passerelle_api::{Options, Route, Verb, router, routes};
use passerelle_service::view::Scope;
use passerelle_simulation::{Faults, World};
use tower::ServiceExt as _;

/// Scopes that open a route; `any` is every known token.
const TABLE: &[(&str, &str, &[Scope])] = &[
    ("GET", "/v1/node", ANY),
    ("GET", "/v1/card", ANY),
    ("POST", "/v1/cards/inspect", ANY),
    ("GET", "/v1/partners", READ),
    ("POST", "/v1/partners", ADMIN),
    ("POST", "/v1/partners/{party}/sync", SEND),
    ("POST", "/v1/partners/{party}/resume", ADMIN),
    ("GET", "/v1/alarms", READ),
    ("GET", "/v1/agreements", READ),
    ("POST", "/v1/agreements", ADMIN),
    ("POST", "/v1/agreements/diff", READ),
    ("GET", "/v1/agreements/template", ADMIN),
    ("GET", "/v1/agreements/{hash}", READ),
    ("POST", "/v1/agreements/{hash}/sign", ADMIN),
    ("GET", "/v1/agreements/{hash}/bundle", READ),
    ("POST", "/v1/attachments", SEND),
    ("POST", "/v1/records", SEND),
    ("GET", "/v1/records/outbox", RECORDS),
    ("GET", "/v1/records/inbox", RECORDS),
    ("GET", "/v1/records/{id}", RECORDS),
    ("POST", "/v1/records/{id}/read", SEND),
    ("GET", "/v1/records/{id}/uses", AUDIT),
    ("POST", "/v1/records/{id}/uses", SEND),
    ("GET", "/v1/records/{id}/why", RECORDS),
    ("GET", "/v1/records/{id}/receipt", RECORDS),
    ("GET", "/v1/records/{id}/attachments/{n}", RECORDS),
    ("POST", "/v1/receipts/verify", ANY),
    ("GET", "/v1/courier", ADMIN),
    ("POST", "/v1/courier", ADMIN),
    ("GET", "/v1/backups", ADMIN),
    ("POST", "/v1/backups", ADMIN),
    ("GET", "/v1/tokens", ADMIN),
    ("POST", "/v1/tokens", ADMIN),
    ("DELETE", "/v1/tokens/{id}", ADMIN),
    ("GET", "/v1/register", AUDIT),
    ("GET", "/v1/register/state", AUDIT),
    ("GET", "/v1/register/export", AUDIT),
    ("GET", "/v1/register/transfers", AUDIT),
    ("POST", "/v1/register/verify", ANY),
    ("GET", "/v1/people", ADMIN),
    ("POST", "/v1/people", ADMIN),
    ("POST", "/v1/people/{officer}/reset", ADMIN),
    ("POST", "/v1/people/{officer}/suspend", ADMIN),
    ("GET", "/v1/policy", READ),
    ("POST", "/v1/policy", ADMIN),
    ("GET", "/v1/statistics", READ),
    ("GET", "/v1/statistics/csv", READ),
    ("POST", "/v1/keeping/run", ADMIN),
    ("GET", "/v1/keeping/overdue", AUDIT),
    ("GET", "/v1/keeping/frozen", AUDIT),
    ("GET", "/v1/processing", AUDIT),
    ("GET", "/v1/keeping/reviews", AUDIT),
    ("GET", "/v1/keeping/holds", AUDIT),
    ("GET", "/v1/groups", GROUP),
    ("GET", "/v1/groups/{channel}/objects", GROUP),
    ("GET", "/v1/groups/{channel}/objects/{object}", GROUP),
    ("GET", "/v1/groups/{channel}/board", GROUP),
    ("GET", "/v1/groups/{channel}/matrix", GROUP),
    ("GET", "/v1/groups/{channel}/briefing", GROUP),
    ("POST", "/v1/groups/{channel}/events", GROUP),
    ("GET", "/v1/doctor", ADMIN),
    ("GET", "/v1/events", RECORDS),
    ("GET", "/v1/openapi.json", ANY),
];

const ANY: &[Scope] = &Scope::ALL;
const READ: &[Scope] = &[Scope::Read];
const RECORDS: &[Scope] = &[Scope::Read, Scope::Group];
const SEND: &[Scope] = &[Scope::Send];
const ADMIN: &[Scope] = &[Scope::Admin];
const AUDIT: &[Scope] = &[Scope::Audit];
const GROUP: &[Scope] = &[Scope::Group];

fn served() -> BTreeSet<(&'static str, &'static str)> {
    routes()
        .iter()
        .map(|route| (route.verb().as_str(), route.path()))
        .collect()
}

fn listed() -> BTreeSet<(&'static str, &'static str)> {
    TABLE.iter().map(|line| (line.0, line.1)).collect()
}

/// Addresses of the right shape that name nothing.
fn target(route: &Route) -> String {
    let path = route
        .path()
        .replace("{party}", "be.interior")
        .replace("{hash}", &"11".repeat(32))
        .replace("{n}", "0")
        .replace("{officer}", "nobody-here")
        .replace("{channel}", "gmmp")
        .replace("{object}", &format!("be.interior~{}", "22".repeat(16)))
        .replace("{id}", &"22".repeat(16));
    path + "?partner=be.interior&channel=c&name=a.txt&from=be.interior&to=be.interior\
            &purpose=lawfulness"
}

async fn status(router: &Router, route: &Route, token: Option<&str>) -> u16 {
    let mut request = Request::builder()
        .method(route.verb().as_str())
        .uri(target(route))
        .header("host", "localhost:8600");
    if route.verb() == Verb::Post {
        request = request.header("content-type", "application/json");
    }
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::from("{}")).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    answer.status().as_u16()
}

#[test]
fn every_route_stands_in_the_table_and_nothing_else_does() {
    let differ: Vec<_> = served().symmetric_difference(&listed()).copied().collect();
    assert_eq!(differ, []);
}

#[tokio::test(start_paused = true)]
async fn every_route_opens_to_the_scopes_of_the_table_only() {
    let parties = ["ma.interior", "be.interior"];
    let world = World::new(&parties, 3, Faults::default()).await.unwrap();
    let node = world.node(0).unwrap();
    let router = router(node.clone(), Options::tokens());
    let mut tokens = Vec::new();
    for scope in ANY {
        let name = format!("{scope:?}").to_lowercase();
        let (_, secret) = node.create_token(&name, &[*scope]).await.unwrap();
        tokens.push((*scope, secret));
    }
    for (verb, path, scopes) in TABLE {
        let fits = |route: &&Route| (route.verb().as_str(), route.path()) == (*verb, *path);
        let route = routes().iter().find(fits).unwrap();
        assert_eq!(status(&router, route, None).await, 401, "{verb} {path}");
        assert_eq!(
            status(&router, route, Some("guess")).await,
            401,
            "{verb} {path}"
        );
        for (scope, secret) in &tokens {
            let found = status(&router, route, Some(secret)).await;
            let open = ![401, 403].contains(&found);
            assert_eq!(
                open,
                scopes.contains(scope),
                "{verb} {path} {scope:?}: {found}"
            );
            assert!(found < 500, "{verb} {path} {scope:?}: {found}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_of_the_desk_opens_no_route_of_the_api() {
    let desks = crate::world::Desks::open().await;
    let officer = desks.person(0, "officer").await;
    let router = router(desks.node(0).clone(), Options::tokens());
    for route in routes() {
        assert_eq!(status(&router, route, Some(&officer.session)).await, 401);
    }
}
