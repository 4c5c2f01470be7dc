//! Where the repository is, and how its commands are started.

use std::{
    env, fs,
    io::{BufRead, BufReader, ErrorKind},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::Context as _;
use serde_json::Value;

/// The checked-out repository.
pub(crate) struct Repo {
    /// Folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's build folder, which also holds test tools and scratch folders.
    pub(crate) target: PathBuf,
    /// The answer of `cargo metadata --no-deps`.
    pub(crate) metadata: Value,
}

impl Repo {
    /// Asks cargo about the workspace around the current folder.
    ///
    /// # Errors
    /// Cargo cannot be started, or no workspace is found.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let output = clean(Command::new(cargo_program()))
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start cargo metadata")?;
        anyhow::ensure!(
            output.status.success(),
            "cargo metadata failed: {}",
            output.status
        );
        Self::from_metadata(serde_json::from_slice(&output.stdout)?)
    }

    /// A cargo command, started in the root folder.
    pub(crate) fn cargo(&self, args: &[&str]) -> Command {
        let mut command = clean(Command::new(cargo_program()));
        command.args(args).current_dir(&self.root);
        command
    }

    /// An empty folder under `target/` for one test; what an earlier run left there is removed.
    ///
    /// # Errors
    /// The folder cannot be emptied or made.
    pub(crate) fn scratch(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("test-scratch").join(name);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot empty {}", folder.display()));
            }
            _ => {}
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    fn from_metadata(metadata: Value) -> anyhow::Result<Self> {
        let path = |key: &str| {
            let text = metadata.get(key).and_then(Value::as_str);
            text.map(PathBuf::from)
                .with_context(|| format!("cargo metadata has no {key}"))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
            metadata,
        })
    }
}

/// Whether a command ran to its end and reported success.
///
/// # Errors
/// It could not be started.
pub(crate) fn succeeds(command: &mut Command) -> anyhow::Result<bool> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    Ok(status.success())
}

/// Whether a command exists and reports success; says nothing of its output.
pub(crate) fn answers(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Runs a command, showing its standard output line by line while `each` reads along.
///
/// # Errors
/// It could not be started, or its output could not be read.
pub(crate) fn stream(
    command: &mut Command,
    mut each: impl FnMut(&str),
) -> anyhow::Result<ExitStatus> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let stdout = child.stdout.take().context("no pipe to the child")?;
    let mut reader = BufReader::new(stdout);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        println!("{text}");
        each(text);
        line.clear();
    }
    Ok(child.wait()?)
}

/// Every file under `folder`, sorted, whose extension is one of `extensions`.
///
/// A folder that does not exist has no files. Links are not followed.
///
/// # Errors
/// A folder cannot be listed.
pub(crate) fn files(folder: &Path, extensions: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in entries(&folder)? {
            if entry.is_symlink() {
                continue;
            }
            if entry.is_dir() {
                waiting.push(entry);
            } else if entry
                .extension()
                .is_some_and(|e| extensions.iter().any(|x| e == *x))
            {
                found.push(entry);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a folder holds, sorted; nothing when it does not exist.
///
/// # Errors
/// The folder exists and cannot be listed.
pub(crate) fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listing = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.with_context(|| format!("cannot list {}", folder.display()))?,
    };
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn cargo_program() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Removes what `cargo run` told this program about itself: seen by an inner cargo, it would make
/// build scripts run again.
fn clean(mut command: Command) -> Command {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo_in(folder: &Path) -> Repo {
        Repo {
            root: folder.to_owned(),
            target: folder.join("target"),
            metadata: Value::Null,
        }
    }

    #[test]
    fn scratch_is_empty_again_at_every_run() {
        let folder = tempfile::tempdir().unwrap();
        let repo = repo_in(folder.path());
        let scratch = repo.scratch("one").unwrap();
        fs::write(scratch.join("left"), "over").unwrap();
        assert_eq!(repo.scratch("one").unwrap(), scratch);
        assert!(entries(&scratch).unwrap().is_empty());
    }

    #[test]
    fn files_are_found_by_extension_and_sorted() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        for name in ["z.rs", "a/b.rs", "a/c.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = files(folder.path(), &["rs"]).unwrap();
        assert_eq!(
            found,
            [folder.path().join("a/b.rs"), folder.path().join("z.rs")]
        );
        assert!(
            files(&folder.path().join("absent"), &["rs"])
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn stream_hands_on_every_line_and_the_exit_status() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; printf two; exit 3"]);
        let status = stream(&mut command, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["one", "two"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn a_missing_program_is_an_error_and_does_not_answer() {
        let missing = || Command::new("no-such-program-here");
        assert!(succeeds(&mut missing()).is_err());
        assert!(!answers(&mut missing()));
    }

    #[test]
    fn metadata_without_folders_is_refused() {
        assert!(Repo::from_metadata(Value::Null).is_err());
    }
}
