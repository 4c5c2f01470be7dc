//! Agreements.

use passerelle_model::{AgreementHash, ChannelId, PartyId};
use passerelle_service::Node;
use serde::Deserialize;

use super::{Given, json, text};
use crate::call::Call;
use crate::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comparison {
    before: String,
    after: String,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.agreements().await?)
}

pub(crate) async fn add(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let sent = call.text().await?;
    json(&node.add_agreement_by(&sent, by).await?)
}

pub(crate) async fn diff(call: Call) -> Given {
    let Comparison { before, after } = call.json().await?;
    json(&Node::diff_agreements(&before, &after)?)
}

pub(crate) async fn template(call: Call) -> Given {
    let partner: PartyId = call.required("partner")?;
    let channel: ChannelId = call.required("channel")?;
    let side = call.asked("side")?.unwrap_or_default();
    let listed: Option<String> = call.asked("units")?;
    let listed = listed.unwrap_or_default();
    let names = listed.split(',').filter(|name| !name.is_empty());
    let units = names.map(str::parse).collect::<Result<_, _>>();
    let units = units.map_err(|_| Problem::parameter("units", "is not valid"))?;
    text(
        call.node
            .agreement_template_on(side, &partner, &channel, &units)?,
    )
}

pub(crate) async fn show(call: Call) -> Given {
    json(&call.node.agreement(&hash(&call)?).await?)
}

pub(crate) async fn sign(call: Call) -> Given {
    let by = call.by()?;
    json(&call.node.sign_agreement_by(&hash(&call)?, by).await?)
}

pub(crate) async fn bundle(call: Call) -> Given {
    text(call.node.export_agreement(&hash(&call)?).await?)
}

fn hash(call: &Call) -> Result<AgreementHash, Problem> {
    call.part("hash")
}
