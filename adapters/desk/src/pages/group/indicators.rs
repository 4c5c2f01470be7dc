//! Indicators of the shared catalogue: the list, one with its series, and what is said of them.

use askama::Template;
use axum::response::IntoResponse;
use http::{HeaderValue, header};
use passerelle_service::joint::{
    Decimal, Doubt, IndicatorTerms, Kind, Measured, Object, ObservationStanding as Standing,
    Period, Series,
};
use passerelle_service::{GroupRoom, series_csv};

use super::agree::{self, Agree, Signature};
use super::chart::{Chart, chart};
use super::object::Talk;
use super::texts::{self, Shown};
use super::{Tab, href, object, tabs, title};
use crate::answer::{Answer, Fault, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/indicators", GROUP, handled!(list)),
    get(
        "/group/{channel}/indicators/{object}/csv",
        GROUP,
        handled!(csv),
    ),
];

/// Counts below this are shown inside the group and are not to be published.
const SMALL: i64 = 10;
/// Indicators on one page of the catalogue.
const PAGE_ROWS: usize = 100;

#[derive(Template)]
#[template(path = "group/indicators.html")]
struct List {
    p: Page,
    tabs: Vec<Tab>,
    speaks: bool,
    new: String,
    rows: Vec<Row>,
    next: Option<String>,
}

/// A line of the catalogue.
struct Row {
    href: String,
    title: String,
    code: String,
    unit: String,
    last: Option<(String, String)>,
    target: Option<String>,
    tags: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "group/indicator.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    place: String,
    change: String,
    version: u64,
    unit: String,
    agree: Agree,
    talk: Talk,
    chart: Option<Chart>,
    values: Vec<Value>,
    total: Option<String>,
    from_parts: Option<String>,
    /// Of how many parts, of how many, where some are missing.
    partial: Option<(usize, usize)>,
    parts: Vec<(String, String)>,
    speaks: bool,
    changes: bool,
}

