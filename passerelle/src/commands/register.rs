//! `register`: who did what, when, why and to what.

use std::path::{Path, PathBuf};

use passerelle_exchange::audit::{MAX_PACKAGE_BYTES, RegisterProven};
use passerelle_model::{Act, By, Object};
use passerelle_service::{ActHeld, ActPage, Node};
use serde_json::json;

use super::{Context, print_json, write_out};
use crate::args::{Common, RegisterCommand};
use crate::client::Call;
use crate::failure::Failure;
use crate::files;
use crate::table::{Table, safe_text};

/// Largest card file, in bytes.
const MAX_CARD_FILE_BYTES: u64 = 2 * passerelle_model::MAX_CARD_BYTES as u64;

pub(super) async fn run(ctx: &Context<'_>, command: RegisterCommand) -> anyhow::Result<()> {
    match command {
        RegisterCommand::Export {
            purpose,
            start,
            end,
            out,
        } => {
            let call = Call::get("/v1/register/export")
                .query("purpose", purpose.purpose.as_str())
                .query("start", &start.to_string())
                .maybe("end", end.as_ref());
            Ok(write_out(&call.text(&ctx.client).await?, out.as_ref())?)
        }
        RegisterCommand::Transfers {
            purpose,
            from,
            until,
            out,
        } => {
            let call = Call::get("/v1/register/transfers")
                .query("purpose", purpose.purpose.as_str())
                .maybe("from", from.as_ref())
                .maybe("until", until.as_ref());
            Ok(write_out(&call.text(&ctx.client).await?, out.as_ref())?)
        }
        list @ RegisterCommand::List { .. } => show(ctx, asked(list)).await,
        // Verified before a node is looked for.
        RegisterCommand::Verify { .. } => Ok(()),
    }
}

fn asked(command: RegisterCommand) -> Call {
    let call = Call::get("/v1/register");
    let RegisterCommand::List {
        purpose,
        deed,
        officer,
        party,
        record,
        outcome,
        from,
        until,
        before,
        limit,
    } = command
    else {
        return call;
    };
    call.query("purpose", purpose.purpose.as_str())
        .maybe("deed", deed.as_ref())
        .maybe("officer", officer.as_ref())
        .maybe("party", party.as_ref())
        .maybe("record", record.as_ref())
        .maybe("outcome", outcome.as_ref())
        .maybe("from", from.as_ref())
        .maybe("until", until.as_ref())
        .maybe("before", before.as_ref())
        .query("limit", &limit.to_string())
}

async fn show(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    let Some(page) = ctx.fetch::<ActPage>(call).await? else {
        return Ok(());
    };
    let mut table = Table::new(&["INDEX", "TIME", "DEED", "OUTCOME", "BY", "ON", "WHY"]);
    for line in &page.acts {
        let index = line.index.to_string();
        match &line.held {
            ActHeld::Held { act } => table.row([
                &index,
                &act.time.to_string(),
                act.deed.as_str(),
                &outcome(act),
                &safe_text(&who(&act.by)),
                &safe_text(&what(&act.object)),
                &safe_text(act.why.as_ref().map_or("", |why| why.as_str())),
            ]),
            ActHeld::Erased => table.row([&index, "", "(erased)", "", "", "", ""]),
            ActHeld::Damaged => table.row([&index, "", "(damaged)", "", "", "", ""]),
        };
    }
    print!("{table}");
    if let Some(next) = page.next {
        eprintln!("Older acts: --before {next}");
    }
    Ok(())
}

/// No node, no network, no clock: a package and cards.
pub(super) fn verify(
    common: &Common,
    package: &Path,
    own: &Path,
    cards: &[PathBuf],
) -> Result<(), anyhow::Error> {
    let package = files::read_text(package, MAX_PACKAGE_BYTES as u64)?;
    let cards = std::iter::once(own)
        .chain(cards.iter().map(PathBuf::as_path))
        .map(|card| files::read(card, MAX_CARD_FILE_BYTES))
        .collect::<Result<Vec<_>, Failure>>()?;
    let cards: Vec<&[u8]> = cards.iter().map(Vec::as_slice).collect();
    let proven = Node::verify_register(&package, &cards)?;
    match common.json {
        true => print_json(&as_json(&proven)),
        false => {
            print!("{}", in_words(&proven));
            print!("{}", transfers(&proven));
        }
    }
    Ok(())
}

