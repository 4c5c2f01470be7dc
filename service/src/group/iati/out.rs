//! Programmes as activities: what the group knows of them, and no small count.

use std::collections::BTreeSet;

use passerelle_group::{
    Cell, IndicatorTerms, Kind, Ledger, Measure, Measured, Object, ObservationStanding, Programme,
    ProgrammeRole, Sex, Stage, Texts,
};
use passerelle_iati::cells::{DEFAULT_K, suppress_list};
use passerelle_iati::codes::{
    self, ActivityStatus, DAC, DateKind, DescriptionKind, OWN, OrganisationKind, ResultKind, Role,
    TransactionKind,
};
use passerelle_iati::{
    Activities, Activity, ActivityDate, Baseline, Country, Description, Dimension, DimensionKind,
    Indicator, Money, Narrative, Outcome, Participant, Period, Reporter, Sector, Tag, Text,
    Transaction, write,
};
use passerelle_model::Day;

use super::take::{SECTOR_URI, STRAND_URI, date};
use crate::Error;

/// Where codes of ours that no list has are explained.
const CODES_URI: &str = "urn:passerelle:code";

pub(super) fn written(
    ledger: &Ledger,
    today: Day,
    reporter: &Reporter,
    public: bool,
) -> Result<String, Error> {
    let mut named = BTreeSet::new();
    let activities: Vec<Activity> = ledger
        .of_kind(Kind::Programme)
        .filter_map(|object| Some((object, super::programme_of(object)?)))
        // What is public fits every rule of the standard, which asks for a start.
        .filter(|(_, it)| !public || (it.public && it.from.day().is_some()))
        .filter(|(object, _)| !object.is_erased())
        .filter(|(_, it)| named.insert(it.identifier.clone()))
        .filter_map(|(object, it)| activity(ledger, object, it, today, reporter))
        .collect();
    if activities.is_empty() {
        return Err(Error::state(
            "E_IATI_EMPTY",
            "there is no programme to write",
        ));
    }
    let file = Activities {
        generated: format!("{today}T00:00:00Z").parse().ok(),
        activities,
    };
    write(&file).map_err(|error| Error::state(error.code(), "the programmes cannot be written"))
}

fn activity(
    ledger: &Ledger,
    object: &Object,
    it: &Programme,
    today: Day,
    reporter: &Reporter,
) -> Option<Activity> {
    let status = status(object.stage());
    let mut made = Activity::new(it.identifier.to_string(), reporter.clone(), status);
    made.currency = it
        .budget
        .as_ref()
        .map(|(_, currency)| currency.as_str().to_ascii_uppercase());
    made.title = titles(&it.texts);
    made.descriptions = vec![Description {
        kind: Some(DescriptionKind::General),
        text: descriptions(&it.texts),
    }];
    made.participants = participants(it, reporter);
    made.dates = dates(it);
    made.countries = it.countries.iter().map(country).collect();
    made.sectors = vec![sector(it)];
    made.tags = tags(it);
    made.budgets = super::super::machines::budgets(it);
    made.transactions = budget(it, today).into_iter().collect();
    let linked = it.indicators.iter().filter_map(|id| ledger.object(id));
    made.results = linked
        .filter_map(|indicator| outcome(ledger, indicator))
        .collect();
    Some(made)
}

fn status(stage: Stage) -> ActivityStatus {
    match stage {
        Stage::Implementation => ActivityStatus::Implementation,
        Stage::Finalisation => ActivityStatus::Finalisation,
        Stage::Closed => ActivityStatus::Closed,
        Stage::Cancelled => ActivityStatus::Cancelled,
        Stage::Suspended => ActivityStatus::Suspended,
        _ => ActivityStatus::Pipeline,
    }
}

pub(super) fn titles(texts: &Texts) -> Text {
    let titles = texts.iter();
    titles
        .map(|version| Narrative::new(version.lang.as_str(), version.title.as_str()))
        .collect()
}

/// The standard asks for a description: where there is no text, the title stands for it.
fn descriptions(texts: &Texts) -> Text {
    let all = texts.iter().map(|version| {
        let body = version.body.as_ref().map(|body| body.as_str());
        Narrative::new(
            version.lang.as_str(),
            body.unwrap_or(version.title.as_str()),
        )
    });
    all.collect()
}

