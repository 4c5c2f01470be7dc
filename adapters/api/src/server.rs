//! The listener: plain HTTP/1.1 on an address that the caller has bound, usually loopback.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use crate::limits::{
    MAX_CONNECTIONS, MAX_HEADER_BYTES, MAX_HEADER_TIME, MAX_HEADERS, MAX_SHUTDOWN_TIME,
};

/// Serves `router` on `listener` until `stop` holds `true` or its sender is gone; then takes no
/// more requests, lets the answers under way finish within [`MAX_SHUTDOWN_TIME`], and cuts what
/// is left. Streams of events end at once.
///
/// A request whose header is no HTTP, too long ([`MAX_HEADER_BYTES`], [`MAX_HEADERS`]) or too
/// slow ([`MAX_HEADER_TIME`]) never reaches the router; its connection is closed.
pub async fn serve(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) {
    let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut stopped = Stopped(stop);
    let mut connections = JoinSet::new();
    loop {
        // Waits for a free seat before it takes a caller from the queue.
        let arrival = async {
            let seat = Arc::clone(&seats).acquire_owned().await;
            (seat, listener.accept().await)
        };
        let (seat, arrival) = tokio::select! {
            () = stopped.wait() => break,
            arrival = arrival => arrival,
            Some(_) = connections.join_next() => continue,
        };
        let Ok((tcp, _)) = arrival else {
            // Out of descriptors or memory: the queue waits while others leave.
            sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let conversation = converse(tcp, router.clone(), stopped.clone());
        connections.spawn(async move {
            conversation.await;
            drop(seat);
        });
    }
    drop(listener);
    let all_gone = async { while connections.join_next().await.is_some() {} };
    if timeout(MAX_SHUTDOWN_TIME, all_gone).await.is_err() {
        connections.shutdown().await;
    }
}

const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Resolves when the server stops. Requests carry it, so that an endless answer can end.
#[derive(Clone)]
pub(crate) struct Stopped(watch::Receiver<bool>);

impl Stopped {
    pub(crate) async fn wait(&mut self) {
        // An error says that the sender is gone: nobody could stop us later.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

async fn converse(tcp: TcpStream, router: Router, mut stopped: Stopped) {
    let told = stopped.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(told.clone());
        router.clone().oneshot(request.map(Body::new))
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(MAX_HEADER_TIME)
            .max_header_size(MAX_HEADER_BYTES)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_BUFFER_BYTES)
            .serve_connection(TokioIo::new(tcp), service)
    );
    // How a connection ended is its caller's affair: a cut one has no answer to give.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stopped.wait() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// What one connection may hold unread or unsent.
const MAX_BUFFER_BYTES: usize = 64 << 10;
