//! Arguments of `match`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use passerelle_matching::Class;
use passerelle_model::PartyId;

#[derive(Debug, Subcommand)]
pub(crate) enum MatchCommand {
    /// Make a key for one partner, class and epoch.
    Key {
        /// Who holds the index.
        #[arg(long)]
        holder: PartyId,
        /// Who asks.
        #[arg(long)]
        asker: PartyId,
        /// What is asked for: person, document, phone, plate, iban, email, handle, vehicle, file.
        #[arg(long)]
        class: Class,
        /// 1, 2, 3 …; each has a key of its own.
        #[arg(long, default_value_t = 1)]
        epoch: u64,
        /// Where the key goes. Erase it at the end of the epoch: no copy must remain.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Make the index of identifiers, one a line, and its manifest.
    Index {
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Identifiers, one a line; `-` is standard input.
        #[arg(long, value_name = "FILE")]
        ids: PathBuf,
        /// Where the index goes.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Where the manifest goes.
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// Whom to ask after a hit.
        #[arg(long, default_value = "liaison")]
        contact: String,
        /// For how many days it counts.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=366))]
        days: u64,
    },
    /// Blind questions, one a line, into an order.
    Ask {
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// Identifiers, one a line; `-` is standard input.
        #[arg(long, value_name = "FILE")]
        ids: PathBuf,
        /// Purpose code, from the agreement.
        #[arg(long)]
        purpose: String,
        /// The case they belong to; only a commitment to it travels.
        #[arg(long)]
        case: String,
        /// Where the order goes.
        #[arg(long, value_name = "FILE")]
        order: PathBuf,
        /// Where what is kept goes: questions and blinds. Never hand it over.
        #[arg(long, value_name = "FILE")]
        keep: PathBuf,
    },
    /// Answer an order.
    Answer {
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        #[arg(long, value_name = "FILE")]
        order: PathBuf,
        /// Where the answer goes.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check the proofs of an answer and look up: identifier, hit or none, reference.
    Result(Answered),
    /// Check and look up, and print references of hits alone: what both sides agree on.
    Reconcile(Answered),
    /// Which identifiers of ours references belong to, one reference a line.
    References {
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Our identifiers, one a line.
        #[arg(long, value_name = "FILE")]
        ids: PathBuf,
        /// References, one a line; `-` is standard input.
        #[arg(long, value_name = "FILE")]
        references: PathBuf,
    },
    /// Open a logged order to an auditor: every element, with what it asked for.
    Audit {
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        #[arg(long, value_name = "FILE")]
        order: PathBuf,
        #[arg(long, value_name = "FILE")]
        keep: PathBuf,
    },
}

/// Everything the asker has in the end.
#[derive(Debug, Args)]
pub(crate) struct Answered {
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) index: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) order: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) answer: PathBuf,
}
