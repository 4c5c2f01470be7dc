//! Parties that break the rules: nothing of it counts, the others still hold the same, and it
//! shows.

use passerelle_group::{
    Assessment, Deed, Error, Event, Impact, Kind, Likelihood, Report, Reported, Seen, Standing,
    Terms, Trend, Verification, Verified, commitment_to,
};
use passerelle_model::Digest;

use crate::world::{World, offer, parsed, revision, titled};

const CHAIR: usize = 0;
const LIAR: usize = 1;

fn accept(revision: Digest) -> Deed {
    Deed::Accept { revision }
}

fn reject(revision: Digest) -> Deed {
    let reason = None;
    Deed::Reject { revision, reason }
}

fn minutes(title: &str) -> (passerelle_group::Revision, Digest) {
    let revision = revision(title, None, Terms::Minutes);
    let hash = revision.hash().unwrap();
    (revision, hash)
}

/// Who broke the rule, and the leaves of the two signatures that show it.
fn breaches(world: &World, object: &passerelle_group::ObjectRef) -> Vec<(String, u64, u64)> {
    let all = world.object(object).offers().breaches().iter();
    all.map(|breach| {
        assert_eq!(breach.first.by, breach.party);
        assert_eq!(breach.second.by, breach.party);
        (
            breach.party.to_string(),
            breach.first.index,
            breach.second.index,
        )
    })
    .collect()
}

fn ignored(world: &World, object: &passerelle_group::ObjectRef) -> Vec<Error> {
    let all = world.object(object).ignored().iter();
    all.map(|(_, error)| error.clone()).collect()
}

#[test]
fn accepting_and_rejecting_is_a_breach_and_the_first_answer_counts() {
    for (first, second) in [
        (accept as fn(_) -> _, reject as fn(_) -> _),
        (reject, accept),
    ] {
        let mut world = World::of(2);
        let id = world.open(CHAIR, Kind::Minutes, None);
        let (revision, hash) = minutes("Minutes");
        world.said(CHAIR, &id, offer(revision));
        world.force(LIAR, &id, vec![first(hash)]);
        world.force(LIAR, &id, vec![second(hash)]);
        world.sync();
        assert_eq!(breaches(&world, &id), [("ma.second".to_owned(), 0, 1)]);
        assert_eq!(ignored(&world, &id), [Error::NotOpen]);
        let agreed = first(hash) == accept(hash);
        assert_eq!(world.object(&id).agreed().is_some(), agreed);
    }
}

#[test]
fn saying_the_same_twice_is_no_breach() {
    for answer in [accept, reject] {
        for parties in [2, 3] {
            let mut world = World::of(parties);
            let id = world.open(CHAIR, Kind::Minutes, None);
            let (revision, hash) = minutes("Minutes");
            world.said(CHAIR, &id, offer(revision));
            world.force(LIAR, &id, vec![answer(hash), answer(hash)]);
            world.sync();
            assert_eq!(breaches(&world, &id), []);
            assert_eq!(ignored(&world, &id).len(), 1);
            assert_eq!(
                world.object(&id).ignored()[0].0.deed,
                1,
                "which deed it was"
            );
        }
    }
}

#[test]
fn what_was_rejected_can_be_offered_again_and_accepted() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Minutes, None);
    let (revision, hash) = minutes("Minutes");
    world.said(CHAIR, &id, offer(revision.clone()));
    world.said(LIAR, &id, reject(hash));
    world.said(CHAIR, &id, offer(revision));
    world.said(LIAR, &id, accept(hash));
    world.force(LIAR, &id, vec![accept(hash)]);
    world.sync();
    assert_eq!(world.object(&id).offers().agreed_hash(), Some(hash));
    let offers = world.object(&id).offers();
    assert_eq!(
        offers
            .offer_of(&hash)
            .map(passerelle_group::Offer::standing),
        Some(Standing::Agreed)
    );
    assert_eq!(breaches(&world, &id), []);
}

