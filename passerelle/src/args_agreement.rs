//! Arguments of `agreement`.

use std::path::PathBuf;

use clap::Subcommand;
use passerelle_model::{AgreementHash, ChannelId, PartyId, Side, UnitId};

#[derive(Debug, Subcommand)]
pub(crate) enum AgreementCommand {
    /// Write a draft to be completed by people.
    New {
        #[arg(long, value_name = "PARTY")]
        partner: PartyId,
        /// Stable identifier through all revisions, such as ma-be-security.
        #[arg(long)]
        id: ChannelId,
        /// About cases, or of the joint group, behind the wall between them.
        #[arg(long, value_name = "cases|group", default_value = "cases")]
        side: Side,
        /// Units that take part, of both parties; all that are not on the other side where
        /// none is named.
        #[arg(long, value_name = "UNIT", value_delimiter = ',')]
        unit: Vec<UnitId>,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List agreements, or show one.
    Show {
        /// Hash of one that the node holds, or a TOML file.
        #[arg(value_name = "HASH|FILE")]
        which: Option<PathBuf>,
    },
    /// Sign with this party's root key.
    Sign {
        /// Hash of one that the node holds, or a TOML or bundle file.
        #[arg(value_name = "HASH|FILE")]
        which: PathBuf,
    },
    /// Write the text with all signatures, for the partner.
    Export {
        hash: AgreementHash,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Take a text, or a bundle with the partner's signature.
    Import { file: PathBuf },
    /// Compare two revisions.
    Diff {
        #[arg(value_name = "HASH|FILE")]
        before: PathBuf,
        #[arg(value_name = "HASH|FILE")]
        after: PathBuf,
    },
}
