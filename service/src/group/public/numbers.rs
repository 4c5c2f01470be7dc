//! Numbers that may be read by everybody: small cells are left out, and so is whatever would let
//! somebody compute them (rule G39).
//!
//! Cells by sex, by age band and by region are three lists with one total. Where indicators are
//! parts of one another and one of them holds a small number, none of them shows its numbers.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_group::{
    Cell, Decimal, IndicatorTerms, Kind, Measure, Object, ObjectRef, ObservationStanding, Period,
    Series, Sex, Terms, Texts,
};
use passerelle_iati::cells;
use passerelle_model::{Code, Day, Name, PartyId};

use super::{Looking, Public, PublicCommitment};

/// The smallest count above zero that is shown.
pub const SMALLEST_SHOWN: u64 = cells::DEFAULT_K;

/// A number that everybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It.
    Shown(Decimal),
    /// Too small, or it would betray one that is.
    Hidden,
}

/// Which part of the whole a cell is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// By sex.
    Sex(Sex),
    /// By age band, both ends included.
    Age(u8, u8),
    /// By region.
    Region(Name),
}

/// An indicator by which a public commitment is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicIndicator {
    /// Its name.
    pub id: ObjectRef,
    /// What it is called.
    pub texts: Texts,
    /// Its code in the catalogue.
    pub code: Code,
    /// What is counted.
    pub unit: Name,
    /// How.
    pub measure: Measure,
    /// Whether more is better.
    pub ascending: bool,
    /// Year and value before.
    pub baseline: Option<(u16, Count)>,
    /// The value aimed at.
    pub target: Option<Decimal>,
    /// Values, oldest period first.
    pub values: Vec<PublicValue>,
    /// The whole by the indicator's own rule; absent where it would betray a part.
    pub total: Option<Decimal>,
    /// Of how many parts, of how many, the whole is, where some are missing.
    pub partial: Option<(usize, usize)>,
}

/// A value for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicValue {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// What was aimed at.
    pub target: Option<Decimal>,
    /// What was reached; absent where nobody said.
    pub actual: Option<Count>,
    /// By sex, age band and region.
    pub cells: Vec<(Part, Count)>,
    /// Preliminary, validated or contested.
    pub standing: ObservationStanding,
    /// Who reported it.
    pub by: PartyId,
    /// Where the number comes from.
    pub source: Name,
}

impl Looking<'_> {
    /// Gives each commitment the indicators that all agreed.
    pub(super) fn measure(&self, commitments: &mut [PublicCommitment]) {
        let families = self.families();
        for commitment in commitments {
            let object = self.ledger.object(&commitment.head.id);
            let ids = object
                .and_then(Object::commitment)
                .map(|terms| &terms.indicators);
            let ids = ids.into_iter().flatten();
            let all = ids.filter_map(|id| self.indicator(self.ledger.object(id)?, &families));
            commitment.indicators = all.collect();
        }
    }

    /// Gives each programme those of its indicators that are public through a commitment.
    pub(super) fn measured(&self, public: &mut Public) {
        let commitments = public.commitments.iter();
        let known: BTreeMap<ObjectRef, PublicIndicator> = commitments
            .flat_map(|commitment| &commitment.indicators)
            .map(|indicator| (indicator.id.clone(), indicator.clone()))
            .collect();
        for programme in &mut public.programmes {
            let ids = programme.facts.indicators.iter();
            programme.indicators = ids.filter_map(|id| known.get(id).cloned()).collect();
            programme
                .facts
                .indicators
                .retain(|id| known.contains_key(id));
        }
    }

    fn indicator(
        &self,
        object: &Object,
        families: &BTreeSet<ObjectRef>,
    ) -> Option<PublicIndicator> {
        let agreed = object.agreed()?;
        let Terms::Indicator(terms) = &agreed.value().terms else {
            return None;
        };
        let series = self.ledger.series(object);
        let closed = families.contains(object.id());
        let value = |value: &passerelle_group::Measured| {
            let (actual, cells) = match closed {
                true => (value.period.actual.map(|_| Count::Hidden), Vec::new()),
                false => published(terms, &value.period),
            };
            PublicValue {
                from: value.period.from,
                until: value.period.until,
                target: value.period.target,
                actual,
                cells,
                standing: *value.standing.value(),
                by: value.stamp.by.clone(),
                source: value.period.source.clone(),
            }
        };
        let values: Vec<PublicValue> = series.values.iter().map(value).collect();
        Some(PublicIndicator {
            id: object.id().clone(),
            texts: agreed.value().texts.clone(),
            code: terms.code.clone(),
            unit: terms.unit.clone(),
            measure: terms.measure,
            ascending: terms.ascending,
            baseline: terms
                .baseline
                .map(|(year, value)| (year, shown(terms, value))),
            target: terms.target,
            total: whole(&series, &values, closed),
            partial: series.partial(),
            values,
        })
    }

    /// Indicators that are parts of one another where one of them holds a small number.
    fn families(&self) -> BTreeSet<ObjectRef> {
        let mut near: BTreeMap<&ObjectRef, Vec<&ObjectRef>> = BTreeMap::new();
        let mut waiting = Vec::new();
        for object in self.ledger.of_kind(Kind::Indicator) {
            let Some(terms) = object.indicator() else {
                continue;
            };
            for part in &terms.parts {
                near.entry(object.id()).or_default().push(part);
                near.entry(part).or_default().push(object.id());
            }
            let mut actuals = object.observations().iter().map(|one| one.period().actual);
            if actuals.any(|actual| actual.is_some_and(|one| small(terms, one))) {
                waiting.push(object.id());
            }
        }
        waiting.retain(|id| near.contains_key(id));
        let mut found: BTreeSet<ObjectRef> = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if found.insert(id.clone()) {
                waiting.extend(near.get(id).into_iter().flatten().copied());
            }
        }
        found
    }
}

