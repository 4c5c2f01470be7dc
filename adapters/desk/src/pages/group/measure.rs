//! What is said of an indicator: a new one, a change, a value for a period, whether it stands.

use askama::Template;
use passerelle_model::{Name, PartyId, RecordId};
use passerelle_service::joint::{
    Aggregation, Cell, Deed, IndicatorTerms, Kind, Measure, Object, ObjectRef, Period, Revision,
    Sex, Terms,
};
use passerelle_service::{GroupRoom, Wish};

use super::acts::say;
use super::object::{latest, optional};
use super::texts::{self, TextField};
use super::{Tab, follow, href, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/indicators/new", GROUP, handled!(new)),
    post("/group/{channel}/indicators/new", GROUP, handled!(begin)),
    get(
        "/group/{channel}/indicators/{object}/observe",
        GROUP,
        handled!(observe),
    ),
    post(
        "/group/{channel}/indicators/{object}/observe",
        GROUP,
        handled!(observed),
    ),
    post(
        "/group/{channel}/indicators/{object}/judge",
        GROUP,
        handled!(judge),
    ),
];

/// Lines for counts by sex, age and region in the form.
const CELL_LINES: usize = 12;
/// Indicators offered as parts.
const MAX_OFFERED: usize = 128;

#[derive(Template)]
#[template(path = "group/indicator-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    version: u64,
    fields: Vec<TextField>,
    filled: Filled,
}

/// The terms, as the form shows them.
struct Filled {
    code: String,
    unit: String,
    measures: Vec<(String, String, bool)>,
    descending: bool,
    aggregations: Vec<(String, String, bool)>,
    year: String,
    baseline: String,
    target: String,
    parts: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "group/observe.html")]
struct Observing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    version: u64,
    indicator: (String, String),
    unit: String,
    numeric: bool,
    sexes: Vec<(String, String, bool)>,
    lines: Vec<usize>,
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let filled = super::look(&call, |room| Ok(filled(&p, room, None))).await?;
    page(&Writing {
        tabs: tabs(&p, &channel, "/indicators"),
        action: format!("/group/{channel}/indicators/new"),
        heading: p.t("group-new-indicator"),
        lead: p.t("group-new-indicator-lead"),
        version: 0,
        fields: texts::fields(&p, None),
        filled,
        p,
    })
}

