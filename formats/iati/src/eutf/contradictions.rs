//! What contradicts itself in the tables: facts, not sentences.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::tables::{Project, Row};
use crate::Decimal;

/// An actual so many times its target raises a question.
const FAR: u32 = 3;

/// Something that cannot be, or should be asked about. Activities are named as in the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contradiction {
    /// A decision has the value of its contracts together: a plain sum counts it twice.
    Repeated {
        /// The decision.
        decision: String,
        /// Its contracts with a value.
        contracts: Vec<String>,
        /// The indicator.
        indicator: String,
        /// The value.
        value: Decimal,
    },
    /// A decision has another value than all its contracts together.
    Differs {
        /// The decision.
        decision: String,
        /// Its contracts, all of them.
        contracts: Vec<String>,
        /// The indicator.
        indicator: String,
        /// What the contracts aimed at, together.
        target: Option<Decimal>,
        /// What the contracts reached, together.
        below: Decimal,
        /// What the decision reached.
        above: Decimal,
    },
    /// More than three times the target was reached.
    FarAbove {
        /// The activity.
        activity: String,
        /// The indicator.
        indicator: String,
        /// What was aimed at.
        target: Decimal,
        /// What was reached.
        actual: Decimal,
    },
    /// Indicators with a value are reported for more than a year at once.
    LongPeriod {
        /// The activity.
        activity: String,
        /// First day.
        start: Date,
        /// Last day.
        end: Date,
        /// How many indicators.
        indicators: u32,
    },
    /// Contracts are worth more than their decision.
    AboveDecision {
        /// The decision.
        decision: String,
        /// What was decided.
        decided: Decimal,
        /// What the contracts in the table are worth.
        contracted: Decimal,
    },
    /// No start is known; the standard requires one.
    NoStart {
        /// The activity.
        activity: String,
    },
    /// Several countries or topics without shares: equal ones were assumed.
    SharesAssumed {
        /// The activity.
        activity: String,
        /// How many countries.
        countries: u32,
        /// How many topics.
        topics: u32,
    },
    /// Results of an activity that is not in the table.
    Unknown {
        /// The activity.
        activity: String,
    },
}

impl Contradiction {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Repeated { .. } => "Q_IATI_REPEATED",
            Self::Differs { .. } => "Q_IATI_DIFFERS",
            Self::FarAbove { .. } => "Q_IATI_FAR_ABOVE",
            Self::LongPeriod { .. } => "Q_IATI_LONG_PERIOD",
            Self::AboveDecision { .. } => "Q_IATI_ABOVE_DECISION",
            Self::NoStart { .. } => "Q_IATI_NO_START",
            Self::SharesAssumed { .. } => "Q_IATI_SHARES_ASSUMED",
            Self::Unknown { .. } => "Q_IATI_UNKNOWN_ACTIVITY",
        }
    }
}

pub(super) fn find(projects: &[Project], rows: &[Row]) -> Vec<Contradiction> {
    let tables = Tables::of(projects, rows);
    let mut found = tables.unknown(rows);
    for project in projects {
        found.extend(of_project(project));
        found.extend(tables.far_above(&project.id));
        found.extend(tables.long_periods(&project.id));
        found.extend(tables.above_decision(project));
        found.extend(tables.between_levels(project));
    }
    found
}

/// Both tables, by activity.
struct Tables<'t> {
    projects: BTreeMap<&'t str, &'t Project>,
    rows: BTreeMap<&'t str, Vec<&'t Row>>,
}

fn of_project(project: &Project) -> Vec<Contradiction> {
    let activity = || project.id.clone();
    let count = |list: &[String]| u32::try_from(list.len()).unwrap_or(u32::MAX);
    let (countries, topics) = (count(&project.countries), count(&project.topics));
    let start = project.start.is_none().then(|| Contradiction::NoStart {
        activity: activity(),
    });
    let shares = (countries > 1 || topics > 1).then(|| Contradiction::SharesAssumed {
        activity: activity(),
        countries,
        topics,
    });
    start.into_iter().chain(shares).collect()
}

