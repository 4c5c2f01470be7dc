//! Rates and percentiles of one measurement.

use std::time::Duration;

/// One measurement.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sample {
    /// Operations a second.
    pub(crate) rate: f64,
    /// Median latency, in microseconds.
    pub(crate) p50: f64,
    /// 99th percentile of the latency, in microseconds.
    pub(crate) p99: f64,
}

impl Sample {
    /// From the latency of each operation and the time all took together.
    pub(crate) fn of(mut latencies: Vec<Duration>, elapsed: Duration) -> Self {
        latencies.sort_unstable();
        let micros = |per_cent: usize| {
            let at = latencies.len() * per_cent / 100;
            latencies
                .get(at)
                .map_or(0.0, |held| held.as_secs_f64() * 1e6)
        };
        let rate = latencies.len() as f64 / elapsed.as_secs_f64().max(f64::MIN_POSITIVE);
        Self {
            rate,
            p50: micros(50),
            p99: micros(99),
        }
    }

    /// Between two measurements of the same thing, one before and one after another.
    pub(crate) fn between(self, other: Self) -> Self {
        let mean = |a: f64, b: f64| f64::midpoint(a, b);
        Self {
            rate: mean(self.rate, other.rate),
            p50: mean(self.p50, other.p50),
            p99: mean(self.p99, other.p99),
        }
    }
}

/// Smallest, median and largest.
pub(crate) fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
    (
        at(0),
        at(sorted.len() / 2),
        at(sorted.len().saturating_sub(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_count_from_the_fastest() {
        let millis = (1..=100).rev().map(Duration::from_millis).collect();
        let sample = Sample::of(millis, Duration::from_secs(2));
        assert_eq!(
            (sample.rate, sample.p50, sample.p99),
            (50.0, 51_000.0, 100_000.0)
        );
        assert_eq!(Sample::of(vec![], Duration::ZERO).p50, 0.0);
    }

    #[test]
    fn the_spread_of_three_rounds() {
        assert_eq!(spread(&[3.0, 1.0, 2.0]), (1.0, 2.0, 3.0));
        assert!(spread(&[]).1.is_nan());
    }
}
