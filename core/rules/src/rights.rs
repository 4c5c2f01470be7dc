//! Requests of data subjects (G43, G44; Directive (EU) 2016/680, Articles 12 to 17; BDSG,
//! §57): who sees them, when they are answered, and what a decision needs. A reply may be
//! "neither confirm nor deny"; its reasons are kept for the authority all the same.

use std::collections::BTreeSet;

use passerelle_model::{Country, Day, PartyId, Reason, Role, UtcTime};

use crate::clock::{Kept, by};
use crate::{Refusal, Rule, may_handle};

/// How a request is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// Granted in full.
    Granted,
    /// Granted in part.
    Partial,
    /// Refused.
    Refused,
    /// Neither confirmed nor denied that anything is held.
    Neither,
}

/// What must be known before a request is decided.
#[derive(Debug, Clone, Copy)]
pub struct RulingFacts<'a> {
    /// Whether it is certain who asks.
    pub identified: bool,
    /// How it would be decided.
    pub ruling: Ruling,
    /// Why; kept for the authority.
    pub reason: Option<&'a Reason>,
    /// A partner whose data is concerned and that was not heard yet.
    pub unheard: Option<&'a PartyId>,
}

/// G43: whether these roles see requests of data subjects. To anybody else there are none.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    may_handle(roles)
        .map(drop)
        .map_err(|_| Refusal::of(Rule::NeedToKnow, "rights request"))
}

/// Day by which a data subject has an answer: one month after the request came in (counted as
/// Regulation (EEC, Euratom) No 1182/71, Article 3, counts months), our reading of "without
/// undue delay".
pub fn due(received: Day) -> Day {
    received.plus_months(1)
}

/// G43: where a request stands that came in on `received` and was answered at `done`. The day
/// that is due counts whole.
///
/// # Errors
/// `E_RIGHTS_OVERDUE` once that day is over without an answer.
pub fn answered(received: Day, done: Option<UtcTime>, now: UtcTime) -> Result<Kept, Refusal> {
    let after = due(received).plus_days(1).start().millis();
    let until = UtcTime::from_millis(after.saturating_sub(1));
    by(Rule::RightsOverdue, until, done, now)
}

/// G43: whether a request may be decided so.
///
/// # Errors
/// `E_RIGHTS_IDENTITY` where it is not certain who asks: nothing is told then, not even that
/// nothing is held; `E_RIGHTS_REASON` where anything but a full grant has no reason;
/// `E_RIGHTS_ORIGINATOR`, naming a partner whose data is concerned and that was not heard.
pub fn may_rule(facts: &RulingFacts<'_>) -> Result<(), Refusal> {
    if !facts.identified {
        return Err(Refusal::of(Rule::RightsIdentity, "identity"));
    }
    if facts.ruling != Ruling::Granted && facts.reason.is_none() {
        return Err(Refusal::of(Rule::RightsReason, "reason"));
    }
    match facts.unheard {
        Some(partner) => Err(Refusal::of(Rule::RightsOriginator, partner)),
        None => Ok(()),
    }
}

/// What there is about one data subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The data itself.
    Data,
    /// Acts of the register about it.
    Log,
    /// To whom it went.
    Transfers,
    /// Anything else: drafts, cases, other persons.
    Other,
}

/// G44: what the authority sees that exercises a right for somebody: this one subject's
/// data, log and transfers, and nothing else.
///
/// # Errors
/// `E_NOT_FOUND`: beyond that there is nothing.
pub fn may_inspect(of_this_subject: bool, part: Part) -> Result<(), Refusal> {
    match of_this_subject && part != Part::Other {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "subject")),
    }
}

/// Longest access of the authority to one request, in days.
pub const MAX_INSPECTION_DAYS: u32 = 60;

/// G44: whether access of the authority that was opened until `until` (and may have been taken
/// away) still lasts.
///
/// # Errors
/// `E_NOT_FOUND`: afterwards there is nothing.
pub fn inspection_lasts(until: UtcTime, ended: bool, now: UtcTime) -> Result<(), Refusal> {
    match now < until && !ended {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "inspection")),
    }
}

/// G44: whether access may be opened for so many days: 1 to [`MAX_INSPECTION_DAYS`].
///
/// # Errors
/// `E_RETENTION`.
pub fn may_open_inspection(days: u32) -> Result<(), Refusal> {
    match (1..=MAX_INSPECTION_DAYS).contains(&days) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Retention, days)),
    }
}

/// Whether what was written down of a request, a breach or a report in confidence may be
/// erased: it ended on `ended` and was kept for `days` since. What is open is never old.
///
/// # Errors
/// `E_RETENTION`, naming the day until which it is kept.
pub fn may_forget(ended: Option<Day>, days: u32, today: Day) -> Result<(), Refusal> {
    let until = ended.map(|ended| ended.plus_days(days));
    match until {
        Some(until) if today > until => Ok(()),
        Some(until) => Err(Refusal::of(Rule::Retention, until)),
        None => Err(Refusal::of(Rule::Retention, "open")),
    }
}

