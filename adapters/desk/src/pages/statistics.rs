//! Statistics of requests: a figure with its table, and a file.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::{HeaderValue, StatusCode, header};
use passerelle_service::{Direction, Month, RefusedRow, StatisticsRow, StatisticsView};

use crate::answer::{Answer, Fault, rule_sentence};
use crate::figure::{Bars, Stack};
use crate::frame::Page;
use crate::guard::Call;

/// What became of requests, in the order of the figure: its class and the key of its word.
const OUTCOMES: [(&str, &str); 5] = [
    ("on-time", "statistics-on-time"),
    ("late", "statistics-late"),
    ("refused", "statistics-refused"),
    ("open", "statistics-open"),
    ("overdue", "statistics-overdue"),
];

#[derive(Template)]
#[template(path = "statistics.html")]
struct Statistics {
    p: Page,
    from: String,
    until: String,
    rates: Vec<(String, String)>,
    bars: Bars,
    legend: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    refusals: Vec<(String, String, String, u64)>,
    fault: Option<String>,
}

struct Row {
    partner: String,
    direction: String,
    urgency: String,
    /// Each with the head of its column, which narrow screens show beside it.
    numbers: Vec<(String, u64)>,
    rate: String,
}

pub(crate) async fn show(call: Call) -> Answer {
    let (actor, node) = (call.actor()?, &call.desk.node);
    let mut fault = None;
    let (from, until) = period(&call).unwrap_or_else(|_| {
        fault = rule_sentence(&call.page, "E_PERIOD");
        usual(&call)
    });
    let view = match node.statistics_for(actor, from, until).await {
        Err(error) if error.code() == "E_PERIOD" => {
            fault = rule_sentence(&call.page, error.code());
            let (from, until) = usual(&call);
            node.statistics_for(actor, from, until).await?
        }
        other => other?,
    };
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = statistics(call.page.clone(), &view, fault);
    Ok((status, Html(shown.render()?)).into_response())
}

pub(crate) async fn csv(call: Call) -> Answer {
    let (from, until) = period(&call)?;
    let actor = call.actor()?;
    let view = call.desk.node.statistics_for(actor, from, until).await?;
    let name = format!("attachment; filename=\"statistics-{from}-{until}.csv\"");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).map_err(|_| Fault::absent())?,
        ),
    ];
    Ok((headers, view.csv()).into_response())
}

type Period = (Month, Month);

/// The last twelve months, where nothing else is asked for.
fn usual(call: &Call) -> Period {
    let now = call.desk.node.this_month();
    (now.earlier(11), now)
}

fn period(call: &Call) -> Result<Period, passerelle_service::Error> {
    let (from, until) = usual(call);
    let month = |name, usual| match call.asked(name) {
        "" => Ok(usual),
        text => text.trim().parse(),
    };
    Ok((month("from", from)?, month("until", until)?))
}

fn statistics(p: Page, view: &StatisticsView, fault: Option<String>) -> Statistics {
    let rate = |direction| {
        let rate = percent(&p, "statistics-percent", view.on_time_percent(direction));
        (p.word("asked", direction_word(direction)), rate)
    };
    Statistics {
        from: view.from.to_string(),
        until: view.until.to_string(),
        rates: [Direction::Sent, Direction::Received].map(rate).into(),
        bars: Bars::new(&stacks(&p, view), p.dir() == "rtl"),
        legend: OUTCOMES
            .iter()
            .map(|(class, key)| (*class, p.t(key)))
            .collect(),
        rows: view.rows.iter().map(|view| row(&p, view)).collect(),
        refusals: view.refusals.iter().map(|view| refusal(&p, view)).collect(),
        fault,
        p,
    }
}

fn outcomes(row: &StatisticsRow) -> [u64; 5] {
    [row.on_time, row.late, row.refused, row.open, row.overdue]
}

/// One bar for each partner and direction.
fn stacks(p: &Page, view: &StatisticsView) -> Vec<Stack> {
    let mut stacks: Vec<(_, Stack)> = Vec::new();
    for row in &view.rows {
        let key = (&row.partner, row.direction);
        if stacks.last().is_none_or(|(held, _)| *held != key) {
            let asked = p.word("asked", direction_word(row.direction));
            let label = format!("{} — {asked}", p.name_of(&row.partner));
            stacks.push((key, Stack::new(label)));
        }
        let Some((_, stack)) = stacks.last_mut() else {
            continue;
        };
        for ((class, key), count) in OUTCOMES.iter().zip(outcomes(row)) {
            stack.add(class, &p.t(key), count);
        }
    }
    stacks.into_iter().map(|(_, stack)| stack).collect()
}

fn row(p: &Page, view: &StatisticsRow) -> Row {
    let heads = std::iter::once("statistics-asked").chain(OUTCOMES.map(|(_, key)| key));
    let heads = heads.map(|key| p.t(key));
    let counts = std::iter::once(view.asked).chain(outcomes(view));
    Row {
        partner: p.name_of(&view.partner),
        direction: p.word("asked", direction_word(view.direction)),
        urgency: p.word("urgency", view.urgency),
        numbers: heads.zip(counts).collect(),
        rate: percent(p, "statistics-percent-short", view.on_time_percent()),
    }
}

fn refusal(p: &Page, view: &RefusedRow) -> (String, String, String, u64) {
    (
        p.name_of(&view.partner),
        p.word("asked", direction_word(view.direction)),
        p.word("reason", view.reason),
        view.count,
    )
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

fn percent(p: &Page, key: &str, rate: Option<u64>) -> String {
    match rate {
        Some(rate) => p.tn(key, rate),
        None => p.t("statistics-no-rate"),
    }
}

#[cfg(test)]
#[path = "samples/statistics.rs"]
pub(crate) mod samples;
