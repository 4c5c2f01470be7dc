//! What goes wrong in front of the use cases: always the same shape, and nothing is repeated.

use axum::body::Body;
use passerelle_service::view::Scope;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn paths_and_methods_that_do_not_exist() {
    let world = World::rabat().await;
    let client = world.with(Scope::Read);
    let answer = client.get("/v1/secret-thing").await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (404, "E_ROUTE")
    );
    assert!(!answer.text().contains("secret-thing"));
    let answer = client.delete("/v1/node").await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (405, "E_METHOD")
    );
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let client = World::rabat().await.with(Scope::Read);
    let answer = client.send("HEAD", "/v1/node", "", Body::empty()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn parameters_that_cannot_be_read() {
    let world = World::rabat().await;
    for (scope, target) in [
        (Scope::Read, "/v1/records/secret"),
        (Scope::Read, "/v1/records/%ff"),
        (Scope::Read, "/v1/agreements/secret"),
        (Scope::Read, "/v1/records/inbox?before=secret"),
        (Scope::Read, "/v1/records/inbox?limit=0"),
        (Scope::Read, "/v1/records/inbox?limit=501"),
        (Scope::Read, "/v1/records/inbox?limit=-1"),
        (Scope::Read, "/v1/records/inbox?limit=1&limit=1"),
        (Scope::Read, "/v1/records/inbox?secret=1"),
        (Scope::Admin, "/v1/courier"),
        (Scope::Admin, "/v1/courier?to=SECRET"),
    ] {
        let answer = world.with(scope).get(target).await;
        assert_eq!(answer.status, 400, "{target}");
        assert_eq!(answer.code(), "E_PARAMETER", "{target}");
        assert!(!answer.text().to_lowercase().contains("secret"), "{target}");
    }
}

#[tokio::test]
async fn bodies_that_cannot_be_read() {
    let client = World::rabat().await.with(Scope::Admin);
    for (body, code) in [
        (r#"{"name":"x","scopes":[]"#, "E_JSON"),
        (r#"{"name":"x","scopes":[],"secret":1}"#, "E_JSON_SHAPE"),
        (r#"{"name":"secret","scopes":["secret"]}"#, "E_JSON_SHAPE"),
        (r#"{"name":"x"}"#, "E_JSON_SHAPE"),
        (r#"{"name":"x","scopes":[]} secret"#, "E_JSON"),
        ("", "E_JSON"),
    ] {
        let sent = Body::from(body);
        let answer = client
            .send("POST", "/v1/tokens", "application/json", sent)
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (400, code),
            "{body}"
        );
        assert!(!answer.text().contains("secret"), "{}", answer.text());
    }
    let deep = "[".repeat(10_000);
    let answer = client
        .send("POST", "/v1/tokens", "application/json", deep.into())
        .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn media_types_that_are_not_taken() {
    let client = World::rabat().await.with(Scope::Admin);
    for kind in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
    ] {
        let answer = client
            .send("POST", "/v1/tokens", kind, Body::from("{}"))
            .await;
        assert_eq!(answer.status, 415, "{kind}");
        assert_eq!(answer.code(), "E_MEDIA_TYPE");
    }
}

#[tokio::test]
async fn text_that_is_no_text() {
    let client = World::rabat().await.with(Scope::Admin);
    let sent = Body::from(vec![0xff, 0xfe]);
    let answer = client
        .send("POST", "/v1/agreements", "text/plain", sent)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (400, "E_ENCODING")
    );
}

#[tokio::test]
async fn titles_speak_the_callers_language() {
    let client = World::rabat().await.with(Scope::Read);
    for (wish, title) in [
        ("fr-BE", "Introuvable"),
        ("nl", "Niet gevonden"),
        ("ar", "غير موجود"),
    ] {
        let answer = client
            .with("accept-language", wish)
            .get("/v1/nothing")
            .await;
        assert_eq!(answer.json()["title"], title);
        assert_eq!(answer.header("content-language"), &wish[..2]);
    }
}

#[tokio::test]
async fn strangers_cannot_be_synced() {
    let client = World::rabat().await.with(Scope::Send);
    let answer = client
        .post("/v1/partners/be.interior/sync", &json!({}))
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (404, "E_NOT_FOUND")
    );
}
