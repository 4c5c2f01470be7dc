use super::*;
use crate::Part;
use passerelle_model::{Reference, RefusalReason};
use proptest::prelude::*;

const MA: &str = "ma.interior";
const BE: &str = "be.interior";

fn line(n: u8, party: &str, kind: Kind, about: &[(Relation, &Line)]) -> Line {
    let other = if party == MA { BE } else { MA };
    Line {
        party: party.parse().unwrap(),
        record: RecordId::from_parts(1_713_211_200_000 + u64::from(n), [n; 10]),
        kind,
        time: UtcTime::from_millis(1_713_211_200_000 + u64::from(n) * 60_000),
        to: vec![other.parse().unwrap()],
        references: about
            .iter()
            .map(|(relation, line)| Reference {
                relation: *relation,
                party: line.party.clone(),
                record: line.record,
            })
            .collect(),
        urgency: (kind == Kind::Request).then_some(Urgency::Urgent),
        reason: (kind == Kind::Refusal).then_some(RefusalReason::NotHeld),
        part: Part::Final,
        circle: None,
    }
}

fn on(case: &Case) -> Vec<(String, Need)> {
    let waits = case.waits();
    waits
        .iter()
        .map(|wait| (wait.on.to_string(), wait.need))
        .collect()
}

#[test]
fn a_request_is_asked_explained_partly_answered_answered_and_closed() {
    use Relation::{Acknowledges, Answers};
    let ask = line(0, MA, Kind::Request, &[]);
    let mut case = Case::begin(ask.clone());
    assert_eq!(case.stage(), Stage::Asked);
    assert_eq!(on(&case), [(BE.to_owned(), Need::Answer)]);

    let question = line(1, BE, Kind::Clarification, &[(Answers, &ask)]);
    case.take(question.clone());
    assert_eq!(case.stage(), Stage::Clarification);
    assert_eq!(on(&case), [(MA.to_owned(), Need::Clarification)]);

    case.take(line(2, MA, Kind::Clarification, &[(Answers, &question)]));
    assert_eq!(case.stage(), Stage::Asked);

    let mut part = line(3, BE, Kind::Answer, &[(Answers, &ask)]);
    part.part = Part::Partial;
    case.take(part);
    assert_eq!(case.stage(), Stage::PartlyAnswered);
    assert_eq!(on(&case), [(BE.to_owned(), Need::Answer)]);

    let answer = line(4, BE, Kind::Answer, &[(Answers, &ask)]);
    case.take(answer.clone());
    assert_eq!(case.stage(), Stage::Answered);
    assert_eq!(on(&case), [(MA.to_owned(), Need::Acknowledgement)]);

    case.take(line(
        5,
        MA,
        Kind::Acknowledgement,
        &[(Acknowledges, &answer)],
    ));
    assert_eq!(case.stage(), Stage::Closed);
    assert!(on(&case).is_empty());
}

#[test]
fn a_refusal_settles_and_a_recall_ends() {
    let ask = line(0, MA, Kind::Request, &[]);
    let mut refused = Case::begin(ask.clone());
    refused.take(line(1, BE, Kind::Refusal, &[(Relation::Answers, &ask)]));
    assert_eq!(refused.stage(), Stage::Refused);
    let mut recalled = Case::begin(ask.clone());
    recalled.take(line(1, MA, Kind::Recall, &[(Relation::Recalls, &ask)]));
    assert_eq!(recalled.stage(), Stage::Recalled);
    assert!(on(&recalled).is_empty());
    // Nobody takes back what another party said.
    let mut foreign = Case::begin(ask.clone());
    foreign.take(line(1, BE, Kind::Recall, &[(Relation::Recalls, &ask)]));
    assert_eq!(foreign.stage(), Stage::Asked);
}

#[test]
fn an_answer_by_the_wrong_party_settles_nothing() {
    let ask = line(0, MA, Kind::Request, &[]);
    let mut case = Case::begin(ask.clone());
    case.take(line(1, MA, Kind::Answer, &[(Relation::Answers, &ask)]));
    assert!(on(&case).contains(&(BE.to_owned(), Need::Answer)));
}

