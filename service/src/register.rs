//! The register: the node's own journal of acts (Directive (EU) 2016/680, Article 25).
//!
//! An act is durable here before it takes effect, or in the same step as its effect; where the
//! register cannot be written, the act does not happen. Leaves are salted commitments, so that
//! the content of an act can be erased at the end of its own retention and the chain still
//! verifies. Partners co-sign the head and learn nothing but its size and root.
//!
//! Locks are taken in this order: what is held of a partner's journal, the edge of our journal
//! in a channel, the edge of the register.

mod package;
mod reading;
mod witness;

use std::sync::{Mutex, PoisonError};

use passerelle_journal::{Commitment, EnvelopeHash, Frontier, Salt, merkle};
use passerelle_model::{Act, ChannelId, Digest, StableCode};
use passerelle_store::{Append, Commit, Durable, Entry, Held, Journal};
use tokio::sync::oneshot;

use crate::journal::{Edge, head_row, tiles};
use crate::{Error, Node};

pub use package::{MAX_PACKAGE_BYTES, RegisterProven};
pub use reading::{ActFilter, ActLine, ActPage};
pub(crate) use witness::answer;

/// Name of the register among the journals. No agreement may be called so.
pub(crate) const REGISTER: &str = "register";
/// Most acts that one durable step appends.
const MAX_ACTS_BATCH: usize = 512;

/// Proof that an act is in the register, durably. Only [`Node::enter`] and the steps that
/// write an act together with its effect make one.
#[derive(Debug)]
pub struct Entered(());

/// The writer of the register.
#[derive(Default)]
pub(crate) struct Register {
    edge: tokio::sync::Mutex<Option<Edge>>,
    waiting: Mutex<Vec<Queued>>,
}

type Queued = (Act, oneshot::Sender<Result<(), Error>>);

impl Node {
    /// Enters an act: when this returns, it is durable, and may be done. Many callers at once
    /// cost one flush to disk.
    pub async fn enter(&self, act: Act) -> Result<Entered, Error> {
        let (done, mut result) = oneshot::channel();
        self.register
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((act, done));
        loop {
            let mut edge = self.register.edge.lock().await;
            if let Ok(entered) = result.try_recv() {
                return entered.map(|()| Entered(()));
            }
            let (acts, answers): (Vec<Act>, Vec<_>) = self.take_acts().into_iter().unzip();
            let written = self
                .commit_at(&mut edge, Commit::default(), &acts)
                .await
                .map(|_| ());
            for answer in answers {
                let _ = answer.send(written.clone());
            }
        }
    }

    fn take_acts(&self) -> Vec<Queued> {
        let waiting = &self.register.waiting;
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(MAX_ACTS_BATCH);
        waiting.drain(..count).collect()
    }

    /// Commits an effect together with its acts: both, or neither.
    pub(crate) async fn commit_with_acts(
        &self,
        commit: Commit,
        acts: &[Act],
    ) -> Result<Durable, Error> {
        if acts.is_empty() {
            return Ok(self.store.commit(commit).await?);
        }
        let mut edge = self.register.edge.lock().await;
        self.commit_at(&mut edge, commit, acts).await
    }

    async fn commit_at(
        &self,
        slot: &mut Option<Edge>,
        mut commit: Commit,
        acts: &[Act],
    ) -> Result<Durable, Error> {
        let alone = commit == Commit::default();
        let journal = self.register_journal();
        let mut edge = match slot.take() {
            Some(edge) => edge,
            None => Edge::load(self.store.as_ref(), &journal, self.now())
                .await
                .map_err(unavailable)?,
        };
        let (append, frontier) = self.act_rows(&edge, &journal, acts)?;
        commit.appends.push(append);
        crate::steps::at("register.sealed");
        match self.store.commit(commit).await {
            Ok(durable) => {
                crate::steps::at("register.durable");
                edge.stepped(frontier);
                *slot = Some(edge);
                Ok(durable)
            }
            Err(error) if alone => Err(unavailable(error.into())),
            Err(error) => Err(error.into()),
        }
    }

