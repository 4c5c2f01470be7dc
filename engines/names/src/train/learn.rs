//! From data to tables.

use std::collections::BTreeMap;

use super::boost::{Growth, grow};
use super::data::{Data, Pair};
use super::fit::{Room, Teacher, Weights};
use super::words::{Sample, Word, from_pairs, from_units, skeletons, units};
use crate::dates::PartialDate;
use crate::features::Features;
use crate::name::{Family, Name};
use crate::tables::Tables;

/// What may be tried.
#[derive(Debug, Clone)]
pub struct Options {
    /// Seed of the choice of other words to be told from.
    pub seed: u64,
    /// Rounds of learning to tell apart; 0 leaves the tables as they explain best.
    pub rounds: usize,
    /// Trees of the additive model.
    pub trees: usize,
    /// Trees of what birth dates add.
    pub date_trees: usize,
    /// How fast trees learn.
    pub rate: f64,
    /// How strongly small leaves are held back.
    pub smooth: f64,
    /// How strongly weights are pulled back to what explains best.
    pub pull: f64,
    /// How fast weights move.
    pub step: f64,
    /// Words that met in names of one person count this much.
    pub met: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 10,
            trees: 300,
            date_trees: 120,
            rate: 0.1,
            smooth: 8.0,
            pull: 2e-4,
            step: 0.1,
            met: 1.0,
        }
    }
}

/// Sections of a table file while they are learned.
#[derive(Debug, Clone)]
struct Draft {
    latin: Weights,
    arabic: Weights,
    cross: Weights,
    rarity: Vec<u8>,
    names: Vec<u8>,
    dates: Vec<u8>,
    keys: Vec<u8>,
}

impl Draft {
    fn bytes(&self) -> Vec<u8> {
        let edits = [&self.latin, &self.arabic, &self.cross].map(Weights::bytes);
        let mut bytes = Vec::new();
        let rest = [&self.rarity, &self.names, &self.dates, &self.keys];
        for section in edits.iter().chain(rest) {
            bytes.extend((section.len() as u32).to_le_bytes());
            bytes.extend(section);
        }
        bytes
    }

    fn tables(&self) -> Tables {
        Tables::read(&self.bytes())
    }

    fn of(&mut self, a: &Word, b: &Word) -> &mut Weights {
        match (a.family, b.family) {
            (Family::Latin, Family::Latin) => &mut self.latin,
            (Family::Arabic, Family::Arabic) => &mut self.arabic,
            _ => &mut self.cross,
        }
    }
}

/// Learns all tables; returns the file.
#[must_use]
pub fn learn(data: &Data, options: &Options) -> Vec<u8> {
    let (arabic, latin) = (Family::Arabic, Family::Latin);
    let mut draft = Draft {
        latin: Weights::seed(latin, latin),
        arabic: Weights::seed(arabic, arabic),
        cross: Weights::seed(arabic, latin),
        rarity: vec![96; 16],
        names: Vec::new(),
        dates: Vec::new(),
        keys: Vec::new(),
    };
    let mut room = Room::default();
    let units = units(&draft.tables(), data);
    let spelled = split(from_units(&units));
    for _ in 0..4 {
        rounds(&mut draft, &spelled, 1, &mut room);
    }
    draft.rarity = rarity(&draft.tables(), data);
    for _ in 0..2 {
        let met = met(&draft, data, options);
        let mut both = spelled.clone();
        for (all, more) in both.iter_mut().zip(met) {
            all.extend(more);
        }
        rounds(&mut draft, &both, 2, &mut room);
    }
    if options.rounds > 0 {
        tell_apart(&mut draft, data, &units, &spelled, options);
    }
    draft.keys = super::tally::common(&draft.tables(), &data.index);
    let tables = draft.tables();
    let mut rows = rows(&tables, &data.pairs);
    rows.extend(self::rows(&tables, &data.swapped));
    let growth = Growth {
        trees: options.trees,
        rate: options.rate,
        smooth: options.smooth,
    };
    draft.names = grow(&rows, None, growth).write();
    let (rows, known) = dated(&draft.tables(), &data.dated);
    let growth = Growth {
        trees: options.date_trees,
        rate: options.rate,
        smooth: options.smooth,
    };
    draft.dates = grow(&rows, Some(&known), growth).write();
    draft.bytes()
}