#[test]
fn a_notice_waits_until_it_is_acknowledged_or_asked_about() {
    let notice = line(0, BE, Kind::Notice, &[]);
    let mut case = Case::begin(notice.clone());
    assert_eq!((case.stage(), on(&case).len()), (Stage::Told, 1));
    let mut asked = case.clone();
    asked.take(line(1, MA, Kind::Request, &[(Relation::Relates, &notice)]));
    assert_eq!(asked.stage(), Stage::Asked);
    case.take(line(
        1,
        MA,
        Kind::Acknowledgement,
        &[(Relation::Acknowledges, &notice)],
    ));
    assert_eq!(case.stage(), Stage::Closed);
}

#[test]
fn a_recalled_answer_opens_the_request_again() {
    let ask = line(0, MA, Kind::Request, &[]);
    let answer = line(1, BE, Kind::Answer, &[(Relation::Answers, &ask)]);
    let mut case = Case::begin(ask);
    case.take(answer.clone());
    assert_eq!(case.stage(), Stage::Answered);
    case.take(line(2, BE, Kind::Recall, &[(Relation::Recalls, &answer)]));
    assert_eq!(case.stage(), Stage::Asked);
}

#[test]
fn a_full_case_says_so() {
    let ask = line(0, MA, Kind::Request, &[]);
    let mut case = Case::begin(ask);
    for n in 1..MAX_CASE_LINES as u64 {
        let mut more = line(1, MA, Kind::Notice, &[]);
        more.time = more.time.plus_millis(n);
        assert!(case.take(more));
    }
    let mut last = line(1, MA, Kind::Notice, &[]);
    last.time = last.time.plus_millis(1 << 40);
    assert!(!case.take(last.clone()));
    assert!(case.take(case.lines()[5].clone()));
}

proptest! {
    /// Both sides hear the same records in another order, some of them twice.
    #[test]
    fn order_and_repetition_change_nothing(
        kinds in proptest::collection::vec((0_u8..8, any::<bool>(), 0_usize..6), 1..12),
        shuffle in proptest::collection::vec(any::<prop::sample::Index>(), 24),
    ) {
        let mut lines = vec![line(0, MA, Kind::Request, &[])];
        for (n, (kind, ours, about)) in kinds.iter().enumerate() {
            let about = lines[about % lines.len()].clone();
            let relation = Relation::ALL[n % Relation::ALL.len()];
            let kind = Kind::ALL[usize::from(*kind)];
            let party = if *ours { MA } else { BE };
            let n = u8::try_from(n + 1).unwrap();
            lines.push(line(n, party, kind, &[(relation, &about)]));
        }
        let mut straight = Case::begin(lines[0].clone());
        for one in &lines { straight.take(one.clone()); }
        let mut mixed = Case::begin(lines[0].clone());
        for index in &shuffle { mixed.take(lines[index.index(lines.len())].clone()); }
        for one in lines.iter().rev() { mixed.take(one.clone()); }
        prop_assert_eq!(&straight, &mixed);
        prop_assert_eq!(straight.stage(), mixed.stage());
        prop_assert_eq!(straight.waits(), mixed.waits());
    }
}

/// The fullest case is worked out by looking at each record's own references: if every
/// question looked through all lines, this would run for hours.
#[test]
fn the_fullest_case_is_worked_out() {
    let ask = line(0, MA, Kind::Request, &[]);
    let mut case = Case::begin(ask.clone());
    for n in 1..MAX_CASE_LINES {
        let party = if n % 2 == 0 { MA } else { BE };
        let mut one = line(1, party, Kind::Notice, &[(Relation::Relates, &ask)]);
        one.record = RecordId::from_parts(1_713_211_200_000 + n as u64, [9; 10]);
        one.time = one.time.plus_millis(n as u64);
        assert!(case.take(one));
    }
    assert!(!case.take(line(200, BE, Kind::Notice, &[(Relation::Relates, &ask)])));
    assert_eq!(case.stage(), Stage::Asked);
    assert_eq!(case.waits().len(), MAX_CASE_LINES);
    assert!(case.recalled().is_empty());
}
