//! The store itself: opening, closing, and each command handed to its thread.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use passerelle_model::{Digest, PartyId, RecordId};
use passerelle_store::limits::{check_asked, check_commit, check_listing};
use passerelle_store::{
    BlobNeed, CheckReport, Commit, Cosigned, Document, Durable, Entry, EntryRef, Erasure, Error,
    Found, Head, HeldRecord, IdempotencyKey, Journal, KeyPage, Listing, MAX_GATHERED, MAX_PAGE,
    MAX_RECORDS, Pending, Put, StatementRow, Store, StoreImage, WordQuery, check_query,
};
use rusqlite::Connection;

use crate::checkpoint::Checkpointer;
use crate::failure::{Sql, from_io};
use crate::image::Images;
use crate::lock::DirLock;
use crate::readers::Readers;
use crate::words::{Journals, search};
use crate::writer::{Sizes, Writer};
use crate::{connect, lock, migrate, read, schema};

/// Most reader threads.
pub const MAX_READERS: usize = 64;

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// When the disk is flushed.
    pub synchronous: Synchronous,
    /// Reader threads, 1 to [`MAX_READERS`].
    pub readers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            synchronous: Synchronous::Full,
            readers: 3,
        }
    }
}

/// When the disk is flushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    /// Before each answer.
    Full,
    /// Never: answers are lies. For the negative control of the power-cut test only.
    Off,
}

/// [`Store`] in `store.sqlite` of a data folder. One process at a time.
///
/// Dropping it finishes what was taken, moves the WAL into the file and blocks while it does.
#[derive(Debug)]
pub struct SqliteStore {
    // Dropped in this order: no reader holds the WAL, the writer ends, the WAL is emptied,
    // then another process may come.
    readers: Readers,
    writer: Writer,
    _checkpointer: Checkpointer,
    _lock: DirLock,
    health: Health,
    sizes: Sizes,
    journals: Journals,
    place: Place,
    images: Images,
}

impl SqliteStore {
    /// Opens the store in `dir`, which is made where it is missing, and brings its schema up
    /// to date; a copy of a store that is migrated goes to `backup/` first. Blocks.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process (or another handle) has it open;
    /// [`Error::NewerSchema`], [`Error::MigrationAltered`]; [`Error::Corrupt`] where the file
    /// is no database; [`Error::ReadOnly`], [`Error::DiskFull`] and [`Error::Io`].
    pub fn open(dir: &Path, options: Options) -> Result<Self, Error> {
        lock::make_dir(dir)?;
        let lock = DirLock::take(&dir.join("lock"))?;
        let place = Place::new(dir, &options);
        let images = Images::start(dir)?;
        let connection = prepare(dir, &place).map_err(|failure| failure.error)?;
        let health = Health::default();
        let sizes = read::sizes(&connection).map_err(|failure| failure.error)?;
        let sizes = Sizes::new(sizes);
        let (checkpointer, handle) = Checkpointer::start(&place, health.clone())?;
        Ok(Self {
            readers: Readers::start(&place, options.readers.clamp(1, MAX_READERS))?,
            writer: Writer::start(connection, handle, health.clone(), sizes.clone())?,
            _checkpointer: checkpointer,
            _lock: lock,
            health,
            sizes,
            journals: Journals::default(),
            place,
            images,
        })
    }

    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Sql<T> + Send + 'static,
    ) -> Pending<'_, T> {
        Box::pin(async move {
            self.health.check()?;
            let read = |connection: &Connection| in_transaction(connection, read);
            self.readers.run(read).await
        })
    }
}

impl Store for SqliteStore {
    fn commit(&self, commit: Commit) -> Pending<'_, Durable> {
        Box::pin(async move {
            self.health.check()?;
            check_commit(&commit)?;
            self.writer.submit(commit).await
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
        let journal = journal.clone();
        self.read(move |connection| read::head(connection, &journal))
    }

    fn entries(
        &self,
        journal: &Journal,
        range: Range<u64>,
        max_bytes: usize,
    ) -> Pending<'_, Vec<Entry>> {
        let journal = journal.clone();
        self.read(move |connection| read::entries(connection, &journal, &range, max_bytes))
    }

    fn commitments(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<Digest>> {
        let journal = journal.clone();
        self.read(move |connection| read::commitments(connection, &journal, &range))
    }

    fn find(&self, party: &PartyId, records: Vec<RecordId>) -> Pending<'_, Vec<Option<EntryRef>>> {
        let party = party.clone();
        self.read(move |connection| read::find(connection, &party, &records))
    }

