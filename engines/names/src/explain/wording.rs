//! What an explanation says, in English.

use std::fmt;
use std::ops::Range;

use super::{Explanation, Rule, What};
use crate::dates::Relation;
use crate::name::Role;

impl Explanation {
    /// The explanation in English, one line each, with the words of the two texts it is about.
    #[must_use]
    pub fn text(&self, a: &str, b: &str) -> String {
        let mut text = format!(
            "{} (chance {:.1} %, {:+.2} bits)\n",
            self.score.band(),
            (self.score.probability() * 100.0).clamp(0.1, 99.9),
            self.score.bits()
        );
        for line in &self.lines {
            text += &format!(
                "{:+7.2}  {}\n",
                f64::from(line.units) / 256.0,
                line.what.text(a, b)
            );
        }
        if self.cut {
            text += "         some words were left aside: there were too many\n";
        }
        if self.mixed {
            text += "         a name has words in two scripts\n";
        }
        text
    }
}

impl What {
    fn text(&self, a: &str, b: &str) -> String {
        let of = |text: &str, range: &Range<usize>| {
            text.get(range.clone())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        match self {
            Self::Start => "before any word is looked at".to_owned(),
            Self::Met {
                a: x,
                b: y,
                letters,
                rarity,
                spelling,
            } => format!(
                "{} = {}: letters {:+.1} bits, word worth {:.1}{spelling}",
                of(a, x),
                of(b, y),
                f64::from(*letters) / 100.0,
                f64::from(*rarity) / 100.0,
            ),
            Self::Initial { a: x, b: y } => format!("{} may stand for {}", of(a, x), of(b, y)),
            Self::Alone { second, at, role } => {
                let (text, side) = if *second { (b, "second") } else { (a, "first") };
                let what = match role {
                    Role::Name => "",
                    Role::Honorific => ", a form of address",
                    Role::Initial => ", an initial",
                    Role::Particle => ", a particle",
                };
                format!("{} only in the {side} name{what}", of(text, at))
            }
            Self::Rule(rule) => rule.to_string(),
            Self::Dates(relation) => relation.to_string(),
            Self::ImpossibleDate => "a birth date is no day of the calendar".to_owned(),
        }
    }
}

impl Rule {
    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingMet => "nothing-met",
            Self::NothingAlone => "nothing-alone",
            Self::Order => "order",
            Self::Scripts => "scripts",
            Self::Ends => "ends",
            Self::Initials => "initials",
            Self::Honorifics => "honorifics",
            Self::Words => "words",
            Self::Glued => "glued",
            Self::Identical => "identical",
            Self::NameBesideDate => "name-beside-date",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingMet => "no word has a counterpart",
            Self::NothingAlone => "every word has a counterpart",
            Self::Order => "the order of the words",
            Self::Scripts => "the scripts of the two names",
            Self::Ends => "vowels at the end of words",
            Self::Initials => "initials",
            Self::Honorifics => "forms of address",
            Self::Words => "the number of words",
            Self::Glued => "words written as one or as two",
            Self::Identical => "both names are the same, letter by letter",
            Self::NameBesideDate => "the names, seen beside the dates",
        })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "birth dates: one is not known",
            Self::Equal => "birth dates: equal",
            Self::EqualInPart => "birth dates: equal as far as both are known",
            Self::Presumed => "birth dates: same year, one is a presumed day",
            Self::Swapped => "birth dates: day and month change places",
            Self::OneDigit => "birth dates: one slip of a digit",
            Self::SameYear => "birth dates: same year, another day",
            Self::NextYear => "birth dates: one year apart",
            Self::Other => "birth dates: different",
        })
    }
}