#[test]
fn signing_two_siblings_is_a_breach() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Minutes, None);
    world.sync();
    let ((ours, _), (theirs, hash)) = (minutes("Ours"), minutes("Theirs"));
    world.say(CHAIR, Some(&id), vec![offer(ours)]).unwrap();
    world.say(LIAR, Some(&id), vec![offer(theirs)]).unwrap();
    world.sync();
    // The chair's stays; now the chair accepts the crossing one as well.
    world.force(CHAIR, &id, vec![accept(hash)]);
    world.sync();
    assert_eq!(breaches(&world, &id), [("be.chair".to_owned(), 1, 2)]);
    assert!(world.object(&id).agreed().is_none());
    assert_eq!(
        world
            .object(&id)
            .offers()
            .offer_of(&hash)
            .unwrap()
            .standing(),
        Standing::Void
    );
}

#[test]
fn rejecting_what_is_void_signs_nothing() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Minutes, None);
    world.sync();
    let ((ours, _), (theirs, hash)) = (minutes("Ours"), minutes("Theirs"));
    world.say(CHAIR, Some(&id), vec![offer(ours)]).unwrap();
    world.say(LIAR, Some(&id), vec![offer(theirs)]).unwrap();
    world.sync();
    world.force(CHAIR, &id, vec![reject(hash)]);
    world.sync();
    assert_eq!(breaches(&world, &id), []);
    assert_eq!(ignored(&world, &id), [Error::NotOpen]);
}

#[test]
fn offering_over_an_open_offer_is_refused_and_over_ones_own_a_breach() {
    let mut world = World::of(3);
    let id = world.open(CHAIR, Kind::Minutes, None);
    let ((first, hash), (second, _)) = (minutes("First"), minutes("Second"));
    world.said(LIAR, &id, offer(first));
    world.force(CHAIR, &id, vec![offer(second.clone())]);
    world.force(LIAR, &id, vec![offer(second.clone())]);
    world.sync();
    assert_eq!(ignored(&world, &id), [Error::OfferOpen, Error::OfferOpen]);
    assert_eq!(breaches(&world, &id), [("ma.second".to_owned(), 0, 1)]);
    // Who has accepted it is bound as well.
    world.said(2, &id, accept(hash));
    world.force(2, &id, vec![offer(second)]);
    world.sync();
    assert_eq!(breaches(&world, &id)[1], ("nl.third".to_owned(), 0, 1));
    world.said(CHAIR, &id, accept(hash));
    assert_eq!(world.object(&id).offers().agreed_hash(), Some(hash));
}

#[test]
fn an_answer_for_nobody_and_to_oneself_is_nothing() {
    let mut world = World::of(2);
    let id = world.open(LIAR, Kind::Minutes, None);
    let (revision, hash) = minutes("Minutes");
    world.said(LIAR, &id, offer(revision));
    let release = Deed::Release { revision: hash };
    world.force(
        LIAR,
        &id,
        vec![accept(hash), release.clone(), accept(Digest::new([7; 32]))],
    );
    world.force(CHAIR, &id, vec![Deed::Withdraw { revision: hash }, release]);
    world.sync();
    let expected = [
        Error::NotTheirs,
        Error::NotTheirs,
        Error::NotOffered,
        Error::NotTheirs,
        Error::TooEarly,
    ];
    assert_eq!(ignored(&world, &id), expected);
    assert_eq!(
        world
            .object(&id)
            .offers()
            .open()
            .map(passerelle_group::Offer::hash),
        Some(hash)
    );
    assert_eq!(breaches(&world, &id), []);
}

#[test]
fn seen_that_cannot_be_holds_up_only_its_author() {
    let mut world = World::of(3);
    let id = world.open(CHAIR, Kind::Minutes, None);
    world.sync();
    let (revision, hash) = minutes("Minutes");
    world.say(CHAIR, Some(&id), vec![offer(revision)]).unwrap();
    let future = Seen::default().with(&world.parties[CHAIR], 100);
    let object = Some(id.clone());
    world.tell(
        LIAR,
        Event {
            object,
            seen: future,
            deeds: vec![accept(hash)],
        },
    );
    world.sync();
    assert!(world.ledgers.iter().all(|ledger| ledger.waiting() == 1));
    world.said(2, &id, accept(hash));
    assert!(world.object(&id).agreed().is_none());
    // Its own node tells it, too.
    assert_eq!(world.refused(LIAR, &id, accept(hash)), Error::Behind);
}

