//! May we hold and use this record?

use passerelle_model::{Agreement, Record, UtcTime};

use crate::release::{persons_shape, under_agreement};
use crate::{Refusal, agreement, notice, retention};

/// What must be known to judge a record that arrived.
#[derive(Debug, Clone, Copy)]
pub struct ReceiveFacts<'a> {
    /// The revision of the agreement that the record names, if this node holds it.
    pub agreement: &'a Agreement,
    /// Whether every member has signed exactly that revision.
    pub signed_by_all: bool,
    /// Now.
    pub now: UtcTime,
    /// Whether a record of this party with this identifier was taken before.
    pub seen_before: bool,
    /// Whether every record that it corrects or takes back is known here.
    pub targets_known: bool,
    /// Records taken before from the same party under the same agreement that were released
    /// on the same day: a backlog of weeks is many days' worth, not one.
    pub taken_that_day: u64,
}

/// A record that the rules let us hold and use. Only [`receive`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted(Record);

impl Admitted {
    /// The record.
    pub fn record(&self) -> &Record {
        &self.0
    }
}

/// Judges a record that arrived; the first broken rule is what the sender is told.
pub fn receive(record: Record, facts: &ReceiveFacts<'_>) -> Result<Admitted, Refusal> {
    agreement::arrival(&record, facts.seen_before, facts.now)?;
    notice::targets(facts.targets_known, record.id)?;
    // A record released on the agreement's last day may arrive weeks later.
    let judged = record.time.min(facts.now);
    let mut broken = under_agreement(&record, facts.agreement, facts.signed_by_all, judged);
    persons_shape(&record, &mut broken);
    if let Some(refusal) = agreement::quota(facts.agreement.terms(), facts.taken_that_day) {
        return Err(refusal);
    }
    if let Some(refusal) = broken.refusals().into_iter().next() {
        return Err(refusal);
    }
    retention::still_kept(&record, facts.now.day())?;
    Ok(Admitted(record))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_CLOCK_SKEW_MILLIS;
    use crate::samples::{NOW, agreement, record};

    fn facts(agreement: &Agreement) -> ReceiveFacts<'_> {
        ReceiveFacts {
            agreement,
            signed_by_all: true,
            now: NOW,
            seen_before: false,
            targets_known: true,
            taken_that_day: 0,
        }
    }

    fn code(record: Record, facts: &ReceiveFacts<'_>) -> &'static str {
        receive(record, facts).unwrap_err().code()
    }

    #[test]
    fn the_sample_is_taken_even_weeks_later() {
        let agreement = agreement();
        let late = ReceiveFacts {
            now: NOW.plus_millis(40 * 86_400_000),
            ..facts(&agreement)
        };
        assert!(receive(record(&agreement), &facts(&agreement)).is_ok());
        assert!(receive(record(&agreement), &late).is_ok());
    }

    #[test]
    fn each_rule_refuses() {
        let agreement = agreement();
        let good = facts(&agreement);
        let twice = ReceiveFacts {
            seen_before: true,
            ..good
        };
        assert_eq!(code(record(&agreement), &twice), "E_DUPLICATE");
        let unknown = ReceiveFacts {
            targets_known: false,
            ..good
        };
        assert_eq!(code(record(&agreement), &unknown), "E_REFERENCE");
        let unsigned = ReceiveFacts {
            signed_by_all: false,
            ..good
        };
        assert_eq!(code(record(&agreement), &unsigned), "E_AGREEMENT_UNSIGNED");
        let flood = ReceiveFacts {
            taken_that_day: 100_000,
            ..good
        };
        assert_eq!(code(record(&agreement), &flood), "E_QUOTA");
        let mut elsewhere = record(&agreement);
        elsewhere.channel = "another".parse().unwrap();
        assert_eq!(code(elsewhere, &good), "E_AGREEMENT_OTHER");
        let mut early = record(&agreement);
        early.time = NOW.plus_millis(MAX_CLOCK_SKEW_MILLIS + 1);
        assert_eq!(code(early, &good), "E_CLOCK");
        let mut purpose = record(&agreement);
        purpose.purpose = "curiosity".parse().unwrap();
        assert_eq!(code(purpose, &good), "E_PURPOSE");
        let late = ReceiveFacts {
            now: record(&agreement).erasure.start(),
            ..good
        };
        assert_eq!(code(record(&agreement), &late), "E_RETENTION");
    }
}