/// Where no partner is named, the publisher answers for it; it has no name here, so that it is
/// not taken for a partner when the file is read again.
fn participants(it: &Programme, reporter: &Reporter) -> Vec<Participant> {
    let made = |role, reference, name| Participant {
        role,
        reference,
        kind: None,
        activity: None,
        name,
    };
    if it.partners.is_empty() {
        let own = made(
            Role::Accountable,
            Some(reporter.reference.clone()),
            Vec::new(),
        );
        let kind = Some(OrganisationKind::Government);
        return vec![Participant { kind, ..own }];
    }
    let partner = |(name, role): &(passerelle_model::Name, ProgrammeRole)| {
        let role = match role {
            ProgrammeRole::Funding => Role::Funding,
            ProgrammeRole::Accountable => Role::Accountable,
            ProgrammeRole::Extending => Role::Extending,
            ProgrammeRole::Implementing => Role::Implementing,
        };
        made(role, None, plain(name.as_str()))
    };
    it.partners.iter().map(partner).collect()
}

fn plain(text: &str) -> Text {
    vec![Narrative::new("fr", text)]
}

fn dates(it: &Programme) -> Vec<ActivityDate> {
    let made = |kind, day| {
        Some(ActivityDate {
            kind,
            day: date(day)?,
            note: Vec::new(),
        })
    };
    let start = it.from.day();
    let start = start.and_then(|day| made(DateKind::PlannedStart, day));
    let end = it.until.and_then(|day| made(DateKind::PlannedEnd, day));
    start.into_iter().chain(end).collect()
}

fn country((code, share): &(passerelle_model::Country, u8)) -> Country {
    Country {
        code: code.to_string(),
        percentage: Some(u32::from(*share).into()),
        note: Vec::new(),
    }
}

fn sector(it: &Programme) -> Sector {
    let code = it.code.as_str();
    let dac = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
    Sector {
        code: code.to_owned(),
        vocabulary: Some(if dac { DAC } else { OWN }.to_owned()),
        vocabulary_uri: (!dac).then(|| CODES_URI.to_owned()),
        percentage: None,
        note: if dac { Vec::new() } else { plain(code) },
    }
}

fn tags(it: &Programme) -> Vec<Tag> {
    let own = |uri: &str, code: &str| Tag {
        code: code.to_owned(),
        vocabulary: OWN.to_owned(),
        vocabulary_uri: Some(uri.to_owned()),
        note: plain(code),
    };
    let goals = it.objectives.iter();
    let goals = goals.filter_map(|goal| Tag::gcm(*goal, plain(&format!("GCM {goal}"))));
    let ours = [
        own(SECTOR_URI, it.sector.as_str()),
        own(STRAND_URI, it.strand.as_str()),
    ];
    goals.chain(ours).collect()
}

/// The budget as one promise. The standard takes none of the future: what begins later is
/// promised today.
fn budget(it: &Programme, today: Day) -> Option<Transaction> {
    let (amount, _) = it.budget.as_ref()?;
    let day = date(it.from.day().map_or(today, |from| from.min(today)))?;
    Some(Transaction {
        reference: None,
        humanitarian: None,
        kind: TransactionKind::OutgoingCommitment,
        day,
        value: Money {
            amount: amount.to_string().parse().ok()?,
            currency: None,
            value_date: day,
        },
        note: Vec::new(),
        provider: None,
        receiver: None,
    })
}

fn outcome(ledger: &Ledger, object: &Object) -> Option<Outcome> {
    let terms = object.indicator()?;
    let texts = match object.agreed() {
        Some(agreed) => &agreed.value().texts,
        None => return None,
    };
    let series = ledger.series(object);
    let values = series.values.iter();
    let told = values.filter(|value| *value.standing.value() != ObservationStanding::Contested);
    let periods: Vec<Period> = told.filter_map(|value| period(terms, value)).collect();
    let aggregates = Some(terms.aggregation == passerelle_group::Aggregation::Sum);
    Some(Outcome {
        kind: ResultKind::Output,
        aggregates,
        title: titles(texts),
        description: Vec::new(),
        references: Vec::new(),
        indicators: vec![Indicator {
            measure: measure(terms.measure),
            ascending: Some(terms.ascending),
            aggregates,
            title: titles(texts),
            description: Vec::new(),
            references: Vec::new(),
            baselines: baseline(terms).into_iter().collect(),
            periods,
        }],
    })
}

