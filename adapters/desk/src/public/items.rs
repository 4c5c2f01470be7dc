//! Pages of one communiqué, one commitment, one programme.

use askama::Template;
use passerelle_model::UtcTime;
use passerelle_service::joint::ObservationStanding;
use passerelle_service::{
    Count, Part, PublicCommitment, PublicHead, PublicIndicator, PublicProgramme, PublicValue,
    SMALLEST_SHOWN,
};

use super::face::{After, Face, Text, party, text, texts_of};
use super::{Ask, Told};
use crate::answer::Fault;
use crate::frame::{Page, visible};
use crate::pages::group::agree::both_clocks;

#[derive(Template)]
#[template(path = "public/item.html")]
pub(super) struct Item {
    pub(super) f: Face,
    pub(super) above: String,
    pub(super) tags: Vec<(String, &'static str)>,
    pub(super) text: Text,
    pub(super) facts: Vec<(String, String)>,
    pub(super) indicators: Vec<Shown>,
    /// The same as a file of IATI.
    pub(super) file: Option<String>,
    pub(super) after: After,
}

/// An indicator with its values.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) tag: &'static str,
    pub(super) dir: &'static str,
    pub(super) detail: String,
    pub(super) rows: Vec<Row>,
    pub(super) total: Option<String>,
    pub(super) partial: Option<String>,
}

/// One value.
pub(super) struct Row {
    pub(super) period: String,
    pub(super) part: String,
    pub(super) target: String,
    pub(super) actual: String,
    pub(super) standing: String,
    pub(super) tone: &'static str,
}

/// The public thing of that name.
pub(super) fn named<'a, T>(
    all: &'a [T],
    id: &str,
    head: fn(&T) -> &PublicHead,
) -> Result<&'a T, Fault> {
    let mut all = all.iter();
    all.find(|one| head(one).id.to_string() == id)
        .ok_or_else(Fault::absent)
}

fn item(ask: &Ask, room: &str, head: &PublicHead) -> Item {
    let text = text(&ask.p, head);
    Item {
        f: ask.face(&format!("{room}/{}", head.id), text.title.clone()),
        above: String::new(),
        tags: Vec::new(),
        text,
        facts: Vec::new(),
        indicators: Vec::new(),
        file: None,
        after: ask.after(room, head),
    }
}

pub(super) fn communique(ask: &Ask, id: &str) -> Result<Told, Fault> {
    let one = named(&ask.public.communiques, id, |one| &one.head)?;
    let p = &ask.p;
    let signed: Vec<String> = one.parties.iter().map(|by| party(p, by)).collect();
    let mut page = item(ask, "communiques", &one.head);
    page.f.data = format!("communiques/{}/data.jsonld", one.head.id);
    page.above = p.t("public-communique");
    page.facts = vec![
        (p.t("public-since"), both_clocks(p, one.head.since)),
        (p.t("public-signed-by"), signed.join(" · ")),
    ];
    Told::page(&page, Some(one.head.changed))
}

pub(super) fn commitment(ask: &Ask, id: &str) -> Result<Told, Fault> {
    let one = named(&ask.public.commitments, id, |one| &one.head)?;
    let mut page = item(ask, "commitments", &one.head);
    page.above = ask.p.t("group-kind-commitment");
    page.tags = super::lists::tags(&ask.p, one);
    page.facts = commitment_facts(&ask.p, one);
    page.indicators = indicators(&ask.p, &one.indicators);
    Told::page(&page, changed(ask, &one.head))
}

/// What follows from the day changes with it.
fn changed(ask: &Ask, head: &PublicHead) -> Option<UtcTime> {
    Some(head.changed.max(ask.p.now.day().start()))
}

fn commitment_facts(p: &Page, one: &PublicCommitment) -> Vec<(String, String)> {
    let mut facts = vec![
        (p.t("group-term-responsible"), party(p, &one.responsible)),
        (p.t("group-term-function"), visible(one.function.as_str())),
        (p.t("group-term-due"), p.day(one.due)),
    ];
    if !one.earlier.is_empty() {
        let days: Vec<String> = one.earlier.iter().map(|day| p.day(day)).collect();
        facts.push((p.t("public-earlier"), days.join(" · ")));
    }
    facts.push((p.t("group-term-sector"), p.word("group-sector", one.sector)));
    if let Some(strand) = one.head.strand {
        facts.push((p.t("group-term-strand"), p.word("group-strand", strand)));
    }
    if let Some(objective) = one.objective {
        let words = p.word("group-gcm", objective);
        facts.push((p.t("group-term-objective"), format!("{objective}. {words}")));
    }
    if let Some(target) = &one.target {
        facts.push((p.t("group-term-sdg"), target.to_string()));
    }
    facts
}

