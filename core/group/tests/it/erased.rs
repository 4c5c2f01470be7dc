//! A ledger of events without their words counts like one with them.

use std::collections::BTreeMap;

use passerelle_group::{ERASED_WORDS, Kind, Ledger, ObjectRef, Told};
use passerelle_model::Lang;

use crate::samples::{deeds, terms};
use crate::world::{World, day, offer, revision};

/// Both sides say everything that there is to say of every kind of object.
fn everything() -> World {
    let mut world = World::of(2);
    for kind in Kind::ALL {
        let id = world.open(0, *kind, None);
        if let Some(terms) = terms(&world, *kind) {
            world.agree(0, &id, revision("Text", None, terms));
        }
        for number in 0..3 {
            for by in [0, 1] {
                for deed in deeds(&world, by, &id, number) {
                    world.force(by, &id, vec![deed]);
                }
                world.sync();
            }
        }
    }
    world
}

/// The same journals, erased.
fn erased(world: &World, hashes: bool) -> Ledger {
    let mut ledger = Ledger::between(world.parties.clone());
    for (party, journal) in world.parties.iter().zip(&world.journals) {
        let gone = journal.iter().map(|told| {
            let bones = told.event.skeleton(told.time).unwrap();
            assert_eq!(bones.time, told.time);
            Told {
                event: bones.event,
                erased: Some(bones.hashes).filter(|_| hashes),
                ..told.clone()
            }
        });
        let size = u64::try_from(journal.len()).unwrap();
        ledger.take(party, gone.collect(), size).unwrap();
    }
    ledger
}

/// What counts of each object, without a word of it.
fn counts(ledger: &Ledger) -> BTreeMap<ObjectRef, String> {
    let today = day("2026-03-15");
    let of = |object: &passerelle_group::Object| {
        let offers = object.offers();
        let ignored: Vec<&str> = object.ignored().iter().map(|(_, why)| why.code()).collect();
        let mut standings: Vec<_> = offers
            .all()
            .iter()
            .map(|one| (one.hash(), one.standing().as_str()))
            .collect();
        standings.sort_unstable();
        let breaches: Vec<_> = offers
            .breaches()
            .iter()
            .map(|one| (one.first.record, one.second.record))
            .collect();
        let assessed: Vec<_> = object
            .assessed()
            .round()
            .into_iter()
            .map(|round| object.assessed().shown(round).count())
            .collect();
        format!(
            "{:?}",
            (
                (offers.agreed_hash(), standings, breaches, ignored),
                (
                    object.stage(),
                    object.progress(),
                    ledger.flag(object, today)
                ),
                (object.due_history(), object.version(), assessed),
                (
                    object.reports().len(),
                    object.verified().len(),
                    object.observations().len()
                ),
            )
        )
    };
    let objects = ledger.objects();
    objects
        .map(|object| (object.id().clone(), of(object)))
        .collect()
}

#[test]
fn without_words_the_same_counts() {
    let world = everything();
    let bare = erased(&world, true);
    assert_eq!(counts(&bare), counts(&world.ledgers[0]));
    assert!(bare.objects().all(passerelle_group::Object::is_erased));
    assert!(world.ledgers[0].objects().all(|object| !object.is_erased()));
    // A hash that is not kept is another one: answers to it find no text.
    assert_ne!(counts(&erased(&world, false)), counts(&world.ledgers[0]));
}

#[test]
fn no_word_stays() {
    for told in everything().journals.iter().flatten() {
        let bones = told.event.skeleton(told.time).unwrap();
        let json = bones.event.to_json().unwrap();
        for word in [
            "Text",
            "Director",
            "Report",
            "Reasons",
            "list.pdf",
            "مزيد",
            "Formation",
            "register",
            "words",
            "Agency",
        ] {
            assert!(!json.contains(word), "{word}: {json}");
        }
    }
}

#[test]
fn an_erased_text_says_so_in_every_language() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Minutes, None);
    world.said(
        0,
        &id,
        offer(revision("Text", None, passerelle_group::Terms::Minutes)),
    );
    let bare = erased(&world, true);
    let object = bare.object(&id).unwrap();
    assert_eq!(object.title(Lang::Ar), Some(ERASED_WORDS));
}
