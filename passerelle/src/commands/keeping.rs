//! `keep`, `review` and `holds`: what falls due.

use std::process::ExitCode;

use passerelle_service::{DueRecord, Housekeeping, Named, Overdue, OwnEntry, ProcessingView};

use super::Context;
use crate::args::ReviewCommand;
use crate::client::Call;
use crate::failure::Failure;
use crate::table::Table;

pub(super) async fn keep(ctx: &Context<'_>) -> anyhow::Result<()> {
    let Some(done) = ctx
        .fetch::<Housekeeping>(Call::post("/v1/keeping/run"))
        .await?
    else {
        return Ok(());
    };
    print!("{}", in_words(&done));
    match done.failed.first() {
        None => Ok(()),
        Some(code) => Err(Failure::new(code, "some of it could not be done now")
            .with("It is tried again every hour. See `doctor`.")
            .into()),
    }
}

pub(super) async fn review(ctx: &Context<'_>, command: ReviewCommand) -> anyhow::Result<()> {
    let ReviewCommand::List { until, limit } = command;
    let call = Call::get("/v1/keeping/reviews").maybe("until", until.as_ref());
    list(ctx, call.query("limit", &limit.to_string())).await
}

pub(super) async fn holds(ctx: &Context<'_>, limit: u16) -> anyhow::Result<()> {
    let call = Call::get("/v1/keeping/holds");
    list(ctx, call.query("limit", &limit.to_string())).await
}

pub(super) async fn frozen(ctx: &Context<'_>, limit: u16) -> anyhow::Result<()> {
    let call = Call::get("/v1/keeping/frozen");
    list(ctx, call.query("limit", &limit.to_string())).await
}

/// Ends with a code of its own where something is overdue, so that a program can tell.
pub(super) async fn overdue(ctx: &Context<'_>) -> anyhow::Result<ExitCode> {
    let text = Call::get("/v1/keeping/overdue").text(&ctx.client).await?;
    let rows: Vec<Overdue> = serde_json::from_str(&text)?;
    match ctx.common.json {
        true => println!("{}", text.trim_end()),
        false => print!("{}", overdue_in_words(&rows)),
    }
    Ok(ExitCode::from(ending(&rows)))
}

fn ending(rows: &[Overdue]) -> u8 {
    if rows.is_empty() { 0 } else { crate::OWED }
}

fn overdue_in_words(rows: &[Overdue]) -> String {
    if rows.is_empty() {
        return "None.\n".to_owned();
    }
    let mut table = Table::new(&["DUE", "CODE", "PARTY", "RECORD", "OWED BY"]);
    for row in rows {
        table.row([
            &row.due.to_string(),
            &row.code,
            &row.party.to_string(),
            &row.record.to_string(),
            &row.by.to_string(),
        ]);
    }
    table.to_string()
}

pub(super) async fn processing(ctx: &Context<'_>) -> anyhow::Result<()> {
    let call = Call::get("/v1/processing");
    let Some(found) = ctx.fetch::<ProcessingView>(call).await? else {
        return Ok(());
    };
    print!("{}", processing_in_words(&found));
    Ok(())
}

fn processing_in_words(found: &ProcessingView) -> String {
    let mut text = format!(
        "Controller {} ({}), register of acts kept {} days\n",
        found.controller, found.country, found.register_days
    );
    for entry in &found.entries {
        let codes = |all: &[Named]| {
            let codes: Vec<&str> = all.iter().map(|one| one.code.as_str()).collect();
            codes.join(" ")
        };
        let recipients = entry.recipients.iter().map(|one| one.recipient.to_string());
        let third: Vec<String> = entry.third.iter().map(ToString::to_string).collect();
        text.push_str(&format!(
            "\n{} revision {}\n  purposes         {}\n  legal bases      {}\n  data             \
             {}\n  recipients       {}\n  third countries  {}\n  profiling        none\n  review \
             and erasure after {} and {} days\n",
            entry.channel,
            entry.revision,
            codes(&entry.purposes),
            codes(&entry.bases),
            codes(&entry.classes),
            recipients.collect::<Vec<_>>().join(" "),
            third.join(" "),
            entry.review_days,
            entry.erasure_days,
        ));
        if let Some(missing) = &entry.missing {
            text.push_str(&format!("  E_PROCESSING_REGISTER: {missing} is missing\n"));
        }
    }
    found
        .own
        .iter()
        .for_each(|one| text.push_str(&own_in_words(one)));
    text
}

/// What the node processes for itself: how much it holds now, and what ends it.
fn own_in_words(entry: &OwnEntry) -> String {
    let held = entry
        .held
        .iter()
        .map(|one| format!("{} {}", one.count, one.what));
    let held: Vec<String> = held.collect();
    let limits = entry.limits.iter().map(|one| match one.amount {
        Some(amount) => format!("{} {amount}", one.what),
        None => one.what.clone(),
    });
    let limits: Vec<String> = limits.collect();
    format!(
        "\n{} (of the node itself)\n  held             {}\n  ends             {}\n",
        entry.kind.as_str(),
        held.join(", "),
        limits.join(", "),
    )
}

async fn list(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    let Some(rows) = ctx.fetch::<Vec<DueRecord>>(call).await? else {
        return Ok(());
    };
    if rows.is_empty() {
        println!("None.");
        return Ok(());
    }
    let mut table = Table::new(&["DAY", "PARTY", "RECORD"]);
    for row in &rows {
        table.row([
            &row.day.to_string(),
            &row.party.to_string(),
            &row.record.to_string(),
        ]);
    }
    print!("{table}");
    Ok(())
}

fn in_words(done: &Housekeeping) -> String {
    let lines = [
        (done.erased, "records erased on their day"),
        (
            done.refused,
            "erasures met a hold, and the originator was told",
        ),
        (done.holds_ended, "holds ended"),
        (done.withdrawn, "overdue reviews: records restricted"),
        (done.own_copies, "own copies of recalled records erased"),
        (done.read, "corrections read by every partner"),
        (
            done.procedures,
            "closed requests, breaches and reports erased",
        ),
        (done.uploads, "files that no record took up"),
        (done.acts, "acts of the register erased"),
        (
            done.answers,
            "answers from the public that nobody looked at",
        ),
    ];
    let text: String = lines
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count:>8}  {what}\n"))
        .collect();
    match text.is_empty() {
        true => "Nothing was due.\n".to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overdue_has_a_code_of_its_own() {
        let late = Overdue {
            code: "E_NOTICE_OVERDUE".to_owned(),
            notice: passerelle_service::Notice::Recall,
            party: "ma.interior".parse().unwrap(),
            record: "0".repeat(32).parse().unwrap(),
            by: "be.interior".parse().unwrap(),
            since: "2026-01-01T00:00:00Z".parse().unwrap(),
            due: "2026-01-04T00:00:00Z".parse().unwrap(),
            officer: None,
        };
        assert_eq!(
            (ending(&[]), overdue_in_words(&[])),
            (0, "None.\n".to_owned())
        );
        let late = [late];
        assert_eq!(ending(&late), 3);
        assert!(overdue_in_words(&late).contains("be.interior"));
    }

    #[test]
    fn only_what_was_done_is_said() {
        assert_eq!(in_words(&Housekeeping::default()), "Nothing was due.\n");
        let done = Housekeeping {
            erased: 2,
            ..Housekeeping::default()
        };
        assert_eq!(in_words(&done), "       2  records erased on their day\n");
    }
}
