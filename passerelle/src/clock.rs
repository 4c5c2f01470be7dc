//! The only place that reads the machine's clocks.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use passerelle_model::{Day, UtcTime};
use passerelle_service::Clock;

use crate::failure::Failure;

/// The first day this program could have run: clocks before it are wrong.
const EARLIEST: &str = "2025-01-01";

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    /// Zero where the machine believes to be before 1970: `doctor` says so.
    #[expect(
        clippy::disallowed_methods,
        reason = "the wiring hands this clock to everything"
    )]
    fn now(&self) -> UtcTime {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let millis = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        #[cfg(feature = "fault-points")]
        let millis = crate::fault_points::skewed(millis);
        UtcTime::from_millis(millis)
    }
}

/// Now, by the wall clock.
pub(crate) fn now() -> UtcTime {
    SystemClock.now()
}

/// Refuses a clock that cannot be right: cards and records would carry its dates. `E_CLOCK`.
pub(crate) fn check(now: UtcTime) -> Result<(), Failure> {
    if EARLIEST
        .parse::<Day>()
        .is_ok_and(|earliest| now.day() >= earliest)
    {
        return Ok(());
    }
    Err(Failure::new("E_CLOCK", format!("the clock says {now}"))
        .with("Nothing was changed. Set the clock, then repeat the command."))
}

/// Elapsed time, for people to read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(
        clippy::disallowed_methods,
        reason = "measures how long a step took, for display"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_from_before_this_program_is_refused() {
        assert_eq!(
            check(UtcTime::from_millis(0)).unwrap_err().code(),
            "E_CLOCK"
        );
        assert!(check(now()).is_ok());
    }
}