    fn records(&self, asked: Vec<(PartyId, RecordId)>) -> Pending<'_, Vec<Option<HeldRecord>>> {
        if let Err(error) = check_asked(asked.len(), MAX_RECORDS) {
            return Box::pin(std::future::ready(Err(error)));
        }
        self.read(move |connection| read::records(connection, &asked))
    }

    fn entries_at(&self, journal: &Journal, indices: Vec<u64>) -> Pending<'_, Vec<Entry>> {
        if let Err(error) = check_asked(indices.len(), MAX_PAGE) {
            return Box::pin(std::future::ready(Err(error)));
        }
        let journal = journal.clone();
        self.read(move |connection| read::entries_at(connection, &journal, &indices))
    }

    fn list(&self, listing: Listing) -> Pending<'_, Vec<EntryRef>> {
        if let Err(error) = check_listing(&listing) {
            return Box::pin(std::future::ready(Err(error)));
        }
        self.read(move |connection| read::list(connection, &listing))
    }

    fn statements(&self, journal: &Journal, range: Range<u64>) -> Pending<'_, Vec<StatementRow>> {
        let journal = journal.clone();
        self.read(move |connection| read::statements(connection, &journal, &range))
    }

    fn cosigned(
        &self,
        journal: &Journal,
        by: &PartyId,
        at_least: u64,
        limit: usize,
    ) -> Pending<'_, Vec<Cosigned>> {
        let (journal, by) = (journal.clone(), by.clone());
        self.read(move |connection| read::cosigned(connection, &journal, &by, at_least, limit))
    }

    fn last_cosigned(&self, journal: &Journal, by: &PartyId) -> Pending<'_, Option<Cosigned>> {
        let (journal, by) = (journal.clone(), by.clone());
        self.read(move |connection| read::last_cosigned(connection, &journal, &by))
    }

    fn tiles(&self, journal: &Journal, level: u8, range: Range<u64>) -> Pending<'_, Vec<Digest>> {
        let journal = journal.clone();
        self.read(move |connection| read::tiles(connection, &journal, level, &range))
    }

    fn documents(&self, kind: &'static str, prefix: &str) -> Pending<'_, Vec<Document>> {
        let prefix = prefix.to_owned();
        self.read(move |connection| read::documents(connection, kind, &prefix))
    }

    fn gather(&self, names: Vec<(&'static str, String)>) -> Pending<'_, Vec<Option<Document>>> {
        if let Err(error) = check_asked(names.len(), MAX_GATHERED) {
            return Box::pin(std::future::ready(Err(error)));
        }
        self.read(move |connection| read::gather(connection, &names))
    }

    fn page(&self, kind: &'static str, page: KeyPage) -> Pending<'_, Vec<Document>> {
        if page.limit > MAX_PAGE {
            let error = Error::TooLarge(format!("page of {}", page.limit));
            return Box::pin(std::future::ready(Err(error)));
        }
        self.read(move |connection| read::page(connection, kind, &page))
    }

    fn search(&self, query: WordQuery) -> Pending<'_, Vec<Found>> {
        if let Err(error) = check_query(&query) {
            return Box::pin(std::future::ready(Err(error)));
        }
        let journals = self.journals.clone();
        Box::pin(async move {
            self.health.check()?;
            let search = move |connection: &Connection| search(connection, &journals, &query);
            self.readers.run(search).await
        })
    }

    fn idempotent(&self, keys: Vec<IdempotencyKey>) -> Pending<'_, Vec<Option<RecordId>>> {
        self.read(move |connection| read::idempotent(connection, &keys))
    }

    fn blob_needs(&self, journal: &Journal, missing_only: bool) -> Pending<'_, Vec<BlobNeed>> {
        let journal = journal.clone();
        self.read(move |connection| read::blob_needs(connection, &journal, missing_only))
    }

    fn blob_uses(&self, blob: Digest) -> Pending<'_, u64> {
        self.read(move |connection| read::blob_uses(connection, blob))
    }

    fn sizes(&self) -> Pending<'_, Vec<(Journal, u64)>> {
        let sizes = self.health.check().map(|()| self.sizes.all());
        Box::pin(std::future::ready(sizes))
    }

    fn image(&self) -> Pending<'_, Box<dyn StoreImage>> {
        Box::pin(async move {
            self.health.check()?;
            let (image, place) = (self.images.place(), self.place.clone());
            let (answer, answered) = tokio::sync::oneshot::channel();
            // A thread of its own: a copy takes long, and the readers are few.
            let copying = std::thread::Builder::new().name("store-image".into());
            copying
                .spawn(move || {
                    let filled = image.fill(&place).map_err(|failure| failure.error);
                    // The caller may have gone; then nobody wants the copy.
                    let _ = answer.send(filled.map(|()| image));
                })
                .map_err(|error| from_io(&error))?;
            let image = answered.await.map_err(|_| Error::Closed)??;
            Ok(Box::new(image) as Box<dyn StoreImage>)
        })
    }

    fn check(&self) -> Pending<'_, CheckReport> {
        self.read(read::check)
    }
}

/// All statements of one read see the same state.
fn in_transaction<T>(connection: &Connection, read: impl FnOnce(&Connection) -> Sql<T>) -> Sql<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result = read(connection);
    connection.prepare_cached("ROLLBACK")?.execute([])?;
    result
}

/// Where the database is and how its connections are made.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) file: PathBuf,
    pub(crate) wal: PathBuf,
    pub(crate) synchronous: Synchronous,
}

impl Place {
    pub(crate) fn new(dir: &Path, options: &Options) -> Self {
        Self {
            file: dir.join("store.sqlite"),
            wal: dir.join("store.sqlite-wal"),
            synchronous: options.synchronous,
        }
    }
}

/// Whether a flush failed; shared by all threads of a store.
#[derive(Debug, Clone, Default)]
pub(crate) struct Health(Arc<AtomicBool>);

impl Health {
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.0.load(Ordering::Acquire) {
            Err(Error::Broken)
        } else {
            Ok(())
        }
    }

    pub(crate) fn broke(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The migrated write connection.
fn prepare(dir: &Path, place: &Place) -> Sql<Connection> {
    let mut connection = connect::open_to_write(&place.file)?;
    let pending = migrate::pending(&connection, schema::MIGRATIONS)?;
    connect::configure_writer(&connection, place.synchronous)?;
    migrate::run(&mut connection, &dir.join("backup"), &pending)?;
    lock::sync_dir(dir)?;
    Ok(connection)
}
