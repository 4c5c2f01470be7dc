//! What a request explains, and when it is answered (G30, G31; Directive (EU) 2023/977,
//! Articles 4 and 5, taken as a profile). A refusal has a reason from the closed list by its
//! shape.

use passerelle_model::{Kind, Record, Urgency, UtcTime};

use crate::clock::{Kept, within};
use crate::judgement::Judgement;
use crate::{Refusal, Rule};

pub(crate) fn judge(record: &Record, out: &mut Judgement) {
    if record.kind == Kind::Request {
        out.check(Rule::RequestIncomplete, missing(record));
    }
}

/// The first field that is missing.
fn missing(record: &Record) -> Option<Refusal> {
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

/// G31: where an answer stands that is owed within `hours` (those of the agreement for the
/// urgency) since the request was taken in.
///
/// # Errors
/// `E_ANSWER_OVERDUE` once the hours are over without an answer.
pub fn answered(
    taken_in: UtcTime,
    hours: u32,
    done: Option<UtcTime>,
    now: UtcTime,
) -> Result<Kept, Refusal> {
    within(Rule::AnswerOverdue, (taken_in, hours.into()), done, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, agreement, facts, personal, record};

    #[test]
    fn a_request_explains_itself() {
        let agreement = agreement();
        let about = |change: fn(&mut Record)| {
            let mut changed = record(&agreement);
            change(&mut changed);
            let refusals = crate::judge(&changed, &facts(&agreement)).refusals();
            refusals.first().map(|one| (one.code(), one.about.clone()))
        };
        let incomplete = |field: &str| Some(("E_REQUEST_INCOMPLETE", field.to_owned()));
        assert_eq!(about(|_| ()), None);
        assert_eq!(about(|r| r.text = None), incomplete("text"));
        assert_eq!(about(|r| r.asking = None), incomplete("held-because"));
        let hurry = about(|r| r.asking.as_mut().unwrap().urgency_reason = None);
        assert_eq!(hurry, incomplete("urgency-reason"));
        let calm = about(|r| {
            r.asking.as_mut().unwrap().urgency_reason = None;
            r.urgency = Some(Urgency::Normal);
        });
        assert_eq!(calm, None);
        let mut unlinked = personal(&agreement);
        unlinked.asking.as_mut().unwrap().link = None;
        assert_eq!(missing(&unlinked).unwrap().about, "link");
    }

    #[test]
    fn eight_hours_are_eight_hours() {
        let at = |hours: u64| answered(NOW, 8, None, NOW.plus_millis(hours * 3_600_000));
        assert!(matches!(at(8), Ok(Kept::Due { .. })));
        assert_eq!(at(9).unwrap_err().code(), "E_ANSWER_OVERDUE");
    }
}
