//! Durable appends through the `Store` trait.

use std::future::poll_fn;
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use passerelle_journal::{Commitment, Frontier, Hash, merkle};
use passerelle_model::{Digest, RecordId, UtcTime};
use passerelle_store::{Append, Commit, Entry, Head, Held, Journal, Store, Tile};
use passerelle_store_sqlite::{Options, SqliteStore};
use rand_core::Rng as _;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use crate::clock::{Stopwatch, rng};
use crate::raw::RECORD_BYTES;
use crate::stats::Sample;

/// Bytes of a row beside the envelope: salt, leaf, wrapped key.
const AROUND: usize = 150;
/// Of each envelope, what differs from the others.
const HASH_BYTES: usize = 32;
/// A record's time; its index is added.
const START_MILLIS: u64 = 1_700_000_000_000;

/// A journal that grows by made-up entries whose tree is right.
pub(crate) struct Growing {
    journal: Journal,
    frontier: Frontier,
    template: Vec<u8>,
}

impl Growing {
    /// An empty journal of `party`; each entry holds `envelope` bytes that look random.
    pub(crate) fn new(channel: &str, party: &str, envelope: usize) -> anyhow::Result<Self> {
        let journal = Journal::new(&channel.parse()?, &party.parse()?);
        let mut template = vec![0; envelope.saturating_sub(HASH_BYTES)];
        rng().fill_bytes(&mut template);
        Ok(Self {
            journal,
            frontier: Frontier::new(),
            template,
        })
    }

    /// The commit that appends `count` entries.
    pub(crate) fn next(&mut self, count: u64) -> anyhow::Result<Commit> {
        let expected_size = self.frontier.size();
        let entries: Vec<Entry> = (expected_size..expected_size + count)
            .map(|index| self.entry(index))
            .collect();
        let leaves: Vec<Hash> = entries
            .iter()
            .map(|entry| Commitment::from_bytes(*entry.commitment.as_bytes()).leaf_hash())
            .collect();
        let completed = merkle::completed(&mut self.frontier, &leaves)?;
        let stored = completed
            .into_iter()
            .filter(|(node, _)| node.level > 0 && node.level % 8 == 0);
        let tiles = stored.map(|(node, root)| Tile {
            level: node.level / 8,
            index: node.index,
            root: Digest::new(*root.as_bytes()),
        });
        let head = Head {
            size: self.frontier.size(),
            root: Digest::new(*self.frontier.root().as_bytes()),
            frontier: self.frontier.to_bytes(),
            checkpoint: Vec::new(),
        };
        let (journal, tiles) = (self.journal.clone(), tiles.collect());
        let append = Append {
            journal,
            expected_size,
            entries,
            tiles,
            head,
        };
        Ok(Commit {
            appends: vec![append],
            ..Commit::default()
        })
    }

    /// Cheap to make, so that the disk and the store are measured and not this.
    fn entry(&self, index: u64) -> Entry {
        let commitment = digest(b"leaf", index);
        let mut envelope = self.template.clone();
        envelope.extend(commitment.as_bytes());
        let id = commitment
            .as_bytes()
            .first_chunk::<10>()
            .copied()
            .unwrap_or_default();
        Entry {
            index,
            commitment,
            held: Held::Content {
                salt: digest(b"salt", index),
                envelope,
                content_key: vec![7; 72],
                record: Some(RecordId::from_parts(START_MILLIS + index, id)),
                time: UtcTime::from_millis(START_MILLIS + index),
            },
        }
    }
}

fn digest(what: &[u8], index: u64) -> Digest {
    Digest::new(
        Sha256::new_with_prefix(what)
            .chain_update(index.to_be_bytes())
            .finalize()
            .into(),
    )
}

/// On how many journals callers append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Journals {
    /// All on one.
    One,
    /// Each caller on a journal of its own.
    Each,
}

/// `in_flight` callers append single entries of [`RECORD_BYTES`]; each waits for the disk
/// before its next.
pub(crate) async fn appended(
    dir: &Path,
    in_flight: usize,
    journals: Journals,
    time: Duration,
) -> anyhow::Result<Sample> {
    let store = Arc::new(SqliteStore::open(dir, Options::default())?);
    let whole = Stopwatch::start();
    let mut callers = JoinSet::new();
    let mut journal = shared(0)?;
    for caller in 0..in_flight {
        if journals == Journals::Each {
            journal = shared(caller)?;
        }
        callers.spawn(append(
            Arc::clone(&store),
            Arc::clone(&journal),
            whole,
            time,
        ));
    }
    let mut took = Vec::new();
    while let Some(caller) = callers.join_next().await {
        took.extend(caller??);
    }
    Ok(Sample::of(took, whole.elapsed()))
}

type Shared = Arc<tokio::sync::Mutex<Growing>>;

/// Each caller of a store speaks for a party of its own, as partners do.
fn shared(caller: usize) -> anyhow::Result<Shared> {
    let growing = Growing::new(
        "bench",
        &format!("ma.bench-{caller}"),
        RECORD_BYTES - AROUND,
    )?;
    Ok(Arc::new(tokio::sync::Mutex::new(growing)))
}

async fn append(
    store: Arc<SqliteStore>,
    journal: Shared,
    whole: Stopwatch,
    time: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let mut took = Vec::new();
    while whole.elapsed() < time {
        let one = Stopwatch::start();
        let mut growing = journal.lock().await;
        let commit = growing.next(1)?;
        let mut waiting = store.commit(commit);
        // Asked once under the lock, so that commits stand in the queue in the order of
        // their indices.
        let early = poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context))).await;
        drop(growing);
        match early {
            Poll::Ready(done) => done?,
            Poll::Pending => waiting.await?,
        };
        took.push(one.elapsed());
    }
    Ok(took)
}
