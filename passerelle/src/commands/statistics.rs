//! `statistics`: requests counted, without personal data.

use passerelle_service::{Direction, StatisticsView};

use super::{Context, write_out};
use crate::args::StatisticsArgs;
use crate::client::Call;
use crate::table::Table;

pub(super) async fn run(ctx: &Context<'_>, args: &StatisticsArgs) -> anyhow::Result<()> {
    let path = match args.csv {
        true => "/v1/statistics/csv",
        false => "/v1/statistics",
    };
    let call = Call::get(path)
        .maybe("from", args.from.as_ref())
        .maybe("until", args.until.as_ref());
    if args.csv {
        return Ok(write_out(
            &call.text(&ctx.client).await?,
            args.out.as_ref(),
        )?);
    }
    if let Some(view) = ctx.fetch::<StatisticsView>(call).await? {
        print!("{}", in_words(&view));
    }
    Ok(())
}

fn in_words(view: &StatisticsView) -> String {
    let mut table = Table::new(&[
        "PARTNER", "ASKED", "URGENCY", "REQUESTS", "ON TIME", "LATE", "REFUSED", "OPEN", "OVERDUE",
        "RATE",
    ]);
    for row in &view.rows {
        table.row([
            row.partner.as_str(),
            match row.direction {
                Direction::Sent => "by us",
                Direction::Received => "by them",
            },
            row.urgency.as_str(),
            &row.asked.to_string(),
            &row.on_time.to_string(),
            &row.late.to_string(),
            &row.refused.to_string(),
            &row.open.to_string(),
            &row.overdue.to_string(),
            &row.on_time_percent()
                .map_or_else(|| "-".to_owned(), |rate| format!("{rate} %")),
        ]);
    }
    let mut text = format!("Requests from {} to {}\n{table}", view.from, view.until);
    for refused in &view.refusals {
        let (partner, count, reason) = (&refused.partner, refused.count, refused.reason);
        let who = match refused.direction {
            Direction::Sent => "refused by",
            Direction::Received => "refused to",
        };
        text.push_str(&format!("{count} {who} {partner}: {reason}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_refusals_are_said() {
        let view: StatisticsView = serde_json::from_value(serde_json::json!({
            "from": "2024-01", "until": "2024-04",
            "rows": [{
                "partner": "be.interior", "direction": "sent", "urgency": "urgent", "asked": 4,
                "on_time": 1, "late": 1, "refused": 2, "open": 0, "overdue": 0,
            }],
            "refusals": [{
                "partner": "be.interior", "direction": "sent", "reason": "scope", "count": 2,
            }],
        }))
        .unwrap();
        let said = in_words(&view);
        assert!(said.contains("50 %") && said.contains("2 refused by be.interior: scope"));
    }
}
