//! One authenticated connection at the listening end: HTTP/2, its limits, its calls.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{Method, StatusCode};
use hyper::body::Incoming;
use hyper::rt::Executor;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

use crate::body::{Pieces, declared, read};
use crate::limits::MAX_PATH_BYTES;
use crate::listener::closing;
use crate::{Error, Handler, Limits, PeerName, Pins, Request, Response, refusal};

/// What every connection of a listener shares.
pub(crate) struct Room {
    pub(crate) pins: Arc<dyn Pins>,
    pub(crate) handler: Arc<dyn Handler>,
    pub(crate) limits: Limits,
}

/// The partner at the other end of one connection.
pub(crate) struct Caller {
    room: Arc<Room>,
    peer: PeerName,
    key: [u8; 32],
    from: SocketAddr,
    /// One permit per call, held until its handler ends: a caller that starts calls and resets
    /// them at once (CVE-2023-44487) runs out of permits, not us out of memory.
    calls: Arc<Semaphore>,
    /// Permits of [`UNIT`] bytes for messages under way or under treatment.
    memory: Arc<Semaphore>,
    /// Calls begun so far; tells an idle connection from a busy one.
    begun: AtomicU64,
}

impl Caller {
    pub(crate) fn new(
        room: Arc<Room>,
        peer: PeerName,
        key: [u8; 32],
        from: SocketAddr,
    ) -> Arc<Self> {
        let calls = Arc::new(Semaphore::new(room.limits.streams as usize));
        let receiving = room.limits.receiving.max(room.limits.message);
        let memory = Arc::new(Semaphore::new(receiving.div_ceil(UNIT)));
        Arc::new(Self {
            room,
            peer,
            key,
            from,
            calls,
            memory,
            begun: AtomicU64::new(0),
        })
    }

    /// Serves the connection until either end closes it, and waits for its last handler.
    pub(crate) async fn converse(
        self: Arc<Self>,
        tls: TlsStream<TcpStream>,
        stop: watch::Receiver<Option<Duration>>,
    ) -> Result<(), Error> {
        let caller = Arc::clone(&self);
        let service = service_fn(move |request| Arc::clone(&caller).answer(request));
        let http2 = self.http2().serve_connection(TokioIo::new(tls), service);
        let outcome = self.drive(pin!(http2), stop).await;
        let _ = self.calls.acquire_many(self.room.limits.streams).await;
        outcome
    }

    fn http2(self: &Arc<Self>) -> http2::Builder<Calls> {
        let limits = &self.room.limits;
        let mut builder = http2::Builder::new(Calls(Arc::clone(self)));
        builder
            .timer(TokioTimer::new())
            .auto_date_header(false)
            .max_concurrent_streams(limits.streams)
            .max_header_list_size(limits.header_list)
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .keep_alive_interval(limits.keepalive)
            .keep_alive_timeout(limits.keepalive);
        builder
    }

    /// Runs the connection; when it idles or the listener closes, asks for its end and cuts it
    /// if that does not come.
    async fn drive<C>(
        &self,
        mut connection: Pin<&mut C>,
        mut stop: watch::Receiver<Option<Duration>>,
    ) -> Result<(), Error>
    where
        C: GracefulConnection,
    {
        let reason = tokio::select! {
            // Who hangs up, how rudely ever, is gone: nothing to report.
            _ = connection.as_mut() => return Ok(()),
            _ = closing(&mut stop) => Error::Timeout("closing the listener"),
            () = self.idles() => Error::Timeout("closing an idle connection"),
        };
        connection.as_mut().graceful_shutdown();
        let ended = timeout(self.room.limits.exchange, connection).await;
        ended.map(drop).map_err(|_| reason)
    }

    async fn idles(&self) {
        let mut before = None;
        loop {
            let begun = self.begun.load(Ordering::Relaxed);
            let resting = self.calls.available_permits() == self.room.limits.streams as usize;
            if resting && before == Some(begun) {
                return;
            }
            before = Some(begun);
            sleep(self.room.limits.idle).await;
        }
    }