#[test]
fn going_back_on_what_was_seen_is_odd() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Minutes, None);
    let (revision, hash) = minutes("Minutes");
    world.said(CHAIR, &id, offer(revision));
    world.said(
        LIAR,
        &id,
        Deed::Position {
            revision: hash,
            stance: passerelle_group::Stance::Agrees,
            statement: None,
        },
    );
    // As if it had never seen the offer, to make another that crosses it.
    let (other, _) = minutes("Another");
    let (object, seen) = (
        Some(id.clone()),
        Seen::default().with(&world.parties[CHAIR], 1),
    );
    world.tell(
        LIAR,
        Event {
            object,
            seen,
            deeds: vec![offer(other)],
        },
    );
    world.sync();
    let odd = world.ledgers[CHAIR].odd();
    assert_eq!(odd.len(), 1);
    assert_eq!(
        (&odd[0].0, odd[0].2.code()),
        (&world.parties[LIAR], "E_SHAPE")
    );
    assert_eq!(world.object(&id).offers().all().len(), 1);
}

#[test]
fn seen_must_hold_what_those_it_saw_had_seen() {
    let mut world = World::of(3);
    let id = world.open(CHAIR, Kind::Minutes, None);
    let (revision, hash) = minutes("Minutes");
    world.said(CHAIR, &id, offer(revision));
    world.said(2, &id, accept(hash));
    // It has read the third party's acceptance, but claims not to know what was accepted.
    let seen = Seen::default().with(&world.parties[2], 1);
    let (other, _) = minutes("Another");
    world.tell(
        LIAR,
        Event {
            object: Some(id.clone()),
            seen,
            deeds: vec![offer(other)],
        },
    );
    world.sync();
    assert_eq!(world.ledgers[CHAIR].odd().len(), 1);
    world.said(LIAR, &id, accept(hash));
    assert_eq!(world.object(&id).offers().agreed_hash(), Some(hash));
}

#[test]
fn of_a_flood_of_what_counts_for_nothing_only_so_much_is_kept() {
    let mut world = World::of(2);
    let nowhere = parsed("ma.second~000000000000000000000000000000ff");
    for _ in 0..passerelle_group::MAX_ODD + 3 {
        world.force(LIAR, &nowhere, vec![accept(Digest::new([1; 32]))]);
    }
    world.sync();
    let ledger = &world.ledgers[CHAIR];
    assert_eq!(ledger.odd().len(), passerelle_group::MAX_ODD);
    assert_eq!(ledger.more_odd(), 3);
}

#[test]
fn what_nobody_knows_and_what_is_opened_twice_is_odd() {
    let mut world = World::of(2);
    let id = world.commitment(LIAR, "2026-09-01");
    let nowhere = parsed("ma.second~000000000000000000000000000000ff");
    world.force(LIAR, &nowhere, vec![accept(Digest::new([1; 32]))]);
    // The same record once more in another leaf would wipe what is agreed.
    let again = world.journals[CHAIR][0].clone();
    let index = u64::try_from(world.journals[CHAIR].len()).unwrap();
    let event = Event {
        seen: world.ledgers[CHAIR].seen(&world.parties[CHAIR]),
        ..again.event.clone()
    };
    world.journals[CHAIR].push(passerelle_group::Told {
        index,
        erased: None,
        event,
        ..again
    });
    world.sync();
    let odd: Vec<&Error> = world.ledgers[CHAIR]
        .odd()
        .iter()
        .map(|(_, _, error)| error)
        .collect();
    assert_eq!(odd.len(), 2);
    assert!(
        odd.contains(&&Error::Unknown) && odd.contains(&&Error::Again),
        "{odd:?}"
    );
    assert!(world.object(&id).agreed().is_some());
}

