//! Size and look-up of indexes from 10^5 to 10^7 keys, and an index of 10^6 identifiers on one
//! and on two threads.

use std::hint::black_box;

use anyhow::Context as _;
use passerelle_matching::Tag;
use passerelle_matching::index::{Index, build};
use passerelle_matching::oprf::{
    Element, Mode, SecretKey, Suite, answer, blind_batch, evaluate_batch, finalize,
};

use super::{inputs, key, slices};
use crate::clock::{Stopwatch, rng};
use crate::computed::{computed, each};
use crate::report::{Goal, Report};

const SIZES: [u32; 3] = [100_000, 1_000_000, 10_000_000];
/// Questions that are looked up one by one.
const QUESTIONS: usize = 1000;
/// Identifiers of the index that one and two threads make.
const IDENTIFIERS: usize = 1_000_000;

pub(super) fn round(suite: &Suite, report: &mut Report) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for size in SIZES {
        let index = build((0..size).map(|n| Tag(mixed(n.into()))).collect())?;
        anyhow::ensure!(index.len() == u64::from(size), "equal tags");
        let bits = index.as_bytes().len() as f64 * 8.0 / f64::from(size);
        let bound = 64.0 - f64::from(size).log2() + std::f64::consts::LOG2_E;
        let name = format!("index of {size} tags ÷ information bound");
        report.goal(&name, "", Goal::AtMost(1.05), bits / bound);
        let time = looked_up(&index)?;
        let name = format!("one question finalised and looked up in {size} tags");
        report.figure(&name, "µs", time / 1000.0);
        times.push(time);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let fastest = times.iter().copied().fold(f64::INFINITY, f64::min);
    let name = "one question: slowest size ÷ fastest";
    report.goal(name, "", Goal::AtMost(1.2), slowest / fastest);
    threads(suite, report)
}

/// Numbers that look random, each once (a step of `SplitMix64`).
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Nanoseconds to read one answer, which comes alone, and look its tag up; without proof.
fn looked_up(index: &Index) -> anyhow::Result<f64> {
    let suite = Suite::new(Mode::Oblivious);
    let (key, inputs) = (key(&suite)?, inputs(QUESTIONS)?);
    let inputs = slices(&inputs);
    let questions = blind_batch(&suite, &inputs, &mut rng())?;
    let mut answers = Vec::new();
    for question in &questions {
        let answered = answer(&suite, &key, &[question.element], b"", &mut rng())?;
        let element = answered.elements.first().context("one answer")?;
        answers.push(*element.as_bytes());
    }
    each(QUESTIONS, || {
        for ((input, question), bytes) in inputs.iter().zip(&questions).zip(&answers) {
            let element = Element::from_bytes(*bytes)?;
            let (elements, proof) = (vec![element], None);
            let answer = passerelle_matching::oprf::Answer { elements, proof };
            let output = finalize(&suite, None, input, question, &answer)?;
            black_box(index.holds(Tag::of(&output)));
        }
        Ok(())
    })
}

/// The whole index, from inputs to bytes, in elapsed time.
fn threads(suite: &Suite, report: &mut Report) -> anyhow::Result<()> {
    let (key, inputs) = (key(suite)?, inputs(IDENTIFIERS)?);
    let (began, before) = (Stopwatch::start(), computed()?);
    let alone = build(tags(suite, &key, &inputs)?)?;
    let (one, used) = (began.elapsed().as_secs_f64(), computed()? - before);
    let began = Stopwatch::start();
    let (first, second) = inputs.split_at(IDENTIFIERS / 2);
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| timed(|| tags(suite, &key, second)));
        (timed(|| tags(suite, &key, first)), other.join())
    });
    let second = second.map_err(|_| anyhow::anyhow!("a thread stopped"))?;
    let ((first, used_first), (second, used_second)) = (first?, second?);
    let (together, used_last) = timed(|| Ok(build([first, second].concat())?))?;
    let two = began.elapsed().as_secs_f64();
    anyhow::ensure!(alone.as_bytes() == together.as_bytes(), "two indexes");
    report.figure("index of 10⁶ identifiers, computed", "s", used / 1e9);
    let longest = used_first.max(used_second) + used_last;
    let name = "index of 10⁶ identifiers, computed, 1 thread ÷ the longer of 2 and the end";
    report.goal(name, "", Goal::AtLeast(1.9), used / longest);
    // Says something on a quiet machine alone.
    let name = "index of 10⁶ identifiers, elapsed, 1 thread ÷ 2 threads";
    report.figure(name, "", one / two);
    Ok(())
}

/// What came out, and the nanoseconds that it took this thread to compute.
fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(T, f64)> {
    let before = computed()?;
    let out = work()?;
    Ok((out, computed()? - before))
}

fn tags(suite: &Suite, key: &SecretKey, inputs: &[Vec<u8>]) -> anyhow::Result<Vec<Tag>> {
    let outputs = evaluate_batch(suite, key, inputs.iter().map(Vec::as_slice))?;
    Ok(outputs.iter().map(Tag::of).collect())
}