    fn act_rows(
        &self,
        edge: &Edge,
        journal: &Journal,
        acts: &[Act],
    ) -> Result<(Append, Frontier), Error> {
        let (mut rows, mut leaves) = (Vec::new(), Vec::new());
        for (index, act) in (edge.size..).zip(acts) {
            let entry = self.act_entry(index, act)?;
            leaves.push(merkle::leaf_hash(entry.commitment.as_bytes()));
            rows.push(entry);
        }
        let mut frontier = edge.frontier.clone();
        let tiles = tiles(merkle::completed(&mut frontier, &leaves)?);
        let append = Append {
            journal: journal.clone(),
            expected_size: edge.size,
            entries: rows,
            tiles,
            head: head_row(&frontier, Vec::new()),
        };
        Ok((append, frontier))
    }

    /// The leaf commits to the plain act, so that an audit package can show it; the store
    /// holds it sealed.
    fn act_entry(&self, index: u64, act: &Act) -> Result<Entry, Error> {
        let plain = act.to_bytes();
        let salt = self.dice.with(|mut rng| Salt::generate(&mut rng));
        let commitment = Commitment::new(&salt, &EnvelopeHash::of(&plain));
        let keys = self.keys();
        let envelope = self.dice.with(|mut rng| {
            keys.store()
                .seal_small(&plain, commitment.as_bytes(), &mut rng)
        })?;
        Ok(Entry {
            index,
            commitment: Digest::new(*commitment.as_bytes()),
            held: Held::Content {
                salt: Digest::new(*salt.as_bytes()),
                envelope,
                content_key: Vec::new(),
                record: None,
                time: act.time,
            },
        })
    }

    /// Opens an entry of the register; the act must be what the leaf commits to.
    pub(crate) fn opened_act(&self, entry: &Entry) -> Result<Option<(Salt, Act)>, Error> {
        let Held::Content { salt, envelope, .. } = &entry.held else {
            return Ok(None);
        };
        let leaf = entry.commitment.as_bytes();
        let plain = self.keys().store().open_small(envelope, leaf)?;
        let salt = Salt::from_bytes(*salt.as_bytes());
        Commitment::from_bytes(*leaf).check(&salt, &EnvelopeHash::of(&plain))?;
        Ok(Some((salt, Act::from_bytes(&plain)?)))
    }

    /// Erases the content of acts older than `before`: their leaves stay, and the chain
    /// verifies. Gives how many.
    pub async fn erase_acts_before(&self, before: passerelle_model::UtcTime) -> Result<u64, Error> {
        let journal = self.register_journal();
        let size = self.register_size().await?;
        let (mut start, mut erased) = (0, 0);
        while start < size {
            let entries = self.store.entries(&journal, start..size, 1 << 20).await?;
            let Some(last) = entries.last() else { break };
            start = last.index + 1;
            let old = |entry: &&Entry| matches!(&entry.held, Held::Content { time, .. } if *time < before);
            let erasures: Vec<_> = entries
                .iter()
                .filter(old)
                .map(|entry| passerelle_store::Erasure {
                    journal: journal.clone(),
                    index: entry.index,
                    at: self.now(),
                })
                .collect();
            erased += erasures.len() as u64;
            let done = erasures.len() < entries.len();
            if !erasures.is_empty() {
                self.store.erase(erasures).await?;
            }
            if done {
                break;
            }
        }
        Ok(erased)
    }

    pub(crate) fn register_journal(&self) -> Journal {
        Journal::new(&register_channel(), &self.party)
    }

    /// How many acts there are.
    pub async fn register_size(&self) -> Result<u64, Error> {
        let head = self.store.head(&self.register_journal()).await?;
        Ok(head.map_or(0, |head| head.size))
    }
}

#[expect(
    clippy::expect_used,
    reason = "the literal is a channel; every test writes to it"
)]
pub(crate) fn register_channel() -> ChannelId {
    REGISTER.parse().expect("a channel identifier")
}

/// Codes of rules as the register holds them.
pub(crate) fn codes(error: &Error) -> Vec<StableCode> {
    let refusals = error.refusals();
    match refusals.is_empty() {
        true => vec![StableCode::of(error.code())],
        false => refusals
            .iter()
            .take(passerelle_model::MAX_ACT_CODES)
            .map(|refusal| StableCode::of(refusal.code()))
            .collect(),
    }
}

/// Without the register nothing happens.
fn unavailable(error: Error) -> Error {
    tracing::error!(code = error.code(), "the register could not be written");
    Error::state(
        "E_LOG_UNAVAILABLE",
        "the register could not be written, so nothing was done",
    )
}