#[test]
fn a_stranger_chairs_nothing() {
    let mut world = World::of(2);
    let open = Deed::Open {
        kind: Kind::Meeting,
        parent: None,
        chair: parsed("xx.stranger"),
    };
    let said = world.say(LIAR, None, vec![open]);
    assert_eq!(said, Err(Error::NotTheirs));
}

fn report(state: Reported) -> Deed {
    Deed::Report {
        report: Box::new(Report {
            state,
            text: titled("So it is"),
            evidence: Vec::new(),
        }),
    }
}

fn verify(found: Verification) -> Deed {
    Deed::Verify {
        verified: Box::new(Verified { found, text: None }),
    }
}

#[test]
fn nobody_reports_for_the_other_or_verifies_itself() {
    let mut world = World::of(2);
    let id = world.commitment(CHAIR, "2026-09-01");
    world.force(
        LIAR,
        &id,
        vec![report(Reported::Done), verify(Verification::Fulfilled)],
    );
    world.force(
        CHAIR,
        &id,
        vec![report(Reported::Done), verify(Verification::Fulfilled)],
    );
    world.sync();
    let expected = [Error::NotTheirs, Error::TooEarly, Error::NotTheirs];
    assert_eq!(ignored(&world, &id), expected);
    assert_eq!(
        world.object(&id).progress().into_value(),
        passerelle_group::Progress::ReportedDone
    );
}

fn assessment(likelihood: Likelihood) -> Assessment {
    Assessment {
        likelihood,
        impact: Impact::Moderate,
        trend: Trend::Steady,
        reasons: titled("Reasons"),
    }
}

#[test]
fn what_is_revealed_early_or_otherwise_than_sealed_is_not_taken() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Topic, None);
    world.sync();
    let (sealed, salt) = (assessment(Likelihood::Likely), Digest::new([5; 32]));
    let digest = commitment_to(&sealed, &salt).unwrap();
    let show = |assessment: Assessment, salt: Digest| Deed::Reveal {
        round: 1,
        assessment: Box::new(assessment),
        salt,
    };
    world.said(LIAR, &id, Deed::Seal { round: 1, digest });
    world.force(LIAR, &id, vec![show(sealed.clone(), salt)]);
    world.said(
        CHAIR,
        &id,
        Deed::Seal {
            round: 1,
            digest: commitment_to(&sealed, &Digest::new([6; 32])).unwrap(),
        },
    );
    let other = assessment(Likelihood::Remote);
    world.force(
        LIAR,
        &id,
        vec![
            show(other, salt),
            show(sealed.clone(), Digest::new([4; 32])),
            Deed::Seal { round: 1, digest },
            Deed::Seal {
                round: u32::MAX,
                digest,
            },
        ],
    );
    world.sync();
    let codes: Vec<&str> = ignored(&world, &id).iter().map(Error::code).collect();
    assert_eq!(
        codes,
        [
            "E_TOO_EARLY",
            "E_NOT_SEALED",
            "E_NOT_SEALED",
            "E_AGAIN",
            "E_SHAPE"
        ]
    );
    assert_eq!(world.object(&id).assessed().shown(1).count(), 0);
    assert_eq!(world.object(&id).assessed().round(), Some(1));
    world.said(LIAR, &id, show(sealed, salt));
    assert_eq!(world.object(&id).assessed().shown(1).count(), 1);
}

#[test]
fn what_is_told_twice_counts_once() {
    let mut world = World::of(2);
    let id = world.open(CHAIR, Kind::Minutes, None);
    world.sync();
    let before = world.object(&id).version();
    let journal = world.journals[CHAIR].clone();
    let party = world.parties[CHAIR].clone();
    world.ledgers[LIAR]
        .take(&party, journal.clone(), 1)
        .unwrap();
    // A leaf beyond the size that was read is not counted yet, nor twice later.
    let ahead = passerelle_group::Told {
        index: 1,
        ..journal[0].clone()
    };
    world.ledgers[LIAR].take(&party, vec![ahead], 1).unwrap();
    assert_eq!(world.ledgers[LIAR].object(&id).unwrap().version(), before);
    assert!(world.ledgers[LIAR].odd().is_empty());
}
