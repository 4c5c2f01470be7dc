//! How long a record is kept and who decides on it: review, restriction, legal hold, erasure,
//! emergency opening, requests of data subjects, breaches (G32, G33, G34, G43, G45, G46).

use std::collections::BTreeSet;

use passerelle_model::{Day, OfficerId, Retention, Role, UnitId, UtcTime};

use crate::access::Reader;
use crate::{Refusal, Rule};

/// How long an emergency opening lasts, in milliseconds (one hour).
pub const GLASS_MILLIS: u64 = 60 * 60 * 1000;
/// How long after it became known a breach is notified, in milliseconds (72 hours; Directive
/// (EU) 2016/680, Article 30(1)).
const BREACH_MILLIS: u64 = 72 * 60 * 60 * 1000;

/// What somebody wants to decide about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Whether it is still needed.
    Review,
    /// Whether it may be used.
    Restrict,
    /// Whether it is kept as evidence although it should go.
    Hold,
    /// Whether our own copy of what was taken back goes too.
    OwnCopy,
}

/// Proof that somebody decides about a record. Only [`may_keep`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayKeep(());

/// Proof that somebody deals with requests of data subjects and breaches. Only [`may_handle`]
/// makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayHandle(());

/// Whether a person decides about a record that concerns these units of ours. The
/// data-protection officer does for all of them; an approver for those of their units. An
/// officer of the unit reviews it until the review is overdue, and says what becomes of our own
/// copy of what they took back.
///
/// # Errors
/// [`Rule::Restricted`] for an officer who comes too late; [`Rule::NeedToKnow`] for everybody
/// else, who does not learn that it exists.
pub fn may_keep(
    reader: &Reader<'_>,
    duty: Duty,
    (units, overdue): (&BTreeSet<UnitId>, bool),
) -> Result<MayKeep, Refusal> {
    let is = |role| reader.roles.contains(&role);
    let concerned = !reader.units.is_disjoint(units);
    if is(Role::DataProtection) || (is(Role::Approver) && concerned) {
        return Ok(MayKeep(()));
    }
    let theirs = matches!(duty, Duty::Review | Duty::OwnCopy);
    match is(Role::Officer) && concerned && theirs {
        true if duty == Duty::Review && overdue => {
            Err(Refusal::of(Rule::Restricted, "review overdue"))
        }
        true => Ok(MayKeep(())),
        false => Err(Refusal::of(Rule::NeedToKnow, "record")),
    }
}

/// Whether the review was due on an earlier day: from then on the record is restricted.
pub fn is_overdue(review: Day, today: Day) -> bool {
    review < today
}

/// Whether the day of erasure has come.
pub fn is_erasure_due(erasure: Day, today: Day) -> bool {
    erasure <= today
}

/// Whether a review may put the next one on `until`: after today, no later than the agreement
/// lets a new record wait, and not after the day on which the record is erased.
///
/// # Errors
/// [`Rule::Retention`].
pub fn may_keep_until(
    until: Day,
    retention: &Retention,
    (today, erasure): (Day, Day),
) -> Result<(), Refusal> {
    let last = today.plus_days(retention.review_days).min(erasure);
    match today < until && until <= last {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Retention, until)),
    }
}

/// Whether a person with these roles may open one record beyond need-to-know in an emergency.
///
/// # Errors
/// [`Rule::Role`].
pub fn may_break_glass(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    let may = roles.contains(&Role::Approver) || roles.contains(&Role::DataProtection);
    match may && !roles.contains(&Role::Administrator) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Role, "role")),
    }
}

/// Whether a person judges an emergency opening by somebody: never their own.
///
/// # Errors
/// [`Rule::SelfApproval`] for one's own, [`Rule::Role`] for other roles.
pub fn may_review_glass(reader: &Reader<'_>, opened_by: &OfficerId) -> Result<(), Refusal> {
    may_handle(reader.roles)?;
    match reader.officer == opened_by {
        false => Ok(()),
        true => Err(Refusal::of(Rule::SelfApproval, "emergency opening")),
    }
}

/// Whether these roles deal with requests of data subjects and with breaches.
///
/// # Errors
/// [`Rule::Role`].
pub fn may_handle(roles: &BTreeSet<Role>) -> Result<MayHandle, Refusal> {
    let charged = roles.contains(&Role::DataProtection) && !roles.contains(&Role::Administrator);
    match charged {
        true => Ok(MayHandle(())),
        false => Err(Refusal::of(Rule::Role, "role")),
    }
}

/// Day by which a data subject has an answer: one month after the request came in (counted as
/// Regulation (EEC, Euratom) No 1182/71, Article 3, counts months).
pub fn rights_due(received: Day) -> Day {
    received.plus_months(1)
}