/// One value with what is said of it.
struct Value {
    number: usize,
    from: String,
    until: String,
    target: Option<String>,
    actual: Option<String>,
    source: String,
    by: Signature,
    party: String,
    record: String,
    standing: String,
    tone: &'static str,
    doubts: Vec<String>,
    cells: Vec<CellRow>,
    texts: Vec<Shown>,
    judged: Vec<(String, &'static str, Signature, Vec<Shown>)>,
    may_judge: bool,
}

/// A count by sex, age and region.
struct CellRow {
    sex: String,
    age: String,
    region: String,
    value: String,
    small: bool,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let after = match call.asked("after") {
        "" => None,
        text => Some(passerelle_service::object_ref(text)?),
    };
    let (rows, next) = super::look(&call, |room| {
        let all = room.ledger().of_kind(Kind::Indicator);
        let rest = all.filter(|one| after.as_ref().is_none_or(|after| one.id() > after));
        let mut found: Vec<&Object> = rest.take(PAGE_ROWS + 1).collect();
        let more = found.len() > PAGE_ROWS;
        found.truncate(PAGE_ROWS);
        let next = found
            .last()
            .filter(|_| more)
            .map(|one| one.id().to_string());
        let rows = found.into_iter().filter_map(|one| row(&p, room, one));
        Ok((rows.collect::<Vec<_>>(), next))
    })
    .await?;
    page(&List {
        tabs: tabs(&p, &channel, "/indicators"),
        speaks: call.actor()?.speaks(),
        new: format!("/group/{channel}/indicators/new"),
        rows,
        next: next.map(|after| format!("/group/{channel}/indicators?after={after}")),
        p,
    })
}

fn row(p: &Page, room: &GroupRoom, object: &Object) -> Option<Row> {
    let terms = object.indicator()?;
    let series = room.ledger().series(object);
    let last = series
        .values
        .iter()
        .rfind(|value| value.period.actual.is_some());
    let mut tags = agree::line(p, room, object).tags;
    if let Some(last) = last {
        let standing = *last.standing.value();
        tags.push((p.word("group-observed", standing), tone(standing)));
    }
    let last = last.and_then(|last| Some((last.period.actual?, last.period.until)));
    Some(Row {
        href: href(room.channel(), object.id()),
        title: title(p, object),
        code: terms.code.to_string(),
        unit: visible(terms.unit.as_str()),
        last: last.map(|(value, until)| (value.to_string(), p.day(until))),
        target: terms.target.map(|target| target.to_string()),
        tags,
    })
}

/// The page of an indicator.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let note = object::note(&call).await?;
    let speaks = call.actor()?.speaks();
    let shows = super::look_at(&call, |room, object| {
        let terms = object.indicator();
        let series = room.ledger().series(object);
        let said = |value: &Option<passerelle_service::joint::class::Derived<Decimal>>| {
            value.map(|value| value.into_value().to_string())
        };
        Ok(Shows {
            tabs: tabs(&p, room.channel(), "/indicators"),
            title: title(&p, object),
            place: format!("/group/{}/indicators/{}", room.channel(), object.id()),
            change: format!("{}/change", href(room.channel(), object.id())),
            version: object.version(),
            unit: terms.map_or_else(String::new, |terms| visible(terms.unit.as_str())),
            agree: agree::panel(&p, room, object),
            talk: object::talk(&p, room, object, note.as_ref()),
            chart: chart(&p, &series.values, terms.and_then(|terms| terms.target)),
            values: values(&p, object, &series, speaks),
            total: said(&series.total),
            from_parts: said(&series.from_parts),
            partial: series.partial(),
            parts: terms.map_or_else(Vec::new, |terms| parts(&p, room, terms)),
            speaks,
            changes: speaks && object.offers().open().is_none(),
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

fn parts(p: &Page, room: &GroupRoom, terms: &IndicatorTerms) -> Vec<(String, String)> {
    let known = terms.parts.iter().filter_map(|id| room.ledger().object(id));
    known
        .map(|part| (href(room.channel(), part.id()), title(p, part)))
        .collect()
}

/// The newest first: that is what people look for.
fn values(p: &Page, object: &Object, series: &Series, speaks: bool) -> Vec<Value> {
    let all = series.values.iter().enumerate().rev();
    all.map(|(number, measured)| value(p, object, number, measured, speaks))
        .collect()
}

fn value(p: &Page, object: &Object, number: usize, measured: &Measured, speaks: bool) -> Value {
    let Measured { period, stamp, .. } = measured;
    let standing = *measured.standing.value();
    let doubt = |doubt: &Doubt| p.word("group-doubt", doubt);
    Value {
        number,
        from: p.day(period.from),
        until: p.day(period.until),
        target: period.target.map(|target| target.to_string()),
        actual: period.actual.map(|actual| actual.to_string()),
        source: visible(period.source.as_str()),
        by: agree::signature(p, stamp),
        party: stamp.by.to_string(),
        record: stamp.record.to_string(),
        standing: p.word("group-observed", standing),
        tone: tone(standing),
        doubts: measured.doubts.iter().map(doubt).collect(),
        cells: cells(p, period),
        texts: period
            .text
            .as_ref()
            .map_or_else(Vec::new, |said| texts::all(p, said)),
        judged: judged(p, object, measured),
        may_judge: speaks && stamp.by != p.own,
    }
}

fn judged(
    p: &Page,
    object: &Object,
    measured: &Measured,
) -> Vec<(String, &'static str, Signature, Vec<Shown>)> {
    let mut all = object.observations().iter();
    let same = all.find(|one| one.stamp() == &measured.stamp);
    let said = same.into_iter().flat_map(|one| one.judged());
    said.map(|(contested, text, stamp)| {
        let standing = if contested {
            Standing::Contested
        } else {
            Standing::Validated
        };
        let texts = text.map_or_else(Vec::new, |text| texts::all(p, text));
        let word = p.word("group-observed", standing);
        (word, tone(standing), agree::signature(p, stamp), texts)
    })
    .collect()
}

fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Validated => "good",
        Standing::Contested => "stop",
        Standing::Preliminary | Standing::Corrected => "calm",
    }
}

fn cells(p: &Page, period: &Period) -> Vec<CellRow> {
    let few = Decimal::whole(SMALL).unwrap_or(Decimal::ZERO);
    let row = |cell: &passerelle_service::joint::Cell| CellRow {
        sex: cell
            .sex
            .map_or_else(String::new, |sex| p.word("group-sex", sex)),
        age: cell
            .age
            .map_or_else(String::new, |(low, high)| format!("{low}–{high}")),
        region: cell
            .region
            .as_ref()
            .map_or_else(String::new, |name| visible(name.as_str())),
        value: cell.value.to_string(),
        small: cell.value < few,
    };
    period.cells.iter().map(row).collect()
}

/// The series as a file.
async fn csv(call: Call) -> Answer {
    let (name, bytes) = super::look_at(&call, |room, object| {
        let terms = object.indicator().ok_or_else(Fault::absent)?;
        let bytes = series_csv(terms, &room.ledger().series(object))?;
        Ok((terms.code.to_string(), bytes))
    })
    .await?;
    let name = format!("attachment; filename=\"{name}.csv\"");
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
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
#[path = "../samples/group/indicators.rs"]
pub(crate) mod samples;
