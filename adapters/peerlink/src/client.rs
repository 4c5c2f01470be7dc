//! The calling end.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::uri::{PathAndQuery, Scheme};
use http::{Method, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::NamedGroup;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::body::{Pieces, declared, read};
use crate::limits::MAX_PATH_BYTES;
use crate::tls::{PinnedServer, Proved, client_config};
use crate::{DialLimits, Error, PeerName, Pins, Response, TlsIdentity, refusal};

/// Connects to partners' nodes. Cheap to clone.
#[derive(Clone)]
pub struct Dialer {
    identity: TlsIdentity,
    pins: Arc<dyn Pins>,
    limits: DialLimits,
}

impl Dialer {
    /// Calls as `identity`, with the default limits.
    pub fn new(identity: &TlsIdentity, pins: Arc<dyn Pins>) -> Self {
        Self {
            identity: identity.clone(),
            pins,
            limits: DialLimits::default(),
        }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: DialLimits) -> Self {
        Self { limits, ..self }
    }

    /// Connects to `address` (`host:port`), where `expect` is to answer with one of
    /// `expected_tls_keys` (from its card) that is pinned for it as well. Returns once the
    /// partner has accepted this node's key too. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::Timeout`]; [`Error::Key`] or [`Error::Party`] when
    /// someone else answers; [`Error::KeyRefused`] when the partner does not know this node;
    /// [`Error::Busy`] when it has no place; [`Error::Certificate`], [`Error::Handshake`] or
    /// [`Error::Closed`] for the rest.
    pub async fn connect(
        &self,
        address: &str,
        expect: &PeerName,
        expected_tls_keys: Vec<[u8; 32]>,
    ) -> Result<Connection, Error> {
        let tcp = timeout(self.limits.connect, TcpStream::connect(address)).await;
        let tcp = tcp.map_err(|_| Error::Timeout("TCP connection"))?;
        let tcp = tcp.map_err(|error| Error::Unreachable(error.to_string()))?;
        // Without it a call could wait 40 ms for an acknowledgement; nothing else depends on it.
        let _ = tcp.set_nodelay(true);
        let pins = Arc::clone(&self.pins);
        let server = PinnedServer {
            pins,
            party: expect.clone(),
            keys: expected_tls_keys,
        };
        let greeted = timeout(self.limits.handshake, self.greet(tcp, server)).await;
        let (stream, proved) = greeted.map_err(|_| Error::Timeout("TLS handshake"))??;
        self.open(stream, proved, expect.clone()).await
    }

    async fn greet(
        &self,
        tcp: TcpStream,
        server: PinnedServer,
    ) -> Result<(Greeted, Proved), Error> {
        let config = client_config(&self.identity, server)?;
        // Any name: none is sent, none is checked.
        let name = ServerName::from(IpAddr::from(Ipv4Addr::LOCALHOST));
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, tcp);
        let tls = connecting.await.map_err(|error| Error::from_tls(&error))?;
        let proved = Proved::of(tls.get_ref().1)?;
        Ok((greeted(tls).await?, proved))
    }

    async fn open(
        &self,
        stream: Greeted,
        Proved { key, group }: Proved,
        peer: PeerName,
    ) -> Result<Connection, Error> {
        let opening = self.http2().handshake(TokioIo::new(stream)).await;
        let (sender, http2) = opening.map_err(|_| Error::Closed)?;
        let (running, ended) = watch::channel(());
        let driver = tokio::spawn(async move {
            // Its errors reach the calls they concern.
            let _ = http2.await;
            drop(running);
        });
        // Room for one message at least, or a long one would wait for ever.
        let in_flight = self.limits.in_flight.max(self.limits.message);
        let room = Arc::new(Semaphore::new(in_flight.div_ceil(UNIT)));
        let (pins, limits) = (Arc::clone(&self.pins), self.limits);
        let driver = driver.abort_handle();
        let link = Link {
            peer,
            key,
            group,
            pins,
            limits,
            sender,
            room,
            ended,
            driver,
        };
        Ok(Connection(Arc::new(link)))
    }

    fn http2(&self) -> http2::Builder<TokioExecutor> {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            // Raised by the partner's settings, which the driver reads first of all.
            .initial_max_send_streams(1)
            .keep_alive_interval(self.limits.keepalive)
            .keep_alive_timeout(self.limits.keepalive)
            .keep_alive_while_idle(true);
        builder
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer")
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

/// An open connection to one partner: a handle, cheap to clone, on which many calls may be
/// under way. Dropping the last one closes the connection.
#[derive(Clone)]
pub struct Connection(Arc<Link>);

struct Link {
    peer: PeerName,
    key: [u8; 32],
    group: NamedGroup,
    pins: Arc<dyn Pins>,
    limits: DialLimits,
    sender: SendRequest<Pieces>,
    room: Arc<Semaphore>,
    ended: watch::Receiver<()>,
    driver: AbortHandle,
}

impl Connection {
    /// Sends `body` to `path` and waits for the answer. Calls whose bodies together exceed
    /// [`DialLimits::in_flight`] wait their turn.
    ///
    /// A call that fails may still have been treated by the partner; only messages that may
    /// safely come twice should be sent again.
    ///
    /// # Errors
    /// Before sending: [`Error::Path`], [`Error::TooLarge`], [`Error::Closed`], and
    /// [`Error::Key`] when the partner's pin was removed. From the partner's carrier:
    /// [`Error::KeyRefused`], [`Error::Request`], [`Error::TooLarge`], [`Error::Busy`],
    /// [`Error::Failed`], [`Error::Timeout`]. On the way: [`Error::Timeout`] after
    /// [`DialLimits::call`], [`Error::Closed`], [`Error::Cut`]; [`Error::TooLarge`] for an
    /// answer above [`DialLimits::message`].
    pub async fn call(&self, path: &str, body: Bytes) -> Result<Response, Error> {
        let link = &*self.0;
        let request = link.request(path, body)?;
        let call = timeout(link.limits.call, link.exchange(request)).await;
        call.map_err(|_| Error::Timeout("the partner's answer"))?
    }

    /// Whether it can carry no more calls; connect again then.
    pub fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    /// Resolves when the connection has ended, from whichever side.
    pub async fn closed(&self) {
        let mut ended = self.0.ended.clone();
        // Nothing is ever sent: the only news is that the driver is gone.
        let _ = ended.changed().await;
    }

    /// Who answers.
    pub fn peer(&self) -> &PeerName {
        &self.0.peer
    }

    /// The Ed25519 key with which the partner proved itself.
    pub fn peer_key(&self) -> [u8; 32] {
        self.0.key
    }

    /// The key exchange in use: always [`NamedGroup::X25519MLKEM768`].
    pub fn key_exchange(&self) -> NamedGroup {
        self.0.group
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Connection");
        shown
            .field("peer", &self.0.peer)
            .field("closed", &self.is_closed());
        shown.finish_non_exhaustive()
    }
}

impl Link {
    fn request(&self, path: &str, body: Bytes) -> Result<http::Request<Pieces>, Error> {
        if body.len() > self.limits.message {
            return Err(Error::TooLarge);
        }
        if self.pins.party_of(&self.key).as_ref() != Some(&self.peer) {
            return Err(Error::Key { key: self.key });
        }
        let mut request = http::Request::new(Pieces::new(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri(self.peer.as_str(), path)?;
        Ok(request)
    }

    async fn exchange(&self, request: http::Request<Pieces>) -> Result<Response, Error> {
        if self.is_closed() {
            return Err(Error::Closed);
        }
        let size = http_body::Body::size_hint(request.body()).lower();
        let units = u32::try_from(size.div_ceil(UNIT as u64)).map_err(|_| Error::TooLarge)?;
        let _room = self
            .room
            .acquire_many(units)
            .await
            .map_err(|_| Error::Closed)?;
        let response = self.sender.clone().send_request(request).await;
        let response = response.map_err(|error| self.broken(&error))?;
        refusal::check(&response)?;
        self.receive(response).await
    }

    async fn receive(&self, response: http::Response<Incoming>) -> Result<Response, Error> {
        let status = response.status().as_u16();
        let length = declared(response.headers(), response.body(), self.limits.message)?;
        let body = read(response.into_body(), length).await?;
        Ok(Response { status, body })
    }

    fn broken(&self, error: &hyper::Error) -> Error {
        if self.is_closed() || error.is_closed() || error.is_canceled() {
            Error::Closed
        } else {
            Error::Cut
        }
    }

    fn is_closed(&self) -> bool {
        self.sender.is_closed() || self.driver.is_finished()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

fn uri(authority: &str, path: &str) -> Result<Uri, Error> {
    let parsed = PathAndQuery::try_from(path).map_err(|_| Error::Path)?;
    // The parser cuts fragments off and completes what lacks its slash: refused, not repaired.
    if parsed.as_str() != path || !path.starts_with('/') || path.len() > MAX_PATH_BYTES {
        return Err(Error::Path);
    }
    let uri = Uri::builder()
        .scheme(Scheme::HTTPS)
        .authority(authority)
        .path_and_query(parsed);
    uri.build().map_err(|_| Error::Path)
}

/// Waits for the partner's first bytes. In TLS 1.3 a client's handshake is over before the
/// server has judged its certificate, so only these prove that it was accepted; a clean end
/// instead says that there is no place.
async fn greeted(mut tls: TlsStream<TcpStream>) -> Result<Greeted, Error> {
    let mut early = vec![0; 256];
    let length = tls
        .read(&mut early)
        .await
        .map_err(|error| Error::from_tls(&error))?;
    if length == 0 {
        return Err(Error::Busy);
    }
    early.truncate(length);
    Ok(Greeted {
        early: early.into(),
        tls,
    })
}

/// A stream whose first bytes were already read.
struct Greeted {
    early: Bytes,
    tls: TlsStream<TcpStream>,
}

impl AsyncRead for Greeted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.early.is_empty() {
            return Pin::new(&mut self.tls).poll_read(cx, buffer);
        }
        let length = self.early.remaining().min(buffer.remaining());
        buffer.put_slice(&self.early.split_to(length));
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Greeted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tls).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tls).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.tls.is_write_vectored()
    }
}

/// Message memory is counted in these many bytes, so that counts fit in 32 bits.
const UNIT: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are_or_refused() {
        let path = "/exchange/tile?from=1";
        assert_eq!(
            uri("ma.interior", path).unwrap().path_and_query().unwrap(),
            path
        );
        let long = format!("/{}", "a".repeat(MAX_PATH_BYTES));
        for bad in ["", "a", "/a b", "/a#b", "//\n", "*", "/é\u{7f}", &long] {
            assert_eq!(uri("ma.interior", bad), Err(Error::Path), "{bad:?}");
        }
    }
}
