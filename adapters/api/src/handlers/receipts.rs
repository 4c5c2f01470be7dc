//! Receipts.

use passerelle_model::{ChannelId, PartyId, RecordId, Said, UtcTime};
use passerelle_service::Node;
use serde::{Deserialize, Serialize};

use super::{Given, json, text};
use crate::call::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verification {
    receipt: String,
    cards: [String; 2],
}

/// What a receipt proves.
#[derive(Serialize)]
struct Proven {
    channel: ChannelId,
    from: PartyId,
    by: PartyId,
    record: RecordId,
    index: u64,
    size: u64,
    cosigned: UtcTime,
    said: Vec<Statement>,
}

#[derive(Serialize)]
struct Statement {
    #[serde(flatten)]
    said: Said,
    time: UtcTime,
}

pub(crate) async fn show(call: Call) -> Given {
    let (id, partner) = (call.part::<RecordId>("id")?, call.asked("partner")?);
    let by = call.by()?;
    let own = call.node.party().clone();
    call.holder.may_read(&call.node, Some(&own), &id).await?;
    text(call.node.receipt_by(&id, partner.as_ref(), by).await?)
}

pub(crate) async fn verify(call: Call) -> Given {
    let sent: Verification = call.json().await?;
    let [a, b] = &sent.cards;
    let proven = Node::verify_receipt(&sent.receipt, a.as_bytes(), b.as_bytes())?;
    let said = proven.said.into_iter();
    json(&Proven {
        channel: proven.channel,
        from: proven.from,
        by: proven.by,
        record: proven.record,
        index: proven.index,
        size: proven.size,
        cosigned: proven.cosigned,
        said: said.map(|(said, time)| Statement { said, time }).collect(),
    })
}
