//! What is public: a table of cases, each with its neighbour that is not.

use passerelle_group::{
    Aggregation, Cell, Closure, CommitmentTerms, Consultation, Deed, Event, Facts, IndicatorTerms,
    Kind, Ledger, Measure, MeetingKind, ObjectRef, Period, Programme, ProgrammeRole, Revision,
    Schedule, Sector, Sex, Stage, Strand, Terms, Texts, Told,
};
use passerelle_model::{Lang, PartyId, RecordId, UtcTime};

use super::numbers::Part;
use super::*;

const NOW: u64 = 1_713_171_600_000;
const SECOND: u64 = 1000;
const HOUR: u64 = 3_600_000;

fn at(millis: u64) -> UtcTime {
    UtcTime::from_millis(millis)
}

fn rabat() -> PartyId {
    "ma.interior".parse().unwrap()
}

fn brussels() -> PartyId {
    "be.interior".parse().unwrap()
}

fn texts(title: &str) -> Texts {
    Texts::titled(Lang::Fr, title.parse().unwrap())
}

/// A group of two in which one can speak for either.
struct Group {
    ledger: Ledger,
    said: u64,
}

impl Group {
    fn new() -> Self {
        Self {
            ledger: Ledger::between([rabat(), brussels()]),
            said: 0,
        }
    }

    fn say(&mut self, by: &PartyId, object: Option<&ObjectRef>, deeds: Vec<Deed>) -> ObjectRef {
        self.said += 1;
        let index = self.ledger.read(by);
        let record = RecordId::from_parts(self.said, [7; 10]);
        let told = Told {
            by: by.clone(),
            index,
            record,
            time: at(NOW - 10 * HOUR + self.said),
            officer: "secretary".parse().unwrap(),
            function: "Secrétariat".parse().unwrap(),
            erased: None,
            event: Event {
                object: object.cloned(),
                seen: self.ledger.seen(by),
                deeds,
            },
        };
        self.ledger.take(by, vec![told], index + 1).unwrap();
        object.cloned().unwrap_or(ObjectRef {
            party: by.clone(),
            record,
        })
    }

    fn open(&mut self, kind: Kind, deed: Deed) -> ObjectRef {
        let open = Deed::Open {
            kind,
            parent: None,
            chair: rabat(),
        };
        self.say(&rabat(), None, vec![open, deed])
    }

    fn offer(&mut self, kind: Kind, terms: Terms) -> ObjectRef {
        let revision = Box::new(Revision {
            base: None,
            texts: texts("Texte"),
            terms,
        });
        self.open(kind, Deed::Offer { revision })
    }

    fn accept(&mut self, id: &ObjectRef) {
        let offers = self.ledger.object(id).unwrap().offers();
        let revision = offers.open().unwrap().hash();
        self.say(&brussels(), Some(id), vec![Deed::Accept { revision }]);
    }

    fn agree(&mut self, kind: Kind, terms: Terms) -> ObjectRef {
        let id = self.offer(kind, terms);
        self.accept(&id);
        id
    }

    fn go(&mut self, id: &ObjectRef, stages: &[Stage]) {
        for to in stages {
            self.say(&rabat(), Some(id), vec![Deed::Move { to: *to }]);
        }
    }

    fn at(&self, now: u64) -> Public {
        Public::of(&"gmmp".parse().unwrap(), &self.ledger, at(now)).0
    }

    fn next(&self, now: u64) -> UtcTime {
        let (_, next) = Public::of(&"gmmp".parse().unwrap(), &self.ledger, at(now));
        next.unwrap()
    }
}

#[test]
fn a_communique_is_public_from_the_end_of_its_embargo_and_agreed_by_all() {
    let mut group = Group::new();
    let embargo = NOW + HOUR;
    let terms = Terms::Communique {
        embargo: at(embargo),
    };
    let id = group.offer(Kind::Communique, terms);
    assert!(
        group.at(embargo + SECOND).communiques.is_empty(),
        "only offered"
    );
    group.accept(&id);
    assert!(group.at(embargo - SECOND).communiques.is_empty());
    assert_eq!(group.next(embargo - SECOND), at(embargo));
    let public = group.at(embargo);
    assert_eq!(public.communiques.len(), 1);
    assert_eq!(public.communiques[0].head.since, at(embargo));
    assert_eq!(public.communiques[0].parties, [rabat(), brussels()]);
    // A later embargo that all agree takes it back; one that is only offered does not.
    let base = group.ledger.object(&id).unwrap().offers().agreed_hash();
    let revision = Box::new(Revision {
        base,
        texts: texts("Texte"),
        terms: Terms::Communique {
            embargo: at(embargo + HOUR),
        },
    });
    group.say(&rabat(), Some(&id), vec![Deed::Offer { revision }]);
    assert_eq!(group.at(embargo).communiques.len(), 1);
    group.accept(&id);
    assert!(group.at(embargo).communiques.is_empty());
}

