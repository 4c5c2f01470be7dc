//! Tokens for programs.

use passerelle_service::view::{Scope, TokenView};
use serde::{Deserialize, Serialize};

use super::{Given, json, nothing};
use crate::call::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenDraft {
    name: String,
    scopes: Vec<Scope>,
}

#[derive(Serialize)]
struct NewToken {
    token: TokenView,
    secret: String,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.tokens().await?)
}

pub(crate) async fn create(call: Call) -> Given {
    let (node, by) = (call.node.clone(), call.by()?);
    let TokenDraft { name, scopes } = call.json().await?;
    let (token, secret) = node.create_token_by(&name, &scopes, by).await?;
    json(&NewToken { token, secret })
}

pub(crate) async fn revoke(call: Call) -> Given {
    let (id, by) = (call.part::<String>("id")?, call.by()?);
    call.node.revoke_token_by(&id, by).await?;
    nothing()
}
