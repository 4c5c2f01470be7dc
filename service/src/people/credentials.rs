//! Passwords, authenticators, set-up links.

use std::collections::BTreeSet;

use passerelle_identity::{
    Lockout, NewPassword, PasswordHash, SETUP_MILLIS, Secret, Step, TotpSecret,
};
use passerelle_model::{Name, OfficerId, UtcTime, hex};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Error, Node};

/// What a set-up link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupView {
    /// Whom.
    pub officer: OfficerId,
    /// Their name.
    pub name: Name,
    /// Until when the link works.
    pub until: UtcTime,
    /// The authenticator to be confirmed, once a password was chosen.
    pub enrolment: Option<Enrolment>,
}

/// What goes into an authenticator program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret as people type it.
    pub secret: String,
    /// The same as an address, for a picture.
    pub uri: String,
}

/// What a person signs in with, as it is kept, sealed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Credential {
    password: Option<String>,
    totp: Option<String>,
    confirmed: bool,
    last_step: Option<u64>,
    failures: u32,
    last_failure: u64,
    #[serde(skip)]
    version: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct SetupLink {
    officer: OfficerId,
    until: UtcTime,
}

impl Credential {
    pub(crate) fn is_enrolled(&self) -> bool {
        self.confirmed && self.password.is_some()
    }

    pub(super) fn password(&self) -> Option<PasswordHash> {
        let bytes = hex::decode(self.password.as_deref()?)?;
        PasswordHash::from_bytes(&bytes).ok()
    }

    pub(super) fn totp(&self) -> Option<TotpSecret> {
        let bytes = hex::decode(self.totp.as_deref()?)?;
        bytes.try_into().ok().map(TotpSecret::new)
    }

    pub(super) fn lockout(&self) -> Lockout {
        Lockout {
            failures: self.failures,
            last_millis: self.last_failure,
        }
    }

    pub(super) fn last_step(&self) -> Option<Step> {
        self.last_step.map(Step)
    }

    pub(super) fn note(&mut self, outcome: Result<Step, Lockout>) {
        let lockout = match outcome {
            Ok(Step(step)) => {
                self.last_step = Some(step);
                Lockout::default()
            }
            Err(lockout) => lockout,
        };
        (self.failures, self.last_failure) = (lockout.failures, lockout.last_millis);
    }
}

impl Node {
    /// What a set-up link is for. Links that are used up, expired or never existed look alike.
    pub async fn setup(&self, secret: &str) -> Result<SetupView, Error> {
        let (link, _) = self.setup_link(secret).await?;
        let (person, _) = self.person(&link.officer).await?;
        let credential = self.credential(&link.officer).await?;
        let enrolment = match (credential.password(), credential.totp()) {
            (Some(_), Some(totp)) => Some(self.enrolment(&totp, &link.officer)),
            _ => None,
        };
        Ok(SetupView {
            officer: link.officer,
            name: person.name,
            until: link.until,
            enrolment,
        })
    }

    /// First half: the password. Gives what goes into the authenticator.
    pub async fn choose_password(&self, secret: &str, password: &str) -> Result<Enrolment, Error> {
        let (link, _) = self.setup_link(secret).await?;
        let (person, _) = self.person(&link.officer).await?;
        let new = NewPassword::check(password, person.name.as_str()).map_err(refused)?;
        let salt = self.dice.bytes();
        let hash = blocking(move || PasswordHash::new(&new, salt)).await?;
        let totp = TotpSecret::new(self.dice.bytes());
        let mut credential = self.credential(&link.officer).await?;
        credential.password = Some(hex::encode(&hash.map_err(refused)?.to_bytes()));
        credential.totp = Some(hex::encode(totp.expose()));
        credential.confirmed = false;
        self.put_credential(&link.officer, &credential).await?;
        Ok(self.enrolment(&totp, &link.officer))
    }

    /// Second half: a code from the authenticator. The link is used up.
    pub async fn confirm_authenticator(&self, secret: &str, code: &str) -> Result<(), Error> {
        let (link, key) = self.setup_link(secret).await?;
        let mut credential = self.credential(&link.officer).await?;
        let totp = credential.totp().ok_or_else(sign_in)?;
        let step = totp.check(code, self.now(), None).map_err(refused)?;
        credential.confirmed = true;
        credential.note(Ok(step));
        // The code that confirmed may be used once more, to sign in right away.
        credential.last_step = None;
        self.put_credential(&link.officer, &credential).await?;
        self.remove(Shelf::SETUP, vec![key]).await
    }

