//! A few threads that read, so that neither a runtime nor the caller's thread is needed.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use passerelle_store::Error;
use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use crate::connect;
use crate::failure::{Sql, from_io};
use crate::store::Place;

/// Most reads that wait; more wait for room first.
const MAX_WAITING_READS: usize = 4096;

type Job = Box<dyn FnOnce(&Connection) + Send>;

#[derive(Debug)]
pub(crate) struct Readers {
    queue: Arc<Queue>,
    room: Arc<Semaphore>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(crate) fn start(place: &Place, count: usize) -> Result<Self, Error> {
        let queue = Arc::new(Queue::default());
        let mut readers = Self {
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

    /// Runs `read` in one read transaction on one of the threads.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Sql<T> + Send + 'static,
    ) -> Result<T, Error> {
        let room = Arc::clone(&self.room).acquire_owned().await;
        let room = room.map_err(|_| Error::Closed)?;
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move |connection: &Connection| {
            let result = in_transaction(connection, read);
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

/// All statements of one read see the same state.
fn in_transaction<T>(connection: &Connection, read: impl FnOnce(&Connection) -> Sql<T>) -> Sql<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result = read(connection);
    connection.prepare_cached("ROLLBACK")?.execute([])?;
    result
}
