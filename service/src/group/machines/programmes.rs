//! A programme of our own as an activity of the standard.

use passerelle_group::{ObservationStanding, ProgrammeRole, Stage, Texts, Version};
use passerelle_iati::codes::{
    ActivityStatus, DateKind, Measure, OrganisationKind, ResultKind, Role,
};
use passerelle_iati::{
    Activity, ActivityDate, Baseline, Country, Description, Dimension, DimensionKind, Indicator,
    Measured, Narrative, Outcome, Participant, Period, Reporter, Sector, Tag, Text, read_day,
};
use passerelle_model::{Day, Markdown, Names};

use super::money::budgets;
use super::{OWN_SECTORS, plain};
use crate::group::public::{Count, Part, PublicIndicator, PublicProgramme, PublicValue};

fn narratives(texts: &Texts, text: impl Fn(&Version) -> String) -> Text {
    let all = texts.iter();
    all.map(|version| Narrative::new(version.lang.as_str(), text(version)))
        .collect()
}

fn titles(texts: &Texts) -> Text {
    narratives(texts, |version| plain(version.title.as_str()))
}

fn bodies(texts: &Texts) -> Text {
    narratives(texts, |version| {
        let body = version.body.as_ref().map(Markdown::as_str);
        plain(body.unwrap_or(version.title.as_str()))
    })
}

/// Who publishes.
pub(super) struct Reporting {
    pub(super) names: Names,
    /// As an administrator typed it.
    pub(super) reference: Option<String>,
}

