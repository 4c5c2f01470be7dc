//! How long data is kept, and what happens to it meanwhile (G32 to G34; Directive (EU)
//! 2016/680, Articles 5 and 16; BDSG, §§58 and 75(4)): review, erasure everywhere,
//! restriction instead of erasure, and who decides about it.

use std::collections::BTreeSet;

use passerelle_model::{Day, PartyId, Record, Retention, Role, Terms, UnitId};

use crate::access::{Opening, Reader};
use crate::judgement::Judgement;
use crate::onward::Provided;
use crate::{Refusal, Rule};

/// Longest hold, in days (ten years): then somebody decides again.
pub const MAX_HOLD_DAYS: u32 = 3650;

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

/// Dates are judged against the day of release, so that a record that was lawful when it
/// left is not refused because the partner was offline for weeks; only erasure already due
/// on arrival is.
pub(crate) fn dates(record: &Record, terms: &Terms, today: Day, out: &mut Judgement) {
    out.check(Rule::Retention, beyond(record, terms, today));
}

fn beyond(record: &Record, terms: &Terms, today: Day) -> Option<Refusal> {
    let released = record.time.day();
    let review_ok = record.review > released
        && record.review.days_since(released) <= terms.retention.review_days;
    let erasure_ok = record.erasure >= record.review
        && record.erasure > today
        && record.erasure.days_since(released) <= terms.retention.erasure_days;
    match (review_ok, erasure_ok) {
        (false, _) => Some(Refusal::of(Rule::Retention, record.review)),
        (_, false) => Some(Refusal::of(Rule::Retention, record.erasure)),
        _ => None,
    }
}

/// What is not taken in because it would have to be erased at once.
pub(crate) fn still_kept(record: &Record, today: Day) -> Result<(), Refusal> {
    match erasure_due(record.erasure, today) {
        true => Err(Refusal::of(Rule::Retention, record.erasure)),
        false => Ok(()),
    }
}

/// Whether the day of erasure has come.
pub fn erasure_due(erasure: Day, today: Day) -> bool {
    erasure <= today
}

/// G32 to G34: whether a person decides about a record that concerns these units of ours and
/// is reviewed by the day `review`. The data-protection officer does for all of them; an
/// approver for those of their units. An officer of the unit reviews it until the review is
/// overdue, and says what becomes of our own copy of what they took back.
///
/// # Errors
/// `E_REVIEW_OVERDUE` for an officer who comes too late; `E_NOT_FOUND` for everybody else, who
/// does not learn that it exists.
pub fn may_keep(
    reader: &Reader<'_>,
    duty: Duty,
    units: &BTreeSet<UnitId>,
    (review, today): (Day, Day),
) -> Result<MayKeep, Refusal> {
    let is = |role| reader.roles.contains(&role);
    let concerned = !reader.units.is_disjoint(units);
    if is(Role::DataProtection) || (is(Role::Approver) && concerned) {
        return Ok(MayKeep(()));
    }
    match duty {
        Duty::Review if is(Role::Officer) && concerned => {
            reviewed(review, today).map(|()| MayKeep(()))
        }
        Duty::OwnCopy if is(Role::Officer) && concerned => Ok(MayKeep(())),
        _ => Err(Refusal::of(Rule::NeedToKnow, "record")),
    }
}

/// G32: whether somebody has looked at it in time. `review` is the day by which somebody
/// must, and that day is still in time.
///
/// # Errors
/// `E_REVIEW_OVERDUE` from the day after: the system restricts it.
pub fn reviewed(review: Day, today: Day) -> Result<(), Refusal> {
    match today > review {
        true => Err(Refusal::of(Rule::ReviewOverdue, review)),
        false => Ok(()),
    }
}

/// G32: whether a review may put the next one on `until`: after today, no later than the
/// agreement lets a new record wait, and not after the day on which the record is erased.
///
/// # Errors
/// `E_RETENTION`.
pub fn may_keep_until(
    until: Day,
    retention: &Retention,
    (today, erasure): (Day, Day),
) -> Result<(), Refusal> {
    let last = last_review(retention.review_days, (today, erasure));
    match today < until && until <= last {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Retention, until)),
    }
}

/// The last day that a review may name: `review_days` of the agreement from today, and never
/// beyond the erasure.
pub fn last_review(review_days: u32, (today, erasure): (Day, Day)) -> Day {
    today.plus_days(review_days).min(erasure)
}

/// What one holder of a record says of its erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyState {
    /// Asked, and not answered yet.
    Asked,
    /// Signed that it is gone, or never took it in.
    Erased,
    /// Kept under a legal hold, which the originator sees.
    Held,
    /// Refused.
    Refused,
    /// Could not be reached.
    Unreachable,
}

