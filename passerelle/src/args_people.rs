//! Arguments of `people`, `policy` and `statistics`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use passerelle_model::{Lang, Name, OfficerId, Role, UnitId};
use passerelle_service::Month;

#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// List people with their units and roles.
    List,
    /// Add a person; prints the address of their set-up page once.
    Add(AddPerson),
    /// Take a person's password and authenticator away; prints a new set-up page.
    Reset {
        /// The person.
        officer: OfficerId,
    },
    /// Let a person sign in no more.
    Suspend {
        /// The person.
        officer: OfficerId,
        /// Let them sign in again.
        #[arg(long)]
        lift: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddPerson {
    /// Identifier: how they sign in, and how records and the register name them.
    pub(crate) officer: OfficerId,
    /// Name.
    #[arg(long, value_parser = name)]
    pub(crate) name: Name,
    /// Function, as partners see it.
    #[arg(long, value_parser = name)]
    pub(crate) function: Name,
    /// A unit of the card; repeat or separate with commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) unit: Vec<UnitId>,
    /// officer, approver, analyst, secretary, data-protection, administrator, supervisor.
    #[arg(long, value_delimiter = ',', required = true)]
    pub(crate) role: Vec<Role>,
    /// Language of their screens: fr, nl, ar or en.
    #[arg(long, default_value = "fr")]
    pub(crate) language: Lang,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Show which roles of which unit open which data class.
    Show,
    /// Sign it anew and give it to partners.
    Publish,
}

#[derive(Debug, Args)]
pub(crate) struct StatisticsArgs {
    /// First month; eleven before the last where left out.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) from: Option<Month>,
    /// Last month; this one where left out.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) until: Option<Month>,
    /// Write a table for a spreadsheet.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Where the table goes; standard output where left out.
    #[arg(long, value_name = "FILE", requires = "csv")]
    pub(crate) out: Option<PathBuf>,
}

fn name(text: &str) -> Result<Name, String> {
    passerelle_model::tidy(text)
        .parse()
        .map_err(|error: passerelle_model::Error| error.to_string())
}
