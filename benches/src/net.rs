//! How the benched nodes reach each other: the product's mutual TLS, over loopback.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use passerelle_model::PartyId;
use passerelle_peerlink::{
    Answer, Connection, Dialer, Error, Handler, PeerName, Pins, Request, Response, TlsIdentity,
};
use passerelle_service::{Call, Net, NetError, Node};

/// One kept connection to the only partner.
#[derive(Default)]
pub(crate) struct PeerNet {
    book: OnceLock<(Dialer, Node)>,
    link: tokio::sync::Mutex<Option<Connection>>,
}

impl PeerNet {
    /// Calls go out from now on.
    pub(crate) fn attach(&self, node: &Node, identity: &TlsIdentity) {
        let dialer = Dialer::new(identity, Arc::new(NodePins(node.clone())));
        let _ = self.book.set((dialer, node.clone()));
    }

    async fn link(&self, to: &PartyId) -> Result<Connection, Error> {
        let mut held = self.link.lock().await;
        if let Some(link) = held.as_ref().filter(|link| !link.is_closed()) {
            return Ok(link.clone());
        }
        let (dialer, node) = self.book.get().ok_or(Error::Closed)?;
        let address = node.address_of(to).ok_or(Error::Closed)?;
        let peer = PeerName::new(to.as_str())?;
        let link = dialer.connect(&address, &peer, node.tls_keys(to)).await?;
        *held = Some(link.clone());
        Ok(link)
    }

    async fn exchange(&self, to: &PartyId, path: &str, body: Bytes) -> Result<Response, Error> {
        self.link(to).await?.call(path, body).await
    }
}

impl Net for PeerNet {
    fn call(&self, to: &PartyId, path: &'static str, body: Vec<u8>) -> Call<'_> {
        let to = to.clone();
        Box::pin(async move {
            let answer = self.exchange(&to, path, body.into()).await;
            let Response { status, body } = answer.map_err(|error| NetError {
                code: error.code(),
                detail: error.to_string(),
            })?;
            Ok((status, body.into()))
        })
    }
}

/// The partners a node has pinned.
pub(crate) struct NodePins(pub(crate) Node);

impl Pins for NodePins {
    fn party_of(&self, key: &[u8; 32]) -> Option<PeerName> {
        PeerName::new(self.0.party_of_tls_key(key)?.as_str()).ok()
    }
}

/// Hands the partner's calls to the node.
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
}
