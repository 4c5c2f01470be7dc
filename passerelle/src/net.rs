//! How the node reaches partners: one kept connection for each, over mutual TLS, to the
//! address and keys of the pinned cards.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use passerelle_model::PartyId;
use passerelle_peerlink::{
    Answer, Connection, Dialer, Error, Handler, PeerName, Pins, Request, Response, TlsIdentity,
};
use passerelle_service::{Call, Net, NetError, Node};

/// For a node that is opened for one command only: nothing travels until `up`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offline;

impl Net for Offline {
    fn call(&self, _: &PartyId, _: &'static str, _: Vec<u8>) -> Call<'_> {
        Box::pin(async { Err(refused("E_PEER_UNREACHABLE", "this node is not running")) })
    }
}

/// Calls partners over the network.
#[derive(Default)]
pub(crate) struct PeerNet {
    book: Mutex<Option<Book>>,
    links: Mutex<BTreeMap<PartyId, Arc<Slot>>>,
}

/// What is needed to call: known only once the node is open.
#[derive(Clone)]
struct Book {
    dialer: Dialer,
    node: Node,
}

/// The connection to one partner; whoever needs it first makes it, others wait.
type Slot = tokio::sync::Mutex<Option<Connection>>;

impl PeerNet {
    /// From now on calls go out, under `identity`, to the partners `node` has pinned.
    pub(crate) fn attach(&self, node: &Node, identity: &TlsIdentity) {
        let dialer = Dialer::new(identity, Arc::new(NodePins(node.clone())));
        *lock(&self.book) = Some(Book {
            dialer,
            node: node.clone(),
        });
    }

    /// Closes all connections and lets go of the node.
    pub(crate) fn detach(&self) {
        *lock(&self.book) = None;
        lock(&self.links).clear();
    }

    async fn exchange(
        &self,
        to: &PartyId,
        path: &'static str,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<u8>), NetError> {
        let body = Bytes::from(body);
        let link = self.link(to).await?;
        let mut answer = link.call(path, body.clone()).await;
        if matches!(answer, Err(Error::Closed)) {
            // Closed while it was idle: the messages of the exchange may come twice.
            answer = self.link(to).await?.call(path, body).await;
        }
        let Response { status, body } = answer.map_err(|error| failed(&error))?;
        Ok((status, body.into()))
    }

    async fn link(&self, to: &PartyId) -> Result<Connection, NetError> {
        let slot = Arc::clone(lock(&self.links).entry(to.clone()).or_default());
        let mut held = slot.lock().await;
        if let Some(link) = held.as_ref().filter(|link| !link.is_closed()) {
            return Ok(link.clone());
        }
        *held = None;
        let link = self.dial(to).await?;
        *held = Some(link.clone());
        Ok(link)
    }

    async fn dial(&self, to: &PartyId) -> Result<Connection, NetError> {
        let book = lock(&self.book).clone();
        let Book { dialer, node } = book.ok_or_else(|| refused("E_PEER_CLOSED", "stopping"))?;
        let address = node.address_of(to);
        let address =
            address.ok_or_else(|| refused("E_PEER_NO_ADDRESS", "its card has no address"))?;
        let peer = PeerName::new(to.as_str()).map_err(|error| failed(&error))?;
        let dialled = dialer.connect(&address, &peer, node.tls_keys(to)).await;
        dialled.map_err(|error| failed(&error))
    }
}

impl Net for PeerNet {
    fn call(&self, to: &PartyId, path: &'static str, body: Vec<u8>) -> Call<'_> {
        let to = to.clone();
        Box::pin(async move { self.exchange(&to, path, body).await })
    }
}

/// The partners a node has pinned, asked at every handshake and call.
pub(crate) struct NodePins(pub(crate) Node);

impl Pins for NodePins {
    fn party_of(&self, key: &[u8; 32]) -> Option<PeerName> {
        let party = self.0.party_of_tls_key(key)?;
        PeerName::new(party.as_str()).ok()
    }
}

/// Hands partners' calls to the node.
pub(crate) struct Exchange(pub(crate) Node);

impl Handler for Exchange {
    fn handle(&self, peer: PeerName, request: Request) -> Answer {
        let node = self.0.clone();
        Box::pin(async move {
            let Ok(party) = peer.as_str().parse::<PartyId>() else {
                return Response {
                    status: 403,
                    body: Bytes::new(),
                };
            };
            let (status, body) = node.handle(&party, &request.path, &request.body).await;
            Response {
                status,
                body: body.into(),
            }
        })
    }

    fn refused(&self, from: std::net::SocketAddr, why: &Error) {
        tracing::info!(%from, code = why.code(), "refused a caller");
    }
}

fn failed(error: &Error) -> NetError {
    refused(error.code(), &error.to_string())
}

fn refused(code: &'static str, detail: &str) -> NetError {
    NetError {
        code,
        detail: detail.to_owned(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
