//! Private matching: what one element costs on the lanes and one by one, beside dalek's single
//! multiplication, the crate `voprf` and `OpenMined` PSI in the same round. Computed time of one
//! thread, except where two threads are compared.

mod kernel;
mod own;
mod peers;
mod size;

use std::path::Path;

use passerelle_matching::oprf::{Mode, SEED_BYTES, SecretKey, Suite};

use crate::report::{Goal, Report};
use own::Costs;

/// Elements of a measurement on the lanes; a quarter of it one by one.
const MANY: usize = 8192;
/// Elements of a batch of the crate `voprf`, and of ours beside it.
const PEER_BATCH: usize = 1024;

/// One round.
pub(crate) fn round(tools: &Path, scratch: &Path, report: &mut Report) -> anyhow::Result<()> {
    let dalek = kernel::round(report)?;
    let fast = Suite::new(Mode::Verifiable);
    let slow = fast.clone().one_by_one();
    let on_dalek = Costs::of(&slow, MANY / 4)?;
    told(report, "on dalek", &on_dalek);
    let name = "index entry ÷ dalek k·P, on dalek";
    report.goal(name, "", Goal::AtMost(1.45), on_dalek.index / dalek);
    against_voprf(report, "on dalek", &slow, [1.5, 1.6, 2.0])?;
    if fast.has_lanes() {
        let on_lanes = Costs::of(&fast, MANY)?;
        told(report, "on lanes", &on_lanes);
        let name = "index entry ÷ dalek k·P, on lanes";
        report.goal(name, "", Goal::AtMost(0.42), on_lanes.index / dalek);
        against_voprf(report, "on lanes", &fast, [6.0, 6.0, 6.0])?;
    } else {
        report.note("matching: this processor has no AVX-512 IFMA: nothing on lanes");
    }
    size::round(&fast, report)?;
    match peers::psi(tools, scratch, [&slow, &fast], report) {
        Ok(()) => Ok(()),
        Err(error) => {
            report.note(format!("matching: OpenMined PSI was not run: {error:#}"));
            Ok(())
        }
    }
}

fn told(report: &mut Report, how: &str, costs: &Costs) {
    let mut figure = |what: &str, nanoseconds: f64| {
        report.figure(&format!("{what}, {how}"), "µs", nanoseconds / 1000.0);
    };
    figure("index entry", costs.index);
    figure("A blinds", costs.blind);
    figure("B evaluates", costs.evaluate);
    figure("B proves", costs.proven - costs.evaluate);
    figure("A finalises", costs.finalise);
    figure("A verifies", costs.verified - costs.finalise);
}

fn against_voprf(
    report: &mut Report,
    how: &str,
    suite: &Suite,
    goals: [f64; 3],
) -> anyhow::Result<()> {
    let (ours, theirs) = (Costs::of(suite, PEER_BATCH)?, peers::voprf(PEER_BATCH)?);
    let what = ["index", "B batch with proof", "A verify and finalise"];
    let ratios = [
        theirs.index / ours.index,
        theirs.proven / ours.proven,
        theirs.verified / ours.verified,
    ];
    for ((what, ratio), goal) in what.into_iter().zip(ratios).zip(goals) {
        let name = format!("voprf crate ÷ ours, {what}, {how}");
        report.goal(&name, "", Goal::AtLeast(goal), ratio);
    }
    Ok(())
}

/// The key that is measured with.
fn key(suite: &Suite) -> anyhow::Result<SecretKey> {
    Ok(SecretKey::derive(suite, &[7; SEED_BYTES], b"benches")?)
}

/// Inputs as PMP-1 has them, for a telephone each.
fn inputs(count: usize) -> anyhow::Result<Vec<Vec<u8>>> {
    (0..count)
        .map(|n| {
            let written = format!("+32460{n:06}");
            let read = passerelle_matching::Class::Phone.canonical(&written)?;
            Ok(read.input())
        })
        .collect()
}

fn slices(inputs: &[Vec<u8>]) -> Vec<&[u8]> {
    inputs.iter().map(Vec::as_slice).collect()
}
