//! `passerelle`: one binary that makes a node, runs it, speaks to it and demonstrates it.
//!
//! **In scope**: the command line, settings, key files, wiring, listeners, the demonstration.
//! **Out of scope**: every rule and every use case; the command line does what the API does.

mod args;
mod args_agreement;
mod args_group;
mod args_keeping;
mod args_matching;
mod args_names;
mod args_people;
mod args_register;
mod args_send;
mod ask;
mod beads;
mod client;
mod clock;
mod commands;
mod config;
mod demo;
mod failure;
#[cfg(feature = "fault-points")]
mod fault_points;
mod files;
mod keys;
mod locale;
mod media;
mod net;
mod node;
mod restore;
mod rng;
mod run_file;
mod running;
mod setup;
mod table;

use std::panic;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use rustix::fs::Mode;
use tracing_subscriber::EnvFilter;

use crate::args::Cli;
use crate::failure::Failure;

/// Exit status of a command that was refused or failed.
const REFUSED: u8 = 1;
/// Nothing failed, and something is overdue that people owe.
const OWED: u8 = 3;
/// Exit status of a command line that is not understood.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    end_with_the_reader();
    #[cfg(feature = "fault-points")]
    fault_points::install();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    // Whatever this process makes is its user's alone, also what libraries make.
    rustix::process::umask(Mode::from_raw_mode(0o077));
    forbid_core_dumps();
    log(cli.common.verbose);
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            let failure = Failure::of(&error);
            eprintln!("{failure}");
            ExitCode::from(if failure.is_usage() { USAGE } else { REFUSED })
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(commands::run(cli))
}

fn usage(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::InvalidUtf8 {
        eprintln!("E_NOT_UTF8: an argument is not UTF-8 text; nothing was done");
        return ExitCode::from(USAGE);
    }
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE))
}

/// Whoever reads our output may stop early (`passerelle inbox | head -1`): no failure.
fn end_with_the_reader() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let text = info.payload_as_str().unwrap_or_default();
        if text.starts_with("failed printing to stdout") && text.contains("Broken pipe") {
            std::process::exit(0);
        }
        before(info);
    }));
}

/// Quiet unless asked: warnings only, to standard error.
fn log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let filter =
        EnvFilter::try_from_env("PASSERELLE_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// A core file would hold the keys that this process has opened.
fn forbid_core_dumps() {
    let none = rustix::process::Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = rustix::process::setrlimit(rustix::process::Resource::Core, none) {
        eprintln!("warning: core dumps could not be switched off: {error}");
    }
}
