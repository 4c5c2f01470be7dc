//! Too long, too many, too slow.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty, Full};
use passerelle_peerlink::{DialLimits, Error, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::raw::{Raw, Stub};
use crate::world::{BRUSSELS, RABAT, World, key, name};

/// Long enough for an honest step on a loaded machine, short enough to wait for its end.
const SHORT: Duration = Duration::from_millis(50);

fn post(length: Option<&str>, body: Stub) -> Request<Stub> {
    let request = Request::post("https://be.interior/echo");
    match length {
        Some(length) => request.header("content-length", length).body(body).unwrap(),
        None => request.body(body).unwrap(),
    }
}

#[tokio::test]
async fn a_message_above_the_limit_is_refused_and_the_connection_serves_on() {
    let mut world = World::new(Limits {
        message: 1000,
        ..Limits::default()
    })
    .await;
    let link = world.connect().await.unwrap();
    let long = Bytes::from(vec![0; 1001]);
    assert_eq!(link.call("/echo", long).await, Err(Error::TooLarge));
    assert_eq!(world.refusal().await, Error::TooLarge);
    assert!(link.call("/echo", Bytes::from(vec![0; 1000])).await.is_ok());
}

#[tokio::test]
async fn a_message_far_above_the_limit_is_refused_while_it_is_sent() {
    let world = World::new(Limits {
        message: 1000,
        ..Limits::default()
    })
    .await;
    let link = world.connect().await.unwrap();
    let long = Bytes::from(vec![0; DialLimits::default().message]);
    assert_eq!(link.call("/echo", long).await, Err(Error::TooLarge));
    assert!(link.call("/echo", Bytes::new()).await.is_ok());
}

#[tokio::test]
async fn a_declared_length_is_judged_before_any_of_it_comes() {
    let world = World::new(Limits::default()).await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 65_535).await;
    let nothing = Stub {
        piece: None,
        ends: false,
    };
    let refused = raw
        .send_request(post(Some("99999999999"), nothing))
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.headers()["passerelle-refusal"], "E_PEER_TOO_LARGE");
    assert!(
        refused
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .is_empty()
    );
}

