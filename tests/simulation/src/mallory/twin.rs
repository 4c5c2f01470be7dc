//! When the honest node dials: a partner that answers as an honest one would, except where it
//! does not.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use passerelle_envelope::testing::SeededRng;
use passerelle_model::PartyId;
use passerelle_service::{Call, Dice, Error, Net, NetError, Node, NodeParts};
use passerelle_store::memory::{MemoryBlobs, MemoryStore};

use super::stage::{MALLORY, SEED, Stage};
use super::{facts, keyring};

/// Status and body.
pub type Answer = (u16, Vec<u8>);

/// What Mallory makes of an honest answer: path, question, honest answer.
pub type Tamper = Box<dyn FnMut(&'static str, &[u8], Answer) -> Answer + Send>;

/// Calls after which the puppet hangs up for good: a driver that asks so often spins.
pub const MAX_CALLS: u64 = 2_000;

/// The wire from the honest node to Mallory.
pub struct Puppet {
    state: Mutex<State>,
    calls: AtomicU64,
}

struct State {
    twin: Option<Node>,
    tamper: Tamper,
    heard: Vec<u8>,
}

impl Default for Puppet {
    fn default() -> Self {
        Self::new()
    }
}

impl Puppet {
    /// Nobody answers.
    pub fn new() -> Self {
        let state = State {
            twin: None,
            tamper: Box::new(|_, _, answer| answer),
            heard: Vec::new(),
        };
        Self {
            state: Mutex::new(state),
            calls: AtomicU64::new(0),
        }
    }

    /// From now on `twin` answers, and `tamper` alters what it says.
    pub fn play(&self, twin: &Node, tamper: Tamper) {
        let mut state = self.lock();
        state.twin = Some(twin.clone());
        state.tamper = tamper;
        self.calls.store(0, Ordering::Relaxed);
    }

    /// Calls since the play began.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Everything the honest node said on this wire.
    pub fn heard(&self) -> Vec<u8> {
        self.lock().heard.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Net for Puppet {
    fn call(&self, to: &PartyId, path: &'static str, body: Vec<u8>) -> Call<'_> {
        let wanted = to.as_str() == MALLORY;
        Box::pin(async move {
            let down = || NetError {
                code: "E_PEER_UNREACHABLE",
                detail: "played".to_owned(),
            };
            tokio::time::sleep(Duration::from_millis(1)).await;
            let twin = self
                .lock()
                .twin
                .clone()
                .filter(|_| wanted)
                .ok_or_else(down)?;
            if self.calls.fetch_add(1, Ordering::Relaxed) >= MAX_CALLS {
                return Err(down());
            }
            self.lock().heard.extend_from_slice(&body);
            let honest: PartyId = super::HONEST.parse().map_err(|_| down())?;
            let answer = twin.handle(&honest, path, &body).await;
            Ok((self.lock().tamper)(path, &body, answer))
        })
    }
}

impl Stage {
    /// A whole node under Mallory's keys, for the answers that Mallory does not alter. It
    /// dials nobody.
    pub async fn twin(&self) -> Result<Node, Error> {
        let keyring = keyring(SEED + 2)?;
        let card = keyring.card(facts(
            &self.mallory.party,
            self.mallory.card.content().issued,
        )?)?;
        let parts = NodeParts {
            keyring,
            store: Arc::new(MemoryStore::new()),
            blobs: Arc::new(MemoryBlobs::new()),
            clock: self.clock.clone(),
            dice: Dice::new(SeededRng::new(77)),
            net: Arc::new(Puppet::new()),
        };
        let twin = Node::create(parts, card).await?;
        for card in [&self.card, &self.third.card] {
            twin.pair(
                card.bytes(),
                &Node::inspect_card(card.bytes())?.fingerprint_digits(),
            )
            .await?;
        }
        for agreement in self.agreements.values() {
            let bundle = self.node.export_agreement(&agreement.hash()).await?;
            twin.import_agreement(&bundle).await?;
        }
        Ok(twin)
    }
}
