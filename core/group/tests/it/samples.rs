//! One of everything that can be said.

use passerelle_group::{
    Action, Aggregation, Answer, Assessment, Cell, Competence, Consultation, DecisionTerms, Deed,
    Event, Evidence, Expert, Facts, Impact, IndicatorTerms, Item, Kind, Likelihood, Measure,
    MeetingKind, Mission, ObjectRef, Outcome, Period, Place, Practice, Programme, ProgrammeRole,
    Report, Reported, Request, Review, Schedule, Sector, Seen, Sex, Stage, Stance, Start, Strand,
    Terms, Trend, Verification, Verified, Version, commitment_to, transitions,
};
use passerelle_model::{Digest, Lang, UtcTime};

use crate::world::{World, day, offer, parsed, revision, titled};

/// Facts of that kind, where it has some.
pub(crate) fn facts(kind: Kind) -> Option<Facts> {
    let (texts, sector, strand) = (titled("Formation"), Sector::Labour, Strand::Expertise);
    let (from, until) = (day("2026-04-01"), day("2026-06-30"));
    let langs = vec![Lang::Fr, Lang::Ar];
    Some(match kind {
        Kind::Item => Facts::Item(Item {
            texts,
            sector: Some(sector),
            strand,
            minutes: 20,
        }),
        Kind::Action => Facts::Action(Action {
            texts,
            sector,
            planned: from,
            revised: Some(until),
            achieved: None,
            after: Vec::new(),
        }),
        Kind::Topic => Facts::Topic { texts, strand },
        Kind::Programme => Facts::Programme(Programme {
            identifier: parsed("XM-DAC-2-10-1"),
            texts,
            partners: vec![(parsed("Agency"), ProgrammeRole::Implementing)],
            sector,
            strand,
            code: parsed("15190"),
            objectives: vec![18, 19],
            countries: vec![(parsed("MA"), 60), (parsed("BE"), 40)],
            from: Start::On(from),
            until: Some(until),
            budget: Some((parsed("4580000.5"), parsed("eur"))),
            instalments: vec![parsed("2026-04-01 2026-06-30 4580000.5")],
            indicators: Vec::new(),
            public: true,
        }),
        Kind::Practice => Facts::Practice(Practice {
            texts: texts.clone(),
            sector,
            strand,
            audience: parsed("job centres"),
            evidence: Evidence::Evaluated,
            transfer: texts,
            contact: parsed("Head of unit"),
            refresh: until,
        }),
        Kind::Expert => Facts::Expert(Expert {
            texts,
            sectors: vec![sector],
            strands: vec![strand],
            languages: langs,
            from: Some(from),
        }),
        Kind::Request => Facts::Request(Request {
            texts,
            sector,
            strand,
            languages: langs,
            host: parsed("Ministry"),
            until,
            matched: Vec::new(),
        }),
        Kind::Mission => Facts::Mission(Mission {
            texts: texts.clone(),
            functions: vec![parsed("Adviser")],
            from,
            until,
            recommendations: vec![texts],
        }),
        Kind::Consultation => Facts::Consultation(Consultation {
            texts,
            audience: parsed("associations"),
            strand,
            from: from.start(),
            until: until.start(),
            reply: None,
        }),
        Kind::Competence => Facts::Competence(Competence {
            texts,
            organisation: parsed("Association"),
            sectors: vec![sector],
            languages: langs,
            until,
        }),
        _ => return None,
    })
}

/// Terms for objects of that kind, where it has some.
pub(crate) fn terms(world: &World, kind: Kind) -> Option<Terms> {
    Some(match kind {
        Kind::Group => Terms::Mandate {
            sectors: vec![Sector::Labour],
        },
        Kind::Meeting => Terms::Meeting(schedule()),
        Kind::Decision => Terms::Decision(DecisionTerms::default()),
        Kind::Commitment => Terms::Commitment(world.terms(1, "2026-04-01")),
        Kind::Minutes => Terms::Minutes,
        Kind::Indicator => Terms::Indicator(indicator(Aggregation::Sum, Vec::new())),
        Kind::Communique => Terms::Communique {
            embargo: UtcTime::from_millis(0),
        },
        _ => return None,
    })
}

pub(crate) fn schedule() -> Schedule {
    let start = day("2026-04-20").start();
    Schedule {
        kind: MeetingKind::Plenary,
        start,
        end: start.plus_millis(7_200_000),
        zones: vec![parsed("Africa/Casablanca"), parsed("Europe/Brussels")],
        place: parsed("Rabat"),
        agenda: Vec::new(),
    }
}

pub(crate) fn indicator(aggregation: Aggregation, parts: Vec<ObjectRef>) -> IndicatorTerms {
    IndicatorTerms {
        code: parsed("trained"),
        unit: parsed("persons"),
        measure: Measure::Unit,
        ascending: true,
        aggregation,
        baseline: Some((2025, parsed("0"))),
        target: Some(parsed("120")),
        parts,
    }
}

pub(crate) fn period(from: &str, until: &str, actual: Option<&str>) -> Period {
    Period {
        from: day(from),
        until: day(until),
        target: Some(parsed("10")),
        actual: actual.map(parsed),
        source: parsed("register"),
        cells: vec![Cell {
            sex: Some(Sex::Female),
            age: Some((18, 25)),
            region: Some(parsed("Souss-Massa")),
            value: parsed("1"),
        }],
        text: None,
    }
}

