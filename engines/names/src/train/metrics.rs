//! What a set of scores is worth.

/// Area under the curve, ties counted half.
#[must_use]
pub fn auc(scored: &[(f32, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut at) = (0.0, 0);
    while at < sorted.len() {
        let end = (at..sorted.len())
            .find(|i| sorted[*i].0 != sorted[at].0)
            .unwrap_or(sorted.len());
        let rank = (at + end + 1) as f64 / 2.0;
        rank_sum += rank * sorted[at..end].iter().filter(|one| one.1).count() as f64;
        at = end;
    }
    let same = scored.iter().filter(|one| one.1).count() as f64;
    let other = scored.len() as f64 - same;
    (rank_sum - same * (same + 1.0) / 2.0) / (same * other).max(1.0)
}

/// Every threshold from the top: found same, found other, the threshold.
fn sweep(scored: &[(f32, bool)]) -> Vec<(f64, f64, f32)> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut same, mut other, mut points) = (0.0, 0.0, Vec::new());
    for (at, (score, label)) in sorted.iter().enumerate() {
        if *label {
            same += 1.0
        } else {
            other += 1.0
        }
        if sorted.get(at + 1).is_none_or(|next| next.0 != *score) {
            points.push((same, other, *score));
        }
    }
    points
}

/// Most recall at this precision or better, and the threshold.
#[must_use]
pub fn recall_at_precision(scored: &[(f32, bool)], precision: f64) -> (f64, f32) {
    let all = scored.iter().filter(|one| one.1).count() as f64;
    let fits = sweep(scored)
        .into_iter()
        .filter(|(same, other, _)| same / (same + other) >= precision);
    fits.fold((0.0, f32::MAX), |best, (same, _, score)| {
        if same / all > best.0 {
            (same / all, score)
        } else {
            best
        }
    })
}

/// Most recall at this share of false hits or fewer.
#[must_use]
pub fn recall_at_false(scored: &[(f32, bool)], share: f64) -> f64 {
    let all = scored.iter().filter(|one| one.1).count() as f64;
    let others = scored.len() as f64 - all;
    let fits = sweep(scored)
        .into_iter()
        .filter(|(_, other, _)| other / others <= share);
    fits.fold(0.0, |best, (same, _, _)| (same / all).max(best))
}

/// The best F1 and its threshold.
#[must_use]
pub fn best_f1(scored: &[(f32, bool)]) -> (f64, f32) {
    let all = scored.iter().filter(|one| one.1).count() as f64;
    sweep(scored)
        .into_iter()
        .fold((0.0, 0.0), |best, (same, other, score)| {
            let f1 = 2.0 * same / (same + other + all);
            if f1 > best.0 { (f1, score) } else { best }
        })
}

/// Share of these that are accepted.
#[must_use]
pub fn accepted(scored: &[(f32, bool)], threshold: f32) -> f64 {
    scored.iter().filter(|one| one.0 >= threshold).count() as f64 / scored.len().max(1) as f64
}
