//! A large file from one real process to another, beside `cp` and SHA-256 of the same file.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::ensure;
use rand_core::Rng as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::clock::{Stopwatch, nap, rng};
use crate::program::{Program, Up};
use crate::report::{Goal, Report};

const SENDER: &str = "ma.interior";
const HOLDER: &str = "be.interior";
const MIB: usize = 1 << 20;

/// One round with a file of `mib` MiB in `dir`, which is empty.
pub(crate) fn round(
    target: &Path,
    dir: &Path,
    mib: u64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let file = dir.join("file.bin");
    write_file(&file, mib)?;
    let baseline = copied_and_hashed(&file, &dir.join("copy.bin"))?;
    let program = Program::new(target, dir);
    program.partners(SENDER, HOLDER)?;
    let (sender, holder) = (program.up(SENDER)?, program.up(HOLDER)?);
    nap(Duration::from_secs(1));
    let idle = [sender.memory("VmRSS:")?, holder.memory("VmRSS:")?];
    let (sent, whole) = send(&program, &sender, &holder, &file)?;
    let peak = [sender.memory("VmHWM:")?, holder.memory("VmHWM:")?];
    sender.stop()?;
    holder.stop()?;
    tell(report, mib, baseline, sent, whole);
    for (name, (idle, peak)) in ["sender", "holder"].iter().zip(idle.into_iter().zip(peak)) {
        let goal = Goal::AtMost(40.0);
        report.goal(&format!("idle memory of a node, {name}"), "MiB", goal, idle);
        let name = format!("memory over idle while {mib} MiB travel, {name}");
        report.goal(&name, "MiB", Goal::AtMost(64.0), (peak - idle).max(0.0));
    }
    Ok(())
}

fn tell(report: &mut Report, mib: u64, baseline: Duration, sent: Duration, whole: Duration) {
    let rate = |time: Duration| mib as f64 / time.as_secs_f64();
    report.figure(
        &format!("cp + SHA-256 + fsync of {mib} MiB"),
        "MiB/s",
        rate(baseline),
    );
    report.figure(
        &format!("attachment of {mib} MiB, sealed and released"),
        "MiB/s",
        rate(sent),
    );
    report.figure(
        &format!("attachment of {mib} MiB, complete at the partner"),
        "MiB/s",
        rate(whole),
    );
    let ratio = baseline.as_secs_f64() / whole.as_secs_f64();
    report.goal(
        "attachment ÷ (cp + SHA-256 + fsync), throughput",
        "",
        Goal::AtLeast(0.3),
        ratio,
    );
}

/// Time until the record is released, and until the partner has stated that the file is whole.
fn send(
    program: &Program,
    sender: &Up,
    holder: &Up,
    file: &Path,
) -> anyhow::Result<(Duration, Duration)> {
    sender.forget_peak()?;
    holder.forget_peak()?;
    let clock = Stopwatch::start();
    let to = format!("{HOLDER}/liaison");
    let file = file.to_string_lossy();
    program.say(
        SENDER,
        &[
            "send",
            "--purpose",
            "terrorism",
            "--to",
            &to,
            "--subject",
            "x",
            "--text",
            "y",
            "--attach",
            &file,
        ],
    )?;
    let sent = clock.elapsed();
    sender.until_outbox(|page| contains(page, "complete"))?;
    Ok((sent, clock.elapsed()))
}

/// Whether some standing in the page is `standing`.
fn contains(page: &Value, standing: &str) -> bool {
    match page {
        Value::Object(map) => {
            map.get("standing").and_then(Value::as_str) == Some(standing)
                || map.values().any(|value| contains(value, standing))
        }
        Value::Array(items) => items.iter().any(|item| contains(item, standing)),
        _ => false,
    }
}

fn copied_and_hashed(from: &Path, to: &Path) -> anyhow::Result<Duration> {
    let clock = Stopwatch::start();
    ensure!(
        Command::new("cp").arg(from).arg(to).status()?.success(),
        "cp failed"
    );
    let mut hasher = Sha256::new();
    let mut file = File::open(to)?;
    let mut buffer = vec![0; MIB];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
    }
    let _: [u8; 32] = hasher.finalize().into();
    file.sync_all()?;
    let time = clock.elapsed();
    fs::remove_file(to)?;
    Ok(time)
}

fn write_file(path: &Path, mib: u64) -> anyhow::Result<()> {
    let mut file = File::create(path)?;
    let mut block = vec![0; MIB];
    for _ in 0..mib {
        rng().fill_bytes(&mut block);
        file.write_all(&block)?;
    }
    Ok(file.sync_all()?)
}