pub(crate) fn assessment(likelihood: Likelihood, trend: Trend) -> Assessment {
    Assessment {
        likelihood,
        impact: Impact::High,
        trend,
        reasons: titled("Reasons"),
    }
}

fn report(state: Reported) -> Deed {
    let report = Report {
        state,
        text: titled("Report"),
        evidence: vec![(parsed("list.pdf"), Digest::new([9; 32]))],
    };
    Deed::Report {
        report: Box::new(report),
    }
}

/// Everything that somebody may want to say of an object, some of it against the rules.
pub(crate) fn deeds(world: &World, by: usize, id: &ObjectRef, number: u64) -> Vec<Deed> {
    let ledger = &world.ledgers[by];
    let object = ledger.object(id).unwrap();
    let kind = object.kind();
    let version = Version {
        lang: Lang::ALL[usize::try_from(number % 4).unwrap()],
        title: parsed(&format!("Version {number}")),
        body: Some(parsed("Text\n\nمزيد")),
    };
    let text = Some(titled("In words"));
    let salt = Digest::new([u8::try_from(by).unwrap(); 32]);
    let view = assessment(Likelihood::ALL[by], Trend::ALL[by]);
    let round = object.assessed().round().unwrap_or(1);
    let digest = commitment_to(&view, &salt).unwrap();
    let mut all = vec![
        Deed::Comment {
            version: version.clone(),
        },
        Deed::Delegates {
            functions: vec![parsed("Director")],
        },
        Deed::Settle {
            outcome: Outcome::Action,
            text: text.clone(),
        },
        Deed::Verify {
            verified: Box::new(Verified {
                found: Verification::ALL[by],
                text: text.clone(),
            }),
        },
        Deed::Observe {
            period: Box::new(period("2026-01-01", "2026-03-31", Some("12.5"))),
        },
        Deed::Observe {
            period: Box::new(period("2026-03-01", "2026-05-31", None)),
        },
        Deed::Seal { round, digest },
        Deed::Seal {
            round: round + 1,
            digest,
        },
        Deed::Reveal {
            round,
            assessment: Box::new(view),
            salt,
        },
        Deed::Answer {
            answer: Answer {
                organisation: parsed("A"),
                lang: Lang::Nl,
                text: parsed("Ja"),
            },
        },
        Deed::Review {
            review: Review {
                grade: 4,
                text: titled("Good"),
            },
        },
        Deed::Window {
            until: day("2026-05-01"),
        },
        Deed::Write {
            place: place(number),
            lang: version.lang,
            text: version.body.clone(),
        },
        Deed::Write {
            place: place(0),
            lang: Lang::Fr,
            text: None,
        },
    ];
    all.extend(Reported::ALL.iter().map(|state| report(*state)));
    let moves = transitions(kind)
        .1
        .iter()
        .map(|(_, to, _)| Deed::Move { to: *to });
    all.extend(moves.chain([Deed::Move { to: Stage::Draft }]));
    all.extend(facts(kind).map(|facts| Deed::Describe {
        facts: Box::new(facts),
    }));
    let base = object.offers().agreed_hash();
    let title = format!("Text {}", number % 3);
    all.extend(terms(world, kind).map(|terms| offer(revision(&title, base, terms))));
    for revision in object
        .offers()
        .all()
        .iter()
        .map(passerelle_group::Offer::hash)
    {
        all.extend([
            Deed::Accept { revision },
            Deed::Accept { revision },
            Deed::Reject {
                revision,
                reason: text.clone(),
            },
            Deed::Withdraw { revision },
            Deed::Release { revision },
            Deed::Position {
                revision,
                stance: Stance::ALL[by],
                statement: text.clone(),
            },
            Deed::Translate {
                revision,
                version: version.clone(),
            },
        ]);
    }
    for told in object.observations() {
        all.push(Deed::Judge {
            party: told.stamp().by.clone(),
            record: told.stamp().record,
            contested: number.is_multiple_of(2),
            text: text.clone(),
        });
    }
    all
}

fn place(number: u64) -> Place {
    parsed(["b", "m", "ab"][usize::try_from(number % 3).unwrap()])
}

/// One event of each deed, as it is spelt.
pub(crate) fn spellings() -> Vec<String> {
    let mut world = World::of(2);
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let id = world.open(0, *kind, None);
        if let Some(terms) = terms(&world, *kind) {
            world.said(0, &id, offer(revision("Text", None, terms)));
        }
        if *kind == Kind::Indicator {
            let period = Box::new(period("2026-01-01", "2026-03-31", Some("-0.5")));
            world.said(1, &id, Deed::Observe { period });
        }
        for deed in deeds(&world, 0, &id, 1) {
            let (object, seen) = (Some(id.clone()), Seen::default().with(&world.parties[1], 7));
            let event = Event {
                object,
                seen,
                deeds: vec![deed],
            };
            all.push(event.to_json().unwrap());
        }
    }
    all.extend(
        world
            .journals
            .iter()
            .flatten()
            .map(|told| told.event.to_json().unwrap()),
    );
    all
}
