//! One multiplication on dalek and in a lane, and whether its time depends on the scalar.

use std::hint::black_box;

use anyhow::Context as _;
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::{RistrettoPoint, Scalar};
use passerelle_lanes::{LANES, Lanes};

use crate::clock::{Stopwatch, rng};
use crate::computed::each;
use crate::report::{Goal, Report};

/// Multiplications of a measurement.
const TIMES: usize = 2000;
/// Multiplications of each kind in the test of timing.
const SAMPLES: usize = 20_000;
/// Share of the fastest ones that is kept: above it are those that somebody interrupted.
const KEPT: f64 = 0.9;

/// Gives the nanoseconds of dalek's multiplication.
pub(super) fn round(report: &mut Report) -> anyhow::Result<f64> {
    let scalar = Scalar::random(&mut rng());
    let mut point = RistrettoPoint::random(&mut rng());
    let dalek = each(TIMES, || {
        (0..TIMES).for_each(|_| point *= black_box(scalar));
        Ok(())
    })?;
    report.figure("k·P, dalek", "µs", dalek / 1000.0);
    if let Some(lanes) = Lanes::detect() {
        let mut points = lanes.from_uniform(&[[1; 64]; LANES]);
        let lane = each(TIMES * LANES, || {
            (0..TIMES).for_each(|_| points = lanes.multiply(&points, scalar.as_bytes()));
            Ok(())
        })?;
        black_box(lanes.encode(&points));
        report.figure("k·P, a lane", "µs", lane / 1000.0);
        let name = "k·P, a lane ÷ dalek";
        report.goal(name, "", Goal::AtMost(0.28), lane / dalek);
        timing(lanes, report)?;
    }
    Ok(dalek)
}

/// Welch's t of the times for the scalar 1 and for random scalars, as dudect takes it: beyond
/// ±4.5 the times differ for sure. The control is a function that is known to differ.
fn timing(lanes: Lanes, report: &mut Report) -> anyhow::Result<()> {
    let points = lanes.from_uniform(&[[1; 64]; LANES]);
    let found = welch(|scalar| {
        black_box(lanes.multiply(&points, scalar.as_bytes()));
    })?;
    report.figure("Welch's t, k·P in lanes, 1 against random k", "", found);
    let other = RISTRETTO_BASEPOINT_POINT;
    let control = welch(|scalar| {
        let one = Scalar::ONE;
        let sum = RistrettoPoint::vartime_double_scalar_mul_basepoint(scalar, &other, &one);
        black_box(sum);
    })?;
    let name = "Welch's t, control: dalek's variable-time product";
    report.figure(name, "", control);
    Ok(())
}

fn welch(work: impl Fn(&Scalar)) -> anyhow::Result<f64> {
    let mut scalars = Vec::new();
    for _ in 0..2 * SAMPLES {
        let random = Scalar::random(&mut rng());
        // The first byte is as random as the rest and tells the kind.
        let fixed = random.as_bytes().first().context("a scalar has bytes")? & 1 == 1;
        scalars.push((fixed, if fixed { Scalar::ONE } else { random }));
    }
    let mut times = [Vec::new(), Vec::new()];
    for (fixed, scalar) in &scalars {
        let began = Stopwatch::start();
        work(black_box(scalar));
        let [random, ones] = &mut times;
        let kind = if *fixed { ones } else { random };
        kind.push(began.elapsed().as_secs_f64() * 1e9);
    }
    let [a, b] = times.map(|times| moments(cropped(times)));
    Ok((a.mean - b.mean) / (a.variance / a.count + b.variance / b.count).sqrt())
}

fn cropped(mut times: Vec<f64>) -> Vec<f64> {
    times.sort_unstable_by(f64::total_cmp);
    times.truncate((times.len() as f64 * KEPT) as usize);
    times
}

struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

fn moments(times: Vec<f64>) -> Moments {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    let squares: f64 = times.iter().map(|time| (time - mean).powi(2)).sum();
    Moments {
        count,
        mean,
        variance: squares / (count - 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_sample() {
        let found = moments(vec![2.0, 4.0, 4.0, 6.0]);
        assert!((found.mean - 4.0).abs() < 1e-12 && (found.variance - 8.0 / 3.0).abs() < 1e-12);
        assert_eq!(cropped((0..10).rev().map(f64::from).collect()).len(), 9);
    }
}
