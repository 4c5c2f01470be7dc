//! What the agreement itself asks of a record (our house plan): signed by all, in force, its
//! members, languages, volume, sizes, and records told apart in time.

use passerelle_model::{Agreement, Kind, Record, Terms, UtcTime};

use crate::clock::MAX_CLOCK_SKEW_MILLIS;
use crate::judgement::Judgement;
use crate::{Refusal, Rule};

/// Whether the record belongs under this agreement.
pub(crate) fn standing(
    record: &Record,
    agreement: &Agreement,
    signed_by_all: bool,
    now: UtcTime,
    out: &mut Judgement,
) {
    let (terms, today) = (agreement.terms(), now.day());
    let other = record.agreement != agreement.hash() || record.channel != terms.id;
    out.refuse_if(Rule::AgreementOther, other, record.agreement);
    out.refuse_if(Rule::AgreementUnsigned, !signed_by_all, &terms.id);
    // What was sent is taken back (G08) after the end too.
    let ended = record.kind != Kind::Recall && !terms.in_force(today);
    out.refuse_if(Rule::AgreementNotInForce, ended, today);
    let stranger = terms.member(&record.from).is_none();
    out.refuse_if(Rule::NotMember, stranger, &record.from);
    let foreign = !terms.languages.contains(&record.lang);
    out.refuse_if(Rule::Language, foreign, record.lang);
}

/// Whether every attachment has a size that the agreement allows.
pub(crate) fn attachments(record: &Record, terms: &Terms, out: &mut Judgement) {
    let limit = terms.quotas.attachment_bytes;
    let large = record.attachments.iter().find(|file| file.bytes > limit);
    let broken = large.map(|file| Refusal::of(Rule::AttachmentSize, file.bytes));
    out.check(Rule::AttachmentSize, broken);
}

/// Whether one more record of that day is within the agreement.
pub(crate) fn quota(terms: &Terms, before: u64) -> Option<Refusal> {
    let quota = terms.quotas.records_per_day;
    (before >= quota).then(|| Refusal::of(Rule::Quota, quota))
}

/// Whether a record that arrived is new and of a time that can be.
pub(crate) fn arrival(record: &Record, seen_before: bool, now: UtcTime) -> Result<(), Refusal> {
    if seen_before {
        return Err(Refusal::of(Rule::Duplicate, record.id));
    }
    match record.time > now.plus_millis(MAX_CLOCK_SKEW_MILLIS) {
        true => Err(Refusal::of(Rule::Clock, record.time)),
        false => Ok(()),
    }
}
