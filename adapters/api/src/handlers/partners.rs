//! Partners and their alarms.

use passerelle_model::PartyId;
use passerelle_service::Error;
use serde::Deserialize;

use super::{Given, json, nothing};
use crate::call::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairing {
    card: String,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resumption {
    alarm: String,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.partners().await?)
}

pub(crate) async fn pair(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let Pairing { card, fingerprint } = call.json().await?;
    json(&node.pair_by(card.as_bytes(), &fingerprint, by).await?)
}

/// Told apart from a known partner here, since the exchange itself passes over strangers.
pub(crate) async fn sync(call: Call) -> Given {
    let party: PartyId = call.part("party")?;
    let partners = call.node.partners().await?;
    if !partners.iter().any(|partner| partner.card.party == party) {
        let (what, name) = ("partner", party.to_string());
        return Err(Error::NotFound { what, name }.into());
    }
    call.node.sync_now(Some(&party));
    nothing()
}

pub(crate) async fn resume(call: Call) -> Given {
    let (node, party) = (call.node.clone(), call.part::<PartyId>("party")?);
    let by = call.by()?;
    let Resumption { alarm } = call.json().await?;
    node.resume_by(&party, &alarm, by).await?;
    nothing()
}

pub(crate) async fn alarms(call: Call) -> Given {
    json(&call.node.alarms().await?)
}
