//! The clock of a request (Directive (EU) 2023/977, Article 5): it starts when the asked side
//! took the request in, by its own clock.

use passerelle_model::{Deadlines, Urgency, UtcTime};
use serde::{Deserialize, Serialize};

const HOUR_MILLIS: u64 = 60 * 60 * 1000;

/// How a clock stands at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// When the answer is due.
    pub due: UtcTime,
    /// Hours in all.
    pub hours: u32,
    /// Who should look at it now.
    pub escalation: Escalation,
}

/// Who should look at a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escalation {
    /// There is time.
    OnTime,
    /// The last quarter: the officer.
    DueSoon,
    /// Late: the approver.
    Late,
    /// Late by as much again: the supervisor.
    VeryLate,
}

/// The clock of a request of this urgency, taken in at `start`.
pub fn clock(deadlines: &Deadlines, urgency: Urgency, start: UtcTime, now: UtcTime) -> Clock {
    let hours = match urgency {
        Urgency::Urgent => deadlines.urgent_hours,
        Urgency::Priority => deadlines.priority_hours,
        Urgency::Normal => deadlines.normal_hours,
    };
    clock_of(hours, start, now)
}

/// A clock of so many hours that began at `start`.
pub fn clock_of(hours: u32, start: UtcTime, now: UtcTime) -> Clock {
    let whole = u64::from(hours) * HOUR_MILLIS;
    let due = start.plus_millis(whole);
    let escalation = if now >= due.plus_millis(whole) {
        Escalation::VeryLate
    } else if now >= due {
        Escalation::Late
    } else if now >= start.plus_millis(whole / 4 * 3) {
        Escalation::DueSoon
    } else {
        Escalation::OnTime
    };
    Clock {
        due,
        hours,
        escalation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEADLINES: Deadlines = Deadlines {
        urgent_hours: 8,
        priority_hours: 72,
        normal_hours: 168,
    };

    /// Article 5(1): eight hours, three days, seven days.
    #[test]
    fn hours_of_the_agreement_and_who_looks() {
        let start = UtcTime::from_millis(1_713_211_200_000);
        let at = |hours: u64| {
            let now = start.plus_millis(hours * HOUR_MILLIS);
            clock(&DEADLINES, Urgency::Urgent, start, now).escalation
        };
        assert_eq!(at(5), Escalation::OnTime);
        assert_eq!(at(6), Escalation::DueSoon);
        assert_eq!(at(8), Escalation::Late);
        assert_eq!(at(16), Escalation::VeryLate);
        let hours = Urgency::ALL
            .iter()
            .map(|urgency| clock(&DEADLINES, *urgency, start, start).hours);
        assert_eq!(hours.collect::<Vec<_>>(), [8, 72, 168]);
    }
}