fn commitment(public: bool, indicators: Vec<ObjectRef>) -> Terms {
    Terms::Commitment(CommitmentTerms {
        decision: None,
        responsible: rabat(),
        function: "Direction".parse().unwrap(),
        sector: Sector::Labour,
        strand: Strand::Diaspora,
        objective: Some(19),
        target: None,
        due: at(NOW).day(),
        indicators,
        public,
        closure: None::<Closure>,
    })
}

#[test]
fn a_commitment_is_public_where_all_agreed_that_it_is() {
    let mut group = Group::new();
    group.offer(Kind::Commitment, commitment(true, Vec::new()));
    group.agree(Kind::Commitment, commitment(false, Vec::new()));
    assert!(group.at(NOW).commitments.is_empty());
    let id = group.agree(Kind::Commitment, commitment(true, Vec::new()));
    let public = group.at(NOW).commitments;
    assert_eq!(public.len(), 1);
    assert_eq!((&public[0].head.id, public[0].flag), (&id, Flag::AtRisk));
    let late = group.at(NOW + 24 * HOUR).commitments;
    assert_eq!(late[0].flag, Flag::Late, "computed again each day");
}

#[test]
fn a_meeting_is_public_once_it_ended_by_both_clock_and_chair() {
    let schedule = |place: &str| {
        Terms::Meeting(Schedule {
            kind: MeetingKind::Plenary,
            start: at(NOW - HOUR),
            end: at(NOW),
            zones: vec!["Africa/Casablanca".parse().unwrap()],
            place: place.parse().unwrap(),
            agenda: Vec::new(),
        })
    };
    let mut group = Group::new();
    let id = group.agree(Kind::Meeting, schedule("Rabat"));
    group.go(&id, &[Stage::Convened, Stage::InSession]);
    assert!(group.at(NOW + HOUR).meetings.is_empty(), "still in session");
    group.go(&id, &[Stage::Ended]);
    assert!(group.at(NOW - SECOND).meetings.is_empty());
    assert_eq!(
        group.at(NOW).meetings[0].place.as_ref().unwrap().as_str(),
        "Rabat"
    );
    let called_off = group.agree(Kind::Meeting, schedule("Rabat"));
    group.go(&called_off, &[Stage::Cancelled]);
    let online = group.agree(Kind::Meeting, schedule("https://visio.example/secret"));
    group.go(&online, &[Stage::Convened, Stage::InSession, Stage::Ended]);
    let public = group.at(NOW).meetings;
    assert_eq!(public.len(), 2);
    assert!(
        public.iter().any(|one| one.place.is_none()),
        "no way to join"
    );
}

#[test]
fn a_consultation_is_public_from_its_opening_with_answers_that_were_taken() {
    let facts = |reply: Option<Texts>| {
        let facts = Consultation {
            texts: texts("Question"),
            audience: "Associations".parse().unwrap(),
            strand: Strand::Diaspora,
            from: at(NOW),
            until: at(NOW + HOUR),
            reply,
        };
        Deed::Describe {
            facts: Box::new(Facts::Consultation(facts)),
        }
    };
    let mut group = Group::new();
    let id = group.open(Kind::Consultation, facts(None));
    assert!(group.at(NOW).consultations.is_empty(), "a draft");
    group.go(&id, &[Stage::Open]);
    assert!(group.at(NOW - SECOND).consultations.is_empty());
    assert!(group.at(NOW).consultations[0].open);
    assert!(
        !group.at(NOW + HOUR).consultations[0].open,
        "its time is over"
    );
    let answer = passerelle_group::Answer {
        organisation: "Association des étudiants".parse().unwrap(),
        lang: Lang::Fr,
        text: "Oui.".parse().unwrap(),
    };
    group.say(
        &rabat(),
        Some(&id),
        vec![Deed::Answer { answer }, facts(Some(texts("Retenu")))],
    );
    let public = group.at(NOW).consultations;
    assert_eq!(
        (public[0].answers.len(), &public[0].reply),
        (1, &None),
        "not told yet"
    );
    group.go(&id, &[Stage::Closed, Stage::Answered]);
    assert!(group.at(NOW).consultations[0].reply.is_some());
}

#[test]
fn a_programme_is_public_where_its_party_says_so() {
    let programme = |public| {
        let facts = Programme {
            identifier: "XX-1".parse().unwrap(),
            texts: texts("Programme"),
            partners: vec![("Agence".parse().unwrap(), ProgrammeRole::Implementing)],
            sector: Sector::Justice,
            strand: Strand::Reintegration,
            code: "15130".parse().unwrap(),
            objectives: vec![21],
            countries: vec![("MA".parse().unwrap(), 100)],
            from: passerelle_group::Start::On(at(NOW).day()),
            until: None,
            budget: None,
            instalments: Vec::new(),
            indicators: Vec::new(),
            public,
        };
        Deed::Describe {
            facts: Box::new(Facts::Programme(facts)),
        }
    };
    let mut group = Group::new();
    group.open(Kind::Programme, programme(false));
    assert!(group.at(NOW).programmes.is_empty());
    group.open(Kind::Programme, programme(true));
    assert_eq!(group.at(NOW).programmes.len(), 1);
}

