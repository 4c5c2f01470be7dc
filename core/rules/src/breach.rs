//! Breaches of protection (G45; Directive (EU) 2016/680, Article 30; BDSG, §65): the
//! authority within 72 hours, partners without delay.

use std::collections::BTreeSet;

use passerelle_model::{PartyId, Role, UtcTime};

use crate::clock::{HOUR_MILLIS, Kept, within};
use crate::{Refusal, Rule, may_handle};

/// Hours within which the authority is told.
pub const BREACH_HOURS: u64 = 72;

/// Whether these roles see breaches: the data-protection officer. To anybody else there are
/// none.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    may_handle(roles)
        .map(drop)
        .map_err(|_| Refusal::of(Rule::NeedToKnow, "breach"))
}

/// When the hours end of a breach that is known since `known`.
pub fn due(known: UtcTime) -> UtcTime {
    known.plus_millis(BREACH_HOURS * HOUR_MILLIS)
}

/// Where the notification of the authority stands: known since `known`; told, or found to be
/// no risk to anybody, at `told`.
///
/// # Errors
/// `E_BREACH_CLOCK` once [`BREACH_HOURS`] have passed.
pub fn authority_told(
    known: UtcTime,
    told: Option<UtcTime>,
    now: UtcTime,
) -> Result<Kept, Refusal> {
    within(Rule::BreachClock, (known, BREACH_HOURS), told, now)
}

/// Whether a breach may be closed: the authority was told, or need not be, and every partner
/// whose data is concerned was told.
///
/// # Errors
/// `E_BREACH_CLOCK`, `E_BREACH_PARTNER`.
pub fn may_close<'a>(
    (known, told): (UtcTime, Option<UtcTime>),
    concerned: impl IntoIterator<Item = (&'a PartyId, bool)>,
) -> Result<(), Refusal> {
    if told.is_none() {
        return Err(Refusal::of(Rule::BreachClock, due(known)));
    }
    partners_told(concerned)
}

/// Whether every partner whose data is concerned was told.
///
/// # Errors
/// `E_BREACH_PARTNER`, naming the first who was not.
pub fn partners_told<'a>(
    concerned: impl IntoIterator<Item = (&'a PartyId, bool)>,
) -> Result<(), Refusal> {
    match concerned.into_iter().find(|(_, told)| !told) {
        Some((party, _)) => Err(Refusal::of(Rule::BreachPartner, party)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::NOW;

    #[test]
    fn seventy_two_hours() {
        let at = |hours: u64| authority_told(NOW, None, NOW.plus_millis(hours * 3_600_000));
        assert!(matches!(at(72), Ok(Kept::Due { .. })));
        assert_eq!(at(73).unwrap_err().code(), "E_BREACH_CLOCK");
        let late = NOW.plus_millis(73 * 3_600_000);
        let told = authority_told(NOW, Some(late), late);
        assert_eq!(told, Ok(Kept::Done { late: true }));
        assert_eq!(due(NOW), NOW.plus_millis(72 * 3_600_000));
    }

    #[test]
    fn it_is_closed_once_everybody_was_told() {
        let party: PartyId = "be.interior".parse().unwrap();
        let close = |authority, partner| {
            let judged = may_close((NOW, authority), [(&party, partner)]);
            judged.map_err(|refusal| refusal.code())
        };
        assert_eq!(close(Some(NOW), true), Ok(()));
        assert_eq!(close(None, true), Err("E_BREACH_CLOCK"));
        assert_eq!(close(Some(NOW), false), Err("E_BREACH_PARTNER"));
    }

    #[test]
    fn every_partner_concerned_is_told() {
        let parties: [PartyId; 2] = [
            "be.interior".parse().unwrap(),
            "nl.politie".parse().unwrap(),
        ];
        let state = |second| {
            let judged = partners_told(parties.iter().zip([true, second]));
            judged.map_err(|refusal| (refusal.code(), refusal.about))
        };
        assert_eq!(state(true), Ok(()));
        let open = ("E_BREACH_PARTNER", "nl.politie".to_owned());
        assert_eq!(state(false), Err(open));
    }

    #[test]
    fn the_data_protection_officer_deals_with_it() {
        for role in Role::ALL {
            let seen = may_see(&BTreeSet::from([*role])).is_ok();
            assert_eq!(seen, *role == Role::DataProtection, "{role}");
        }
        let both = BTreeSet::from([Role::DataProtection, Role::Administrator]);
        assert_eq!(may_see(&both).unwrap_err().code(), "E_NOT_FOUND");
    }
}
