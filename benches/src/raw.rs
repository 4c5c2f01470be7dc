//! The baseline: what the disk gives one writer that flushes after each record.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::stats::Sample;

/// About what a sealed record of 2 KiB occupies, in bytes.
pub(crate) const RECORD_BYTES: usize = 2560;
/// Records that fit the preallocated file; the probe begins again at its start.
const PLACES: u64 = 8192;

/// Writes records of [`RECORD_BYTES`] into a preallocated file in `dir` for `time`, one
/// `pwrite` and one `fdatasync` each.
pub(crate) fn probe(dir: &Path, time: Duration) -> anyhow::Result<Sample> {
    let path = dir.join("raw.probe");
    let file = preallocated(&path)?;
    let record = [0xa5; RECORD_BYTES];
    let mut latencies = Vec::new();
    let whole = Stopwatch::start();
    for place in (0..PLACES).cycle() {
        let one = Stopwatch::start();
        file.write_all_at(&record, place * RECORD_BYTES as u64)?;
        file.sync_data()?;
        latencies.push(one.elapsed());
        if whole.elapsed() >= time {
            break;
        }
    }
    let sample = Sample::of(latencies, whole.elapsed());
    fs::remove_file(path)?;
    Ok(sample)
}

/// Zeroes are written, so that no flush has to change the file's blocks or length.
fn preallocated(path: &Path) -> anyhow::Result<File> {
    let file = File::create(path)?;
    let zeroes = vec![0; RECORD_BYTES];
    for place in 0..PLACES {
        file.write_all_at(&zeroes, place * RECORD_BYTES as u64)?;
    }
    file.sync_all()?;
    Ok(file)
}
