//! The people of this node: who they are, to which units they belong, what roles they hold.
//! Staff only; a data subject is never a person here.

mod administering;
mod credentials;
mod demo;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};

use passerelle_identity::Secret;
use passerelle_model::{Act, Deed, Lang, Name, Object, OfficerId, Role, UnitId, UtcTime};
use passerelle_rules::firewall;
use passerelle_store::Put;
use serde::{Deserialize, Serialize};

pub use credentials::{Enrolment, SetupView};
pub(crate) use credentials::{blocking, refused};
pub use demo::DemoAccount;
pub use sessions::{MAX_SESSIONS_PER_PERSON, SessionView, SignIn, SignedIn};

use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// Most people of one node.
pub const MAX_PEOPLE: usize = 10_000;

/// A person, as an administrator writes them down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Identifier: how they sign in, and how records and the register name them.
    pub officer: OfficerId,
    /// Name.
    pub name: Name,
    /// Function, as partners see it.
    pub function: Name,
    /// Units.
    pub units: BTreeSet<UnitId>,
    /// Roles.
    pub roles: BTreeSet<Role>,
    /// Language of their screens.
    pub lang: Lang,
    /// Whether they may not sign in.
    #[serde(default)]
    pub suspended: bool,
}

/// A person, as lists show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The person.
    pub person: Person,
    /// Version; name it when changing.
    pub version: u64,
    /// Whether they have a password and a confirmed authenticator.
    pub enrolled: bool,
    /// When they used the node last, of the sessions that are alive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<UtcTime>,
}

impl Person {
    /// Whoever runs the node does not read it, and a person without unit reads nothing.
    fn check(&self, known: &BTreeSet<UnitId>) -> Result<(), Error> {
        if self.roles.is_empty() {
            return Err(Error::state("E_ROLE_EMPTY", "a person holds a role"));
        }
        if self.roles.contains(&Role::Administrator) && self.roles.len() > 1 {
            let message = "an administrator holds no other role";
            return Err(Error::state("E_ROLE_MIX", message));
        }
        match self.units.difference(known).next() {
            Some(unit) => Err(Error::not_found("unit", unit)),
            None => Ok(()),
        }
    }

    fn actor(&self) -> Actor {
        Actor::new(
            self.officer.clone(),
            (self.name.clone(), self.function.clone()),
            self.units.clone(),
            self.roles.clone(),
            self.lang,
        )
    }
}

impl Node {
    /// A set-up link for the first administrator; `None` once one can sign in.
    pub async fn first_setup_link(&self) -> Result<Option<Secret>, Error> {
        for (person, _) in self.all_people().await? {
            let enrolled = self.credential(&person.officer).await?.is_enrolled();
            if person.roles.contains(&Role::Administrator) && enrolled {
                return Ok(None);
            }
        }
        let officer: OfficerId = "administrator".parse()?;
        if self.person(&officer).await.is_err() {
            let first = Person {
                name: "Administrator".parse()?,
                function: "Administrator".parse()?,
                units: BTreeSet::new(),
                roles: BTreeSet::from([Role::Administrator]),
                lang: Lang::En,
                suspended: false,
                officer: officer.clone(),
            };
            self.enter(self.node_act(Deed::People, &officer)).await?;
            self.put_person(&first, 0).await?;
        }
        self.make_setup_link(&officer).await.map(Some)
    }

    /// Break-glass on the node's own command line: a new set-up link for an administrator.
    pub async fn recover_person(&self, officer: &OfficerId) -> Result<Secret, Error> {
        let (person, _) = self.person(officer).await?;
        if !person.roles.contains(&Role::Administrator) {
            let message = "only an administrator is recovered here; others are reset by one";
            return Err(Error::state("E_ROLE", message));
        }
        self.enter(self.node_act(Deed::People, officer)).await?;
        self.forget_credential(officer).await?;
        self.end_sessions_of(officer).await?;
        self.make_setup_link(officer).await
    }

