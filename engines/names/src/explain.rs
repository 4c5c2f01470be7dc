//! The explanation: lines a person can read, whose bits are the score.
//!
//! The score is a sum of trees over measurements, and every answer of a tree belongs to one
//! measurement. Here each measurement is brought home: what is measured of the worst meeting goes
//! to that meeting, what is summed over all goes to each in proportion to what it brought, what
//! stayed alone goes to what stayed alone, and the rest to the rule that measured it. All are
//! whole 1/256 bits, so nothing is lost on the way.

use std::fmt;
use std::ops::Range;

use crate::align::{Alignment, Meeting};
use crate::compare::{IDENTICAL, Person, dated_features, held, identical, in_order};
use crate::dates::{self, Relation};
use crate::features::{MEASURES, Measure, measure};
use crate::name::{MAX_TOKENS, Name, Role};
use crate::score::Score;
use crate::spelled::{Letters, spelled};
use crate::tables::Tables;

/// Why two names have their score.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The lines; their bits add up to the score.
    pub lines: Vec<Line>,
    /// The score.
    pub score: Score,
    /// Some words were left aside because there were too many.
    pub cut: bool,
    /// A name has words in two scripts.
    pub mixed: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it says.
    pub what: What,
    /// What it adds to the score, in 1/256 bit.
    pub units: i32,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Where every comparison begins.
    Start,
    /// Two words, or two and one, are taken for the same.
    Met {
        /// Bytes of the first text.
        a: Range<usize>,
        /// Bytes of the second text.
        b: Range<usize>,
        /// Evidence of the letters alone, in 1/100 bit.
        letters: i32,
        /// How surprising the word is among names, in 1/100 bit.
        rarity: i32,
        /// How the letters stand for each other.
        spelling: Letters,
    },
    /// A letter is taken for the word it begins.
    Initial {
        /// Bytes of the first text.
        a: Range<usize>,
        /// Bytes of the second text.
        b: Range<usize>,
    },
    /// A word of one name has no counterpart in the other.
    Alone {
        /// Whether it is of the second name.
        second: bool,
        /// Bytes of that text.
        at: Range<usize>,
        /// What it is.
        role: Role,
    },
    /// A rule about the names as a whole.
    Rule(Rule),
    /// What the birth dates are to each other.
    Dates(Relation),
    /// A date is on paper and does not exist.
    ImpossibleDate,
}

/// Rules about the names as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// No word has a counterpart.
    NothingMet,
    /// Every word of one name has a counterpart.
    NothingAlone,
    /// The order of the words, and commas.
    Order,
    /// The scripts of the two names.
    Scripts,
    /// Vowels at the end, which tell Karim from Karima.
    Ends,
    /// Letters that stand for words.
    Initials,
    /// Titles and forms of address.
    Honorifics,
    /// How many words there are.
    Words,
    /// Words that only one side writes as one.
    Glued,
    /// Both names are the same letter by letter.
    Identical,
    /// Where dates are compared, names that are equal prove less, and others more.
    NameBesideDate,
}

/// Explains the score of two names.
#[must_use]
pub fn explain(a: Person<'_>, b: Person<'_>) -> Explanation {
    explain_with(Tables::builtin(), a, b)
}

pub(crate) fn explain_with(tables: &Tables, a: Person<'_>, b: Person<'_>) -> Explanation {
    let turned = !in_order(a.0, b.0);
    let (first, second) = if turned { (b, a) } else { (a, b) };
    let alignment = Alignment::of(tables, first.0, second.0);
    let features = measure(first.0, second.0, &alignment);
    let (base, parts) = tables.names.parts(&features);
    let mut ledger = Ledger::new(first.0, second.0, &alignment, base);
    ledger.book(&parts);
    let mut score = tables.names.score(&features);
    if first.1.is_some() || second.1.is_some() {
        let (features, _) = dated_features(tables, first, second);
        let (base, parts) = tables.dates.parts(&features);
        ledger.book_dates(base, &parts);
        score += tables.dates.score(&features);
    }
    let held = held(&features, score);
    if held < score {
        ledger.rule(Rule::NothingMet, held - score);
        score = held;
    }
    if identical(first, second) && score < IDENTICAL {
        ledger.rule(Rule::Identical, IDENTICAL - score);
        score = IDENTICAL;
    }
    let mut lines = ledger.lines(tables, turned, dates::measure(a.1, b.1).relation);
    if [a.1, b.1]
        .into_iter()
        .flatten()
        .any(|date| !date.is_possible())
    {
        lines.push(Line {
            what: What::ImpossibleDate,
            units: 0,
        });
    }
    Explanation {
        lines,
        score: Score(score),
        cut: a.0.cut || b.0.cut,
        mixed: a.0.mixed || b.0.mixed,
    }
}

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
struct Ledger<'a> {
    names: [&'a Name; 2],
    alignment: &'a Alignment,
    start: i32,
    meetings: [i32; MAX_TOKENS],
    alone: [[i32; MAX_TOKENS]; 2],
    rules: Vec<(Rule, i32)>,
    dates: Option<i32>,
}

