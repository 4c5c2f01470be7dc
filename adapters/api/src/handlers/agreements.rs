//! Agreements.

use passerelle_model::{AgreementHash, ChannelId, PartyId};
use passerelle_service::Node;
use serde::Deserialize;

use super::{Given, json, text};
use crate::call::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comparison {
    before: String,
    after: String,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.agreements().await?)
}

/// No TOML document can begin with the dashes that begin an armour.
pub(crate) async fn add(call: Call) -> Given {
    let node = call.node.clone();
    let sent = call.text().await?;
    if sent.trim_start().starts_with("-----BEGIN ") {
        return json(&node.import_agreement(&sent).await?);
    }
    json(&node.propose(&sent).await?)
}

pub(crate) async fn diff(call: Call) -> Given {
    let Comparison { before, after } = call.json().await?;
    json(&Node::diff_agreements(&before, &after)?)
}

pub(crate) async fn template(call: Call) -> Given {
    let partner: PartyId = call.required("partner")?;
    let channel: ChannelId = call.required("channel")?;
    text(call.node.agreement_template(&partner, &channel)?)
}

pub(crate) async fn show(call: Call) -> Given {
    json(&call.node.agreement(&hash(&call)?).await?)
}

pub(crate) async fn sign(call: Call) -> Given {
    json(&call.node.sign_agreement(&hash(&call)?).await?)
}

pub(crate) async fn bundle(call: Call) -> Given {
    text(call.node.export_agreement(&hash(&call)?).await?)
}

fn hash(call: &Call) -> Result<AgreementHash, crate::problem::Problem> {
    call.part("hash")
}