impl<'t> Tables<'t> {
    fn of(projects: &'t [Project], rows: &'t [Row]) -> Self {
        let mut by_activity: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.is_empty()) {
            by_activity.entry(&row.project).or_default().push(row);
        }
        Self {
            projects: projects
                .iter()
                .map(|project| (project.id.as_str(), project))
                .collect(),
            rows: by_activity,
        }
    }

    fn rows(&self, id: &str) -> &[&'t Row] {
        self.rows.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn unknown(&self, rows: &[Row]) -> Vec<Contradiction> {
        let all: BTreeSet<&str> = rows.iter().map(|row| row.project.as_str()).collect();
        let unknown = all.into_iter().filter(|id| !self.projects.contains_key(id));
        let unknown = unknown.map(|id| Contradiction::Unknown {
            activity: id.to_owned(),
        });
        unknown.collect()
    }

    fn far_above(&self, id: &str) -> Vec<Contradiction> {
        let far = self.rows(id).iter().filter_map(|row| {
            let (target, actual) = (row.target?, row.actual?);
            let limit = target.times(FAR).ok()?;
            (actual > limit).then(|| Contradiction::FarAbove {
                activity: row.project.clone(),
                indicator: row.indicator.clone(),
                target,
                actual,
            })
        });
        far.collect()
    }

    fn long_periods(&self, id: &str) -> Vec<Contradiction> {
        let mut periods: BTreeMap<(Date, Date), u32> = BTreeMap::new();
        for row in self
            .rows(id)
            .iter()
            .filter(|row| is_long(row.start, row.end))
        {
            *periods.entry((row.start, row.end)).or_default() += 1;
        }
        let long = |((start, end), indicators)| Contradiction::LongPeriod {
            activity: id.to_owned(),
            start,
            end,
            indicators,
        };
        periods.into_iter().map(long).collect()
    }

    fn above_decision(&self, decision: &Project) -> Option<Contradiction> {
        let contracts = self.contracts(decision);
        let mut worth = contracts.iter().filter_map(|contract| contract.budget);
        let contracted = worth.try_fold(Decimal::ZERO, Decimal::plus).ok()?;
        let decided = decision.budget?;
        (contracted > decided).then(|| Contradiction::AboveDecision {
            decision: decision.id.clone(),
            decided,
            contracted,
        })
    }

    /// The actuals of a decision against those of its contracts.
    fn between_levels(&self, decision: &Project) -> Vec<Contradiction> {
        let contracts = self.contracts(decision);
        let rows = self.rows(&decision.id).iter();
        let found = rows.filter_map(|row| self.between(decision, &contracts, row));
        found.collect()
    }

    fn between(
        &self,
        decision: &Project,
        contracts: &[&Project],
        row: &Row,
    ) -> Option<Contradiction> {
        let above = row.actual?;
        let same: Vec<&Row> = contracts
            .iter()
            .flat_map(|one| self.same(one, row))
            .collect();
        let with: Vec<&Row> = same
            .iter()
            .copied()
            .filter(|one| one.actual.is_some())
            .collect();
        let below = total(with.iter().filter_map(|one| one.actual))?;
        let named = |rows: &[&Row]| rows.iter().map(|one| one.project.clone()).collect();
        if below == above {
            return Some(Contradiction::Repeated {
                decision: decision.id.clone(),
                contracts: named(&with),
                indicator: row.indicator.clone(),
                value: above,
            });
        }
        // What contracts outside the table reached is not known.
        (contracts.len() == decision.children.len()).then(|| Contradiction::Differs {
            decision: decision.id.clone(),
            contracts: contracts.iter().map(|one| one.id.clone()).collect(),
            indicator: row.indicator.clone(),
            target: total(same.iter().filter_map(|one| one.target)),
            below,
            above,
        })
    }

    /// The row of the same indicator and period.
    fn same(&self, project: &Project, row: &Row) -> Option<&'t Row> {
        let key = |row: &'_ Row| (row.indicator.clone(), row.start, row.end);
        let mut rows = self.rows(&project.id).iter().copied();
        rows.find(|other| key(other) == key(row))
    }

    fn contracts(&self, decision: &Project) -> Vec<&'t Project> {
        let children = decision.children.iter();
        children
            .filter_map(|id| self.projects.get(id.as_str()).copied())
            .collect()
    }
}

/// None if there is nothing to add, or the sum is out of range.
fn total(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut values = values.peekable();
    values.peek()?;
    values.try_fold(Decimal::ZERO, Decimal::plus).ok()
}

/// Longer than a year: the last day is a year or more after the first.
fn is_long(start: Date, end: Date) -> bool {
    let span = jiff::Span::new().years(1);
    start
        .checked_add(span)
        .is_ok_and(|next_year| end >= next_year)
}
