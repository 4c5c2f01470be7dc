//! What the rules say about an act: every rule that applies, with its effect.

use crate::{Refusal, Rule};

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is kept.
    Passes,
    /// A second person must answer for it.
    NeedsApproval,
    /// It forbids the act.
    Refuses,
}

/// One rule that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub effect: Effect,
    /// The value it speaks about, such as a code or a field; never content.
    pub about: String,
}

/// Every rule that applies to an act, in the order of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    findings: Vec<Finding>,
}

impl Judgement {
    /// All findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The strongest effect.
    pub fn effect(&self) -> Effect {
        let effects = self.findings.iter().map(|finding| finding.effect);
        effects.max().unwrap_or(Effect::Passes)
    }

    /// Rules that forbid the act.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.with(Effect::Refuses)
    }

    /// Rules for which a second person must answer.
    pub fn approvals(&self) -> Vec<Refusal> {
        self.with(Effect::NeedsApproval)
    }

    fn with(&self, effect: Effect) -> Vec<Refusal> {
        self.findings
            .iter()
            .filter(|finding| finding.effect == effect)
            .map(|finding| Refusal {
                rule: finding.rule,
                about: finding.about.clone(),
            })
            .collect()
    }

    /// The rule applies, and is kept where `broken` is `None`.
    pub(crate) fn check(&mut self, rule: Rule, broken: Option<Refusal>) {
        match broken {
            Some(refusal) => self.note(refusal.rule, Effect::Refuses, refusal.about),
            None => self.note(rule, Effect::Passes, String::new()),
        }
    }

    /// The rule applies, and is broken where `broken` holds.
    pub(crate) fn refuse_if(&mut self, rule: Rule, broken: bool, about: impl ToString) {
        match broken {
            true => self.note(rule, Effect::Refuses, about.to_string()),
            false => self.note(rule, Effect::Passes, String::new()),
        }
    }

    /// The rule asks for a second person.
    pub(crate) fn approve(&mut self, rule: Rule, about: impl ToString) {
        self.note(rule, Effect::NeedsApproval, about.to_string());
    }

    fn note(&mut self, rule: Rule, effect: Effect, about: String) {
        self.findings.push(Finding {
            rule,
            effect,
            about,
        });
    }
}
