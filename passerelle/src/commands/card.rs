//! `card`: who this party is, and what two officers read to each other.

use std::fmt::Write as _;
use std::path::Path;

use passerelle_model::{Address, Lang};
use passerelle_service::view::CardView;

use super::{Context, print_json};
use crate::client::Call;
use crate::failure::Failure;
use crate::table::safe;
use crate::{ask, files, locale};

/// Prints the card. The card itself goes to standard output or `out`; what people read goes
/// to standard error where standard output holds the card.
pub(super) async fn show(
    ctx: &Context<'_>,
    words: Option<&str>,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let Some(card) = ctx.fetch::<CardView>(Call::get("/v1/card")).await? else {
        return Ok(());
    };
    if let Some(path) = out {
        files::create(path, card.armoured.as_bytes())?;
    }
    match (words, out) {
        (Some(how), None) => println!("{}", spoken(&card, how).unwrap_or_default()),
        (_, Some(_)) => print!("{}", described(&card, words, locale::lang())),
        (None, None) => {
            eprint!("{}", described(&card, words, locale::lang()));
            print!("{}", card.armoured);
        }
    }
    Ok(())
}

/// A newer card; needs the node in this process, because its keys change.
pub(super) async fn rotate(ctx: &Context<'_>, address: Option<Address>) -> anyhow::Result<()> {
    let Some(open) = ctx.client.here() else {
        return Err(
            Failure::new("E_NODE_RUNNING", "the node is running; nothing was changed")
                .with("Stop it, rotate, start it again: partners get the new card by themselves.")
                .into(),
        );
    };
    ask::confirm(
        "New record, witness and unit keys and a newer card?",
        ctx.common.yes,
    )?;
    let card = open.rotate(address).await?;
    if ctx.common.json {
        print_json(&card);
    } else {
        println!(
            "Card {} of {} replaces the one before.",
            card.number, card.party
        );
    }
    Ok(())
}

/// A card for people: all readings of its fingerprint, or the one asked for.
pub(super) fn described(card: &CardView, words: Option<&str>, lang: Lang) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}  {}", card.party, safe(card.names.in_lang(lang)));
    let _ = writeln!(
        text,
        "  country {}, card {}, {} to {}",
        card.country,
        card.number,
        card.issued.day(),
        card.expires.day()
    );
    let units: Vec<&str> = card.units.iter().map(|(unit, _)| unit.as_str()).collect();
    let _ = writeln!(text, "  units {}", units.join(", "));
    let _ = writeln!(
        text,
        "  address {}",
        card.address.as_deref().unwrap_or("none: by courier only")
    );
    let _ = writeln!(text, "  fingerprint {}", card.fingerprint);
    for (how, reading) in &card.spoken {
        if words.is_none_or(|words| words == how) {
            let _ = writeln!(text, "    {how:<6}  {}", safe(reading));
        }
    }
    text
}

/// One reading of the fingerprint.
pub(super) fn spoken<'a>(card: &'a CardView, how: &str) -> Option<&'a str> {
    card.spoken
        .iter()
        .find(|(found, _)| found == how)
        .map(|(_, reading)| reading.as_str())
}
