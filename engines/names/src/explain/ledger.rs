//! Who gets what: each measurement is brought home to the meetings, to what stayed alone, to a
//! rule or to the dates.

use std::ops::Range;

use super::{Line, Rule, What};
use crate::align::{Alignment, Meeting};
use crate::dates::Relation;
use crate::features::{MEASURES, Measure};
use crate::name::{MAX_TOKENS, Name, Role};
use crate::spelled::spelled;
use crate::tables::Tables;

/// Where a measurement is brought home.
#[derive(Debug, Clone, Copy)]
enum Home {
    Worst,
    SecondWorst,
    Meetings,
    Alone,
    Rule(Rule),
    Dates,
}

fn home(measure: usize) -> Home {
    const OF: &[(Measure, Home)] = {
        use Home::{Alone, Dates, Meetings, SecondWorst, Worst};
        &[
            (Measure::Capped, Meetings),
            (Measure::WorstBits, Worst),
            (Measure::WorstLoss, Worst),
            (Measure::SumLoss, Meetings),
            (Measure::WorstShare, Worst),
            (Measure::MeanShare, Meetings),
            (Measure::AloneLess, Alone),
            (Measure::AloneMore, Alone),
            (Measure::AloneLessCount, Alone),
            (Measure::AloneMoreCount, Alone),
            (Measure::Met, Meetings),
            (Measure::FewerWords, Home::Rule(Rule::Words)),
            (Measure::MoreWords, Home::Rule(Rule::Words)),
            (Measure::Turned, Home::Rule(Rule::Order)),
            (Measure::Comma, Home::Rule(Rule::Order)),
            (Measure::SonTurned, Home::Rule(Rule::Order)),
            (Measure::Initials, Home::Rule(Rule::Initials)),
            (Measure::InitialsAlone, Home::Rule(Rule::Initials)),
            (Measure::Scripts, Home::Rule(Rule::Scripts)),
            (Measure::WorstRarity, Worst),
            (Measure::Leftover, Alone),
            (Measure::Ends, Home::Rule(Rule::Ends)),
            (Measure::SecondShare, SecondWorst),
            (Measure::Glued, Home::Rule(Rule::Glued)),
            (Measure::Exact, Meetings),
            (Measure::WorstPlace, Worst),
            (Measure::MostRarity, Meetings),
            (Measure::WorstLossPerLetter, Worst),
            (Measure::Honorifics, Home::Rule(Rule::Honorifics)),
            (Measure::WorstLength, Worst),
            (Measure::SumRarity, Meetings),
            (Measure::AloneFirst, Alone),
            (Measure::EndsVowel, Home::Rule(Rule::Ends)),
            (Measure::AloneShare, Alone),
            (Measure::NameBits, Home::Rule(Rule::NameBesideDate)),
            (Measure::DateRelation, Dates),
            (Measure::DateYears, Dates),
            (Measure::DateDigits, Dates),
            (Measure::DateParts, Dates),
            (Measure::DateRest, Dates),
        ]
    };
    let found = OF.iter().find(|(one, _)| *one as usize == measure);
    found.map_or(Home::Meetings, |(_, home)| *home)
}