    /// Changes the language of one's own screens.
    pub async fn choose_language(&self, actor: &Actor, lang: Lang) -> Result<(), Error> {
        let (mut person, version) = self.person(actor.officer()).await?;
        person.lang = lang;
        self.put_person(&person, version).await
    }

    /// Units of this node, from its card, with their names.
    pub fn units(&self) -> Vec<(UnitId, passerelle_model::Names)> {
        let directory = self.directory();
        let units = directory.own().content().units.iter();
        units
            .filter(|unit| unit.unit.as_str() != passerelle_model::NODE_UNIT)
            .map(|unit| (unit.unit.clone(), unit.names.clone()))
            .collect()
    }

    /// Names of our own people by their identifiers, for pages that say who did something.
    pub async fn officer_names(&self) -> Result<BTreeMap<OfficerId, Name>, Error> {
        let people = self.all_people().await?.into_iter();
        Ok(people.map(|(one, _)| (one.officer, one.name)).collect())
    }

    pub(crate) async fn all_people(&self) -> Result<Vec<(Person, u64)>, Error> {
        let documents = self.store.documents(Shelf::PERSON, "").await?;
        documents
            .iter()
            .map(|document| Ok((self.unsealed_json(document)?, document.version)))
            .collect()
    }

    pub(crate) async fn person(&self, officer: &OfficerId) -> Result<(Person, u64), Error> {
        let documents = self
            .store
            .documents(Shelf::PERSON, officer.as_str())
            .await?;
        let document = documents
            .iter()
            .find(|document| document.key == officer.as_str())
            .ok_or_else(|| Error::not_found("person", officer))?;
        Ok((self.unsealed_json(document)?, document.version))
    }

    async fn put_person(&self, person: &Person, version: u64) -> Result<(), Error> {
        let known = self.units().into_iter().map(|(unit, _)| unit).collect();
        person.check(&known)?;
        firewall::person_on_one_side(&person.units, &self.directory().unit_sides()?)?;
        if version == 0 && self.all_people().await?.len() >= MAX_PEOPLE {
            return Err(Error::state("E_TOO_MANY", "this node has its most people"));
        }
        let key = person.officer.to_string();
        let put = self.sealed_json_put(Shelf::PERSON, key, person, Some(version))?;
        match self.store.put(vec![put]).await {
            Err(passerelle_store::Error::Conflict(_)) if version == 0 => Err(Error::state(
                "E_PERSON_KNOWN",
                "there is somebody of this identifier already",
            )),
            Err(passerelle_store::Error::Conflict(_)) => Err(Error::state(
                "E_PERSON_CHANGED",
                "somebody changed this person meanwhile: look again",
            )),
            other => other.map(|_| ()).map_err(Error::from),
        }
    }

    async fn keep_an_administrator(&self, changed: &Person) -> Result<(), Error> {
        let stays =
            |person: &Person| person.roles.contains(&Role::Administrator) && !person.suspended;
        let others = self.all_people().await?;
        let left = others
            .iter()
            .map(|(person, _)| person)
            .filter(|person| person.officer != changed.officer)
            .chain(std::iter::once(changed));
        match left.into_iter().any(stays) {
            true => Ok(()),
            false => Err(Error::state(
                "E_LAST_ADMINISTRATOR",
                "somebody must be left who runs the node",
            )),
        }
    }

    fn node_act(&self, deed: Deed, officer: &OfficerId) -> Act {
        let object = Object::Person {
            officer: officer.clone(),
        };
        Act::new(deed, self.now(), passerelle_model::By::Node, object)
    }

    async fn remove(&self, kind: &'static str, keys: Vec<String>) -> Result<(), Error> {
        if keys.is_empty() {
            return Ok(());
        }
        let puts = keys
            .into_iter()
            .map(|key| Put {
                kind,
                key,
                bytes: None,
                expected: None,
            })
            .collect();
        self.store.put(puts).await?;
        Ok(())
    }
}

/// What only an administrator does.
pub(crate) fn administrator(actor: &Actor) -> Result<(), Error> {
    match actor.is(Role::Administrator) {
        true => Ok(()),
        false => Err(Error::state("E_ROLE", "this needs an administrator")),
    }
}
