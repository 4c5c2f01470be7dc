//! Every route × {no token, another's token, wrong scope, right scope}.

use axum::body::Body;
use http_body_util::BodyExt as _;
use passerelle_api::{Need, Route, Verb, routes};
use passerelle_service::view::Scope;
use serde_json::json;

use crate::client::Answer;
use crate::world::World;

const SCOPES: [Scope; 3] = [Scope::Read, Scope::Send, Scope::Admin];

/// A request that the route understands, as far as its address goes.
fn target(route: &Route) -> String {
    let hash = "11".repeat(32);
    let path = route
        .path()
        .replace("{party}", "be.interior")
        .replace("{hash}", &hash)
        .replace("{n}", "0")
        .replace("{channel}", "gmmp")
        .replace("{object}", &format!("be.interior~{}", "22".repeat(16)))
        .replace("{id}", &"22".repeat(16));
    let query = match (route.verb(), route.path()) {
        (Verb::Get, "/v1/agreements/template") => "?partner=be.interior&channel=c",
        (Verb::Post, "/v1/attachments") => "?name=a.txt",
        (Verb::Post, "/v1/records/{id}/read") => "?from=be.interior",
        (Verb::Get, "/v1/courier") => "?to=be.interior",
        _ => "",
    };
    path + query
}

fn kind(route: &Route) -> &'static str {
    match route.path() {
        _ if route.verb() != Verb::Post => "",
        "/v1/agreements" | "/v1/cards/inspect" => "text/plain",
        "/v1/attachments" | "/v1/courier" => "application/octet-stream",
        _ => "application/json",
    }
}

async fn refused(client: &crate::client::Client, route: &Route) -> Answer {
    // A body that nobody may read before the caller is known.
    let body = Body::from_stream(futures_util::stream::poll_fn(
        |_| -> std::task::Poll<Option<Result<Vec<u8>, std::io::Error>>> { panic!("read") },
    ));
    client
        .send(route.verb().as_str(), &target(route), kind(route), body)
        .await
}

#[tokio::test]
async fn without_a_known_token_every_route_is_closed() {
    let world = World::rabat().await;
    let stranger = world.stranger();
    let guesses = [
        stranger.clone(),
        stranger.with_secret("wrong"),
        stranger.with_secret(&"x".repeat(300)),
        stranger.with("authorization", "Basic abc"),
        stranger.with("authorization", &world.secret(Scope::Admin)[1..]),
    ];
    for route in routes() {
        let mut bodies = Vec::new();
        for guess in &guesses {
            let answer = refused(guess, route).await;
            assert_eq!(answer.status, 401, "{}", route.path());
            assert_eq!(answer.code(), "E_TOKEN");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            bodies.push(answer.body);
        }
        bodies.dedup();
        assert_eq!(
            bodies.len(),
            1,
            "{}: a wrong token looks like none",
            route.path()
        );
    }
}

#[tokio::test]
async fn the_wrong_scope_is_refused_and_the_right_one_is_not() {
    let world = World::rabat().await;
    for route in routes() {
        for scope in SCOPES {
            let client = world.with(scope);
            let right = match route.need() {
                Need::Token => true,
                Need::Scope(needed) => needed == scope,
                Need::Records => matches!(scope, Scope::Read | Scope::Group),
            };
            if !right {
                let answer = refused(&client, route).await;
                assert_eq!(answer.status, 403, "{} {scope:?}", route.path());
                assert_eq!(answer.code(), "E_TOKEN_SCOPE");
                continue;
            }
            let (verb, target) = (route.verb().as_str(), target(route));
            let answer = client
                .open(verb, &target, kind(route), Body::from("{}"))
                .await;
            assert!(
                ![401, 403].contains(&answer.status().as_u16()),
                "{}",
                route.path()
            );
        }
    }
}

#[tokio::test]
async fn a_revoked_token_is_closed_at_once() {
    let world = World::rabat().await;
    let admin = world.with(Scope::Admin);
    let draft = json!({ "name": "archive", "scopes": ["read"] });
    let made = admin.post("/v1/tokens", &draft).await.good().json();
    let reader = world
        .stranger()
        .with_secret(made["secret"].as_str().unwrap());
    assert_eq!(reader.get("/v1/partners").await.status, 200);
    let id = made["token"]["id"].as_str().unwrap();
    let listed = admin.get("/v1/tokens").await.good().json();
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .any(|token| token["id"] == id)
    );
    assert_eq!(admin.delete(&format!("/v1/tokens/{id}")).await.status, 204);
    assert_eq!(reader.get("/v1/partners").await.status, 401);
}

#[tokio::test]
async fn inside_the_process_nothing_is_asked() {
    let world = World::rabat().await;
    let inside = world.inside().with("host", "");
    assert_eq!(inside.get("/v1/tokens").await.good().status, 200);
    let about = inside.get("/v1/node").await.good().json();
    assert_eq!(about["party"], "ma.interior");
    assert_eq!(about["schema"], 1);
}

#[tokio::test]
async fn other_names_and_other_sites_are_refused_before_the_token() {
    let world = World::rabat().await;
    let stranger = world.stranger();
    let rebound = stranger.with("host", "evil.example:8600");
    assert_eq!(rebound.get("/v1/node").await.status, 421);
    assert_eq!(rebound.get("/no-such-path").await.code(), "E_HOST");
    let page = world.with(Scope::Read).with("sec-fetch-site", "cross-site");
    assert_eq!(page.get("/v1/partners").await.code(), "E_CROSS_SITE");
}

#[tokio::test]
async fn a_preflight_is_not_answered_with_permission() {
    let world = World::rabat().await;
    let page = world.stranger().with("origin", "http://localhost:8600");
    let answer = page.send("OPTIONS", "/v1/node", "", Body::empty()).await;
    assert_eq!(answer.status, 405);
}

#[tokio::test(start_paused = true)]
async fn a_silent_feed_gives_signs_of_life_until_its_token_is_revoked() {
    let world = World::rabat().await;
    let reader = world.with(Scope::Read);
    let feed = reader.open("GET", "/v1/events", "", Body::empty()).await;
    let mut feed = feed.into_body();
    let sign = feed.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(sign, ": alive\n\n");
    let admin = world.with(Scope::Admin);
    let tokens = admin.get("/v1/tokens").await.good().json();
    let mut ids = tokens.as_array().unwrap().iter();
    let id = ids.find(|token| token["name"] == "read").unwrap()["id"]
        .as_str()
        .unwrap();
    admin.delete(&format!("/v1/tokens/{id}")).await.good();
    assert!(feed.frame().await.is_none());
}