/// The table file with its common keys learned anew.
#[must_use]
pub fn keys_again(bytes: &[u8], data: &Data) -> Vec<u8> {
    let bare = with_keys(bytes, &[]);
    with_keys(
        bytes,
        &super::tally::common(&Tables::read(&bare), &data.index),
    )
}

/// The table file with other common keys: the last of its seven sections.
pub(crate) fn with_keys(bytes: &[u8], keys: &[u8]) -> Vec<u8> {
    let mut left = bytes;
    let mut kept = Vec::new();
    for _ in 0..6 {
        let Some((len, rest)) = left.split_first_chunk::<4>() else {
            break;
        };
        let (section, rest) = rest.split_at(u32::from_le_bytes(*len) as usize);
        kept.extend(len);
        kept.extend(section);
        left = rest;
    }
    kept.extend((keys.len() as u32).to_le_bytes());
    kept.extend(keys);
    kept
}

fn met(draft: &Draft, data: &Data, options: &Options) -> [Vec<Sample>; 3] {
    let found = from_pairs(&draft.tables(), &data.pairs, true);
    let good = found.into_iter().map(|(mut sample, _)| {
        sample.weight *= options.met;
        sample
    });
    split(good.collect())
}

/// Latin, Arabic, across.
fn split(samples: Vec<Sample>) -> [Vec<Sample>; 3] {
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for sample in samples {
        let at = match (sample.a.family, sample.b.family) {
            (Family::Latin, Family::Latin) => 0,
            (Family::Arabic, Family::Arabic) => 1,
            _ => 2,
        };
        parts[at].push(sample);
    }
    parts
}

fn rounds(draft: &mut Draft, parts: &[Vec<Sample>; 3], times: usize, room: &mut Room) {
    for part in parts {
        let Some(first) = part.first() else { continue };
        let weights = draft.of(&first.a.clone(), &first.b.clone());
        for _ in 0..times {
            weights.round(part, room);
        }
    }
}

/// Bits for each skeleton that occurs at least this often.
fn rarity(tables: &Tables, data: &Data) -> Vec<u8> {
    const LEAST: u32 = 4;
    let (counts, total) = skeletons(tables, data);
    let bits = |count: f64| {
        ((f64::from(total) / count).log2() * 8.0)
            .round()
            .clamp(0.0, 255.0) as u8
    };
    let mut bytes = vec![bits(1.0); 16];
    for (skeleton, count) in counts.iter().filter(|(_, count)| **count >= LEAST) {
        bytes.extend(skeleton.to_le_bytes());
        bytes.push(bits(f64::from(*count)));
    }
    bytes
}

/// Words of other persons that look like the same are worth more than their number: the errors
/// on them are what floods whoever has to look at hits.
const NEAR: f64 = 3.0;

/// Measured pairs.
fn rows(tables: &Tables, pairs: &[Pair]) -> Vec<(Features, bool, f64)> {
    let row = |pair: &Pair| {
        let a = Name::with(tables, &pair.names[0]).ok()?;
        let b = Name::with(tables, &pair.names[1]).ok()?;
        let weight = if pair.category == "n_near_token" {
            NEAR
        } else {
            1.0
        };
        Some((crate::compare::features(tables, &a, &b), pair.same, weight))
    };
    pairs.iter().filter_map(row).collect()
}

/// Measured pairs with dates, and what their names alone come to.
fn dated(tables: &Tables, pairs: &[Pair]) -> (Vec<(Features, bool, f64)>, Vec<i32>) {
    let row = |pair: &Pair| {
        let a = Name::with(tables, &pair.names[0]).ok()?;
        let b = Name::with(tables, &pair.names[1]).ok()?;
        let [x, y] = [0, 1].map(|at| PartialDate::of_column(&pair.dates[at]).ok().flatten());
        if x.is_none() && y.is_none() {
            return None;
        }
        let (features, known) = crate::compare::dated_features(tables, (&a, x), (&b, y));
        Some(((features, pair.same, 1.0), known))
    };
    pairs
        .iter()
        .filter(|pair| pair.category != "n_patronym_swap")
        .filter_map(row)
        .unzip()
}

