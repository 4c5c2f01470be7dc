//! Arguments of `group`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use passerelle_model::{ChannelId, Day, Digest, PartyId};
use passerelle_service::joint::{Flag, Kind, ObjectRef, Progress, Sector, Strand};

use crate::args_send::AuthorArgs;

#[derive(Debug, Args)]
pub(crate) struct GroupArgs {
    /// The group's agreement, where several are in force.
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) channel: Option<ChannelId>,
    #[command(subcommand)]
    pub(crate) command: GroupCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    /// List the groups and how much each holds.
    List,
    /// List objects: meetings, decisions, commitments, ….
    Objects {
        /// Only of this kind, such as commitment.
        #[arg(long)]
        kind: Option<Kind>,
        /// Begin after this object.
        #[arg(long, value_name = "OBJECT")]
        after: Option<ObjectRef>,
        /// Most lines.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
    /// Show one object: what is agreed, what waits, and everything said of it.
    Show {
        /// The object, PARTY~RECORD.
        object: ObjectRef,
    },
    /// Commitments by how they stand.
    Board(BoardArgs),
    /// Who does what in which sector; overlaps and gaps.
    Matrix {
        /// Across the objectives of the Global Compact instead of strands.
        #[arg(long)]
        objectives: bool,
    },
    /// The minister's page.
    Briefing {
        /// Since this day; since the last meeting where left out.
        #[arg(long, value_name = "DAY")]
        since: Option<Day>,
    },
    /// Say something: a file with {"object": …, "deeds": […]} in JSON.
    Say {
        /// The file; - for standard input.
        file: PathBuf,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Offer a text of an object: a file with {"texts": […], "terms": {…}} in JSON.
    Offer {
        /// The object.
        object: ObjectRef,
        /// The file; - for standard input. What is agreed is named as its base.
        file: PathBuf,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Accept the open offer.
    Accept(Answer),
    /// Reject the open offer.
    Reject {
        #[command(flatten)]
        answer: Answer,
        /// What is asked instead, in the language of --lang.
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Ask to take back one's own offer.
    Withdraw(Answer),
    /// Let the other party take its offer back.
    Release(Answer),
}

#[derive(Debug, Args)]
pub(crate) struct BoardArgs {
    /// Only what this party answers for.
    #[arg(long, value_name = "PARTY")]
    pub(crate) responsible: Option<PartyId>,
    /// Only this sector.
    #[arg(long)]
    pub(crate) sector: Option<Sector>,
    /// Only this strand.
    #[arg(long)]
    pub(crate) strand: Option<Strand>,
    /// proposed, agreed, under-way, reported-done, fulfilled, ….
    #[arg(long)]
    pub(crate) progress: Option<Progress>,
    /// on-track, at-risk, blocked, late, disputed.
    #[arg(long)]
    pub(crate) flag: Option<Flag>,
    /// Most lines of a column.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) limit: u16,
}

/// What is done about an offer.
#[derive(Debug, Args)]
pub(crate) struct Answer {
    /// The object.
    pub(crate) object: ObjectRef,
    /// Hash of the text that was read; the open offer's where left out.
    #[arg(long, value_name = "HASH")]
    pub(crate) revision: Option<Digest>,
    #[command(flatten)]
    pub(crate) author: AuthorArgs,
}
