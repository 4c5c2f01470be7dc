//! Two parties, their pins, and a handler that does what a path says.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use passerelle_peerlink::{
    Answer, Connection, DialLimits, Dialer, Error, Handler, Limits, Listener, Listening, PeerName,
    Pins, Request, Response, TlsIdentity,
};
use tokio::sync::{Semaphore, mpsc};

pub(crate) const RABAT: [u8; 32] = [1; 32];
pub(crate) const BRUSSELS: [u8; 32] = [2; 32];
pub(crate) const STRANGER: [u8; 32] = [3; 32];

pub(crate) fn name(name: &str) -> PeerName {
    PeerName::new(name).unwrap()
}

pub(crate) fn identity(seed: [u8; 32]) -> TlsIdentity {
    TlsIdentity::from_seed(&seed, &name("any.name")).unwrap()
}

pub(crate) fn key(seed: [u8; 32]) -> [u8; 32] {
    identity(seed).public_key()
}

/// Pins that a test can change.
#[derive(Default)]
pub(crate) struct Book(Mutex<BTreeMap<[u8; 32], PeerName>>);

impl Book {
    pub(crate) fn of_both() -> Arc<Self> {
        let book = Arc::new(Self::default());
        book.add(RABAT, "ma.interior");
        book.add(BRUSSELS, "be.interior");
        book
    }

    pub(crate) fn add(&self, seed: [u8; 32], party: &str) {
        self.0.lock().unwrap().insert(key(seed), name(party));
    }

    pub(crate) fn remove(&self, seed: [u8; 32]) {
        self.0.lock().unwrap().remove(&key(seed));
    }
}

impl Pins for Book {
    fn party_of(&self, key: &[u8; 32]) -> Option<PeerName> {
        self.0.lock().unwrap().get(key).cloned()
    }
}

/// `/echo`, `/who`, `/big?BYTES`, `/status?CODE`, `/panic`, `/gate` (waits for a permit).
pub(crate) struct Desk {
    pub(crate) gate: Arc<Semaphore>,
    pub(crate) inside: Arc<AtomicUsize>,
    pub(crate) most_inside: Arc<AtomicUsize>,
    entered: mpsc::UnboundedSender<()>,
    refused: mpsc::UnboundedSender<Error>,
}

impl Handler for Desk {
    fn handle(&self, peer: PeerName, request: Request) -> Answer {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let answer = |status, body| Response { status, body };
        let response = match path {
            "/echo" => answer(200, request.body),
            "/who" => answer(200, Bytes::from(peer.to_string())),
            "/big" => answer(200, vec![7; query.parse().unwrap()].into()),
            "/status" => answer(query.parse().unwrap(), Bytes::new()),
            "/gate" => return self.wait(),
            _ => panic!("secret of the handler"),
        };
        Box::pin(async move { response })
    }

    fn refused(&self, _from: SocketAddr, why: &Error) {
        let _ = self.refused.send(why.clone());
    }
}

impl Desk {
    fn wait(&self) -> Answer {
        let (gate, inside) = (Arc::clone(&self.gate), Arc::clone(&self.inside));
        let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_inside.fetch_max(now, Ordering::SeqCst);
        let _ = self.entered.send(());
        Box::pin(async move {
            gate.acquire().await.unwrap().forget();
            inside.fetch_sub(1, Ordering::SeqCst);
            Response {
                status: 200,
                body: Bytes::from_static(b"through"),
            }
        })
    }
}

/// Brussels listening; Rabat ready to call.
pub(crate) struct World {
    pub(crate) listening: Listening,
    pub(crate) address: String,
    pub(crate) server_book: Arc<Book>,
    pub(crate) client_book: Arc<Book>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) entered: mpsc::UnboundedReceiver<()>,
    pub(crate) refused: mpsc::UnboundedReceiver<Error>,
}

impl World {
    pub(crate) async fn new(limits: Limits) -> Self {
        let (server_book, client_book) = (Book::of_both(), Book::of_both());
        let (entered_tx, entered) = mpsc::unbounded_channel();
        let (refused_tx, refused) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk {
            gate: Arc::new(Semaphore::new(0)),
            inside: Arc::default(),
            most_inside: Arc::default(),
            entered: entered_tx,
            refused: refused_tx,
        });
        let (pins, handler) = (Arc::clone(&server_book), Arc::clone(&desk));
        let any_port = "127.0.0.1:0".parse().unwrap();
        let brussels = identity(BRUSSELS);
        let listening = Listener::bind(any_port, &brussels, pins, handler, limits);
        let listening = listening.await.unwrap();
        let address = listening.local_addr().to_string();
        Self {
            listening,
            address,
            server_book,
            client_book,
            desk,
            entered,
            refused,
        }
    }

    pub(crate) fn dialer(&self, seed: [u8; 32]) -> Dialer {
        Dialer::new(
            &identity(seed),
            Arc::clone(&self.client_book) as Arc<dyn Pins>,
        )
    }

    pub(crate) async fn dial(&self, dialer: &Dialer) -> Result<Connection, Error> {
        dialer
            .connect(&self.address, &name("be.interior"), vec![key(BRUSSELS)])
            .await
    }

    /// Rabat calls Brussels.
    pub(crate) async fn connect(&self) -> Result<Connection, Error> {
        self.dial(&self.dialer(RABAT)).await
    }

    pub(crate) async fn connect_with(&self, limits: DialLimits) -> Result<Connection, Error> {
        self.dial(&self.dialer(RABAT).with_limits(limits)).await
    }

    pub(crate) async fn refusal(&mut self) -> Error {
        self.refused.recv().await.unwrap()
    }
}
