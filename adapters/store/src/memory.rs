//! A store in memory: the reference for the contract, and what simulations run on. Every
//! future is ready at once, nothing is random, and a node can be crashed at any step.

mod apply;
mod blobs;
mod image;
mod read;
mod words;

pub use blobs::MemoryBlobs;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use passerelle_model::{Digest, PartyId, RecordId, UtcTime};

use crate::limits::{check_asked, check_commit, check_listing};
use crate::{
    BlobNeed, CheckReport, Commit, Cosigned, Document, Durable, Entry, EntryRef, Erasure, Error,
    Found, Head, Held, HeldRecord, IdempotencyKey, Journal, KeyPage, Listing, MAX_GATHERED,
    MAX_PAGE, MAX_RECORDS, Pending, Put, StatementRow, Store, StoreImage, Token, WordQuery,
    check_query,
};

/// A [`Store`] in memory. A simulated crash is [`snapshot`](Self::snapshot) at any step, then
/// [`from_snapshot`](Self::from_snapshot): what was committed survives.
#[derive(Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
    meanwhile: Mutex<Option<(&'static str, Work)>>,
}

/// What somebody else does at a moment that a test chooses.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

/// Everything a [`MemoryStore`] held at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot(State);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// What a disk would hold if the power were cut now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.lock().state.clone())
    }

    /// The store a node finds when it starts again.
    pub fn from_snapshot(snapshot: Snapshot) -> Self {
        let inner = Inner {
            state: snapshot.0,
            ..Inner::default()
        };
        Self {
            inner: Mutex::new(inner),
            ..Self::default()
        }
    }

    /// Does `work` before the next [`Store::documents`] of this kind, or before the next command
    /// that writes where it is called `"commit"`: what somebody else does at exactly that
    /// moment.
    pub fn meanwhile(&self, what: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        *self.waiting() = Some((what, Box::pin(work)));
    }

    fn waiting(&self) -> MutexGuard<'_, Option<(&'static str, Work)>> {
        self.meanwhile
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn due(&self, what: &str) -> Option<Work> {
        let mut waiting = self.waiting();
        let due = waiting.take_if(|(named, _)| *named == what);
        due.map(|(_, work)| work)
    }

    /// The next command that writes is refused with `error` and writes nothing. After
    /// [`Error::Broken`] every later command is refused too, as on a disk whose flush failed.
    pub fn fail_next(&self, error: Error) {
        self.lock().fault = Some(Fault::Refuse(error));
    }

    /// The next command that writes takes effect, but is answered with [`Error::Broken`], as
    /// is every later one: a crash between the flush and the answer.
    pub fn lose_next_answer(&self) {
        self.lock().fault = Some(Fault::LoseAnswer);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<'a, T: Send + 'a>(
        &'a self,
        read: impl FnOnce(&State) -> Result<T, Error>,
    ) -> Pending<'a, T> {
        let inner = self.lock();
        let result = if inner.broken {
            Err(Error::Broken)
        } else {
            read(&inner.state)
        };
        ready(result)
    }
}

