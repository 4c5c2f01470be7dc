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
    let node = call.node.clone();
    let TokenDraft { name, scopes } = call.json().await?;
    let (token, secret) = node.create_token(&name, &scopes).await?;
    json(&NewToken { token, secret })
}

pub(crate) async fn revoke(call: Call) -> Given {
    call.node.revoke_token(&call.part::<String>("id")?).await?;
    nothing()
}
