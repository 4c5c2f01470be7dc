//! How long to wait after a failure: doubling with full jitter, so that two nodes that failed
//! together do not knock together.

use passerelle_model::UtcTime;

/// First ceiling, in milliseconds.
pub const MIN_DELAY_MILLIS: u64 = 500;
/// Last ceiling, in milliseconds (five minutes): a partner that is back after weeks is
/// found within that.
pub const MAX_DELAY_MILLIS: u64 = 5 * 60 * 1000;

/// Failures in a row, and when to try again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    until: Option<UtcTime>,
}

impl Backoff {
    /// Notes a failure; `dice` is a fresh random number.
    pub fn failed(&mut self, now: UtcTime, dice: u64) {
        let ceiling = MIN_DELAY_MILLIS
            .checked_shl(self.failures)
            .unwrap_or(MAX_DELAY_MILLIS)
            .min(MAX_DELAY_MILLIS);
        self.failures = self.failures.saturating_add(1).min(32);
        let half = ceiling / 2;
        self.until = Some(now.plus_millis(half + dice % (half + 1)));
    }

    /// Notes a success: no waiting any more.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// When to try next; `None` for at once.
    pub fn until(&self) -> Option<UtcTime> {
        self.until
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_the_ceiling_and_resets() {
        let now = UtcTime::from_millis(1_000_000);
        let mut backoff = Backoff::default();
        let mut last = 0;
        for dice in 0..40 {
            backoff.failed(now, dice * 7919);
            let wait = backoff.until().unwrap().millis() - now.millis();
            assert!((MIN_DELAY_MILLIS / 2..=MAX_DELAY_MILLIS).contains(&wait));
            last = wait;
        }
        assert!(last >= MAX_DELAY_MILLIS / 2);
        backoff.succeeded();
        assert_eq!(backoff.until(), None);
    }

    #[test]
    fn jitter_spreads() {
        let wait = |dice| {
            let mut backoff = Backoff::default();
            backoff.failed(UtcTime::from_millis(0), dice);
            backoff.until()
        };
        assert_ne!(wait(1), wait(200));
    }
}
