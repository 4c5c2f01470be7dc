//! Arguments of `review`.

use clap::Subcommand;
use passerelle_model::Day;

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// List them, the earliest first: days and identifiers, no content.
    List {
        /// Only what falls due by this day; today where left out.
        #[arg(long, value_name = "DAY")]
        until: Option<Day>,
        /// Most records.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
}