impl Store for MemoryStore {
    fn commit(&self, commit: Commit) -> Pending<'_, Durable> {
        let Some(work) = self.due("commit") else {
            return ready(self.lock().commit(commit));
        };
        Box::pin(async move {
            work.await;
            self.lock().commit(commit)
        })
    }

    fn put(&self, puts: Vec<Put>) -> Pending<'_, Durable> {
        self.commit(Commit {
            puts,
            ..Commit::default()
        })
    }

    fn erase(&self, erasures: Vec<Erasure>) -> Pending<'_, Durable> {
        self.commit(Commit {
            erasures,
            ..Commit::default()
        })
    }

    fn head(&self, journal: &Journal) -> Pending<'_, Option<Head>> {
        self.read(|state| Ok(state.kept(journal).and_then(|kept| kept.head.clone())))
    }

    fn entries(
        &self,
        journal: &Journal,
        range: Range<u64>,
        max_bytes: usize,
    ) -> Pending<'_, Vec<Entry>> {
        self.read(|state| Ok(state.entries(journal, range, max_bytes)))
    }

    fn commitments(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<Digest>> {
        self.read(|state| Ok(state.commitments(journal, range)))
    }

    fn find(&self, party: &PartyId, records: Vec<RecordId>) -> Pending<'_, Vec<Option<EntryRef>>> {
        let find = |state: &State, record| state.find(party, record);
        self.read(|state| Ok(records.iter().map(|record| find(state, *record)).collect()))
    }

    fn records(&self, asked: Vec<(PartyId, RecordId)>) -> Pending<'_, Vec<Option<HeldRecord>>> {
        self.read(|state| {
            check_asked(asked.len(), MAX_RECORDS)?;
            let whole = |(party, record): &(PartyId, RecordId)| state.record(party, record);
            Ok(asked.iter().map(whole).collect())
        })
    }

    fn entries_at(&self, journal: &Journal, indices: Vec<u64>) -> Pending<'_, Vec<Entry>> {
        self.read(|state| {
            check_asked(indices.len(), MAX_PAGE)?;
            let at = |index: &u64| state.entry_at(journal, *index);
            Ok(indices.iter().filter_map(at).collect())
        })
    }

    fn list(&self, listing: Listing) -> Pending<'_, Vec<EntryRef>> {
        self.read(|state| check_listing(&listing).map(|()| state.list(&listing)))
    }

    fn statements(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<StatementRow>> {
        self.read(|state| Ok(state.statements(journal, range)))
    }

    fn cosigned(
        &self,
        journal: &Journal,
        by: &PartyId,
        at_least: u64,
        limit: usize,
    ) -> Pending<'_, Vec<Cosigned>> {
        self.read(|state| Ok(state.cosigned(journal, by, at_least).take(limit).collect()))
    }

    fn last_cosigned(&self, journal: &Journal, by: &PartyId) -> Pending<'_, Option<Cosigned>> {
        self.read(|state| Ok(state.cosigned(journal, by, 0).last()))
    }

    fn tiles(&self, journal: &Journal, level: u8, range: Range<u64>) -> Pending<'_, Vec<Digest>> {
        self.read(|state| Ok(state.tiles(journal, level, range)))
    }

    fn documents(&self, kind: &'static str, prefix: &str) -> Pending<'_, Vec<Document>> {
        let Some(work) = self.due(kind) else {
            return self.read(|state| Ok(state.documents(kind, prefix)));
        };
        let prefix = prefix.to_owned();
        Box::pin(async move {
            work.await;
            self.read(|state| Ok(state.documents(kind, &prefix))).await
        })
    }

    fn gather(&self, names: Vec<(&'static str, String)>) -> Pending<'_, Vec<Option<Document>>> {
        self.read(|state| {
            check_asked(names.len(), MAX_GATHERED)?;
            let named = |(kind, key): &(&str, String)| state.named(kind, key);
            Ok(names.iter().map(named).collect())
        })
    }

    fn page(&self, kind: &'static str, page: KeyPage) -> Pending<'_, Vec<Document>> {
        if page.limit > MAX_PAGE {
            return ready(Err(Error::TooLarge("page".to_owned())));
        }
        self.read(|state| Ok(state.page(kind, &page)))
    }

    fn search(&self, query: WordQuery) -> Pending<'_, Vec<Found>> {
        if let Err(error) = check_query(&query) {
            return ready(Err(error));
        }
        self.read(|state| Ok(state.search(&query)))
    }

    fn idempotent(&self, keys: Vec<IdempotencyKey>) -> Pending<'_, Vec<Option<RecordId>>> {
        let known = |state: &State, key| state.idempotency.get(key).copied();
        self.read(|state| Ok(keys.iter().map(|key| known(state, key)).collect()))
    }

    fn blob_needs(&self, journal: &Journal, missing_only: bool) -> Pending<'_, Vec<BlobNeed>> {
        self.read(|state| Ok(state.blob_needs(journal, missing_only)))
    }

    fn blob_uses(&self, blob: Digest) -> Pending<'_, u64> {
        self.read(|state| Ok(state.blob_uses(blob)))
    }

    fn sizes(&self) -> Pending<'_, Vec<(Journal, u64)>> {
        self.read(|state| Ok(state.sizes()))
    }

    fn image(&self) -> Pending<'_, Box<dyn StoreImage>> {
        self.read(|state| Ok(image::of(state)))
    }

    fn check(&self) -> Pending<'_, CheckReport> {
        self.read(|_| Ok(CheckReport::default()))
    }
}

#[derive(Debug, Default)]
struct Inner {
    state: State,
    fault: Option<Fault>,
    broken: bool,
}

#[derive(Debug)]
enum Fault {
    Refuse(Error),
    LoseAnswer,
}

