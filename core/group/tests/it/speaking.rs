//! Paragraphs, positions, translations, assessments, titles.

use passerelle_group::{
    Deed, Error, Kind, Likelihood, Stance, Terms, Trend, Verdict, Version, commitment_to,
};
use passerelle_model::{Digest, Lang};

use crate::samples::{assessment, schedule};
use crate::world::{World, offer, parsed, revision};

fn position(revision: Digest, stance: Stance) -> Deed {
    Deed::Position {
        revision,
        stance,
        statement: None,
    }
}

#[test]
fn two_who_write_at_once_both_stand_until_somebody_chooses() {
    let mut world = World::of(2);
    let minutes = world.open(0, Kind::Minutes, None);
    let write = |text: &str| Deed::Write {
        place: parsed("m"),
        lang: Lang::Fr,
        text: Some(parsed(text)),
    };
    world.say(0, Some(&minutes), vec![write("Un")]).unwrap();
    world.say(1, Some(&minutes), vec![write("Deux")]).unwrap();
    world.sync();
    let versions = |world: &World| {
        let all = world.object(&minutes).paragraphs();
        all.map(|(_, _, versions)| versions.versions().len())
            .collect::<Vec<_>>()
    };
    assert_eq!(versions(&world), [2]);
    world.said(0, &minutes, write("Les deux"));
    assert_eq!(versions(&world), [1]);
}

#[test]
fn the_newest_position_of_each_and_only_on_what_was_offered() {
    let mut world = World::of(3);
    let id = world.open(0, Kind::Minutes, None);
    assert_eq!(
        world.refused(1, &id, position(Digest::new([1; 32]), Stance::None)),
        Error::NotOffered
    );
    let text = revision("Minutes", None, Terms::Minutes);
    let hash = text.hash().unwrap();
    world.said(0, &id, offer(text));
    for stance in [Stance::Objects, Stance::Reservation, Stance::Agrees] {
        // The clock goes back each time: the journal decides.
        world.millis -= 10_000;
        world.said(1, &id, position(hash, stance));
    }
    world.said(2, &id, position(hash, Stance::None));
    let mut stances: Vec<Stance> = world
        .object(&id)
        .positions(&hash)
        .map(|(stance, _, _)| stance)
        .collect();
    stances.sort();
    assert_eq!(stances, [Stance::Agrees, Stance::None]);
}

#[test]
fn a_translation_is_no_authentic_text_and_the_newest_of_each_party_stays() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Minutes, None);
    let text = revision("Minutes", None, Terms::Minutes);
    let hash = world.agree(0, &id, text);
    let translate = |lang, title: &str| Deed::Translate {
        revision: hash,
        version: Version {
            lang,
            title: parsed(title),
            body: None,
        },
    };
    assert_eq!(
        world.refused(1, &id, translate(Lang::En, "x")).code(),
        "E_SHAPE"
    );
    world.said(1, &id, translate(Lang::Ar, "محضر"));
    world.said(1, &id, translate(Lang::Ar, "المحضر"));
    world.said(0, &id, translate(Lang::Ar, "محضر الاجتماع"));
    let titles: Vec<&str> = world
        .object(&id)
        .translations(&hash)
        .map(|(version, _)| version.title.as_str())
        .collect();
    assert_eq!(titles, ["المحضر", "محضر الاجتماع"]);
    assert_eq!(
        world.object(&id).offers().agreed_hash(),
        Some(hash),
        "outside the hash"
    );
}

#[test]
fn sealed_shown_and_compared() {
    for (trend, verdict) in [
        (Trend::Steady, Verdict::Converge),
        (Trend::Rising, Verdict::Diverge),
    ] {
        let mut world = World::of(2);
        let id = world.open(0, Kind::Topic, None);
        let views = [
            assessment(Likelihood::Likely, Trend::Falling),
            assessment(Likelihood::Even, trend),
        ];
        let salt = |by| Digest::new([by; 32]);
        for (by, view) in [0, 1].into_iter().zip(&views) {
            let digest = commitment_to(view, &salt(by)).unwrap();
            world.said(usize::from(by), &id, Deed::Seal { round: 1, digest });
        }
        assert_eq!(world.object(&id).assessed().sealed(1).count(), 2);
        let of = |world: &World| {
            let verdict = world.object(&id).assessed().verdict(1, &world.parties);
            verdict.map(|verdict| verdict.into_value())
        };
        for (by, view) in [0, 1].into_iter().zip(views) {
            assert_eq!(of(&world), None);
            let show = Deed::Reveal {
                round: 1,
                assessment: Box::new(view),
                salt: salt(by),
            };
            world.said(usize::from(by), &id, show);
        }
        assert_eq!(of(&world), Some(verdict));
        let diverging = world.ledgers[0].diverging().count();
        assert_eq!(diverging, usize::from(verdict == Verdict::Diverge));
        world.said(
            0,
            &id,
            Deed::Seal {
                round: 2,
                digest: salt(9),
            },
        );
        assert_eq!(world.object(&id).assessed().round(), Some(2));
    }
}

#[test]
fn of_offers_that_crossed_all_see_the_same_one_as_latest() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Meeting, None);
    let text = |title: &str| revision(title, None, Terms::Meeting(schedule()));
    world
        .say(0, Some(&id), vec![offer(text("The chair's"))])
        .unwrap();
    world
        .say(1, Some(&id), vec![offer(text("The other's"))])
        .unwrap();
    world.sync();
    let hash = text("The chair's").hash().unwrap();
    world.said(
        1,
        &id,
        Deed::Reject {
            revision: hash,
            reason: None,
        },
    );
    for ledger in &world.ledgers {
        let object = ledger.object(&id).unwrap();
        assert_eq!(object.title(Lang::Fr), Some("The chair's"));
        assert!(object.offers().open().is_none());
    }
}
