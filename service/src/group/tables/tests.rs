//! What is exported is imported unchanged; what is changed is told; what may not come in is
//! refused with its place.

use passerelle_group::{
    Aggregation, Cell, CommitmentTerms, Competence, Deed, Event, Evidence, Expert, Facts,
    IndicatorTerms, Item, Kind, Ledger, Measure, Mission, ObjectRef, Period, Practice, Programme,
    ProgrammeRole, Request, Revision, Sector, Sex, Stage, Strand, Terms, Texts, Told, Version,
};
use passerelle_model::{Lang, PartyId, RecordId, UtcTime};
use passerelle_tables::{Format, Table, read, write};
use proptest::prelude::*;

use super::*;

const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];

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
fn full(title: &str, body: &str) -> Talk {
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

fn planned(talk: &Talk, who: usize, list: GroupList, table: &Table) -> Plan {
    let me: PartyId = PARTIES[who].parse().unwrap();
    let speaker = Speaker {
        me: &me,
        officer: &"secretary".parse().unwrap(),
        function: &"Secretary".parse().unwrap(),
        time: UtcTime::from_millis(99_000),
    };
    plan(&talk.ledger, &speaker, list, table)
}

fn exported(talk: &Talk, list: GroupList) -> Table {
    let bytes = write(&table_of(&talk.ledger, list), Format::default()).unwrap();
    judged(list, &bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever people wrote, a file that comes back as it went out proposes nothing.
    #[test]
    fn what_went_out_comes_back_unchanged(
        title in "[ -~é؀-ي]{0,30}[a-z]",
        body in "[ -~éا-ي\n\\\\-]{0,60}z",
        dashes in "(\\\\{0,2}---\n){0,3}",
    ) {
        let title: String = passerelle_model::tidy(&title);
        let body = passerelle_model::tidy(&format!("{dashes}{body}"));
        prop_assume!(title.parse::<passerelle_model::Name>().is_ok());
        let talk = full(&title, &body);
        for list in GroupList::ALL.iter().copied() {
            let table = exported(&talk, list);
            prop_assert_eq!(table.rows.len(), 2, "{:?}", list);
            for who in [0, 1] {
                let plan = planned(&talk, who, list, &table);
                prop_assert_eq!(&plan.preview.refused, &vec![], "{:?}", list);
                prop_assert_eq!(&plan.preview.changes, &vec![], "{:?}", list);
                prop_assert_eq!(plan.preview.unchanged, 2);
            }
        }
    }
}

/// Puts a text into the first row of the party's own.
fn with(table: &Table, party: &str, column: &str, text: &str) -> Table {
    let mut table = table.clone();
    let place = |name: &str| {
        table
            .headers
            .iter()
            .position(|header| header == name)
            .unwrap()
    };
    let (party_at, at) = (place("object"), place(column));
    let row = table
        .rows
        .iter()
        .position(|row| row[party_at].starts_with(party))
        .unwrap();
    table.rows[row][at] = text.to_owned();
    table
}

#[test]
fn a_changed_row_says_what_it_becomes() {
    let talk = full("Un titre", "Un texte");
    for (list, column, text, becomes) in [
        (
            GroupList::Commitments,
            "due",
            "2026-01-01",
            RowBecomes::Offer,
        ),
        (
            GroupList::Programmes,
            "budget",
            "5",
            RowBecomes::Description,
        ),
        (
            GroupList::Programmes,
            "stage",
            "finalisation",
            RowBecomes::Step,
        ),
        (
            GroupList::Observations,
            "actual",
            "16",
            RowBecomes::Observation,
        ),
        (
            GroupList::Practices,
            "title-nl",
            "Een titel",
            RowBecomes::Description,
        ),
        (GroupList::Experts, "object", "", RowBecomes::New),
    ] {
        let mut table = with(&exported(&talk, list), "ma.", column, text);
        if becomes == RowBecomes::New {
            table = with_column(&table, "title-fr", "Autre");
        }
        let plan = planned(&talk, 0, list, &table);
        assert_eq!(plan.preview.refused, [], "{list:?}");
        let rows: Vec<RowBecomes> = plan.preview.changes.iter().map(|one| one.becomes).collect();
        assert_eq!(rows, [becomes], "{list:?}");
        assert_eq!(plan.preview.unchanged, 1);
        if becomes == RowBecomes::Step {
            // By way of every stage between.
            assert_eq!(plan.planned[0].deeds.len(), 2);
        }
    }
}

fn with_column(table: &Table, column: &str, text: &str) -> Table {
    let mut table = table.clone();
    let at = table
        .headers
        .iter()
        .position(|header| header == column)
        .unwrap();
    let nameless = table.rows.iter_mut().find(|row| row[0].is_empty());
    nameless.unwrap()[at] = text.to_owned();
    table
}

#[test]
fn a_row_that_is_taken_twice_says_nothing_twice() {
    let mut talk = full("Un titre", "Un texte");
    let table = with(&exported(&talk, GroupList::Experts), "ma.", "object", "");
    assert_eq!(
        planned(&talk, 0, GroupList::Experts, &table)
            .preview
            .unchanged,
        2
    );
    let table = with_column(&table, "title-fr", "Autre");
    let plan = planned(&talk, 0, GroupList::Experts, &table);
    let [one] = &plan.planned[..] else { panic!() };
    talk.say(0, None, one.deeds.clone());
    assert_eq!(
        planned(&talk, 0, GroupList::Experts, &table)
            .preview
            .unchanged,
        2
    );
}

#[test]
fn what_is_wrong_is_refused_at_its_place() {
    let talk = full("Un titre", "Un texte");
    for (list, party, column, text, code) in [
        (
            GroupList::Commitments,
            "ma.",
            "due",
            "31/03/2025",
            "E_TABLE_VALUE",
        ),
        (GroupList::Commitments, "ma.", "due", "", "E_TABLE_MISSING"),
        (
            GroupList::Commitments,
            "ma.",
            "public",
            "maybe",
            "E_TABLE_YES_NO",
        ),
        (GroupList::Programmes, "be.", "budget", "5", "E_NOT_THEIRS"),
        (
            GroupList::Programmes,
            "ma.",
            "partners",
            "Enabel",
            "E_TABLE_PARTNERS",
        ),
        (
            GroupList::Programmes,
            "ma.",
            "countries",
            "MA 60; BE 41",
            "E_SHAPE",
        ),
        (
            GroupList::Programmes,
            "ma.",
            "parent",
            "ma.interior~00000000000000000000000000000000",
            "E_TABLE_PARENT",
        ),
        (
            GroupList::Observations,
            "be.",
            "actual",
            "16",
            "E_NOT_THEIRS",
        ),
        (
            GroupList::Observations,
            "ma.",
            "cells",
            "7 x - -",
            "E_TABLE_CELLS",
        ),
        (
            GroupList::Practices,
            "ma.",
            "stage",
            "peer-reviewed",
            "E_STAGE",
        ),
        (
            GroupList::Experts,
            "ma.",
            "title-fr",
            "\u{7}",
            "E_TABLE_VALUE",
        ),
    ] {
        let plan = planned(
            &talk,
            0,
            list,
            &with(&exported(&talk, list), party, column, text),
        );
        let [refusal] = &plan.preview.refused[..] else {
            panic!("{list:?} {column} {text}: {:?}", plan.preview);
        };
        assert_eq!(refusal.code, code, "{list:?} {column}");
        assert!(plan.planned.is_empty());
    }
}

#[test]
fn columns_of_persons_refuse_the_file_by_strand() {
    for (strand, code) in [
        ("prevention", "E_PREVENTION_PERSON"),
        ("migration", "E_MIGRATION_PERSON"),
    ] {
        let file = format!("object,strand,Date de naissance\n,{strand},2001-01-01\n");
        let Err(TableRefused::Persons {
            code: found,
            columns,
        }) = judged(GroupList::Practices, file.as_bytes())
        else {
            panic!()
        };
        assert_eq!(
            (found, columns[0].column, columns[0].holds),
            (code, 3, "birth-date")
        );
    }
    for list in GroupList::ALL {
        assert!(person_columns(&list.columns()).is_empty(), "{list:?}");
    }
}

#[test]
fn files_that_are_no_table_of_the_list_are_refused_whole() {
    let many = format!("object\n{}", "x\n".repeat(1_000_000));
    for (file, code, row) in [
        (many.as_str(), "E_TABLE_ROWS", None),
        ("a,b\n1,2\n3\n", "E_TABLE_RAGGED", Some(3)),
        ("object,colour\n", "E_TABLE_FOREIGN_COLUMN", None),
        ("object,sectors\n", "E_TABLE_NO_COLUMN", None),
        ("", "E_TABLE_NO_HEADERS", None),
    ] {
        let Err(TableRefused::Broken {
            code: found,
            row: at,
            ..
        }) = judged(GroupList::Experts, file.as_bytes())
        else {
            panic!()
        };
        assert_eq!((found, at), (code, row));
    }
}

#[test]
fn formulas_are_neutral_and_traces_are_told() {
    let talk = full("=cmd()", "Appeler le +212 612-345678");
    let bytes = write(
        &table_of(&talk.ledger, GroupList::Experts),
        Format::default(),
    )
    .unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("\"'=cmd()\""));
    let found = traces(&read(bytes.as_slice()).unwrap());
    assert_eq!(found[0].found, "+212 612-345678");
    assert!(found[0].column.starts_with("body-") && found[0].row == 2);
}