/// A sum of what is shown betrays what is not.
fn whole(series: &Series, values: &[PublicValue], closed: bool) -> Option<Decimal> {
    let hidden = |value: &PublicValue| value.actual == Some(Count::Hidden);
    let betrays = closed || values.iter().any(hidden);
    let total = series.total.as_ref().map(|total| *total.value());
    total.filter(|_| !betrays)
}

fn shown(terms: &IndicatorTerms, value: Decimal) -> Count {
    match small(terms, value) {
        true => Count::Hidden,
        false => Count::Shown(value),
    }
}

/// Whether it counts something, and there are few of it.
fn small(terms: &IndicatorTerms, value: Decimal) -> bool {
    let limit = i64::try_from(SMALLEST_SHOWN).unwrap_or(i64::MAX);
    let limit = Decimal::whole(limit).unwrap_or(Decimal::ZERO);
    terms.measure == Measure::Unit && value > Decimal::ZERO && value < limit
}

/// The total of a period and its cells. Cells by more than one of sex, age and region are not
/// shown: lists that share more than their total could betray one another.
fn published(terms: &IndicatorTerms, period: &Period) -> (Option<Count>, Vec<(Part, Count)>) {
    let Some(actual) = period.actual else {
        return (None, Vec::new());
    };
    let total = shown(terms, actual);
    let lists = lists(&period.cells);
    let Some(whole) = count(actual).filter(|_| terms.measure == Measure::Unit) else {
        return (Some(total), Vec::new());
    };
    if total == Count::Hidden {
        let all = lists.into_values().flatten();
        return (
            Some(total),
            all.map(|(part, _)| (part, Count::Hidden)).collect(),
        );
    }
    let mut cells = Vec::new();
    for list in lists.into_values() {
        let Some(list) = suppressed(list, whole) else {
            // A total that must not be told is told by no other list either.
            return (Some(Count::Hidden), Vec::new());
        };
        cells.extend(list);
    }
    (Some(total), cells)
}

/// Cells by one thing alone, by that thing.
fn lists(cells: &[Cell]) -> BTreeMap<u8, Vec<(Part, Decimal)>> {
    let mut lists: BTreeMap<u8, Vec<(Part, Decimal)>> = BTreeMap::new();
    for cell in cells {
        let (of, part) = match (cell.sex, cell.age, &cell.region) {
            (Some(sex), None, None) => (0, Part::Sex(sex)),
            (None, Some((low, high)), None) => (1, Part::Age(low, high)),
            (None, None, Some(region)) => (2, Part::Region(region.clone())),
            _ => continue,
        };
        lists.entry(of).or_default().push((part, cell.value));
    }
    for list in lists.values_mut() {
        list.sort();
    }
    lists
}

/// A list without its small cells; `None` where its total cannot be shown. What is not said in
/// the cells is a cell too, where it is something: nobody is fooled by a hidden nothing. Cells that overlap, or are more than the whole, are all hidden.
fn suppressed(list: Vec<(Part, Decimal)>, total: u64) -> Option<Vec<(Part, Count)>> {
    let counts: Option<Vec<u64>> = list.iter().map(|(_, value)| count(*value)).collect();
    let sum = |counts: &Vec<u64>| {
        counts
            .iter()
            .try_fold(0_u64, |sum, one| sum.checked_add(*one))
    };
    let rest = counts
        .as_ref()
        .and_then(sum)
        .and_then(|sum| total.checked_sub(sum));
    let hide = |list: Vec<(Part, Decimal)>| {
        let all = list.into_iter();
        all.map(|(part, _)| (part, Count::Hidden)).collect()
    };
    let (Some(mut counts), Some(rest), false) = (counts, rest, overlapping(&list)) else {
        return Some(hide(list));
    };
    if rest > 0 {
        counts.push(rest);
    }
    let Ok(shown) = cells::suppress_list(&counts, SMALLEST_SHOWN) else {
        return Some(hide(list));
    };
    shown.total?;
    let pairs = list.into_iter().zip(shown.cells);
    let seen = |((part, value), shown): ((Part, Decimal), Option<u64>)| match shown {
        Some(_) => (part, Count::Shown(value)),
        None => (part, Count::Hidden),
    };
    Some(pairs.map(seen).collect())
}

/// Whether two cells of a sorted list count the same people.
fn overlapping(list: &[(Part, Decimal)]) -> bool {
    list.iter()
        .zip(list.iter().skip(1))
        .any(|((a, _), (b, _))| match (a, b) {
            (Part::Age(_, high), Part::Age(low, _)) => low <= high,
            (a, b) => a == b,
        })
}

/// A number without decimals and sign.
fn count(value: Decimal) -> Option<u64> {
    value.to_string().parse().ok()
}
