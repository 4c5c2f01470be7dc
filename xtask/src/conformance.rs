//! Conformance scripts: programs not written by us judge what we write.
//!
//! Every folder of `tests/conformance/` has an executable file `run`. It is started in the root
//! folder with one argument, an empty scratch folder, and finds `python3` and `go` in its path.
//! Exit code 0 is passed. Exit code 77 is skipped, and the last line printed is the reason, which
//! begins with `reference data:` or `component:`. Anything else is failed.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{
    counts::Tally,
    repo::{entries, stream},
    steps::Session,
};

/// Exit code by which a script says that it could not do its work.
const SKIPPED: i32 = 77;

/// Runs every script, in the order of their folders' names.
///
/// # Errors
/// The folder cannot be listed. What goes wrong in a script is counted as its failure.
pub(crate) fn run(session: &Session<'_>) -> anyhow::Result<Tally> {
    let mut total = Tally::default();
    for script in scripts(&session.repo.root)? {
        let name = name_of(&script);
        println!("── {name}");
        let tally = run_script(session, &script, &name);
        total.add(tally.unwrap_or_else(|error| Tally::fail(format!("{name}: {error:#}"))));
    }
    if total == Tally::default() {
        return Ok(Tally::fail("no script under tests/conformance"));
    }
    Ok(total)
}

fn scripts(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folders = entries(&root.join("tests").join("conformance"))?;
    Ok(folders
        .into_iter()
        .map(|folder| folder.join("run"))
        .filter(|run| run.is_file())
        .collect())
}

fn name_of(script: &Path) -> String {
    let folder = script
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    format!("conformance/{}", folder.to_string_lossy())
}

fn run_script(session: &Session<'_>, script: &Path, name: &str) -> anyhow::Result<Tally> {
    let mode = fs::metadata(script)?.permissions().mode();
    anyhow::ensure!(mode & 0o111 != 0, "{} is not executable", script.display());
    let mut command = Command::new(script);
    command
        .arg(session.repo.scratch(name)?)
        .current_dir(&session.repo.root);
    session.tools.lend_to(&mut command);
    let mut last = String::new();
    let status = stream(&mut command, |line| {
        if !line.trim().is_empty() {
            line.clone_into(&mut last);
        }
    })?;
    match status.code().context("ended by a signal")? {
        0 => Ok(Tally::pass()),
        SKIPPED => Ok(Tally::skip(name, &last, session.strictness)),
        other => Ok(Tally::fail(format!("{name}: exit code {other}: {last}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{counts::Strictness, repo::Repo, tools::Tools};

    /// Runs scripts with these contents; `None` makes a file that is not executable.
    fn judged(strictness: Strictness, scripts: &[Option<&str>]) -> Tally {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        for (index, script) in scripts.iter().enumerate() {
            let folder = root.join(format!("tests/conformance/{index}"));
            fs::create_dir_all(&folder).unwrap();
            let text = folder.join("text");
            fs::write(
                &text,
                format!("#!/bin/sh\n{}\n", script.unwrap_or_default()),
            )
            .unwrap();
            install(&text, script.is_some());
        }
        let repo = Repo {
            target: root.join("target"),
            root,
            metadata: serde_json::Value::Null,
        };
        run(&Session {
            repo: &repo,
            tools: Tools::of(&repo),
            strictness,
        })
        .unwrap()
    }

    /// Another process writes the file: a program that this process still has open for writing, in
    /// whichever thread, cannot be started.
    fn install(text: &Path, executable: bool) {
        let mode = if executable { "755" } else { "644" };
        let mut install = Command::new("install");
        install
            .args(["-m", mode])
            .arg(text)
            .arg(text.with_file_name("run"));
        assert!(install.status().unwrap().success());
    }

    #[test]
    fn exit_codes_are_outcomes() {
        let skip = "echo reference data: none; exit 77";
        let tally = judged(
            Strictness::Strict,
            &[
                Some("exit 0"),
                Some("echo bad proof; exit 1"),
                Some(skip),
                Some("kill -9 $$"),
            ],
        );
        assert_eq!(tally.to_string(), "1 passed, 2 failed, 1 skipped");
        assert_eq!(
            tally.failures,
            [
                "conformance/1: exit code 1: bad proof",
                "conformance/3: ended by a signal"
            ]
        );
        assert_eq!(tally.skips, ["conformance/2: reference data: none"]);
    }

    #[test]
    fn a_missing_component_fails_in_continuous_integration_only() {
        let script = [Some("echo component: no go; exit 77")];
        assert_eq!(judged(Strictness::Strict, &script).failed, 1);
        assert_eq!(judged(Strictness::Lenient, &script).skipped, 1);
    }

    #[test]
    fn scripts_get_an_empty_folder_and_start_in_the_root() {
        let script = "test -d \"$1\" && test -z \"$(ls \"$1\")\" && test -d tests/conformance";
        assert_eq!(judged(Strictness::Strict, &[Some(script)]).passed, 1);
    }

    #[test]
    fn a_script_that_cannot_run_is_a_failure() {
        assert_eq!(judged(Strictness::Lenient, &[None]).failed, 1);
    }

    #[test]
    fn no_script_at_all_is_a_failure() {
        assert_eq!(judged(Strictness::Lenient, &[]).failed, 1);
    }
}
