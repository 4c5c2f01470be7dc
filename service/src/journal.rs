//! Our own journals: the one writer of each, checkpoints of any size, proofs.

use std::sync::{Mutex, PoisonError};

use passerelle_envelope::{ContentKey, Packets, Sealed};
use passerelle_exchange::message::JournalState;
use passerelle_exchange::{journal_origin, register_origin};
use passerelle_journal::{
    Checkpoint, Commitment, EnvelopeHash, Frontier, Hash, LogSigner, Node as TreeNode, Salt,
    SignedCheckpoint, merkle,
};
use passerelle_model::{ChannelId, Day, Digest, PartyId, RecordId, UtcTime};
use passerelle_store::{Append, Entry, Head, Held, Journal, Store, Tile};
use tokio::sync::oneshot;

use crate::register::REGISTER;
use crate::release::Waiting;
use crate::{Error, Node};

/// How long one key packet is reused for new envelopes, in milliseconds (ten minutes). It
/// saves one encapsulation a record; every record keeps its own content key, so each stays
/// separately erasable (`docs/protocol.md`, key packets).
pub(crate) const PACKET_LIFE_MILLIS: u64 = 10 * 60 * 1000;

/// The writer of our journal in one channel. Whoever holds `edge` may append.
pub(crate) struct Writer {
    pub(crate) journal: Journal,
    pub(crate) edge: tokio::sync::Mutex<Option<Edge>>,
    pub(crate) waiting: Queue<Waiting>,
    pub(crate) today: Mutex<Option<(Day, u64)>>,
    state: Mutex<Option<JournalState>>,
}

/// What waits to be appended, each with who waits for the index it gets. Whoever holds the
/// edge of the journal takes all of it.
pub(crate) struct Queue<T>(Mutex<Vec<Queued<T>>>);

/// Who waits for one of them.
pub(crate) type Waiter = oneshot::Sender<Result<u64, Error>>;

/// One of them.
pub(crate) type Queued<T> = (T, Waiter);

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Queue<T> {
    /// Puts one more at the end.
    pub(crate) fn join(&self, item: T) -> Answer {
        let (done, answer) = oneshot::channel();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((item, done));
        Answer(answer)
    }

    /// Takes what waits, at most `limit`.
    pub(crate) fn take(&self, limit: usize) -> Vec<Queued<T>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(limit);
        waiting.drain(..count).collect()
    }
}

/// Where the index of one that waits arrives.
pub(crate) struct Answer(oneshot::Receiver<Result<u64, Error>>);

impl Answer {
    /// The answer, if somebody took the item. A caller who took it and gave up (a closed
    /// connection) leaves an answer too: it may be asked again.
    pub(crate) fn now(&mut self) -> Option<Result<u64, Error>> {
        match self.0.try_recv() {
            Ok(result) => Some(result),
            Err(oneshot::error::TryRecvError::Empty) => None,
            Err(oneshot::error::TryRecvError::Closed) => {
                Some(Err(passerelle_store::Error::Closed.into()))
            }
        }
    }
}

/// The right edge of our journal.
pub(crate) struct Edge {
    pub(crate) size: u64,
    pub(crate) frontier: Frontier,
    pub(crate) packets: Packets,
    packets_since: UtcTime,
}

/// A new entry of ours, sealed.
pub(crate) struct NewEntry {
    /// What the leaf commits to.
    pub(crate) hash: EnvelopeHash,
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_key: ContentKey,
    pub(crate) record: Option<RecordId>,
    pub(crate) time: UtcTime,
}

impl NewEntry {
    pub(crate) fn envelope(sealed: Sealed, record: Option<RecordId>, time: UtcTime) -> Self {
        Self {
            hash: EnvelopeHash::from_bytes(*sealed.hash.as_bytes()),
            bytes: sealed.bytes,
            content_key: sealed.content_key,
            record,
            time,
        }
    }
}

