//! May this record leave?

use passerelle_model::{Agreement, Day, Handling, Kind, Record, Terms, UtcTime};

use crate::{Refusal, Rule};

/// How far ahead of the receiver a sender's clock may be: one hour, in milliseconds.
pub const MAX_CLOCK_SKEW_MILLIS: u64 = 60 * 60 * 1000;

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

/// Judges a release: every broken rule is named, not only the first.
pub fn release(record: Record, facts: &ReleaseFacts<'_>) -> Result<Released, Vec<Refusal>> {
    let mut refusals = under_agreement(&record, facts.agreement, facts.signed_by_all, facts.now);
    let terms = facts.agreement.terms();
    if facts.released_today >= terms.quotas.records_per_day {
        refusals.push(Refusal::of(Rule::Quota, terms.quotas.records_per_day));
    }
    if refusals.is_empty() {
        Ok(Released(record))
    } else {
        Err(refusals)
    }
}

/// What both sides check alike, so that what may leave may also be taken.
pub(crate) fn under_agreement(
    record: &Record,
    agreement: &Agreement,
    signed_by_all: bool,
    now: UtcTime,
) -> Vec<Refusal> {
    let terms = agreement.terms();
    let today = now.day();
    let standing = [
        (record.agreement != agreement.hash() || record.channel != terms.id)
            .then(|| Refusal::of(Rule::AgreementOther, record.agreement)),
        (!signed_by_all).then(|| Refusal::of(Rule::AgreementUnsigned, &terms.id)),
        (!terms.in_force(today)).then(|| Refusal::of(Rule::AgreementNotInForce, today)),
        terms
            .member(&record.from)
            .is_none()
            .then(|| Refusal::of(Rule::NotMember, &record.from)),
        (!terms.languages.contains(&record.lang)).then(|| Refusal::of(Rule::Language, record.lang)),
    ];
    let content = [
        purpose(record, terms, today),
        scope(record, terms),
        recipients(record, terms),
        retention(record, terms, today),
        caveats(record, terms),
        completeness(record),
        attachments(record, terms),
    ];
    standing.into_iter().chain(content).flatten().collect()
}

fn purpose(record: &Record, terms: &Terms, today: Day) -> Option<Refusal> {
    let Some(purpose) = terms.purpose(&record.purpose) else {
        return Some(Refusal::of(Rule::Purpose, &record.purpose));
    };
    let carried = purpose.bases.contains(&record.basis)
        && terms
            .basis(&record.basis)
            .is_some_and(|basis| basis.in_force(today));
    (!carried).then(|| Refusal::of(Rule::Basis, &record.basis))
}

fn scope(record: &Record, terms: &Terms) -> Option<Refusal> {
    let outside = record
        .offences
        .iter()
        .find(|code| !terms.scope.offences.contains(code));
    outside.map(|code| Refusal::of(Rule::Scope, code))
}

fn recipients(record: &Record, terms: &Terms) -> Option<Refusal> {
    let Some(class) = terms.data_class(&record.class) else {
        return Some(Refusal::of(Rule::DataClass, &record.class));
    };
    if record.to.is_empty() {
        return Some(Refusal::of(Rule::RecipientEmpty, &record.class));
    }
    let barred = record
        .to
        .iter()
        .find(|unit| unit.party == record.from || !class.recipients.contains(unit));
    barred.map(|unit| Refusal::of(Rule::Recipient, unit))
}

/// Dates are judged against the day of release, so that a record that was lawful when it
/// left is not refused because the partner was offline for weeks; only erasure already due
/// on arrival is.
fn retention(record: &Record, terms: &Terms, today: Day) -> Option<Refusal> {
    let released = record.time.day();
    let review_ok = record.review > released
        && record.review.days_since(released) <= terms.retention.review_days;
    let erasure_ok = record.erasure >= record.review
        && record.erasure > today
        && record.erasure.days_since(released) <= terms.retention.erasure_days;
    match (review_ok, erasure_ok) {
        (false, _) => Some(Refusal::of(Rule::Retention, record.review)),
        (_, false) => Some(Refusal::of(Rule::Retention, record.erasure)),
        _ => None,
    }
}