/// What is documented of transfers under own assessment or derogation.
fn transfers(proven: &RegisterProven) -> String {
    let heads = [
        "TIME", "TO", "GROUND", "DATA", "PERSONS", "REASON", "BALANCE",
    ];
    let (mut table, mut found) = (Table::new(&heads), false);
    let acts = proven.acts.iter().filter_map(|(_, act)| act.as_ref());
    for (act, documented) in acts.filter_map(|act| Some((act, act.transfer.as_ref()?))) {
        found = true;
        let to: Vec<String> = act.to.iter().map(ToString::to_string).collect();
        let text = |reason: &Option<passerelle_model::Reason>| {
            safe_text(reason.as_ref().map_or("", |reason| reason.as_str()))
        };
        table.row([
            &act.time.to_string(),
            &to.join(" "),
            act.ground.map_or("", |ground| ground.as_str()),
            documented.class.as_str(),
            &documented.persons.to_string(),
            &text(&documented.reason),
            &text(&documented.balance),
        ]);
    }
    match found {
        true => table.to_string(),
        false => String::new(),
    }
}

fn in_words(proven: &RegisterProven) -> String {
    let closed = proven.acts.iter().filter(|(_, act)| act.is_none()).count() as u64;
    let (withheld, erased) = (proven.withheld, closed.saturating_sub(proven.withheld));
    let first = proven.acts.first().map_or(0, |(index, _)| *index);
    let last = proven.acts.last().map_or(0, |(index, _)| *index);
    let mut text = format!(
        "The package is genuine.\n  acts {first} to {last} of the register of {}, {erased} of \
         them erased\n  the register had {} acts\n",
        proven.party, proven.size
    );
    for (party, size, time) in &proven.cosigned {
        text.push_str(&format!("  {party} co-signed {size} acts on {time}\n"));
    }
    if withheld > 0 {
        text.push_str(&format!("  a selection: {withheld} acts are not shown\n"));
    }
    let watched = proven.cosigned.iter().map(|(_, size, _)| *size).max();
    match watched {
        Some(size) if size > last => {}
        Some(size) => text.push_str(&format!("  nobody else vouches for acts from {size} on\n")),
        None => text.push_str("  no partner co-signed it: nobody else vouches for it\n"),
    }
    text
}

fn as_json(proven: &RegisterProven) -> serde_json::Value {
    let acts: Vec<_> = proven
        .acts
        .iter()
        .map(|(index, act)| json!({ "index": index, "act": act }))
        .collect();
    let cosigned: Vec<_> = proven
        .cosigned
        .iter()
        .map(|(party, size, time)| json!({ "party": party, "size": size, "time": time }))
        .collect();
    json!({
        "party": proven.party, "size": proven.size, "acts": acts,
        "withheld": proven.withheld, "cosigned": cosigned,
    })
}

fn outcome(act: &Act) -> String {
    let codes: Vec<String> = act.codes.iter().map(ToString::to_string).collect();
    match codes.is_empty() {
        true => act.outcome.to_string(),
        false => format!("{} {}", act.outcome, codes.join(" ")),
    }
}

fn who(by: &By) -> String {
    match by {
        By::Person { officer, .. } => officer.to_string(),
        By::Program { name } => format!("program {name}"),
        By::Node => "node".to_owned(),
    }
}

fn what(object: &Object) -> String {
    match object {
        Object::Node => "node".to_owned(),
        Object::Record { party, record } => format!("{party} {record}"),
        Object::Draft { draft } => format!("draft {draft}"),
        Object::Person { officer } => format!("person {officer}"),
        Object::Partner { party } => party.to_string(),
        Object::Thing { kind, name } => format!("{kind} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::UtcTime;

    use super::*;

    #[test]
    fn what_nobody_vouches_for_is_said() {
        let mut proven = RegisterProven {
            party: "ma.interior".parse().unwrap(),
            size: 9,
            acts: vec![(3, None), (4, None)],
            withheld: 0,
            cosigned: vec![],
        };
        assert!(in_words(&proven).contains("no partner co-signed it"));
        assert!(!in_words(&proven).contains("a selection"));
        proven.withheld = 1;
        assert!(in_words(&proven).contains("1 of them erased"));
        assert!(in_words(&proven).contains("a selection: 1 acts are not shown"));
        let by = "be.interior".parse().unwrap();
        proven.cosigned = vec![(by, 4, UtcTime::from_millis(0))];
        assert!(in_words(&proven).contains("acts from 4 on"));
        proven.cosigned[0].1 = 5;
        assert!(!in_words(&proven).contains("vouches"));
        assert_eq!(as_json(&proven)["acts"][1]["index"], 4);
    }
}
