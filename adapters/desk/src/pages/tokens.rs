//! Tokens for programs: made, listed, taken back. A secret is shown once.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_service::view::{Scope, TokenView};

use crate::answer::{Answer, go, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

const SCOPES: [(Scope, &str); 5] = [
    (Scope::Read, "read"),
    (Scope::Send, "send"),
    (Scope::Admin, "admin"),
    (Scope::Audit, "audit"),
    (Scope::Group, "group"),
];

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    p: Page,
    rows: Vec<Row>,
    /// Name and secret of the token that was just made.
    secret: Option<(String, String)>,
    name: String,
    scopes: Vec<(&'static str, String, bool)>,
    fault: Option<String>,
}

struct Row {
    id: String,
    name: String,
    scopes: Vec<String>,
    made: String,
}

pub(crate) async fn list(call: Call) -> Answer {
    shown(&call, None, None).await
}

pub(crate) async fn create(call: Call) -> Answer {
    let name = passerelle_model::tidy(call.field("name").trim());
    let scopes: Vec<Scope> = SCOPES
        .iter()
        .filter(|(_, word)| ticked(&call, word))
        .map(|(scope, _)| *scope)
        .collect();
    let (actor, node) = (call.actor()?, &call.desk.node);
    match node.create_token_for(actor, &name, &scopes).await {
        Ok((token, secret)) => shown(&call, Some((token.name, secret)), None).await,
        Err(error) if error.code() == "E_TEXT" => {
            shown(&call, None, Some(call.page.t("token-wrong-name"))).await
        }
        Err(error) => match rule_sentence(&call.page, error.code()) {
            Some(said) => shown(&call, None, Some(said)).await,
            None => Err(error.into()),
        },
    }
}

pub(crate) async fn revoke(call: Call) -> Answer {
    let (actor, id) = (call.actor()?, call.field("id"));
    call.desk.node.revoke_token_for(actor, id).await?;
    go("/tokens?done=token-revoked")
}

fn ticked(call: &Call, word: &str) -> bool {
    let chosen = |(name, value): &(String, String)| name == "scope" && value == word;
    call.form.iter().any(chosen)
}

async fn shown(call: &Call, secret: Option<(String, String)>, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let tokens = call.desk.node.tokens_for(call.actor()?).await?;
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let again = secret.is_none();
    let scopes = SCOPES.iter().map(|(_, word)| {
        let said = p.word("scope", word);
        (*word, said, again && ticked(call, word))
    });
    let shown = Tokens {
        rows: tokens.iter().map(|token| row(&p, token)).collect(),
        name: match again {
            true => call.field("name").to_owned(),
            false => String::new(),
        },
        scopes: scopes.collect(),
        secret,
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

fn row(p: &Page, token: &TokenView) -> Row {
    let held = SCOPES
        .iter()
        .filter(|(scope, _)| token.scopes.contains(scope));
    Row {
        id: token.id.clone(),
        name: token.name.clone(),
        scopes: held.map(|(_, word)| p.word("scope", word)).collect(),
        made: p.at(&token.created),
    }
}

#[cfg(test)]
#[path = "samples/tokens.rs"]
pub(crate) mod samples;
