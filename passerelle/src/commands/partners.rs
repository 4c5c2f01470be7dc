//! `pair` and `partners`.

use axum::body::Body;
use passerelle_service::view::{CardView, PartnerView};
use serde_json::json;

use super::{Context, card};
use crate::args::PairArgs;
use crate::client::Call;
use crate::failure::Failure;
use crate::table::Table;
use crate::{ask, files, locale};

/// Largest card file, in bytes: armour is a third longer than the card.
const MAX_CARD_FILE_BYTES: u64 = 2 * passerelle_model::MAX_CARD_BYTES as u64;

/// Pins a card after a person compared its fingerprint; a newer card of a pinned partner
/// needs no comparison, because the same root key signed it.
pub(super) async fn pair(ctx: &Context<'_>, args: &PairArgs) -> anyhow::Result<()> {
    let bytes = files::read(&args.card, MAX_CARD_FILE_BYTES)?;
    let inspect =
        Call::post("/v1/cards/inspect").with_body("application/octet-stream", Body::from(bytes));
    let found: CardView = inspect.json(&ctx.client).await?;
    let pinned: Vec<PartnerView> = Call::get("/v1/partners").json(&ctx.client).await?;
    let known = pinned
        .iter()
        .any(|held| held.card.party == found.party && held.card.root == found.root);
    eprint!("{}", card::described(&found, None, locale::lang()));
    let fingerprint = match (&args.fingerprint, known) {
        (Some(spoken), _) => spoken.clone(),
        (None, true) => String::new(),
        (None, false) => compared(&found)?,
    };
    let body = json!({ "card": found.armoured, "fingerprint": fingerprint });
    if let Some(partner) = ctx
        .fetch::<PartnerView>(Call::post("/v1/partners").with_json(&body))
        .await?
    {
        println!(
            "{} is pinned with card {}.",
            partner.card.party, partner.card.number
        );
    }
    Ok(())
}

/// Asks whether the other officer read the same words. `E_FINGERPRINT_NEEDED` where nobody
/// can be asked: --yes alone pins nobody.
fn compared(card: &CardView) -> Result<String, Failure> {
    if !ask::possible() {
        let sentence = format!(
            "the fingerprint of {} must be compared by another way",
            card.party
        );
        return Err(Failure::new("E_FINGERPRINT_NEEDED", sentence)
            .with("Ask the partner's officer by phone, then add --fingerprint \"…\"."));
    }
    ask::confirm(
        "Did the partner's officer read the same words to you by phone?",
        false,
    )?;
    Ok(card.fingerprint_digits())
}

/// Lists partners and how far the exchange is.
pub(super) async fn list(ctx: &Context<'_>) -> anyhow::Result<()> {
    let Some(partners) = ctx
        .fetch::<Vec<PartnerView>>(Call::get("/v1/partners"))
        .await?
    else {
        return Ok(());
    };
    let mut table = Table::new(&[
        "PARTNER",
        "CARD",
        "CHANNEL",
        "SENT",
        "RECEIPTED",
        "WAITING",
        "REFUSED",
        "RECEIVED",
        "STATE",
        "LINK",
    ]);
    for partner in &partners {
        for row in rows(partner) {
            table.row(row.each_ref().map(String::as_str));
        }
    }
    if table.is_empty() {
        println!("No partners yet: passerelle pair CARD-FILE")
    } else {
        print!("{table}")
    }
    Ok(())
}

fn rows(partner: &PartnerView) -> Vec<[String; 10]> {
    let (party, number) = (
        partner.card.party.to_string(),
        partner.card.number.to_string(),
    );
    let link = link(partner);
    if partner.channels.is_empty() {
        let none = || "-".to_owned();
        return vec![[
            party,
            number,
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            state(partner, false),
            link,
        ]];
    }
    let row = |channel: &passerelle_service::view::ChannelView| {
        [
            party.clone(),
            number.clone(),
            channel.channel.to_string(),
            channel.sent.to_string(),
            channel.receipted.to_string(),
            channel.waiting.to_string(),
            channel.refused.to_string(),
            channel.received.to_string(),
            state(partner, channel.complete),
            link.clone(),
        ]
    };
    partner.channels.iter().map(row).collect()
}

fn state(partner: &PartnerView, complete: bool) -> String {
    let word = match (partner.halted, complete) {
        (true, _) => "halted",
        (false, true) => "complete",
        (false, false) => "under way",
    };
    word.to_owned()
}

fn link(partner: &PartnerView) -> String {
    match (&partner.link.last_error, partner.link.last_contact) {
        (Some(code), _) => code.clone(),
        (None, Some(at)) => format!("answered {at}"),
        (None, None) => "never contacted".to_owned(),
    }
}