pub(super) fn programme(ask: &Ask, id: &str) -> Result<Told, Fault> {
    let one = named(&ask.public.programmes, id, |one| &one.head)?;
    let mut page = item(ask, "programmes", &one.head);
    page.above = ask.p.t("group-kind-programme");
    page.tags = vec![(ask.p.word("public-stage", one.stage), "calm")];
    page.facts = programme_facts(&ask.p, one);
    page.indicators = indicators(&ask.p, &one.indicators);
    page.file = (one.head.id.party == ask.p.own).then(|| format!("/iati/{}.xml", one.head.id));
    Told::page(&page, Some(one.head.changed))
}

fn programme_facts(p: &Page, one: &PublicProgramme) -> Vec<(String, String)> {
    let facts = &one.facts;
    let from = facts.from.day();
    let from = from.map_or_else(|| p.t("public-none"), |from| p.day(from));
    let until = facts.until.map_or_else(String::new, |until| p.day(until));
    let mut rows = vec![
        (p.t("public-identifier"), visible(facts.identifier.as_str())),
        (p.t("public-period"), format!("{from} – {until}")),
        (
            p.t("group-term-sector"),
            p.word("group-sector", facts.sector),
        ),
        (
            p.t("group-term-strand"),
            p.word("group-strand", facts.strand),
        ),
    ];
    for (name, role) in &facts.partners {
        rows.push((p.word("public-role", role), visible(name.as_str())));
    }
    let countries = facts.countries.iter();
    let countries: Vec<String> = countries
        .map(|(country, share)| format!("{country} {share} %"))
        .collect();
    rows.push((p.t("public-countries"), countries.join(" · ")));
    if let Some((amount, currency)) = &facts.budget {
        let currency = currency.to_string().to_uppercase();
        rows.push((p.t("public-budget"), format!("{amount} {currency}")));
    }
    rows
}

fn indicators(p: &Page, all: &[PublicIndicator]) -> Vec<Shown> {
    all.iter().map(|one| indicator(p, one)).collect()
}

fn indicator(p: &Page, one: &PublicIndicator) -> Shown {
    let title = texts_of(p, &one.texts);
    let mut detail = format!("{} · {}", one.code, visible(one.unit.as_str()));
    if let Some((year, value)) = &one.baseline {
        let words = p.ta("public-baseline", &number(p, Some(*value)));
        detail = format!("{detail} · {words} ({year})");
    }
    if let Some(target) = one.target {
        let words = p.ta("public-aim", &target.to_string());
        detail = format!("{detail} · {words}");
    }
    Shown {
        title: title.title,
        tag: title.tag,
        dir: title.dir,
        detail,
        rows: one.values.iter().flat_map(|value| rows(p, value)).collect(),
        total: one.total.map(|total| total.to_string()),
        partial: one.partial.map(|(known, of)| p.partial(known, of)),
    }
}

fn rows(p: &Page, value: &PublicValue) -> Vec<Row> {
    let (standing, tone) = standing(p, value.standing);
    let row = |part: String, target: String, actual: Option<Count>| Row {
        period: format!("{} – {}", p.day(value.from), p.day(value.until)),
        part,
        target,
        actual: number(p, actual),
        standing: standing.clone(),
        tone,
    };
    let target = value
        .target
        .map_or_else(|| p.t("public-none"), |one| one.to_string());
    let whole = row(p.t("public-all"), target, value.actual);
    let cells = value.cells.iter();
    let cells = cells.map(|(of, count)| row(part(p, of), p.t("public-none"), Some(*count)));
    std::iter::once(whole).chain(cells).collect()
}

fn standing(p: &Page, standing: ObservationStanding) -> (String, &'static str) {
    let tone = match standing {
        ObservationStanding::Validated => "good",
        ObservationStanding::Contested => "stop",
        _ => "calm",
    };
    (p.word("public-value", standing), tone)
}

fn part(p: &Page, part: &Part) -> String {
    match part {
        Part::Sex(sex) => p.word("public-sex", sex),
        Part::Age(low, high) => p.ta("public-age", &format!("{low}–{high}")),
        Part::Region(region) => visible(region.as_str()),
    }
}

/// A number, that it is not shown, or that there is none: never a filler.
fn number(p: &Page, count: Option<Count>) -> String {
    match count {
        Some(Count::Shown(value)) => value.to_string(),
        Some(Count::Hidden) => p.tn("public-hidden", SMALLEST_SHOWN),
        None => p.t("public-none"),
    }
}
