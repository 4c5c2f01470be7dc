//! Forms of programmes, practices, experts, requests, missions and offers of competence. None has
//! a field for a person.

use askama::Template;
use passerelle_model::Lang;
use passerelle_service::Wish;
use passerelle_service::joint::{
    Competence, Deed, Evidence, Expert, Facts, Kind, Mission, ObjectRef, Practice, Programme,
    ProgrammeRole, Request, Sector, Strand, Texts,
};

use super::object::optional;
use super::texts::{self, TextField};
use super::{Tab, channel, href, learn_given, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};
use crate::words;

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/learn/{kind}", GROUP, handled!(new)),
    post("/group/{channel}/learn/{kind}", GROUP, handled!(begin)),
    get(
        "/group/{channel}/objects/{object}/facts",
        GROUP,
        handled!(edit),
    ),
    post(
        "/group/{channel}/objects/{object}/facts",
        GROUP,
        handled!(save),
    ),
];

/// Empty places for recommendations below those that are there.
const MORE_RECOMMENDATIONS: usize = 2;
/// Recommendations of one form.
pub(crate) const MAX_RECOMMENDATIONS: usize = 40;

#[derive(Template)]
#[template(path = "group/learn-form.html")]
struct Form {
    p: Page,
    tabs: Vec<Tab>,
    heading: String,
    lead: String,
    action: String,
    version: u64,
    parent: String,
    texts: Vec<TextField>,
    /// Further texts: heading, prefix of their fields, fields.
    more: Vec<(String, String, Vec<TextField>)>,
    fields: Vec<Field>,
}

/// One field, as `field.html` draws it.
struct Field {
    name: &'static str,
    label: String,
    shape: &'static str,
    hint: Option<String>,
    fault: Option<String>,
    value: String,
    options: Vec<Choice>,
    changed: bool,
}

struct Choice {
    value: String,
    label: String,
    on: bool,
}

impl Field {
    fn described(&self) -> bool {
        self.hint.is_some() || self.fault.is_some()
    }

    fn new(p: &Page, name: &'static str, shape: &'static str, value: impl ToString) -> Self {
        let hint = p.t(&format!("learn-hint-{name}"));
        Self {
            name,
            label: p.t(&format!("learn-field-{name}")),
            shape,
            hint: Some(hint).filter(|hint| !hint.starts_with('[')),
            fault: None,
            value: value.to_string(),
            options: Vec::new(),
            changed: false,
        }
    }

    fn choice(
        p: &Page,
        (name, shape): (&'static str, &'static str),
        options: impl IntoIterator<Item = (String, String, bool)>,
    ) -> Self {
        let option = |(value, label, on)| Choice { value, label, on };
        Self {
            options: options.into_iter().map(option).collect(),
            ..Self::new(p, name, shape, "")
        }
    }
}

/// The kind of the address, where it has a form here.
fn kind(call: &Call) -> Result<Kind, Fault> {
    let kind: Kind = call.part(1)?;
    match super::learn_object::SHOWS.contains(&kind) {
        true => Ok(kind),
        false => Err(Fault::absent()),
    }
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, kind) = (channel(&call)?, kind(&call)?);
    let indicators = super::look(&call, |room| Ok(indicators(&p, room))).await?;
    let strand = call.asked("strand").parse().ok();
    let action = format!("/group/{channel}/learn/{kind}");
    let parent = call.asked("parent").to_owned();
    let mut form = Form {
        tabs: tabs(&p, &channel, "-"),
        heading: p.t(&format!("learn-new-{kind}")),
        lead: p.t(&format!("learn-lead-{kind}")),
        action,
        version: 0,
        parent,
        texts: texts::fields(&p, None),
        more: more(&p, kind, None),
        fields: Vec::new(),
        p,
    };
    form.fields = fields(&form.p, kind, None, strand, &indicators);
    page(&form)
}

