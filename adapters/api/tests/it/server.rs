//! The listener, on a socket.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use futures_util::stream;
use passerelle_api::{MAX_CONNECTIONS, MAX_HEADER_BYTES, Options, router, serve};
use passerelle_service::view::Scope;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::world::World;

struct Served {
    address: std::net::SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
}

impl Served {
    async fn new(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let ended = tokio::spawn(serve(listener, router, stopped));
        Self {
            address,
            stop,
            ended,
        }
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut tcp = TcpStream::connect(self.address).await.unwrap();
        tcp.write_all(text.as_bytes()).await.unwrap();
        tcp
    }

    /// Sends one request and reads until the connection ends.
    async fn ask(&self, text: &str) -> String {
        rest(&mut self.send(text).await).await
    }
}

async fn rest(tcp: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that is cut gives what came before.
    let _ = tcp.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// Reads until what was read ends with `end`.
async fn until(tcp: &mut TcpStream, end: &str) -> String {
    let mut answer = String::new();
    while !answer.ends_with(end) {
        let byte = tcp.read_u8().await.unwrap();
        answer.push(char::from(byte));
    }
    answer
}

fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

const HELLO: &str = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

#[tokio::test]
async fn a_program_asks_over_the_socket() {
    let world = World::rabat().await;
    let served = Served::new(router(world.node.clone(), Options::tokens())).await;
    let secret = world.secret(Scope::Read);
    let request = format!(
        "GET /v1/node HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {secret}\r\nconnection: close\r\n\r\n",
        served.address,
    );
    let answer = served.ask(&request).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains(r#""party":"ma.interior""#), "{answer}");
    let rebound = request.replace("host: 127", "host: 227");
    assert!(served.ask(&rebound).await.starts_with("HTTP/1.1 421 "));
}

#[tokio::test]
async fn long_headers_are_refused() {
    let served = Served::new(hello()).await;
    let long = "x".repeat(MAX_HEADER_BYTES);
    let answer = served
        .ask(&format!("GET / HTTP/1.1\r\na: {long}\r\n\r\n"))
        .await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let many = "a: b\r\n".repeat(65);
    let answer = served.ask(&format!("GET / HTTP/1.1\r\n{many}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_slow_header_ends_the_connection() {
    let served = Served::new(hello()).await;
    let mut slow = served.send("GET / HTTP/1.1\r\nhost: loc").await;
    let answer = rest(&mut slow).await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_ends() {
    let served = Served::new(hello()).await;
    let mut idle = served.send(HELLO).await;
    let answer = rest(&mut idle).await;
    assert!(answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn callers_beyond_the_limit_wait_for_a_seat() {
    let served = Served::new(hello()).await;
    let mut seated = Vec::new();
    for _ in 0..MAX_CONNECTIONS {
        let mut tcp = served.send(HELLO).await;
        until(&mut tcp, "hello").await;
        seated.push(tcp);
    }
    let mut waiting = served.send(HELLO).await;
    // Whoever sits is still served, twice over, while the late one gets nothing.
    for tcp in seated.iter_mut().take(2) {
        tcp.write_all(HELLO.as_bytes()).await.unwrap();
        until(tcp, "hello").await;
    }
    assert!(waiting.try_read(&mut [0; 1]).is_err());
    seated.pop();
    until(&mut waiting, "hello").await;
}

#[tokio::test]
async fn an_answer_that_fails_half_way_is_no_whole_answer() {
    let pieces = || {
        let broken = std::io::Error::other("disk");
        Body::from_stream(stream::iter([Ok("part"), Err(broken)]))
    };
    let served = Served::new(Router::new().route("/", get(move || async move { pieces() }))).await;
    let answer = served.ask(HELLO).await;
    assert!(!answer.ends_with("0\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn a_stop_ends_streams_and_idle_connections_and_the_server() {
    let world = World::rabat().await;
    let served = Served::new(router(world.node.clone(), Options::tokens())).await;
    let secret = world.secret(Scope::Read);
    let events = format!(
        "GET /v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {secret}\r\n\r\n"
    );
    let mut follower = served.send(&events).await;
    let head = until(&mut follower, "\r\n\r\n").await;
    assert!(
        head.contains("content-type: text/event-stream\r\n"),
        "{head}"
    );
    assert!(head.contains("cache-control: no-store\r\n"), "{head}");
    let mut idle = served.send(&events.replace("events", "nothing")).await;
    until(&mut idle, "}").await;
    served.stop.send_replace(true);
    assert!(
        rest(&mut follower).await.ends_with("0\r\n\r\n"),
        "a clean end"
    );
    assert_eq!(rest(&mut idle).await, "");
    served.ended.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn a_server_whose_owner_is_gone_stops() {
    let served = Served::new(hello()).await;
    drop(served.stop);
    served.ended.await.unwrap();
}

#[tokio::test]
async fn an_answer_under_way_is_finished_and_says_that_it_is_the_last() {
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (ours, theirs) = (Arc::clone(&begun), Arc::clone(&go));
    let slow = get(move || async move {
        begun.notify_one();
        go.notified().await;
        "done"
    });
    let served = Served::new(Router::new().route("/", slow)).await;
    let mut tcp = served.send(HELLO).await;
    ours.notified().await;
    served.stop.send_replace(true);
    // A closed port shows that the server knows; its connections learn it in the same turn.
    while TcpStream::connect(served.address).await.is_ok() {}
    theirs.notify_one();
    let answer = rest(&mut tcp).await;
    assert!(answer.ends_with("done"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    served.ended.await.unwrap();
}
