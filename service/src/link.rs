//! What is kept in memory about one partner: how the link is, and the edge of its journals.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_exchange::message::{Cosignature, JournalState};
use passerelle_exchange::{Backoff, HeldJournal, journal_origin};
use passerelle_journal::{Frontier, Hash, SignedCheckpoint, WitnessState};
use passerelle_model::{ChannelId, Digest, PartyId, UtcTime};
use passerelle_store::{Journal, Store};
use tokio::sync::Notify;

use crate::Error;
use crate::view::LinkView;

/// One partner.
pub(crate) struct Link {
    pub(crate) party: PartyId,
    notify: Notify,
    state: Mutex<State>,
    channels: Mutex<BTreeMap<ChannelId, Arc<ChannelLink>>>,
    /// Whoever holds it may witness the partner's register.
    pub(crate) witness: tokio::sync::Mutex<()>,
    /// Size of our register from which the next proof for the partner starts, once known.
    register_base: Mutex<Option<u64>>,
}

#[derive(Default)]
struct State {
    backoff: Backoff,
    last_contact: Option<UtcTime>,
    last_error: Option<String>,
    clock_offset_millis: Option<i64>,
    policy_refused: Option<String>,
}

/// One channel with one partner.
#[derive(Default)]
pub(crate) struct ChannelLink {
    /// What we hold of the partner's journal; whoever holds the lock may extend it.
    pub(crate) held: tokio::sync::Mutex<Option<HeldJournal>>,
    /// What the partner is known to hold of ours.
    pub(crate) told: Mutex<Told>,
    /// How far the partner acknowledged each file of ours.
    offered: Mutex<BTreeMap<Digest, u64>>,
    /// Our co-signature on the partner's journal that is not handed over yet.
    owed: Mutex<Option<Cosignature>>,
    /// Heads lately sent, newest last, so that a co-signature finds its checkpoint and the
    /// next batch its frontier without reading the store.
    heads: Mutex<Vec<Sent>>,
}

/// A head of ours that was sent to the partner.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) frontier: Frontier,
    pub(crate) checkpoint: SignedCheckpoint,
}

/// How many heads are remembered.
const HEADS: usize = 8;

/// What is known of the partner's side.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    /// Entries of ours that the partner confirmed.
    pub(crate) confirmed: u64,
    /// Size of its journal that we co-signed and that co-signature was handed over.
    pub(crate) cosigned: u64,
    /// Whether counts and roots were compared and equal since anything last grew.
    pub(crate) complete: bool,
    /// The partner's journal as held here, once read.
    pub(crate) held: Option<JournalState>,
    /// Size of ours up to which we hold the partner's co-signature, once read.
    pub(crate) receipted: Option<u64>,
    /// Blobs of the partner's journal that are missing here, once counted.
    missing: Option<u64>,
    /// Chunks that brought a file further, here or there, since the start.
    pub(crate) chunks: u64,
    /// How much of its own journal a partner that was set back has got back.
    pub(crate) given_back: u64,
    /// Counts what may change `missing`, so that a count read before is not kept after.
    needs: u64,
}

impl Told {
    /// What is missing has to be counted again.
    pub(crate) fn recount(&mut self) {
        self.missing = None;
        self.needs += 1;
    }
}

impl Link {
    pub(crate) fn new(party: &PartyId) -> Self {
        Self {
            party: party.clone(),
            notify: Notify::new(),
            state: Mutex::default(),
            channels: Mutex::default(),
            witness: tokio::sync::Mutex::default(),
            register_base: Mutex::default(),
        }
    }

    pub(crate) fn register_base(&self) -> Option<u64> {
        *self
            .register_base
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_register_base(&self, size: Option<u64>) {
        *self
            .register_base
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = size;
    }

    pub(crate) fn channel(&self, channel: &ChannelId) -> Arc<ChannelLink> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.entry(channel.clone()).or_default().clone()
    }

    pub(crate) fn wake(&self) {
        self.notify.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.notify.notified().await;
    }

