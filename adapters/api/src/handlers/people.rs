//! The people of the node, for programs that run it.

use passerelle_model::OfficerId;
use passerelle_service::Person;
use serde::{Deserialize, Serialize};

use super::{Given, json, nothing};
use crate::call::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suspension {
    suspended: bool,
}

/// What a person needs to choose a password and an authenticator; shown this once.
#[derive(Serialize)]
struct SetupLink {
    officer: OfficerId,
    path: String,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.list_people().await?)
}

pub(crate) async fn add(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let person: Person = call.json().await?;
    let officer = person.officer.clone();
    let secret = node.add_person_by(person, by).await?;
    link(officer, &secret.reveal())
}

pub(crate) async fn reset(call: Call) -> Given {
    let officer: OfficerId = call.part("officer")?;
    let secret = call.node.reset_person_by(&officer, call.by()?).await?;
    link(officer, &secret.reveal())
}

pub(crate) async fn suspend(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let officer: OfficerId = call.part("officer")?;
    let Suspension { suspended } = call.json().await?;
    node.suspend_person_by(&officer, suspended, by).await?;
    nothing()
}

fn link(officer: OfficerId, secret: &str) -> Given {
    json(&SetupLink {
        officer,
        path: format!("/setup/{secret}"),
    })
}
