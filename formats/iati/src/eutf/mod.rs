//! The EU Trust Fund for Africa, as its monitoring platform exported it: a table of decisions and
//! contracts, a table of their results, and what contradicts itself in them.
//!
//! **Out of scope**: indicators without target and actual. They are counted, not imported.

mod contradictions;
mod tables;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use contradictions::Contradiction;
use tables::{Project, Row};

use crate::{
    Activity, ActivityDate, Country, Decimal, Description, Error, Indicator, Measured, Money,
    Narrative, Outcome, Participant, Period, Related, Reporter, Sector, Transaction,
    codes::{
        ActivityStatus, DAC, DateKind, Measure, OWN, OrganisationKind, Relation, ResultKind, Role,
        TransactionKind,
    },
};

/// Where the fund's own topic codes are explained.
const TOPICS_URI: &str = "https://ec.europa.eu/trustfundforafrica/";
/// Sector where the fund names no topic: migration.
const MIGRATION: &str = "15190";
/// Name of the fund.
const FUND: &str = "EU Trust Fund for Africa";

/// Who imports, and what the tables do not say.
#[derive(Debug, Clone)]
pub struct Import {
    /// Who publishes the activities. Their identifiers begin with its own.
    pub reporter: Reporter,
    /// Day of the export: what ended before is taken as done.
    pub day: Date,
}

/// What was made of two tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Decisions and contracts, in the order of the table.
    pub activities: Vec<Activity>,
    /// What contradicts itself.
    pub contradictions: Vec<Contradiction>,
    /// Rows of results without target and actual.
    pub empty_rows: u32,
}

/// Makes activities of the two tables (CSV with a head line).
///
/// # Errors
/// [`Fault::Columns`](crate::Fault::Columns), [`Fault::Value`](crate::Fault::Value) or
/// [`Fault::Range`](crate::Fault::Range) with the line of the table, or a limit of this crate.
pub fn import(projects: &[u8], results: &[u8], import: &Import) -> Result<Imported, Error> {
    let projects = tables::projects(projects)?;
    let rows = tables::rows(results)?;
    let empty = rows.iter().filter(|row| row.is_empty()).count();
    let of_project = |project: &Project| {
        let rows: Vec<&Row> = rows
            .iter()
            .filter(|row| row.project == project.id && !row.is_empty())
            .collect();
        activity(project, &rows, import)
    };
    Ok(Imported {
        activities: projects.iter().map(of_project).collect(),
        contradictions: contradictions::find(&projects, &rows),
        empty_rows: u32::try_from(empty).unwrap_or(u32::MAX),
    })
}

fn activity(project: &Project, rows: &[&Row], import: &Import) -> Activity {
    let identifier = identifier(import, &project.id);
    let mut it = Activity::new(
        identifier,
        import.reporter.clone(),
        status(project, import.day),
    );
    it.lang = Some("fr".to_owned());
    it.currency = Some("EUR".to_owned());
    it.hierarchy = Some(if project.is_contract { 2 } else { 1 });
    it.title = plain(&project.title);
    it.descriptions = vec![Description {
        kind: None,
        text: plain(&project.title),
    }];
    it.participants = participants(project);
    it.dates = dates(project);
    it.countries = countries(project);
    it.sectors = sectors(project);
    it.transactions = commitment(project).into_iter().collect();
    it.related = related(project, import);
    it.results = outcomes(rows);
    it
}

fn identifier(import: &Import, id: &str) -> String {
    format!("{}-{id}", import.reporter.reference)
}

/// The tables do not say whether accounts are closed: what ended is in finalisation.
fn status(project: &Project, day: Date) -> ActivityStatus {
    match (project.start, project.end) {
        (_, Some(end)) if end < day => ActivityStatus::Finalisation,
        (Some(start), _) if start > day => ActivityStatus::Pipeline,
        _ => ActivityStatus::Implementation,
    }
}

fn participants(project: &Project) -> Vec<Participant> {
    let of = |role, kind, name: &str| Participant {
        role,
        reference: None,
        kind,
        activity: None,
        name: plain(name),
    };
    let fund = of(Role::Funding, Some(OrganisationKind::Government), FUND);
    let partner = Some(project.partner.as_str()).filter(|name| !name.is_empty());
    let partner = partner.map(|name| of(Role::Implementing, None, name));
    std::iter::once(fund).chain(partner).collect()
}