async fn begin(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let revision = Revision {
        base: None,
        texts: texts::required(&call, "")?,
        terms: Terms::Indicator(terms(&call)?),
    };
    let open = Deed::Open {
        kind: Kind::Indicator,
        parent: None,
        chair: call.page.own.clone(),
    };
    let offer = Deed::Offer {
        revision: Box::new(revision),
    };
    let wish = Wish::opening(vec![open, offer], call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", href(&channel, &id)))
}

/// The form that changes an indicator.
pub(crate) async fn change(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let (fields, filled, version) = super::look_at(&call, |room, object| {
        let revision = latest(object).ok_or_else(Fault::absent)?;
        let fields = texts::fields(&p, Some(&revision.texts));
        Ok((fields, filled(&p, room, Some(object)), object.version()))
    })
    .await?;
    page(&Writing {
        tabs: tabs(&p, &channel, "/indicators"),
        action: format!("{}/change", href(&channel, &id)),
        heading: p.t("group-change-indicator"),
        lead: p.t("group-change-lead"),
        version,
        fields,
        filled,
        p,
    })
}

/// Offers the changed indicator.
pub(crate) async fn amend(call: Call) -> Answer {
    let base = super::look_at(&call, |_, object| Ok(object.offers().agreed_hash())).await?;
    let revision = Revision {
        base,
        texts: texts::required(&call, "")?,
        terms: Terms::Indicator(terms(&call)?),
    };
    let offer = Deed::Offer {
        revision: Box::new(revision),
    };
    say(&call, vec![offer], "offered").await
}

fn terms(call: &Call) -> Result<IndicatorTerms, Fault> {
    let baseline = match (optional(call, "year")?, optional(call, "baseline")?) {
        (Some(year), Some(value)) => Some((year, value)),
        (None, None) => None,
        (None, _) => return Err(Fault::field("year")),
        _ => return Err(Fault::field("baseline")),
    };
    let chosen = call.form.iter().filter(|(name, _)| name == "part");
    let parts: Result<Vec<ObjectRef>, _> = chosen
        .map(|(_, id)| passerelle_service::object_ref(id))
        .collect();
    let mut parts = parts?;
    parts.sort();
    Ok(IndicatorTerms {
        code: call.given("code")?,
        unit: call.given("unit")?,
        measure: call.given::<Measure>("measure")?,
        ascending: call.field("descending") != "yes",
        aggregation: call.given::<Aggregation>("aggregation")?,
        baseline,
        target: optional(call, "target")?,
        parts,
    })
}

fn filled(p: &Page, room: &GroupRoom, object: Option<&Object>) -> Filled {
    let terms = object.and_then(Object::indicator);
    let others = room.ledger().of_kind(Kind::Indicator);
    let others = others.filter(|one| object.is_none_or(|object| object.id() != one.id()));
    let part = |one: &Object| {
        let here = terms.is_some_and(|terms| terms.parts.contains(one.id()));
        (one.id().to_string(), title(p, one), here)
    };
    let baseline = terms.and_then(|terms| terms.baseline);
    let aggregation = terms.map_or(Aggregation::Sum, |terms| terms.aggregation);
    let measure = terms.map_or(Measure::Unit, |terms| terms.measure);
    Filled {
        code: terms.map_or_else(String::new, |terms| terms.code.to_string()),
        unit: terms.map_or_else(String::new, |terms| terms.unit.to_string()),
        measures: follow::words(p, "group-measure", Measure::ALL, Some(measure)),
        descending: terms.is_some_and(|terms| !terms.ascending),
        aggregations: follow::words(p, "group-aggregation", Aggregation::ALL, Some(aggregation)),
        year: baseline.map_or_else(String::new, |(year, _)| year.to_string()),
        baseline: baseline.map_or_else(String::new, |(_, value)| value.to_string()),
        target: terms
            .and_then(|terms| terms.target)
            .map_or_else(String::new, |target| target.to_string()),
        parts: others.take(MAX_OFFERED).map(part).collect(),
    }
}

async fn observe(call: Call) -> Answer {
    let p = call.page.clone();
    let observing = super::look_at(&call, |room, object| {
        let terms = object.indicator().ok_or_else(Fault::absent)?;
        Ok(Observing {
            tabs: tabs(&p, room.channel(), "/indicators"),
            action: format!(
                "/group/{}/indicators/{}/observe",
                room.channel(),
                object.id()
            ),
            version: object.version(),
            indicator: (href(room.channel(), object.id()), title(&p, object)),
            unit: crate::frame::visible(terms.unit.as_str()),
            numeric: terms.is_numeric(),
            sexes: follow::words(&p, "group-sex", Sex::ALL, None),
            lines: (1..=CELL_LINES).collect(),
            p: p.clone(),
        })
    })
    .await?;
    page(&observing)
}

async fn observed(call: Call) -> Answer {
    let cells: Result<Vec<Option<Cell>>, Fault> =
        (1..=CELL_LINES).map(|n| cell(&call, n)).collect();
    let period = Period {
        from: call.given("from")?,
        until: call.given("until")?,
        target: optional(&call, "target")?,
        actual: optional(&call, "actual")?,
        source: call.given("source")?,
        cells: cells?.into_iter().flatten().collect(),
        text: texts::remark_texts(&call, "text")?,
    };
    let deed = Deed::Observe {
        period: Box::new(period),
    };
    say(&call, vec![deed], "said").await
}

/// One line of counts; nothing where it holds no value.
fn cell(call: &Call, n: usize) -> Result<Option<Cell>, Fault> {
    let Some(value) = optional(call, &format!("value-{n}"))? else {
        return Ok(None);
    };
    let low: Option<u8> = optional(call, &format!("low-{n}"))?;
    let high: Option<u8> = optional(call, &format!("high-{n}"))?;
    let region: Option<Name> = optional(call, &format!("region-{n}"))?;
    Ok(Some(Cell {
        sex: optional(call, &format!("sex-{n}"))?,
        age: match (low, high) {
            (Some(low), Some(high)) => Some((low, high)),
            (None, None) => None,
            (None, _) => return Err(Fault::field(&format!("low-{n}"))),
            _ => return Err(Fault::field(&format!("high-{n}"))),
        },
        region,
        value,
    }))
}

async fn judge(call: Call) -> Answer {
    let deed = Deed::Judge {
        party: call.given::<PartyId>("party")?,
        record: call.given::<RecordId>("record")?,
        contested: match call.field("judged") {
            "contested" => true,
            "validated" => false,
            _ => return Err(Fault::field("judged")),
        },
        text: texts::remark_texts(&call, "text")?,
    };
    say(&call, vec![deed], "said").await
}

#[cfg(test)]
#[path = "../samples/group/measure.rs"]
pub(crate) mod samples;
