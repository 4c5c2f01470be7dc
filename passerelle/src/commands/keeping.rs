//! `keep`, `review` and `holds`: what falls due.

use passerelle_service::{DueRecord, Housekeeping, Named, Overdue, ProcessingView};

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

pub(super) async fn overdue(ctx: &Context<'_>) -> anyhow::Result<()> {
    let call = Call::get("/v1/keeping/overdue");
    let Some(rows) = ctx.fetch::<Vec<Overdue>>(call).await? else {
        return Ok(());
    };
    if rows.is_empty() {
        println!("None.");
        return Ok(());
    }
    let mut table = Table::new(&["DUE", "CODE", "PARTY", "RECORD", "OWED BY"]);
    for row in &rows {
        table.row([
            &row.due.to_string(),
            &row.code,
            &row.party.to_string(),
            &row.record.to_string(),
            &row.by.to_string(),
        ]);
    }
    print!("{table}");
    Ok(())
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
    text
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
    fn only_what_was_done_is_said() {
        assert_eq!(in_words(&Housekeeping::default()), "Nothing was due.\n");
        let done = Housekeeping {
            erased: 2,
            ..Housekeeping::default()
        };
        assert_eq!(in_words(&done), "       2  records erased on their day\n");
    }
}
