//! The register of acts (G12 to G15; Directive (EU) 2016/680, Article 25; BDSG, §76): written
//! before the effect, with a reason, read by whoever checks it, erased under its own time.

use std::collections::BTreeSet;

use passerelle_model::{Day, Reason, Role};

use crate::{Refusal, Rule};

/// G12: whether an act may take effect: only what the register holds does.
///
/// # Errors
/// `E_LOG_UNAVAILABLE` where it could not be entered.
pub fn may_take_effect(entered: bool) -> Result<(), Refusal> {
    match entered {
        true => Ok(()),
        false => Err(Refusal::of(Rule::LogUnavailable, "register")),
    }
}

/// G13: whether a reason was given before anything shows.
///
/// # Errors
/// `E_JUSTIFICATION` where there is none.
pub fn justified(why: Option<&Reason>) -> Result<&Reason, Refusal> {
    why.ok_or_else(|| Refusal::of(Rule::Justification, "why"))
}

/// Proof that somebody may read the register. Only [`may_read_register`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayReadRegister(());

/// G14: whether these roles read the register of acts: whoever is charged with checking it,
/// and nobody who runs the node. For what it is read and why is asked by type before.
///
/// # Errors
/// `E_LOG_PURPOSE`.
pub fn may_read_register(roles: &BTreeSet<Role>) -> Result<MayReadRegister, Refusal> {
    let charged = roles.contains(&Role::DataProtection) && !roles.contains(&Role::Administrator);
    match charged {
        true => Ok(MayReadRegister(())),
        false => Err(Refusal::of(Rule::LogPurpose, "register")),
    }
}

/// G15: whether the content of an act may be erased: once it was kept for its `days`. Its
/// leaf stays, so that the chain can be verified.
///
/// # Errors
/// `E_LOG_RETENTION` before.
pub fn may_erase(entered: Day, days: u32, today: Day) -> Result<(), Refusal> {
    let until = entered.plus_days(days);
    match today > until {
        true => Ok(()),
        false => Err(Refusal::of(Rule::LogRetention, until)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::NOW;

    #[test]
    fn what_is_not_entered_does_not_happen() {
        assert_eq!(may_take_effect(true), Ok(()));
        let refused = may_take_effect(false).unwrap_err();
        assert_eq!(refused.code(), "E_LOG_UNAVAILABLE");
    }

    #[test]
    fn a_reason_comes_first() {
        let why: Reason = "affaire en cours".parse().unwrap();
        assert_eq!(justified(Some(&why)), Ok(&why));
        assert_eq!(justified(None).unwrap_err().code(), "E_JUSTIFICATION");
    }

    #[test]
    fn only_the_data_protection_officer_reads_it() {
        for role in Role::ALL {
            let judged = may_read_register(&BTreeSet::from([*role]));
            assert_eq!(judged.is_ok(), *role == Role::DataProtection, "{role}");
        }
        let both = BTreeSet::from([Role::DataProtection, Role::Administrator]);
        assert_eq!(
            may_read_register(&both).unwrap_err().code(),
            "E_LOG_PURPOSE"
        );
    }

    #[test]
    fn acts_are_kept_for_their_time() {
        let day = NOW.day();
        let code = |today| may_erase(day, 30, today).err().map(|one| one.code());
        assert_eq!(code(day.plus_days(30)), Some("E_LOG_RETENTION"));
        assert_eq!(code(day.plus_days(31)), None);
    }
}
