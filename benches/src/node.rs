//! The real program with a large store: how soon it answers, in order and after kill -9.

use std::path::Path;
use std::time::Duration;

use passerelle_store::Store as _;
use passerelle_store_sqlite::{Options, SqliteStore};
use serde_json::Value;

use crate::append::Growing;
use crate::clock::{Stopwatch, nap};
use crate::program::{CHANNEL, Program};
use crate::report::{Goal, Report};
use crate::world;

const PARTY: &str = "ma.interior";
const PARTNER: &str = "be.interior";
/// Bytes of a made-up envelope.
const ENVELOPE_BYTES: usize = 300;
/// Entries of one commit.
const BATCH: u64 = 4096;
/// Records released before the node is killed, so that its WAL is not empty.
const BEFORE_KILL: usize = 200;

/// Makes the folder in `dir`, which is empty: a node with a partner and `records` entries in
/// its journal, made up but with a right tree.
pub(crate) async fn fill(
    target: &Path,
    dir: &Path,
    records: u64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let program = Program::new(target, dir);
    program.partners(PARTY, PARTNER)?;
    let store = SqliteStore::open(&program.folder(PARTY).join("store"), Options::default())?;
    let mut journal = Growing::new(CHANNEL, PARTY, ENVELOPE_BYTES)?;
    let clock = Stopwatch::start();
    let mut left = records;
    while left > 0 {
        let count = left.min(BATCH);
        store.commit(journal.next(count)?).await?;
        left -= count;
    }
    let rate = records as f64 / clock.elapsed().as_secs_f64();
    report.figure("filling the store, batches of 4096", "records/s", rate);
    report.note(format!(
        "the store of {records} records was filled through `Store::commit` with made-up \
         envelopes of {ENVELOPE_BYTES} random bytes; leaves, tiles and head are right"
    ));
    Ok(())
}

/// One round on the folder that [`fill`] made.
pub(crate) fn round(target: &Path, dir: &Path, report: &mut Report) -> anyhow::Result<()> {
    let program = Program::new(target, dir);
    let draft = serde_json::to_value(world::draft(&PARTNER.parse()?)?)?;
    let goal = Goal::AtMost;
    started(
        &program,
        &draft,
        "start with a full store",
        goal(0.5),
        report,
    )?;
    started(&program, &draft, "start after kill -9", goal(1.5), report)
}

/// Starts, asks, releases, then kills, which the next start has to make good.
fn started(
    program: &Program,
    draft: &Value,
    name: &str,
    goal: Goal,
    report: &mut Report,
) -> anyhow::Result<()> {
    let clock = Stopwatch::start();
    let up = program.up(PARTY)?;
    up.get("/v1/partners")?;
    report.goal(
        &format!("{name}, first answer"),
        "s",
        goal,
        clock.elapsed().as_secs_f64(),
    );
    up.post("/v1/records", draft)?;
    report.goal(
        &format!("{name}, first record durable"),
        "s",
        goal,
        clock.elapsed().as_secs_f64(),
    );
    nap(Duration::from_secs(1));
    report.figure(&format!("{name}, memory then"), "MiB", up.memory("VmRSS:")?);
    for _ in 0..BEFORE_KILL {
        up.post("/v1/records", draft)?;
    }
    up.kill()
}
