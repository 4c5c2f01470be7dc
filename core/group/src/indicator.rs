//! Indicators: values by periods, roll-ups, doubts.

use std::collections::BTreeSet;

use passerelle_model::{Day, Name};
use serde::{Deserialize, Serialize};

use crate::class::{Derived, Own, newest_of_each};
use crate::macros::words;
use crate::terms::bounded;
use crate::{
    Decimal, Error, IndicatorTerms, Ledger, Measure, Object, ObjectRef, Stamp, Terms, Texts,
};

/// Longest period of an observation, in days: a year, the leap day included.
pub const MAX_PERIOD_DAYS: u32 = 366;
/// Most levels of parts of parts that a whole is computed from.
pub const MAX_LEVELS: usize = 8;

words! {
    /// How values of parts become the value of the whole.
    Aggregation {
        /// They add up.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
        /// The newest counts.
        Last = "last",
        /// They do not.
        None = "none",
    }
}

/// One count below the total: by sex, age band or region, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age band, in whole years, both ends included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<(u8, u8)>,
    /// Region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Name>,
    /// The value.
    pub value: Decimal,
}

words! {
    /// Sex, as statistics offices publish it.
    Sex {
        /// Women and girls.
        Female = "female",
        /// Men and boys.
        Male = "male",
        /// Other, or not said.
        Other = "other",
    }
}

/// A value of an indicator for a period. Either may be missing: it is then left out everywhere,
/// never filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day, at most a year later.
    pub until: Day,
    /// What was aimed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Decimal>,
    /// What was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Decimal>,
    /// Where the number comes from.
    pub source: Name,
    /// By sex, age band and region.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    /// In words; the only value of an indicator in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Texts>,
}

impl Period {
    pub(crate) fn check(&self) -> Result<(), Error> {
        bounded("cells", self.cells.len())?;
        if self.until < self.from {
            return Err(Error::Shape("a period ends before it begins"));
        }
        if self.until.days_since(self.from) >= MAX_PERIOD_DAYS {
            return Err(Error::Shape("a period is at most a year"));
        }
        if self.target.is_none() && self.actual.is_none() && self.text.is_none() {
            return Err(Error::Shape("an observation says something"));
        }
        let band = |cell: &Cell| cell.age.is_none_or(|(low, high)| low <= high);
        if !self.cells.iter().all(band) {
            return Err(Error::Shape("an age band ends before it begins"));
        }
        Ok(())
    }
}

words! {
    /// How an observation stands.
    Standing {
        /// Reported; nobody has looked yet.
        Preliminary = "preliminary",
        /// The other side found it right.
        Validated = "validated",
        /// Another party says otherwise; it is shown as contested everywhere until that party
        /// takes it back.
        Contested = "contested",
        /// A later report of the same party replaced it.
        Corrected = "corrected",
    }
}

/// An observation and what the others say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    pub(crate) period: Period,
    pub(crate) stamp: Stamp,
    pub(crate) judged: Vec<Own<(bool, Option<Texts>)>>,
}

impl Observation {
    /// The value.
    pub fn period(&self) -> &Period {
        &self.period
    }

    /// Who reported it.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// What others say of it, by their clocks: whether it is contested, and why.
    pub fn judged(&self) -> impl Iterator<Item = (bool, Option<&Texts>, &Stamp)> {
        let all = self.judged.iter();
        all.map(|own| (own.value.0, own.value.1.as_ref(), &own.stamp))
    }
}

words! {
    /// What makes one ask again. A question, never a block.
    Doubt {
        /// More than three times the target.
        FarAbove = "far-above-target",
        /// Parts and whole do not agree.
        PartsDiffer = "parts-differ",
        /// Cells add up to more than the total.
        CellsExceed = "cells-exceed-total",
        /// Two values for overlapping periods.
        Overlap = "periods-overlap",
    }
}

/// One value that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its period.
    pub period: Period,
    /// Who reported it.
    pub stamp: Stamp,
    /// How it stands.
    pub standing: Derived<Standing>,
    /// What makes one ask again.
    pub doubts: Vec<Doubt>,
}

