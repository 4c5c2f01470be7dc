//! How connections end.

use std::time::Duration;

use bytes::Bytes;
use passerelle_peerlink::{Connection, Error, Limits, Response};
use tokio::io::AsyncReadExt;
use tokio::task::JoinHandle;

use crate::raw::Raw;
use crate::world::{BRUSSELS, RABAT, World, identity, key, name};

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);

async fn waiting_call(world: &mut World, link: &Connection) -> JoinHandle<Result<Response, Error>> {
    let link = link.clone();
    let call = tokio::spawn(async move { link.call("/gate", Bytes::new()).await });
    world.entered.recv().await.unwrap();
    call
}

#[tokio::test]
async fn closing_the_listener_lets_calls_in_flight_finish() {
    let mut world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    let call = waiting_call(&mut world, &link).await;
    let (gate, dialer) = (world.desk.gate.clone(), world.dialer(RABAT));
    let closing = tokio::spawn(world.listening.shutdown(LONG));
    let address = world.address;
    while let Ok(late) = dialer
        .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
        .await
    {
        late.closed().await;
    }
    assert!(!closing.is_finished());
    gate.add_permits(1);
    assert_eq!(&call.await.unwrap().unwrap().body[..], b"through");
    closing.await.unwrap();
    link.closed().await;
    assert_eq!(link.call("/echo", Bytes::new()).await, Err(Error::Closed));
}

#[tokio::test]
async fn calls_that_outlast_the_grace_are_cut() {
    let mut world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    let call = waiting_call(&mut world, &link).await;
    world.listening.shutdown(SHORT).await;
    let cut = call.await.unwrap().unwrap_err();
    assert!(matches!(cut, Error::Closed | Error::Cut), "{cut:?}");
}

#[tokio::test]
async fn dropping_the_listener_closes_it() {
    let world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    drop(world.listening);
    link.closed().await;
    assert!(link.is_closed());
}

#[tokio::test]
async fn an_idle_connection_is_closed_but_not_one_that_waits() {
    let mut world = World::new(Limits {
        idle: SHORT,
        ..Limits::default()
    })
    .await;
    let (link, other) = (
        world.connect().await.unwrap(),
        world.connect().await.unwrap(),
    );
    let call = waiting_call(&mut world, &link).await;
    other.closed().await;
    assert_eq!(other.call("/echo", Bytes::new()).await, Err(Error::Closed));
    world.desk.gate.add_permits(1);
    assert!(call.await.unwrap().is_ok());
    link.closed().await;
}

#[tokio::test]
async fn an_idle_connection_that_will_not_end_is_cut() {
    let limits = Limits {
        idle: SHORT,
        exchange: SHORT,
        ..Limits::default()
    };
    let mut world = World::new(limits).await;
    let mut mute = Raw::proper(RABAT).connect(&world.address).await.unwrap();
    let _ = mute.read_to_end(&mut Vec::new()).await;
    assert_eq!(
        world.refusal().await,
        Error::Timeout("closing an idle connection")
    );
}

#[tokio::test]
async fn dropping_the_last_handle_closes_the_connection() {
    let world = World::new(Limits {
        connections: 1,
        ..Limits::default()
    })
    .await;
    let link = world.connect().await.unwrap();
    let copy = link.clone();
    drop(link);
    assert!(copy.call("/echo", Bytes::new()).await.is_ok());
    drop(copy);
    while let Err(error) = world.connect().await {
        assert_eq!(error, Error::Busy);
    }
}

#[tokio::test]
async fn an_address_in_use_is_an_error() {
    let world = World::new(Limits::default()).await;
    let rabat = identity(RABAT);
    let again = passerelle_peerlink::Listener::bind(
        world.listening.local_addr(),
        &rabat,
        world.server_book.clone(),
        world.desk.clone(),
        Limits::default(),
    );
    assert_eq!(again.await.unwrap_err().code(), "E_PEER_BIND");
}
