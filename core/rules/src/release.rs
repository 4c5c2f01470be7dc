//! May this record leave?

use passerelle_model::{Agreement, Code, Country, Digest, Intake, Name, Record, UtcTime};

use crate::judgement::Judgement;
use crate::onward::Provided;
use crate::second_person::{Approval, stands};
use crate::{Refusal, agreement, firewall, handling, marking, minor, national, onward, protection};
use crate::{purpose, quality, request, retention, special, transfer};

/// What must be known to judge a release.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseFacts<'a> {
    /// The newest revision of the agreement that this node holds.
    pub agreement: &'a Agreement,
    /// Whether every member has signed exactly that revision.
    pub signed_by_all: bool,
    /// Now.
    pub now: UtcTime,
    /// Records this party has already released today under the agreement.
    pub released_today: u64,
    /// What the officer answered for their own side; personal data needs it.
    pub intake: Option<Intake>,
    /// What the writing side knows of itself and its partners.
    pub own: OwnSide<'a>,
    /// Partners' records that it answers or refers to, as far as they are here.
    pub sources: &'a [Provided<'a>],
    /// SHA-256 of the content as a second person would see it.
    pub content: Digest,
    /// The second person's yes, where there is one.
    pub approval: Option<Approval<'a>>,
}

/// What the writing side knows of itself and its partners. Nothing of it is sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnSide<'a> {
    /// Our own state.
    pub country: Option<&'a Country>,
    /// States of the parties that would receive it.
    pub recipients: &'a [Country],
    /// States whose law keeps the death penalty.
    pub capital: &'a [Country],
    /// The caveat against it, as agreements name it.
    pub capital_caveat: Option<&'a Code>,
    /// Reference of a Moroccan file, or the article that exempts it.
    pub file_reference: Option<&'a Name>,
    /// Whether the legal review let possibly tainted information through.
    pub legal_review: bool,
}

/// A record that the rules let leave. Only [`release`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released(Record);

impl Released {
    /// The record.
    pub fn record(&self) -> &Record {
        &self.0
    }

    /// The record, for those who keep it.
    pub fn into_record(self) -> Record {
        self.0
    }
}

/// Says of a release which rules it keeps, which ask for a second person, and which forbid it.
/// It may be asked while the record is still being written.
pub fn judge(record: &Record, facts: &ReleaseFacts<'_>) -> Judgement {
    let (agreement, signed) = (facts.agreement, facts.signed_by_all);
    let mut out = under_agreement(record, agreement, signed, facts.now);
    let quota = agreement::quota(agreement.terms(), facts.released_today);
    out.check(crate::Rule::Quota, quota);
    marking::red(record, &mut out);
    derived(record, facts.sources, &mut out);
    personal(record, facts, &mut out);
    out
}

