//! Scores and the bands they are told in.

use std::fmt;

/// How strongly two names speak for one person: the logarithm of the odds, in bits.
///
/// The odds are those of a list in which about as many pairs are of one person as of two that
/// look alike, the list the tables were made from. Where candidates are rarer, subtract: among a
/// thousand other persons for one, about ten bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub(crate) i32);

impl Score {
    /// In 1/256 bit; whole, the same on every machine.
    #[must_use]
    pub fn units(self) -> i32 {
        self.0
    }

    /// In bits.
    #[must_use]
    pub fn bits(self) -> f64 {
        f64::from(self.0) / 256.0
    }

    /// The chance that belongs to the odds, 0 to 1.
    #[must_use]
    pub fn probability(self) -> f64 {
        1.0 / (1.0 + (-self.bits()).exp2())
    }

    /// The band to show to a person.
    #[must_use]
    pub fn band(self) -> Band {
        match self.0 {
            VERY_LIKELY.. => Band::VeryLikely,
            LIKELY.. => Band::Likely,
            POSSIBLE.. => Band::Possible,
            UNLIKELY.. => Band::Unlikely,
            _ => Band::VeryUnlikely,
        }
    }
}

/// Odds of 19 to 1.
pub(crate) const VERY_LIKELY: i32 = 1088;
/// Odds of 3 to 1.
const LIKELY: i32 = 406;
const POSSIBLE: i32 = -406;
const UNLIKELY: i32 = -1088;

/// What a score is called. It is an opinion on spellings for a person to judge, no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Less than one in twenty.
    VeryUnlikely,
    /// Up to one in four.
    Unlikely,
    /// One in four to three in four.
    Possible,
    /// Three in four or more.
    Likely,
    /// Nineteen in twenty or more.
    VeryLikely,
}

impl Band {
    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::VeryUnlikely => "very-unlikely",
            Self::Unlikely => "unlikely",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::VeryLikely => "very-likely",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::VeryUnlikely => "very unlikely the same name",
            Self::Unlikely => "unlikely the same name",
            Self::Possible => "possibly the same name",
            Self::Likely => "likely the same name",
            Self::VeryLikely => "very likely the same name",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_what_they_say() {
        for (units, band) in [
            (VERY_LIKELY, Band::VeryLikely),
            (VERY_LIKELY - 1, Band::Likely),
            (LIKELY, Band::Likely),
            (0, Band::Possible),
            (POSSIBLE, Band::Possible),
            (POSSIBLE - 1, Band::Unlikely),
            (UNLIKELY - 1, Band::VeryUnlikely),
        ] {
            assert_eq!(Score(units).band(), band, "{units}");
        }
        assert!((Score(VERY_LIKELY).probability() - 0.95).abs() < 0.001);
        assert!((Score(LIKELY).probability() - 0.75).abs() < 0.001);
    }
}
