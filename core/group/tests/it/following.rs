//! Stages, reports, verification, flags, and who may say what.

use passerelle_group::{
    Closure, Deed, Error, Event, Facts, Flag, Kind, Outcome, Progress, Report, Reported, Review,
    Seen, Stage, Stance, Terms, Verification, Verified,
};
use passerelle_model::{Digest, Lang};

use crate::samples::facts;
use crate::world::{World, day, offer, parsed, revision, titled};

fn report(state: Reported) -> Deed {
    Deed::Report {
        report: Box::new(Report {
            state,
            text: titled("Report"),
            evidence: Vec::new(),
        }),
    }
}

fn verify(found: Verification) -> Deed {
    Deed::Verify {
        verified: Box::new(Verified { found, text: None }),
    }
}

fn position(revision: Digest, stance: Stance) -> Deed {
    Deed::Position {
        revision,
        stance,
        statement: None,
    }
}

#[test]
fn the_way_of_a_commitment() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Commitment, None);
    let progress = |world: &World| world.object(&id).progress().into_value();
    assert_eq!(progress(&world), Progress::Draft);
    let text = revision(
        "Text",
        None,
        Terms::Commitment(world.terms(1, "2026-09-01")),
    );
    let hash = text.hash().unwrap();
    world.said(0, &id, offer(text.clone()));
    assert_eq!(progress(&world), Progress::Proposed);
    assert_eq!(
        world.refused(1, &id, report(Reported::UnderWay)),
        Error::TooEarly
    );
    world.said(
        1,
        &id,
        Deed::Reject {
            revision: hash,
            reason: None,
        },
    );
    assert_eq!(progress(&world), Progress::Dropped);
    world.agree(0, &id, text);
    assert_eq!(progress(&world), Progress::Agreed);
    assert_eq!(
        world.refused(0, &id, report(Reported::UnderWay)),
        Error::NotTheirs
    );
    assert_eq!(
        world.refused(0, &id, verify(Verification::Fulfilled)),
        Error::TooEarly
    );
    world.said(1, &id, report(Reported::UnderWay));
    assert_eq!(progress(&world), Progress::UnderWay);
    assert_eq!(
        world.refused(0, &id, verify(Verification::Fulfilled)),
        Error::TooEarly
    );
    world.said(1, &id, report(Reported::Done));
    assert_eq!(progress(&world), Progress::ReportedDone);
    assert_eq!(
        world.refused(1, &id, verify(Verification::Fulfilled)),
        Error::NotTheirs
    );
    world.said(0, &id, verify(Verification::Partly));
    assert_eq!(progress(&world), Progress::Partly);
    // A newer report asks again.
    world.said(1, &id, report(Reported::Done));
    assert_eq!(progress(&world), Progress::ReportedDone);
    world.said(0, &id, verify(Verification::Fulfilled));
    assert_eq!(progress(&world), Progress::Fulfilled);
    for (closure, expected) in [
        (Closure::NotFulfilled, Progress::NotFulfilled),
        (Closure::Partly, Progress::Partly),
        (Closure::Fulfilled, Progress::Fulfilled),
        (Closure::Replaced, Progress::Ended),
        (Closure::Withdrawn, Progress::Ended),
    ] {
        let base = world.object(&id).offers().agreed_hash();
        let mut terms = world.terms(1, "2026-09-01");
        terms.closure = Some(closure);
        world.agree(1, &id, revision("Closed", base, Terms::Commitment(terms)));
        assert_eq!(progress(&world), expected);
        assert!(expected.is_over());
    }
}

#[test]
fn a_verification_holds_for_the_report_it_knew() {
    let mut world = World::of(2);
    let id = world.commitment(1, "2026-09-01");
    world.said(1, &id, report(Reported::Done));
    // They cross: the newer report is not verified, whatever the clocks say.
    world
        .say(1, Some(&id), vec![report(Reported::Done)])
        .unwrap();
    world
        .say(0, Some(&id), vec![verify(Verification::Fulfilled)])
        .unwrap();
    world.sync();
    assert_eq!(
        world.object(&id).progress().into_value(),
        Progress::ReportedDone
    );
}

#[test]
fn of_two_that_verify_the_least_counts_and_the_newest_of_each() {
    let mut world = World::of(3);
    let id = world.commitment(1, "2026-09-01");
    world.said(1, &id, report(Reported::Done));
    world
        .say(0, Some(&id), vec![verify(Verification::Fulfilled)])
        .unwrap();
    world
        .say(2, Some(&id), vec![verify(Verification::NotFulfilled)])
        .unwrap();
    world.sync();
    assert_eq!(
        world.object(&id).progress().into_value(),
        Progress::NotFulfilled
    );
    // A clock that goes back does not bring the older one back.
    world.millis -= 3_600_000;
    world.said(2, &id, verify(Verification::Partly));
    assert_eq!(world.object(&id).progress().into_value(), Progress::Partly);
}

