//! Reading the register of acts (G13, G14; Directive (EU) 2016/680, Article 25).

use std::collections::BTreeSet;

use passerelle_model::Role;

use crate::{Refusal, Rule};

/// Proof that somebody may read the register. Only [`may_read_register`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayReadRegister(());

/// Whether these roles read the register of acts: whoever is charged with checking it, and
/// nobody who runs the node. For what it is read and why is asked by type before.
pub fn may_read_register(roles: &BTreeSet<Role>) -> Result<MayReadRegister, Refusal> {
    let charged = roles.contains(&Role::DataProtection) && !roles.contains(&Role::Administrator);
    match charged {
        true => Ok(MayReadRegister(())),
        false => Err(Refusal::of(Rule::LogPurpose, "register")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
