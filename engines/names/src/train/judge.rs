//! Figures of a table file on labelled pairs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::data::Pair;
use super::metrics::{accepted, auc, best_f1, recall_at_false, recall_at_precision};
use crate::compare::raw_score;
use crate::dates::PartialDate;
use crate::name::Name;
use crate::tables::Tables;

/// A pair with its score in bits.
pub type Scored = (f32, Pair);

/// Scores pairs with a table file.
#[must_use]
pub fn scores(bytes: &[u8], pairs: &[Pair]) -> Vec<Scored> {
    let tables = Tables::read(bytes);
    let score = |pair: &Pair| {
        let a = Name::with(&tables, &pair.names[0]);
        let b = Name::with(&tables, &pair.names[1]);
        let [x, y] = [0, 1].map(|at| PartialDate::of_column(&pair.dates[at]).ok().flatten());
        match (a, b) {
            (Ok(a), Ok(b)) => raw_score(&tables, (&a, x), (&b, y)) as f32 / 256.0,
            _ => -99.0,
        }
    };
    pairs
        .iter()
        .map(|pair| (score(pair), pair.clone()))
        .collect()
}

/// The table of figures.
#[must_use]
pub fn report(scored: &[Scored]) -> String {
    let mut out = String::new();
    let slice = |fits: &dyn Fn(&Pair) -> bool| -> Vec<(f32, bool)> {
        scored
            .iter()
            .filter(|one| fits(&one.1))
            .map(|one| (one.0, one.1.same))
            .collect()
    };
    let mut line = |name: &str, part: Vec<(f32, bool)>| {
        let _ = writeln!(
            out,
            "{name:14} n {:6}  AUC {:.4}  R@P95 {:.4}  R@FPR1 {:.4}  F1 {:.4}",
            part.len(),
            auc(&part),
            recall_at_precision(&part, 0.95).0,
            recall_at_false(&part, 0.01),
            best_f1(&part).0,
        );
    };
    let across = |pair: &Pair| pair.scripts == "ar-la";
    line("all", slice(&|_| true));
    line("real", slice(&|pair| pair.origin == "real"));
    line("across", slice(&across));
    line("latin", slice(&|pair| pair.scripts == "la-la"));
    line("arabic", slice(&|pair| pair.scripts == "ar-ar"));
    line(
        "lists",
        slice(&|pair| pair.category.contains("un_") || pair.category.contains("ofac")),
    );
    let all: Vec<(f32, bool)> = slice(&|_| true);
    let (f1, threshold) = best_f1(&all);
    let _ = writeln!(out, "F1 {f1:.4} at {threshold:.3} bits; accepted there:");
    let mut groups: BTreeMap<&str, Vec<(f32, bool)>> = BTreeMap::new();
    for (score, pair) in scored {
        groups
            .entry(&pair.category)
            .or_default()
            .push((*score, pair.same));
    }
    for (name, group) in &groups {
        let _ = write!(out, "{name} {:.3}  ", accepted(group, threshold));
    }
    out
}

/// Pairs with their scores, one a line.
#[must_use]
pub fn dump(scored: &[Scored]) -> String {
    let mut out = String::new();
    for (score, pair) in scored {
        let [a, b] = &pair.names;
        let _ = writeln!(
            out,
            "{score:.3}\t{}\t{}\t{a}\t{b}",
            u8::from(pair.same),
            pair.category
        );
    }
    out
}
