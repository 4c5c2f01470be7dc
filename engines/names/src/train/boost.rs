//! Gradient boosting of symmetric trees.

use crate::features::{Features, MEASURES};
use crate::forest::{DEPTH, Forest, Question, Tree};

/// How a forest is grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    pub(crate) trees: usize,
    pub(crate) rate: f64,
    pub(crate) smooth: f64,
}

const BINS: usize = 48;
const LEAVES: usize = 1 << DEPTH;

/// Grows a forest from measured pairs with their weight; it adds to what is known already, in
/// 1/256 bit, or stands for itself.
pub(crate) fn grow(
    rows: &[(Features, bool, f64)],
    known: Option<&[i32]>,
    growth: Growth,
) -> Forest {
    let edges: Vec<Vec<f32>> = (0..MEASURES).map(|measure| edges(rows, measure)).collect();
    let binned: Vec<Vec<u8>> = (0..MEASURES)
        .map(|measure| {
            rows.iter()
                .map(|row| bin(&edges[measure], row.0[measure]))
                .collect()
        })
        .collect();
    let same: f64 = rows.iter().filter(|row| row.1).map(|row| row.2).sum();
    let all: f64 = rows.iter().map(|row| row.2).sum();
    let base = (same / (all - same)).ln();
    let (base, mut score) = match known {
        Some(known) => {
            let nats = |units: &i32| f64::from(*units) / 256.0 * std::f64::consts::LN_2;
            (0.0, known.iter().map(nats).collect())
        }
        None => (base, vec![base; rows.len()]),
    };
    let mut forest = Forest {
        base: units(base),
        trees: Vec::new(),
    };
    for _ in 0..growth.trees {
        let slopes: Vec<(f64, f64)> = rows
            .iter()
            .zip(&score)
            .map(|(row, score)| {
                let chance = 1.0 / (1.0 + (-score).exp());
                let wrong = f64::from(u8::from(row.1)) - chance;
                (row.2 * wrong, row.2 * (chance * (1.0 - chance)).max(1e-6))
            })
            .collect();
        let (tree, leaf_of) = tree(&edges, &binned, &slopes, growth);
        for (score, leaf) in score.iter_mut().zip(&leaf_of) {
            *score += f64::from(tree.means[LEAVES - 1 + usize::from(*leaf)]) / 256.0
                * std::f64::consts::LN_2;
        }
        forest.trees.push(tree);
    }
    forest
}

fn units(nats: f64) -> i32 {
    (nats / std::f64::consts::LN_2 * 256.0).round() as i32
}

fn edges(rows: &[(Features, bool, f64)], measure: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row.0[measure]).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let middle = |pair: &[f32]| f32::midpoint(pair[0], pair[1]);
    if distinct.len() <= BINS {
        return distinct.windows(2).map(middle).collect();
    }
    let mut edges: Vec<f32> = (1..BINS)
        .map(|at| values[at * values.len() / BINS])
        .collect();
    edges.dedup();
    edges
}

fn bin(edges: &[f32], value: f32) -> u8 {
    edges.partition_point(|edge| value > *edge) as u8
}

fn tree(
    edges: &[Vec<f32>],
    binned: &[Vec<u8>],
    slopes: &[(f64, f64)],
    growth: Growth,
) -> (Tree, Vec<u8>) {
    let mut leaf_of = vec![0_u8; slopes.len()];
    let mut questions = [Question::default(); DEPTH];
    for (depth, question) in questions.iter_mut().enumerate() {
        let parts = 1 << depth;
        let mut best = (f64::MIN, 0, 0);
        for (measure, bins) in binned.iter().enumerate() {
            if edges[measure].is_empty() {
                continue;
            }
            let mut sums = vec![(0.0, 0.0); parts * (BINS + 1)];
            for ((bin, leaf), slope) in bins.iter().zip(&leaf_of).zip(slopes) {
                let sum = &mut sums[usize::from(*leaf) * (BINS + 1) + usize::from(*bin)];
                sum.0 += slope.0;
                sum.1 += slope.1;
            }
            let totals: Vec<(f64, f64)> = sums
                .chunks(BINS + 1)
                .map(|part| part.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1)))
                .collect();
            let mut below = vec![(0.0, 0.0); parts];
            for edge in 0..edges[measure].len() {
                let mut gain = 0.0;
                for part in 0..parts {
                    let sum = sums[part * (BINS + 1) + edge];
                    below[part].0 += sum.0;
                    below[part].1 += sum.1;
                    let above = (
                        totals[part].0 - below[part].0,
                        totals[part].1 - below[part].1,
                    );
                    gain += below[part].0 * below[part].0 / (below[part].1 + growth.smooth)
                        + above.0 * above.0 / (above.1 + growth.smooth);
                }
                if gain > best.0 {
                    best = (gain, measure, edge);
                }
            }
        }
        *question = Question {
            measure: best.1 as u8,
            above: edges[best.1][best.2],
        };
        for (leaf, bin) in leaf_of.iter_mut().zip(&binned[best.1]) {
            *leaf = 2 * *leaf + u8::from(usize::from(*bin) > best.2);
        }
    }
    let mut sums = [(0.0, 0.0, 0.0); LEAVES];
    for (leaf, slope) in leaf_of.iter().zip(slopes) {
        let sum = &mut sums[usize::from(*leaf)];
        sum.0 += slope.0;
        sum.1 += slope.1;
        sum.2 += 1.0;
    }
    let mut means = vec![(0.0, 0.0); 2 * LEAVES - 1];
    for (leaf, sum) in sums.iter().enumerate() {
        let value = growth.rate * sum.0 / (sum.1 + growth.smooth);
        means[LEAVES - 1 + leaf] = (value, sum.2);
    }
    for node in (0..LEAVES - 1).rev() {
        let (left, right) = (means[2 * node + 1], means[2 * node + 2]);
        let count: f64 = left.1 + right.1;
        means[node] = (
            (left.0 * left.1 + right.0 * right.1) / count.max(1.0),
            count,
        );
    }
    let short = std::array::from_fn(|node| units(means[node].0).clamp(-32000, 32000) as i16);
    (
        Tree {
            questions,
            means: short,
        },
        leaf_of,
    )
}
