//! What falls due: reviews, holds, and doing what the calendar asks.

use passerelle_model::Day;

use super::{Given, json};
use crate::call::Call;
use crate::limits::{DEFAULT_PAGE, MAX_PAGE};
use crate::problem::Problem;

pub(crate) async fn run(call: Call) -> Given {
    json(&call.node.keep_house(call.node.time()).await?)
}

pub(crate) async fn reviews(call: Call) -> Given {
    let today = call.node.time().day();
    let until: Day = call.asked("until")?.unwrap_or(today);
    let limit = limit(&call)?;
    json(&call.node.reviews(until, None, limit).await?)
}

pub(crate) async fn holds(call: Call) -> Given {
    let limit = limit(&call)?;
    json(&call.node.holds(limit).await?)
}

pub(crate) async fn overdue(call: Call) -> Given {
    json(&call.node.overdue().await?)
}

pub(crate) async fn frozen(call: Call) -> Given {
    let limit = limit(&call)?;
    json(&call.node.frozen(limit).await?)
}

fn limit(call: &Call) -> Result<usize, Problem> {
    let limit = call.asked("limit")?.unwrap_or(DEFAULT_PAGE);
    match (1..=MAX_PAGE).contains(&limit) {
        true => Ok(limit),
        false => {
            let why = format!("is between 1 and {MAX_PAGE}");
            Err(Problem::parameter("limit", &why))
        }
    }
}