    pub(super) async fn make_setup_link(&self, officer: &OfficerId) -> Result<Secret, Error> {
        let mut old = Vec::new();
        for document in self.store.documents(Shelf::SETUP, "").await? {
            // One that does not open is nobody's any more.
            let link: Option<SetupLink> = self.unsealed_json(&document).ok();
            let stays = |link: SetupLink| link.officer != *officer && link.until > self.now();
            if !link.is_some_and(stays) {
                old.push(document.key);
            }
        }
        self.remove(Shelf::SETUP, old).await?;
        let secret = Secret::new(self.dice.bytes());
        let link = SetupLink {
            officer: officer.clone(),
            until: self.now().plus_millis(SETUP_MILLIS),
        };
        let key = secret.hash().digest().to_string();
        let put = self.sealed_json_put(Shelf::SETUP, key, &link, Some(0))?;
        self.store.put(vec![put]).await?;
        Ok(secret)
    }

    async fn setup_link(&self, secret: &str) -> Result<(SetupLink, String), Error> {
        let gone = || Error::state("E_SETUP_LINK", "this link is used up or has expired");
        let key = Secret::parse(secret)
            .map_err(|_| gone())?
            .hash()
            .digest()
            .to_string();
        let documents = self.store.documents(Shelf::SETUP, &key).await?;
        let document = documents.first().ok_or_else(gone)?;
        let link: SetupLink = self.unsealed_json(document)?;
        match link.until > self.now() {
            true => Ok((link, key)),
            false => Err(gone()),
        }
    }

    pub(crate) fn enrolment(&self, totp: &TotpSecret, officer: &OfficerId) -> Enrolment {
        Enrolment {
            secret: totp.base32(),
            uri: totp.uri(&format!("Passerelle {}", self.party), officer.as_str()),
        }
    }

    pub(crate) async fn credential(&self, officer: &OfficerId) -> Result<Credential, Error> {
        let documents = self
            .store
            .documents(Shelf::CREDENTIAL, officer.as_str())
            .await?;
        let exact = documents
            .iter()
            .find(|document| document.key == officer.as_str());
        match exact {
            None => Ok(Credential::default()),
            Some(document) => Ok(Credential {
                version: document.version,
                ..self.unsealed_json(document)?
            }),
        }
    }

    /// Everybody who has a password and a confirmed authenticator, in one read.
    pub(super) async fn enrolled(&self) -> Result<BTreeSet<OfficerId>, Error> {
        let mut enrolled = BTreeSet::new();
        for document in self.store.documents(Shelf::CREDENTIAL, "").await? {
            let credential: Credential = self.unsealed_json(&document)?;
            if credential.is_enrolled() {
                enrolled.insert(document.key.parse()?);
            }
        }
        Ok(enrolled)
    }

    pub(super) async fn put_credential(
        &self,
        officer: &OfficerId,
        credential: &Credential,
    ) -> Result<(), Error> {
        let put = self.sealed_json_put(
            Shelf::CREDENTIAL,
            officer.to_string(),
            credential,
            Some(credential.version),
        )?;
        self.store.put(vec![put]).await?;
        Ok(())
    }

    pub(super) async fn forget_credential(&self, officer: &OfficerId) -> Result<(), Error> {
        self.remove(Shelf::CREDENTIAL, vec![officer.to_string()])
            .await
    }

    /// Sets a known password and authenticator: demonstration accounts only.
    pub(super) async fn set_credential(
        &self,
        officer: &OfficerId,
        password: &str,
        totp: &TotpSecret,
    ) -> Result<(), Error> {
        let new = NewPassword::check(password, "").map_err(refused)?;
        let salt = self.dice.bytes();
        let hash = blocking(move || PasswordHash::new(&new, salt)).await?;
        let credential = Credential {
            password: Some(hex::encode(&hash.map_err(refused)?.to_bytes())),
            totp: Some(hex::encode(totp.expose())),
            confirmed: true,
            ..Credential::default()
        };
        self.put_credential(officer, &credential).await
    }
}

/// Hashing takes memory and time: off the threads that serve.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Input(error.to_string()))
}

pub(crate) fn refused(error: passerelle_identity::Error) -> Error {
    Error::state(error.code(), error.to_string())
}

/// The one answer to every failed sign-in.
pub(super) fn sign_in() -> Error {
    Error::state("E_SIGN_IN", "name, password or code is not right")
}
