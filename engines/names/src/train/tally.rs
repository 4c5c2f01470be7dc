//! What keys are worth: how often two spellings of one person share one, and two strangers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::data::{Data, Pair};
use crate::keys::{k1_with, k4_with};
use crate::name::Name;
use crate::tables::{Tables, folded};

/// Keys that more persons of the index than this share are too common.
const FLOOR: usize = 7;

/// The keys that too many persons share, for the table file.
pub(crate) fn common(tables: &Tables, index: &[String]) -> Vec<u8> {
    common_above(tables, index, FLOOR)
}

fn common_above(tables: &Tables, index: &[String], most: usize) -> Vec<u8> {
    let mut holders: BTreeMap<u64, usize> = BTreeMap::new();
    for text in index {
        let Ok(name) = Name::with(tables, text) else {
            continue;
        };
        for key in k1_with(tables, &name) {
            *holders.entry(key).or_default() += 1;
        }
    }
    let common: BTreeSet<u32> = holders
        .iter()
        .filter(|(_, count)| **count > most)
        .map(|(key, _)| folded(*key))
        .collect();
    common.iter().flat_map(|key| key.to_le_bytes()).collect()
}

/// The table of figures.
#[must_use]
pub fn report(bytes: &[u8], data: &Data) -> String {
    let tables = Tables::read(bytes);
    let mut out = String::new();
    let k1 = |name: &Name| k1_with(&tables, name).to_vec();
    let k4 = |name: &Name| k4_with(&tables, name).to_vec();
    let tiers: [(&str, &dyn Fn(&Name) -> Vec<u64>); 2] = [("K1", &k1), ("K4", &k4)];
    for (tier, keys) in tiers {
        let hit = |pair: &Pair| {
            let [a, b] =
                [0, 1].map(|at| Name::with(&tables, &pair.names[at]).map(|name| keys(&name)));
            matches!((a, b), (Ok(a), Ok(b)) if a.iter().any(|key| b.contains(key)))
        };
        let share = |fits: &dyn Fn(&Pair) -> bool| {
            let part: Vec<&Pair> = data.pairs.iter().filter(|pair| fits(pair)).collect();
            part.iter().filter(|pair| hit(pair)).count() as f64 / part.len().max(1) as f64
        };
        let _ = writeln!(
            out,
            "{tier}: recall {:.4}  real {:.4}  across {:.4}  hard negatives {:.4}  random {:.2e}  common {}",
            share(&|pair| pair.same),
            share(&|pair| pair.same && pair.origin == "real"),
            share(&|pair| pair.same && pair.scripts == "ar-la"),
            share(&|pair| !pair.same),
            random(&tables, &data.index, keys),
            tables.keys.len(),
        );
        let mut groups: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for pair in data.pairs.iter().filter(|pair| pair.same) {
            let group = groups.entry(&pair.category).or_default();
            group.0 += f64::from(u8::from(hit(pair)));
            group.1 += 1.0;
        }
        for (name, (hits, all)) in groups {
            let _ = write!(out, "{name} {:.3}  ", hits / all);
        }
        out.push('\n');
    }
    out
}

/// Chance of an equal K1 key among one half of the persons, too common keys told by the other.
#[must_use]
pub fn apart(bytes: &[u8], data: &Data) -> f64 {
    let bare = super::learn::with_keys(bytes, &[]);
    let half = |rest: usize| -> Vec<String> {
        data.index
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 2 == rest)
            .map(|(_, name)| name.clone())
            .collect()
    };
    let common = common_above(&Tables::read(&bare), &half(0), FLOOR.div_ceil(2));
    let tables = Tables::read(&super::learn::with_keys(bytes, &common));
    random(&tables, &half(1), &|name| k1_with(&tables, name).to_vec())
}

/// Pairs of one person without an equal K1 key.
#[must_use]
pub fn missed(bytes: &[u8], data: &Data) -> String {
    let tables = Tables::read(bytes);
    let mut out = String::new();
    for pair in data.pairs.iter().filter(|pair| pair.same) {
        let [a, b] = [0, 1].map(|at| Name::with(&tables, &pair.names[at]).ok());
        let (Some(a), Some(b)) = (a, b) else { continue };
        let known = k1_with(&tables, &a);
        if !k1_with(&tables, &b).iter().any(|key| known.contains(key)) {
            let [x, y] = [&a, &b].map(crate::keys::bones);
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{x}\t{y}",
                pair.category, pair.names[0], pair.names[1]
            );
        }
    }
    out
}

/// Share of pairs of one person with an equal K1 key, and of pairs of strangers.
#[must_use]
pub fn k1_figures(bytes: &[u8], data: &Data) -> (f64, f64) {
    let tables = Tables::read(bytes);
    let keys = |text: &str| Name::with(&tables, text).map(|name| k1_with(&tables, &name));
    let (mut hits, mut all) = (0.0, 0.0);
    for pair in data.pairs.iter().filter(|pair| pair.same) {
        if let (Ok(a), Ok(b)) = (keys(&pair.names[0]), keys(&pair.names[1])) {
            hits += f64::from(u8::from(a.iter().any(|key| b.contains(key))));
        }
        all += 1.0;
    }
    (
        hits / all,
        random(&tables, &data.index, &|name| {
            k1_with(&tables, name).to_vec()
        }),
    )
}

/// Share of pairs of different persons of the index with an equal key.
fn random(tables: &Tables, index: &[String], keys: &dyn Fn(&Name) -> Vec<u64>) -> f64 {
    let mut holders: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (at, text) in index.iter().enumerate() {
        let Ok(name) = Name::with(tables, text) else {
            continue;
        };
        let distinct: BTreeSet<u64> = keys(&name).into_iter().collect();
        for key in distinct {
            holders.entry(key).or_default().push(at as u32);
        }
    }
    let mut pairs = BTreeSet::new();
    for list in holders.values() {
        for (at, x) in list.iter().enumerate() {
            pairs.extend(list.iter().skip(at + 1).map(|y| (*x, *y)));
        }
    }
    let all = index.len() as f64;
    pairs.len() as f64 / (all * (all - 1.0) / 2.0)
}
