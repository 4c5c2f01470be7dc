//! Statistics of requests, without personal data.

use super::{Given, json, text};
use crate::call::Call;
use crate::problem::Problem;

pub(crate) async fn show(call: Call) -> Given {
    json(&view(call).await?)
}

pub(crate) async fn csv(call: Call) -> Given {
    text(view(call).await?.csv())
}

/// The last twelve months where no period is named.
async fn view(call: Call) -> Result<passerelle_service::StatisticsView, Problem> {
    let now = call.node.this_month();
    let until = call.asked("until")?.unwrap_or(now);
    let from = call.asked("from")?.unwrap_or(until.earlier(11));
    Ok(call.node.statistics(from, until).await?)
}