/// G33: whether an erasure is complete: every holder signed that its copy is gone.
///
/// # Errors
/// `E_ERASURE_PENDING`, naming the first holder that has not.
pub fn erased_everywhere<'a>(
    copies: impl IntoIterator<Item = (&'a PartyId, CopyState)>,
) -> Result<(), Refusal> {
    let open = copies
        .into_iter()
        .find(|(_, copy)| *copy != CopyState::Erased);
    match open {
        Some((party, _)) => Err(Refusal::of(Rule::ErasurePending, party)),
        None => Ok(()),
    }
}

/// G33: whether a record may be erased today: not while it is kept as evidence. `held` is the
/// first day on which it is not.
///
/// # Errors
/// `E_LEGAL_HOLD`, which its originator is told.
pub fn may_erase(held: Option<Day>, today: Day) -> Result<(), Refusal> {
    match held {
        Some(until) if today < until => Err(Refusal::of(Rule::LegalHold, until)),
        _ => Ok(()),
    }
}

/// G33: whether a record may be kept as evidence until `until` begins: a day after today,
/// within [`MAX_HOLD_DAYS`].
///
/// # Errors
/// `E_RETENTION`.
pub fn may_hold(until: Day, today: Day) -> Result<(), Refusal> {
    match today < until && until <= today.plus_days(MAX_HOLD_DAYS) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Retention, until)),
    }
}

/// G34: whether a record may be used by somebody who decides about nothing, such as a program.
///
/// # Errors
/// `E_RESTRICTED`.
pub fn may_use(restricted: bool) -> Result<(), Refusal> {
    match restricted {
        true => Err(Refusal::of(Rule::Restricted, "restricted")),
        false => Ok(()),
    }
}

/// G34: what is restricted opens to those who decide on it, for a new reason.
pub(crate) fn restriction(reader: &Reader<'_>, opening: &Opening<'_>) -> Result<(), Refusal> {
    if !opening.restricted {
        return Ok(());
    }
    let decides = |role: &Role| matches!(role, Role::DataProtection | Role::Approver);
    let may = reader.roles.iter().any(decides);
    match may && opening.why.is_some() {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Restricted, "restricted")),
    }
}

