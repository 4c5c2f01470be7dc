//! Which roles of which unit open which data class, as an administrator decided and as the
//! node publishes it: need-to-know by class (G09: narrower access; the published access
//! policy).

use std::collections::{BTreeMap, BTreeSet};

use passerelle_model::{Role, Side, UnitId};

use crate::access::{Opening, Reader};
use crate::{Refusal, Rule};

/// For one data class: the roles that open it, by unit. A unit that is not in it has the
/// roles that open records.
pub type ClassOpeners<'a> = &'a BTreeMap<UnitId, BTreeSet<Role>>;

/// Roles that open a class of that side in a unit for which nothing was decided.
pub fn roles_by_default(side: Side) -> impl Iterator<Item = Role> {
    Role::ALL
        .iter()
        .copied()
        .filter(move |role| role.opens(side))
}

/// Whether one of `roles` opens a class of that side in `unit`, after what was decided for the class.
pub fn opens_class(
    roles: &BTreeSet<Role>,
    unit: &UnitId,
    decided: Option<ClassOpeners<'_>>,
    side: Side,
) -> bool {
    let decided = decided.and_then(|units| units.get(unit));
    roles
        .iter()
        .filter(|role| role.opens(side))
        .any(|role| decided.is_none_or(|decided| decided.contains(role)))
}

/// A person opens a record where, in one of the record's units that is theirs, one of their
/// roles opens the record's class. Otherwise it looks like absence. Who decides on what is
/// restricted (the data-protection officer) is not asked for a unit.
pub(crate) fn class_access(reader: &Reader<'_>, opening: &Opening<'_>) -> Result<(), Refusal> {
    let mut shared = reader.units.intersection(opening.units);
    let opens = shared.any(|unit| opens_class(reader.roles, unit, opening.class, opening.side));
    let watch = reader.roles.contains(&Role::DataProtection) && opening.restricted;
    match opens || watch || opening.glass {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "class")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Asked, may_open};
    use passerelle_model::{OfficerId, Outlet};

    fn ask(role: Role, decided: Option<&[(&str, &[Role])]>, restricted: bool) -> bool {
        let officer: OfficerId = "o-17".parse().unwrap();
        let units = BTreeSet::from(["liaison".parse().unwrap(), "police".parse().unwrap()]);
        let of = BTreeSet::from(["liaison".parse().unwrap()]);
        let roles = BTreeSet::from([role]);
        let decided: Option<BTreeMap<UnitId, BTreeSet<Role>>> = decided.map(|lines| {
            let line = |(unit, roles): &(&str, &[Role])| {
                (unit.parse().unwrap(), roles.iter().copied().collect())
            };
            lines.iter().map(line).collect()
        });
        let why = "contrôle".parse().unwrap();
        let reader = Reader {
            officer: &officer,
            units: &units,
            roles: &roles,
        };
        let opening = Opening {
            units: &of,
            named: None,
            restricted,
            markings: None,
            conditions_accepted: true,
            ours: false,
            why: Some(&why),
            class: decided.as_ref(),
            side: Side::Cases,
            outlet: Outlet::Own,
            permissions: None,
            glass: false,
        };
        match may_open(&reader, Asked::Open, &opening) {
            Ok(_) => true,
            Err(refusal) => {
                assert_eq!(refusal.rule.code(), "E_NOT_FOUND");
                false
            }
        }
    }

    #[test]
    fn where_nothing_was_decided_the_roles_that_open_records_do() {
        for role in Role::ALL {
            assert_eq!(ask(*role, None, false), role.opens_records(), "{role}");
            let elsewhere: &[(&str, &[Role])] = &[("police", &[])];
            assert_eq!(ask(*role, Some(elsewhere), false), role.opens_records());
        }
    }

    #[test]
    fn what_was_decided_for_the_unit_holds_and_a_role_of_another_unit_does_not_help() {
        let officers: &[(&str, &[Role])] = &[
            ("liaison", &[Role::Officer]),
            ("police", &[Role::Officer, Role::Analyst]),
        ];
        assert!(ask(Role::Officer, Some(officers), false));
        assert!(!ask(Role::Analyst, Some(officers), false));
        let nobody: &[(&str, &[Role])] = &[("liaison", &[])];
        assert!(!ask(Role::Officer, Some(nobody), false));
    }

    #[test]
    fn no_decision_lets_in_who_opens_nothing() {
        let all: &[(&str, &[Role])] = &[("liaison", Role::ALL)];
        assert!(!ask(Role::Administrator, Some(all), false));
        assert!(!ask(Role::Secretary, Some(all), false));
    }

    #[test]
    fn who_decides_on_what_is_restricted_sees_it_still() {
        let nobody: &[(&str, &[Role])] = &[("liaison", &[])];
        assert!(ask(Role::DataProtection, Some(nobody), true));
        assert!(!ask(Role::DataProtection, Some(nobody), false));
    }
}
