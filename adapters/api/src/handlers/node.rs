//! The node itself.

use passerelle_model::PartyId;
use passerelle_service::Node;
use serde::Serialize;

use super::{Given, json, typed};
use crate::call::Call;

#[derive(Serialize)]
struct About<'a> {
    party: &'a PartyId,
    version: &'static str,
    schema: u32,
}

/// Raised when a program written against the API of before could be misled.
const SCHEMA: u32 = 1;

pub(crate) async fn about(call: Call) -> Given {
    json(&About {
        party: call.node.party(),
        version: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
    })
}

pub(crate) async fn card(call: Call) -> Given {
    json(&call.node.card())
}

pub(crate) async fn inspect(call: Call) -> Given {
    json(&Node::inspect_card(&call.bytes().await?)?)
}

pub(crate) async fn doctor(call: Call) -> Given {
    json(&call.node.doctor().await)
}

pub(crate) async fn document(_: Call) -> Given {
    Ok(typed("application/json", crate::openapi()))
}
