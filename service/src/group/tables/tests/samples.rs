//! A ledger with one of everything that a list can show.

use passerelle_group::{
    Aggregation, Cell, CommitmentTerms, Competence, Deed, Event, Evidence, Expert, Facts,
    IndicatorTerms, Item, Kind, Ledger, Measure, Mission, ObjectRef, Period, Practice, Programme,
    ProgrammeRole, Request, Revision, Sector, Sex, Stage, Strand, Terms, Texts, Told, Version,
};
use passerelle_model::{Lang, PartyId, RecordId, UtcTime};

pub(super) const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];

/// A ledger in which parties speak in turn, each knowing all.
pub(crate) struct Talk {
    pub(crate) ledger: Ledger,
    index: [u64; 2],
}

impl Talk {
    pub(crate) fn new() -> Self {
        Self {
            ledger: Ledger::between(PARTIES.map(|party| party.parse().unwrap())),
            index: [0, 0],
        }
    }

    pub(crate) fn say(
        &mut self,
        who: usize,
        object: Option<ObjectRef>,
        deeds: Vec<Deed>,
    ) -> ObjectRef {
        let party: PartyId = PARTIES[who].parse().unwrap();
        let index = self.index[who];
        self.index[who] += 1;
        let mut record = [0; 16];
        record[0] = u8::try_from(who).unwrap();
        record[8..].copy_from_slice(&index.to_be_bytes());
        let record = RecordId::new(record);
        let told = Told {
            by: party.clone(),
            index,
            record,
            time: UtcTime::from_millis(1_000 + self.index.iter().sum::<u64>()),
            officer: "secretary".parse().unwrap(),
            function: "Secretary".parse().unwrap(),
            erased: None,
            event: Event {
                object: object.clone(),
                seen: self.ledger.seen(&party),
                deeds,
            },
        };
        self.ledger.take(&party, vec![told], index + 1).unwrap();
        let id = object.unwrap_or(ObjectRef { party, record });
        let held = self.ledger.object(&id).unwrap();
        assert!(held.ignored().is_empty(), "{:?}", held.ignored());
        id
    }

    pub(crate) fn open(
        &mut self,
        who: usize,
        kind: Kind,
        parent: Option<ObjectRef>,
        deed: Deed,
    ) -> ObjectRef {
        let chair = PARTIES[who].parse().unwrap();
        self.say(
            who,
            None,
            vec![
                Deed::Open {
                    kind,
                    parent,
                    chair,
                },
                deed,
            ],
        )
    }

    pub(crate) fn describe(
        &mut self,
        who: usize,
        parent: Option<ObjectRef>,
        facts: Facts,
    ) -> ObjectRef {
        self.open(who, facts.kind(), parent, describe(facts))
    }
}

fn describe(facts: Facts) -> Deed {
    Deed::Describe {
        facts: Box::new(facts),
    }
}

fn offer(texts: Texts, terms: Terms) -> Deed {
    let revision = Box::new(Revision {
        base: None,
        texts,
        terms,
    });
    Deed::Offer { revision }
}

pub(crate) fn texts(title: &str, body: &str) -> Texts {
    let version = |lang| Version {
        lang,
        title: title.parse().unwrap(),
        body: body.parse().ok(),
    };
    Texts::new(vec![version(Lang::Fr), version(Lang::Ar)]).unwrap()
}

