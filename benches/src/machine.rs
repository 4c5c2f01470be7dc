//! The machine under the figures: what it is, how loaded, and how we are scheduled.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use passerelle_service::Clock as _;

use crate::clock::SystemClock;

/// Set in the environment of the run that `chrt` started.
const SCHEDULED: &str = "PASSERELLE_BENCH_SCHEDULED";
/// Its value where the real-time scheduler was granted.
const REAL_TIME: &str = "fifo-50";

/// Facts about the machine and this run.
pub(crate) struct Machine {
    facts: BTreeMap<&'static str, String>,
}

impl Machine {
    /// Looks around.
    pub(crate) fn look() -> Self {
        let mut facts = BTreeMap::new();
        facts.insert("date", SystemClock.now().day().to_string());
        facts.insert("processor", processor());
        facts.insert("memory", first_line("/proc/meminfo", "MemTotal:"));
        facts.insert("kernel", read("/proc/sys/kernel/osrelease"));
        facts.insert("scheduler", scheduler());
        facts.insert("load at start", load());
        Self { facts }
    }

    /// Notes the load at the end.
    pub(crate) fn finished(&mut self) {
        self.facts.insert("load at end", load());
    }

    /// All facts, by name.
    pub(crate) fn facts(&self) -> &BTreeMap<&'static str, String> {
        &self.facts
    }
}

/// The load averages of 1, 5 and 15 minutes.
pub(crate) fn load() -> String {
    read("/proc/loadavg")
        .split(' ')
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether this is the run that [`schedule`] started.
pub(crate) fn is_scheduled() -> bool {
    std::env::var_os(SCHEDULED).is_some()
}

/// Starts this program again under the real-time scheduler, where that is allowed: otherwise
/// a flush measures how long others are served first. Returns where it stays as it is.
pub(crate) fn schedule() {
    let Ok(this) = std::env::current_exe() else {
        return;
    };
    let mut granted = Command::new("chrt");
    granted
        .args(["-f", "50", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !granted.status().is_ok_and(|status| status.success()) {
        return;
    }
    let mut again = Command::new("chrt");
    again
        .args(["-f", "50"])
        .arg(this)
        .args(std::env::args_os().skip(1));
    let error = again.env(SCHEDULED, REAL_TIME).exec();
    eprintln!("chrt did not start: {error}");
}

fn scheduler() -> String {
    match std::env::var(SCHEDULED) {
        Ok(held) if held == REAL_TIME => "SCHED_FIFO 50 (chrt)".to_owned(),
        _ => "normal: chrt was not allowed or not asked for; flushes wait for the scheduler".into(),
    }
}

fn processor() -> String {
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{count} × {}", first_line("/proc/cpuinfo", "model name"))
}

fn first_line(file: &str, name: &str) -> String {
    let text = read(file);
    let line = text
        .lines()
        .find(|line| line.starts_with(name))
        .unwrap_or_default();
    line.trim_start_matches(name)
        .trim_start_matches([' ', '\t', ':'])
        .to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(file)
        .unwrap_or_default()
        .trim()
        .to_owned()
}