#[test]
fn due_days_are_kept() {
    let mut world = World::of(2);
    let id = world.commitment(1, "2026-09-01");
    for due in ["2026-09-01", "2026-12-01"] {
        let base = world.object(&id).offers().agreed_hash();
        let terms = Terms::Commitment(world.terms(1, due));
        world.agree(1, &id, revision("Later", base, terms));
    }
    let base = world.object(&id).offers().agreed_hash();
    let offered = Terms::Commitment(world.terms(1, "2027-12-01"));
    world.said(1, &id, offer(revision("Much later", base, offered)));
    let history = world.object(&id).due_history();
    let days: Vec<_> = history.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [day("2026-09-01"), day("2026-12-01")]);
    assert!(history[0].1 < history[1].1);
    assert_eq!(
        world.object(&id).commitment().unwrap().due,
        day("2026-12-01")
    );
}

#[test]
fn every_flag() {
    let mut world = World::of(2);
    let id = world.commitment(1, "2026-09-01");
    let flag = |world: &World, today: &str| {
        let ledger = &world.ledgers[0];
        ledger.flag(world.object(&id), day(today)).into_value()
    };
    assert_eq!(flag(&world, "2026-03-01"), Flag::OnTrack);
    assert_eq!(flag(&world, "2026-08-01"), Flag::OnTrack, "31 days");
    assert_eq!(
        flag(&world, "2026-08-02"),
        Flag::AtRisk,
        "30 days and not begun"
    );
    assert_eq!(flag(&world, "2026-09-01"), Flag::AtRisk, "due today");
    assert_eq!(flag(&world, "2026-09-02"), Flag::Late);
    world.said(1, &id, report(Reported::UnderWay));
    assert_eq!(flag(&world, "2026-08-02"), Flag::OnTrack, "begun");
    world.said(1, &id, report(Reported::Blocked));
    assert_eq!(flag(&world, "2026-03-01"), Flag::Blocked);
    assert_eq!(flag(&world, "2026-09-02"), Flag::Late);
    let hash = world.object(&id).offers().agreed_hash().unwrap();
    world.said(0, &id, position(hash, Stance::Reservation));
    assert_eq!(
        flag(&world, "2026-03-01"),
        Flag::Blocked,
        "a reservation is no dispute"
    );
    world.said(0, &id, position(hash, Stance::Objects));
    assert_eq!(flag(&world, "2026-09-02"), Flag::Disputed);
    world.said(0, &id, position(hash, Stance::Agrees));
    world.said(1, &id, report(Reported::Done));
    assert_eq!(flag(&world, "2026-09-02"), Flag::OnTrack, "reported done");
    world.said(0, &id, verify(Verification::NotFulfilled));
    assert_eq!(flag(&world, "2026-09-02"), Flag::OnTrack, "over");
}

#[test]
fn actions_put_a_commitment_at_risk_or_hold_it_up() {
    let mut world = World::of(2);
    let id = world.commitment(1, "2027-09-01");
    let (first, second) = (
        world.open(0, Kind::Action, Some(&id)),
        world.open(1, Kind::Action, Some(&id)),
    );
    let describe = |after: &[&passerelle_group::ObjectRef]| {
        let Some(Facts::Action(mut action)) = facts(Kind::Action) else {
            unreachable!()
        };
        action.after = after.iter().map(|id| (*id).clone()).collect();
        Deed::Describe {
            facts: Box::new(Facts::Action(action)),
        }
    };
    world.said(0, &first, describe(&[]));
    world.said(1, &second, describe(&[&first]));
    let flag = |world: &World, today: &str| {
        world.ledgers[0]
            .flag(world.object(&id), day(today))
            .into_value()
    };
    assert_eq!(flag(&world, "2026-06-30"), Flag::OnTrack);
    assert_eq!(
        flag(&world, "2026-07-01"),
        Flag::AtRisk,
        "the revised end has passed"
    );
    assert_eq!(
        world.refused(
            1,
            &first,
            Deed::Move {
                to: Stage::Cancelled
            }
        ),
        Error::NotTheirs
    );
    world.said(
        0,
        &first,
        Deed::Move {
            to: Stage::Cancelled,
        },
    );
    assert_eq!(flag(&world, "2026-06-30"), Flag::Blocked);
    world.said(1, &second, Deed::Move { to: Stage::Done });
    assert_eq!(flag(&world, "2026-07-01"), Flag::OnTrack);
}

