//! Duties with a deadline: done, still due, or overdue.

use passerelle_model::UtcTime;

use crate::{Refusal, Rule};

/// How far ahead of the receiver a sender's clock may be: one hour, in milliseconds.
pub const MAX_CLOCK_SKEW_MILLIS: u64 = 60 * 60 * 1000;

/// One hour, in milliseconds.
pub(crate) const HOUR_MILLIS: u64 = 60 * 60 * 1000;

/// Where a duty stands that is not overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was done, in time or late.
    Done {
        /// Whether it was done after its deadline.
        late: bool,
    },
    /// There is still time.
    Due {
        /// Until then.
        until: UtcTime,
    },
}

/// Where a duty stands that began at `start` and is owed within `hours`; refused with `rule`
/// once it is overdue.
pub(crate) fn within(
    rule: Rule,
    (start, hours): (UtcTime, u64),
    done: Option<UtcTime>,
    now: UtcTime,
) -> Result<Kept, Refusal> {
    let until = start.plus_millis(hours.saturating_mul(HOUR_MILLIS));
    match done {
        Some(done) => Ok(Kept::Done { late: done > until }),
        None if now <= until => Ok(Kept::Due { until }),
        None => Err(Refusal::of(rule, until)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_until_the_last_moment_and_overdue_after_it() {
        let start = UtcTime::from_millis(1_713_211_200_000);
        let until = start.plus_millis(2 * HOUR_MILLIS);
        let at = |done, now| within(Rule::AnswerOverdue, (start, 2), done, now);
        assert_eq!(at(None, until), Ok(Kept::Due { until }));
        let late = until.plus_millis(1);
        assert_eq!(at(None, late).unwrap_err().code(), "E_ANSWER_OVERDUE");
        assert_eq!(at(Some(until), late), Ok(Kept::Done { late: false }));
        assert_eq!(at(Some(late), late), Ok(Kept::Done { late: true }));
    }
}