/// An indicator with the values that count, oldest period first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The values.
    pub values: Vec<Measured>,
    /// The whole by the indicator's own rule; absent where nothing can be said.
    pub total: Option<Derived<Decimal>>,
    /// The same computed from its parts, where it has parts.
    pub from_parts: Option<Derived<Decimal>>,
    /// Of how many parts the value is known, where it has parts.
    pub coverage: Option<Derived<Coverage>>,
}

impl Series {
    /// Of how many parts, of how many, the whole is, where some are missing.
    pub fn partial(&self) -> Option<(usize, usize)> {
        let coverage = self.coverage?.into_value();
        let partial = self.from_parts.is_some() && coverage.is_partial();
        partial.then_some((coverage.known, coverage.of))
    }
}

/// Of how many parts of an indicator a value is known: parts of parts, down to those that have
/// none themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Parts with a value that counts.
    pub known: usize,
    /// All parts.
    pub of: usize,
}

impl Coverage {
    /// Whether a part is missing from the whole.
    pub fn is_partial(self) -> bool {
        self.known < self.of
    }

    fn plus(self, other: Self) -> Self {
        Self {
            known: self.known + other.known,
            of: self.of + other.of,
        }
    }
}

impl Object {
    /// The terms of an indicator: agreed, else offered last.
    pub fn indicator(&self) -> Option<&IndicatorTerms> {
        let revision = match self.agreed() {
            Some(agreed) => agreed.value(),
            None => self.offers().latest()?.revision(),
        };
        match &revision.terms {
            Terms::Indicator(terms) => Some(terms),
            _ => None,
        }
    }

    /// How an observation stands.
    pub fn standing(&self, observation: &Observation) -> Derived<Standing> {
        let replaced = self.observations.iter().any(|other| {
            other.stamp.by == observation.stamp.by
                && (other.period.from, other.period.until)
                    == (observation.period.from, observation.period.until)
                && other.stamp.knows(&observation.stamp)
        });
        let judged = newest_of_each(observation.judged.iter());
        Derived::new(if replaced {
            Standing::Corrected
        } else if judged.is_empty() {
            Standing::Preliminary
        } else if judged.values().any(|own| own.value.0) {
            Standing::Contested
        } else {
            Standing::Validated
        })
    }

    /// The values that count.
    fn measured(&self) -> Vec<Measured> {
        let mut values: Vec<Measured> = self
            .observations
            .iter()
            .map(|observation| Measured {
                period: observation.period.clone(),
                stamp: observation.stamp.clone(),
                standing: self.standing(observation),
                doubts: doubts(&observation.period),
            })
            .filter(|value| *value.standing.value() != Standing::Corrected)
            .collect();
        // Stable: what has the same period stays in the order of observations.
        values.sort_by_key(|value| (value.period.from, value.period.until));
        overlaps(&mut values);
        values
    }
}

impl Ledger {
    /// An indicator's values and its roll-up.
    pub fn series(&self, indicator: &Object) -> Series {
        let mut values = indicator.measured();
        let Some(terms) = indicator.indicator() else {
            return Series {
                values,
                total: None,
                from_parts: None,
                coverage: None,
            };
        };
        let total = total(terms.aggregation, &values).map(|known| known.value);
        let mut counted = BTreeSet::from([indicator.id()]);
        let (parts, coverage) = self.parts(terms, &mut counted, MAX_LEVELS);
        let from_parts = whole(terms.aggregation, parts).map(|known| known.value);
        if let (Some(own), Some(parts)) = (total, from_parts)
            && own != parts
            && let Some(last) = values.last_mut()
        {
            last.doubts.push(Doubt::PartsDiffer);
        }
        // What the parts say counts once: an own value beside them is never added to theirs.
        Series {
            values,
            total: from_parts.or(total).map(Derived::new),
            from_parts: from_parts.map(Derived::new),
            coverage: (coverage.of > 0).then(|| Derived::new(coverage)),
        }
    }
}

