//! What the node needs from outside: the time, randomness, and a way to reach partners.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use passerelle_model::{PartyId, UtcTime};
use rand_core::CryptoRng;

/// The wall clock.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> UtcTime;
}

/// Randomness for keys, salts and jitter: the system's in production, seeded in simulation.
pub struct Dice(Mutex<Box<dyn CryptoRng + Send>>);

impl Dice {
    /// Wraps a generator.
    pub fn new(rng: impl CryptoRng + Send + 'static) -> Self {
        Self(Mutex::new(Box::new(rng)))
    }

    /// Lends the generator to `work`.
    pub fn with<T>(&self, work: impl FnOnce(&mut dyn CryptoRng) -> T) -> T {
        let mut rng = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(rng.as_mut())
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }
}

/// Carries one message to a partner and its answer back.
pub trait Net: Send + Sync + 'static {
    /// Calls `path` at `to`: the status (200 or an error) and the body of the answer.
    fn call(&self, to: &PartyId, path: &'static str, body: Vec<u8>) -> Call<'_>;
}

/// A call under way.
pub type Call<'a> = Pin<Box<dyn Future<Output = Result<(u16, Vec<u8>), NetError>> + Send + 'a>>;

/// A partner could not be reached, or the call was cut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct NetError {
    /// Stable code, such as `E_PEER_UNREACHABLE`.
    pub code: &'static str,
    /// For the log.
    pub detail: String,
}
