//! Pairs of words to learn edit tables from.

use std::collections::BTreeMap;

use super::data::{Data, Pair};
use crate::align::{Alignment, stretch};
use crate::edit::Jumps;
use crate::name::{Family, Name, Role};
use crate::tables::Tables;

/// A word as symbols.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    pub(crate) family: Family,
    pub(crate) symbols: Vec<u8>,
    pub(crate) jumps: Jumps,
    pub(crate) sure: bool,
    pub(crate) skeleton: u32,
}

/// Two words and how much they count; of different families, the Arabic one first.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) a: Word,
    pub(crate) b: Word,
    pub(crate) weight: f64,
}

/// An Arabic word as the units are written: without hamza and ta marbuta.
pub(crate) fn key(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' => 'ه',
            'ى' => 'ي',
            other => other,
        })
        .collect()
}

/// The only word of a text, if it has one.
pub(crate) fn word(tables: &Tables, text: &str) -> Option<Word> {
    let name = Name::with(tables, text).ok()?;
    let [token] = name.tokens() else { return None };
    if token.role != Role::Name {
        return None;
    }
    let stretch = stretch(&name, token, token);
    Some(Word {
        family: token.family,
        symbols: stretch.symbols.to_vec(),
        jumps: stretch.jumps,
        sure: stretch.sure,
        skeleton: token.skeleton,
    })
}

/// The spellings of each unit, the unit first.
pub(crate) fn units(tables: &Tables, data: &Data) -> Vec<Vec<(Word, f64)>> {
    let mut all = Vec::new();
    for unit in &data.units {
        let Some(key) = word(tables, &unit.key) else {
            continue;
        };
        let total: u32 = unit.spellings.iter().map(|(_, count)| count).sum();
        let mut one = vec![(key, f64::from(total))];
        for (text, count) in &unit.spellings {
            if let Some(word) = word(tables, text) {
                one.push((word, f64::from(*count)));
            }
        }
        if one.len() > 1 {
            all.push(one);
        }
    }
    all
}

/// Samples of one name written twice, from units: across scripts and among Latin spellings.
pub(crate) fn from_units(units: &[Vec<(Word, f64)>]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for unit in units {
        let (key, rest) = (&unit[0], &unit[1..]);
        for (at, (b, count)) in rest.iter().enumerate() {
            let weight = count.sqrt().min(8.0);
            samples.push(Sample {
                a: key.0.clone(),
                b: b.clone(),
                weight,
            });
            for (c, other) in rest.iter().skip(at + 1).take(12) {
                if b.symbols != c.symbols {
                    let weight = (count * other).sqrt().sqrt().min(4.0) / 2.0;
                    samples.push(Sample {
                        a: b.clone(),
                        b: c.clone(),
                        weight,
                    });
                }
            }
        }
    }
    samples
}

/// Words that met in pairs of names.
pub(crate) fn from_pairs(tables: &Tables, pairs: &[Pair], same: bool) -> Vec<(Sample, f32)> {
    let mut samples = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.same == same) {
        let (Ok(a), Ok(b)) = (
            Name::with(tables, &pair.names[0]),
            Name::with(tables, &pair.names[1]),
        ) else {
            continue;
        };
        let alignment = Alignment::of(tables, &a, &b);
        for one in alignment.meetings().iter().filter(|one| !one.initial) {
            let (x, y) = (words_of(&a, one.a), words_of(&b, one.b));
            let turned = x.family == Family::Latin && y.family == Family::Arabic;
            let (a, b) = if turned { (y, x) } else { (x, y) };
            samples.push((Sample { a, b, weight: 1.0 }, one.evidence - one.ideal));
        }
    }
    samples
}

fn words_of(name: &Name, (from, len): (u8, u8)) -> Word {
    let tokens = name.tokens();
    let first = &tokens[usize::from(from)];
    let last = &tokens[usize::from(from + len - 1)];
    let stretch = stretch(name, first, last);
    Word {
        family: first.family,
        symbols: stretch.symbols.to_vec(),
        jumps: stretch.jumps,
        sure: stretch.sure,
        skeleton: first.skeleton,
    }
}

/// How often each skeleton occurs in one name a person, and with how many letters.
pub(crate) fn skeletons(tables: &Tables, data: &Data) -> (BTreeMap<u32, u32>, u32) {
    let (mut counts, mut total) = (BTreeMap::new(), 0);
    for text in &data.index {
        let Ok(name) = Name::with(tables, text) else {
            continue;
        };
        for token in name
            .tokens()
            .iter()
            .filter(|token| token.role == Role::Name)
        {
            *counts.entry(token.skeleton).or_insert(0) += 1;
            total += 1;
        }
    }
    (counts, total)
}
