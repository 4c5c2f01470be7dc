//! The names engine: speed in computed time on one core, quality on the development pairs, and
//! the same pairs through the peer (nomenklatura's logic-v2) in the same round.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use passerelle_names::train::data::{Data, Pair};
use passerelle_names::train::{judge, metrics, tally};
use passerelle_names::{Name, Tables, k1, read_pair, score};

use crate::computed::computed;
use crate::report::{Goal, Report};

/// Pairs the peer compares: its rate needs no more.
const PEER_PAIRS: usize = 4000;
/// What runs the peer: prints how many pairs it compared in a second of computing.
const PEER: &str = r#"
import sys, time
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
from followthemoney import model, EntityProxy
def entity(n, name):
    e = model.make_entity("Person")
    e.id = f"e{n}"
    e.add("name", name)
    return e
pairs = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
config = LogicV2.default_config() if hasattr(LogicV2, "default_config") else ScoringConfig.defaults()
def run(offset):
    start = time.process_time()
    for n, (a, b) in enumerate(pairs):
        LogicV2.compare(entity(offset + 2 * n, a), entity(offset + 2 * n + 1, b), config)
    return len(pairs) / (time.process_time() - start)
run(0)
print(run(10_000_000))
"#;

/// Where the reference data are.
fn folder() -> PathBuf {
    std::env::var_os("PASSERELLE_NAMES_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../shared/data/names"
            ))
        },
        PathBuf::from,
    )
}

/// One round.
pub(crate) fn round(tools: &Path, scratch: &Path, report: &mut Report) -> anyhow::Result<()> {
    let folder = folder();
    let Ok(data) = Data::read(|name| fs::read_to_string(folder.join(name))) else {
        report.note("names: skipped: no reference data");
        return Ok(());
    };
    let pairs = speed(&data, report)?;
    match peer(tools, scratch, &data) {
        Ok(rate) => {
            report.figure("logic-v2, pairs", "/s", rate);
            report.goal("pairs/s ÷ logic-v2", "", Goal::AtLeast(30.0), pairs / rate);
        }
        Err(error) => report.note(format!("names: the peer was not run: {error:#}")),
    }
    quality(&data, report);
    Ok(())
}

/// Pairs and names a second of computing; gives the rate of pairs from text.
fn speed(data: &Data, report: &mut Report) -> anyhow::Result<f64> {
    let lines: Vec<String> = data
        .pairs
        .iter()
        .map(|pair| pair.names.join("\t"))
        .collect();
    let ready: Vec<_> = lines
        .iter()
        .filter_map(|line| read_pair(line.as_bytes(), false).ok())
        .collect();
    let mut sum = 0_i64;
    let text = rate(lines.len(), || {
        for line in &lines {
            if let Ok(pair) = read_pair(line.as_bytes(), false) {
                sum += i64::from(score((&pair.a, None), (&pair.b, None)).units());
            }
        }
    })?;
    let prepared = rate(ready.len(), || {
        for pair in &ready {
            sum += i64::from(score((&pair.a, None), (&pair.b, None)).units());
        }
    })?;
    let keyed = rate(data.index.len(), || {
        for text in &data.index {
            sum += Name::new(text).map_or(0, |name| i64::from(k1(&name).len() == 6));
        }
    })?;
    anyhow::ensure!(sum != 0, "nothing was compared");
    report.goal("pairs, text in", "/s", Goal::AtLeast(250_000.0), text);
    report.goal("pairs, prepared", "/s", Goal::AtLeast(500_000.0), prepared);
    report.goal("names keyed (K1)", "/s", Goal::AtLeast(250_000.0), keyed);
    Ok(text)
}

/// How many a second of computing, over four passes.
fn rate(count: usize, mut work: impl FnMut()) -> anyhow::Result<f64> {
    const PASSES: usize = 4;
    let before = computed()?;
    (0..PASSES).for_each(|_| work());
    let nanoseconds = computed()? - before;
    let all = f64::from(u32::try_from(count * PASSES)?);
    Ok(all / nanoseconds * 1e9)
}

fn peer(tools: &Path, scratch: &Path, data: &Data) -> anyhow::Result<f64> {
    let python = tools.join("names-venv/bin/python");
    anyhow::ensure!(python.exists(), "no nomenklatura in {}", python.display());
    let file = scratch.join("pairs.tsv");
    let lines = data
        .pairs
        .iter()
        .take(PEER_PAIRS)
        .map(|pair| pair.names.join("\t") + "\n");
    fs::write(&file, lines.collect::<String>())?;
    let output = Command::new(python)
        .arg("-c")
        .arg(PEER)
        .arg(&file)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(
        output.status.success(),
        "{}",
        said.lines().last().unwrap_or_default()
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}

fn quality(data: &Data, report: &mut Report) {
    let scored = judge::scores(Tables::bytes(), &data.pairs);
    let slice = |fits: &dyn Fn(&Pair) -> bool| -> Vec<(f32, bool)> {
        let part = scored.iter().filter(|one| fits(&one.1));
        part.map(|one| (one.0, one.1.same)).collect()
    };
    let all = slice(&|_| true);
    let real = slice(&|pair| pair.origin == "real");
    let across = slice(&|pair| pair.scripts == "ar-la");
    let arabic = slice(&|pair| pair.scripts == "ar-ar");
    let at95 = |part: &[(f32, bool)]| metrics::recall_at_precision(part, 0.95).0;
    let mut goal = |name: &str, least: f64, value: f64| {
        report.goal(&format!("DEV {name}"), "", Goal::AtLeast(least), value);
    };
    goal("AUC, all", 0.981, metrics::auc(&all));
    goal("AUC, real", 0.989, metrics::auc(&real));
    goal("AUC, across scripts", 0.987, metrics::auc(&across));
    goal("recall at precision .95, all", 0.938, at95(&all));
    goal(
        "recall at precision .95, across scripts",
        0.963,
        at95(&across),
    );
    goal(
        "recall at precision .95, Arabic–Arabic",
        0.753,
        at95(&arabic),
    );
    goal(
        "recall at 1 % false hits, all",
        0.733,
        metrics::recall_at_false(&all, 0.01),
    );
    let (f1, threshold) = metrics::best_f1(&all);
    goal("F1", 0.948, f1);
    let near = slice(&|pair| pair.category == "n_near_token");
    let accepted = metrics::accepted(&near, threshold);
    report.goal(
        "DEV false hits on near tokens",
        "",
        Goal::AtMost(0.247),
        accepted,
    );
    let dated = judge::scores(Tables::bytes(), &data.dated);
    let dated: Vec<(f32, bool)> = dated.iter().map(|one| (one.0, one.1.same)).collect();
    let name = "DEV recall at precision .95, with birth dates";
    report.goal(name, "", Goal::AtLeast(0.983), at95(&dated));
    report.note(tally::apart(Tables::bytes(), data));
    report.note(tally::dated(data));
    let keys = tally::k1_figures(Tables::bytes(), data);
    report.goal("DEV K1 recall", "", Goal::AtLeast(0.843), keys.0);
    report.goal(
        "DEV K1 equal keys of strangers, per million pairs",
        "",
        Goal::AtMost(100.0),
        keys.1 * 1e6,
    );
}