/// One programme as an activity.
pub(super) fn activity(one: &PublicProgramme, by: &Reporting, base: &str, today: Day) -> Activity {
    let facts = &one.facts;
    let identifier = facts.identifier.to_string();
    // The standard wants identifiers that begin with that of the reporter.
    let before = || match identifier.rsplit_once('-') {
        Some((before, _)) => before.to_owned(),
        None => identifier.clone(),
    };
    let reporter = Reporter {
        reference: by.reference.clone().unwrap_or_else(before),
        kind: OrganisationKind::Government,
        secondary: None,
        name: by
            .names
            .iter()
            .map(|(lang, name)| Narrative::new(lang.as_str(), plain(name.as_str())))
            .collect(),
    };
    let mut activity = Activity::new(identifier, reporter, status(one.stage));
    activity.title = titles(&facts.texts);
    activity.descriptions = vec![Description {
        kind: None,
        text: bodies(&facts.texts),
    }];
    activity.participants = facts
        .partners
        .iter()
        .map(|(name, role)| Participant {
            role: role_of(*role),
            reference: None,
            kind: None,
            activity: None,
            name: vec![Narrative::new("en", plain(name.as_str()))],
        })
        .collect();
    activity.dates = dates(one, today);
    activity.countries = facts
        .countries
        .iter()
        .map(|(country, share)| Country {
            code: country.to_string(),
            percentage: share.to_string().parse().ok(),
            note: Vec::new(),
        })
        .collect();
    activity.sectors = vec![sector(one, base)];
    let objectives = facts.objectives.iter();
    activity.tags = objectives
        .filter_map(|objective| Tag::gcm(*objective, Vec::new()))
        .collect();
    activity.budgets = budgets(&one.facts);
    activity.results = results(one).into_iter().collect();
    activity
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

fn role_of(role: ProgrammeRole) -> Role {
    match role {
        ProgrammeRole::Funding => Role::Funding,
        ProgrammeRole::Accountable => Role::Accountable,
        ProgrammeRole::Extending => Role::Extending,
        ProgrammeRole::Implementing => Role::Implementing,
    }
}

/// What has not happened is planned, whatever the stage says.
fn dates(one: &PublicProgramme, today: Day) -> Vec<ActivityDate> {
    let from = one.facts.from.day();
    let begun = one.stage != Stage::Pipeline && from.is_some_and(|from| from <= today);
    let over = one.stage == Stage::Closed;
    let start = match begun {
        true => DateKind::ActualStart,
        false => DateKind::PlannedStart,
    };
    let end = one.facts.until.map(|until| match over && until <= today {
        true => (DateKind::ActualEnd, until),
        false => (DateKind::PlannedEnd, until),
    });
    let all = [from.map(|from| (start, from)), end].into_iter().flatten();
    all.filter_map(|(kind, day)| {
        Some(ActivityDate {
            kind,
            day: read_day(&day.to_string())?,
            note: Vec::new(),
        })
    })
    .collect()
}

fn sector(one: &PublicProgramme, base: &str) -> Sector {
    let code = one.facts.code.to_string();
    let dac = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
    let own = |value: String| Some(value).filter(|_| !dac);
    Sector {
        vocabulary: Some(if dac { "1" } else { "99" }.to_owned()),
        vocabulary_uri: own(format!("{base}{OWN_SECTORS}")),
        percentage: None,
        note: match dac {
            true => Vec::new(),
            false => vec![Narrative::new("en", one.facts.sector.to_string())],
        },
        code,
    }
}

fn results(one: &PublicProgramme) -> Option<Outcome> {
    let indicators: Vec<Indicator> = one.indicators.iter().map(indicator).collect();
    (!indicators.is_empty()).then(|| Outcome {
        kind: ResultKind::Output,
        aggregates: None,
        title: titles(&one.facts.texts),
        description: Vec::new(),
        references: Vec::new(),
        indicators,
    })
}

fn indicator(one: &PublicIndicator) -> Indicator {
    use passerelle_group::Measure as M;
    Indicator {
        measure: match one.measure {
            M::Unit => Measure::Unit,
            M::Percentage => Measure::Percentage,
            M::Nominal => Measure::Nominal,
            M::Ordinal => Measure::Ordinal,
            M::Qualitative => Measure::Qualitative,
        },
        ascending: Some(one.ascending),
        aggregates: None,
        title: titles(&one.texts),
        description: Vec::new(),
        references: Vec::new(),
        baselines: one.baseline.iter().filter_map(baseline).collect(),
        periods: one.values.iter().filter_map(period).collect(),
    }
}

fn baseline((year, value): &(u16, Count)) -> Option<Baseline> {
    let value = number(Some(*value))?;
    Some(Baseline {
        year: *year,
        day: None,
        measured: Measured {
            value: Some(value),
            ..Measured::default()
        },
    })
}

fn number(count: Option<Count>) -> Option<passerelle_iati::Decimal> {
    match count? {
        Count::Shown(value) => value.to_string().parse().ok(),
        Count::Hidden => None,
    }
}

/// A period of which there is something to say.
fn period(value: &PublicValue) -> Option<Period> {
    let target = value
        .target
        .and_then(|target| target.to_string().parse().ok());
    let targets = target.map(|target| Measured {
        value: Some(target),
        ..Measured::default()
    });
    let comment = match value.standing {
        ObservationStanding::Contested => {
            vec![Narrative::new("en", "Contested by the other party.")]
        }
        _ => Vec::new(),
    };
    let whole = (number(value.actual), Vec::new());
    let cells = value.cells.iter().map(|(part, count)| {
        let dimension = match part {
            Part::Sex(sex) => (DimensionKind::Sex, sex.to_string()),
            Part::Age(low, high) => (DimensionKind::Age, format!("{low}-{high}")),
            Part::Region(region) => (DimensionKind::Region, plain(region.as_str())),
        };
        let (kind, value) = dimension;
        (number(Some(*count)), vec![Dimension { kind, value }])
    });
    let told = [whole].into_iter().chain(cells);
    let actuals: Vec<Measured> = told
        .filter_map(|(number, dimensions)| {
            Some(Measured {
                value: Some(number?),
                locations: Vec::new(),
                dimensions,
                comment: comment.clone(),
            })
        })
        .collect();
    let targets: Vec<Measured> = targets.into_iter().collect();
    if targets.is_empty() && actuals.is_empty() {
        return None;
    }
    Some(Period {
        start: read_day(&value.from.to_string())?,
        end: read_day(&value.until.to_string())?,
        targets,
        actuals,
    })
}
