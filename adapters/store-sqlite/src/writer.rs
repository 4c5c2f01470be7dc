//! The writer thread: gathers what waits, commits once, answers all. While nothing comes it
//! puts the words index in order.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use passerelle_store::limits::weight;
use passerelle_store::{Commit, Durable, Error, Journal};
use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::apply;
use crate::checkpoint::Handle;
use crate::failure::{Failure, Sql, from_io};
use crate::store::Health;
use crate::words;

/// Most KiB of commits that wait or are being written (64 MiB); each counts for one KiB at
/// least. A commit that finds no room waits for it.
pub const MAX_WAITING_KIB: u32 = 64 * 1024;
/// Most commits of one transaction.
pub const MAX_GROUP_COMMITS: usize = 1024;
/// About the most bytes of one transaction (16 MiB); a larger commit has its own.
pub const MAX_GROUP_BYTES: usize = 16 * 1024 * 1024;

/// How long nothing is written before the words index is put in order.
const IDLE: Duration = Duration::from_secs(1);
/// Rest between two steps of that, for whoever reads from the same disk.
const REST: Duration = Duration::from_millis(10);

/// Sizes of all journals as they are on disk, so that asking whether one has grown costs no
/// read. Changed before whoever appended is answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sizes(Arc<Mutex<BTreeMap<Journal, u64>>>);

impl Sizes {
    pub(crate) fn new(held: Vec<(Journal, u64)>) -> Self {
        Self(Arc::new(Mutex::new(held.into_iter().collect())))
    }

    pub(crate) fn all(&self) -> Vec<(Journal, u64)> {
        let held = self.held();
        held.iter()
            .map(|(journal, size)| (journal.clone(), *size))
            .collect()
    }

