//! Statistics of requests (Directive (EU) 2023/977, Article 16): counts by urgency and by
//! outcome. No person, no subject, no case.

use std::collections::BTreeMap;

use passerelle_model::{Deadlines, Kind, PartyId, RecordId, RefusalReason, Urgency, UtcTime};
use serde::{Deserialize, Serialize};

use crate::thread::Thread;
use crate::{Case, Escalation, Line, clock};

/// What came of one request to one party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered within the time of the agreement.
    OnTime,
    /// Answered later.
    Late,
    /// Declined, for this reason.
    Refused(RefusalReason),
    /// Waits, in time.
    Open,
    /// Waits, late.
    Overdue,
}

/// One request to one party, without what it asks or about whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Who asked.
    pub by: PartyId,
    /// Which record asked.
    pub record: RecordId,
    /// When, by the asking side's clock.
    pub time: UtcTime,
    /// How fast an answer is owed.
    pub urgency: Urgency,
    /// When it is due.
    pub due: UtcTime,
    /// What came of it.
    pub outcome: Outcome,
}

/// Counts of requests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Statistics(BTreeMap<(Urgency, Outcome), u64>);

impl Statistics {
    /// Counts one.
    pub fn count(&mut self, urgency: Urgency, outcome: Outcome) {
        *self.0.entry((urgency, outcome)).or_default() += 1;
    }

    /// Adds the counts of another period or channel.
    pub fn merge(&mut self, other: &Self) {
        for (key, count) in &other.0 {
            *self.0.entry(*key).or_default() += count;
        }
    }

    /// The counts.
    pub fn iter(&self) -> impl Iterator<Item = (Urgency, Outcome, u64)> {
        self.0
            .iter()
            .map(|((urgency, outcome), count)| (*urgency, *outcome, *count))
    }
}

/// The requests of a case that went to `asked`, and what came of each. `taken_in`
/// tells when the asked side took a request in; the sender's time stands in where that is not
/// known.
pub fn asks(
    case: &Case,
    asked: &PartyId,
    deadlines: &Deadlines,
    taken_in: impl Fn(&crate::Line) -> Option<UtcTime>,
    now: UtcTime,
) -> Vec<Ask> {
    let thread = Thread::of(case);
    let asks = |line: &&Line| line.kind == Kind::Request && line.to.contains(asked);
    case.lines()
        .iter()
        .filter(asks)
        .filter(|line| !thread.is_recalled(line))
        .filter_map(|request| {
            let urgency = request.urgency?;
            let start = taken_in(request).unwrap_or(request.time);
            let late = |at| clock(deadlines, urgency, start, at).escalation >= Escalation::Late;
            let outcome = match thread.settling(request, asked) {
                Some(line) => match line.reason {
                    Some(reason) => Outcome::Refused(reason),
                    None if late(line.time) => Outcome::Late,
                    None => Outcome::OnTime,
                },
                None if late(now) => Outcome::Overdue,
                None => Outcome::Open,
            };
            Some(Ask {
                by: request.party.clone(),
                record: request.record,
                time: request.time,
                due: clock(deadlines, urgency, start, now).due,
                urgency,
                outcome,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Part;
    use passerelle_model::{Reference, Relation};

    fn request(n: u8) -> Line {
        Line {
            party: "ma.interior".parse().unwrap(),
            record: RecordId::from_parts(u64::from(n), [n; 10]),
            kind: Kind::Request,
            time: UtcTime::from_millis(1_000_000),
            to: vec!["be.interior".parse().unwrap()],
            references: vec![],
            urgency: Some(Urgency::Urgent),
            reason: None,
            part: Part::Final,
            circle: None,
        }
    }

    fn answered(after_hours: u64, reason: Option<RefusalReason>) -> Case {
        let ask = request(1);
        let kind = if reason.is_some() {
            Kind::Refusal
        } else {
            Kind::Answer
        };
        let mut case = Case::begin(ask.clone());
        case.take(Line {
            party: "be.interior".parse().unwrap(),
            record: RecordId::from_parts(2, [2; 10]),
            kind,
            time: ask.time.plus_millis(after_hours * 3_600_000),
            to: vec![ask.party.clone()],
            references: vec![Reference {
                relation: Relation::Answers,
                party: ask.party.clone(),
                record: ask.record,
            }],
            urgency: None,
            reason,
            part: Part::Final,
            circle: None,
        });
        case
    }

    fn outcome(case: &Case, now_hours: u64) -> Outcome {
        let deadlines = Deadlines {
            urgent_hours: 8,
            priority_hours: 72,
            normal_hours: 168,
        };
        let now = UtcTime::from_millis(1_000_000 + now_hours * 3_600_000);
        let found = asks(
            case,
            &"be.interior".parse().unwrap(),
            &deadlines,
            |_| None,
            now,
        );
        assert_eq!(found[0].time, UtcTime::from_millis(1_000_000));
        found[0].outcome
    }

    #[test]
    fn each_outcome_is_told_apart() {
        assert_eq!(outcome(&answered(7, None), 100), Outcome::OnTime);
        assert_eq!(outcome(&answered(9, None), 100), Outcome::Late);
        let reason = RefusalReason::Disproportionate;
        assert_eq!(
            outcome(&answered(9, Some(reason)), 9),
            Outcome::Refused(reason)
        );
        assert_eq!(outcome(&Case::begin(request(1)), 1), Outcome::Open);
        assert_eq!(outcome(&Case::begin(request(1)), 9), Outcome::Overdue);
    }

    #[test]
    fn merging_is_counting_together() {
        let (mut a, mut b, mut both) = <(Statistics, Statistics, Statistics)>::default();
        a.count(Urgency::Urgent, Outcome::Late);
        b.count(Urgency::Urgent, Outcome::Late);
        b.count(Urgency::Normal, Outcome::Open);
        for (urgency, outcome, count) in a.iter().chain(b.iter()) {
            (0..count).for_each(|_| both.count(urgency, outcome));
        }
        a.merge(&b);
        assert_eq!(a, both);
    }
}