fn dates(project: &Project) -> Vec<ActivityDate> {
    let both = [
        (DateKind::PlannedStart, project.start),
        (DateKind::PlannedEnd, project.end),
    ];
    let both = both.into_iter().filter_map(|(kind, day)| {
        let (day, note) = (day?, Vec::new());
        Some(ActivityDate { kind, day, note })
    });
    both.collect()
}

fn countries(project: &Project) -> Vec<Country> {
    let country = |(code, share): (&String, Decimal)| Country {
        code: code.clone(),
        percentage: Some(share),
        note: Vec::new(),
    };
    project
        .countries
        .iter()
        .zip(shares(project.countries.len()))
        .map(country)
        .collect()
}

fn sectors(project: &Project) -> Vec<Sector> {
    let sector = |code: &str, vocabulary: &str, uri: Option<&str>, share| Sector {
        code: code.to_owned(),
        vocabulary: Some(vocabulary.to_owned()),
        vocabulary_uri: uri.map(str::to_owned),
        percentage: Some(share),
        note: if uri.is_some() {
            plain(code)
        } else {
            Vec::new()
        },
    };
    if project.topics.is_empty() {
        return vec![sector(MIGRATION, DAC, None, Decimal::HUNDRED)];
    }
    let shares = shares(project.topics.len());
    let topics = project.topics.iter().zip(shares);
    topics
        .map(|(code, share)| sector(code, OWN, Some(TOPICS_URI), share))
        .collect()
}

/// Equal shares in whole per cents; the first has what is over. The tables name none
/// ([`Contradiction::SharesAssumed`]).
fn shares(parts: usize) -> impl Iterator<Item = Decimal> {
    let parts = u32::try_from(parts).unwrap_or(u32::MAX);
    let share = 100_u32.checked_div(parts).unwrap_or(0);
    let over = 100_u32.saturating_sub(share.saturating_mul(parts));
    (0..parts).map(move |at| Decimal::from(if at == 0 { share + over } else { share }))
}

/// The budget as one commitment on the day of the start; none where the day is not known.
fn commitment(project: &Project) -> Option<Transaction> {
    let (day, amount) = (project.start?, project.budget?);
    Some(Transaction {
        reference: None,
        humanitarian: None,
        kind: TransactionKind::OutgoingCommitment,
        day,
        value: Money {
            amount,
            currency: None,
            value_date: day,
        },
        note: Vec::new(),
        provider: None,
        receiver: None,
    })
}

fn related(project: &Project, import: &Import) -> Vec<Related> {
    let to = |relation: Relation| {
        move |id: &String| Related {
            reference: identifier(import, id),
            relation: relation.clone(),
        }
    };
    let parents = project.parents.iter().map(to(Relation::Parent));
    parents
        .chain(project.children.iter().map(to(Relation::Child)))
        .collect()
}

/// One result for each group of indicators, in the order of their first rows.
fn outcomes(rows: &[&Row]) -> Vec<Outcome> {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: BTreeMap<&str, Vec<Indicator>> = BTreeMap::new();
    for row in rows {
        if !order.contains(&row.group.as_str()) {
            order.push(&row.group);
        }
        groups.entry(&row.group).or_default().push(indicator(row));
    }
    let outcome = |group: &str| Outcome {
        kind: ResultKind::Output,
        aggregates: Some(true),
        title: plain(group),
        description: Vec::new(),
        references: Vec::new(),
        indicators: groups.remove(group).unwrap_or_default(),
    };
    order.into_iter().map(outcome).collect()
}

fn indicator(row: &Row) -> Indicator {
    let measured = |value: Option<Decimal>| {
        let value = value.map(|value| Measured {
            value: Some(value),
            ..Measured::default()
        });
        value.into_iter().collect()
    };
    Indicator {
        measure: Measure::Unit,
        ascending: Some(true),
        aggregates: Some(true),
        title: plain(&row.indicator),
        description: Vec::new(),
        references: Vec::new(),
        baselines: Vec::new(),
        periods: vec![Period {
            start: row.start,
            end: row.end,
            targets: measured(row.target),
            actuals: measured(row.actual),
        }],
    }
}

/// The tables mix languages and name none.
fn plain(text: &str) -> Vec<Narrative> {
    let text = text.to_owned();
    vec![Narrative { lang: None, text }]
}
