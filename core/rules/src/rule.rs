//! The rules by name, each with its code, its sentences and its source.

use passerelle_model::Lang;

mod moment;
mod table;

pub use moment::Moment;
pub use table::Rule;

/// A rule that was broken, and by what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {about}", self.rule.sentence(Lang::En))]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// The value that breaks it, such as a code or a unit; never content of a record.
    pub about: String,
}

impl Refusal {
    pub(crate) fn of(rule: Rule, about: impl ToString) -> Self {
        Self {
            rule,
            about: about.to_string(),
        }
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }
}

macro_rules! rules {
    ($($(#[$meta:meta])* $name:ident: $code:literal, $source:literal,
        $fr:literal, $nl:literal, $ar:literal, $en:literal;)+) => {
        /// Every rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$meta])* $name,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Stable code, the same in API, command line, desk and statements.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Where the rule comes from.
            pub fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)+ }
            }

            /// What it says, for people.
            pub fn sentence(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Fr) => $fr,
                      (Self::$name, Lang::Nl) => $nl,
                      (Self::$name, Lang::Ar) => $ar,
                      (Self::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

use rules;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_every_language_speaks() {
        let codes: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let sentences: BTreeSet<_> = Lang::ALL.iter().map(|l| rule.sentence(*l)).collect();
            assert_eq!(sentences.len(), 4, "{rule:?}");
            assert!(rule.code().starts_with("E_") && !rule.source().is_empty());
        }
    }
}
