//! A few threads that read, so that neither a runtime nor the caller's thread is needed.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
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
    /// Taken when the store is dropped, which ends the threads.
    jobs: Option<Sender<Job>>,
    room: Arc<Semaphore>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(crate) fn start(place: &Place, count: usize) -> Result<Self, Error> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let mut readers = Self {
            jobs: Some(jobs),
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
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A reader that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}

fn serve(connection: &Connection, queue: &Mutex<Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else {
            return;
        };
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
