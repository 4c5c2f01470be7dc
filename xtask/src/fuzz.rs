//! `cargo xtask fuzz`: arbitrary bytes for every parser. `fuzz/README.md` says how a target is made.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    counts::TestLog,
    repo::{Repo, entries, stream, succeeds},
};

/// Part of the name of every ordinary test that reads a folder of `fuzz/corpus/`.
const REPLAY_FILTER: &str = "fuzz_corpus";

/// What to fuzz.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Time for each target, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Feed the files of fuzz/corpus once, in the ordinary tests, instead of new bytes
    #[arg(long, conflicts_with = "target")]
    replay: bool,
    /// One file for the target, instead of a search
    #[arg(long, requires = "target", conflicts_with = "replay")]
    input: Option<PathBuf>,
    /// One target; all of them when none is given
    target: Option<String>,
}

/// Makes the compiler count the branches that are taken and note what is compared, which is what
/// libFuzzer searches by. The stable compiler takes these; only its sanitizers would need nightly.
const COVERAGE: &str = "--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// An input that takes longer is a find, in seconds. Programs with counters are slow, and so are
/// shared machines: what takes a second alone takes a few here.
const LONGEST_S: u32 = 10;

/// More memory than this is a find, in MiB.
const MOST_MEMORY_MIB: u32 = 1024;

/// Whether no target found anything.
///
/// # Errors
/// The target does not exist, or a program could not be started.
pub(crate) fn run(repo: &Repo, options: &Options) -> anyhow::Result<bool> {
    if options.replay {
        return replay(repo);
    }
    let targets = chosen(targets(&repo.root)?, options.target.as_deref())?;
    let host = host()?;
    let mut found = Vec::new();
    for target in &targets {
        println!("━━ {target}");
        let mut command = program(repo, &host, target);
        match &options.input {
            Some(file) => drop(command.arg(fs::canonicalize(file).context("no such input")?)),
            None => search(&mut command, repo, target, options.seconds)?,
        }
        if !succeeds(&mut command)? {
            found.push(target.as_str());
        }
    }
    match found.as_slice() {
        [] => println!("nothing found in {} target(s)", targets.len()),
        some => println!("found something: {} (see fuzz/artifacts/)", some.join(", ")),
    }
    Ok(found.is_empty())
}

/// The command that builds one target and starts it.
fn program(repo: &Repo, host: &str, target: &str) -> Command {
    let mut command = repo.cargo(&["run", "--release", "--manifest-path", "fuzz/Cargo.toml"]);
    command
        .args(["--target", host, "--bin", target, "--target-dir"])
        .arg(repo.target.join("fuzz"))
        .arg("--")
        .arg(format!("-timeout={LONGEST_S}"))
        .arg(format!("-rss_limit_mb={MOST_MEMORY_MIB}"))
        .env("RUSTFLAGS", COVERAGE);
    command
}

/// What makes it search. New files go to a folder under `target/`; the kept ones in
/// `fuzz/corpus/` are read only.
fn search(command: &mut Command, repo: &Repo, target: &str, seconds: u32) -> anyhow::Result<()> {
    let work = repo.target.join("fuzz").join("corpus").join(target);
    let artifacts = repo.root.join("fuzz").join("artifacts").join(target);
    for folder in [&work, &artifacts] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(work)
        .arg(repo.root.join("fuzz").join("corpus").join(target));
    Ok(())
}

/// The machine's own target. It must be named, or build scripts would be compiled with
/// [`COVERAGE`] too and not link.
fn host() -> anyhow::Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("cannot start rustc")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

fn replay(repo: &Repo) -> anyhow::Result<bool> {
    let mut log = TestLog::default();
    let mut command = repo.cargo(&["test", "--workspace", "--no-fail-fast", REPLAY_FILTER]);
    let status = stream(&mut command, |line| log.line(line))?;
    let tally = log.finish(status.success());
    println!("{tally}");
    anyhow::ensure!(
        tally.passed + tally.failed > 0,
        "no test is named *{REPLAY_FILTER}*"
    );
    Ok(tally.failed == 0)
}

/// Names of the files in `fuzz/fuzz_targets/`.
fn targets(root: &Path) -> anyhow::Result<Vec<String>> {
    let files = entries(&root.join("fuzz").join("fuzz_targets"))?;
    let sources = files
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"));
    Ok(sources
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect())
}

fn chosen(targets: Vec<String>, wanted: Option<&str>) -> anyhow::Result<Vec<String>> {
    let Some(wanted) = wanted else {
        anyhow::ensure!(!targets.is_empty(), "no target under fuzz/fuzz_targets");
        return Ok(targets);
    };
    let known = targets.join(", ");
    let found = targets.into_iter().find(|target| target == wanted);
    Ok(vec![found.with_context(|| {
        format!("no target is named {wanted}; there are: {known}")
    })?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_the_files_of_their_folder() {
        let root = tempfile::tempdir().unwrap();
        assert!(targets(root.path()).unwrap().is_empty());
        let folder = root.path().join("fuzz/fuzz_targets");
        fs::create_dir_all(&folder).unwrap();
        for name in ["journal_proof.rs", "card.rs", "notes.md"] {
            fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(targets(root.path()).unwrap(), ["card", "journal_proof"]);
    }

    #[test]
    fn the_machine_has_a_name() {
        assert!(host().unwrap().split('-').count() >= 3);
    }

    #[test]
    fn a_target_is_chosen_by_name() {
        let both = || vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(chosen(both(), None).unwrap(), ["a", "b"]);
        assert_eq!(chosen(both(), Some("b")).unwrap(), ["b"]);
        assert!(chosen(both(), Some("c")).is_err());
        assert!(chosen(Vec::new(), None).is_err());
    }
}
