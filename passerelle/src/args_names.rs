//! Arguments of `names`.

use clap::{Args, Subcommand};
use passerelle_names::PartialDate;

#[derive(Debug, Subcommand)]
pub(crate) enum NamesCommand {
    /// Compare two names, in whatever scripts they are written.
    Compare(CompareArgs),
    /// Read pairs of names, one a line, parted by a tabulator; write the score of each in bits.
    Score {
        /// Each name is followed by a birth date: name, date, name, date. A date is empty,
        /// YYYY, YYYY-MM or YYYY-MM-DD.
        #[arg(long)]
        dob: bool,
    },
    /// Read names, one a line; write the keys for private equality of each, parted by spaces.
    Keys {
        /// Each name is followed by a tabulator and a birth date; the keys are made with it
        /// where it is known.
        #[arg(long)]
        dob: bool,
        /// Keys that forgive a typing error; more of them, for short lists only.
        #[arg(long, conflicts_with = "dob")]
        variants: bool,
    },
    /// Print the versions of the tables and of the key scheme.
    Version,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// The first name.
    pub(crate) a: String,
    /// The second name.
    pub(crate) b: String,
    /// Birth date of the first: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) dob_a: Option<PartialDate>,
    /// Birth date of the second.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) dob_b: Option<PartialDate>,
    /// Say which word met which, and why, in bits.
    #[arg(long)]
    pub(crate) explain: bool,
}

fn date(text: &str) -> Result<PartialDate, String> {
    text.parse()
        .map_err(|error: passerelle_names::Error| error.to_string())
}
