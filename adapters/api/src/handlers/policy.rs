//! The access policy of the node: who opens what.

use passerelle_service::Error;

use super::{Given, json};
use crate::call::Call;

pub(crate) async fn show(call: Call) -> Given {
    let policy = call.node.own_policy().await?;
    let absent = || Error::NotFound {
        what: "access policy of",
        name: call.node.party().to_string(),
    };
    json(&policy.ok_or_else(absent)?)
}

pub(crate) async fn publish(call: Call) -> Given {
    json(&call.node.publish_policy_by(call.by()?).await?)
}
