//! Nodes in memory: a fixed clock, the same keys in every run, and nobody to be reached.

use std::sync::Arc;

use passerelle_api::{Options, router};
use passerelle_envelope::testing::{SAMPLE_TIME, SeededRng, sample_party};
use passerelle_model::{PartyId, UtcTime};
use passerelle_service::view::Scope;
use passerelle_service::{Call, Clock, Dice, Net, NetError, Node, NodeParts};
use passerelle_store::memory::{MemoryBlobs, MemoryStore};

use crate::client::Client;

/// A node, the router that asks for tokens, and a secret for each scope.
pub(crate) struct World {
    pub(crate) node: Node,
    secrets: Vec<(Scope, String)>,
}

impl World {
    pub(crate) async fn rabat() -> Self {
        Self::new("ma.interior", 1).await
    }

    pub(crate) async fn brussels() -> Self {
        Self::new("be.interior", 2).await
    }

    async fn new(party: &str, seed: u64) -> Self {
        let node = node(party, seed).await;
        let mut secrets = Vec::new();
        for scope in [Scope::Read, Scope::Send, Scope::Admin, Scope::Audit] {
            let name = format!("{scope:?}").to_lowercase();
            let (_, secret) = node.create_token(&name, &[scope]).await.unwrap();
            secrets.push((scope, secret));
        }
        Self { node, secrets }
    }

    /// A caller on the network without a token.
    pub(crate) fn stranger(&self) -> Client {
        Client::new(router(self.node.clone(), Options::tokens()), None)
    }

    /// A caller on the network whose token has `scope`.
    pub(crate) fn with(&self, scope: Scope) -> Client {
        let client = self.stranger();
        client.with_secret(self.secret(scope))
    }

    /// A caller in the process.
    pub(crate) fn inside(&self) -> Client {
        Client::new(router(self.node.clone(), Options::in_process()), None)
    }

    pub(crate) fn secret(&self, scope: Scope) -> &str {
        let secret = self.secrets.iter().find(|(held, _)| *held == scope);
        &secret.unwrap().1
    }
}

async fn node(party: &str, seed: u64) -> Node {
    let sample = sample_party(party, seed);
    let card = sample.card.content().clone();
    let parts = NodeParts {
        keyring: sample.keyring,
        store: Arc::new(MemoryStore::new()),
        blobs: Arc::new(MemoryBlobs::new()),
        clock: Arc::new(Evening),
        dice: Dice::new(SeededRng::new(seed + 100)),
        net: Arc::new(Nowhere),
    };
    Node::create(parts, card).await.unwrap()
}

struct Evening;

impl Clock for Evening {
    fn now(&self) -> UtcTime {
        SAMPLE_TIME
    }
}

struct Nowhere;

impl Net for Nowhere {
    fn call(&self, _: &PartyId, _: &'static str, _: Vec<u8>) -> Call<'_> {
        Box::pin(async {
            Err(NetError {
                code: "E_PEER_UNREACHABLE",
                detail: "there is no network here".to_owned(),
            })
        })
    }
}