/// Who gets what.
pub(super) struct Ledger<'a> {
    names: [&'a Name; 2],
    alignment: &'a Alignment,
    start: i32,
    meetings: [i32; MAX_TOKENS],
    alone: [[i32; MAX_TOKENS]; 2],
    rules: Vec<(Rule, i32)>,
    dates: Option<i32>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(a: &'a Name, b: &'a Name, alignment: &'a Alignment, start: i32) -> Self {
        Self {
            names: [a, b],
            alignment,
            start,
            meetings: [0; MAX_TOKENS],
            alone: [[0; MAX_TOKENS]; 2],
            rules: Vec::new(),
            dates: None,
        }
    }

    pub(super) fn rule(&mut self, rule: Rule, units: i32) {
        match self.rules.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, sum)) => *sum += units,
            None => self.rules.push((rule, units)),
        }
    }

    pub(super) fn book(&mut self, parts: &[i32; MEASURES]) {
        let mut sums = [0; 2];
        let [worst, second] = self.worst_two();
        for (measure, units) in parts.iter().enumerate() {
            match home(measure) {
                Home::Worst => self.give(worst, *units),
                Home::SecondWorst => self.give(second.or(worst), *units),
                Home::Meetings => sums[0] += units,
                Home::Alone => sums[1] += units,
                Home::Rule(rule) => self.rule(rule, *units),
                Home::Dates => self.dates = Some(self.dates.unwrap_or(0) + units),
            }
        }
        self.share_met(sums[0]);
        self.share_alone(sums[1]);
        if self.dates == Some(0) {
            self.dates = None;
        }
    }

    pub(super) fn book_dates(&mut self, base: i32, parts: &[i32; MEASURES]) {
        let mut dates = base;
        let mut names = 0;
        for (measure, units) in parts.iter().enumerate() {
            match home(measure) {
                Home::Dates => dates += units,
                _ => names += units,
            }
        }
        self.rule(Rule::NameBesideDate, names);
        self.dates = Some(dates);
    }

    fn give(&mut self, to: Option<usize>, units: i32) {
        match to.and_then(|at| self.meetings.get_mut(at)) {
            Some(place) => *place += units,
            None => self.rule(Rule::NothingMet, units),
        }
    }

    /// The meetings whose letters fit worst, as the measurements take them.
    fn worst_two(&self) -> [Option<usize>; 2] {
        let (mut worst, mut second) = ((2.0_f32, None), (2.0_f32, None));
        for (at, one) in self.alignment.meetings().iter().enumerate() {
            if one.initial {
                continue;
            }
            let share = one.evidence / one.ideal.max(1.0);
            if share < worst.0 {
                second = worst;
                worst = (share, Some(at));
            } else if share < second.0 {
                second = (share, Some(at));
            }
        }
        [worst.1, second.1]
    }

    fn share_met(&mut self, units: i32) {
        let meetings = self.alignment.meetings();
        let weights = meetings
            .iter()
            .map(|one| one.evidence.min(one.rarity).max(0.1));
        let shares = shares(units, weights);
        for (place, share) in self.meetings.iter_mut().zip(&shares) {
            *place += share;
        }
        if meetings.is_empty() {
            self.rule(Rule::NothingMet, units);
        }
    }

    fn share_alone(&mut self, units: i32) {
        let mut tokens = Vec::new();
        for (side, (name, alone)) in self.names.iter().zip(self.alignment.alone).enumerate() {
            for (at, token) in name.tokens().iter().enumerate() {
                if alone & (1 << at) != 0 && token.role == Role::Name {
                    tokens.push((side, at, token.rarity));
                }
            }
        }
        let shares = shares(units, tokens.iter().map(|token| token.2.max(0.1)));
        for ((side, at, _), share) in tokens.iter().zip(&shares) {
            if let Some(place) = self.alone.get_mut(*side).and_then(|side| side.get_mut(*at)) {
                *place += share;
            }
        }
        if tokens.is_empty() {
            self.rule(Rule::NothingAlone, units);
        }
    }

    pub(super) fn lines(&self, tables: &Tables, turned: bool, relation: Relation) -> Vec<Line> {
        let mut lines = vec![Line {
            what: What::Start,
            units: self.start,
        }];
        let mut met: Vec<(&Meeting, i32)> = self
            .alignment
            .meetings()
            .iter()
            .zip(self.meetings)
            .collect();
        met.sort_by_key(|(one, _)| if turned { one.b.0 } else { one.a.0 });
        for (one, units) in met {
            lines.push(Line {
                what: self.met(tables, one, turned),
                units,
            });
        }
        for side in 0..2 {
            let real = if turned { 1 - side } else { side };
            lines.extend(self.alone_of(real, side == 1));
        }
        let mut rules = self.rules.clone();
        rules.sort_by_key(|(rule, _)| *rule);
        let kept = rules.into_iter().filter(|(_, units)| *units != 0);
        lines.extend(kept.map(|(rule, units)| Line {
            what: What::Rule(rule),
            units,
        }));
        if let Some(units) = self.dates {
            lines.push(Line {
                what: What::Dates(relation),
                units,
            });
        }
        lines
    }

    fn alone_of(&self, side: usize, second: bool) -> Vec<Line> {
        let (Some(name), Some(alone), Some(units)) = (
            self.names.get(side),
            self.alignment.alone.get(side),
            self.alone.get(side),
        ) else {
            return Vec::new();
        };
        let tokens = name.tokens().iter().zip(units).enumerate();
        tokens
            .filter(|(at, _)| alone & (1 << at) != 0)
            .map(|(_, (token, units))| Line {
                what: What::Alone {
                    second,
                    at: usize::from(token.from)..usize::from(token.to),
                    role: token.role,
                },
                units: *units,
            })
            .collect()
    }

    fn met(&self, tables: &Tables, one: &Meeting, turned: bool) -> What {
        let [first, second] = self.names;
        let (a, b) = (range(first, one.a), range(second, one.b));
        let spelling = spelled(tables, (first, one.a), (second, one.b), turned);
        let (a, b) = if turned { (b, a) } else { (a, b) };
        if one.initial {
            return What::Initial { a, b };
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bits are between -40 and 200"
        )]
        let hundredths = |bits: f32| (bits * 100.0).round() as i32;
        What::Met {
            a,
            b,
            letters: hundredths(one.evidence),
            rarity: hundredths(one.rarity),
            spelling,
        }
    }
}

fn range(name: &Name, (from, len): (u8, u8)) -> Range<usize> {
    let tokens = name.tokens();
    let first = tokens.get(usize::from(from));
    let last = tokens.get(usize::from(from + len).saturating_sub(1));
    let start = first.map_or(0, |token| usize::from(token.from));
    start..last.map_or(start, |token| usize::from(token.to))
}

/// Parts whose sum is the whole, in proportion to weights; the last gets what rounding left.
fn shares(units: i32, weights: impl Iterator<Item = f32> + Clone) -> Vec<i32> {
    let total: f32 = weights.clone().sum();
    let mut left = units;
    let mut shares: Vec<i32> = weights
        .map(|weight| {
            #[expect(clippy::cast_possible_truncation, reason = "a part of the units")]
            let share = (f64::from(units) * f64::from(weight) / f64::from(total)).round() as i32;
            left -= share;
            share
        })
        .collect();
    if let Some(last) = shares.last_mut() {
        *last += left;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        for units in [-1000, -7, 0, 1, 3, 999] {
            let parts = shares(units, [0.3_f32, 5.0, 2.2].into_iter());
            assert_eq!(parts.iter().sum::<i32>(), units);
        }
        assert!(shares(5, std::iter::empty()).is_empty());
    }

    #[test]
    fn every_measurement_has_a_home() {
        for measure in 0..MEASURES {
            let _ = home(measure);
        }
    }
}
