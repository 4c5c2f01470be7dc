//! Accounts of a demonstration: one for each role, shown on its sign-in page. A node that is
//! not marked as a demonstration has none, and cannot be given any.

use passerelle_identity::TotpSecret;
use passerelle_model::OfficerId;
use sha2::{Digest as _, Sha256};

use super::Person;
use crate::{Error, Node};

/// The password of every demonstration account.
const PASSWORD: &str = "passerelle pour voir";

/// An account that a demonstration shows on its sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Whom.
    pub person: Person,
    /// Password.
    pub password: String,
    /// What the authenticator would show now.
    pub code: String,
}

impl Node {
    /// Makes the accounts of a demonstration. The node must be marked as one.
    pub async fn demo_people(&self, people: Vec<Person>) -> Result<(), Error> {
        if !self.settings().await?.demo {
            let message = "only a demonstration has accounts with known passwords";
            return Err(Error::state("E_DEMO", message));
        }
        for person in people {
            let officer = person.officer.clone();
            if self.person(&officer).await.is_ok() {
                continue;
            }
            self.enter(self.node_act(passerelle_model::Deed::People, &officer))
                .await?;
            self.put_person(&person, 0).await?;
            self.set_credential(&officer, PASSWORD, &totp(&officer))
                .await?;
            self.policy_changed();
        }
        Ok(())
    }

    /// The accounts of a demonstration; none on any other node.
    pub async fn demo_accounts(&self) -> Result<Vec<DemoAccount>, Error> {
        if !self.settings().await?.demo {
            return Ok(Vec::new());
        }
        let mut accounts = Vec::new();
        for (person, _) in self.all_people().await? {
            let last = self.credential(&person.officer).await?.last_step();
            accounts.push(DemoAccount {
                code: totp(&person.officer).fresh_code(self.now(), last),
                password: PASSWORD.to_owned(),
                person,
            });
        }
        Ok(accounts)
    }
}

/// Known to everybody: it protects nothing.
fn totp(officer: &OfficerId) -> TotpSecret {
    let hash = Sha256::digest(format!("demonstration/{officer}"));
    let mut bytes = [0; 20];
    for (byte, from) in bytes.iter_mut().zip(hash) {
        *byte = from;
    }
    TotpSecret::new(bytes)
}
