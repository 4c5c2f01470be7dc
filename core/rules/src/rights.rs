//! Requests of data subjects (G43, G44; Directive (EU) 2016/680, Articles 12 to 17; BDSG,
//! §57): who sees them, when they are answered, and what a decision needs. A reply may be
//! "neither confirm nor deny"; its reasons are kept for the authority all the same.

use passerelle_model::{Reason, Role, UtcTime};

use crate::access::Reader;
use crate::clock::{Kept, within};
use crate::{Refusal, Rule};

/// Days within which a request is answered: one month of the shortest kind, our reading of
/// "without undue delay".
pub const RIGHTS_DAYS: u32 = 30;

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
    /// Whether a partner's data is concerned.
    pub partner_data: bool,
    /// Whether that partner was consulted.
    pub consulted: bool,
}

/// Proof that a request may be decided so. Only [`may_rule`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayRule(());

/// G43: whether this person sees requests of data subjects. To anybody else there are none.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see(reader: &Reader<'_>) -> Result<(), Refusal> {
    let charged = reader.roles.contains(&Role::DataProtection);
    match charged && !reader.roles.contains(&Role::Administrator) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "rights request")),
    }
}

/// G43: where a request stands that was received at `received`.
///
/// # Errors
/// `E_RIGHTS_OVERDUE` once `days` have passed without an answer.
pub fn answered(
    received: UtcTime,
    days: u32,
    done: Option<UtcTime>,
    now: UtcTime,
) -> Result<Kept, Refusal> {
    let hours = u64::from(days) * 24;
    within(Rule::RightsOverdue, (received, hours), done, now)
}

/// G43: whether a request may be decided so by this person.
///
/// # Errors
/// `E_NOT_FOUND` to whom it does not concern; `E_RIGHTS_IDENTITY` where it is not certain who
/// asks and something would be told; `E_RIGHTS_REASON` where anything but a full grant has no
/// reason; `E_RIGHTS_ORIGINATOR` where a partner's data is concerned and it was not asked.
pub fn may_rule(reader: &Reader<'_>, facts: &RulingFacts<'_>) -> Result<MayRule, Refusal> {
    may_see(reader)?;
    let tells = matches!(facts.ruling, Ruling::Granted | Ruling::Partial);
    if tells && !facts.identified {
        return Err(Refusal::of(Rule::RightsIdentity, "identity"));
    }
    if facts.ruling != Ruling::Granted && facts.reason.is_none() {
        return Err(Refusal::of(Rule::RightsReason, "reason"));
    }
    match facts.partner_data && !facts.consulted {
        true => Err(Refusal::of(Rule::RightsOriginator, "originator")),
        false => Ok(MayRule(())),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, World};

    const DAY_MILLIS: u64 = 86_400_000;

    #[test]
    fn the_clock_of_a_request_runs() {
        let at = |days| answered(NOW, RIGHTS_DAYS, None, NOW.plus_millis(days * DAY_MILLIS));
        assert!(matches!(at(30), Ok(Kept::Due { .. })));
        assert_eq!(at(31).unwrap_err().code(), "E_RIGHTS_OVERDUE");
        let done = answered(NOW, RIGHTS_DAYS, Some(NOW), NOW);
        assert_eq!(done, Ok(Kept::Done { late: false }));
    }

    #[test]
    fn only_the_data_protection_officer_sees_requests() {
        for role in Role::ALL {
            let world = World::new(*role);
            let seen = may_see(&world.reader());
            assert_eq!(seen.is_ok(), *role == Role::DataProtection, "{role}");
        }
    }

    #[test]
    fn a_decision_has_its_reason_and_its_preconditions() {
        let why: Reason = "nuirait à une enquête".parse().unwrap();
        let full = RulingFacts {
            identified: true,
            ruling: Ruling::Granted,
            reason: None,
            partner_data: false,
            consulted: false,
        };
        let world = World::new(Role::DataProtection);
        let code = |facts: RulingFacts<'_>| {
            let judged = may_rule(&world.reader(), &facts);
            judged.err().map(|refusal| refusal.code())
        };
        assert_eq!(code(full), None);
        let unknown = RulingFacts {
            identified: false,
            ..full
        };
        assert_eq!(code(unknown), Some("E_RIGHTS_IDENTITY"));
        for ruling in [Ruling::Partial, Ruling::Refused, Ruling::Neither] {
            let bare = RulingFacts { ruling, ..full };
            assert_eq!(code(bare), Some("E_RIGHTS_REASON"));
            let reason = Some(&why);
            assert_eq!(code(RulingFacts { reason, ..bare }), None);
        }
        let partner = RulingFacts {
            partner_data: true,
            ..full
        };
        assert_eq!(code(partner), Some("E_RIGHTS_ORIGINATOR"));
        let consulted = RulingFacts {
            consulted: true,
            ..partner
        };
        assert_eq!(code(consulted), None);
        let officer = World::new(Role::Officer);
        let refused = may_rule(&officer.reader(), &full).unwrap_err();
        assert_eq!(refused.code(), "E_NOT_FOUND");
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
