//! Grades of another scale (G07). They are kept as received; where somebody needs them on
//! ours, or ours on theirs, the answer is called approximate and never better than the grade
//! it stands for.
//!
//! The other scale is the Admiralty code: reliability A to F (MISP adds G, deliberately
//! deceptive) and credibility 1 to 6. The two scales do not share their steps, so that a way
//! there and back may lose a step; it never gains one.

use std::fmt;

use passerelle_model::{Evaluation, InformationGrade, SourceGrade};

/// Reliability of the source on the Admiralty scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Reliability cannot be judged.
    F,
    /// Deliberately deceptive (MISP's addition).
    G,
}

/// Credibility of the information on the Admiralty scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    Probable,
    /// 3: possibly true.
    Possible,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: truth cannot be judged.
    NotJudged,
}

/// One grade of the Admiralty code, such as `B2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admiralty {
    /// The source.
    pub reliability: Reliability,
    /// The information.
    pub credibility: Credibility,
}

/// A grade that stands for one of another scale, shown with a sign that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approximate<T>(pub T);

impl<T: fmt::Display> fmt::Display for Approximate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "≈ {}", self.0)
    }
}

impl fmt::Display for Admiralty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}{}", self.reliability, self.credibility as u8 + 1)
    }
}

impl From<Evaluation> for Approximate<Admiralty> {
    fn from(held: Evaluation) -> Self {
        let reliability = match held.source {
            SourceGrade::A => Reliability::A,
            SourceGrade::B => Reliability::B,
            // "Mostly unreliable" is below "fairly reliable".
            SourceGrade::C => Reliability::D,
            SourceGrade::X => Reliability::F,
        };
        let credibility = match held.information {
            // Beyond doubt is not yet confirmed by others.
            InformationGrade::One => Credibility::Probable,
            InformationGrade::Two | InformationGrade::Three => Credibility::Possible,
            InformationGrade::Four => Credibility::NotJudged,
        };
        Self(Admiralty {
            reliability,
            credibility,
        })
    }
}

impl From<Admiralty> for Approximate<Evaluation> {
    fn from(held: Admiralty) -> Self {
        let source = match held.reliability {
            Reliability::A => SourceGrade::A,
            Reliability::B => SourceGrade::B,
            Reliability::C | Reliability::D => SourceGrade::C,
            // The 4x4 scale has no word for "unreliable": nothing may be built on it.
            Reliability::E | Reliability::F | Reliability::G => SourceGrade::X,
        };
        let information = match held.credibility {
            Credibility::Confirmed => InformationGrade::One,
            Credibility::Probable => InformationGrade::Two,
            Credibility::Possible => InformationGrade::Three,
            Credibility::Doubtful | Credibility::Improbable | Credibility::NotJudged => {
                InformationGrade::Four
            }
        };
        Self(Evaluation {
            source,
            information,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELIABILITY: [Reliability; 7] = [
        Reliability::A,
        Reliability::B,
        Reliability::C,
        Reliability::D,
        Reliability::E,
        Reliability::F,
        Reliability::G,
    ];
    const CREDIBILITY: [Credibility; 6] = [
        Credibility::Confirmed,
        Credibility::Probable,
        Credibility::Possible,
        Credibility::Doubtful,
        Credibility::Improbable,
        Credibility::NotJudged,
    ];

    /// Both scales on one ruler, best first; steps of one lie between those of the other.
    fn four(held: Evaluation) -> (u8, u8) {
        let source = match held.source {
            SourceGrade::A => 0,
            SourceGrade::B => 10,
            SourceGrade::C => 30,
            SourceGrade::X => 50,
        };
        let information = match held.information {
            InformationGrade::One => 5,
            InformationGrade::Two => 15,
            InformationGrade::Three => 20,
            InformationGrade::Four => 50,
        };
        (source, information)
    }

    fn six(held: Admiralty) -> (u8, u8) {
        let (reliability, credibility) = (held.reliability as u8, held.credibility as u8);
        (reliability * 10, credibility * 10)
    }

    fn all_four() -> impl Iterator<Item = Evaluation> {
        SourceGrade::ALL.iter().flat_map(|source| {
            InformationGrade::ALL.iter().map(|information| Evaluation {
                source: *source,
                information: *information,
            })
        })
    }

    fn all_six() -> impl Iterator<Item = Admiralty> {
        RELIABILITY.into_iter().flat_map(|reliability| {
            CREDIBILITY.into_iter().map(move |credibility| Admiralty {
                reliability,
                credibility,
            })
        })
    }

    #[test]
    fn no_grade_improves_on_its_way_there() {
        for held in all_four() {
            let Approximate(there) = Approximate::<Admiralty>::from(held);
            assert!(six(there).0 >= four(held).0, "{held} became {there}");
            assert!(six(there).1 >= four(held).1, "{held} became {there}");
        }
        for held in all_six() {
            let Approximate(there) = Approximate::<Evaluation>::from(held);
            // "Deceptive" has no place on the ruler of the other scale: both ends are unusable.
            let deceptive = held.reliability == Reliability::G;
            assert!(deceptive || four(there).0 >= six(held).0, "{held}: {there}");
            assert!(four(there).1 >= six(held).1, "{held} became {there}");
        }
    }

    #[test]
    fn a_way_there_and_back_never_gains() {
        for held in all_four() {
            let Approximate(there) = Approximate::<Admiralty>::from(held);
            let Approximate(back) = Approximate::<Evaluation>::from(there);
            assert!(back.source >= held.source && back.information >= held.information);
        }
        for held in all_six() {
            let Approximate(there) = Approximate::<Evaluation>::from(held);
            let Approximate(back) = Approximate::<Admiralty>::from(there);
            let deceptive = held.reliability == Reliability::G;
            assert!(deceptive || back.reliability >= held.reliability, "{held}");
            assert!(
                back.credibility >= held.credibility,
                "{held} came back {back}"
            );
        }
    }

    #[test]
    fn it_is_shown_as_approximate() {
        let held: Evaluation = "B2".parse().unwrap();
        assert_eq!(Approximate::<Admiralty>::from(held).to_string(), "≈ B3");
        let held = Admiralty {
            reliability: Reliability::E,
            credibility: Credibility::Confirmed,
        };
        assert_eq!(Approximate::<Evaluation>::from(held).to_string(), "≈ X1");
    }
}
