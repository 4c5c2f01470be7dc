//! Arguments of `register`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use passerelle_model::{Day, Deed, OfficerId, Outcome, PartyId, RecordId, RegisterPurpose};

#[derive(Debug, Subcommand)]
pub(crate) enum RegisterCommand {
    /// List acts, newest first. Reading them is an act itself.
    List {
        #[command(flatten)]
        purpose: PurposeArg,
        /// Only this deed, such as transfer or consult.
        #[arg(long)]
        deed: Option<Deed>,
        /// Only by this person.
        #[arg(long)]
        officer: Option<OfficerId>,
        /// Only on this partner, or whose record.
        #[arg(long)]
        party: Option<PartyId>,
        /// Only on this record of the party.
        #[arg(long, requires = "party")]
        record: Option<RecordId>,
        /// Only what was done, or only what was refused.
        #[arg(long)]
        outcome: Option<Outcome>,
        /// Only on or after this day.
        #[arg(long, value_name = "DAY")]
        from: Option<Day>,
        /// Only before this day.
        #[arg(long, value_name = "DAY")]
        until: Option<Day>,
        /// Only what stands before this index.
        #[arg(long, value_name = "INDEX")]
        before: Option<u64>,
        /// Most acts.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
    /// Write acts as an audit package, which verifies offline.
    Export {
        #[command(flatten)]
        purpose: PurposeArg,
        /// Index of the first act.
        #[arg(long, default_value_t = 0)]
        start: u64,
        /// Index after the last act.
        #[arg(long)]
        end: Option<u64>,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write the transfers under own assessment or derogation for the authority, as an audit
    /// package that withholds every other act.
    Transfers {
        #[command(flatten)]
        purpose: PurposeArg,
        /// Only on or after this day.
        #[arg(long, value_name = "DAY")]
        from: Option<Day>,
        /// Only before this day.
        #[arg(long, value_name = "DAY")]
        until: Option<Day>,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Verify an audit package, offline.
    Verify {
        /// The package.
        package: PathBuf,
        /// Card of the register's party.
        #[arg(long, value_name = "FILE")]
        own: PathBuf,
        /// Cards of partners that co-signed it.
        #[arg(long = "card", value_name = "FILE")]
        cards: Vec<PathBuf>,
    },
}

/// For what the register is read.
#[derive(Debug, Args)]
pub(crate) struct PurposeArg {
    /// lawfulness, self-monitoring, integrity or criminal-proceedings.
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: RegisterPurpose,
}