async fn edit(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (channel(&call)?, super::object(&call)?);
    let (facts, version, indicators) = super::look_at(&call, |room, object| {
        let facts = object.facts().ok_or_else(Fault::absent)?;
        Ok((
            facts.value().clone(),
            object.version(),
            indicators(&p, room),
        ))
    })
    .await?;
    let kind = facts.kind();
    page(&Form {
        tabs: tabs(&p, &channel, "-"),
        heading: p.t("learn-edit"),
        lead: p.t(&format!("learn-lead-{kind}")),
        action: format!("/group/{channel}/objects/{id}/facts"),
        version,
        parent: String::new(),
        texts: texts::fields(&p, Some(facts.texts())),
        more: more(&p, kind, Some(&facts)),
        fields: fields(&p, kind, Some(&facts), None, &indicators),
        p,
    })
}

async fn begin(call: Call) -> Answer {
    let (channel, kind) = (channel(&call)?, kind(&call)?);
    super::look(&call, |_| Ok(())).await?;
    let facts = learn_given::given(&call, kind, None)?;
    let parent: Option<ObjectRef> = optional(&call, "parent")?;
    let deeds = vec![
        Deed::Open {
            kind,
            parent,
            chair: call.page.own.clone(),
        },
        Deed::Describe {
            facts: Box::new(facts),
        },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said", href(&channel, &id)))
}

async fn save(call: Call) -> Answer {
    let before = super::look_at(&call, |_, object| {
        let facts = object.facts().ok_or_else(Fault::absent)?;
        Ok(facts.value().clone())
    })
    .await?;
    let facts = learn_given::given(&call, before.kind(), Some(&before))?;
    let deed = Deed::Describe {
        facts: Box::new(facts),
    };
    super::acts::say(&call, vec![deed], "said").await
}

/// Indicators that a programme may name, with their titles.
fn indicators(p: &Page, room: &passerelle_service::GroupRoom) -> Vec<(ObjectRef, String)> {
    let all = room.ledger().of_kind(Kind::Indicator);
    all.map(|object| (object.id().clone(), title(p, object)))
        .collect()
}

fn more(p: &Page, kind: Kind, facts: Option<&Facts>) -> Vec<(String, String, Vec<TextField>)> {
    match (kind, facts) {
        (Kind::Practice, facts) => {
            let transfer = match facts {
                Some(Facts::Practice(it)) => Some(&it.transfer),
                _ => None,
            };
            let fields = texts::fields(p, transfer);
            vec![(p.t("learn-transfer"), "transfer-".to_owned(), fields)]
        }
        (Kind::Mission, facts) => {
            let held: &[Texts] = match facts {
                Some(Facts::Mission(it)) => &it.recommendations,
                _ => &[],
            };
            let places = (held.len() + MORE_RECOMMENDATIONS).min(MAX_RECOMMENDATIONS);
            let place = |n: usize| {
                let heading = p.tn("learn-recommendation", n + 1);
                (heading, format!("rec{n}-"), texts::fields(p, held.get(n)))
            };
            (0..places).map(place).collect()
        }
        _ => Vec::new(),
    }
}

fn fields(
    p: &Page,
    kind: Kind,
    facts: Option<&Facts>,
    strand: Option<Strand>,
    indicators: &[(ObjectRef, String)],
) -> Vec<Field> {
    match (kind, facts) {
        (Kind::Programme, Some(Facts::Programme(it))) => programme(p, Some(it), strand, indicators),
        (Kind::Programme, _) => programme(p, None, strand, indicators),
        (Kind::Practice, Some(Facts::Practice(it))) => practice(p, Some(it), strand),
        (Kind::Practice, _) => practice(p, None, strand),
        (Kind::Expert, Some(Facts::Expert(it))) => expert(p, Some(it)),
        (Kind::Expert, _) => expert(p, None),
        (Kind::Request, Some(Facts::Request(it))) => request(p, Some(it), strand),
        (Kind::Request, _) => request(p, None, strand),
        (Kind::Mission, Some(Facts::Mission(it))) => mission(p, Some(it)),
        (Kind::Mission, _) => mission(p, None),
        (_, Some(Facts::Competence(it))) => competence(p, Some(it)),
        _ => competence(p, None),
    }
}

fn text(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

fn sector(p: &Page, chosen: Option<Sector>) -> Field {
    sectors(
        p,
        ("sector", "select"),
        &chosen.map_or_else(Vec::new, |one| vec![one]),
    )
}

fn sectors(p: &Page, shape: (&'static str, &'static str), chosen: &[Sector]) -> Field {
    let all = Sector::ALL.iter();
    let option = |one: &Sector| {
        (
            one.to_string(),
            p.word("group-sector", one),
            chosen.contains(one),
        )
    };
    Field::choice(p, shape, all.map(option))
}

fn strands(p: &Page, shape: (&'static str, &'static str), chosen: &[Strand]) -> Field {
    let all = Strand::ALL.iter();
    let option = |one: &Strand| {
        (
            one.to_string(),
            p.word("group-strand", one),
            chosen.contains(one),
        )
    };
    Field::choice(p, shape, all.map(option))
}

fn strand(p: &Page, chosen: Option<Strand>) -> Field {
    strands(
        p,
        ("strand", "select"),
        &chosen.map_or_else(Vec::new, |one| vec![one]),
    )
}

fn languages(p: &Page, chosen: &[Lang]) -> Field {
    let all = Lang::ALL.iter();
    let option = |one: &Lang| {
        (
            one.to_string(),
            words::own_name(*one).to_owned(),
            chosen.contains(one),
        )
    };
    Field::choice(p, ("languages", "checks"), all.map(option))
}

fn programme(
    p: &Page,
    it: Option<&Programme>,
    chosen: Option<Strand>,
    indicators: &[(ObjectRef, String)],
) -> Vec<Field> {
    let countries = it.map(|it| {
        let parts = it
            .countries
            .iter()
            .map(|(code, share)| format!("{code} {share}"));
        parts.collect::<Vec<_>>().join("; ")
    });
    let objectives: &[u8] = it.map_or(&[], |it| &it.objectives);
    let objective = |n: u8| {
        let label = format!("{n}. {}", p.t(&format!("group-gcm-{n}")));
        (n.to_string(), label, objectives.contains(&n))
    };
    let linked: &[ObjectRef] = it.map_or(&[], |it| &it.indicators);
    let indicator =
        |(id, title): &(ObjectRef, String)| (id.to_string(), title.clone(), linked.contains(id));
    let public = it.is_some_and(|it| it.public);
    let mut all = vec![Field::new(
        p,
        "identifier",
        "line",
        text(it.map(|it| &it.identifier)),
    )];
    all.extend(PARTNERS.map(|(name, role)| Field::new(p, name, "note", partners(it, role))));
    all.extend([
        sector(p, it.map(|it| it.sector)),
        strand(p, it.map(|it| it.strand).or(chosen)),
        Field::new(p, "code", "line", text(it.map(|it| &it.code))),
        Field::choice(p, ("objectives", "checks"), (1..=23).map(objective)),
        Field::new(
            p,
            "countries",
            "line",
            countries.unwrap_or_else(|| "MA 100".to_owned()),
        ),
        Field::new(
            p,
            "from",
            "date",
            text(it.and_then(|it| it.from.day()).as_ref()),
        ),
        Field::new(
            p,
            "until",
            "date",
            text(it.and_then(|it| it.until.as_ref())),
        ),
        Field::new(
            p,
            "budget",
            "number",
            text(it.and_then(|it| it.budget.as_ref().map(|b| &b.0))),
        ),
        Field::new(
            p,
            "currency",
            "line",
            text(it.and_then(|it| it.budget.as_ref().map(|b| &b.1))),
        ),
        Field::new(p, "instalments", "note", instalments(it)),
    ]);
    if !indicators.is_empty() {
        let options = indicators.iter().map(indicator);
        all.push(Field::choice(p, ("indicators", "checks"), options));
    }
    let yes = ("yes".to_owned(), p.t("group-term-public"), public);
    all.push(Field::choice(p, ("public", "checks"), [yes]));
    all
}

/// Parts of the budget, one a line.
fn instalments(it: Option<&Programme>) -> String {
    let parts = it.into_iter().flat_map(|it| &it.instalments);
    let lines: Vec<String> = parts.map(ToString::to_string).collect();
    lines.join("\n")
}

/// Fields of partners by what they do.
pub(crate) const PARTNERS: [(&str, ProgrammeRole); 4] = [
    ("funding", ProgrammeRole::Funding),
    ("accountable", ProgrammeRole::Accountable),
    ("extending", ProgrammeRole::Extending),
    ("implementing", ProgrammeRole::Implementing),
];

fn partners(it: Option<&Programme>, role: ProgrammeRole) -> String {
    let all = it.into_iter().flat_map(|it| &it.partners);
    let these = all.filter(|(_, held)| *held == role);
    these
        .map(|(name, _)| name.to_string())
        .collect::<Vec<_>>()
        .join("\n")
}

fn practice(p: &Page, it: Option<&Practice>, chosen: Option<Strand>) -> Vec<Field> {
    let evidence = Evidence::ALL.iter().map(|one| {
        let on = it.is_some_and(|it| it.evidence == *one);
        (one.to_string(), p.word("learn-evidence", one), on)
    });
    vec![
        sector(p, it.map(|it| it.sector)),
        strand(p, it.map(|it| it.strand).or(chosen)),
        Field::new(p, "audience", "line", text(it.map(|it| &it.audience))),
        Field::choice(p, ("evidence", "select"), evidence),
        Field::new(p, "contact", "line", text(it.map(|it| &it.contact))),
        Field::new(p, "refresh", "date", text(it.map(|it| &it.refresh))),
    ]
}

fn expert(p: &Page, it: Option<&Expert>) -> Vec<Field> {
    vec![
        sectors(p, ("sectors", "checks"), it.map_or(&[], |it| &it.sectors)),
        strands(p, ("strands", "checks"), it.map_or(&[], |it| &it.strands)),
        languages(p, it.map_or(&[], |it| &it.languages)),
        Field::new(
            p,
            "available",
            "date",
            text(it.and_then(|it| it.from.as_ref())),
        ),
    ]
}

fn request(p: &Page, it: Option<&Request>, chosen: Option<Strand>) -> Vec<Field> {
    vec![
        sector(p, it.map(|it| it.sector)),
        strand(p, it.map(|it| it.strand).or(chosen)),
        languages(p, it.map_or(&[], |it| &it.languages)),
        Field::new(p, "host", "line", text(it.map(|it| &it.host))),
        Field::new(p, "needed", "date", text(it.map(|it| &it.until))),
    ]
}

fn mission(p: &Page, it: Option<&Mission>) -> Vec<Field> {
    let functions = it.map_or_else(String::new, |it| {
        let names = it.functions.iter().map(ToString::to_string);
        names.collect::<Vec<_>>().join("\n")
    });
    vec![
        Field::new(p, "functions", "note", functions),
        Field::new(p, "from", "date", text(it.map(|it| &it.from))),
        Field::new(p, "until", "date", text(it.map(|it| &it.until))),
    ]
}

fn competence(p: &Page, it: Option<&Competence>) -> Vec<Field> {
    vec![
        Field::new(
            p,
            "organisation",
            "line",
            text(it.map(|it| &it.organisation)),
        ),
        sectors(p, ("sectors", "checks"), it.map_or(&[], |it| &it.sectors)),
        languages(p, it.map_or(&[], |it| &it.languages)),
        Field::new(p, "stands", "date", text(it.map(|it| &it.until))),
    ]
}

#[cfg(test)]
#[path = "../samples/group/learn_form.rs"]
pub(crate) mod samples;
