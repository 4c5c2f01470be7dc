//! A line between two nodes that keeps a copy of everything.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Most bytes that are kept (16 MiB); all are counted.
const MAX_KEPT: usize = 16 << 20;

/// A listener that passes everything on to one port, both ways. It runs until the process
/// ends.
#[derive(Debug)]
pub struct Line {
    port: u16,
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    bytes: Mutex<Vec<u8>>,
    count: AtomicU64,
}

impl Line {
    /// A line that ends at `port` of this machine.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                // Where nobody listens the caller finds its connection closed.
                if let Ok(called) = TcpStream::connect(("127.0.0.1", port)) {
                    shared.carry(&caller, &called);
                    shared.carry(&called, &caller);
                }
            }
        });
        Self { port: own, seen }
    }

    /// Where it begins.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Bytes that went through, both ways.
    pub fn count(&self) -> u64 {
        self.seen.count.load(Ordering::Relaxed)
    }

    /// A copy of what went through.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen
            .bytes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Seen {
    fn carry(self: &Arc<Self>, from: &TcpStream, to: &TcpStream) {
        let (Ok(mut from), Ok(mut to)) = (from.try_clone(), to.try_clone()) else {
            return;
        };
        let seen = Arc::clone(self);
        thread::spawn(move || {
            let mut buffer = vec![0; 64 << 10];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                let piece = buffer.get(..count).unwrap_or_default();
                seen.keep(piece);
                if to.write_all(piece).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Both);
            let _ = from.shutdown(Shutdown::Both);
        });
    }

    fn keep(&self, piece: &[u8]) {
        self.count.fetch_add(piece.len() as u64, Ordering::Relaxed);
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() < MAX_KEPT {
            bytes.extend_from_slice(piece);
        }
    }
}