    async fn answer(
        self: Arc<Self>,
        request: http::Request<Incoming>,
    ) -> Result<http::Response<Pieces>, Infallible> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        Ok(self.treat(request).await.unwrap_or_else(|why| {
            self.room.handler.refused(self.from, &why);
            refusal::answer(&why)
        }))
    }

    async fn treat(
        &self,
        request: http::Request<Incoming>,
    ) -> Result<http::Response<Pieces>, Error> {
        if self.room.pins.party_of(&self.key).as_ref() != Some(&self.peer) {
            return Err(Error::KeyRefused);
        }
        let path = path(&request)?;
        let length = declared(request.headers(), request.body(), self.room.limits.message)?;
        let held = self.reserve(length)?;
        let body = timeout(self.room.limits.read, read(request.into_body(), length));
        let body = body.await.map_err(|_| Error::Timeout(READING))??;
        let response = self.run(Request { path, body }, held).await?;
        self.reply(response)
    }

    /// A place for one call and its message, or a refusal at once: waiting here would keep
    /// the connection's window from the calls that have a place.
    fn reserve(&self, length: usize) -> Result<Held, Error> {
        let units = u32::try_from(length.div_ceil(UNIT)).map_err(|_| Error::TooLarge)?;
        let call = Arc::clone(&self.calls)
            .try_acquire_owned()
            .map_err(|_| Error::Busy)?;
        let memory = Arc::clone(&self.memory).try_acquire_many_owned(units);
        Ok((call, memory.map_err(|_| Error::Busy)?))
    }

    /// Runs the handler in its own task: it ends what it began even when the caller resets
    /// the call, and a panic stays inside.
    async fn run(&self, request: Request, held: Held) -> Result<Response, Error> {
        let (handler, peer) = (Arc::clone(&self.room.handler), self.peer.clone());
        let task = tokio::spawn(async move {
            let response = handler.handle(peer, request).await;
            drop(held);
            response
        });
        task.await.map_err(|_| Error::Failed)
    }

    fn reply(&self, response: Response) -> Result<http::Response<Pieces>, Error> {
        let status = StatusCode::from_u16(response.status).map_err(|_| Error::Failed)?;
        let sound = (200..600).contains(&response.status);
        if !sound || response.body.len() > self.room.limits.message {
            return Err(Error::Failed);
        }
        let mut reply = http::Response::new(Pieces::new(response.body));
        *reply.status_mut() = status;
        Ok(reply)
    }
}

/// A call's permits.
type Held = (OwnedSemaphorePermit, OwnedSemaphorePermit);

/// Runs the HTTP/2 layer's tasks, one per call, and cuts each at the limit: that covers a
/// caller who reads its answer too slowly.
#[derive(Clone)]
struct Calls(Arc<Caller>);

impl<F> Executor<F> for Calls
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, call: F) {
        let caller = Arc::clone(&self.0);
        tokio::spawn(async move {
            let room = &caller.room;
            if timeout(room.limits.exchange, call).await.is_err() {
                room.handler
                    .refused(caller.from, &Error::Timeout(EXCHANGING));
            }
        });
    }
}

fn path(request: &http::Request<Incoming>) -> Result<String, Error> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("", |path| path.as_str());
    let sound = request.method() == Method::POST && (1..=MAX_PATH_BYTES).contains(&path.len());
    sound.then(|| path.to_owned()).ok_or(Error::Request)
}

/// Message memory is counted in these many bytes, so that counts fit in 32 bits.
const UNIT: usize = 1024;
/// Bytes that one call may send ahead of our reading.
const STREAM_WINDOW: u32 = 1 << 20;
/// Bytes that one connection may send ahead of our reading.
const CONNECTION_WINDOW: u32 = 4 << 20;
const READING: &str = "reading a request";
const EXCHANGING: &str = "a whole call";
