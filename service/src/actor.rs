//! Who acts: the proof that somebody signed in.

use std::collections::BTreeSet;

use passerelle_model::{By, Lang, Name, OfficerId, Role, UnitId};

/// A person of this node who signed in. Only a live session makes one, so that a use case
/// which asks for an `Actor` cannot be reached by anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    officer: OfficerId,
    name: Name,
    function: Name,
    units: BTreeSet<UnitId>,
    roles: BTreeSet<Role>,
    lang: Lang,
}

impl Actor {
    /// For the use case that checks sessions, and for tests of this crate.
    pub(crate) fn new(
        officer: OfficerId,
        (name, function): (Name, Name),
        units: BTreeSet<UnitId>,
        roles: BTreeSet<Role>,
        lang: Lang,
    ) -> Self {
        Self {
            officer,
            name,
            function,
            units,
            roles,
            lang,
        }
    }

    /// Somebody with these roles, for tests of other crates: a session gives nobody this.
    #[cfg(feature = "testing")]
    pub fn sample(name: &str, roles: &[Role], lang: Lang) -> Result<Self, crate::Error> {
        let names = (name.parse()?, "Officier de liaison".parse()?);
        let unit = "liaison".parse()?;
        let roles = roles.iter().copied().collect();
        Ok(Self::new(
            "rabat-agent".parse()?,
            names,
            BTreeSet::from([unit]),
            roles,
            lang,
        ))
    }

    /// The person's identifier, as it stands in records and the register.
    pub fn officer(&self) -> &OfficerId {
        &self.officer
    }

    /// The person's name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The person's function, as partners see it.
    pub fn function(&self) -> &Name {
        &self.function
    }

    /// The units the person belongs to.
    pub fn units(&self) -> &BTreeSet<UnitId> {
        &self.units
    }

    /// The roles the person holds.
    pub fn roles(&self) -> &BTreeSet<Role> {
        &self.roles
    }

    /// Whether the person holds a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the person speaks for their party in a joint group.
    pub fn speaks(&self) -> bool {
        passerelle_rules::firewall::may_speak(&self.roles).is_ok()
    }

    /// The language the person chose.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// As the register names the person.
    pub fn by(&self) -> By {
        By::Person {
            officer: self.officer.clone(),
            unit: self.units.first().cloned(),
        }
    }
}