/// A small generator of numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}

/// Learns to tell spellings of one unit from spellings of others that are most like them.
fn tell_apart(
    draft: &mut Draft,
    data: &Data,
    units: &[Vec<(Word, f64)>],
    spelled: &[Vec<Sample>; 3],
    options: &Options,
) {
    let mut dice = Dice(options.seed);
    let mut same = spelled.clone();
    for (all, more) in same.iter_mut().zip(met(draft, data, options)) {
        all.extend(more);
    }
    let others = others(draft, units, &mut dice);
    let start = draft.clone();
    for (at, (same, others)) in same.iter().zip(&others).enumerate() {
        let mut all: Vec<(Sample, bool)> = same.iter().map(|one| (one.clone(), true)).collect();
        let weight: f64 =
            same.iter().map(|one| one.weight).sum::<f64>() / others.len().max(1) as f64;
        all.extend(others.iter().map(|one| {
            (
                Sample {
                    weight,
                    ..one.clone()
                },
                false,
            )
        }));
        let (weights, start) = match at {
            0 => (&mut draft.latin, &start.latin),
            1 => (&mut draft.arabic, &start.arabic),
            _ => (&mut draft.cross, &start.cross),
        };
        let mut teacher = Teacher::new(options.step, options.pull, 8.0);
        for round in 0..options.rounds {
            for at in (1..all.len()).rev() {
                all.swap(at, dice.below(at + 1));
            }
            teacher.rate = options.step / (1.0 + round as f64 * 0.5);
            weights.tell_apart(&all, start, &mut teacher);
        }
    }
}

/// Words of other units that are most like a word, by the present tables.
fn others(draft: &mut Draft, units: &[Vec<(Word, f64)>], dice: &mut Dice) -> [Vec<Sample>; 3] {
    // Units that share a first consonant and another are candidates for each other.
    let mut near: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let marks = |word: &Word| {
        let classes: Vec<u8> = word
            .symbols
            .iter()
            .map(|symbol| crate::name::class_of(word.family, *symbol))
            .filter(|class| *class != 0)
            .collect();
        let mut marks: Vec<u32> = classes
            .windows(2)
            .map(|two| u32::from(two[0]) << 8 | u32::from(two[1]))
            .collect();
        marks.extend(classes.first().map(|one| 1 << 20 | u32::from(*one)));
        marks
    };
    for (at, unit) in units.iter().enumerate() {
        for mark in marks(&unit[0].0) {
            near.entry(mark).or_default().push(at);
        }
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    let mut room = Room::default();
    for (at, unit) in units.iter().enumerate() {
        let marks = marks(&unit[0].0);
        let times = (unit[0].1.ln() * 2.0) as usize + 2;
        let mut found: Vec<(f64, usize)> = Vec::new();
        for _ in 0..60 {
            let Some(list) = marks
                .get(dice.below(marks.len()))
                .and_then(|mark| near.get(mark))
            else {
                continue;
            };
            let other = list[dice.below(list.len())];
            if other == at || found.iter().any(|(_, seen)| *seen == other) {
                continue;
            }
            found.push((
                draft.arabic.bits(&unit[0].0, &units[other][0].0, &mut room),
                other,
            ));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, other) in found.iter().take(times.min(8)) {
            let other = &units[*other];
            let a = &unit[1 + dice.below(unit.len() - 1)].0;
            let b = &other[1 + dice.below(other.len() - 1)].0;
            let known = |unit: &[(Word, f64)], word: &Word| {
                unit.iter().any(|(known, _)| known.symbols == word.symbols)
            };
            if known(other, a) || known(unit, b) {
                continue;
            }
            let sample = |a: &Word, b: &Word| Sample {
                a: a.clone(),
                b: b.clone(),
                weight: 1.0,
            };
            parts[0].push(sample(a, b));
            parts[1].push(sample(&unit[0].0, &other[0].0));
            parts[2].push(sample(&unit[0].0, b));
            parts[2].push(sample(&other[0].0, a));
        }
    }
    parts
}