impl Ledger {
    /// What each part comes to, no indicator twice: in a circle, or under two wholes, it counts
    /// where it stands first.
    fn parts<'a>(
        &'a self,
        terms: &'a IndicatorTerms,
        counted: &mut BTreeSet<&'a ObjectRef>,
        levels: usize,
    ) -> (Vec<Known>, Coverage) {
        let (mut known, mut coverage) = (Vec::new(), Coverage::default());
        let Some(levels) = levels.checked_sub(1) else {
            return (known, coverage);
        };
        for id in &terms.parts {
            if !counted.insert(id) {
                continue;
            }
            let Some((part, terms)) = self
                .object(id)
                .and_then(|one| Some((one, one.indicator()?)))
            else {
                // Named, and not read yet: it is missing.
                coverage.of += 1;
                continue;
            };
            let (below, covers) = self.parts(terms, counted, levels);
            let below = whole(terms.aggregation, below);
            let own = below.or_else(|| total(terms.aggregation, &part.measured()));
            coverage = coverage.plus(match below {
                Some(_) => covers,
                None => Coverage {
                    known: usize::from(own.is_some()),
                    of: 1,
                },
            });
            known.extend(own);
        }
        (known, coverage)
    }
}

/// A value and the last day it speaks of.
#[derive(Debug, Clone, Copy)]
struct Known {
    until: Day,
    value: Decimal,
}

fn doubts(period: &Period) -> Vec<Doubt> {
    let mut found = Vec::new();
    let three = |target: Decimal| target.plus(target).and_then(|two| two.plus(target)).ok();
    if let (Some(actual), Some(target)) = (period.actual, period.target)
        && target > Decimal::ZERO
        && three(target).is_some_and(|three| actual > three)
    {
        found.push(Doubt::FarAbove);
    }
    let by = |one: fn(&Cell) -> bool| {
        let cells = period.cells.iter().filter(|cell| one(cell));
        cells
            .map(|cell| cell.value)
            .try_fold(Decimal::ZERO, Decimal::plus)
            .ok()
    };
    let alone: [fn(&Cell) -> bool; 3] = [
        |cell| cell.sex.is_some() && cell.age.is_none() && cell.region.is_none(),
        |cell| cell.sex.is_none() && cell.age.is_some() && cell.region.is_none(),
        |cell| cell.sex.is_none() && cell.age.is_none() && cell.region.is_some(),
    ];
    let over = |sum: Decimal| period.actual.is_some_and(|actual| sum > actual);
    if alone.into_iter().filter_map(by).any(over) {
        found.push(Doubt::CellsExceed);
    }
    found
}

fn overlaps(values: &mut [Measured]) {
    let mut last: Option<Day> = None;
    for value in values {
        if last.is_some_and(|last| value.period.from <= last) {
            value.doubts.push(Doubt::Overlap);
        }
        last = last.max(Some(value.period.until));
    }
}

/// Contested values do not enter a total: it would hide the contest.
fn total(rule: Aggregation, values: &[Measured]) -> Option<Known> {
    let counted = values
        .iter()
        .filter(|value| *value.standing.value() != Standing::Contested)
        .filter(|value| !value.doubts.contains(&Doubt::Overlap));
    let known = counted.filter_map(|value| {
        let until = value.period.until;
        value.period.actual.map(|value| Known { until, value })
    });
    whole(rule, known.collect())
}

fn whole(rule: Aggregation, known: Vec<Known>) -> Option<Known> {
    let newest = known.iter().max_by_key(|known| known.until).copied()?;
    let count = i64::try_from(known.len()).ok()?;
    let sum = || {
        let mut values = known.iter().map(|known| known.value);
        values.try_fold(Decimal::ZERO, Decimal::plus).ok()
    };
    let value = match rule {
        Aggregation::Sum => sum()?,
        Aggregation::Mean => sum()?.over(count).ok()?,
        Aggregation::Last => newest.value,
        Aggregation::None => return None,
    };
    let until = newest.until;
    Some(Known { until, value })
}

impl IndicatorTerms {
    /// Whether it has numbers at all.
    pub fn is_numeric(&self) -> bool {
        self.measure != Measure::Qualitative
    }
}