fn caveats(record: &Record, terms: &Terms) -> Option<Refusal> {
    let held = &record.markings.caveats;
    if let Some(unknown) = held.iter().find(|code| terms.caveat(code).is_none()) {
        return Some(Refusal::of(Rule::Caveat, unknown));
    }
    let missing = terms
        .caveat
        .iter()
        .find(|caveat| caveat.always && !held.contains(&caveat.code));
    if let Some(caveat) = missing {
        return Some(Refusal::of(Rule::Caveat, &caveat.code));
    }
    (record.markings.handling == Handling::H3 && held.is_empty())
        .then(|| Refusal::of(Rule::Caveat, Handling::H3))
}

fn completeness(record: &Record) -> Option<Refusal> {
    (record.kind == Kind::Request && record.text.is_none() && record.data.is_none())
        .then(|| Refusal::of(Rule::RequestIncomplete, record.kind))
}

fn attachments(record: &Record, terms: &Terms) -> Option<Refusal> {
    let limit = terms.quotas.attachment_bytes;
    let large = record.attachments.iter().find(|file| file.bytes > limit);
    large.map(|file| Refusal::of(Rule::AttachmentSize, file.bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{agreement, facts, record};

    fn codes(record: Record, facts: &ReleaseFacts<'_>) -> Vec<&'static str> {
        release(record, facts)
            .err()
            .unwrap_or_default()
            .iter()
            .map(Refusal::code)
            .collect()
    }

    #[test]
    fn the_sample_may_leave() {
        let agreement = agreement();
        assert!(release(record(&agreement), &facts(&agreement)).is_ok());
    }

    #[test]
    fn each_rule_refuses() {
        let agreement = agreement();
        let facts = facts(&agreement);
        type Change = fn(&mut Record);
        let cases: [(&str, Change); 16] = [
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
            ("E_RETENTION", |r| r.review = r.time.day()),
            ("E_RETENTION", |r| {
                r.erasure = r.time.day().plus_days(100_000)
            }),
            ("E_RETENTION", |r| r.erasure = r.time.day()),
            ("E_CAVEAT", |r| {
                r.markings.caveats = vec!["unheard-of".parse().unwrap()]
            }),
            ("E_CAVEAT", |r| r.markings.handling = Handling::H3),
            ("E_REQUEST_INCOMPLETE", |r| r.text = None),
            ("E_AGREEMENT_OTHER", |r| {
                r.agreement = passerelle_model::AgreementHash::new([9; 32])
            }),
        ];
        for (code, change) in cases {
            let mut changed = record(&agreement);
            change(&mut changed);
            assert_eq!(codes(changed, &facts), [code]);
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
        assert_eq!(
            codes(record(&agreement), &unsigned),
            ["E_AGREEMENT_UNSIGNED"]
        );
        let full = ReleaseFacts {
            released_today: 100_000,
            ..good
        };
        assert_eq!(codes(record(&agreement), &full), ["E_QUOTA"]);
        let early = ReleaseFacts {
            now: UtcTime::from_millis(0),
            ..good
        };
        assert!(codes(record(&agreement), &early).contains(&"E_AGREEMENT_NOT_IN_FORCE"));
        let mut foreign = record(&agreement);
        foreign.from = "nl.politie".parse().unwrap();
        assert_eq!(codes(foreign, &good), ["E_NOT_MEMBER"]);
    }

    #[test]
    fn all_broken_rules_are_named_at_once() {
        let agreement = agreement();
        let mut bad = record(&agreement);
        bad.purpose = "curiosity".parse().unwrap();
        bad.to.clear();
        assert_eq!(
            codes(bad, &facts(&agreement)),
            ["E_PURPOSE", "E_RECIPIENT_EMPTY"]
        );
    }

    #[test]
    fn an_obligatory_caveat_cannot_be_left_out() {
        let text =
            crate::samples::TEXT.replace("death penalty.\" }", "death penalty.\" }\nalways = true");
        let agreement = Agreement::parse(&text).unwrap();
        let mut bare = record(&agreement);
        assert_eq!(codes(bare.clone(), &facts(&agreement)), ["E_CAVEAT"]);
        bare.markings.caveats = vec!["no-capital-charge".parse().unwrap()];
        assert!(release(bare, &facts(&agreement)).is_ok());
    }
}
