//! `tokens`, `alarms` and `resume`.

use passerelle_model::PartyId;
use passerelle_service::view::{AlarmView, Scope, TokenView};
use serde::Deserialize;
use serde_json::json;

use super::Context;
use crate::args::TokensCommand;
use crate::ask;
use crate::client::Call;
use crate::table::{Table, safe_text};

pub(super) async fn tokens(ctx: &Context<'_>, command: TokensCommand) -> anyhow::Result<()> {
    match command {
        TokensCommand::List => list(ctx).await,
        TokensCommand::New { name, scope } => new(ctx, &name, &scope).await,
        TokensCommand::Revoke { id } => {
            Call::delete(format!("/v1/tokens/{id}"))
                .send(&ctx.client)
                .await?;
            println!("Token {id} is taken back.");
            Ok(())
        }
    }
}

async fn list(ctx: &Context<'_>) -> anyhow::Result<()> {
    if let Some(tokens) = ctx.fetch::<Vec<TokenView>>(Call::get("/v1/tokens")).await? {
        let mut table = Table::new(&["ID", "NAME", "SCOPES", "MADE"]);
        for token in &tokens {
            table.row([
                &token.id,
                &token.name,
                &scopes(&token.scopes),
                &token.created.to_string(),
            ]);
        }
        print!("{table}");
    }
    Ok(())
}

async fn new(ctx: &Context<'_>, name: &str, scope: &[Scope]) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct Created {
        token: TokenView,
        secret: String,
    }
    let call = Call::post("/v1/tokens").with_json(&json!({ "name": name, "scopes": scope }));
    if let Some(Created { token, secret }) = ctx.fetch::<Created>(call).await? {
        eprintln!(
            "Token {} may {}. Its secret is shown this once:",
            token.id,
            scopes(&token.scopes)
        );
        println!("{secret}");
    }
    Ok(())
}

pub(super) async fn alarms(ctx: &Context<'_>) -> anyhow::Result<()> {
    let Some(alarms) = ctx.fetch::<Vec<AlarmView>>(Call::get("/v1/alarms")).await? else {
        return Ok(());
    };
    if alarms.is_empty() {
        println!("No alarm waits for a person.");
    }
    for alarm in &alarms {
        println!(
            "{}  {}  {}  {}",
            alarm.id, alarm.party, alarm.code, alarm.time
        );
        println!("{}", safe_text(alarm.evidence.trim_end()));
        println!(
            "  After talking to {0}: passerelle resume {0} --alarm {1}",
            alarm.party, alarm.id
        );
    }
    Ok(())
}

pub(super) async fn resume(ctx: &Context<'_>, party: &PartyId, alarm: &str) -> anyhow::Result<()> {
    ask::confirm(
        &format!("Let the exchange with {party} go on?"),
        ctx.common.yes,
    )?;
    let call = Call::post(format!("/v1/partners/{party}/resume"));
    call.with_json(&json!({ "alarm": alarm }))
        .send(&ctx.client)
        .await?;
    println!("The exchange with {party} goes on.");
    Ok(())
}

fn scopes(scopes: &[Scope]) -> String {
    let word = |scope: &Scope| match scope {
        Scope::Read => "read",
        Scope::Send => "send",
        Scope::Admin => "admin",
        Scope::Audit => "audit",
        Scope::Group => "group",
    };
    scopes.iter().map(word).collect::<Vec<_>>().join(",")
}
