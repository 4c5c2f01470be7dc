//! The administrator decides which roles of which unit open which data class.

use std::collections::BTreeSet;

use passerelle_model::{Act, By, Code, Deed, Names, Object, Role, Side, UnitId, codec};
use passerelle_store::Put;
use serde::{Deserialize, Serialize};

use super::{Decisions, classes, openers, roles, shared_side, units};
use crate::directory::Shelf;
use crate::people::{Person, administrator};
use crate::{Actor, Error, Node};

/// One unit and class, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessLine {
    /// The unit.
    pub unit: UnitId,
    /// Its names.
    pub unit_names: Names,
    /// The data class.
    pub class: Code,
    /// Its names.
    pub class_names: Names,
    /// On which side of the wall they meet.
    pub side: Side,
    /// The roles that open it.
    pub roles: BTreeSet<Role>,
    /// Whether somebody decided so; otherwise these are the roles that open records.
    pub decided: bool,
    /// How many people that is today.
    pub people: u32,
}

/// Everything that can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessView {
    /// Version of the decisions; name it when changing them.
    pub version: u64,
    /// One line for each unit and class.
    pub lines: Vec<AccessLine>,
}

/// A decision: in this unit, these roles open this class. No roles: nobody does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassDecision {
    /// The unit.
    pub unit: UnitId,
    /// The data class.
    pub class: Code,
    /// The roles.
    pub roles: BTreeSet<Role>,
}

impl Node {
    /// Which roles of which unit open which class, for an administrator.
    pub async fn access(&self, actor: &Actor) -> Result<AccessView, Error> {
        administrator(actor)?;
        let directory = self.directory();
        let people = self.all_people().await?;
        let people: Vec<Person> = people.into_iter().map(|(person, _)| person).collect();
        let names = classes(&directory);
        let line = |opener: passerelle_model::Opener| {
            let unit = directory.own().content().unit(&opener.unit)?;
            let decided = directory.decided().get(&opener.class);
            Some(AccessLine {
                side: shared_side(&directory, &opener.unit, &opener.class)?,
                unit_names: unit.names.clone(),
                class_names: names.get(&opener.class)?.clone(),
                roles: roles(&directory, &opener.unit, &opener.class),
                decided: decided.is_some_and(|units| units.contains_key(&opener.unit)),
                people: opener.people,
                unit: opener.unit,
                class: opener.class,
            })
        };
        Ok(AccessView {
            version: self.decisions_version().await?,
            lines: openers(&directory, &people)
                .into_iter()
                .filter_map(line)
                .collect(),
        })
    }

    /// Decides, and publishes what follows. Units and classes that are not named go back to
    /// the roles that open records. `E_ACCESS_CHANGED` where somebody else decided meanwhile.
    pub async fn decide_access(
        &self,
        actor: &Actor,
        decided: Vec<ClassDecision>,
        version: u64,
    ) -> Result<(), Error> {
        administrator(actor)?;
        self.decide_access_by(decided, version, actor.by()).await
    }

    /// [`Node::decide_access`] for a program.
    pub async fn decide_access_by(
        &self,
        decided: Vec<ClassDecision>,
        version: u64,
        by: By,
    ) -> Result<(), Error> {
        let decisions = self.checked(decided)?;
        let object = Object::Thing {
            kind: "access-policy".parse()?,
            name: "decision".parse()?,
        };
        self.enter(Act::new(Deed::Settings, self.now(), by, object))
            .await?;
        self.put_decisions(&decisions, version).await?;
        self.policy_changed();
        self.freshen_policy().await;
        Ok(())
    }

    fn checked(&self, decided: Vec<ClassDecision>) -> Result<Decisions, Error> {
        let directory = self.directory();
        let (units, classes) = (units(&directory), classes(&directory));
        let mut decisions = Decisions::new();
        for ClassDecision { unit, class, roles } in decided {
            if !units.contains(&unit) {
                return Err(Error::not_found("unit", unit));
            }
            if !classes.contains_key(&class) {
                return Err(Error::not_found("data class", class));
            }
            let side = shared_side(&directory, &unit, &class).unwrap_or_default();
            if let Some(role) = roles.iter().find(|role| !role.opens(side)) {
                let message = format!("the role {role} opens no records");
                return Err(Error::state("E_ACCESS_ROLE", message));
            }
            decisions.entry(class).or_default().insert(unit, roles);
        }
        Ok(decisions)
    }

    async fn put_decisions(&self, decisions: &Decisions, version: u64) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let put = Put {
            kind: Shelf::ACCESS,
            key: "node".to_owned(),
            bytes: Some(codec::to_canonical(decisions)),
            expected: Some(version),
        };
        match self.store.put(vec![put]).await {
            Ok(_) => self.refresh().await,
            Err(passerelle_store::Error::Conflict(_)) => Err(Error::state(
                "E_ACCESS_CHANGED",
                "somebody decided otherwise meanwhile: look again",
            )),
            Err(error) => Err(error.into()),
        }
    }

    async fn decisions_version(&self) -> Result<u64, Error> {
        let documents = self.store.documents(Shelf::ACCESS, "node").await?;
        Ok(documents.first().map_or(0, |document| document.version))
    }
}
