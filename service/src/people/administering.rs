//! What an administrator does with people and tokens, at the desk or by a program whose
//! token has that scope. Every change is entered with who made it.

use std::collections::BTreeMap;

use passerelle_identity::Secret;
use passerelle_model::{Act, By, Deed, Object, OfficerId, UtcTime};

use super::{Person, PersonView, administrator};
use crate::view::{Scope, TokenView};
use crate::{Actor, Error, Node};

impl Node {
    /// Everybody, for an administrator.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<PersonView>, Error> {
        administrator(actor)?;
        self.list_people().await
    }

    /// Everybody, for a program.
    pub async fn list_people(&self) -> Result<Vec<PersonView>, Error> {
        let mut seen: BTreeMap<OfficerId, UtcTime> = BTreeMap::new();
        for (_, session) in self.all_sessions().await? {
            let last = seen.entry(session.officer).or_insert(session.used);
            *last = session.used.max(*last);
        }
        let enrolled = self.enrolled().await?;
        let people = self.all_people().await?.into_iter();
        let view = |(person, version): (Person, u64)| PersonView {
            enrolled: enrolled.contains(&person.officer),
            last_seen: seen.get(&person.officer).copied(),
            person,
            version,
        };
        Ok(people.map(view).collect())
    }

    /// Adds a person; the link lets them choose a password and an authenticator.
    pub async fn add_person(&self, actor: &Actor, person: Person) -> Result<Secret, Error> {
        administrator(actor)?;
        self.add_person_by(person, actor.by()).await
    }

    /// [`Node::add_person`] for a program.
    pub async fn add_person_by(&self, person: Person, by: By) -> Result<Secret, Error> {
        self.enter_on_person(&person.officer, by).await?;
        self.put_person(&person, 0).await?;
        self.policy_changed();
        self.make_setup_link(&person.officer).await
    }

    /// Changes a person. Their sessions end, so that no right outlives the change.
    pub async fn change_person(
        &self,
        actor: &Actor,
        person: Person,
        version: u64,
    ) -> Result<(), Error> {
        administrator(actor)?;
        if person.officer == *actor.officer() {
            let message = "nobody changes their own roles or units";
            return Err(Error::state("E_OWN_ROLES", message));
        }
        self.change_person_by(person, version, actor.by()).await
    }

    async fn change_person_by(&self, person: Person, version: u64, by: By) -> Result<(), Error> {
        self.keep_an_administrator(&person).await?;
        self.enter_on_person(&person.officer, by).await?;
        self.put_person(&person, version).await?;
        self.policy_changed();
        self.end_sessions_of(&person.officer).await
    }

    /// Lets a person sign in no more, or again, for a program.
    pub async fn suspend_person_by(
        &self,
        officer: &OfficerId,
        suspended: bool,
        by: By,
    ) -> Result<(), Error> {
        let (mut person, version) = self.person(officer).await?;
        person.suspended = suspended;
        self.change_person_by(person, version, by).await
    }

    /// Takes a person's password and authenticator away; the link lets them choose new ones.
    pub async fn reset_person(&self, actor: &Actor, officer: &OfficerId) -> Result<Secret, Error> {
        administrator(actor)?;
        self.reset_person_by(officer, actor.by()).await
    }

    /// [`Node::reset_person`] for a program.
    pub async fn reset_person_by(&self, officer: &OfficerId, by: By) -> Result<Secret, Error> {
        self.person(officer).await?;
        self.enter_on_person(officer, by).await?;
        self.forget_credential(officer).await?;
        self.end_sessions_of(officer).await?;
        self.make_setup_link(officer).await
    }

    /// Every token for programs, for an administrator.
    pub async fn tokens_for(&self, actor: &Actor) -> Result<Vec<TokenView>, Error> {
        administrator(actor)?;
        self.tokens().await
    }

    /// [`Node::create_token`] by an administrator.
    pub async fn create_token_for(
        &self,
        actor: &Actor,
        name: &str,
        scopes: &[Scope],
    ) -> Result<(TokenView, String), Error> {
        administrator(actor)?;
        self.create_token_by(name, scopes, actor.by()).await
    }

    /// [`Node::revoke_token`] by an administrator.
    pub async fn revoke_token_for(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        administrator(actor)?;
        self.revoke_token_by(id, actor.by()).await
    }

    async fn enter_on_person(&self, officer: &OfficerId, by: By) -> Result<(), Error> {
        let object = Object::Person {
            officer: officer.clone(),
        };
        let act = Act::new(Deed::People, self.now(), by, object);
        self.enter(act).await.map(drop)
    }
}
