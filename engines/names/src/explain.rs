//! The explanation: lines a person can read, whose bits are the score.
//!
//! The score is a sum of trees over measurements, and every answer of a tree belongs to one
//! measurement. Here each measurement is brought home: what is measured of the worst meeting goes
//! to that meeting, what is summed over all goes to each in proportion to what it brought, what
//! stayed alone goes to what stayed alone, and the rest to the rule that measured it. All are
//! whole 1/256 bits, so nothing is lost on the way.

mod ledger;
mod wording;

use std::ops::Range;

use ledger::Ledger;

use crate::align::Alignment;
use crate::compare::{IDENTICAL, Person, dated_features, held, identical, in_order};
use crate::dates::{self, Relation};
use crate::features::measure;
use crate::name::Role;
use crate::score::Score;
use crate::spelled::Letters;
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
