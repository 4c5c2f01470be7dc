//! Comparison of two names.

use crate::align::Alignment;
use crate::dates::{self, PartialDate};
use crate::features::{Features, Measure, add_dates, measure};
use crate::name::{Name, Token};
use crate::score::Score;
use crate::tables::Tables;

/// Compares two persons' names, and their birth dates where they are known.
#[must_use]
pub fn score(a: Person<'_>, b: Person<'_>) -> Score {
    score_with(Tables::builtin(), a, b)
}

pub(crate) fn score_with(tables: &Tables, a: Person<'_>, b: Person<'_>) -> Score {
    let units = raw_score(tables, a, b);
    if units < IDENTICAL && identical(a, b) {
        return Score(IDENTICAL);
    }
    Score(units)
}

/// What names that are the same letter by letter come to at least, in 1/256 bit, however common
/// they are; a person who is compared with the same entry expects to see that.
pub(crate) const IDENTICAL: i32 = 5 * 256;

/// Whether nothing tells two persons apart.
pub(crate) fn identical((a, born_a): Person<'_>, (b, born_b): Person<'_>) -> bool {
    born_a == born_b && a.whole == b.whole && a.symbols == b.symbols && same_words(a, b)
}

fn same_words(a: &Name, b: &Name) -> bool {
    let same = |(x, y): (&Token, &Token)| (x.family, x.start, x.len) == (y.family, y.start, y.len);
    a.count == b.count && a.tokens().iter().zip(b.tokens()).all(same)
}

/// The measurements of a pair.
pub(crate) fn features(tables: &Tables, a: &Name, b: &Name) -> Features {
    let (a, b) = if in_order(a, b) { (a, b) } else { (b, a) };
    measure(a, b, &Alignment::of(tables, a, b))
}

/// Whether a pair is in the order in which it is always compared: what one finds must not
/// depend on who is named first.
pub(crate) fn in_order(a: &Name, b: &Name) -> bool {
    let key = |name: &Name| (name.whole, name.count, name.comma);
    key(a) <= key(b)
}

/// The measurements of a pair with its dates, and what the names alone come to.
pub(crate) fn dated_features(
    tables: &Tables,
    (a, born_a): Person<'_>,
    (b, born_b): Person<'_>,
) -> (Features, i32) {
    let mut features = features(tables, a, b);
    let known = tables.names.score(&features);
    let dates = dates::measure(born_a, born_b);
    add_dates(&mut features, &dates, bits(known));
    (features, known)
}

/// A name with its birth date, if that is known.
pub type Person<'a> = (&'a Name, Option<PartialDate>);

/// The score in 1/256 bit.
pub(crate) fn raw_score(tables: &Tables, a: Person<'_>, b: Person<'_>) -> i32 {
    if a.1.is_none() && b.1.is_none() {
        let features = features(tables, a.0, b.0);
        return held(&features, tables.names.score(&features));
    }
    let (features, known) = dated_features(tables, a, b);
    held(&features, known + tables.dates.score(&features))
}

/// Names without any word in common come to this at most, in 1/256 bit: what was learned from
/// names of two words and more says little about a single letter.
pub(crate) const NOTHING_MET: i32 = -5 * 256;

/// The sum, held down where nothing met.
pub(crate) fn held(features: &Features, units: i32) -> i32 {
    let met = |measure: Measure| features.get(measure as usize).is_some_and(|met| *met > 0.0);
    if met(Measure::Met) || met(Measure::Initials) {
        units
    } else {
        units.min(NOTHING_MET)
    }
}

/// 1/256 bits as bits.
pub(crate) fn bits(units: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    let units = units as f32;
    units / 256.0
}
