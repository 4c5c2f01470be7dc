//! Results and what measures them.

use jiff::civil::Date;

use super::Text;
use crate::{
    Decimal,
    codes::{Measure, ResultKind},
};

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Output, outcome or impact.
    pub kind: ResultKind,
    /// Whether its values may be added to others.
    pub aggregates: Option<bool>,
    /// At least one language.
    pub title: Text,
    /// More about it.
    pub description: Text,
    /// Codes in catalogues of results.
    pub references: Vec<Reference>,
    /// At least one.
    pub indicators: Vec<Indicator>,
}

/// A code in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// List `ResultVocabulary` or `IndicatorVocabulary`.
    pub vocabulary: String,
    /// Code.
    pub code: String,
    /// Where the catalogue is explained.
    pub uri: Option<String>,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// How.
    pub measure: Measure,
    /// Whether more is better.
    pub ascending: Option<bool>,
    /// Whether its values may be added to others.
    pub aggregates: Option<bool>,
    /// At least one language.
    pub title: Text,
    /// More about it.
    pub description: Text,
    /// Codes in catalogues of indicators.
    pub references: Vec<Reference>,
    /// Where it stood before.
    pub baselines: Vec<Baseline>,
    /// Targets and actuals.
    pub periods: Vec<Period>,
}

/// Where an indicator stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Year, from 1.
    pub year: u16,
    /// Day, if it is known.
    pub day: Option<Date>,
    /// The value and what it is about.
    pub measured: Measured,
}

/// Targets and actuals from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// What was aimed at; none is written as none.
    pub targets: Vec<Measured>,
    /// What was reached; none is written as none.
    pub actuals: Vec<Measured>,
}

/// A value and what it is about.
///
/// Without a value it says something only where the measure is [`Measure::Qualitative`]; elsewhere
/// it is not written. There is no filler such as "N/A".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// The value.
    pub value: Option<Decimal>,
    /// Places of the activity it is about.
    pub locations: Vec<String>,
    /// Part of the people it is about.
    pub dimensions: Vec<Dimension>,
    /// Words about it.
    pub comment: Text,
}

/// A part of the people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension {
    /// What it is by.
    pub kind: DimensionKind,
    /// Which part.
    pub value: String,
}

/// The only ways in which people are told apart (rule: sex, age band, region).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DimensionKind {
    /// By sex.
    Sex,
    /// By age band.
    Age,
    /// By region.
    Region,
}

impl DimensionKind {
    /// Name in a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Region => "region",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "sex" | "gender" => Some(Self::Sex),
            "age" | "age band" | "age group" => Some(Self::Age),
            "region" => Some(Self::Region),
            _ => None,
        }
    }
}
