//! The same bytes as the exchange, in a file.

use passerelle_model::PartyId;

use super::{Given, json, typed};
use crate::call::Call;
use crate::outgoing;

pub(crate) async fn export(call: Call) -> Given {
    let to: PartyId = call.required("to")?;
    let by = call.by()?;
    let node = call.node;
    let export =
        outgoing::export(|pipe| async move { node.courier_export_by(&to, pipe, by).await });
    let body = outgoing::body(export).await?;
    Ok(typed("application/octet-stream", body))
}

pub(crate) async fn import(call: Call) -> Given {
    let node = call.node.clone();
    let body = call.stream();
    let fault = body.fault();
    let imported = node.courier_import(body).await;
    json(&imported.map_err(|error| fault.or(error))?)
}
