//! One spelling of each event, and every limit.

use passerelle_group::{
    Deed, Error, Event, Facts, Kind, MAX_DEEDS, MAX_EVENT_BYTES, MAX_NAMED, MAX_OFFERS,
    MAX_PARTIES, MAX_SAID, Period, Seen, Terms, Texts, Version,
};
use passerelle_model::{Digest, Lang};

use crate::samples::{facts, indicator, period, schedule, spellings};
use crate::world::{World, day, offer, parsed, revision, titled};

#[test]
fn every_deed_reads_back_as_it_was_spelt() {
    let all = spellings();
    assert!(all.len() > 300);
    for json in all {
        assert_eq!(Event::parse(&json).unwrap().to_json().unwrap(), json);
    }
}

#[test]
fn other_spellings_are_refused() {
    for json in spellings() {
        let inner = json.strip_prefix('{').unwrap();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut altered = vec![
            format!("{json} "),
            format!(" {json}"),
            json.replacen(':', ": ", 1),
            format!("{{\"extra\":1,{inner}"),
            format!("{{\"seen\":{{}},{inner}"),
            json.replacen("{\"do\":", "{\"extra\":null,\"do\":", 1),
            json.replace("\"do\"", "\"d\\u006f\""),
            json.replacen("\"seen\":{", "\"seen\":{\"a.b\":1,\"a.b\":1,", 1),
            json[..json.len() - 1].to_owned(),
            // Keys in the order of the alphabet: `deeds` before `seen`.
            serde_json::to_string(&value).unwrap(),
        ];
        if json.contains("\"object\"") {
            altered.push(json.replacen("\"object\":", "\"object\":null,\"object\":", 1));
        } else {
            altered.push(format!("{{\"object\":null,{inner}"));
        }
        for other in altered {
            assert_ne!(other, json);
            let error = Event::parse(&other).unwrap_err();
            assert_eq!(error.code(), "E_EVENT", "{other}");
        }
    }
}

#[test]
fn a_refusal_is_short_and_fit_for_a_terminal() {
    let name = "\u{202e}\u{7}".repeat(1_000);
    let name = serde_json::to_string(&name).unwrap();
    let error = Event::parse(&format!("{{{name}:1}}"))
        .unwrap_err()
        .to_string();
    assert!(error.len() < 2_500, "{}", error.len());
    assert!(!error.contains(|c: char| c.is_control() || c == '\u{202e}'));
}

#[test]
fn an_object_is_opened_first_and_once() {
    let chair: passerelle_model::PartyId = parsed("be.chair");
    let open = Deed::Open {
        kind: Kind::Topic,
        parent: None,
        chair,
    };
    let close = Deed::Move {
        to: passerelle_group::Stage::Closed,
    };
    let id = Some(parsed("be.chair~00000000000000000000000000000001"));
    let event = |object: &Option<_>, deeds: &[&Deed]| Event {
        object: object.clone(),
        seen: Seen::default(),
        deeds: deeds.iter().map(|deed| (*deed).clone()).collect(),
    };
    assert_eq!(event(&None, &[&open, &close]).check(), Ok(()));
    assert_eq!(event(&id, &[&close]).check(), Ok(()));
    for bad in [
        event(&None, &[]),
        event(&id, &[]),
        event(&id, &[&open]),
        event(&None, &[&close]),
        event(&None, &[&open, &open]),
        event(&None, &[&close, &open]),
    ] {
        assert_eq!(bad.check().unwrap_err().code(), "E_SHAPE");
    }
}

#[test]
fn limits_of_an_event() {
    let id = parsed("be.chair~00000000000000000000000000000001");
    let deed = Deed::Accept {
        revision: Digest::new([1; 32]),
    };
    let event = |deeds: usize, parties: usize| Event {
        object: Some(Clone::clone(&id)),
        seen: Seen((0..parties).map(|at| (format!("p.{at}"), 1)).collect()),
        deeds: vec![deed.clone(); deeds],
    };
    assert_eq!(event(MAX_DEEDS, MAX_PARTIES).check(), Ok(()));
    for over in [event(MAX_DEEDS + 1, 0), event(1, MAX_PARTIES + 1)] {
        assert_eq!(over.check().unwrap_err().code(), "E_TOO_LARGE");
        assert!(Event::parse(&over.to_json().unwrap()).is_err());
    }
    let body = "x".repeat(MAX_EVENT_BYTES);
    let version = Version {
        lang: Lang::En,
        title: parsed("t"),
        body: Some(parsed(&body)),
    };
    let long = Event {
        deeds: vec![Deed::Comment { version }],
        ..event(0, 0)
    };
    assert_eq!(long.to_json().unwrap_err().code(), "E_TOO_LARGE");
    assert_eq!(
        Event::parse(&" ".repeat(MAX_EVENT_BYTES + 1))
            .unwrap_err()
            .code(),
        "E_TOO_LARGE"
    );
}

