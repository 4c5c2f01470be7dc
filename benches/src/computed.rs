//! How long this thread has computed, whatever else the machine does.

use std::fs;

use anyhow::Context as _;

/// Nanoseconds that this thread has computed.
pub(crate) fn computed() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let first = text.split(' ').next().context("empty schedstat")?;
    Ok(first.parse()?)
}

/// Computed nanoseconds for each of `count` things: the fastest of three passes, since whoever
/// shares the machine's caches and multipliers can only slow one down.
pub(crate) fn each(
    count: usize,
    mut work: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<f64> {
    let mut fastest = f64::INFINITY;
    for _ in 0..3 {
        let before = computed()?;
        work()?;
        fastest = fastest.min(computed()? - before);
    }
    Ok(fastest / f64::from(u32::try_from(count)?))
}
