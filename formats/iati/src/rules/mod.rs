//! The business rules of the standard, version 2.03: what is wrong with a file that the schema
//! accepts.
//!
//! Source: `standard-2.03.json` of the official rulesets: contexts, paths, numbers, severities
//! and categories are those of the source, the sentences are ours. How each kind of rule is
//! judged follows the standard's own validator, with three differences: where a rule speaks of
//! every date of a kind, every one is judged and not the first; `$1` in a condition is replaced
//! even where the source does not list it; sums and numbers are exact.

mod activity;
mod judge;
mod organisation;
mod parse;
mod parts;
mod path;
mod shares;

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::civil::DateTime;

use crate::{MAX_FINDINGS, tree::Tree};
use judge::Compiled;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The standard says must.
    Error,
    /// The standard says should.
    Warning,
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Number in the standard; rules in several contexts may share one.
    pub id: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// Category in the standard.
    pub category: &'static str,
    /// Elements it is judged for, as XPath.
    pub contexts: &'static [&'static str],
    /// Values it is repeated for, as XPath; written `$1` in the other paths.
    pub each: Option<&'static str>,
    /// It is judged only where this holds, as XPath.
    pub condition: Option<&'static str>,
    /// It is judged only for organisations that are not known.
    pub unless: Unless,
    /// What is asked.
    pub check: Check,
    /// The rule in English.
    pub says: &'static str,
}

/// When the identifier of an organisation is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unless {
    /// Always judged.
    Never,
    /// It is in use: [`Facts::organisations`].
    Known,
    /// It begins with one in use and a hyphen.
    KnownPrefix,
}

/// The kinds of rules; every text is XPath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// One of the paths finds something.
    AtLeastOne(&'static [&'static str]),
    /// The paths find one thing together, or nothing.
    NoMoreThanOne(&'static [&'static str]),
    /// The first path finds something, or every element that needs it has its own.
    OneOrAll(&'static str, All),
    /// The moment is not after now.
    NotInFuture(&'static str),
    /// The first day is not after the second.
    InOrder(&'static str, Later),
    /// The first day is from the second to the third.
    Between(&'static str, &'static str, &'static str),
    /// From the first day to the second there are 365 days or less.
    WithinYear(&'static str, &'static str),
    /// None of the characters `/`, `&`, `|` and `?`.
    Plain(&'static [&'static str]),
    /// No spaces or line ends before or after.
    NoSpaces(&'static [&'static str]),
    /// The second paths begin with what one of the first finds, and a hyphen.
    StartsWith(&'static [&'static str], &'static [&'static str]),
    /// What stands before the second hyphen is the code of a register: [`Facts::agencies`].
    Agency(&'static [&'static str]),
    /// The numbers make one hundred.
    Hundred(&'static [&'static str]),
    /// Each number is from 0 to 100.
    Percentage(&'static [&'static str]),
    /// Where the first holds, the second does.
    IfThen(&'static str, &'static str),
    /// No two are the same.
    Unique(&'static [&'static str]),
}

/// What every element must have if the activity does not have it for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum All {
    /// Every narrative its language.
    Language,
    /// Every amount its currency.
    Currency,
    /// Every transaction its sector.
    Sector,
}

/// The later of two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// What the path finds.
    At(&'static str),
    /// Today.
    Now,
}

/// What a judge must know besides the file.
#[derive(Debug, Clone)]
pub struct Facts<'f> {
    /// Now, in UTC.
    pub now: DateTime,
    /// Identifiers of organisations in use.
    pub organisations: &'f BTreeSet<String>,
    /// Codes of registers, such as `XM-DAC` or `BE-BCE_KBO`; without them rules about them are
    /// not judged.
    pub agencies: Option<&'f BTreeSet<String>>,
}

/// A rule that is broken, and where.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// Place of the rule in [`rules`].
    pub index: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// Line of the element it was judged for.
    pub line: u32,
}

/// The 107 rules, in the order of the source.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let tables = [
            activity::RULES,
            shares::RULES,
            parts::FIRST,
            organisation::RULES,
            parts::SECOND,
            organisation::BUDGETS,
            parts::THIRD,
            organisation::EXPENDITURE,
            parts::LAST,
        ];
        tables.into_iter().flatten().copied().collect()
    });
    &ALL
}

/// Judges a file of activities or of organisations by every rule. At most
/// [`MAX_FINDINGS`], rule by rule.
#[must_use]
pub fn check(tree: &Tree, facts: &Facts<'_>) -> Vec<Finding> {
    static COMPILED: LazyLock<Vec<Compiled>> =
        LazyLock::new(|| rules().iter().map(Compiled::of).collect());
    let mut found = Vec::new();
    let Some(root) = tree.root() else {
        return found;
    };
    for (index, (rule, compiled)) in rules().iter().zip(COMPILED.iter()).enumerate() {
        let lines = compiled.broken_at(root, facts);
        found.extend(lines.into_iter().map(|line| Finding { index, rule, line }));
        if found.len() >= MAX_FINDINGS {
            break;
        }
    }
    found.truncate(MAX_FINDINGS);
    found
}

const fn rule(
    severity: Severity,
    id: &'static str,
    category: &'static str,
    contexts: &'static [&'static str],
    check: Check,
    says: &'static str,
) -> Rule {
    Rule {
        id,
        severity,
        category,
        contexts,
        each: None,
        condition: None,
        unless: Unless::Never,
        check,
        says,
    }
}

impl Rule {
    const fn each(mut self, path: &'static str) -> Self {
        self.each = Some(path);
        self
    }

    const fn when(mut self, condition: &'static str) -> Self {
        self.condition = Some(condition);
        self
    }

    const fn unless(mut self, unless: Unless) -> Self {
        self.unless = unless;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expression_of_every_rule_is_understood() {
        assert_eq!(rules().len(), 107);
        for rule in rules() {
            assert!(Compiled::of(rule).is_whole(), "{}", rule.id);
        }
    }

    #[test]
    fn severities_are_counted_as_in_the_source() {
        let errors = rules()
            .iter()
            .filter(|rule| rule.severity == Severity::Error);
        assert_eq!(errors.count(), 65);
        let contexts: BTreeSet<_> = rules().iter().map(|rule| rule.contexts).collect();
        assert_eq!(contexts.len(), 25);
    }
}
