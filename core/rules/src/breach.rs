//! Breaches of protection (G45; Directive (EU) 2016/680, Article 30; BDSG, §65): the
//! authority within 72 hours, partners without delay.

use passerelle_model::{PartyId, Role, UtcTime};

use crate::access::Reader;
use crate::clock::{Kept, within};
use crate::{Refusal, Rule};

/// Hours within which the authority is told.
pub const BREACH_HOURS: u64 = 72;

/// Whether this person deals with breaches: the data-protection officer. Anybody may report
/// one.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see(reader: &Reader<'_>) -> Result<(), Refusal> {
    match reader.roles.contains(&Role::DataProtection) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "breach")),
    }
}

/// Where the notification of the authority stands: known since `known`, told at `told`.
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

/// Whether every partner whose data is concerned was told; nothing may be closed before.
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
    use crate::samples::{NOW, World};

    #[test]
    fn seventy_two_hours() {
        let at = |hours: u64| authority_told(NOW, None, NOW.plus_millis(hours * 3_600_000));
        assert!(matches!(at(72), Ok(Kept::Due { .. })));
        assert_eq!(at(73).unwrap_err().code(), "E_BREACH_CLOCK");
        let late = NOW.plus_millis(73 * 3_600_000);
        let told = authority_told(NOW, Some(late), late);
        assert_eq!(told, Ok(Kept::Done { late: true }));
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
            let seen = may_see(&World::new(*role).reader()).is_ok();
            assert_eq!(seen, *role == Role::DataProtection, "{role}");
        }
    }
}