fn indicator(measure: Measure, parts: Vec<ObjectRef>) -> Terms {
    Terms::Indicator(IndicatorTerms {
        code: "gcm-19".parse().unwrap(),
        unit: "persons".parse().unwrap(),
        measure,
        ascending: true,
        aggregation: Aggregation::Sum,
        baseline: Some((2023, "4".parse().unwrap())),
        target: None,
        parts,
    })
}

fn observed(actual: &str, cells: &[(Sex, &str)]) -> Deed {
    let cell = |(sex, value): &(Sex, &str)| Cell {
        sex: Some(*sex),
        age: None,
        region: None,
        value: value.parse().unwrap(),
    };
    Deed::Observe {
        period: Box::new(Period {
            from: "2023-01-01".parse().unwrap(),
            until: "2023-12-31".parse().unwrap(),
            target: None,
            actual: Some(actual.parse().unwrap()),
            source: "Direction".parse().unwrap(),
            cells: cells.iter().map(cell).collect(),
            text: None,
        }),
    }
}

impl Group {
    /// The public indicator of a commitment after this was observed.
    fn measured(measure: Measure, deed: Deed) -> PublicIndicator {
        let mut group = Self::new();
        let id = group.agree(Kind::Indicator, indicator(measure, Vec::new()));
        group.say(&rabat(), Some(&id), vec![deed]);
        group.agree(Kind::Commitment, commitment(true, vec![id]));
        group.at(NOW).commitments[0].indicators[0].clone()
    }
}

fn shown(value: &str) -> Count {
    Count::Shown(value.parse().unwrap())
}

#[test]
fn small_cells_are_hidden_with_what_betrays_them() {
    let (women, men) = (Sex::Female, Sex::Male);
    let cases = [
        (
            "120",
            vec![(women, "70"), (men, "50")],
            shown("120"),
            vec![shown("70"), shown("50")],
        ),
        // One small cell, and the one that would give it away.
        (
            "120",
            vec![(women, "116"), (men, "4")],
            shown("120"),
            vec![Count::Hidden; 2],
        ),
        // What is not said in the cells is four people too.
        (
            "120",
            vec![(women, "116")],
            shown("120"),
            vec![Count::Hidden],
        ),
        ("9", vec![(women, "9")], Count::Hidden, vec![Count::Hidden]),
        ("10", vec![], shown("10"), vec![]),
        ("0", vec![], shown("0"), vec![]),
        // More than the whole: nobody knows what it means.
        (
            "120",
            vec![(women, "70"), (men, "90")],
            shown("120"),
            vec![Count::Hidden; 2],
        ),
    ];
    for (actual, cells, total, parts) in cases {
        let public = Group::measured(Measure::Unit, observed(actual, &cells));
        let value = &public.values[0];
        assert_eq!(value.actual, Some(total), "{actual} {cells:?}");
        let found: Vec<Count> = value.cells.iter().map(|(_, count)| *count).collect();
        assert_eq!(found, parts, "{actual} {cells:?}");
        assert_eq!(public.total.is_none(), total == Count::Hidden, "{actual}");
        assert_eq!(public.baseline, Some((2023, Count::Hidden)));
        assert!(
            value
                .cells
                .iter()
                .all(|(part, _)| matches!(part, Part::Sex(_)))
        );
    }
    let percent = Group::measured(Measure::Percentage, observed("4", &[]));
    assert_eq!(
        percent.values[0].actual,
        Some(shown("4")),
        "no count of people"
    );
}

#[test]
fn a_whole_does_not_betray_its_parts() {
    for (part, hidden) in [("4", true), ("40", false)] {
        let mut group = Group::new();
        let mut ids = Vec::new();
        for value in [part, "200"] {
            let id = group.agree(Kind::Indicator, indicator(Measure::Unit, Vec::new()));
            group.say(&rabat(), Some(&id), vec![observed(value, &[])]);
            ids.push(id);
        }
        ids.sort();
        let whole = group.agree(Kind::Indicator, indicator(Measure::Unit, ids.clone()));
        group.say(&rabat(), Some(&whole), vec![observed("204", &[])]);
        ids.push(whole);
        group.agree(Kind::Commitment, commitment(true, ids));
        for one in &group.at(NOW).commitments[0].indicators {
            let held = one.values[0].actual == Some(Count::Hidden);
            assert_eq!((held, one.total.is_none()), (hidden, hidden), "{part}");
        }
    }
}

#[test]
fn contested_values_say_so() {
    let mut group = Group::new();
    let id = group.agree(Kind::Indicator, indicator(Measure::Unit, Vec::new()));

    let said = group.said + 1;
    group.say(&rabat(), Some(&id), vec![observed("542", &[])]);
    let judge = Deed::Judge {
        party: rabat(),
        record: RecordId::from_parts(said, [7; 10]),
        contested: true,
        text: None,
    };
    group.say(&brussels(), Some(&id), vec![judge]);
    group.agree(Kind::Commitment, commitment(true, vec![id]));
    let public = group.at(NOW).commitments;
    let value = &public[0].indicators[0].values[0];
    assert_eq!(
        value.standing,
        passerelle_group::ObservationStanding::Contested
    );
    assert_eq!(
        public[0].indicators[0].total, None,
        "it would hide the contest"
    );
}
