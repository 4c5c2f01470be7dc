//! How long data is kept, and what happens to it meanwhile (G32 to G34; Directive (EU)
//! 2016/680, Articles 5 and 16; BDSG, §§58 and 75(4)): review, erasure everywhere,
//! restriction instead of erasure.

use passerelle_model::{Day, PartyId, Reason, Record, Role, Terms};

use crate::access::{Opening, Reader};
use crate::judgement::Judgement;
use crate::onward::Provided;
use crate::{Refusal, Rule};

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
    match record.erasure <= today {
        true => Err(Refusal::of(Rule::Retention, record.erasure)),
        false => Ok(()),
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

/// G32: whether somebody may say that a record is still needed: an officer, approver or
/// data-protection officer whom it concerns, with a reason, and until a day after today that
/// is not after its erasure.
///
/// # Errors
/// `E_NOT_FOUND` to whom it does not concern, `E_ROLE`, `E_JUSTIFICATION`, `E_RETENTION`.
pub fn may_review(
    reader: &Reader<'_>,
    concerned: bool,
    why: Option<&Reason>,
    (next, erasure): (Day, Day),
    today: Day,
) -> Result<(), Refusal> {
    if !concerned {
        return Err(Refusal::of(Rule::NeedToKnow, "record"));
    }
    let fit = |role: &Role| matches!(role, Role::Officer | Role::Approver | Role::DataProtection);
    if !reader.roles.iter().any(fit) {
        return Err(Refusal::of(Rule::Role, "review"));
    }
    crate::log::justified(why)?;
    match next <= today || next > erasure {
        true => Err(Refusal::of(Rule::Retention, next)),
        false => Ok(()),
    }
}

/// What one holder of a record says of its erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyState {
    /// Asked, and not answered yet.
    Asked,
    /// Signed that it is gone.
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

    #[test]
    fn a_review_has_a_person_a_reason_and_an_end() {
        let (today, erasure) = (NOW.day(), NOW.day().plus_days(100));
        let why: Reason = "procédure en cours".parse().unwrap();
        let try_as = |role, concerned, why: Option<&Reason>, days| {
            let world = World::new(role);
            let next = today.plus_days(days);
            let judged = may_review(&world.reader(), concerned, why, (next, erasure), today);
            judged.map_err(|refusal| refusal.code())
        };
        assert_eq!(try_as(Role::Officer, true, Some(&why), 30), Ok(()));
        assert_eq!(
            try_as(Role::Officer, false, Some(&why), 30),
            Err("E_NOT_FOUND")
        );
        assert_eq!(try_as(Role::Analyst, true, Some(&why), 30), Err("E_ROLE"));
        assert_eq!(
            try_as(Role::Officer, true, None, 30),
            Err("E_JUSTIFICATION")
        );
        assert_eq!(
            try_as(Role::Officer, true, Some(&why), 0),
            Err("E_RETENTION")
        );
        assert_eq!(
            try_as(Role::Officer, true, Some(&why), 101),
            Err("E_RETENTION")
        );
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