fn measure(measure: Measure) -> codes::Measure {
    let code = match measure {
        Measure::Unit => "1",
        Measure::Percentage => "2",
        Measure::Nominal => "3",
        Measure::Ordinal => "4",
        Measure::Qualitative => "5",
    };
    code.into()
}

fn baseline(terms: &IndicatorTerms) -> Option<Baseline> {
    let (year, value) = terms.baseline.as_ref()?;
    Some(Baseline {
        year: *year,
        day: None,
        measured: value_of(value)?,
    })
}

fn value_of(value: &passerelle_group::Decimal) -> Option<passerelle_iati::Measured> {
    Some(passerelle_iati::Measured {
        value: Some(value.to_string().parse().ok()?),
        ..passerelle_iati::Measured::default()
    })
}

fn period(terms: &IndicatorTerms, value: &Measured) -> Option<Period> {
    let said = &value.period;
    let actuals = match terms.measure {
        Measure::Qualitative => said.text.iter().map(words).collect(),
        _ => actuals(said),
    };
    Some(Period {
        start: date(said.from)?,
        end: date(said.until)?,
        targets: said
            .target
            .as_ref()
            .and_then(value_of)
            .into_iter()
            .collect(),
        actuals,
    })
}

fn words(texts: &Texts) -> passerelle_iati::Measured {
    passerelle_iati::Measured {
        comment: descriptions(texts),
        ..passerelle_iati::Measured::default()
    }
}

/// The total, then its parts by sex, by age band and by region. Where a list of parts has to
/// hide its total, no total is told at all.
fn actuals(said: &passerelle_group::Period) -> Vec<passerelle_iati::Measured> {
    let mut total = said.actual.as_ref().and_then(value_of);
    let mut parts = Vec::new();
    for kind in [
        DimensionKind::Sex,
        DimensionKind::Age,
        DimensionKind::Region,
    ] {
        let list: Vec<&Cell> = said
            .cells
            .iter()
            .filter(|cell| only(cell) == Some(kind))
            .collect();
        let Some((shown, whole)) = hidden(&list) else {
            continue;
        };
        if !whole {
            total = None;
        }
        parts.extend(
            list.iter()
                .zip(shown)
                .filter_map(|(cell, count)| part(cell, kind, count?)),
        );
    }
    total.into_iter().chain(parts).collect()
}

/// Which counts of a list may be told, and whether their total may; none where they are no counts.
fn hidden(list: &[&Cell]) -> Option<(Vec<Option<u64>>, bool)> {
    let count = |cell: &&Cell| cell.value.to_string().parse::<u64>().ok();
    let counts: Option<Vec<u64>> = list.iter().map(count).collect();
    let shown = suppress_list(&counts.filter(|counts| !counts.is_empty())?, DEFAULT_K).ok()?;
    Some((shown.cells, shown.total.is_some()))
}

fn only(cell: &Cell) -> Option<DimensionKind> {
    match (cell.sex, cell.age, &cell.region) {
        (Some(_), None, None) => Some(DimensionKind::Sex),
        (None, Some(_), None) => Some(DimensionKind::Age),
        (None, None, Some(_)) => Some(DimensionKind::Region),
        _ => None,
    }
}

fn part(cell: &Cell, kind: DimensionKind, count: u64) -> Option<passerelle_iati::Measured> {
    let value = match kind {
        DimensionKind::Sex => cell.sex.map(Sex::as_str)?.to_owned(),
        DimensionKind::Age => cell.age.map(|(low, high)| format!("{low}-{high}"))?,
        DimensionKind::Region => cell.region.as_ref()?.to_string(),
    };
    Some(passerelle_iati::Measured {
        value: Some(count.to_string().parse().ok()?),
        locations: Vec::new(),
        dimensions: vec![Dimension { kind, value }],
        comment: Vec::new(),
    })
}
