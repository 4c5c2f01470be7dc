//! Waiting after failures, so that guessing does not pay.

use passerelle_model::UtcTime;

/// Failures that cost nothing.
pub const FREE_FAILURES: u32 = 5;
/// Longest wait, in milliseconds (15 minutes): a person is kept out for a while, never for good.
pub const MAX_WAIT_MILLIS: u64 = 15 * 60 * 1000;

/// Failures in a row, and when the last one was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lockout {
    /// Failures since the last success.
    pub failures: u32,
    /// When the last one was, in milliseconds since 1970.
    pub last_millis: u64,
}

impl Lockout {
    /// Until when nobody may try; `None` where one may.
    pub fn waits_until(self, now: UtcTime) -> Option<UtcTime> {
        let over = self.failures.checked_sub(FREE_FAILURES)?;
        let wait = 5_000_u64
            .saturating_mul(1 << over.min(20))
            .min(MAX_WAIT_MILLIS);
        let last = UtcTime::from_millis(self.last_millis);
        let until = last.plus_millis(wait);
        // A failure in the future was before the clock was set back: nobody waits for it.
        (last <= now && until > now).then_some(until)
    }

    /// After one more failure.
    #[must_use]
    pub fn failed(self, now: UtcTime) -> Self {
        Self {
            failures: self.failures.saturating_add(1),
            last_millis: now.millis(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_a_clock_that_was_set_back() {
        let now = UtcTime::from_millis(90_000_000);
        let mut lockout = Lockout::default();
        for _ in 0..10 {
            lockout = lockout.failed(now);
        }
        let earlier = UtcTime::from_millis(3_600_000);
        assert_eq!(lockout.waits_until(earlier), None);
        assert!(lockout.failed(earlier).waits_until(earlier).is_some());
    }

    #[test]
    fn waits_grow_and_end() {
        let now = UtcTime::from_millis(1_000_000);
        let mut lockout = Lockout::default();
        for _ in 0..4 {
            lockout = lockout.failed(now);
            assert_eq!(lockout.waits_until(now), None);
        }
        lockout = lockout.failed(now);
        assert_eq!(lockout.waits_until(now), Some(now.plus_millis(5_000)));
        assert_eq!(lockout.waits_until(now.plus_millis(5_000)), None);
        for _ in 0..100 {
            lockout = lockout.failed(now);
        }
        assert_eq!(
            lockout.waits_until(now),
            Some(now.plus_millis(MAX_WAIT_MILLIS))
        );
    }
}