impl<'a> Ledger<'a> {
    fn new(a: &'a Name, b: &'a Name, alignment: &'a Alignment, start: i32) -> Self {
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

    fn rule(&mut self, rule: Rule, units: i32) {
        match self.rules.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, sum)) => *sum += units,
            None => self.rules.push((rule, units)),
        }
    }

    fn book(&mut self, parts: &[i32; MEASURES]) {
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

    fn book_dates(&mut self, base: i32, parts: &[i32; MEASURES]) {
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

    fn lines(&self, tables: &Tables, turned: bool, relation: Relation) -> Vec<Line> {
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

impl Explanation {
    /// The explanation in English, one line each, with the words of the two texts it is about.
    #[must_use]
    pub fn text(&self, a: &str, b: &str) -> String {
        let mut text = format!(
            "{} (chance {:.1} %, {:+.2} bits)\n",
            self.score.band(),
            (self.score.probability() * 100.0).clamp(0.1, 99.9),
            self.score.bits()
        );
        for line in &self.lines {
            text += &format!(
                "{:+7.2}  {}\n",
                f64::from(line.units) / 256.0,
                line.what.text(a, b)
            );
        }
        if self.cut {
            text += "         some words were left aside: there were too many\n";
        }
        if self.mixed {
            text += "         a name has words in two scripts\n";
        }
        text
    }
}

impl What {
    fn text(&self, a: &str, b: &str) -> String {
        let of = |text: &str, range: &Range<usize>| {
            text.get(range.clone())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        match self {
            Self::Start => "before any word is looked at".to_owned(),
            Self::Met {
                a: x,
                b: y,
                letters,
                rarity,
                spelling,
            } => format!(
                "{} = {}: letters {:+.1} bits, word worth {:.1}{spelling}",
                of(a, x),
                of(b, y),
                f64::from(*letters) / 100.0,
                f64::from(*rarity) / 100.0,
            ),
            Self::Initial { a: x, b: y } => format!("{} may stand for {}", of(a, x), of(b, y)),
            Self::Alone { second, at, role } => {
                let (text, side) = if *second { (b, "second") } else { (a, "first") };
                let what = match role {
                    Role::Name => "",
                    Role::Honorific => ", a form of address",
                    Role::Initial => ", an initial",
                    Role::Particle => ", a particle",
                };
                format!("{} only in the {side} name{what}", of(text, at))
            }
            Self::Rule(rule) => rule.to_string(),
            Self::Dates(relation) => relation.to_string(),
            Self::ImpossibleDate => "a birth date is no day of the calendar".to_owned(),
        }
    }
}

impl Rule {
    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingMet => "nothing-met",
            Self::NothingAlone => "nothing-alone",
            Self::Order => "order",
            Self::Scripts => "scripts",
            Self::Ends => "ends",
            Self::Initials => "initials",
            Self::Honorifics => "honorifics",
            Self::Words => "words",
            Self::Glued => "glued",
            Self::Identical => "identical",
            Self::NameBesideDate => "name-beside-date",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingMet => "no word has a counterpart",
            Self::NothingAlone => "every word has a counterpart",
            Self::Order => "the order of the words",
            Self::Scripts => "the scripts of the two names",
            Self::Ends => "vowels at the end of words",
            Self::Initials => "initials",
            Self::Honorifics => "forms of address",
            Self::Words => "the number of words",
            Self::Glued => "words written as one or as two",
            Self::Identical => "both names are the same, letter by letter",
            Self::NameBesideDate => "the names, seen beside the dates",
        })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "birth dates: one is not known",
            Self::Equal => "birth dates: equal",
            Self::EqualInPart => "birth dates: equal as far as both are known",
            Self::Presumed => "birth dates: same year, one is a presumed day",
            Self::Swapped => "birth dates: day and month change places",
            Self::OneDigit => "birth dates: one slip of a digit",
            Self::SameYear => "birth dates: same year, another day",
            Self::NextYear => "birth dates: one year apart",
            Self::Other => "birth dates: different",
        })
    }
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