/// States in which Directive (EU) 2016/680 applies: those of the Union, and Iceland,
/// Liechtenstein, Norway and Switzerland as states of the Schengen area (recitals 101 to 103).
const INSIDE: [&str; 31] = [
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// G43: whether `other` is a third country seen from `own`: outside the Directive where `own`
/// is inside it, else any other state (Moroccan law 09-08, Article 43).
pub fn is_third_country(own: &Country, other: &Country) -> bool {
    let inside = |country: &Country| INSIDE.contains(&country.as_str());
    own != other && !(inside(own) && inside(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_countries_are_seen_from_ones_own() {
        let third = |own: &str, other: &str| {
            is_third_country(&own.parse().unwrap(), &other.parse().unwrap())
        };
        assert!(third("BE", "MA") && third("MA", "BE") && third("MA", "TN"));
        assert!(!third("BE", "NL") && !third("BE", "CH") && !third("MA", "MA"));
    }

    #[test]
    fn access_of_the_authority_ends() {
        let until = day("2026-03-01").start();
        let before = UtcTime::from_millis(until.millis() - 1);
        assert_eq!(inspection_lasts(until, false, before), Ok(()));
        for (ended, now) in [(false, until), (true, before)] {
            let refused = inspection_lasts(until, ended, now).unwrap_err();
            assert_eq!(refused.code(), "E_NOT_FOUND");
        }
        assert_eq!(may_open_inspection(1), Ok(()));
        for days in [0, MAX_INSPECTION_DAYS + 1] {
            assert_eq!(may_open_inspection(days).unwrap_err().code(), "E_RETENTION");
        }
    }

    #[test]
    fn what_ended_is_kept_for_its_days_and_what_is_open_stays() {
        let ended = day("2026-01-01");
        let forget = |ended, today| may_forget(ended, 30, today).map_err(|one| one.code());
        assert_eq!(forget(Some(ended), ended.plus_days(30)), Err("E_RETENTION"));
        assert_eq!(forget(Some(ended), ended.plus_days(31)), Ok(()));
        assert_eq!(forget(None, ended.plus_days(9999)), Err("E_RETENTION"));
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_ends_on_its_day_or_the_last_there_is() {
        assert_eq!(due(day("2026-01-15")), day("2026-02-15"));
        assert_eq!(due(day("2026-01-31")), day("2026-02-28"));
        assert_eq!(due(day("2026-12-10")), day("2027-01-10"));
    }

    #[test]
    fn the_clock_of_a_request_runs() {
        let received = day("2026-01-31");
        let over = day("2026-03-01").start();
        let last = UtcTime::from_millis(over.millis() - 1);
        let at = |done, now| answered(received, done, now);
        assert_eq!(at(None, last), Ok(Kept::Due { until: last }));
        assert_eq!(at(None, over).unwrap_err().code(), "E_RIGHTS_OVERDUE");
        assert_eq!(at(Some(last), over), Ok(Kept::Done { late: false }));
        assert_eq!(at(Some(over), over), Ok(Kept::Done { late: true }));
    }

    #[test]
    fn only_the_data_protection_officer_sees_requests() {
        for role in Role::ALL {
            let seen = may_see(&BTreeSet::from([*role]));
            assert_eq!(seen.is_ok(), *role == Role::DataProtection, "{role}");
        }
        let both = BTreeSet::from([Role::DataProtection, Role::Administrator]);
        assert_eq!(may_see(&both).unwrap_err().code(), "E_NOT_FOUND");
    }

    #[test]
    fn a_decision_has_its_reason_and_its_preconditions() {
        let why: Reason = "nuirait à une enquête".parse().unwrap();
        let partner: PartyId = "be.interior".parse().unwrap();
        let full = RulingFacts {
            identified: true,
            ruling: Ruling::Granted,
            reason: None,
            unheard: None,
        };
        let code = |facts: RulingFacts<'_>| may_rule(&facts).err().map(|refusal| refusal.code());
        assert_eq!(code(full), None);
        for ruling in [Ruling::Granted, Ruling::Neither] {
            let unknown = RulingFacts {
                identified: false,
                ruling,
                ..full
            };
            assert_eq!(code(unknown), Some("E_RIGHTS_IDENTITY"));
        }
        for ruling in [Ruling::Partial, Ruling::Refused, Ruling::Neither] {
            let bare = RulingFacts { ruling, ..full };
            assert_eq!(code(bare), Some("E_RIGHTS_REASON"));
            let reason = Some(&why);
            assert_eq!(code(RulingFacts { reason, ..bare }), None);
        }
        let unheard = RulingFacts {
            unheard: Some(&partner),
            ..full
        };
        let refused = may_rule(&unheard).unwrap_err();
        let named = ("E_RIGHTS_ORIGINATOR", "be.interior");
        assert_eq!((refused.code(), refused.about.as_str()), named);
    }

    #[test]
    fn the_authority_sees_one_subject_and_nothing_else() {
        for part in [Part::Data, Part::Log, Part::Transfers] {
            assert_eq!(may_inspect(true, part), Ok(()));
            assert_eq!(may_inspect(false, part).unwrap_err().code(), "E_NOT_FOUND");
        }
        assert!(may_inspect(true, Part::Other).is_err());
    }
}
