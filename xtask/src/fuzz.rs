//! `cargo xtask fuzz`: arbitrary bytes for every parser. `fuzz/README.md` says how a target is made.

use std::{path::Path, process::Command};

use anyhow::Context as _;
use clap::Args;

use crate::{
    counts::TestLog,
    repo::{Repo, answers, entries, stream, succeeds},
};

/// Part of the name of every ordinary test that reads a folder of `fuzz/corpus/`.
const REPLAY_FILTER: &str = "fuzz_corpus";

/// What to fuzz.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Time for each target, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Feed the files of fuzz/corpus once, with the stable compiler, instead of new bytes
    #[arg(long, conflicts_with = "target")]
    replay: bool,
    /// One target; all of them when none is given
    target: Option<String>,
}

/// Whether no target found anything.
///
/// # Errors
/// The target does not exist, or a program could not be started.
pub(crate) fn run(repo: &Repo, options: &Options) -> anyhow::Result<bool> {
    if options.replay {
        return replay(repo);
    }
    let targets = chosen(targets(&repo.root)?, options.target.as_deref())?;
    if !answers(&mut cargo_fuzz(repo, &["--version"])) {
        println!("cargo-fuzz needs the nightly compiler:");
        println!("  rustup toolchain install nightly && cargo install --locked cargo-fuzz");
        return Ok(false);
    }
    let time = format!("-max_total_time={}", options.seconds);
    let mut found_nothing = true;
    for target in targets {
        println!("━━ {target}");
        found_nothing &= succeeds(&mut cargo_fuzz(repo, &["run", &target, "--", &time]))?;
    }
    Ok(found_nothing)
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

/// Through rustup's own `cargo`, which alone understands `+nightly`.
fn cargo_fuzz(repo: &Repo, args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(["+nightly", "fuzz"])
        .args(args)
        .current_dir(&repo.root);
    command
}

#[cfg(test)]
mod tests {
    use std::fs;

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
    fn a_target_is_chosen_by_name() {
        let both = || vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(chosen(both(), None).unwrap(), ["a", "b"]);
        assert_eq!(chosen(both(), Some("b")).unwrap(), ["b"]);
        assert!(chosen(both(), Some("c")).is_err());
        assert!(chosen(Vec::new(), None).is_err());
    }
}
