//! `agreement`: written by people, signed by all, enforced by nodes.

use std::path::Path;

use axum::body::Body;
use passerelle_model::{
    Agreement, AgreementHash, Lang, MAX_AGREEMENT_BYTES, PartyId, Terms, UtcTime,
};
use serde::Deserialize;
use serde_json::json;

use super::{Context, write_out};
use crate::args::AgreementCommand;
use crate::client::Call;
use crate::failure::Failure;
use crate::table::{Table, safe, safe_text};
use crate::{ask, files, locale};

/// Largest bundle, in bytes: the text and a signature of each member.
const MAX_BUNDLE_BYTES: u64 = 4 * MAX_AGREEMENT_BYTES as u64;
const TEXT: &str = "text/plain; charset=utf-8";

/// An agreement as the API gives it.
#[derive(Deserialize)]
pub(super) struct AgreementAnswer {
    pub(super) hash: AgreementHash,
    pub(super) terms: Terms,
    text: String,
    signed: Vec<(PartyId, UtcTime)>,
    missing: Vec<PartyId>,
    pub(super) in_force: bool,
    #[serde(default)]
    changes: Vec<ChangeAnswer>,
}

#[derive(Deserialize)]
struct ChangeAnswer {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

pub(super) async fn run(ctx: &Context<'_>, command: AgreementCommand) -> anyhow::Result<()> {
    match command {
        AgreementCommand::New {
            partner,
            id,
            side,
            unit,
            out,
        } => {
            let units: Vec<String> = unit.iter().map(ToString::to_string).collect();
            let call = Call::get("/v1/agreements/template");
            let call = call
                .query("partner", partner.as_str())
                .query("channel", id.as_str())
                .query("side", side.as_str())
                .query("units", &units.join(","));
            write_out(&call.text(&ctx.client).await?, out.as_ref())?;
        }
        AgreementCommand::Show { which: None } => list(ctx).await?,
        AgreementCommand::Show { which: Some(which) } => show(ctx, &which).await?,
        AgreementCommand::Sign { which } => sign(ctx, &which).await?,
        AgreementCommand::Export { hash, out } => {
            let call = Call::get(format!("/v1/agreements/{hash}/bundle"));
            write_out(&call.text(&ctx.client).await?, out.as_ref())?;
        }
        AgreementCommand::Import { file } => {
            if let Some(agreement) = ctx.fetch::<AgreementAnswer>(import(&file)?).await? {
                print!("{}", summary(&agreement, locale::lang()));
            }
        }
        AgreementCommand::Diff { before, after } => diff(ctx, &before, &after).await?,
    }
    Ok(())
}

/// All agreements the node holds.
pub(super) async fn held(ctx: &Context<'_>) -> Result<Vec<AgreementAnswer>, Failure> {
    Call::get("/v1/agreements").json(&ctx.client).await
}

async fn list(ctx: &Context<'_>) -> anyhow::Result<()> {
    let Some(held) = ctx
        .fetch::<Vec<AgreementAnswer>>(Call::get("/v1/agreements"))
        .await?
    else {
        return Ok(());
    };
    let mut table = Table::new(&["AGREEMENT", "REVISION", "STATE", "MISSING", "HASH"]);
    for agreement in &held {
        let missing: Vec<&str> = agreement.missing.iter().map(PartyId::as_str).collect();
        let (id, revision) = (
            agreement.terms.id.as_str(),
            agreement.terms.revision.to_string(),
        );
        table.row([
            id,
            &revision,
            state(agreement),
            &missing.join(", "),
            &agreement.hash.to_string(),
        ]);
    }
    if table.is_empty() {
        println!("No agreement yet: passerelle agreement new --partner PARTY --id ID");
    } else {
        print!("{table}");
    }
    Ok(())
}

async fn show(ctx: &Context<'_>, which: &Path) -> anyhow::Result<()> {
    if let Some(hash) = as_hash(which) {
        let call = Call::get(format!("/v1/agreements/{hash}"));
        if let Some(agreement) = ctx.fetch::<AgreementAnswer>(call).await? {
            print!(
                "{}\n{}",
                summary(&agreement, locale::lang()),
                safe_text(&agreement.text)
            );
        }
        return Ok(());
    }
    let text = files::read_text(which, MAX_BUNDLE_BYTES)?;
    let agreement = Agreement::parse(&text)?;
    println!(
        "{} revision {}, a file, not signed here",
        agreement.terms().id,
        agreement.terms().revision
    );
    println!(
        "  hash  {}\n\n{}",
        agreement.hash(),
        safe_text(agreement.text())
    );
    Ok(())
}

async fn sign(ctx: &Context<'_>, which: &Path) -> anyhow::Result<()> {
    let agreement: AgreementAnswer = match as_hash(which) {
        Some(hash) => {
            Call::get(format!("/v1/agreements/{hash}"))
                .json(&ctx.client)
                .await?
        }
        None => import(which)?.json(&ctx.client).await?,
    };
    eprint!(
        "{}\n{}",
        summary(&agreement, locale::lang()),
        safe_text(&agreement.text)
    );
    ask::confirm("Sign this text with the root key?", ctx.common.yes)?;
    let call = Call::post(format!("/v1/agreements/{}/sign", agreement.hash));
    if let Some(signed) = ctx.fetch::<AgreementAnswer>(call).await? {
        print!("{}", summary(&signed, locale::lang()));
    }
    Ok(())
}

async fn diff(ctx: &Context<'_>, before: &Path, after: &Path) -> anyhow::Result<()> {
    let body =
        json!({ "before": text_of(ctx, before).await?, "after": text_of(ctx, after).await? });
    let call = Call::post("/v1/agreements/diff").with_json(&body);
    if let Some(changes) = ctx.fetch::<Vec<ChangeAnswer>>(call).await? {
        if changes.is_empty() {
            println!("No difference in what they say.");
        }
        print!("{}", listed(&changes));
    }
    Ok(())
}

async fn text_of(ctx: &Context<'_>, which: &Path) -> Result<String, Failure> {
    match as_hash(which) {
        Some(hash) => {
            let call = Call::get(format!("/v1/agreements/{hash}"));
            Ok(call.json::<AgreementAnswer>(&ctx.client).await?.text)
        }
        None => files::read_text(which, MAX_BUNDLE_BYTES),
    }
}

fn import(file: &Path) -> Result<Call, Failure> {
    let text = files::read_text(file, MAX_BUNDLE_BYTES)?;
    Ok(Call::post("/v1/agreements").with_body(TEXT, Body::from(text)))
}

/// A hash, unless a file of that name is there.
fn as_hash(which: &Path) -> Option<AgreementHash> {
    if which.exists() {
        None
    } else {
        which.to_str()?.parse().ok()
    }
}

fn state(agreement: &AgreementAnswer) -> &'static str {
    match (agreement.in_force, agreement.missing.is_empty()) {
        (true, _) => "in force",
        (false, true) => "signed, not in force",
        (false, false) => "waits for signatures",
    }
}

