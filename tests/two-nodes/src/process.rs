//! One node: its folder, its process, its command line.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::http::{Answer, Api};
use crate::wait::until;

/// A node of one party.
#[derive(Debug)]
pub struct Node {
    /// The party.
    pub party: String,
    /// Its data folder.
    pub data: PathBuf,
    /// Where its exchange listens.
    pub exchange: u16,
    /// Its standard error, all runs after another.
    pub log: PathBuf,
    /// Variables of every process of this node.
    pub env: Vec<(String, String)>,
    program: PathBuf,
    home: PathBuf,
    up: Option<Up>,
}

#[derive(Debug)]
struct Up {
    child: Child,
    api: Api,
    // Held open: a node that writes to nobody would end.
    _out: BufReader<ChildStdout>,
}

/// What one command gave.
#[derive(Debug, Clone)]
pub struct Ran {
    /// Exit status; -1 where a signal ended it.
    pub code: i32,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// The output of a command that must succeed.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self.out
    }

    /// The message of a command that must be refused with `code`.
    #[track_caller]
    pub fn refused(self, code: &str) -> String {
        assert_eq!(self.code, 1, "{}\n{}", self.out, self.err);
        assert!(self.err.contains(code), "{code} is not in: {}", self.err);
        self.err
    }
}

impl Node {
    /// A node of `party` with its data in `data`; nothing is made yet. `home` holds its key,
    /// its log and what its commands read and write.
    pub fn new(program: &Path, home: &Path, data: PathBuf, party: &str, exchange: u16) -> Self {
        Self {
            party: party.to_owned(),
            data,
            exchange,
            log: home.join(format!("{party}.log")),
            env: Vec::new(),
            program: program.to_owned(),
            home: home.to_owned(),
            up: None,
        }
    }

    /// Runs one command on this node's folder.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.run_with(&[], args)
    }

    /// Runs one command, with variables.
    pub fn run_with<S: AsRef<OsStr>>(
        &self,
        env: &[(&str, &str)],
        args: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut command = self.command();
        let output = command
            .args(args)
            .envs(env.iter().copied())
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            signal: output.status.signal(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// `run` with words split at spaces.
    pub fn say(&self, line: &str) -> Ran {
        self.run(line.split_whitespace())
    }

    /// A command of this node, in its home, without any setting of the machine.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(&self.home)
            .env_clear()
            .env("HOME", &self.home)
            .env("TMPDIR", &self.home)
            .env("PASSERELLE_DATA", &self.data)
            .env("PASSERELLE_OFFICER", "o-17")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// Starts the node and waits until it says that it runs.
    #[track_caller]
    pub fn start(&mut self) {
        assert!(self.try_start(&[]), "it did not start: {}", self.logged());
    }

    /// Starts the node with variables; `false` where it ended instead of running.
    pub fn try_start(&mut self, env: &[(&str, &str)]) -> bool {
        assert!(self.up.is_none(), "{} runs already", self.party);
        let log = File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .unwrap();
        let exchange = format!("127.0.0.1:{}", self.exchange);
        let mut command = self.command();
        command.envs(env.iter().copied());
        command.args(["up", "--desk", "127.0.0.1:0", "--exchange", &exchange]);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let ready = out
            .by_ref()
            .lines()
            .any(|line| line.is_ok_and(|l| l.contains("Ctrl-C")));
        if !ready {
            child.wait().unwrap();
            return false;
        }
        let text = std::fs::read(self.data.join("run.json")).unwrap();
        let file: Value = serde_json::from_slice(&text).unwrap();
        let address = file["api"].as_str().unwrap().parse().unwrap();
        let api = Api::new(address, file["token"].as_str().unwrap());
        self.up = Some(Up {
            child,
            api,
            _out: out,
        });
        true
    }

    /// Whether a process of this node is thought to run.
    pub fn is_up(&self) -> bool {
        self.up.is_some()
    }

    /// Its process.
    pub fn pid(&self) -> Option<u32> {
        self.up.as_ref().map(|up| up.child.id())
    }

    /// Its API.
    #[track_caller]
    pub fn api(&self) -> &Api {
        &self.up.as_ref().expect("the node runs").api
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    pub fn kill(&mut self) {
        if let Some(mut up) = self.up.take() {
            let _ = up.child.kill();
            let _ = up.child.wait();
        }
    }

    /// Asks it to stop and waits until it has.
    #[track_caller]
    pub fn stop(&mut self) {
        self.signal(Signal::TERM);
        let mut up = self.up.take().expect("the node runs");
        let status = up.child.wait().unwrap();
        assert!(status.success(), "{status}: {}", self.logged());
    }

    /// Halts it between two instructions.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    /// Waits until it was killed at a step it was told to die at.
    #[track_caller]
    pub fn await_death(&mut self, what: &str) {
        let mut up = self.up.take().expect("the node runs");
        let mut status = None;
        until(what, || {
            status = up.child.try_wait().unwrap();
            status.is_some()
        });
        let signal = status.and_then(|status| status.signal());
        assert_eq!(signal, Some(9), "{what}: {}", self.logged());
    }

    /// Whether its process has ended by itself.
    pub fn has_died(&mut self) -> bool {
        self.up
            .as_mut()
            .is_none_or(|up| up.child.try_wait().unwrap().is_some())
    }

    /// The most memory its process ever held, in KiB.
    pub fn most_memory_kib(&self) -> u64 {
        let pid = self.pid().expect("the node runs");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Releases a record under an idempotency key; `None` where the node ended before it
    /// answered.
    #[track_caller]
    pub fn release(&self, draft: &Value, key: &str) -> Option<Answer> {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        self.api()
            .post("/v1/records", &headers, draft.to_string().as_bytes())
            .ok()
    }

    /// Stages a file; `None` where the node ended before it answered.
    pub fn stage(&self, name: &str, content: &[u8]) -> Option<Answer> {
        let path = format!("/v1/attachments?name={name}&type=application/octet-stream");
        let headers = "Content-Type: application/octet-stream\r\n";
        self.api().post(&path, headers, content).ok()
    }

    /// What it wrote to standard error.
    pub fn logged(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn signal(&self, signal: Signal) {
        let pid = self.pid().and_then(|pid| Pid::from_raw(pid.cast_signed()));
        kill_process(pid.expect("the node runs"), signal).unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}
