//! Keys of the data-protection officers: each has a pair of their own, whose private half lies
//! here under a passphrase that only they know. Without it, what was sealed to them is lost.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle_envelope::{KdfCost, PersonalKey, Unlock};
use passerelle_identity::{Lockout, MAX_PASSWORD_CHARS, NewPassword};
use passerelle_model::{Act, Deed, KeyId, Name, OfficerId, SealingKey, UtcTime};
use passerelle_rules::may_handle;
use passerelle_rules::rights::may_see;
use passerelle_store::Commit;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::ConfidedView;
use crate::directory::Shelf;
use crate::people::blocking;
use crate::procedure::changed;
use crate::{Actor, Error, Node};

/// Most keys of one node, so that a report with all its steps fits its document.
pub const MAX_CONFIDANTS: usize = 16;

/// Somebody who can be confided in: a data-protection officer with a key of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidantView {
    /// Who.
    pub officer: OfficerId,
    /// Their name.
    pub name: Name,
    /// Which key they have now.
    pub key: KeyId,
    /// Since when.
    pub made: UtcTime,
    pub(super) public: SealingKey,
}

/// A key as it is kept, sealed once more with everything else.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Confidant {
    /// Base64.
    public: String,
    /// The private half under the passphrase, base64.
    locked: String,
    made: UtcTime,
    failures: u32,
    last_failure: u64,
}

/// Whoever typed their passphrase, for as long as one report is open.
pub(super) struct Opener {
    pub(super) officer: OfficerId,
    pub(super) key: PersonalKey,
}

impl Opener {
    pub(super) fn name_and_key(&self) -> (&str, &PersonalKey) {
        (self.officer.as_str(), &self.key)
    }
}

impl Confidant {
    fn public(&self) -> Option<SealingKey> {
        SealingKey::new(&STANDARD.decode(&self.public).ok()?).ok()
    }

    fn lockout(&self) -> Lockout {
        Lockout {
            failures: self.failures,
            last_millis: self.last_failure,
        }
    }

    fn note(&mut self, lockout: Lockout) {
        (self.failures, self.last_failure) = (lockout.failures, lockout.last_millis);
    }
}

impl Node {
    /// To whom a report is sealed that is written now: data-protection officers who have a key.
    ///
    /// # Errors
    /// `E_STORE` and the like.
    pub async fn confidants(&self) -> Result<Vec<ConfidantView>, Error> {
        let people = self.all_people().await?.into_iter();
        let people = people.filter(|(one, _)| !one.suspended && may_handle(&one.roles).is_ok());
        let mut found = Vec::new();
        for (person, _) in people {
            let Some((held, _)) = self.confidant(&person.officer).await? else {
                continue;
            };
            let Some(public) = held.public() else {
                continue;
            };
            found.push(ConfidantView {
                officer: person.officer,
                name: person.name,
                key: passerelle_envelope::key_id(public.as_bytes()),
                made: held.made,
                public,
            });
        }
        Ok(found)
    }

    /// Gives a data-protection officer a key under a passphrase. With `replace`, in the place of
    /// one that they had: what was sealed to that one alone is lost.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody else; `E_PASSWORD_LENGTH` and `E_PASSWORD_WEAK`;
    /// `E_CONFIDANT_EXISTS`; `E_TOO_MANY` above [`MAX_CONFIDANTS`].
    pub async fn make_confidant(
        &self,
        actor: &Actor,
        passphrase: &str,
        replace: bool,
    ) -> Result<(), Error> {
        may_see(actor.roles())?;
        let before = self.confidant(actor.officer()).await?;
        if before.is_some() && !replace {
            return Err(Error::state("E_CONFIDANT_EXISTS", "there is a key already"));
        }
        let held = self.confidants().await?;
        if before.is_none() && held.len() >= MAX_CONFIDANTS {
            return Err(Error::state("E_TOO_MANY", "the node has its most keys"));
        }
        let key = self.dice.with(|mut rng| PersonalKey::generate(&mut rng))?;
        let locked = self.locked_key(actor, &key, passphrase).await?;
        let made = Confidant {
            public: STANDARD.encode(key.public().as_bytes()),
            locked,
            made: self.now(),
            failures: 0,
            last_failure: 0,
        };
        let version = before.map_or(0, |(_, version)| version);
        let act = self.confidant_act(actor)?;
        self.put_confidant(actor.officer(), (&made, version), vec![act])
            .await
    }

