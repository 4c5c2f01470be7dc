//! Runs the binary in a world of its own: temporary folders, no settings of the machine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What one run gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Output of a run that must succeed.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self.out
    }

    /// Checks that it was refused with `code`; gives the message.
    #[track_caller]
    pub(crate) fn refused(self, status: i32, code: &str) -> String {
        assert_eq!(self.code, status, "{}\n{}", self.out, self.err);
        assert!(self.err.contains(code), "{code} is not in: {}", self.err);
        self.err
    }
}

/// Temporary folders of one test.
pub(crate) struct World {
    dir: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a text file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
        command
            .current_dir(self.dir.path())
            .env_clear()
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.dir.path())
            .env("PASSERELLE_OFFICER", "o-17")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        ran(self.command().args(args).output().unwrap())
    }

    /// `run` with words split at spaces.
    pub(crate) fn say(&self, line: &str) -> Ran {
        self.run(line.split_whitespace())
    }

    /// A node of `party` in the folder of that name, its card beside it.
    pub(crate) fn node(&self, party: &str, units: &[&str]) {
        let mut args = vec![
            "init",
            "--data",
            party,
            "--party",
            party,
            "--name",
            "fr=Ministère",
        ];
        units.iter().for_each(|unit| args.extend(["--unit", unit]));
        self.run(args).ok();
        self.say(&format!("--data {party} card --out {party}.card"))
            .ok();
    }

    /// Two nodes that pinned each other and signed one agreement.
    pub(crate) fn partners(&self) {
        self.node("ma.interior", &["liaison"]);
        self.node("be.interior", &["liaison", "police"]);
        self.pair("ma.interior", "be.interior", "fr");
        self.pair("be.interior", "ma.interior", "digits");
        let new =
            "--data ma.interior agreement new --partner be.interior --id ma-be --out ma-be.toml";
        self.say(new).ok();
        self.say("--data ma.interior --yes agreement sign ma-be.toml")
            .ok();
        let hash = self.hash();
        self.say(&format!(
            "--data ma.interior agreement export {hash} --out one"
        ))
        .ok();
        self.say("--data be.interior --yes agreement sign one").ok();
        self.say(&format!(
            "--data be.interior agreement export {hash} --out two"
        ))
        .ok();
        self.say("--data ma.interior agreement import two").ok();
    }

    fn pair(&self, reader: &str, read: &str, how: &str) {
        let spoken = self.say(&format!("--data {read} card --words {how}")).ok();
        let card = format!("{read}.card");
        let args = [
            "--data",
            reader,
            "pair",
            &card,
            "--fingerprint",
            spoken.trim(),
        ];
        self.run(args).ok();
    }

    /// Hash of the only agreement.
    pub(crate) fn hash(&self) -> String {
        let json = self.say("--data ma.interior --json agreement show").ok();
        json.split("\"hash\":\"").nth(1).unwrap()[..64].to_owned()
    }
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Names of everything below `dir`.
pub(crate) fn listing(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
