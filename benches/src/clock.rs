//! The only place of the benches that reads the machine's clocks and its randomness.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use getrandom::SysRng;
use passerelle_model::UtcTime;
use passerelle_service::{Clock, Dice};
use rand_core::UnwrapErr;

/// The machine's wall clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the benches run real nodes")]
    fn now(&self) -> UtcTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        UtcTime::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }
}

/// Elapsed time: what this crate is for.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "measures elapsed time")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The system's generator.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// The system's generator, for a node.
pub(crate) fn dice() -> Dice {
    Dice::new(rng())
}

/// Lets other processes work for a moment while one of them is waited for.
#[expect(
    clippy::disallowed_methods,
    reason = "other processes tell nobody when they are ready"
)]
pub(crate) fn nap(time: Duration) {
    std::thread::sleep(time);
}