impl Writer {
    pub(crate) fn new(channel: &ChannelId, party: &PartyId) -> Self {
        Self {
            journal: Journal::new(channel, party),
            edge: tokio::sync::Mutex::new(None),
            waiting: Queue::default(),
            today: Mutex::default(),
            state: Mutex::default(),
        }
    }

    /// A record that was counted for `day` was refused.
    pub(crate) fn uncount(&self, day: Day) {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((held, count)) = today.as_mut()
            && *held == day
        {
            *count = count.saturating_sub(1);
        }
    }

    /// Size and root, once known.
    pub(crate) fn state(&self) -> Option<JournalState> {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The journal is durable at this size; an older note changes nothing.
    pub(crate) fn note(&self, state: JournalState) {
        let mut held = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none_or(|held| held.size < state.size) {
            *held = Some(state);
        }
    }
}

impl Edge {
    pub(crate) async fn load(
        store: &dyn Store,
        journal: &Journal,
        now: UtcTime,
    ) -> Result<Self, Error> {
        let (size, frontier) = match store.head(journal).await? {
            Some(head) => (head.size, Frontier::from_bytes(&head.frontier)?),
            None => (0, Frontier::new()),
        };
        Ok(Self {
            size,
            frontier,
            packets: Packets::new(),
            packets_since: now,
        })
    }

    /// The edge moved and is durable.
    pub(crate) fn moved(&mut self, frontier: Frontier, writer: &Writer) {
        self.size = frontier.size();
        let root = Digest::new(*frontier.root().as_bytes());
        writer.note(JournalState {
            size: self.size,
            root,
        });
        self.frontier = frontier;
    }

