//! Pages of a case: which records stand on one, and which answers to them stand on another.

use std::collections::BTreeSet;
use std::ops::Range;

use passerelle_cases::Line;
use passerelle_model::{Kind, PartyId, RecordId};

/// Records on one page of a case.
pub const CASE_PAGE: usize = 20;

/// Which page of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasePlace {
    /// Its newest records.
    Newest,
    /// Those before a position.
    Before(usize),
    /// Those around a record.
    At(RecordId),
}

impl CasePlace {
    /// Positions of the page. Pages count from the newest record, so that the first one is
    /// always full.
    pub(super) fn range(self, lines: &[Line]) -> Range<usize> {
        let all = lines.len();
        let end = match self {
            Self::Newest => all,
            Self::Before(position) => position.min(all),
            Self::At(record) => {
                let found = lines.iter().rposition(|line| line.record == record);
                let newer = found.map_or(0, |at| all - 1 - at);
                all - newer / CASE_PAGE * CASE_PAGE
            }
        };
        end.saturating_sub(CASE_PAGE)..end
    }
}

/// Answers that stand on another page to requests of `own` that stand on this one: the first
/// of each party that was asked.
pub(super) fn answers_elsewhere(
    lines: &[Line],
    shown: &Range<usize>,
    own: &PartyId,
) -> BTreeSet<(PartyId, RecordId)> {
    let mut found = BTreeSet::new();
    let page = lines.get(shown.clone()).unwrap_or_default();
    let asks = |line: &&Line| line.party == *own && line.kind == Kind::Request;
    for request in page.iter().filter(asks) {
        for party in &request.to {
            let answers = |(_, line): &(usize, &Line)| {
                line.party == *party && answers(line.kind) && line.time >= request.time
            };
            if let Some((at, line)) = lines.iter().enumerate().find(answers)
                && !shown.contains(&at)
            {
                found.insert((line.party.clone(), line.record));
            }
        }
    }
    found
}

pub(super) fn answers(kind: Kind) -> bool {
    matches!(kind, Kind::Answer | Kind::Refusal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_model::UtcTime;

    fn lines(count: u8) -> Vec<Line> {
        let line = |n| Line {
            party: "ma.interior".parse().unwrap(),
            record: RecordId::from_parts(u64::from(n), [n; 10]),
            kind: Kind::Notice,
            time: UtcTime::from_millis(u64::from(n)),
            to: Vec::new(),
            references: Vec::new(),
            urgency: None,
            reason: None,
            part: passerelle_cases::Part::Final,
            circle: None,
        };
        (0..count).map(line).collect()
    }

    /// Every record stands on one page, and the page of a record is the one that walking from
    /// the newest leads to.
    #[test]
    fn pages_of_a_case_are_whole() {
        for count in [1, 49, 50, 51, 100, 137, 250] {
            let lines = lines(count);
            let (mut seen, mut place) = (Vec::new(), CasePlace::Newest);
            loop {
                let range = place.range(&lines);
                assert!(range.len() <= CASE_PAGE && !range.is_empty());
                for line in &lines[range.clone()] {
                    assert_eq!(CasePlace::At(line.record).range(&lines), range);
                }
                seen.extend(range.clone().rev());
                if range.start == 0 {
                    break;
                }
                place = CasePlace::Before(range.start);
            }
            assert_eq!(seen, (0..usize::from(count)).rev().collect::<Vec<_>>());
        }
        let unknown = RecordId::from_parts(999, [1; 10]);
        let newest = CasePlace::Newest.range(&lines(60));
        assert_eq!(CasePlace::At(unknown).range(&lines(60)), newest);
        assert_eq!(CasePlace::Before(usize::MAX).range(&lines(60)), newest);
        assert_eq!(CasePlace::Before(0).range(&lines(60)), 0..0);
    }

    /// An answer is told with its request although it stands on another page: the first one
    /// after the request, by the party that was asked.
    #[test]
    fn answers_are_found_on_other_pages() {
        let own: PartyId = "ma.interior".parse().unwrap();
        let other: PartyId = "be.interior".parse().unwrap();
        let mut lines = lines(120);
        lines[3].kind = Kind::Request;
        lines[3].to = vec![other.clone()];
        for (at, party) in [(1, &other), (60, &own), (80, &other), (90, &other)] {
            lines[at].kind = Kind::Answer;
            lines[at].party = party.clone();
        }
        let found = |lines: &[Line], range| answers_elsewhere(lines, &range, &own);
        let first = [(other.clone(), lines[80].record)].into();
        assert_eq!(found(&lines, 0..20), first);
        assert_eq!(found(&lines, 0..100), BTreeSet::new(), "it is on the page");
        assert_eq!(found(&lines, 20..70), BTreeSet::new(), "nothing was asked");
        lines[3].kind = Kind::Notice;
        assert_eq!(found(&lines, 0..20), BTreeSet::new());
    }
}