/// What builds on partners' records.
fn derived(record: &Record, sources: &[Provided<'_>], out: &mut Judgement) {
    if sources.is_empty() {
        return;
    }
    purpose::change(record, sources, out);
    onward::judge(record, sources, out);
    marking::derived(record, sources, out);
    retention::derived(sources, out);
}

/// What holds data about persons.
fn personal(record: &Record, facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    let Some(persons) = &record.particulars else {
        return;
    };
    persons_shape(record, out);
    protection::judge(facts, out);
    special::judge(persons, out);
    minor::judge(persons, out);
    transfer::judge(persons, out);
    handling::capital(record, &facts.own, out);
    national::judge(&facts.own, out);
}

/// What both sides check alike of data about persons.
pub(crate) fn persons_shape(record: &Record, out: &mut Judgement) {
    if let Some(persons) = &record.particulars {
        quality::judge(record, persons, out);
        special::shape(record, persons, out);
    }
}

/// Judges a release: every broken rule is named, not only the first. Where a rule asks for a
/// second person, the approval must stand.
pub fn release(record: Record, facts: &ReleaseFacts<'_>) -> Result<Released, Vec<Refusal>> {
    let judged = judge(&record, facts);
    let refusals = judged.refusals();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let approvals = judged.approvals();
    let Some(first) = approvals.first() else {
        return Ok(Released(record));
    };
    let author = &record.author.officer;
    match stands(facts.approval.as_ref(), author, facts.content) {
        Ok(()) => Ok(Released(record)),
        Err(refusal) => {
            let mut refusals = vec![Refusal::of(refusal.rule, first.code())];
            refusals.extend(approvals);
            Err(refusals)
        }
    }
}

/// What both sides check alike, so that what may leave may also be taken.
pub(crate) fn under_agreement(
    record: &Record,
    agreement: &Agreement,
    signed_by_all: bool,
    now: UtcTime,
) -> Judgement {
    let (terms, today) = (agreement.terms(), now.day());
    let mut out = Judgement::default();
    agreement::standing(record, agreement, signed_by_all, now, &mut out);
    firewall::judge(record, terms, &mut out);
    purpose::judge(record, terms, today, &mut out);
    transfer::recipients(record, terms, &mut out);
    retention::dates(record, terms, today, &mut out);
    handling::caveats(record, terms, &mut out);
    request::judge(record, &mut out);
    agreement::attachments(record, terms, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::samples::{CLEAN, agreement, facts, personal, record, refused};
    use passerelle_model::Tlp;

    #[test]
    fn the_samples_may_leave() {
        let agreement = agreement();
        assert!(release(record(&agreement), &facts(&agreement)).is_ok());
        let facts = ReleaseFacts {
            intake: Some(CLEAN),
            ..facts(&agreement)
        };
        let judged = judge(&personal(&agreement), &facts);
        let kept: Vec<_> = judged.findings().iter().map(|f| f.rule).collect();
        assert!(kept.contains(&Rule::PersonCategory) && kept.contains(&Rule::NonRefoulement));
        assert!(release(personal(&agreement), &facts).is_ok());
    }

    #[test]
    fn each_field_is_judged() {
        let agreement = agreement();
        let facts = facts(&agreement);
        type Change = fn(&mut Record);
        let cases: [(&str, Change); 11] = [
            ("E_PURPOSE", |r| r.purpose = "curiosity".parse().unwrap()),
            ("E_BASIS", |r| r.basis = "nothing".parse().unwrap()),
            ("E_BASIS", |r| r.basis = "expired".parse().unwrap()),
            ("E_SCOPE", |r| r.offences = vec!["parking".parse().unwrap()]),
            ("E_DATA_CLASS", |r| r.class = "gossip".parse().unwrap()),
            ("E_RECIPIENT_EMPTY", |r| r.to.clear()),
            ("E_RECIPIENT", |r| {
                r.to = vec!["be.interior/navy".parse().unwrap()]
            }),
            ("E_RECIPIENT", |r| {
                r.to = vec!["ma.interior/liaison".parse().unwrap()]
            }),
            ("E_RECIPIENT", |r| {
                r.to = vec!["nl.politie/police".parse().unwrap()]
            }),
            ("E_SECOND_PERSON", |r| r.markings.tlp = Tlp::Red),
            ("E_AGREEMENT_OTHER", |r| {
                r.agreement = passerelle_model::AgreementHash::new([9; 32])
            }),
        ];
        for (code, change) in cases {
            let mut changed = record(&agreement);
            change(&mut changed);
            assert_eq!(refused(changed, &facts)[0], code);
        }
    }

    #[test]
    fn standing_of_the_agreement_and_volume() {
        let agreement = agreement();
        let good = facts(&agreement);
        let unsigned = ReleaseFacts {
            signed_by_all: false,
            ..good
        };
        let found = refused(record(&agreement), &unsigned);
        assert_eq!(found, ["E_AGREEMENT_UNSIGNED"]);
        let full = ReleaseFacts {
            released_today: 100_000,
            ..good
        };
        assert_eq!(refused(record(&agreement), &full), ["E_QUOTA"]);
        let early = ReleaseFacts {
            now: UtcTime::from_millis(0),
            ..good
        };
        let found = refused(record(&agreement), &early);
        assert!(found.contains(&"E_AGREEMENT_NOT_IN_FORCE"));
        let mut foreign = record(&agreement);
        foreign.from = "nl.politie".parse().unwrap();
        assert_eq!(refused(foreign, &good), ["E_NOT_MEMBER"]);
    }

    #[test]
    fn all_broken_rules_are_named_at_once() {
        let agreement = agreement();
        let mut bad = record(&agreement);
        bad.purpose = "curiosity".parse().unwrap();
        bad.to.clear();
        let found = refused(bad, &facts(&agreement));
        assert_eq!(found, ["E_PURPOSE", "E_RECIPIENT_EMPTY"]);
    }
}
