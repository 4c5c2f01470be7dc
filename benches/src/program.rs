//! The real program: built, two folders paired, nodes started, asked over its API and killed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use serde_json::Value;

use crate::clock::{Stopwatch, nap};
use crate::world::free_address;

/// How long a node may take to do something before it counts as broken.
const PATIENCE: Duration = Duration::from_secs(300);
/// The agreement's identifier.
pub(crate) const CHANNEL: &str = "bench";

/// The built program and where its folders are.
pub(crate) struct Program {
    binary: PathBuf,
    dir: PathBuf,
}

/// Builds the program beside this one; a bench of an older build would be a lie.
pub(crate) fn build(target: &Path) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "build",
        "--release",
        "--quiet",
        "-p",
        "passerelle",
        "--target-dir",
    ]);
    command.arg(target).current_dir(env!("CARGO_MANIFEST_DIR"));
    ensure!(command.status()?.success(), "the program does not build");
    Ok(())
}

impl Program {
    /// The program in `target`, with folders below `dir`, which exists.
    pub(crate) fn new(target: &Path, dir: &Path) -> Self {
        Self {
            binary: target.join("release/passerelle"),
            dir: dir.to_owned(),
        }
    }

    /// The folder of a party.
    pub(crate) fn folder(&self, party: &str) -> PathBuf {
        self.dir.join(party)
    }

    /// Runs one command to its end; gives what it printed.
    pub(crate) fn say(&self, party: &str, words: &[&str]) -> anyhow::Result<String> {
        let output = self.command(party).args(words).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(
            output.status.success(),
            "passerelle {}: {said}",
            words.join(" ")
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    fn command(&self, party: &str) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .current_dir(&self.dir)
            .env("HOME", &self.dir)
            .env("PASSERELLE_OFFICER", "o-1");
        command
            .args(["--yes", "--data", party])
            .stdin(Stdio::null());
        command
    }

    /// Makes two nodes that have pinned each other and signed one agreement.
    pub(crate) fn partners(&self, one: &str, two: &str) -> anyhow::Result<()> {
        for party in [one, two] {
            let (desk, exchange) = (free_address()?.to_string(), free_address()?.to_string());
            self.say(
                party,
                &[
                    "init",
                    "--party",
                    party,
                    "--name",
                    "fr=Mesure",
                    "--address",
                    &exchange,
                    "--desk",
                    &desk,
                    "--exchange",
                    &exchange,
                ],
            )?;
            self.say(party, &["card", "--out", &format!("{party}.card")])?;
        }
        for (reader, read) in [(one, two), (two, one)] {
            let spoken = self.say(read, &["card", "--words", "digits"])?;
            let card = format!("{read}.card");
            self.say(reader, &["pair", &card, "--fingerprint", spoken.trim()])?;
        }
        let new = [
            "agreement",
            "new",
            "--partner",
            two,
            "--id",
            CHANNEL,
            "--out",
            "text",
        ];
        self.say(one, &new)?;
        self.say(one, &["agreement", "sign", "text"])?;
        let shown: Value = serde_json::from_str(&self.say(one, &["--json", "agreement", "show"])?)?;
        let hash = shown.pointer("/0/hash").or_else(|| shown.get("hash"));
        let hash = hash
            .and_then(Value::as_str)
            .context("no agreement")?
            .to_owned();
        self.say(one, &["agreement", "export", &hash, "--out", "first"])?;
        self.say(two, &["agreement", "sign", "first"])?;
        self.say(two, &["agreement", "export", &hash, "--out", "second"])?;
        self.say(one, &["agreement", "import", "second"]).map(drop)
    }

    /// Starts the node of `party`; gives it once it says that it runs.
    pub(crate) fn up(&self, party: &str) -> anyhow::Result<Up> {
        let mut child = self
            .command(party)
            .arg("up")
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("no output")?;
        let mut up = Up {
            child,
            run: RunFile::default(),
        };
        let runs = BufReader::new(out)
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("Ctrl-C"));
        ensure!(runs, "the node of {party} did not start");
        up.run = serde_json::from_slice(&fs::read(self.folder(party).join("run.json"))?)?;
        Ok(up)
    }
}

/// What a running node leaves for its own command line.
#[derive(Default, Deserialize)]
struct RunFile {
    api: Option<SocketAddr>,
    token: String,
}

/// A running node; killed where a measurement gives up.
pub(crate) struct Up {
    child: Child,
    run: RunFile,
}

impl Up {
    /// Asks for `path` and gives the JSON of the answer.
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.ask(&format!("GET {path}"), "")
    }

    /// Hands over JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.ask(&format!("POST {path}"), &body.to_string())
    }

    fn ask(&self, what: &str, body: &str) -> anyhow::Result<Value> {
        let api = self.run.api.context("no address")?;
        let mut stream = TcpStream::connect(api)?;
        write!(
            stream,
            "{what} HTTP/1.1\r\nHost: {api}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.run.token,
            body.len(),
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        ensure!(head.starts_with("HTTP/1.1 2"), "{what}: {answer}");
        Ok(serde_json::from_str(body)?)
    }

    /// Waits until `done` says so of the newest record in the outbox.
    pub(crate) fn until_outbox(&self, done: impl Fn(&Value) -> bool) -> anyhow::Result<()> {
        let waiting = Stopwatch::start();
        while !done(&self.get("/v1/records/outbox?limit=1")?) {
            ensure!(
                waiting.elapsed() < PATIENCE,
                "the record does not get there"
            );
            nap(Duration::from_millis(10));
        }
        Ok(())
    }

    /// A line of the kernel's account of this process, in MiB: `VmRSS` now, `VmHWM` at most.
    pub(crate) fn memory(&self, name: &str) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line
            .and_then(|line| line.split_whitespace().next())
            .context("no such line")?;
        Ok(kib.parse::<f64>()? / 1024.0)
    }

    /// Lets `VmHWM` begin again at what is used now.
    pub(crate) fn forget_peak(&self) -> anyhow::Result<()> {
        Ok(fs::write(
            format!("/proc/{}/clear_refs", self.child.id()),
            "5",
        )?)
    }

    /// An orderly end.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            kill_process(pid, Signal::TERM)?;
        }
        self.child.wait()?;
        Ok(())
    }

    /// An end without warning.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
