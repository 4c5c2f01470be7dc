//! Moves the WAL into the database file without making commits wait.
//!
//! A thread with its own connection copies while the writer goes on. What the writer added
//! meanwhile is little; the writer copies that itself between two groups, after which the
//! WAL starts again from its beginning and its file does not grow. The file keeps its length as
//! long as nothing is erased: writing over what is there flushes faster than making the file
//! longer.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use passerelle_store::Error;
use rusqlite::Connection;

use crate::connect;
use crate::failure::{Failure, Sql, from_io};
use crate::store::{Health, Place};
use crate::writer::GroupSize;

/// About how much is written between two checkpoints (4 MiB).
const EVERY: u64 = 4 * 1024 * 1024;
/// A WAL file of this size (64 MiB) is cut back: readers are waited for.
const LARGE: u64 = 64 * 1024 * 1024;
/// How long nothing is written before the rest is copied.
const IDLE: Duration = Duration::from_secs(2);
/// How long the writer waits for readers when it cuts the WAL back.
const PATIENCE: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(crate) struct Checkpointer {
    /// Ends, with an emptied WAL, once the writer has dropped its handle.
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// The thread, and the writer's end of it.
    pub(crate) fn start(place: &Place, health: Health) -> Result<(Self, Handle), Error> {
        let connection = connect::checkpointer(place).map_err(|failure| failure.error)?;
        let (wake, woken) = mpsc::sync_channel(1);
        let shared = Arc::new(Shared {
            wal: place.wal.clone(),
            ..Shared::default()
        });
        let worker = Worker {
            connection,
            health,
            shared: Arc::clone(&shared),
        };
        let thread = thread::Builder::new()
            .name("store-checkpoint".into())
            .spawn(move || worker.serve(&woken));
        let thread = Some(thread.map_err(|error| from_io(&error))?);
        Ok((Self { thread }, Handle { wake, shared }))
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A checkpoint that failed leaves all in the WAL, which the next start reads.
            let _ = thread.join();
        }
    }
}

/// How the writer tells what it wrote.
#[derive(Debug)]
pub(crate) struct Handle {
    wake: SyncSender<()>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    wal: PathBuf,
    /// Bytes written since the last checkpoint, roughly.
    written: AtomicU64,
    /// Content was destroyed, but the WAL may still hold its old pages.
    erased: AtomicBool,
    /// The thread copied what it could; the writer does the rest.
    nearly_done: AtomicBool,
}

impl Handle {
    /// Counts a group, and wakes the thread for the first one and when enough has gathered.
    pub(crate) fn wrote(&self, group: &GroupSize) {
        if group.erases {
            self.shared.erased.store(true, Ordering::Release);
        }
        let before = self.shared.written.fetch_add(group.bytes, Ordering::AcqRel);
        if before == 0 || before.saturating_add(group.bytes) >= EVERY {
            // A full channel means the thread is awake anyway.
            let _ = self.wake.try_send(());
        }
    }

    /// The writer's part, between two groups.
    pub(crate) fn finish(&self, connection: &Connection) -> Sql<()> {
        if !self.shared.nearly_done.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let erased = self.shared.erased.swap(false, Ordering::AcqRel);
        let mode = match std::fs::metadata(&self.shared.wal) {
            _ if erased => "TRUNCATE",
            Ok(file) if file.len() > LARGE => "TRUNCATE",
            _ => "PASSIVE",
        };
        connection.busy_timeout(PATIENCE)?;
        let complete = checkpoint(connection, mode);
        connection.busy_timeout(connect::BUSY)?;
        if erased && !matches!(complete, Ok(true)) {
            self.shared.erased.store(true, Ordering::Release);
        }
        complete.map(drop)
    }
}

struct Worker {
    connection: Connection,
    health: Health,
    shared: Arc<Shared>,
}

impl Worker {
    fn serve(&self, woken: &Receiver<()>) {
        while woken.recv().is_ok() {
            if !self.until_idle(woken) {
                break;
            }
        }
        self.rest("TRUNCATE");
    }

    /// Follows the writer until it is idle; `false` once the store is closed.
    fn until_idle(&self, woken: &Receiver<()>) -> bool {
        loop {
            match woken.recv_timeout(IDLE) {
                Ok(()) => self.follow(),
                Err(RecvTimeoutError::Timeout) => {
                    if self.rest("PASSIVE") {
                        return true;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn follow(&self) {
        if self.shared.written.load(Ordering::Acquire) < EVERY {
            return;
        }
        self.shared.written.store(1, Ordering::Release);
        if self.run("PASSIVE") {
            self.shared.nearly_done.store(true, Ordering::Release);
        }
    }

    /// Copies everything; after an erasure it empties the WAL, so that no old page stays. `false`
    /// where that must be tried again.
    fn rest(&self, mode: &str) -> bool {
        let erased = self.shared.erased.swap(false, Ordering::AcqRel);
        self.shared.written.store(0, Ordering::Release);
        if self.run(if erased { "TRUNCATE" } else { mode }) {
            return true;
        }
        self.shared.erased.fetch_or(erased, Ordering::AcqRel);
        self.health.check().is_err()
    }

    /// Whether the checkpoint got through.
    fn run(&self, mode: &str) -> bool {
        if self.health.check().is_err() {
            return false;
        }
        match checkpoint(&self.connection, mode) {
            Ok(complete) => complete,
            Err(failure) => {
                // A failed flush of the file is as final as one of the WAL.
                if failure.io {
                    self.health.broke();
                }
                false
            }
        }
    }
}

/// Whether nothing stood in the way. Neither a busy neighbour nor a full disk is a failure:
/// everything is safe in the WAL, and the next checkpoint goes on from there.
fn checkpoint(connection: &Connection, mode: &str) -> Sql<bool> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    match connection.query_row(&sql, [], |row| row.get::<_, bool>(0)) {
        Ok(busy) => Ok(!busy),
        Err(error) => match Failure::from(error) {
            Failure {
                error: Error::InUse | Error::DiskFull,
                ..
            } => Ok(false),
            failure => Err(failure),
        },
    }
}