    fn refresh_packets(&mut self, now: UtcTime) {
        if now >= self.packets_since.plus_millis(PACKET_LIFE_MILLIS) {
            self.packets.renew();
            self.packets_since = now;
        }
    }
}

impl Node {
    /// The edge of a journal of ours, ready to append: read from the store where it is not in memory.
    pub(crate) async fn edge<'a>(
        &self,
        slot: &'a mut Option<Edge>,
        journal: &Journal,
    ) -> Result<&'a mut Edge, Error> {
        // Of the register nobody else holds the entries, so it goes on after the node was set
        // back; its witnesses notice.
        if journal.channel.as_str() != REGISTER {
            self.directory().not_behind(&journal.channel)?;
        }
        let now = self.now();
        let edge = match slot.take() {
            Some(edge) => edge,
            None => Edge::load(self.store.as_ref(), journal, now).await?,
        };
        let edge = slot.insert(edge);
        edge.refresh_packets(now);
        Ok(edge)
    }

    /// The rows that append `entries` at `edge`, and the frontier afterwards. Nothing is
    /// written yet; call [`Edge::moved`] once it is durable.
    pub(crate) fn append_rows(
        &self,
        edge: &Edge,
        journal: &Journal,
        entries: Vec<NewEntry>,
    ) -> Result<(Append, Frontier), Error> {
        let mut rows = Vec::with_capacity(entries.len());
        let mut leaves = Vec::with_capacity(entries.len());
        for (index, entry) in (edge.size..).zip(entries) {
            let salt = self.dice.with(|mut rng| Salt::generate(&mut rng));
            let commitment = Commitment::new(&salt, &entry.hash);
            leaves.push(commitment.leaf_hash());
            let content_key = self.wrap(&entry.content_key, &commitment)?;
            rows.push(Entry {
                index,
                commitment: Digest::new(*commitment.as_bytes()),
                held: Held::Content {
                    salt: Digest::new(*salt.as_bytes()),
                    envelope: entry.bytes,
                    content_key,
                    record: entry.record,
                    time: entry.time,
                },
            });
        }
        let mut frontier = edge.frontier.clone();
        let tiles = tiles(merkle::completed(&mut frontier, &leaves)?);
        let head = head_row(&frontier, Vec::new());
        let (journal, expected_size) = (journal.clone(), edge.size);
        Ok((
            Append {
                journal,
                expected_size,
                entries: rows,
                tiles,
                head,
            },
            frontier,
        ))
    }

    /// The content key under the store key, bound to the leaf.
    pub(crate) fn wrap(&self, key: &ContentKey, leaf: &Commitment) -> Result<Vec<u8>, Error> {
        let keys = self.keys();
        let wrapped = self.dice.with(|mut rng| {
            keys.store()
                .wrap_content_key(key, leaf.as_bytes(), &mut rng)
        })?;
        Ok(wrapped.to_vec())
    }

    /// A checkpoint of our journal, signed. Ed25519 is deterministic: the same head gives the
    /// same note.
    pub(crate) fn checkpoint(
        &self,
        channel: &ChannelId,
        size: u64,
        root: Hash,
    ) -> Result<SignedCheckpoint, Error> {
        let origin = match channel.as_str() {
            REGISTER => register_origin(&self.party)?,
            _ => journal_origin(channel, &self.party)?,
        };
        let signer = LogSigner::from_seed(origin.clone(), self.keys().journal().seed());
        Ok(Checkpoint::new(origin, size, root)?.sign(&signer)?)
    }

    /// The frontier of a journal at any size up to the one held.
    pub(crate) async fn frontier_at(
        &self,
        journal: &Journal,
        size: u64,
    ) -> Result<Frontier, Error> {
        let peaks = self.subtrees(journal, &Frontier::nodes(size)).await?;
        Ok(Frontier::from_peaks(size, peaks)?)
    }

    /// The hashes of these perfect subtrees, from stored tile roots and leaves.
    pub(crate) async fn subtrees(
        &self,
        journal: &Journal,
        nodes: &[TreeNode],
    ) -> Result<Vec<Hash>, Error> {
        let mut hashes = Vec::with_capacity(nodes.len());
        for node in nodes {
            hashes.push(self.subtree(journal, *node).await?);
        }
        Ok(hashes)
    }

    /// One subtree: at most 255 hashes are read, whatever its size.
    async fn subtree(&self, journal: &Journal, node: TreeNode) -> Result<Hash, Error> {
        let (stored, above) = (node.level / 8, u32::from(node.level % 8));
        let width = 1_u64 << above;
        let start = node.index * width;
        let range = start..start + width;
        let bases: Vec<Hash> = if stored == 0 {
            let leaves = self.store.commitments(journal, range.clone()).await?;
            leaves
                .iter()
                .map(|leaf| merkle::leaf_hash(leaf.as_bytes()))
                .collect()
        } else {
            let roots = self.store.tiles(journal, stored, range.clone()).await?;
            roots
                .iter()
                .map(|root| Hash::from_bytes(*root.as_bytes()))
                .collect()
        };
        if bases.len() as u64 != width {
            let found = format!("{} of {width} hashes of {journal:?}", bases.len());
            return Err(passerelle_store::Error::Corrupt(found).into());
        }
        Ok(fold(bases))
    }
}

/// The root over a power of two of subtree hashes.
fn fold(mut hashes: Vec<Hash>) -> Hash {
    while hashes.len() > 1 {
        hashes = hashes
            .chunks(2)
            .filter_map(|pair| match pair {
                [left, right] => Some(merkle::node_hash(left, right)),
                _ => None,
            })
            .collect();
    }
    hashes.first().copied().unwrap_or(Hash::EMPTY)
}

/// Of completed subtrees, those that are stored: one for every 256 leaves, 65,536, and so on.
pub(crate) fn tiles(completed: Vec<(TreeNode, Hash)>) -> Vec<Tile> {
    completed
        .into_iter()
        .filter(|(node, _)| node.level > 0 && node.level % 8 == 0)
        .map(|(node, root)| Tile {
            level: node.level / 8,
            index: node.index,
            root: Digest::new(*root.as_bytes()),
        })
        .collect()
}

/// A head as it is stored.
pub(crate) fn head_row(frontier: &Frontier, checkpoint: Vec<u8>) -> Head {
    Head {
        size: frontier.size(),
        root: Digest::new(*frontier.root().as_bytes()),
        frontier: frontier.to_bytes(),
        checkpoint,
    }
}
