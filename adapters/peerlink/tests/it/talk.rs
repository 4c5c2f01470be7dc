//! What works.

use std::sync::atomic::Ordering;

use bytes::Bytes;
use passerelle_peerlink::{DialLimits, Error, Limits, NamedGroup};
use tokio::task::JoinSet;

use crate::world::{BRUSSELS, World, key};

#[tokio::test]
async fn two_ends_talk_over_the_hybrid_key_exchange() {
    let world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    assert_eq!(link.key_exchange(), NamedGroup::X25519MLKEM768);
    assert_eq!(link.peer().as_str(), "be.interior");
    assert_eq!(link.peer_key(), key(BRUSSELS));
    let answer = link
        .call("/echo", Bytes::from_static(b"salam"))
        .await
        .unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"salam"[..]));
    let who = link.call("/who", Bytes::new()).await.unwrap();
    assert_eq!(&who.body[..], b"ma.interior", "the server knows who calls");
    assert_eq!(
        link.call("/status?404", Bytes::new()).await.unwrap().status,
        404
    );
    assert!(!link.is_closed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_share_one_connection() {
    let mut world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    let mut calls = JoinSet::new();
    for n in 0..200_u32 {
        let link = link.clone();
        calls.spawn(async move {
            let body = Bytes::from(n.to_be_bytes().repeat(1000));
            assert_eq!(link.call("/echo", body.clone()).await.unwrap().body, body);
        });
    }
    assert_eq!(calls.join_all().await.len(), 200);
    assert!(world.refused.try_recv().is_err());
}

#[tokio::test]
async fn the_longest_message_passes_both_ways_many_times() {
    let world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    let message = Bytes::from(vec![9; Limits::default().message]);
    let mut calls = JoinSet::new();
    for _ in 0..6 {
        let (link, message) = (link.clone(), message.clone());
        calls.spawn(
            async move { link.call("/echo", message.clone()).await.unwrap().body == message },
        );
    }
    assert_eq!(calls.join_all().await, [true; 6]);
}

#[tokio::test]
async fn a_panic_costs_one_call_and_tells_nothing() {
    let mut world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    let failed = link.call("/panic", Bytes::new()).await.unwrap_err();
    assert_eq!(failed, Error::Failed);
    assert!(!failed.to_string().contains("secret"));
    assert_eq!(world.refusal().await, Error::Failed);
    assert!(link.call("/echo", Bytes::new()).await.is_ok());
    assert!(world.connect().await.is_ok());
}

#[tokio::test]
async fn answers_that_are_none_are_failures() {
    let limits = Limits {
        message: 1000,
        ..Limits::default()
    };
    let world = World::new(limits).await;
    let link = world.connect().await.unwrap();
    for path in ["/status?100", "/status?600", "/status?42", "/big?1001"] {
        assert_eq!(
            link.call(path, Bytes::new()).await,
            Err(Error::Failed),
            "{path}"
        );
    }
    assert!(link.call("/big?1000", Bytes::new()).await.is_ok());
}

#[tokio::test]
async fn calls_beyond_the_streams_wait_their_turn() {
    let world = World::new(Limits {
        streams: 4,
        ..Limits::default()
    })
    .await;
    let link = world.connect().await.unwrap();
    world.desk.gate.add_permits(50);
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let link = link.clone();
        calls.spawn(async move { link.call("/gate", Bytes::new()).await.unwrap() });
    }
    assert_eq!(calls.join_all().await.len(), 50);
    assert!(world.desk.most_inside.load(Ordering::SeqCst) <= 4);
}

#[tokio::test]
async fn calls_beyond_the_memory_wait_their_turn() {
    let mut world = World::new(Limits::default()).await;
    let small = DialLimits {
        message: 2048,
        in_flight: 4096,
        ..DialLimits::default()
    };
    let link = world.connect_with(small).await.unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..3 {
        let link = link.clone();
        let body = Bytes::from(vec![0; 2048]);
        calls.spawn(async move { link.call("/gate", body).await.unwrap() });
    }
    world.entered.recv().await.unwrap();
    world.entered.recv().await.unwrap();
    // An empty call has room, and what was sent before it would have arrived before it.
    link.call("/echo", Bytes::new()).await.unwrap();
    assert!(world.entered.try_recv().is_err(), "the third waits");
    world.desk.gate.add_permits(3);
    assert_eq!(calls.join_all().await.len(), 3);
}
