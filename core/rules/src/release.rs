//! May this record leave?

use passerelle_model::{
    Agreement, Day, Digest, Handling, Intake, Kind, Record, Terms, Tlp, Urgency, UtcTime,
};

use crate::judgement::{Approval, Judgement, approval_stands};
use crate::persons::{self, OwnSide};
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
    /// What the officer answered for their own side; personal data needs it.
    pub intake: Option<Intake>,
    /// What the writing side knows of itself and its partners.
    pub own: OwnSide<'a>,
    /// SHA-256 of the content as a second person would see it.
    pub content: Digest,
    /// The second person's yes, where there is one.
    pub approval: Option<Approval<'a>>,
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
    let quota = agreement.terms().quotas.records_per_day;
    out.refuse_if(Rule::Quota, facts.released_today >= quota, quota);
    if record.markings.tlp == Tlp::Red {
        out.approve(Rule::RedSecond, Tlp::Red);
    }
    persons::judge(record, facts, &mut out);
    out
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
    match approval_stands(facts.approval.as_ref(), author, facts.content) {
        Ok(()) => Ok(Released(record)),
        Err(rule) => {
            let about = first.code();
            let mut refusals = vec![Refusal::of(rule, about)];
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
    let terms = agreement.terms();
    let today = now.day();
    let mut out = Judgement::default();
    let other = record.agreement != agreement.hash() || record.channel != terms.id;
    out.refuse_if(Rule::AgreementOther, other, record.agreement);
    out.refuse_if(Rule::AgreementUnsigned, !signed_by_all, &terms.id);
    out.refuse_if(Rule::AgreementNotInForce, !terms.in_force(today), today);
    let stranger = terms.member(&record.from).is_none();
    out.refuse_if(Rule::NotMember, stranger, &record.from);
    let foreign = !terms.languages.contains(&record.lang);
    out.refuse_if(Rule::Language, foreign, record.lang);
    out.check(Rule::Purpose, purpose(record, terms, today));
    out.check(Rule::Scope, scope(record, terms));
    out.check(Rule::Recipient, recipients(record, terms));
    out.check(Rule::Retention, retention(record, terms, today));
    out.check(Rule::Caveat, caveats(record, terms));
    if record.kind == Kind::Request {
        out.check(Rule::RequestIncomplete, completeness(record));
    }
    out.check(Rule::AttachmentSize, attachments(record, terms));
    out
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

/// What a request must explain; the first missing field is named.
fn completeness(record: &Record) -> Option<Refusal> {
    let missing = |field: &str| Some(Refusal::of(Rule::RequestIncomplete, field));
    if record.text.is_none() && record.data.is_none() {
        return missing("text");
    }
    let Some(asking) = &record.asking else {
        return missing("held-because");
    };
    let hurry = record
        .urgency
        .is_some_and(|urgency| urgency != Urgency::Normal);
    if hurry && asking.urgency_reason.is_none() {
        return missing("urgency-reason");
    }
    match record.particulars.is_some() && asking.link.is_none() {
        true => missing("link"),
        false => None,
    }
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
        let cases: [(&str, Change); 19] = [
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
            ("E_REQUEST_INCOMPLETE", |r| r.asking = None),
            ("E_REQUEST_INCOMPLETE", |r| {
                r.asking.as_mut().unwrap().urgency_reason = None
            }),
            ("E_SECOND_PERSON", |r| r.markings.tlp = Tlp::Red),
            ("E_AGREEMENT_OTHER", |r| {
                r.agreement = passerelle_model::AgreementHash::new([9; 32])
            }),
        ];
        for (code, change) in cases {
            let mut changed = record(&agreement);
            change(&mut changed);
            assert_eq!(codes(changed, &facts)[0], code);
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
