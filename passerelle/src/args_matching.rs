//! Arguments of `match`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use passerelle_matching::Class;
use passerelle_model::PartyId;

#[derive(Debug, Subcommand)]
pub(crate) enum MatchCommand {
    /// Holder: make a key for one partner, class and epoch.
    Key(KeyArgs),
    /// Holder: make the index of identifiers, one a line, and its manifest.
    Index(IndexArgs),
    /// Holder: make the index of the next publication window out of the last.
    Merge(MergeArgs),
    /// Asker: blind questions, one a line, into an order.
    Ask(AskArgs),
    /// Holder: answer an order.
    Answer {
        /// Our key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Our manifest, which the order was made for.
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// The order.
        #[arg(long, value_name = "FILE")]
        order: PathBuf,
        /// Where the answer goes.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Asker, without the index: ask for the buckets in which the answers lie.
    Fetch(FetchArgs),
    /// Holder, where the index is not handed over: give the buckets asked for.
    Buckets {
        /// Our manifest.
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// Our index.
        #[arg(long, value_name = "FILE")]
        index: PathBuf,
        /// The request of `match fetch`.
        #[arg(long, value_name = "FILE")]
        fetch: PathBuf,
        /// Where the buckets go.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Asker: check the proofs of an answer and look up: identifier, hit or none, reference.
    Result(LookUpArgs),
    /// Asker: check and look up, and print references of hits alone: what both sides agree on.
    Reconcile(LookUpArgs),
    /// Holder: which identifiers of ours references belong to, one reference a line.
    References {
        /// Our key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Our identifiers, one a line.
        #[arg(long, value_name = "FILE")]
        ids: PathBuf,
        /// References, one a line; `-` is standard input.
        #[arg(long, value_name = "FILE")]
        references: PathBuf,
    },
    /// Open a logged order to an auditor: its case, and every element with what it asked for.
    Audit {
        /// The manifest that the order was made for.
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// The order, as both logs hold it.
        #[arg(long, value_name = "FILE")]
        order: PathBuf,
        /// What the asker kept.
        #[arg(long, value_name = "FILE")]
        keep: PathBuf,
    },
    /// Holder: erase a key at the end of its epoch, and state it.
    EraseKey {
        /// The key file. It is overwritten and removed.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Where the statement of erasure goes, for the partner and both supervisors.
        #[arg(long, value_name = "FILE")]
        statement: PathBuf,
    },
    /// Both: show by made-up identifiers that both sides write a class alike.
    Probe(ProbeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct KeyArgs {
    /// Who holds the index.
    #[arg(long)]
    pub(crate) holder: PartyId,
    /// Who asks.
    #[arg(long)]
    pub(crate) asker: PartyId,
    /// What is asked for: person, document, phone, plate, iban, email, handle, vehicle, file.
    #[arg(long)]
    pub(crate) class: Class,
    /// 1, 2, 3 …; each has a key of its own.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) epoch: u64,
    /// Where the key goes. Erase it at the end of the epoch: no copy must remain.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct IndexArgs {
    /// Our key.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Identifiers, one a line; `-` is standard input. Of the class `person`: keys of
    /// `passerelle names keys`, one a line.
    #[arg(long, value_name = "FILE")]
    pub(crate) ids: PathBuf,
    /// Where the index goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Where the manifest goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    /// Where the list of dummies goes, which `match merge` needs. Never hand it over: it tells
    /// the true number.
    #[arg(long, value_name = "FILE")]
    pub(crate) padding: Option<PathBuf>,
    /// Whom to ask after a hit.
    #[arg(long, default_value = "liaison")]
    pub(crate) contact: String,
    /// For how many days the epoch lasts.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=366))]
    pub(crate) days: u64,
}

/// The last window, what changes, and where the next one goes.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Our key.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// The manifest of the last window.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    /// The index of the last window.
    #[arg(long, value_name = "FILE")]
    pub(crate) index: PathBuf,
    /// The dummies of the last window.
    #[arg(long, value_name = "FILE")]
    pub(crate) padding: PathBuf,
    /// Identifiers that come in, one a line.
    #[arg(long, value_name = "FILE")]
    pub(crate) add: Option<PathBuf>,
    /// Identifiers that go, one a line. What is in both lists stays.
    #[arg(long, value_name = "FILE")]
    pub(crate) remove: Option<PathBuf>,
    /// Where the index goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Where its manifest goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) out_manifest: PathBuf,
    /// Where its dummies go.
    #[arg(long, value_name = "FILE")]
    pub(crate) out_padding: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct AskArgs {
    /// The manifest of the holder.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    /// Identifiers, one a line; `-` is standard input. At most 8,388,608.
    #[arg(long, value_name = "FILE")]
    pub(crate) ids: PathBuf,
    /// Purpose code, from the agreement.
    #[arg(long)]
    pub(crate) purpose: String,
    /// The case they belong to; only a commitment to it travels.
    #[arg(long)]
    pub(crate) case: String,
    /// Where the order goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) order: PathBuf,
    /// Where what is kept goes: questions, blinds, case. Never hand it over.
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: PathBuf,
}

/// What the asker has once an order is answered.
#[derive(Debug, Args)]
pub(crate) struct Answered {
    /// The manifest that the order was made for.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    /// Our order.
    #[arg(long, value_name = "FILE")]
    pub(crate) order: PathBuf,
    /// What we kept of it.
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: PathBuf,
    /// The answer of the holder.
    #[arg(long, value_name = "FILE")]
    pub(crate) answer: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    #[command(flatten)]
    pub(crate) answered: Answered,
    /// Random buckets fetched along for each element, 0 to 64.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=64))]
    pub(crate) decoys: u8,
    /// Where the request goes.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// An answer, and the index or the buckets of it.
#[derive(Debug, Args)]
pub(crate) struct LookUpArgs {
    #[command(flatten)]
    pub(crate) answered: Answered,
    /// The index of the holder.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "buckets",
        required_unless_present = "buckets"
    )]
    pub(crate) index: Option<PathBuf>,
    /// In its place, the buckets that the holder gave.
    #[arg(long, value_name = "FILE", requires = "fetch")]
    pub(crate) buckets: Option<PathBuf>,
    /// Our request for these buckets.
    #[arg(long, value_name = "FILE", requires = "buckets")]
    pub(crate) fetch: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, args = ["class", "compare"])]
pub(crate) struct ProbeArgs {
    /// Write what we make of the probes of this class.
    #[arg(long, requires = "out", conflicts_with = "compare")]
    pub(crate) class: Option<Class>,
    /// Further probes, one a line; of the class `person` names, perhaps with a tabulator and a
    /// birth date. Nothing that belongs to anybody.
    #[arg(long, value_name = "FILE", requires = "class")]
    pub(crate) ids: Option<PathBuf>,
    /// Where they go.
    #[arg(long, value_name = "FILE", requires = "class")]
    pub(crate) out: Option<PathBuf>,
    /// Make the probes of the other side anew, and say where the two sides differ.
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
}