    pub(crate) fn answered(&self, now: UtcTime) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.backoff.succeeded();
        state.last_contact = Some(now);
        state.last_error = None;
    }

    /// The partner answered something; the attempt may still fail.
    pub(crate) fn heard(&self, now: UtcTime) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last_contact = Some(now);
    }

    pub(crate) fn failed(&self, now: UtcTime, code: &str, dice: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.backoff.failed(now, dice);
        state.last_error = Some(code.to_owned());
    }

    /// A person asked to try again now.
    pub(crate) fn forgive(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .backoff
            .succeeded();
    }

    pub(crate) fn clock(&self, offset_millis: i64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.clock_offset_millis = Some(offset_millis);
    }

    /// Why access policies could not be exchanged the last time; none where they were.
    pub(crate) fn policy_refused(&self, code: Option<String>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.policy_refused = code;
    }

    pub(crate) fn next_attempt(&self) -> Option<UtcTime> {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .backoff
            .until()
    }

    pub(crate) fn view(&self) -> LinkView {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        LinkView {
            last_contact: state.last_contact,
            last_error: state.last_error.clone(),
            next_attempt: state.backoff.until(),
            clock_offset_millis: state.clock_offset_millis,
            policy_refused: state.policy_refused.clone(),
        }
    }
}

impl ChannelLink {
    pub(crate) fn told(&self) -> Told {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The partner acknowledged a file of ours up to `next`; counts only what is further than
    /// ever before.
    pub(crate) fn acknowledged(&self, blob: Digest, next: u64) {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = offered.entry(blob).or_insert(0);
        if next > *seen {
            *seen = next;
            self.update(|told| told.chunks += 1);
        }
    }

    /// A co-signature that the partner should get.
    pub(crate) fn owe(&self, given: Cosignature) {
        *self.owed.lock().unwrap_or_else(PoisonError::into_inner) = Some(given);
    }

    pub(crate) fn due(&self) -> Option<Cosignature> {
        self.owed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The co-signature of `size` arrived.
    pub(crate) fn handed(&self, size: u64) {
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        owed.take_if(|given| given.size <= size);
        self.update(|told| told.cosigned = told.cosigned.max(size));
    }

    pub(crate) fn sending(&self, head: Sent) {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.retain(|held| held.frontier.size() != head.frontier.size());
        if heads.len() == HEADS {
            heads.remove(0);
        }
        heads.push(head);
    }

    pub(crate) fn sent(&self, size: u64) -> Option<SignedCheckpoint> {
        let heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads
            .iter()
            .find(|head| head.frontier.size() == size)
            .map(|head| head.checkpoint.clone())
    }

    pub(crate) fn cursor(&self, size: u64) -> Option<Frontier> {
        let heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads
            .iter()
            .find(|head| head.frontier.size() == size)
            .map(|head| head.frontier.clone())
    }

    /// Blobs missing here: the cached count, or what `count` reads.
    pub(crate) async fn missing(
        &self,
        count: impl Future<Output = Result<u64, Error>>,
    ) -> Result<u64, Error> {
        let before = self.told();
        if let Some(missing) = before.missing {
            return Ok(missing);
        }
        let missing = count.await?;
        self.update(|told| {
            if told.needs == before.needs {
                told.missing = Some(missing);
            }
        });
        Ok(missing)
    }

    pub(crate) fn update(&self, change: impl FnOnce(&mut Told)) {
        change(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Reads what is held of a partner's journal.
pub(crate) async fn load_held(
    store: &dyn Store,
    channel: &ChannelId,
    party: &PartyId,
) -> Result<HeldJournal, Error> {
    let origin = journal_origin(channel, party)?;
    let Some(head) = store.head(&Journal::new(channel, party)).await? else {
        let (witness, frontier) = (WitnessState::fresh(origin), Frontier::new());
        return Ok(HeldJournal {
            witness,
            frontier,
            checkpoint: String::new(),
        });
    };
    let root = Hash::from_bytes(*head.root.as_bytes());
    Ok(HeldJournal {
        witness: WitnessState::restore(origin, head.size, root)?,
        frontier: Frontier::from_bytes(&head.frontier)?,
        checkpoint: String::from_utf8_lossy(&head.checkpoint).into_owned(),
    })
}
