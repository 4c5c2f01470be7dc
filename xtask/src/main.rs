//! The project's own commands: `cargo xtask test`, `check-layers`, `bench`, `fuzz` and `pictures`.
//!
//! A tool for developers and for the continuous integration; nothing of it is in the product.
//! It keeps to the standard library, `clap` and `serde_json`, so that it builds in seconds.

mod browser;
mod conformance;
mod counts;
mod fuzz;
mod layers;
mod literals;
mod metadata;
mod repo;
mod sources;
mod steps;
mod tools;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use repo::Repo;

/// Exit code for a command that could not be understood or started.
const EXIT_USAGE: u8 = 2;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(EXIT_USAGE)
        }
    }
}

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Passerelle's developer commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check and every test; the last line is `N passed, N failed, N skipped`
    Test(steps::Options),
    /// Refuse any dependency that the layer table does not allow, and SQL or HTML out of place
    CheckLayers {
        /// Also draw every arrow between the project's packages
        #[arg(long)]
        print: bool,
    },
    /// Run the measurements of `benches/` in the release profile
    Bench {
        /// Passed on; `all` when nothing is given
        args: Vec<String>,
    },
    /// Feed arbitrary bytes to every parser
    Fuzz(fuzz::Options),
    /// Take a picture of every page of the desk: four languages, light and dark, wide and narrow
    Pictures {
        /// Where to; `target/pictures` when nothing is given
        folder: Option<PathBuf>,
    },
}

/// Whether everything passed. An error means that the command could not be carried out.
fn run(cli: Cli) -> anyhow::Result<bool> {
    let repo = Repo::open()?;
    match cli.command {
        Command::Test(options) => steps::run(&repo, &options),
        Command::CheckLayers { print } => layers::report(&repo, print),
        Command::Bench { args } => bench(&repo, args),
        Command::Fuzz(options) => fuzz::run(&repo, &options),
        Command::Pictures { folder } => browser::pictures(&repo, folder),
    }
}

fn bench(repo: &Repo, args: Vec<String>) -> anyhow::Result<bool> {
    let args = if args.is_empty() {
        vec!["all".to_owned()]
    } else {
        args
    };
    let mut cargo = repo.cargo(&["run", "--release", "-p", "passerelle-benches", "--"]);
    repo::succeeds(cargo.args(args))
}
