//! Signing in and out, and the sessions that are alive.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use passerelle_identity::{PasswordHash, Secret, Standing, session_standing};
use passerelle_model::{Act, By, Deed, Digest, Object, OfficerId, Role, UtcTime};
use passerelle_store::Document;
use serde::{Deserialize, Serialize};

use super::Person;
use super::credentials::{Credential, blocking, sign_in};
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// Most sessions of one person; the oldest ends when one more begins.
pub const MAX_SESSIONS_PER_PERSON: usize = 16;
/// How often a session's last use is written down at most, in milliseconds.
const NOTE_USE_MILLIS: u64 = 60_000;

/// Sessions whose person is remembered.
const MAX_OWNERS: usize = 4096;

/// What a person types to sign in.
#[derive(Clone)]
pub struct SignIn {
    /// Who they say they are.
    pub name: String,
    /// Password.
    pub password: String,
    /// Code of the authenticator.
    pub code: String,
    /// What the browser says it is, for the list of sessions; cut to 120 characters.
    pub device: String,
}

/// A new session: its secret goes into the cookie and is kept nowhere.
#[derive(Debug)]
pub struct SignedIn {
    /// The secret.
    pub secret: Secret,
    /// Who.
    pub actor: Actor,
}

/// A session that is alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Identifier: the hash of its secret, hex.
    pub id: Digest,
    /// Whose.
    pub officer: OfficerId,
    /// What the browser said it is.
    pub device: String,
    /// Since when.
    pub began: UtcTime,
    /// Last use, to the minute.
    pub used: UtcTime,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) officer: OfficerId,
    pub(super) device: String,
    pub(super) began: UtcTime,
    pub(super) used: UtcTime,
}

impl Node {
    /// Signs a person in. Whatever is wrong, the answer is the same, after the same work; also
    /// for a person who was tried too often and has to wait: the register says which it was.
    pub async fn sign_in(&self, given: SignIn) -> Result<SignedIn, Error> {
        let officer: Result<OfficerId, _> = given.name.trim().to_lowercase().parse();
        let officer = match officer {
            Ok(officer) => officer,
            Err(_) => {
                self.hashed(PasswordHash::of_nobody(), given.password)
                    .await?;
                return Err(sign_in());
            }
        };
        let mut credential = self.credential(&officer).await?;
        if credential.lockout().waits_until(self.now()).is_some() {
            return self.locked(&officer, given.password).await;
        }
        let hash = credential
            .password()
            .unwrap_or_else(PasswordHash::of_nobody);
        let known = self.hashed(hash, given.password).await?;
        let code = credential.totp().and_then(|totp| {
            totp.check(&given.code, self.now(), credential.last_step())
                .ok()
        });
        let person = self.person(&officer).await.ok();
        match (person, code) {
            (Some((person, _)), Some(step))
                if known && credential.is_enrolled() && !person.suspended =>
            {
                credential.note(Ok(step));
                match self.put_credential(&officer, &credential).await {
                    // The same code at the same moment: it counts once.
                    Err(Error::Store(passerelle_store::Error::Conflict(_))) => {
                        return Err(sign_in());
                    }
                    other => other?,
                }
                self.begin_session(person.actor(), given.device).await
            }
            (Some(_), _) => {
                self.count_failure(&officer, credential).await?;
                let act = self.session_act(Deed::SignIn, &officer);
                self.enter_refused(act, &sign_in()).await?;
                Err(sign_in())
            }
            (None, _) => Err(sign_in()),
        }
    }

    /// Counts a failure. Of several at the same moment each counts, and none is told apart from
    /// one of somebody who is not here.
    async fn count_failure(
        &self,
        officer: &OfficerId,
        mut credential: Credential,
    ) -> Result<(), Error> {
        loop {
            let lockout = credential.lockout().failed(self.now());
            credential.note(Err(lockout));
            match self.put_credential(officer, &credential).await {
                Err(Error::Store(passerelle_store::Error::Conflict(_))) => {
                    credential = self.credential(officer).await?;
                }
                other => return other,
            }
        }
    }

    /// Tried too often: nothing is looked at, and nobody outside can tell.
    async fn locked(&self, officer: &OfficerId, password: String) -> Result<SignedIn, Error> {
        self.hashed(PasswordHash::of_nobody(), password).await?;
        let act = self.session_act(Deed::SignIn, officer);
        let locked = Error::state("E_LOCKED", "too many failures");
        self.enter_refused(act, &locked).await?;
        Err(sign_in())
    }

    async fn hashed(&self, hash: PasswordHash, password: String) -> Result<bool, Error> {
        let _two_at_a_time = self.hashing.acquire().await;
        blocking(move || hash.matches(&password)).await
    }

    async fn begin_session(&self, actor: Actor, device: String) -> Result<SignedIn, Error> {
        let officer = actor.officer().clone();
        self.enter(self.session_act(Deed::SignIn, &officer)).await?;
        self.sweep_sessions(&officer).await?;
        let secret = Secret::new(self.dice.bytes());
        let session = Session {
            officer,
            device: device
                .chars()
                .filter(|c| !c.is_control())
                .take(120)
                .collect(),
            began: self.now(),
            used: self.now(),
        };
        let key = secret.hash().digest().to_string();
        let put = self.sealed_json_put(Shelf::SESSION, key, &session, Some(0))?;
        self.store.put(vec![put]).await?;
        Ok(SignedIn { secret, actor })
    }

