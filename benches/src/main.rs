//! The measurements: ratios to a baseline of the same run, three rounds each.
//!
//! ```text
//! cargo xtask bench                      everything, about six minutes
//! cargo xtask bench exchange --rounds 5  one part
//! ```
//! Results go to `target/bench/results.md` and `results.json`; how to read them stands in
//! `docs/benchmarks.md`. Nothing here decides whether a change may be merged: absolute times
//! and shared machines make bad judges.

mod append;
mod attachments;
mod clock;
mod computed;
mod desk;
mod exchange;
mod group;
mod machine;
mod matching;
mod names;
mod net;
mod node;
mod peers;
mod program;
mod raw;
mod report;
mod run;
mod stats;
mod world;

use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// Measures Passerelle against the disk it stands on and against what others do.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
pub(crate) struct Options {
    /// What to measure.
    #[arg(value_enum, default_value = "all")]
    part: Part,
    /// How often everything is repeated.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How long each rate is measured, in milliseconds.
    #[arg(long, default_value_t = 2000)]
    millis: u64,
    /// Size of the attachment, in MiB; 4096 for the promise about memory.
    #[arg(long, default_value_t = 1024)]
    mib: u64,
    /// Records in the store of the node that is started, and in the large world of `desk`.
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// Records in flight in `exchange` instead of 64 and 1, for profiling.
    #[arg(long)]
    in_flight: Option<usize>,
    /// Keep to the normal scheduler.
    #[arg(long)]
    no_chrt: bool,
}

/// A part of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Every part below.
    All,
    /// The disk: a flush for each record.
    Raw,
    /// Durable appends through the store.
    Append,
    /// Send to verified receipt, beside the peers that can be run.
    Exchange,
    /// A large file.
    Attachments,
    /// Memory and start of the real program.
    Node,
    /// Pages of the desk and search, with few and with many records.
    Desk,
    /// Board, matrix and briefing of a joint group, with few and with many commitments.
    Group,
    /// The names engine, beside nomenklatura's logic-v2.
    Names,
    /// Private matching, beside dalek, the crate `voprf` and `OpenMined` PSI.
    Matching,
    /// Durable publish with NATS `JetStream` and `RabbitMQ`.
    Peers,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run::run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