fn summary(agreement: &AgreementAnswer, lang: Lang) -> String {
    let terms = &agreement.terms;
    let mut out = format!(
        "{} revision {}: {}\n  {}\n  hash     {}\n",
        terms.id,
        terms.revision,
        safe(terms.title.in_lang(lang)),
        state(agreement),
        agreement.hash
    );
    out.push_str(&format!("  side     {}\n", terms.side));
    let members: Vec<&str> = terms
        .member
        .iter()
        .map(|member| member.party.as_str())
        .collect();
    out.push_str(&format!("  members  {}\n", members.join(", ")));
    let until = terms
        .in_force_until
        .map_or("no end".to_owned(), |day| day.to_string());
    out.push_str(&format!("  in force {} to {until}\n", terms.in_force_from));
    for purpose in &terms.purpose {
        out.push_str(&format!(
            "  purpose  {}: {}\n",
            purpose.code,
            safe(purpose.name.in_lang(lang))
        ));
    }
    for (party, at) in &agreement.signed {
        out.push_str(&format!("  signed   {party} on {at}\n"));
    }
    for party in &agreement.missing {
        out.push_str(&format!("  missing  {party}\n"));
    }
    if !agreement.changes.is_empty() {
        out.push_str("  changes against the revision before:\n");
        out.push_str(&listed(&agreement.changes));
    }
    out
}

fn listed(changes: &[ChangeAnswer]) -> String {
    let shown = |value: &Option<String>| value.as_deref().map_or("–".to_owned(), safe);
    let line = |change: &ChangeAnswer| {
        format!(
            "    {}: {} → {}\n",
            safe(&change.path),
            shown(&change.before),
            shown(&change.after)
        )
    };
    changes.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_before_a_hash_of_the_same_name() {
        let dir = tempfile::tempdir().unwrap();
        let hash = "ab".repeat(32);
        assert!(as_hash(Path::new(&hash)).is_some());
        let file = dir.path().join(&hash);
        std::fs::write(&file, "").unwrap();
        assert!(as_hash(&file).is_none());
        assert!(as_hash(Path::new("agreement.toml")).is_none());
    }
}
