//! What keys are worth: how often two spellings of one person share one, and two strangers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::data::{Data, FOLDS, Pair};
use crate::compare::Person;
use crate::dates::PartialDate;
use crate::keys::{k1_with, k2, k3, k4_with};
use crate::name::Name;
use crate::tables::{KeyFloor, Tables, folded};

/// Keys that more persons of the index than this share are too common.
const FLOOR: usize = 5;

/// The keys that too many persons share, for the table file.
pub(crate) fn common(tables: &Tables, index: &[String]) -> Vec<u8> {
    common_above(tables, index, FLOOR)
}

fn common_above(tables: &Tables, index: &[String], most: usize) -> Vec<u8> {
    let names: Vec<Name> = index
        .iter()
        .filter_map(|text| Name::with(tables, text).ok())
        .collect();
    let mut common = BTreeSet::new();
    // What stands in for a common key may be too common as well.
    for _ in 0..4 {
        let mut floored = tables.clone();
        floored.keys = KeyFloor::read(&bytes_of(&common));
        let mut holders: BTreeMap<u64, usize> = BTreeMap::new();
        for name in &names {
            for key in k1_with(&floored, name) {
                *holders.entry(key).or_default() += 1;
            }
        }
        let found = holders.iter().filter(|(_, count)| **count > most);
        common.extend(found.map(|(key, _)| folded(*key)));
    }
    bytes_of(&common)
}

fn bytes_of(common: &BTreeSet<u32>) -> Vec<u8> {
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
        let hit = |pair: &Pair| hit(&tables, pair, keys);
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

/// K1 on persons that the list of common keys has not seen, in five parts: recall of all, of
/// real spellings and across scripts, and the chance of an equal key of two strangers.
#[must_use]
pub fn apart(bytes: &[u8], data: &Data) -> String {
    let bare = Tables::read(&super::learn::with_keys(bytes, &[]));
    let floored = |index: &[String]| {
        let share = index.len() as f64 / data.index.len() as f64;
        let most = (FLOOR as f64 * share).round() as usize;
        let mut tables = bare.clone();
        tables.keys = KeyFloor::read(&common_above(&bare, index, most));
        tables
    };
    let mut hits = [(0.0, 0.0); 3];
    let (mut met, mut strangers) = (0.0, 0.0);
    for fold in 0..FOLDS {
        let tables = floored(&data.without(fold).index);
        for pair in &data.pairs {
            if pair.same && pair.folds[0] == fold {
                let hit = hit(&tables, pair, |name| k1_with(&tables, name).to_vec());
                let parts = [true, pair.origin == "real", pair.scripts == "ar-la"];
                for (sum, _) in hits.iter_mut().zip(parts).filter(|(_, part)| *part) {
                    sum.0 += f64::from(u8::from(hit));
                    sum.1 += 1.0;
                }
            }
        }
        let [kept, left] = [true, false].map(|kept| -> Vec<String> {
            let part = |at: usize| (at % usize::from(FOLDS) != usize::from(fold)) == kept;
            let names = data.index.iter().enumerate();
            names
                .filter(|(at, _)| part(*at))
                .map(|(_, name)| name.clone())
                .collect()
        });
        let tables = floored(&kept);
        let all = left.len() as f64 * (left.len() as f64 - 1.0) / 2.0;
        met += all * random(&tables, &left, &|name| k1_with(&tables, name).to_vec());
        strangers += all;
    }
    let [all, real, across] = hits.map(|(hits, all)| hits / all);
    format!(
        "K1 apart: recall {all:.4}  real {real:.4}  across {across:.4}  random {:.2e}",
        met / strangers
    )
}

fn hit(tables: &Tables, pair: &Pair, keys: impl Fn(&Name) -> Vec<u64>) -> bool {
    let [a, b] = [0, 1].map(|at| Name::with(tables, &pair.names[at]).map(|name| keys(&name)));
    matches!((a, b), (Ok(a), Ok(b)) if a.iter().any(|key| b.contains(key)))
}

/// K2 and K3: recall where the dates, or the years, agree, and the chance of an equal key of two
/// strangers born on any day of sixty-six years.
#[must_use]
pub fn dated(data: &Data) -> String {
    const YEARS: f64 = 66.0;
    const DAYS: f64 = YEARS * 365.25;
    let builtin = Tables::builtin();
    let born = |text: &str| PartialDate::of_column(text).ok().flatten();
    let share = |agree: &dyn Fn(PartialDate, PartialDate) -> bool,
                 hit: &dyn Fn(Person<'_>, Person<'_>) -> bool| {
        let (mut hits, mut all) = (0.0, 0.0_f64);
        for pair in data.dated.iter().filter(|pair| pair.same) {
            let [a, b] = [0, 1].map(|at| Name::new(&pair.names[at]));
            let [x, y] = [0, 1].map(|at| born(&pair.dates[at]).filter(|born| born.is_possible()));
            if let (Ok(a), Ok(b), Some(x), Some(y)) = (a, b, x, y)
                && agree(x, y)
            {
                hits += f64::from(u8::from(hit((&a, Some(x)), (&b, Some(y)))));
                all += 1.0;
            }
        }
        (hits / all.max(1.0), all)
    };
    let years = |x: PartialDate, y: PartialDate| x.year() == y.year();
    let days = |x: PartialDate, y: PartialDate| x == y && x.day().is_some();
    let meet = |a: &[u64], b: &[u64]| a.iter().any(|key| b.contains(key));
    let by_k3 = |a: Person<'_>, b: Person<'_>| meet(&k3_of(a), &k3_of(b));
    let by_k2 = |a: Person<'_>, b: Person<'_>| meet(&k2_of(a), &k2_of(b));
    let either = |a: Person<'_>, b: Person<'_>| by_k2(a, b) || by_k3(a, b);
    let [year, day] = ["1970", "1970-05-17"].map(born);
    let k3_met = random(builtin, &data.index, &|name| k3_of((name, year)));
    let k2_year = random(builtin, &data.index, &|name| k2_of((name, year)));
    let k2_day = random(builtin, &data.index, &|name| k2_of((name, day)));
    let ((k3, years_n), (k2, days_n)) = (share(&years, &by_k3), share(&days, &by_k2));
    let (both, _) = share(&years, &either);
    format!(
        "K3: recall where years agree {k3:.4} (of {years_n})  random {:.2e}\n\
         K2: recall where days agree {k2:.4} (of {days_n})  random {:.2e}\n\
         K2 or K3: recall where years agree {both:.4}",
        k3_met / YEARS,
        k2_year / YEARS + k2_day / DAYS,
    )
}

fn k3_of((name, born): Person<'_>) -> Vec<u64> {
    born.and_then(|born| k3(name, born).ok())
        .map_or(Vec::new(), |keys| keys.to_vec())
}

fn k2_of((name, born): Person<'_>) -> Vec<u64> {
    born.and_then(|born| k2(name, born).ok())
        .map_or(Vec::new(), |keys| keys.to_vec())
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