/// Whether it is taken as facts or refused with this code.
fn described(facts: Facts) -> Result<(), &'static str> {
    facts.check().map_err(|error| error.code())
}

#[test]
fn limits_and_shapes_of_facts() {
    let many = |id: &str| vec![parsed(id); MAX_NAMED + 1];
    let id = "be.chair~00000000000000000000000000000001";
    for kind in Kind::ALL {
        if let Some(good) = facts(*kind) {
            assert_eq!(good.kind(), *kind);
            assert_eq!(described(good), Ok(()), "{kind}");
        }
    }
    let mut wrong = Vec::new();
    let mut change = |kind: Kind, code: &'static str, change: &dyn Fn(&mut Facts)| {
        let mut facts = facts(kind).unwrap();
        change(&mut facts);
        wrong.push((described(facts), code));
    };
    macro_rules! wrong {
        ($kind:ident, $code:literal, |$it:ident| $change:expr) => {
            change(Kind::$kind, $code, &|facts| match facts {
                Facts::$kind($it) => $change,
                _ => unreachable!(),
            });
        };
    }
    wrong!(Action, "E_TOO_LARGE", |it| it.after = many(id));
    wrong!(Programme, "E_TOO_LARGE", |it| it.indicators = many(id));
    wrong!(Programme, "E_TOO_LARGE", |it| it.partners =
        vec![it.partners[0].clone(); 129]);
    wrong!(Programme, "E_TOO_LARGE", |it| it.countries =
        vec![it.countries[0].clone(); 129]);
    wrong!(Programme, "E_SHAPE", |it| it.countries[0].1 = 59);
    wrong!(Programme, "E_SHAPE", |it| it.objectives = vec![24]);
    wrong!(Programme, "E_SHAPE", |it| it.until =
        Some(day("2026-03-31")));
    wrong!(Programme, "E_SHAPE", |it| it.budget =
        Some((parsed("1"), parsed("euro"))));
    wrong!(Expert, "E_SHAPE", |it| it.languages.clear());
    wrong!(Expert, "E_TOO_LARGE", |it| it.sectors =
        vec![it.sectors[0]; 129]);
    wrong!(Expert, "E_TOO_LARGE", |it| it.strands =
        vec![it.strands[0]; 129]);
    wrong!(Competence, "E_SHAPE", |it| it.sectors.clear());
    wrong!(Request, "E_TOO_LARGE", |it| it.matched = many(id));
    wrong!(Mission, "E_TOO_LARGE", |it| it.functions =
        vec![parsed("Adviser"); 129]);
    wrong!(Mission, "E_TOO_LARGE", |it| it.recommendations =
        vec![titled("t"); 129]);
    wrong!(Mission, "E_SHAPE", |it| it.until = day("2026-03-31"));
    wrong!(Consultation, "E_SHAPE", |it| it.until = it.from);
    for (at, (found, code)) in wrong.into_iter().enumerate() {
        assert_eq!(found, Err(code), "number {at}");
    }
}

#[test]
fn limits_and_shapes_of_terms() {
    let check = |terms: Terms, kind: Kind| {
        let checked = revision("Text", None, terms).check(kind);
        checked.map_err(|error| error.code())
    };
    let ids = vec![parsed("be.chair~00000000000000000000000000000001"); MAX_NAMED + 1];
    let meeting = |schedule| check(Terms::Meeting(schedule), Kind::Meeting);
    assert_eq!(meeting(schedule()), Ok(()));
    let end = schedule().start;
    assert_eq!(
        meeting(passerelle_group::Schedule { end, ..schedule() }),
        Err("E_SHAPE")
    );
    let zones = Vec::new();
    assert_eq!(
        meeting(passerelle_group::Schedule {
            zones,
            ..schedule()
        }),
        Err("E_SHAPE")
    );
    let agenda = ids.clone();
    assert_eq!(
        meeting(passerelle_group::Schedule {
            agenda,
            ..schedule()
        }),
        Err("E_TOO_LARGE")
    );
    assert_eq!(check(Terms::Minutes, Kind::Meeting), Err("E_KIND"));

    let good = World::of(2).terms(0, "2026-09-01");
    let commitment = |terms| check(Terms::Commitment(terms), Kind::Commitment);
    for objective in [0, 24] {
        let objective = Some(objective);
        let terms = passerelle_group::CommitmentTerms {
            objective,
            ..good.clone()
        };
        assert_eq!(commitment(terms), Err("E_SHAPE"));
    }
    let indicators = ids.clone();
    assert_eq!(
        commitment(passerelle_group::CommitmentTerms { indicators, ..good }),
        Err("E_TOO_LARGE")
    );

    let sum = passerelle_group::Aggregation::Sum;
    let check_indicator = |terms| check(Terms::Indicator(terms), Kind::Indicator);
    assert_eq!(
        check_indicator(indicator(sum, ids[..2].to_vec())),
        Err("E_SHAPE"),
        "twice"
    );
    assert_eq!(check_indicator(indicator(sum, ids)), Err("E_TOO_LARGE"));
    let measure = passerelle_group::Measure::Qualitative;
    let words = passerelle_group::IndicatorTerms {
        measure,
        ..indicator(sum, Vec::new())
    };
    assert_eq!(check_indicator(words), Err("E_SHAPE"));
}

