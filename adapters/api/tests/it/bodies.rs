//! Limits and streams.

use axum::body::Body;
use futures_util::stream;
use passerelle_api::{MAX_SMALL_JSON_BYTES, MAX_UPLOAD_BYTES};
use passerelle_service::view::Scope;

use crate::world::World;

type Piece = Result<Vec<u8>, std::io::Error>;

#[tokio::test]
async fn a_body_announced_too_long_is_not_read() {
    let world = World::rabat().await;
    let unread = || {
        Body::from_stream(stream::poll_fn(|_| -> std::task::Poll<Option<Piece>> {
            panic!("read")
        }))
    };
    let long = (MAX_SMALL_JSON_BYTES + 1).to_string();
    let admin = world.with(Scope::Admin).with("content-length", &long);
    let answer = admin
        .send("POST", "/v1/tokens", "application/json", unread())
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (413, "E_TOO_LARGE")
    );
    let long = (MAX_UPLOAD_BYTES + 1).to_string();
    let sender = world.with(Scope::Send).with("content-length", &long);
    let answer = sender
        .send("POST", "/v1/attachments?name=a", "", unread())
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (413, "E_TOO_LARGE")
    );
}

#[tokio::test]
async fn a_body_that_grows_too_long_is_given_up() {
    let admin = World::rabat().await.with(Scope::Admin);
    let endless = Body::from_stream(stream::repeat_with(|| Piece::Ok(vec![b' '; 1000])));
    let answer = admin
        .send("POST", "/v1/tokens", "application/json", endless)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (413, "E_TOO_LARGE")
    );
}

#[tokio::test]
async fn an_upload_that_is_cut_is_not_staged() {
    let sender = World::rabat().await.with(Scope::Send);
    let cut = || Piece::Err(std::io::Error::other("reset"));
    let body = Body::from_stream(stream::iter([Piece::Ok(b"abc".to_vec()), cut()]));
    let answer = sender.post_octets("/v1/attachments?name=a.txt", body).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (400, "E_BODY_CUT")
    );
}

#[tokio::test]
async fn an_upload_is_taken_in_pieces() {
    let sender = World::rabat().await.with(Scope::Send);
    let piece = |n: u32| {
        let mut piece = vec![n as u8; 10_007];
        if n == 0 {
            piece[..8].copy_from_slice(b"%PDF-1.7");
        }
        Piece::Ok(piece)
    };
    let pieces = stream::iter((0..300_u32).map(piece));
    let target = "/v1/attachments?name=%D9%85%D8%AD%D8%B6%D8%B1.pdf&type=application/pdf";
    let staged = sender
        .post_octets(target, Body::from_stream(pieces))
        .await
        .good();
    assert_eq!(staged.status, 201);
    assert_eq!(staged.json()["bytes"], 300 * 10_007);
    assert_eq!(staged.json()["name"], "محضر.pdf");
}

#[tokio::test]
async fn idempotency_keys_have_1_to_64_bytes() {
    let sender = World::rabat().await.with(Scope::Send);
    for key in [String::new(), "k".repeat(65)] {
        let client = sender.with("idempotency-key", &key);
        let answer = client.post("/v1/records", &serde_json::json!({})).await;
        assert_eq!(answer.code(), "E_PARAMETER");
    }
}
