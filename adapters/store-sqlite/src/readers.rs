//! Reading: in the thread that asks where its runtime lets it, else in a few threads of our own.
//!
//! Most reads take less time than handing them to another thread and waiting for its answer. A
//! runtime of several threads is told ([`tokio::task::block_in_place`]), so that one of the others takes over what
//! this thread would have done next; the disk may take its time. Without such a runtime, or
//! where all connections for it are busy, reads queue for the threads.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use passerelle_store::Error;
use rusqlite::Connection;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{Semaphore, oneshot};

use crate::connect;
use crate::failure::{Sql, from_io};
use crate::store::Place;

/// Most reads that wait; more wait for room first.
const MAX_WAITING_READS: usize = 4096;
/// Connections for reads in the thread that asks: as many as are likely to ask at once.
const NEAR: usize = 2;

type Job = Box<dyn FnOnce(&Connection) + Send>;

#[derive(Debug)]
pub(crate) struct Readers {
    near: Near,
    queue: Arc<Queue>,
    room: Arc<Semaphore>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(crate) fn start(place: &Place, count: usize) -> Result<Self, Error> {
        let queue = Arc::new(Queue::default());
        let mut readers = Self {
            near: Near::open(place)?,
            queue: Arc::clone(&queue),
            room: Arc::new(Semaphore::new(MAX_WAITING_READS)),
            threads: Vec::new(),
        };
        for _ in 0..count {
            let connection = connect::reader(place).map_err(|failure| failure.error)?;
            let queue = Arc::clone(&queue);
            let thread = thread::Builder::new()
                .name("store-read".into())
                .spawn(move || serve(&connection, &queue));
            readers
                .threads
                .push(thread.map_err(|error| from_io(&error))?);
        }
        Ok(readers)
    }

    /// Runs `read`, here or on one of the threads.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Sql<T> + Send + 'static,
    ) -> Result<T, Error> {
        match self.near.take() {
            Some(connection) => self.near.run(connection, read),
            None => self.aside(read).await,
        }
    }

    async fn aside<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Sql<T> + Send + 'static,
    ) -> Result<T, Error> {
        let room = Arc::clone(&self.room).acquire_owned().await;
        let room = room.map_err(|_| Error::Closed)?;
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move |connection: &Connection| {
            let result = read(connection);
            drop(room);
            // The caller may have gone; then nobody wants the result.
            let _ = answer.send(result.map_err(|failure| failure.error));
        });
        self.queue.put(job);
        answered.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            // A reader that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}

/// Connections that are idle. A connection whose read panics does not come back.
#[derive(Debug)]
struct Near(Mutex<Vec<Connection>>);

impl Near {
    fn open(place: &Place) -> Result<Self, Error> {
        let open = |_| connect::reader(place).map_err(|failure| failure.error);
        let connections: Result<_, Error> = (0..NEAR).map(open).collect();
        Ok(Self(Mutex::new(connections?)))
    }

    /// One of them, if this thread may wait for the disk.
    fn take(&self) -> Option<Connection> {
        let runtime = Handle::try_current().ok()?;
        let several = runtime.runtime_flavor() == RuntimeFlavor::MultiThread;
        several.then(|| self.idle().pop()).flatten()
    }

    fn run<T>(
        &self,
        connection: Connection,
        read: impl FnOnce(&Connection) -> Sql<T>,
    ) -> Result<T, Error> {
        let result = tokio::task::block_in_place(|| read(&connection));
        self.idle().push(connection);
        result.map_err(|failure| failure.error)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Jobs in the order they came. One that comes wakes one thread: with a receiver that the
/// threads hand round, each job would wake the next thread as well.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    news: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    fn put(&self, job: Job) {
        self.waiting().jobs.push_back(job);
        self.news.notify_one();
    }

    /// What was put before is still done.
    fn close(&self) {
        self.waiting().closed = true;
        self.news.notify_all();
    }

    /// Waits for the next job; none once the queue is closed and empty.
    fn next(&self) -> Option<Job> {
        let idle = |waiting: &mut Waiting| waiting.jobs.is_empty() && !waiting.closed;
        let waiting = self.news.wait_while(self.waiting(), idle);
        waiting
            .unwrap_or_else(PoisonError::into_inner)
            .jobs
            .pop_front()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Queue(…)")
    }
}

fn serve(connection: &Connection, queue: &Queue) {
    while let Some(job) = queue.next() {
        job(connection);
    }
}

#[cfg(test)]
mod tests {
    use std::thread::{ThreadId, current};

    use super::*;
    use crate::{Options, SqliteStore};

    fn readers(dir: &tempfile::TempDir) -> (SqliteStore, Readers) {
        let store = SqliteStore::open(dir.path(), Options::default()).unwrap();
        let place = Place::new(dir.path(), &Options::default());
        let readers = Readers::start(&place, 1).unwrap();
        (store, readers)
    }

    async fn thread_of(readers: &Readers) -> ThreadId {
        readers.run(|_| Ok(current().id())).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_runtime_of_several_threads_reads_where_it_asks() {
        let dir = tempfile::tempdir().unwrap();
        let (_store, readers) = readers(&dir);
        assert_eq!(thread_of(&readers).await, current().id());
        let taken: Vec<Connection> = (0..NEAR).map_while(|_| readers.near.take()).collect();
        assert_eq!(taken.len(), NEAR);
        assert_ne!(thread_of(&readers).await, current().id());
        readers.near.idle().extend(taken);
        assert_eq!(thread_of(&readers).await, current().id());
    }

    #[tokio::test]
    async fn a_runtime_of_one_thread_never_waits_for_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let (_store, readers) = readers(&dir);
        assert_ne!(thread_of(&readers).await, current().id());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_read_that_panics_costs_its_connection_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let (_store, readers) = readers(&dir);
        let readers = Arc::new(readers);
        for _ in 0..NEAR {
            let readers = Arc::clone(&readers);
            let asked = async move { readers.run::<()>(|_| panic!("a test")).await };
            assert!(tokio::spawn(asked).await.unwrap_err().is_panic());
        }
        assert!(readers.near.idle().is_empty());
        let one = readers.run(|connection| {
            Ok(connection.query_row("SELECT 1", [], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(one.await.unwrap(), 1);
    }
}