/// When the 72 hours of a breach end.
pub fn breach_due(known: UtcTime) -> UtcTime {
    known.plus_millis(BREACH_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn asked(role: Role, unit: &str, duty: Duty, overdue: bool) -> Result<(), &'static str> {
        let reader = Reader {
            officer: &"o-17".parse().unwrap(),
            units: &BTreeSet::from([unit.parse().unwrap()]),
            roles: &BTreeSet::from([role]),
        };
        let units = BTreeSet::from(["liaison".parse().unwrap()]);
        may_keep(&reader, duty, (&units, overdue))
            .map(drop)
            .map_err(|refusal| refusal.code())
    }

    #[test]
    fn who_decides_about_a_record() {
        let duties = [Duty::Review, Duty::Restrict, Duty::Hold, Duty::OwnCopy];
        for duty in duties {
            assert_eq!(asked(Role::DataProtection, "police", duty, true), Ok(()));
            assert_eq!(asked(Role::Approver, "liaison", duty, true), Ok(()));
            let absent = Err("E_NOT_FOUND");
            assert_eq!(asked(Role::Approver, "police", duty, false), absent);
            assert_eq!(asked(Role::Administrator, "liaison", duty, false), absent);
            assert_eq!(asked(Role::Analyst, "liaison", duty, false), absent);
        }
        let officer = |duty, overdue| asked(Role::Officer, "liaison", duty, overdue);
        assert_eq!(officer(Duty::Review, false), Ok(()));
        assert_eq!(officer(Duty::Review, true), Err("E_RESTRICTED"));
        assert_eq!(officer(Duty::OwnCopy, true), Ok(()));
        assert_eq!(officer(Duty::Hold, false), Err("E_NOT_FOUND"));
        assert_eq!(officer(Duty::Restrict, false), Err("E_NOT_FOUND"));
    }

    #[test]
    fn a_review_is_overdue_the_day_after_and_erasure_due_on_its_day() {
        let due = day("2026-03-01");
        assert!(!is_overdue(due, due) && is_overdue(due, day("2026-03-02")));
        assert!(is_erasure_due(due, due) && !is_erasure_due(due, day("2026-02-28")));
    }

    #[test]
    fn nothing_is_kept_longer_than_agreed() {
        let retention = Retention {
            review_days: 365,
            erasure_days: 1095,
        };
        let today = day("2026-03-01");
        let ask = |until: &str, erasure: &str| {
            may_keep_until(day(until), &retention, (today, day(erasure)))
                .map_err(|refusal| refusal.code())
        };
        assert_eq!(ask("2026-09-01", "2028-01-01"), Ok(()));
        assert_eq!(ask("2027-03-01", "2028-01-01"), Ok(()));
        for (until, erasure) in [
            ("2026-03-01", "2028-01-01"),
            ("2027-03-02", "2028-01-01"),
            ("2026-09-01", "2026-08-31"),
        ] {
            assert_eq!(ask(until, erasure), Err("E_RETENTION"), "{until} {erasure}");
        }
    }

    #[test]
    fn glass_is_broken_by_few_and_judged_by_somebody_else() {
        for role in Role::ALL {
            let may = may_break_glass(&BTreeSet::from([*role])).is_ok();
            let expected = matches!(role, Role::Approver | Role::DataProtection);
            assert_eq!(may, expected, "{role}");
        }
        let reader = Reader {
            officer: &"dpo-1".parse().unwrap(),
            units: &BTreeSet::new(),
            roles: &BTreeSet::from([Role::DataProtection]),
        };
        let judged = |by: &str| may_review_glass(&reader, &by.parse().unwrap());
        assert!(judged("o-17").is_ok());
        assert_eq!(judged("dpo-1").unwrap_err().code(), "E_SELF_APPROVAL");
        let approver = Reader {
            roles: &BTreeSet::from([Role::Approver]),
            ..reader
        };
        let refused = may_review_glass(&approver, &"o-17".parse().unwrap());
        assert_eq!(refused.unwrap_err().code(), "E_ROLE");
    }

    #[test]
    fn requests_and_breaches_are_the_data_protection_officer_s() {
        for role in Role::ALL {
            let may = may_handle(&BTreeSet::from([*role])).is_ok();
            assert_eq!(may, *role == Role::DataProtection, "{role}");
        }
        let both = BTreeSet::from([Role::DataProtection, Role::Administrator]);
        assert_eq!(may_handle(&both).unwrap_err().code(), "E_ROLE");
    }

    #[test]
    fn a_month_ends_on_its_day_or_the_last_there_is() {
        assert_eq!(rights_due(day("2026-01-15")), day("2026-02-15"));
        assert_eq!(rights_due(day("2026-01-31")), day("2026-02-28"));
        assert_eq!(rights_due(day("2026-12-10")), day("2027-01-10"));
        let known = UtcTime::from_millis(1_000);
        assert_eq!(breach_due(known).millis(), 1_000 + 72 * 3_600_000);
    }
}
