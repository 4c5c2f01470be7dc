//! Arguments of `review` and `uses`.

use clap::{Subcommand, ValueEnum};
use passerelle_model::{Day, OfficerId, PartyId, RecordId};

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

#[derive(Debug, Subcommand)]
pub(crate) enum UsesCommand {
    /// Report to its originator how a record was used. A capital charge or ill-treatment freezes
    /// the record on both sides at once. The words stay here.
    Report {
        id: RecordId,
        /// The party that sent it.
        #[arg(long, value_name = "PARTY")]
        from: PartyId,
        /// How it was used.
        #[arg(long = "as", value_name = "USE")]
        how: Use,
        /// Officer who reports it.
        #[arg(long, value_name = "OFFICER")]
        officer: OfficerId,
        /// What happened.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// List what was reported of a record.
    List {
        id: RecordId,
        /// The party that sent it; this one where left out.
        #[arg(long, value_name = "PARTY")]
        from: Option<PartyId>,
    },
}

/// How a record was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Use {
    /// As its purpose and conditions say.
    Agreed,
    /// In a case in which a death penalty is asked for.
    CapitalCharge,
    /// Ill-treatment of a person concerned is alleged.
    IllTreatment,
}

impl Use {
    /// As the API names it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Agreed => "E_USE_AS_AGREED",
            Self::CapitalCharge => "E_USE_CAPITAL_CHARGE",
            Self::IllTreatment => "E_USE_ILL_TREATMENT",
        }
    }
}

#[cfg(test)]
mod tests {
    use passerelle_service::UseReport;

    use super::*;

    #[test]
    fn every_use_that_is_reported_has_a_word() {
        let words = Use::value_variants().iter().map(|word| word.code());
        let made = UseReport::MADE.iter().map(|made| made.code());
        assert!(words.eq(made));
    }
}
