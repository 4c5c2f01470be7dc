//! Backups: everything of the node, sealed for whoever holds the key.

use passerelle_service::backup_secret;
use serde::Deserialize;

use super::{Given, json, typed};
use crate::call::Call;
use crate::outgoing;

/// What is to open it again: exactly one of the two.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BackupKey {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    passphrase: Option<String>,
}

pub(crate) async fn show(call: Call) -> Given {
    json(&call.node.backups().await?)
}

pub(crate) async fn make(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let BackupKey { key, passphrase } = call.json().await?;
    let secret = backup_secret(key, passphrase)?;
    let export = outgoing::export(|pipe| async move { node.backup_by(secret, pipe, by).await });
    let body = outgoing::body(export).await?;
    Ok(typed("application/octet-stream", body))
}
