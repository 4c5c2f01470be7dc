//! Markings: how far a record may travel, how it may be used, how good it is.

use minicbor::{Decode, Encode};

use crate::macros::words;
use crate::{Code, Error};

words! {
    /// Traffic Light Protocol 2.0 (FIRST, August 2022), least restrictive first.
    Tlp {
        /// No limit on disclosure.
        Clear = "clear",
        /// Within the community.
        Green = "green",
        /// Within the recipient's organisation and its clients.
        Amber = "amber",
        /// Within the recipient's organisation only.
        AmberStrict = "amber+strict",
        /// For the eyes and ears of the named recipients only.
        Red = "red",
    }
}

words! {
    /// Permissible Actions Protocol (MISP taxonomy), least restrictive first.
    Pap {
        /// Any lawful action.
        Clear = "clear",
        /// Active actions allowed.
        Green = "green",
        /// Passive cross-checking only.
        Amber = "amber",
        /// Only what cannot be noticed from outside.
        Red = "red",
    }
}

words! {
    /// Europol handling codes (Council document 6261/18).
    Handling {
        /// Use only to prevent and combat crime.
        H0 = "h0",
        /// Not in court without the provider's permission.
        H1 = "h1",
        /// No dissemination without the provider's permission.
        H2 = "h2",
        /// Other restriction, written out in a caveat.
        H3 = "h3",
    }
}

words! {
    /// Where a copy that is taken out of the node goes.
    Outlet {
        /// Into a file of our own administration.
        Own = "own-file",
        /// To those whom our administration works for.
        Clients = "clients",
        /// To other administrations of the field.
        Community = "community",
        /// To a court.
        Court = "court",
        /// To anybody.
        Public = "public",
    }
}

words! {
    /// Reliability of the source (Regulation (EU) 2016/794, Article 29).
    SourceGrade {
        /// Reliable in all instances.
        A = "a",
        /// Mostly reliable.
        B = "b",
        /// Mostly unreliable.
        C = "c",
        /// Cannot be assessed.
        X = "x",
    }
}

words! {
    /// Accuracy of the information (Regulation (EU) 2016/794, Article 29).
    InformationGrade {
        /// Accuracy not in doubt.
        One = "1",
        /// Known personally to the source, not to the official passing it on.
        Two = "2",
        /// Not known personally to the source, but corroborated.
        Three = "3",
        /// Neither known nor corroborated.
        Four = "4",
    }
}

/// The 4x4 evaluation of a statement, `X4` where nobody assessed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Evaluation {
    /// The source.
    pub source: SourceGrade,
    /// The information.
    pub information: InformationGrade,
}

impl std::fmt::Display for Evaluation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}{}",
            self.source.as_str().to_ascii_uppercase(),
            self.information
        )
    }
}

impl std::str::FromStr for Evaluation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = || Error::unknown_word("evaluation (write A1 to X4)", text);
        let lower = text.to_ascii_lowercase();
        let (source, information) = lower.split_at_checked(1).ok_or_else(refused)?;
        Ok(Self {
            source: source.parse().map_err(|_| refused())?,
            information: information.parse().map_err(|_| refused())?,
        })
    }
}

crate::macros::textual!(Evaluation);

/// Exactly one of each: a record cannot carry two TLP labels.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Markings {
    /// How far it may travel.
    #[n(0)]
    pub tlp: Tlp,
    /// Which actions it may lead to.
    #[n(1)]
    pub pap: Pap,
    /// How it may be used.
    #[n(2)]
    pub handling: Handling,
    /// Use restrictions from the agreement's list, sorted, each once; H3 needs at least one.
    #[n(3)]
    #[serde(default)]
    pub caveats: Vec<Code>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluation_reads_and_writes() {
        let grade: Evaluation = "b3".parse().unwrap();
        assert_eq!(grade.to_string(), "B3");
        for bad in ["", "B", "E1", "A5", "é1", "A12"] {
            assert!(bad.parse::<Evaluation>().is_err(), "{bad}");
        }
    }

    #[test]
    fn stricter_compares_greater() {
        assert!(Tlp::Red > Tlp::AmberStrict && Tlp::AmberStrict > Tlp::Amber);
        assert_eq!("white".parse::<Tlp>().unwrap_err().code(), "E_UNKNOWN_WORD");
    }
}
