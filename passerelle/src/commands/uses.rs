//! `uses`: how records were used.

use passerelle_service::UseView;
use serde_json::json;

use super::Context;
use crate::args::UsesCommand;
use crate::client::Call;
use crate::table::Table;

pub(super) async fn run(ctx: &Context<'_>, command: UsesCommand) -> anyhow::Result<()> {
    match command {
        UsesCommand::Report {
            id,
            from,
            how,
            officer,
            why,
        } => {
            let body = json!({ "use": how.code(), "officer": officer, "why": why });
            let call = Call::post(format!("/v1/records/{id}/uses"));
            let call = call.query("from", from.as_str()).with_json(&body);
            call.send(&ctx.client).await?;
            if !ctx.common.json {
                println!("Reported to {from}.");
            }
            Ok(())
        }
        UsesCommand::List { id, from } => {
            let call = Call::get(format!("/v1/records/{id}/uses"));
            list(ctx, call.maybe("from", from.as_ref())).await
        }
    }
}

async fn list(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    let Some(uses) = ctx.fetch::<Vec<UseView>>(call).await? else {
        return Ok(());
    };
    if uses.is_empty() {
        println!("None.");
        return Ok(());
    }
    let mut table = Table::new(&["TIME", "USE", "REPORTED BY", "DEALT WITH"]);
    for one in &uses {
        let written = one.written.as_ref();
        let written = written.map_or_else(|| "-".to_owned(), |done| done.at.to_string());
        table.row([
            &one.at.to_string(),
            &one.code.to_string(),
            &one.party.to_string(),
            &written,
        ]);
    }
    print!("{table}");
    Ok(())
}