    fn grew(&self, commit: &Commit) {
        let mut held = self.held();
        let grown = commit.appends.iter().filter(|append| append.head.size > 0);
        held.extend(grown.map(|append| (append.journal.clone(), append.head.size)));
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<Journal, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
pub(crate) struct Writer {
    /// Taken when the store is dropped, which ends the thread after what was sent.
    commands: Option<Sender<Command>>,
    room: Arc<Semaphore>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        checkpoints: Handle,
        health: Health,
        sizes: Sizes,
    ) -> Result<Self, Error> {
        let (commands, queue) = mpsc::channel();
        let mut worker = Worker {
            connection,
            queue,
            checkpoints,
            health,
            sizes,
            ahead: None,
            // What an earlier process left.
            scattered: true,
        };
        let thread = thread::Builder::new()
            .name("store-write".into())
            .spawn(move || worker.serve());
        Ok(Self {
            commands: Some(commands),
            room: Arc::new(Semaphore::new(
                usize::try_from(MAX_WAITING_KIB).unwrap_or(1),
            )),
            thread: Some(thread.map_err(|error| from_io(&error))?),
        })
    }

    /// Waits for room, then for the answer. Once it waits for the answer the commit happens
    /// even if the caller goes away.
    pub(crate) async fn submit(&self, commit: Commit) -> Result<Durable, Error> {
        let bytes = weight(&commit);
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(MAX_WAITING_KIB);
        let room = Arc::clone(&self.room).acquire_many_owned(kib.clamp(1, MAX_WAITING_KIB));
        let room = room.await.map_err(|_| Error::Closed)?;
        let (answer, answered) = oneshot::channel();
        let command = Command {
            commit,
            bytes,
            answer,
            _room: room,
        };
        let commands = self.commands.as_ref().ok_or(Error::Closed)?;
        commands.send(command).map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
struct Command {
    commit: Commit,
    bytes: usize,
    answer: oneshot::Sender<Result<Durable, Error>>,
    _room: OwnedSemaphorePermit,
}

impl Command {
    fn changes_words(&self) -> bool {
        !self.commit.words.is_empty()
    }

    fn answer(self, result: Result<Durable, Error>) {
        // The caller may have gone; what was written stays written.
        let _ = self.answer.send(result);
    }
}

struct Worker {
    connection: Connection,
    queue: Receiver<Command>,
    checkpoints: Handle,
    health: Health,
    sizes: Sizes,
    /// A command that no longer fitted into the last group.
    ahead: Option<Command>,
    /// The words index may have parts that can be merged.
    scattered: bool,
}

impl Worker {
    fn serve(&mut self) {
        while let Some(first) = self.next() {
            let group = self.gather(first);
            self.commit(group);
            self.settle();
        }
    }

    /// The next command. Until it comes, the words index is merged step by step.
    fn next(&mut self) -> Option<Command> {
        if let Some(ahead) = self.ahead.take() {
            return Some(ahead);
        }
        let mut patience = IDLE;
        while self.scattered {
            match self.queue.recv_timeout(patience) {
                Ok(command) => return Some(command),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.scattered = self.merge(),
            }
            patience = REST;
        }
        self.queue.recv().ok()
    }

    /// One step; `false` where none is left, or none can be made now.
    fn merge(&self) -> bool {
        if self.health.check().is_err() {
            return false;
        }
        let merged = words::merge(&self.connection).unwrap_or_else(|failure| {
            // Whatever waits is told; the index stays as it was.
            self.abandon(failure);
            false
        });
        self.checkpoints.wrote(&GroupSize {
            bytes: words::MERGED_BYTES,
            erases: false,
        });
        self.settle();
        merged
    }

    /// The writer's part of a checkpoint.
    fn settle(&self) {
        if self.health.check().is_ok() && self.checkpoints.finish(&self.connection).is_err() {
            self.health.broke();
        }
    }

    /// Everything that waits already, up to the caps.
    fn gather(&mut self, first: Command) -> Vec<Command> {
        let mut bytes = first.bytes;
        let mut group = vec![first];
        while group.len() < MAX_GROUP_COMMITS {
            let Ok(next) = self.queue.try_recv() else {
                break;
            };
            bytes += next.bytes;
            if bytes > MAX_GROUP_BYTES {
                self.ahead = Some(next);
                break;
            }
            group.push(next);
        }
        group
    }

    fn commit(&mut self, group: Vec<Command>) {
        match self.write(&group) {
            Ok(results) => {
                self.scattered |= group.iter().any(Command::changes_words);
                self.checkpoints.wrote(&group_size(&group));
                for (command, result) in group.into_iter().zip(results) {
                    if result.is_ok() {
                        self.sizes.grew(&command.commit);
                    }
                    command.answer(result.map(|()| Durable::after_flush()));
                }
            }
            Err(error) => group
                .into_iter()
                .for_each(|command| command.answer(Err(error.clone()))),
        }
    }

    /// Results of each command once all are on disk, or the error that all of them share.
    fn write(&self, group: &[Command]) -> Result<Vec<Result<(), Error>>, Error> {
        self.health.check()?;
        self.transaction(group)
            .map_err(|failure| self.abandon(failure))
    }

    fn transaction(&self, group: &[Command]) -> Sql<Vec<Result<(), Error>>> {
        self.run("BEGIN IMMEDIATE")?;
        let results = match group {
            [only] => vec![self.alone(&only.commit)?],
            several => several
                .iter()
                .map(|command| self.in_savepoint(&command.commit))
                .collect::<Sql<_>>()?,
        };
        if !self.connection.is_autocommit() {
            self.run("COMMIT")?;
        }
        Ok(results)
    }

    /// A group of one needs no savepoint: its refusal ends the transaction.
    fn alone(&self, commit: &Commit) -> Sql<Result<(), Error>> {
        match apply::commit(&self.connection, commit) {
            Err(failure) if failure.is_refusal() => {
                self.run("ROLLBACK")?;
                Ok(Err(failure.error))
            }
            other => other.map(Ok),
        }
    }

    fn in_savepoint(&self, commit: &Commit) -> Sql<Result<(), Error>> {
        self.run("SAVEPOINT one")?;
        match apply::commit(&self.connection, commit) {
            Ok(()) => {
                self.run("RELEASE one")?;
                Ok(Ok(()))
            }
            Err(failure) if failure.is_refusal() => {
                self.run("ROLLBACK TO one")?;
                self.run("RELEASE one")?;
                Ok(Err(failure.error))
            }
            Err(failure) => Err(failure),
        }
    }

    /// Ends a transaction that failed. Where the file itself failed, or the transaction
    /// cannot even be ended, nothing more is known.
    fn abandon(&self, failure: Failure) -> Error {
        let ended = self.connection.is_autocommit() || self.run("ROLLBACK").is_ok();
        if failure.io || !ended {
            self.health.broke();
            return Error::Broken;
        }
        failure.error
    }

    fn run(&self, sql: &str) -> Sql<()> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

/// What a group adds to the WAL, for deciding about checkpoints.
pub(crate) struct GroupSize {
    pub(crate) bytes: u64,
    pub(crate) erases: bool,
}

fn group_size(group: &[Command]) -> GroupSize {
    const PAGES_PER_COMMIT: u64 = 4 * 4096;
    let bytes = |command: &Command| u64::try_from(command.bytes).unwrap_or(u64::MAX);
    let erases = |command: &Command| {
        let gone = command.commit.puts.iter().any(|put| put.bytes.is_none());
        gone || !command.commit.erasures.is_empty()
    };
    GroupSize {
        bytes: group
            .iter()
            .map(|command| bytes(command) + PAGES_PER_COMMIT)
            .sum(),
        erases: group.iter().any(erases),
    }
}
