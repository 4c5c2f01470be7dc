//! `keep`, `review` and `holds`: what falls due.

use passerelle_service::{DueRecord, Housekeeping};

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