impl Inner {
    fn commit(&mut self, commit: Commit) -> Result<Durable, Error> {
        if self.broken {
            return Err(Error::Broken);
        }
        check_commit(&commit)?;
        match self.fault.take() {
            Some(Fault::Refuse(error)) => {
                self.broken = error == Error::Broken;
                Err(error)
            }
            Some(Fault::LoseAnswer) => {
                self.broken = true;
                self.state.commit(commit).and(Err(Error::Broken))
            }
            None => self.state.commit(commit).map(|()| Durable::after_flush()),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct State {
    journals: BTreeMap<Journal, Kept>,
    /// Every record ever held, erased ones too.
    records: BTreeMap<(PartyId, RecordId), (Journal, u64)>,
    /// Blobs that are needed and complete.
    complete: BTreeSet<Digest>,
    documents: BTreeMap<(String, String), (Vec<u8>, u64)>,
    idempotency: BTreeMap<IdempotencyKey, RecordId>,
    /// Tokens of entries by their place.
    words: BTreeMap<u64, (Journal, u64, BTreeSet<Token>)>,
}

/// One journal. One exists before its first leaf where a partner already spoke about it.
#[derive(Debug, Clone, Default)]
struct Kept {
    head: Option<Head>,
    rows: Vec<Row>,
    tiles: BTreeMap<(u8, u64), Digest>,
    cosigned: BTreeMap<(PartyId, u64), Cosigned>,
    statements: BTreeMap<(u64, PartyId, u64, u32), StatementRow>,
    /// Length in bytes by entry and blob.
    needs: BTreeMap<(u64, Digest), u64>,
}

#[derive(Debug, Clone)]
struct Row {
    commitment: Digest,
    held: Held,
    /// Release time, which outlives an erasure.
    time: Option<UtcTime>,
}

fn ready<'a, T: Send + 'a>(result: Result<T, Error>) -> Pending<'a, T> {
    Box::pin(std::future::ready(result))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::contract;

    #[tokio::test]
    async fn passes_the_contract() {
        let passed = contract::run_all(|| Arc::new(MemoryStore::new()) as Arc<dyn Store>).await;
        assert_eq!(passed, Ok(contract::CLAUSES.len()));
    }

    #[test]
    fn blobs_pass_the_contract() {
        let passed =
            contract::run_all_blobs(|| Arc::new(MemoryBlobs::new()) as Arc<dyn crate::Blobs>);
        assert_eq!(passed, Ok(contract::BLOB_CLAUSES.len()));
    }

    fn note(key: &str) -> Vec<Put> {
        vec![Put {
            kind: "note",
            key: key.into(),
            bytes: Some(key.into()),
            expected: None,
        }]
    }

    async fn keys(store: &MemoryStore) -> Vec<String> {
        let found = store.documents("note", "").await.unwrap();
        found.into_iter().map(|document| document.key).collect()
    }

    #[tokio::test]
    async fn a_crash_keeps_what_was_committed_before_it() {
        let store = MemoryStore::new();
        store.put(note("before")).await.unwrap();
        let disk = store.snapshot();
        store.put(note("after")).await.unwrap();
        assert_eq!(keys(&store).await, ["after", "before"]);
        assert_eq!(keys(&MemoryStore::from_snapshot(disk)).await, ["before"]);
    }

    #[tokio::test]
    async fn a_planned_failure_refuses_one_write_and_writes_nothing() {
        let store = MemoryStore::new();
        store.fail_next(Error::DiskFull);
        assert_eq!(store.put(note("a")).await, Err(Error::DiskFull));
        store.put(note("b")).await.unwrap();
        assert_eq!(keys(&store).await, ["b"]);
    }

    #[tokio::test]
    async fn a_broken_store_takes_no_more_commands() {
        let store = MemoryStore::new();
        store.fail_next(Error::Broken);
        assert_eq!(store.put(note("a")).await, Err(Error::Broken));
        assert_eq!(store.put(note("b")).await, Err(Error::Broken));
        assert_eq!(store.documents("note", "").await, Err(Error::Broken));
        let again = MemoryStore::from_snapshot(store.snapshot());
        assert!(keys(&again).await.is_empty());
    }

    #[tokio::test]
    async fn a_lost_answer_leaves_the_effect() {
        let store = MemoryStore::new();
        store.lose_next_answer();
        assert_eq!(store.put(note("a")).await, Err(Error::Broken));
        let again = MemoryStore::from_snapshot(store.snapshot());
        assert_eq!(keys(&again).await, ["a"]);
    }
}