#[test]
fn a_stranger_is_not_responsible() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Commitment, None);
    let mut terms = world.terms(0, "2026-09-01");
    terms.responsible = parsed("xx.stranger");
    let deed = offer(revision("Text", None, Terms::Commitment(terms)));
    assert_eq!(world.refused(0, &id, deed).code(), "E_SHAPE");
}

#[test]
fn shapes_of_an_observation() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Indicator, None);
    let year = period("2024-01-01", "2024-12-31", Some("1"));
    let observe = |period: Period| Deed::Observe {
        period: Box::new(period),
    };
    world.said(0, &id, observe(year.clone()));
    let mut cells = year.clone();
    cells.cells[0].age = Some((25, 18));
    for bad in [
        period("2024-01-01", "2025-01-01", Some("1")),
        period("2024-01-02", "2024-01-01", Some("1")),
        Period {
            target: None,
            actual: None,
            text: None,
            ..year.clone()
        },
        cells,
    ] {
        assert_eq!(world.refused(0, &id, observe(bad)).code(), "E_SHAPE");
    }
    let cells = vec![year.cells[0].clone(); MAX_NAMED + 1];
    assert_eq!(
        world
            .refused(0, &id, observe(Period { cells, ..year }))
            .code(),
        "E_TOO_LARGE"
    );
}

#[test]
fn a_party_that_says_too_much_does_not_silence_the_others() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Minutes, None);
    let version = Version {
        lang: Lang::En,
        title: parsed("t"),
        body: None,
    };
    let deed = Deed::Comment { version };
    let events = usize::try_from(MAX_SAID).unwrap() / MAX_DEEDS + 2;
    for _ in 0..events {
        world.force(1, &id, vec![deed.clone(); MAX_DEEDS]);
    }
    world.read(0, 1);
    let object = world.object(&id);
    assert_eq!(object.comments().len(), usize::try_from(MAX_SAID).unwrap());
    let ignored: Vec<&str> = object
        .ignored()
        .iter()
        .map(|(_, error)| error.code())
        .collect();
    assert_eq!(ignored, ["E_TOO_LARGE"]);
    world.say(0, Some(&id), vec![deed.clone()]).unwrap();
    assert_eq!(world.refused(1, &id, deed).code(), "E_TOO_LARGE");
}

#[test]
fn offers_of_one_party_have_a_limit() {
    let mut world = World::of(2);
    let id = world.open(0, Kind::Minutes, None);
    let revision = revision("Again", None, Terms::Minutes);
    let hash = revision.hash().unwrap();
    for _ in 0..MAX_OFFERS {
        world
            .say(0, Some(&id), vec![offer(revision.clone())])
            .unwrap();
        world.read(1, 0);
        world
            .say(
                1,
                Some(&id),
                vec![Deed::Reject {
                    revision: hash,
                    reason: None,
                }],
            )
            .unwrap();
        world.read(0, 1);
    }
    assert_eq!(
        world.refused(0, &id, offer(revision.clone())).code(),
        "E_TOO_LARGE"
    );
    world.say(1, Some(&id), vec![offer(revision)]).unwrap();
}

#[test]
fn languages_of_a_text() {
    let version = |lang| Version {
        lang,
        title: parsed("t"),
        body: None,
    };
    assert_eq!(Texts::new(Vec::new()).unwrap_err().code(), "E_SHAPE");
    assert_eq!(
        Texts::new(vec![version(Lang::Fr); 2]).unwrap_err().code(),
        "E_SHAPE"
    );
    let texts = Texts::new(vec![version(Lang::En), version(Lang::Fr)]).unwrap();
    let order: Vec<Lang> = texts.iter().map(|version| version.lang).collect();
    assert_eq!(order, [Lang::Fr, Lang::En]);
    assert_eq!(texts.best(Lang::Ar).unwrap().lang, Lang::Fr);
    assert_eq!(texts.exact(Lang::Ar), None);
    let limits = Error::TooMany {
        what: "x",
        found: 2,
        limit: 1,
    };
    assert_eq!(limits.to_string(), "x: 2; at most 1 are taken");
}