    /// Changes the passphrase. The key stays, and with it everything that is sealed to it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but a data-protection officer; `E_CONFIDANT_NONE` without a
    /// key; `E_CONFIDED_PASSPHRASE`; `E_PASSWORD_LENGTH` and `E_PASSWORD_WEAK`.
    pub async fn change_confidant(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Error> {
        may_see(actor.roles())?;
        let act = self.confidant_act(actor)?;
        let key = self.unlocked(actor, old, &act).await?;
        let locked = self.locked_key(actor, &key, new).await?;
        let held = self.confidant(actor.officer()).await?;
        let (mut held, version) = held.ok_or_else(none)?;
        held.locked = locked;
        self.put_confidant(actor.officer(), (&held, version), vec![act])
            .await
    }

    /// Whoever may open this report and typed the right passphrase. What is wrong is entered.
    pub(super) async fn opener(
        &self,
        actor: &Actor,
        report: &ConfidedView,
        passphrase: &str,
        act: &Act,
    ) -> Result<Opener, Error> {
        let people = self.confidants().await?;
        let own = people.iter().find(|one| one.officer == *actor.officer());
        if !own.is_some_and(|own| report.is_for(own)) {
            return Err(not_for_you());
        }
        Ok(Opener {
            officer: actor.officer().clone(),
            key: self.unlocked(actor, passphrase, act).await?,
        })
    }

    async fn unlocked(
        &self,
        actor: &Actor,
        passphrase: &str,
        act: &Act,
    ) -> Result<PersonalKey, Error> {
        let held = self.confidant(actor.officer()).await?;
        let (mut held, version) = held.ok_or_else(none)?;
        if held.lockout().waits_until(self.now()).is_some() {
            let locked = Error::state("E_LOCKED", "too many failures");
            self.enter_refused(act.clone(), &locked).await?;
            return Err(wrong());
        }
        match self.tried(actor.officer(), &held, passphrase).await? {
            Some(key) if held.failures == 0 => Ok(key),
            Some(key) => {
                held.note(Lockout::default());
                let noted = self.put_confidant(actor.officer(), (&held, version), Vec::new());
                noted.await.map(|()| key)
            }
            None => {
                held.note(held.lockout().failed(self.now()));
                let noted = self.put_confidant(actor.officer(), (&held, version), Vec::new());
                noted.await?;
                self.enter_refused(act.clone(), &wrong()).await?;
                Err(wrong())
            }
        }
    }

    /// `None` for a wrong passphrase.
    async fn tried(
        &self,
        officer: &OfficerId,
        held: &Confidant,
        passphrase: &str,
    ) -> Result<Option<PersonalKey>, Error> {
        if passphrase.chars().count() > MAX_PASSWORD_CHARS {
            return Ok(None);
        }
        let damaged = |_| passerelle_store::Error::Corrupt(format!("key of {officer}"));
        let locked = STANDARD.decode(&held.locked).map_err(damaged)?;
        let (holder, unlock) = (officer.to_string(), typed(passphrase));
        let _two_at_a_time = self.hashing.acquire().await;
        let opened = blocking(move || PersonalKey::unlock(&locked, &unlock, &holder)).await?;
        match opened {
            Ok(key) => Ok(Some(key)),
            Err(error) if error.code() == "E_PASSPHRASE" => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn locked_key(
        &self,
        actor: &Actor,
        key: &PersonalKey,
        passphrase: &str,
    ) -> Result<String, Error> {
        let (person, _) = self.person(actor.officer()).await?;
        NewPassword::check(passphrase, person.name.as_str()).map_err(crate::people::refused)?;
        let (holder, unlock) = (actor.officer().to_string(), typed(passphrase));
        let (key, random) = (key.clone(), self.dice.bytes());
        let _two_at_a_time = self.hashing.acquire().await;
        let cost = KdfCost::default();
        let locked = blocking(move || key.lock(&unlock, &holder, cost, random)).await?;
        Ok(STANDARD.encode(locked?))
    }

    async fn confidant(&self, officer: &OfficerId) -> Result<Option<(Confidant, u64)>, Error> {
        let held = self.document(Shelf::CONFIDANT, officer.to_string());
        let Some(document) = held.await? else {
            return Ok(None);
        };
        Ok(Some((self.unsealed_json(&document)?, document.version)))
    }

    async fn put_confidant(
        &self,
        officer: &OfficerId,
        (held, version): (&Confidant, u64),
        acts: Vec<Act>,
    ) -> Result<(), Error> {
        let key = officer.to_string();
        let put = self.sealed_json_put(Shelf::CONFIDANT, key, held, Some(version))?;
        let commit = Commit {
            puts: vec![put],
            ..Commit::default()
        };
        match self.commit_with_acts(commit, acts).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(changed()),
            other => other.map(drop),
        }
    }

    fn confidant_act(&self, actor: &Actor) -> Result<Act, Error> {
        let object = passerelle_model::Object::Person {
            officer: actor.officer().clone(),
        };
        Ok(Act::new(Deed::Confide, self.now(), actor.by(), object))
    }
}

fn typed(passphrase: &str) -> Unlock {
    Unlock::Passphrase(Zeroizing::new(passphrase.to_owned()))
}

pub(super) fn not_for_you() -> Error {
    Error::state("E_CONFIDED_OTHERS", "it is not sealed to a key of yours")
}

pub(super) fn none() -> Error {
    Error::state("E_CONFIDANT_NONE", "there is no key to seal to")
}

fn wrong() -> Error {
    Error::state("E_CONFIDED_PASSPHRASE", "the passphrase is not right")
}
