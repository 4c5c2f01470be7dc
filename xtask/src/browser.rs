//! The desk in a browser: `tests/browser`, walked in Debian's Chromium by Node.js.
//!
//! The walk prints its results as a Rust test harness does; each story and each page counts as
//! one test.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{
    counts::{Tally, TestLog},
    repo::{Repo, stream, succeeds},
    steps::Session,
    tools::{self, Component, Tools},
};

/// What the walk needs.
pub(crate) const NEEDS: &[Component] = &[tools::CHROMIUM, tools::NODE, tools::NPM, tools::WALKERS];

/// Tells every story on live nodes.
///
/// # Errors
/// The program cannot be built, or Node.js cannot be started.
pub(crate) fn run(session: &Session<'_>) -> anyhow::Result<Tally> {
    let mut walk = script(session.repo, &session.tools, "run.mjs")?;
    let mut log = TestLog::default();
    let status = stream(&mut walk, |line| log.line(line))?;
    Ok(log.finish(status.success()))
}

/// Takes a picture of every page into `folder`. Whether it could.
///
/// # Errors
/// A component is missing, the program cannot be built, or Node.js cannot be started.
pub(crate) fn pictures(repo: &Repo, folder: Option<PathBuf>) -> anyhow::Result<bool> {
    let tools = Tools::of(repo);
    for component in NEEDS {
        tools.ensure(component)?;
    }
    let folder = folder.unwrap_or_else(|| repo.target.join("pictures"));
    succeeds(script(repo, &tools, "pictures.mjs")?.arg(std::path::absolute(folder)?))
}

/// A script of `tests/browser` with the program and the browser that it drives.
fn script(repo: &Repo, tools: &Tools, name: &str) -> anyhow::Result<Command> {
    let built = succeeds(&mut repo.cargo(&["build", "--release", "-p", "passerelle"]))?;
    anyhow::ensure!(built, "the program does not build");
    let mut command = Command::new("node");
    command
        .arg(repo.root.join("tests").join("browser").join(name))
        .arg(repo.target.join("release").join("passerelle"))
        .arg(program("chromium").context("chromium is not in the path")?)
        .env("NODE_MODULES", tools.walkers().join("node_modules"));
    Ok(command)
}

/// Where a program is.
fn program(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let found = env::split_paths(&folders).map(|folder| folder.join(name));
    found.into_iter().find(|path| Path::is_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_the_path() {
        assert!(program("sh").is_some_and(|path| path.is_absolute()));
        assert_eq!(program("no-such-program-here"), None);
    }
}
