//! Durable appends through the `Store` trait.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use passerelle_journal::{Commitment, Frontier, Hash, merkle};
use passerelle_model::{Digest, RecordId, UtcTime};
use passerelle_store::{Append, Commit, Entry, Head, Held, Journal, Store, Tile};
use passerelle_store_sqlite::{Options, SqliteStore};
use rand_core::Rng as _;
use tokio::task::JoinSet;

use crate::clock::{Stopwatch, rng};
use crate::raw::RECORD_BYTES;
use crate::stats::Sample;

/// Bytes of a row beside the envelope: salt, leaf, wrapped key.
const AROUND: usize = 150;

/// A journal that grows by made-up entries whose tree is right.
pub(crate) struct Growing {
    journal: Journal,
    frontier: Frontier,
    envelope: usize,
}

impl Growing {
    /// An empty journal of `party`; each entry holds `envelope` random bytes.
    pub(crate) fn new(channel: &str, party: &str, envelope: usize) -> anyhow::Result<Self> {
        let journal = Journal::new(&channel.parse()?, &party.parse()?);
        Ok(Self {
            journal,
            frontier: Frontier::new(),
            envelope,
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

    fn entry(&self, index: u64) -> Entry {
        let mut rng = rng();
        let mut envelope = vec![0; self.envelope];
        let (mut leaf, mut salt, mut id) = ([0; 32], [0; 32], [0; 10]);
        rng.fill_bytes(&mut envelope);
        rng.fill_bytes(&mut leaf);
        rng.fill_bytes(&mut salt);
        rng.fill_bytes(&mut id);
        Entry {
            index,
            commitment: Digest::new(leaf),
            held: Held::Content {
                salt: Digest::new(salt),
                envelope,
                content_key: vec![7; 72],
                record: Some(RecordId::from_parts(1_700_000_000_000 + index, id)),
                time: UtcTime::from_millis(1_700_000_000_000 + index),
            },
        }
    }
}

/// `in_flight` callers, each appending single entries of [`RECORD_BYTES`] to a journal of its
/// own; each waits for the disk before its next.
pub(crate) async fn appended(
    dir: &Path,
    in_flight: usize,
    time: Duration,
) -> anyhow::Result<Sample> {
    let store = Arc::new(SqliteStore::open(dir, Options::default())?);
    let whole = Stopwatch::start();
    let mut callers = JoinSet::new();
    for caller in 0..in_flight {
        let store = Arc::clone(&store);
        let mut journal = Growing::new(
            &format!("bench-{caller}"),
            "ma.interior",
            RECORD_BYTES - AROUND,
        )?;
        callers.spawn(async move {
            let mut took = Vec::new();
            while whole.elapsed() < time {
                let commit = journal.next(1)?;
                let one = Stopwatch::start();
                store.commit(commit).await?;
                took.push(one.elapsed());
            }
            anyhow::Ok(took)
        });
    }
    let mut took = Vec::new();
    while let Some(caller) = callers.join_next().await {
        took.extend(caller??);
    }
    Ok(Sample::of(took, whole.elapsed()))
}