/// G34: no other use of what is restricted without a new check: a second person answers for
/// a record that builds on it.
pub(crate) fn derived(sources: &[Provided<'_>], out: &mut Judgement) {
    if let Some(source) = sources.iter().find(|source| source.restricted) {
        out.approve(Rule::Restricted, source.record.id);
    }
}

/// G34: whether a restriction may be lifted. `told` is whether the data subject was told
/// that it will be, `None` where the restriction was not made for one.
///
/// # Errors
/// `E_LIFT_UNTOLD`.
pub fn may_lift(told: Option<bool>) -> Result<(), Refusal> {
    match told {
        Some(false) => Err(Refusal::of(Rule::LiftUntold, "subject")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Asked;
    use crate::judgement::Effect;
    use crate::samples::{NOW, World, agreement, facts, provided, record, reply};
    use crate::{ReleaseFacts, judge};

    #[test]
    fn dates_stay_within_the_agreement() {
        let agreement = agreement();
        let code = |change: fn(&mut Record)| {
            let mut changed = record(&agreement);
            change(&mut changed);
            let refusals = judge(&changed, &facts(&agreement)).refusals();
            refusals.first().map(Refusal::code)
        };
        assert_eq!(code(|_| ()), None);
        let wrong: [fn(&mut Record); 3] = [
            |r| r.review = r.time.day(),
            |r| r.erasure = r.time.day().plus_days(100_000),
            |r| r.erasure = r.time.day(),
        ];
        for change in wrong {
            assert_eq!(code(change), Some("E_RETENTION"));
        }
    }

    #[test]
    fn a_missed_review_restricts_from_the_day_after() {
        let review = NOW.day();
        assert_eq!(reviewed(review, review), Ok(()));
        let refused = reviewed(review, review.plus_days(1)).unwrap_err();
        assert_eq!(refused.code(), "E_REVIEW_OVERDUE");
    }

    fn asked(role: Role, unit: &str, duty: Duty, days: u32) -> Result<(), &'static str> {
        let mut world = World::new(role);
        world.units = BTreeSet::from([unit.parse().unwrap()]);
        let units = BTreeSet::from(["liaison".parse().unwrap()]);
        let (review, today) = (NOW.day(), NOW.day().plus_days(days));
        may_keep(&world.reader(), duty, &units, (review, today))
            .map(drop)
            .map_err(|refusal| refusal.code())
    }

    #[test]
    fn who_decides_about_a_record() {
        let absent = Err("E_NOT_FOUND");
        for duty in [Duty::Review, Duty::Restrict, Duty::Hold, Duty::OwnCopy] {
            assert_eq!(asked(Role::DataProtection, "police", duty, 1), Ok(()));
            assert_eq!(asked(Role::Approver, "liaison", duty, 1), Ok(()));
            assert_eq!(asked(Role::Approver, "police", duty, 0), absent);
            assert_eq!(asked(Role::Administrator, "liaison", duty, 0), absent);
            assert_eq!(asked(Role::Analyst, "liaison", duty, 0), absent);
            assert_eq!(asked(Role::Officer, "police", duty, 0), absent);
        }
        let officer = |duty, days| asked(Role::Officer, "liaison", duty, days);
        assert_eq!(officer(Duty::Review, 0), Ok(()));
        assert_eq!(officer(Duty::Review, 1), Err("E_REVIEW_OVERDUE"));
        assert_eq!(officer(Duty::OwnCopy, 1), Ok(()));
        assert_eq!(officer(Duty::Hold, 0), absent);
        assert_eq!(officer(Duty::Restrict, 0), absent);
    }

    #[test]
    fn nothing_is_kept_longer_than_agreed() {
        let retention = Retention {
            review_days: 365,
            erasure_days: 1095,
        };
        let today = NOW.day();
        let ask = |until: u32, erasure: u32| {
            let days = (today, today.plus_days(erasure));
            may_keep_until(today.plus_days(until), &retention, days)
                .map_err(|refusal| refusal.code())
        };
        assert_eq!(ask(1, 1000), Ok(()));
        assert_eq!(ask(365, 1000), Ok(()));
        assert_eq!(ask(365, 365), Ok(()));
        for (until, erasure) in [(0, 1000), (366, 1000), (200, 199)] {
            assert_eq!(ask(until, erasure), Err("E_RETENTION"), "{until} {erasure}");
        }
    }

    #[test]
    fn a_hold_ends_after_today_and_within_ten_years() {
        let today = NOW.day();
        let ask = |days| may_hold(today.plus_days(days), today).map_err(|refusal| refusal.code());
        assert_eq!(ask(1), Ok(()));
        assert_eq!(ask(MAX_HOLD_DAYS), Ok(()));
        assert_eq!(ask(0), Err("E_RETENTION"));
        assert_eq!(ask(MAX_HOLD_DAYS + 1), Err("E_RETENTION"));
    }

    #[test]
    fn erasure_is_due_on_its_day_and_waits_for_a_hold() {
        let (today, tomorrow) = (NOW.day(), NOW.day().plus_days(1));
        assert!(erasure_due(today, today) && !erasure_due(tomorrow, today));
        assert_eq!(may_erase(None, today), Ok(()));
        assert_eq!(may_erase(Some(today), today), Ok(()), "its day has begun");
        let held = may_erase(Some(tomorrow), today).unwrap_err();
        assert_eq!(held.code(), "E_LEGAL_HOLD");
    }

    #[test]
    fn a_program_does_not_use_what_is_restricted() {
        assert_eq!(may_use(false), Ok(()));
        assert_eq!(may_use(true).unwrap_err().code(), "E_RESTRICTED");
    }

    #[test]
    fn erasure_is_complete_when_every_holder_signed() {
        let parties: [PartyId; 2] = [
            "be.interior".parse().unwrap(),
            "nl.politie".parse().unwrap(),
        ];
        let state = |second| {
            let copies = parties.iter().zip([CopyState::Erased, second]);
            erased_everywhere(copies).map_err(|refusal| (refusal.code(), refusal.about))
        };
        assert_eq!(state(CopyState::Erased), Ok(()));
        for open in [
            CopyState::Asked,
            CopyState::Held,
            CopyState::Refused,
            CopyState::Unreachable,
        ] {
            let pending = ("E_ERASURE_PENDING", "nl.politie".to_owned());
            assert_eq!(state(open), Err(pending));
        }
    }

    #[test]
    fn what_is_restricted_opens_with_a_reason_to_those_who_decide_on_it() {
        let mut officer = World::new(Role::Officer);
        officer.restricted = true;
        assert_eq!(officer.ask(Asked::Open), Err("E_RESTRICTED"));
        for role in [Role::DataProtection, Role::Approver] {
            let mut watch = World::new(role);
            watch.restricted = true;
            assert_eq!(watch.ask(Asked::Open), Err("E_RESTRICTED"));
            watch.why = Some("réclamation de la personne".parse().unwrap());
            assert_eq!(watch.ask(Asked::Open), Ok(()));
        }
    }

    #[test]
    fn what_builds_on_something_restricted_is_seen_by_two() {
        let agreement = agreement();
        let theirs = provided(&agreement);
        let effect = |restricted| {
            let sources = [Provided {
                record: &theirs,
                permissions: &[],
                restricted,
            }];
            let facts = ReleaseFacts {
                sources: &sources,
                ..facts(&agreement)
            };
            judge(&reply(&agreement, &theirs), &facts).effect()
        };
        assert_eq!(effect(true), Effect::NeedsApproval);
        assert_eq!(effect(false), Effect::Passes);
    }

    #[test]
    fn the_subject_is_told_before_a_restriction_is_lifted() {
        assert_eq!(may_lift(None), Ok(()));
        assert_eq!(may_lift(Some(true)), Ok(()));
        assert_eq!(may_lift(Some(false)).unwrap_err().code(), "E_LIFT_UNTOLD");
    }
}
