//! The listening end: who may come in, and how all leave.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::connection::{Caller, Room};
use crate::seats::Seats;
use crate::tls::{Proved, server_config};
use crate::{Error, Handler, Limits, Pins, TlsIdentity};

/// Opens the exchange port.
pub struct Listener;

impl Listener {
    /// Listens on `address` (port 0: any free one) and lets `handler` treat the calls of
    /// pinned partners. Must be called inside a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// [`Error::Bind`] when the address cannot be used.
    pub async fn bind(
        address: SocketAddr,
        identity: &TlsIdentity,
        pins: Arc<dyn Pins>,
        handler: Arc<dyn Handler>,
        limits: Limits,
    ) -> Result<Listening, Error> {
        let bound = |error: std::io::Error| Error::Bind(error.to_string());
        let tls = server_config(identity, Arc::clone(&pins))?;
        let listener = TcpListener::bind(address).await.map_err(bound)?;
        let local_addr = listener.local_addr().map_err(bound)?;
        let (stop, stopped) = watch::channel(None);
        let door = Arc::new(Door::new(tls, pins, handler, limits, stopped));
        let accepting = tokio::spawn(door.accept(listener));
        Ok(Listening {
            local_addr,
            stop,
            accepting,
        })
    }
}

/// An open exchange port. Dropping it closes the port; calls in flight may still finish within
/// [`Limits::exchange`].
#[derive(Debug)]
pub struct Listening {
    local_addr: SocketAddr,
    stop: watch::Sender<Option<Duration>>,
    accepting: JoinHandle<()>,
}

impl Listening {
    /// The address in use, with the port that was given.
    pub fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Closes the port, lets the calls in flight finish within `grace`, then cuts what is
    /// left. Returns when all connections are gone.
    pub async fn shutdown(self, grace: Duration) {
        self.stop.send_replace(Some(grace));
        // The loop neither panics nor is aborted; if it were, all connections went with it.
        let _ = self.accepting.await;
    }
}

/// Resolves when the listener is to close, to the grace asked for; `None`: its handle is gone.
pub(crate) async fn closing(stop: &mut watch::Receiver<Option<Duration>>) -> Option<Duration> {
    stop.wait_for(Option::is_some)
        .await
        .ok()
        .and_then(|grace| *grace)
}

/// What all connections share.
struct Door {
    tls: TlsAcceptor,
    room: Arc<Room>,
    handshakes: Arc<Semaphore>,
    seats: Arc<Seats>,
    stop: watch::Receiver<Option<Duration>>,
}

impl Door {
    fn new(
        tls: ServerConfig,
        pins: Arc<dyn Pins>,
        handler: Arc<dyn Handler>,
        limits: Limits,
        stop: watch::Receiver<Option<Duration>>,
    ) -> Self {
        Self {
            tls: TlsAcceptor::from(Arc::new(tls)),
            handshakes: Arc::new(Semaphore::new(limits.handshakes)),
            seats: Seats::new(limits.connections, limits.connections_per_peer),
            room: Arc::new(Room {
                pins,
                handler,
                limits,
            }),
            stop,
        }
    }

    async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        let mut stop = self.stop.clone();
        let grace = loop {
            tokio::select! {
                grace = closing(&mut stop) => break grace,
                arrival = listener.accept() => match arrival {
                    Ok((tcp, from)) => self.enter(&mut connections, tcp, from),
                    // Out of descriptors or memory: the queue waits while others leave.
                    Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
                },
                Some(_) = connections.join_next() => {}
            }
        };
        drop(listener);
        let grace = grace.unwrap_or(self.room.limits.exchange);
        let all_gone = async { while connections.join_next().await.is_some() {} };
        if timeout(grace, all_gone).await.is_err() {
            connections.shutdown().await;
        }
    }

    fn enter(self: &Arc<Self>, connections: &mut JoinSet<()>, tcp: TcpStream, from: SocketAddr) {
        let Ok(handshaking) = Arc::clone(&self.handshakes).try_acquire_owned() else {
            return self.room.handler.refused(from, &Error::Busy);
        };
        let door = Arc::clone(self);
        connections.spawn(async move {
            if let Err(why) = door.serve(tcp, from, handshaking).await {
                door.room.handler.refused(from, &why);
            }
        });
    }

    async fn serve(
        &self,
        tcp: TcpStream,
        from: SocketAddr,
        handshaking: OwnedSemaphorePermit,
    ) -> Result<(), Error> {
        // Without it an answer could wait 40 ms for an acknowledgement; nothing else depends
        // on it.
        let _ = tcp.set_nodelay(true);
        let mut tls = self.handshake(tcp).await?;
        drop(handshaking);
        let Proved { key, .. } = Proved::of(tls.get_ref().1)?;
        let peer = self.room.pins.party_of(&key).ok_or(Error::Key { key })?;
        let Some(_seat) = self.seats.take(&peer) else {
            // Told by a clean end before the first word, see `client::greeted`.
            let _ = timeout(self.room.limits.handshake, tls.shutdown()).await;
            return Err(Error::Busy);
        };
        let caller = Caller::new(Arc::clone(&self.room), peer, key, from);
        caller.converse(tls, self.stop.clone()).await
    }

    async fn handshake(&self, tcp: TcpStream) -> Result<TlsStream<TcpStream>, Error> {
        let end = Instant::now() + self.room.limits.handshake;
        match timeout_at(end, self.tls.accept(tcp).into_fallible()).await {
            Ok(Ok(tls)) => Ok(tls),
            Ok(Err((error, tcp))) => {
                // When the time is over it has read the alert or never will.
                let _ = timeout_at(end, linger(tcp)).await;
                Err(Error::from_tls(&error))
            }
            Err(_) => Err(Error::Timeout("TLS handshake")),
        }
    }
}

/// Waits until the other end has read our alert and hung up: closing at once with bytes of
/// theirs unread would make TCP throw the alert away.
async fn linger(mut tcp: TcpStream) {
    let mut rest = [0; 1024];
    let mut left = MAX_LINGER_BYTES;
    if tcp.shutdown().await.is_err() {
        return;
    }
    while let Ok(read @ 1..) = tcp.read(&mut rest).await {
        left = left.saturating_sub(read);
        if left == 0 {
            return;
        }
    }
}

const MAX_LINGER_BYTES: usize = 64 << 10;
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