    /// Who a session's secret belongs to; `None` where the session is over.
    pub async fn actor(&self, secret: &str) -> Result<Option<Actor>, Error> {
        let Ok(secret) = Secret::parse(secret) else {
            return Ok(None);
        };
        let key = secret.hash().digest().to_string();
        let (document, person) = self.session_and_owner(&key).await?;
        let Some(document) = document else {
            return Ok(None);
        };
        let mut session: Session = self.unsealed_json(&document)?;
        let now = self.now();
        if session_standing(session.began, session.used, now) == Standing::Ended {
            return Ok(None);
        }
        let person = match person.filter(|person| person.officer == session.officer) {
            Some(person) => Ok((person, 0)),
            None => self.person(&session.officer).await,
        };
        let Ok((person, _)) = person else {
            return Ok(None);
        };
        self.remember_owner(&key, &session.officer);
        if person.suspended {
            return Ok(None);
        }
        if now >= session.used.plus_millis(NOTE_USE_MILLIS) {
            session.used = now;
            let put = self.sealed_json_put(Shelf::SESSION, key, &session, None)?;
            self.store.put(vec![put]).await?;
        }
        Ok(Some(person.actor()))
    }

    /// A session as it is kept, and with it, in the same read, the person whose it was when
    /// it was last used.
    async fn session_and_owner(
        &self,
        key: &str,
    ) -> Result<(Option<Document>, Option<Person>), Error> {
        let mut names = vec![(Shelf::SESSION, key.to_owned())];
        let owner = self.owners().get(key).map(ToString::to_string);
        names.extend(owner.map(|owner| (Shelf::PERSON, owner)));
        let mut found = self.store.gather(names).await?.into_iter();
        let (session, person) = (found.next().flatten(), found.next().flatten());
        let person = person.map(|document| self.unsealed_json(&document));
        Ok((session, person.transpose()?))
    }

    fn remember_owner(&self, key: &str, officer: &OfficerId) {
        let mut owners = self.owners();
        if owners.len() >= MAX_OWNERS {
            owners.clear();
        }
        owners.insert(key.to_owned(), officer.clone());
    }

    fn owners(&self) -> MutexGuard<'_, BTreeMap<String, OfficerId>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the session of this secret.
    pub async fn sign_out(&self, actor: &Actor, secret: &str) -> Result<(), Error> {
        let Ok(secret) = Secret::parse(secret) else {
            return Ok(());
        };
        self.enter(self.session_act(Deed::SignOut, actor.officer()))
            .await?;
        let key = secret.hash().digest().to_string();
        self.remove(Shelf::SESSION, vec![key]).await
    }

    /// The identifier of the session of this secret.
    pub fn session_id(secret: &str) -> Option<Digest> {
        let secret = Secret::parse(secret).ok()?;
        secret.hash().digest().to_string().parse().ok()
    }

    /// One's own sessions; an administrator sees everybody's.
    pub async fn sessions(&self, actor: &Actor) -> Result<Vec<SessionView>, Error> {
        let all = actor.is(Role::Administrator);
        let sessions = self.all_sessions().await?;
        Ok(sessions
            .into_iter()
            .filter(|(_, session)| all || session.officer == *actor.officer())
            .filter(|(_, session)| {
                session_standing(session.began, session.used, self.now()) == Standing::Live
            })
            .filter_map(|(key, session)| {
                Some(SessionView {
                    id: key.parse().ok()?,
                    officer: session.officer,
                    device: session.device,
                    began: session.began,
                    used: session.used,
                })
            })
            .collect())
    }

    /// Ends one of the sessions that [`Node::sessions`] shows.
    pub async fn revoke_session(&self, actor: &Actor, id: &Digest) -> Result<(), Error> {
        let visible = self.sessions(actor).await?;
        let session = visible
            .iter()
            .find(|session| session.id == *id)
            .ok_or_else(|| Error::not_found("session", id))?;
        let object = Object::Person {
            officer: session.officer.clone(),
        };
        let act = Act::new(Deed::SignOut, self.now(), actor.by(), object);
        self.enter(act).await?;
        self.remove(Shelf::SESSION, vec![id.to_string()]).await
    }

    pub(super) async fn end_sessions_of(&self, officer: &OfficerId) -> Result<(), Error> {
        let sessions = self.all_sessions().await?;
        let keys = sessions
            .into_iter()
            .filter(|(_, session)| session.officer == *officer)
            .map(|(key, _)| key)
            .collect();
        self.remove(Shelf::SESSION, keys).await
    }

    /// One that does not open is nobody's: whoever had it signs in again.
    pub(super) async fn all_sessions(&self) -> Result<Vec<(String, Session)>, Error> {
        let documents = self.store.documents(Shelf::SESSION, "").await?;
        let sessions = documents.iter().filter_map(|document| {
            let session = self.unsealed_json(document).ok()?;
            Some((document.key.clone(), session))
        });
        Ok(sessions.collect())
    }

    /// Removes sessions that are over, of anybody, and the oldest of a person with too many.
    async fn sweep_sessions(&self, officer: &OfficerId) -> Result<(), Error> {
        let now = self.now();
        let (mut gone, mut own) = (Vec::new(), Vec::new());
        for (key, session) in self.all_sessions().await? {
            if session_standing(session.began, session.used, now) == Standing::Ended {
                gone.push(key);
            } else if session.officer == *officer {
                own.push((session.used, key));
            }
        }
        own.sort_unstable();
        let over = (own.len() + 1).saturating_sub(MAX_SESSIONS_PER_PERSON);
        gone.extend(own.into_iter().take(over).map(|(_, key)| key));
        self.remove(Shelf::SESSION, gone).await
    }

    pub(crate) fn session_act(&self, deed: Deed, officer: &OfficerId) -> Act {
        let by = By::Person {
            officer: officer.clone(),
            unit: None,
        };
        let object = Object::Person {
            officer: officer.clone(),
        };
        Act::new(deed, self.now(), by, object)
    }
}