#[test]
fn stages_by_the_wrong_party_or_out_of_order() {
    let mut world = World::of(2);
    let meeting = world.open(1, Kind::Meeting, None);
    let to = |to| Deed::Move { to };
    assert_eq!(
        world.refused(1, &meeting, to(Stage::Convened)),
        Error::NotTheirs
    );
    let skipped = Error::Stage {
        from: Stage::Draft,
        to: Stage::Ended,
    };
    assert_eq!(world.refused(0, &meeting, to(Stage::Ended)), skipped);
    assert_eq!(world.object(&meeting).steps(&world.parties[1]), []);
    world.said(0, &meeting, to(Stage::Convened));
    let (chair, other) = (world.parties[0].clone(), world.parties[1].clone());
    let object = world.object(&meeting);
    assert_eq!(
        object.steps(&chair),
        [Stage::InSession, Stage::Postponed, Stage::Cancelled]
    );
    assert_eq!(object.steps(&other), [Stage::Postponed, Stage::Cancelled]);
    // They cross: the chair's clock is earlier, so it was opened and cannot be called off.
    world
        .say(0, Some(&meeting), vec![to(Stage::InSession)])
        .unwrap();
    world
        .say(1, Some(&meeting), vec![to(Stage::Cancelled)])
        .unwrap();
    world.sync();
    assert_eq!(world.object(&meeting).stage(), Stage::InSession);
    world.said(0, &meeting, to(Stage::Ended));
    let practice = world.open(1, Kind::Practice, None);
    world.said(1, &practice, to(Stage::Submitted));
    assert_eq!(
        world.refused(1, &practice, to(Stage::Reviewed)),
        Error::NotTheirs
    );
    world.said(0, &practice, to(Stage::Reviewed));
    assert_eq!(world.object(&practice).stage(), Stage::Reviewed);
}

#[test]
fn thousands_of_moves_are_put_in_order() {
    let mut world = World::of(2);
    let topic = world.open(0, Kind::Topic, None);
    for turn in 0..2_000 {
        // Every other clock goes back.
        world.millis -= 1_500 * (turn % 2);
        let to = if turn % 2 == 0 {
            Stage::Closed
        } else {
            Stage::Open
        };
        world.say(0, Some(&topic), vec![Deed::Move { to }]).unwrap();
    }
    assert_eq!(world.object(&topic).stage(), Stage::Open);
}

#[test]
fn who_may_describe_settle_review_and_answer() {
    let mut world = World::of(2);
    let item = world.open(1, Kind::Item, None);
    let describe = |kind| Deed::Describe {
        facts: Box::new(facts(kind).unwrap()),
    };
    assert_eq!(
        world.refused(0, &item, describe(Kind::Item)),
        Error::NotTheirs
    );
    assert_eq!(
        world.refused(1, &item, describe(Kind::Topic)),
        Error::WrongKind(Kind::Item)
    );
    let settle = Deed::Settle {
        outcome: Outcome::Decision,
        text: None,
    };
    assert_eq!(world.refused(1, &item, settle.clone()), Error::NotTheirs);
    world.said(0, &item, settle);
    assert_eq!(
        world.object(&item).outcome(),
        Some((Outcome::Decision, None))
    );
    let practice = world.open(1, Kind::Practice, None);
    let review = |grade| Deed::Review {
        review: Review {
            grade,
            text: titled("Good"),
        },
    };
    assert_eq!(world.refused(1, &practice, review(3)), Error::NotTheirs);
    for grade in [0, 6] {
        assert_eq!(world.refused(0, &practice, review(grade)).code(), "E_SHAPE");
    }
    world.said(0, &practice, review(5));
    assert_eq!(
        world.refused(0, &item, review(3)),
        Error::WrongKind(Kind::Item)
    );
    let minutes = world.open(1, Kind::Minutes, None);
    let window = Deed::Window {
        until: day("2026-05-01"),
    };
    assert_eq!(world.refused(1, &minutes, window.clone()), Error::NotTheirs);
    world.said(0, &minutes, window);
    assert_eq!(world.object(&minutes).window(), Some(day("2026-05-01")));
    let write = Deed::Write {
        place: parsed("m"),
        lang: Lang::Fr,
        text: None,
    };
    assert_eq!(world.refused(0, &item, write), Error::WrongKind(Kind::Item));
}

#[test]
fn nothing_is_said_before_ones_own_journal_counts() {
    let mut world = World::of(2);
    let id = world.commitment(1, "2026-09-01");
    world.said(1, &id, report(Reported::UnderWay));
    // After a restart a node may read its own journal first.
    let mut ledger = passerelle_group::Ledger::between(world.parties.clone());
    let own = world.journals[1].clone();
    let size = u64::try_from(own.len()).unwrap();
    ledger.take(&world.parties[1], own, size).unwrap();
    let chair = world.parties[0].clone();
    let event = Event {
        object: None,
        seen: Seen::default(),
        deeds: vec![Deed::Open {
            kind: Kind::Topic,
            parent: None,
            chair,
        }],
    };
    let who = (&parsed("officer"), &parsed("Director"));
    let time = passerelle_model::UtcTime::from_millis(world.millis);
    assert_eq!(
        ledger.may(&world.parties[1], who, time, &event),
        Err(Error::Behind)
    );
    assert_eq!(
        ledger.may(&parsed("xx.stranger"), who, time, &event),
        Err(Error::NotTheirs)
    );
}