/// Something of every list, by both parties, with these words wherever words stand.
pub(super) fn full(title: &str, body: &str) -> Talk {
    let mut talk = Talk::new();
    let words = || texts(title, body);
    let name = || title.parse().unwrap();
    let day = |text: &str| text.parse().unwrap();
    for who in [0, 1] {
        let indicator = talk.open(
            who,
            Kind::Indicator,
            None,
            offer(
                words(),
                Terms::Indicator(IndicatorTerms {
                    code: "places".parse().unwrap(),
                    unit: name(),
                    measure: Measure::Unit,
                    ascending: true,
                    aggregation: Aggregation::Sum,
                    baseline: Some((2023, "-12.5".parse().unwrap())),
                    target: Some("120".parse().unwrap()),
                    parts: vec![],
                }),
            ),
        );
        let cell = |sex, age, region: Option<&str>| Cell {
            sex,
            age,
            region: region.map(|region| region.parse().unwrap()),
            value: "7".parse().unwrap(),
        };
        let period = Period {
            from: day("2024-01-01"),
            until: day("2024-06-30"),
            target: None,
            actual: Some("15".parse().unwrap()),
            source: name(),
            cells: vec![
                cell(Some(Sex::Female), Some((18, 25)), Some("Rabat - Salé")),
                cell(None, None, Some(title)),
            ],
            text: Some(words()),
        };
        talk.say(
            who,
            Some(indicator.clone()),
            vec![Deed::Observe {
                period: Box::new(period),
            }],
        );
        let terms = Terms::Commitment(CommitmentTerms {
            decision: None,
            responsible: PARTIES[who].parse().unwrap(),
            function: name(),
            sector: Sector::Health,
            strand: Strand::Migration,
            objective: Some(9),
            target: Some("10-7".parse().unwrap()),
            due: day("2025-03-31"),
            indicators: vec![indicator.clone()],
            public: true,
            closure: None,
        });
        let revision = Revision {
            base: None,
            texts: words(),
            terms,
        };
        let hash = revision.hash().unwrap();
        let commitment = talk.open(
            who,
            Kind::Commitment,
            None,
            offer(revision.texts, revision.terms),
        );
        talk.say(
            1 - who,
            Some(commitment.clone()),
            vec![Deed::Accept { revision: hash }],
        );
        talk.describe(
            who,
            Some(commitment),
            Facts::Action(passerelle_group::Action {
                texts: words(),
                sector: Sector::Labour,
                planned: day("2024-09-01"),
                revised: Some(day("2024-10-01")),
                achieved: None,
                after: vec![],
            }),
        );
        talk.describe(
            who,
            None,
            Facts::Item(Item {
                texts: words(),
                sector: None,
                strand: Strand::Borders,
                minutes: 30,
            }),
        );
        talk.describe(
            who,
            None,
            Facts::Topic {
                texts: words(),
                strand: Strand::Security,
            },
        );
        talk.describe(
            who,
            None,
            Facts::Programme(programme(title, body, vec![indicator])),
        );
        let practice = talk.describe(
            who,
            None,
            Facts::Practice(Practice {
                texts: words(),
                sector: Sector::Social,
                strand: Strand::Reintegration,
                audience: name(),
                evidence: Evidence::Evaluated,
                transfer: words(),
                contact: name(),
                refresh: day("2026-01-01"),
            }),
        );
        talk.say(
            who,
            Some(practice),
            vec![Deed::Move {
                to: Stage::Submitted,
            }],
        );
        talk.describe(
            who,
            None,
            Facts::Expert(Expert {
                texts: words(),
                sectors: vec![Sector::Justice, Sector::Health],
                strands: vec![Strand::Expertise],
                languages: vec![Lang::Fr, Lang::Ar],
                from: None,
            }),
        );
        let request = talk.describe(
            who,
            None,
            Facts::Request(Request {
                texts: words(),
                sector: Sector::Justice,
                strand: Strand::Expertise,
                languages: vec![Lang::Nl],
                host: name(),
                until: day("2025-01-01"),
                matched: vec![],
            }),
        );
        talk.describe(
            who,
            Some(request),
            Facts::Mission(Mission {
                texts: words(),
                functions: vec![name(), name()],
                from: day("2024-11-01"),
                until: day("2024-11-05"),
                recommendations: vec![
                    words(),
                    Texts::titled(Lang::En, "One".parse().unwrap()),
                    words(),
                ],
            }),
        );
        talk.describe(
            who,
            None,
            Facts::Competence(Competence {
                texts: words(),
                organisation: name(),
                sectors: vec![Sector::Health],
                languages: vec![Lang::En],
                until: day("2027-01-01"),
            }),
        );
    }
    talk
}

pub(crate) fn programme(title: &str, body: &str, indicators: Vec<ObjectRef>) -> Programme {
    Programme {
        identifier: "MA-INT-1".parse().unwrap(),
        texts: texts(title, body),
        partners: vec![
            ("Enabel".parse().unwrap(), ProgrammeRole::Implementing),
            (title.parse().unwrap(), ProgrammeRole::Funding),
        ],
        sector: Sector::Rights,
        strand: Strand::Prevention,
        code: "15190".parse().unwrap(),
        objectives: vec![9, 10],
        countries: vec![("MA".parse().unwrap(), 60), ("BE".parse().unwrap(), 40)],
        from: passerelle_group::Start::On("2023-02-01".parse().unwrap()),
        until: Some("2025-01-31".parse().unwrap()),
        budget: Some(("1250000.5".parse().unwrap(), "eur".parse().unwrap())),
        instalments: vec![
            "2023-02-01 2024-01-31 600000.5".parse().unwrap(),
            "2024-02-01 2025-01-31 650000".parse().unwrap(),
        ],
        indicators,
        public: true,
    }
}