#[tokio::test]
async fn a_length_must_be_declared_and_kept() {
    let world = World::new(Limits::default()).await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 65_535).await;
    let body = || Stub {
        piece: Some(Bytes::from_static(b"twelve bytes")),
        ends: true,
    };
    let refused = raw.send_request(post(None, body())).await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    for wrong in ["10", "20"] {
        let cut = raw.send_request(post(Some(wrong), body())).await;
        assert!(
            cut.is_err() || cut.unwrap().status() == StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
    assert!(
        raw.send_request(post(Some("12"), body()))
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

#[tokio::test]
async fn only_posts_of_a_short_path_are_calls() {
    let world = World::new(Limits::default()).await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 65_535).await;
    let get = Request::get("https://be.interior/echo")
        .body(Empty::<Bytes>::new())
        .unwrap();
    assert_eq!(
        raw.send_request(get).await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
    let long = format!("https://be.interior/{}", "a".repeat(1024));
    let post = Request::post(long).body(Empty::new()).unwrap();
    assert_eq!(
        raw.send_request(post).await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn long_header_fields_are_refused() {
    let world = World::new(Limits {
        header_list: 1024,
        ..Limits::default()
    })
    .await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 65_535).await;
    let request = Request::post("https://be.interior/echo").header("x", "y".repeat(2000));
    let answer = raw
        .send_request(request.body(Full::new(Bytes::new())).unwrap())
        .await;
    assert!(answer.is_err() || answer.unwrap().status() == 431);
}

#[tokio::test]
async fn a_request_that_stalls_is_cut_off() {
    let mut world = World::new(Limits {
        read: SHORT,
        ..Limits::default()
    })
    .await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 65_535).await;
    let stalls = Stub {
        piece: Some(Bytes::from_static(b"1")),
        ends: false,
    };
    let refused = raw.send_request(post(Some("10"), stalls)).await.unwrap();
    assert_eq!(refused.status(), StatusCode::REQUEST_TIMEOUT);
    assert_eq!(refused.headers()["passerelle-refusal"], "E_PEER_TIMEOUT");
    assert_eq!(world.refusal().await, Error::Timeout("reading a request"));
}

#[tokio::test]
async fn a_reader_that_opens_no_window_is_cut_off() {
    let mut world = World::new(Limits {
        exchange: SHORT,
        ..Limits::default()
    })
    .await;
    let mut raw = Raw::proper(RABAT).http2(&world.address, 1000).await;
    let request = Request::post("https://be.interior/big?1000000").body(Empty::<Bytes>::new());
    let answer = raw.send_request(request.unwrap()).await.unwrap();
    assert_eq!(world.refusal().await, Error::Timeout("a whole call"));
    assert!(answer.into_body().collect().await.is_err());
}

#[tokio::test]
async fn a_handshake_that_stalls_is_cut_off() {
    let mut world = World::new(Limits {
        handshake: SHORT,
        ..Limits::default()
    })
    .await;
    let mut silent = TcpStream::connect(&world.address).await.unwrap();
    assert_eq!(silent.read(&mut [0; 16]).await.unwrap(), 0);
    assert_eq!(world.refusal().await, Error::Timeout("TLS handshake"));
}

#[tokio::test]
async fn handshakes_beyond_the_limit_are_refused() {
    let mut world = World::new(Limits {
        handshakes: 1,
        ..Limits::default()
    })
    .await;
    let silent = TcpStream::connect(&world.address).await.unwrap();
    assert_eq!(world.connect().await.unwrap_err(), Error::Closed);
    assert_eq!(world.refusal().await, Error::Busy);
    drop(silent);
    assert_eq!(
        world.refusal().await,
        Error::Closed,
        "its place is free again"
    );
    assert!(world.connect().await.is_ok());
}

#[tokio::test]
async fn connections_of_one_party_are_limited_and_places_come_back() {
    let mut world = World::new(Limits {
        connections_per_peer: 1,
        ..Limits::default()
    })
    .await;
    let first = world.connect().await.unwrap();
    assert_eq!(world.connect().await.unwrap_err(), Error::Busy);
    assert_eq!(world.refusal().await, Error::Busy);
    assert!(
        world.dial(&world.dialer(BRUSSELS)).await.is_ok(),
        "another party has a place"
    );
    drop(first);
    while let Err(error) = world.connect().await {
        assert_eq!(error, Error::Busy);
    }
}

#[tokio::test]
async fn connections_are_limited_in_all() {
    let world = World::new(Limits {
        connections: 1,
        ..Limits::default()
    })
    .await;
    let _first = world.connect().await.unwrap();
    let second = world.dial(&world.dialer(BRUSSELS)).await;
    assert_eq!(second.unwrap_err(), Error::Busy);
}

#[tokio::test]
async fn calls_given_up_by_the_caller_keep_their_place_until_they_end() {
    let mut world = World::new(Limits {
        streams: 1,
        ..Limits::default()
    })
    .await;
    let hasty = DialLimits {
        call: SHORT,
        ..DialLimits::default()
    };
    let link = world.connect_with(hasty).await.unwrap();
    let given_up = link.call("/gate", Bytes::new()).await.unwrap_err();
    assert_eq!(given_up, Error::Timeout("the partner's answer"));
    world.entered.recv().await.unwrap();
    assert_eq!(link.call("/echo", Bytes::new()).await, Err(Error::Busy));
    world.desk.gate.add_permits(1);
    while let Err(error) = link.call("/echo", Bytes::new()).await {
        assert_eq!(error, Error::Busy);
    }
}

#[tokio::test]
async fn messages_beyond_the_memory_are_refused() {
    let limits = Limits {
        message: 2048,
        receiving: 2048,
        ..Limits::default()
    };
    let mut world = World::new(limits).await;
    let link = world.connect().await.unwrap();
    let body = Bytes::from(vec![0; 2048]);
    let first = tokio::spawn({
        let (link, body) = (link.clone(), body.clone());
        async move { link.call("/gate", body).await }
    });
    world.entered.recv().await.unwrap();
    assert_eq!(link.call("/echo", body.clone()).await, Err(Error::Busy));
    world.desk.gate.add_permits(1);
    assert!(first.await.unwrap().is_ok());
    assert!(link.call("/echo", body).await.is_ok());
}

#[tokio::test]
async fn the_caller_keeps_its_own_limits() {
    let world = World::new(Limits::default()).await;
    let small = DialLimits {
        message: 10,
        ..DialLimits::default()
    };
    let link = world.connect_with(small).await.unwrap();
    assert_eq!(
        link.call("/echo", Bytes::from(vec![0; 11])).await,
        Err(Error::TooLarge)
    );
    assert_eq!(
        link.call("/big?11", Bytes::new()).await,
        Err(Error::TooLarge)
    );
    assert_eq!(link.call("echo", Bytes::new()).await, Err(Error::Path));
    assert!(link.call("/big?10", Bytes::new()).await.is_ok());
}

#[tokio::test]
async fn a_server_that_stays_silent_is_given_up() {
    let world = World::new(Limits::default()).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let hasty = DialLimits {
        handshake: SHORT,
        ..DialLimits::default()
    };
    let dialer = world.dialer(RABAT).with_limits(hasty);
    let given_up = dialer
        .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
        .await;
    assert_eq!(given_up.unwrap_err(), Error::Timeout("TLS handshake"));
    drop(silent);
    let gone = dialer
        .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
        .await;
    assert_eq!(gone.unwrap_err().code(), "E_PEER_UNREACHABLE");
}

/// The client's preface and an empty SETTINGS frame (RFC 9113, sections 3.4 and 6.5).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

#[tokio::test]
async fn a_client_that_answers_no_pings_is_cut_off() {
    let world = World::new(Limits {
        keepalive: SHORT,
        ..Limits::default()
    })
    .await;
    let mut tls = Raw::proper(RABAT).connect(&world.address).await.unwrap();
    tls.write_all(PREFACE).await.unwrap();
    let mut heard = Vec::new();
    // However it ends, it ends.
    let _ = tls.read_to_end(&mut heard).await;
    assert!(!heard.is_empty());
}

#[tokio::test]
async fn a_server_that_answers_no_pings_is_given_up() {
    let world = World::new(Limits::default()).await;
    let serve = async |tls: std::io::Result<tokio_rustls::server::TlsStream<TcpStream>>| {
        let mut tls = tls.unwrap();
        tls.write_all(&PREFACE[24..]).await.unwrap();
        let _ = tls.read_to_end(&mut Vec::new()).await;
    };
    let address = Raw::proper(BRUSSELS).listen(serve).await;
    let hasty = DialLimits {
        keepalive: SHORT,
        ..DialLimits::default()
    };
    let dialer = world.dialer(RABAT).with_limits(hasty);
    let link = dialer
        .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
        .await
        .unwrap();
    link.closed().await;
    assert_eq!(link.call("/echo", Bytes::new()).await, Err(Error::Closed));
}
