//! Putting right and taking back what was sent (G08; Directive (EU) 2016/680, Article 7(3);
//! BDSG, §§58(5) and 75(3)): the notice names what was sent, and every recipient answers it.

use passerelle_model::{RecordId, UtcTime};

use crate::clock::{Kept, within};
use crate::{Refusal, Rule};

/// Most hours within which a recipient has carried out a notice: three days, our reading of
/// "without delay".
pub const NOTICE_HOURS: u64 = 72;

/// A correction or a recall speaks only about what was sent here.
pub(crate) fn targets(known: bool, record: RecordId) -> Result<(), Refusal> {
    match known {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Reference, record)),
    }
}

/// Where one recipient's answer to a recall or correction stands: sent at `sent`, carried
/// out at `done` by its signed statement. `hours` are those of the agreement for what has
/// priority; where they are more, [`NOTICE_HOURS`] count.
///
/// # Errors
/// `E_NOTICE_OVERDUE` once the hours have passed without a statement.
pub fn answered(
    sent: UtcTime,
    hours: u32,
    done: Option<UtcTime>,
    now: UtcTime,
) -> Result<Kept, Refusal> {
    let hours = NOTICE_HOURS.min(hours.into());
    within(Rule::NoticeOverdue, (sent, hours), done, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::NOW;

    /// Articles 7(3) and 16 know no end of an agreement.
    #[test]
    fn what_was_sent_is_taken_back_after_the_end() {
        use passerelle_model::{Kind, Record};
        let agreement = crate::samples::agreement();
        let broken = |kind, basis: &str, day: &str| {
            let day: passerelle_model::Day = day.parse().unwrap();
            let at = day.start().plus_millis(3_600_000);
            let record = Record {
                kind,
                basis: basis.parse().unwrap(),
                time: at,
                review: at.day().plus_days(30),
                erasure: at.day().plus_days(60),
                urgency: None,
                asking: None,
                ..crate::samples::record(&agreement)
            };
            let facts = crate::ReleaseFacts {
                now: at,
                ..crate::samples::facts(&agreement)
            };
            let refusals = crate::judge(&record, &facts).refusals().into_iter();
            refusals.map(|refusal| refusal.code()).collect::<Vec<_>>()
        };
        let ended = broken(Kind::Notice, "convention-2014", "2099-01-01");
        assert_eq!(ended, ["E_AGREEMENT_NOT_IN_FORCE"]);
        assert_eq!(
            broken(Kind::Recall, "convention-2014", "2099-01-01"),
            [""; 0]
        );
        let expired = broken(Kind::Notice, "expired", "2024-05-01");
        assert_eq!(expired, ["E_BASIS"]);
        assert_eq!(broken(Kind::Recall, "expired", "2024-05-01"), [""; 0]);
    }

    #[test]
    fn a_notice_that_nobody_answers_becomes_overdue() {
        let until = NOW.plus_millis(NOTICE_HOURS * 3_600_000);
        let at = |hours, done, now| answered(NOW, hours, done, now);
        assert_eq!(at(72, None, NOW), Ok(Kept::Due { until }));
        assert_eq!(at(1000, None, NOW), Ok(Kept::Due { until }));
        let late = until.plus_millis(1);
        let refused = at(72, None, late).unwrap_err();
        assert_eq!(refused.code(), "E_NOTICE_OVERDUE");
        let done = Ok(Kept::Done { late: false });
        assert_eq!(at(72, Some(until), late), done);
        let day = NOW.plus_millis(24 * 3_600_000);
        assert_eq!(at(24, None, day), Ok(Kept::Due { until: day }));
        assert!(at(24, None, day.plus_millis(1)).is_err());
    }
}
