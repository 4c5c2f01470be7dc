//! Files of programmes keep the standard's structure and all of its rules that ask for errors.

use passerelle_group::{
    Measure as Counted, ObjectRef, ObservationStanding as Standing, Programme, ProgrammeRole,
    Sector, Sex, Stage, Strand, Texts,
};
use passerelle_iati::rules::{Facts, Severity, check};
use passerelle_iati::{Tree, read, read_day, structure};
use passerelle_model::RecordId;

use super::*;
use crate::group::public::{Count, Part, PublicIndicator, PublicValue};

fn shown(value: &str) -> Count {
    Count::Shown(value.parse().unwrap())
}

fn measured() -> PublicIndicator {
    let value = |year: u16, actual: Option<Count>, standing| PublicValue {
        from: format!("{year}-01-01").parse().unwrap(),
        until: format!("{year}-12-31").parse().unwrap(),
        target: Some("120".parse().unwrap()),
        actual,
        cells: vec![
            (Part::Sex(Sex::Female), shown("70")),
            (Part::Age(15, 24), Count::Hidden),
        ],
        standing,
        by: "ma.interior".parse().unwrap(),
        source: "Direction".parse().unwrap(),
    };
    PublicIndicator {
        id: id(9),
        texts: Texts::titled(Lang::Fr, "Places".parse().unwrap()),
        code: "gcm-21".parse().unwrap(),
        unit: "places".parse().unwrap(),
        measure: Counted::Unit,
        ascending: true,
        baseline: Some((2022, shown("40"))),
        target: None,
        values: vec![
            value(2023, Some(shown("1215")), Standing::Contested),
            value(2024, Some(Count::Hidden), Standing::Preliminary),
            value(2025, None, Standing::Preliminary),
        ],
        total: None,
        partial: None,
    }
}

fn id(record: u64) -> ObjectRef {
    ObjectRef {
        party: "ma.interior".parse().unwrap(),
        record: RecordId::from_parts(record, [1; 10]),
    }
}

fn programme(code: &str, until: Option<&str>, stage: Stage) -> PublicProgramme {
    let at = UtcTime::from_millis(1_713_171_600_000);
    let texts = Texts::titled(Lang::Ar, "إدماج".parse().unwrap());
    PublicProgramme {
        head: PublicHead {
            channel: "gmmp".parse().unwrap(),
            id: id(1),
            texts: texts.clone(),
            courtesy: Vec::new(),
            parent: None,
            strand: None,
            since: at,
            changed: at,
        },
        facts: Programme {
            identifier: "XX-TEST-1".parse().unwrap(),
            texts,
            partners: vec![("Agence <A>".parse().unwrap(), ProgrammeRole::Implementing)],
            sector: Sector::Labour,
            strand: Strand::Reintegration,
            code: code.parse().unwrap(),
            objectives: vec![16, 21],
            countries: vec![("MA".parse().unwrap(), 60), ("BE".parse().unwrap(), 40)],
            from: passerelle_group::Start::On("2024-01-01".parse().unwrap()),
            until: until.map(|until| until.parse().unwrap()),
            budget: Some(("8000000.5".parse().unwrap(), "eur".parse().unwrap())),
            instalments: Vec::new(),
            indicators: Vec::new(),
            public: true,
        },
        stage,
        indicators: vec![measured()],
    }
}

/// What a node would write of it.
fn written(one: &PublicProgramme) -> String {
    let names = passerelle_model::Names::new([(Lang::Fr, "Ministère".parse().unwrap())].into());
    let by = Reporting {
        names: names.unwrap(),
        reference: None,
    };
    let today = "2024-06-01".parse().unwrap();
    let activity = activity(one, &by, "https://gmmp.example", today);
    let file = Activities {
        generated: None,
        activities: vec![activity],
    };
    write(&file).unwrap()
}

#[test]
fn programmes_of_every_stage_keep_structure_and_rules() {
    for code in ["15190", "prevention-1"] {
        for until in [
            None,
            Some("2024-12-31"),
            Some("2027-12-31"),
            Some("2024-05-01"),
        ] {
            for stage in [
                Stage::Pipeline,
                Stage::Implementation,
                Stage::Closed,
                Stage::Cancelled,
            ] {
                let one = programme(code, until, stage);
                let file = written(&one);
                let tree = Tree::read(file.as_bytes()).unwrap();
                assert_eq!(structure::faults(&tree), [], "{file}");
                let organisations = ["XX-TEST".to_owned()].into();
                let facts = Facts {
                    now: read_day("2024-06-01").unwrap().at(0, 0, 0, 0),
                    organisations: &organisations,
                    agencies: None,
                };
                crate::group::iati::official::fits_the_schema(&file);
                let found = check(&tree, &facts);
                let errors: Vec<_> = found
                    .iter()
                    .filter(|one| one.rule.severity == Severity::Error)
                    .collect();
                assert!(errors.is_empty(), "{errors:?}\\n{file}");
                let again = read(file.as_bytes()).unwrap();
                assert!(again.left_out.is_empty());
                let year = until == Some("2024-12-31") || until == Some("2024-05-01");
                assert_eq!(again.file.activities[0].budgets.len(), usize::from(year));
            }
        }
    }
}

#[test]
fn what_is_hidden_has_no_filler_and_what_is_contested_says_so() {
    let one = programme("15190", None, Stage::Implementation);
    let file = read(written(&one).as_bytes()).unwrap().file;
    let periods = &file.activities[0].results[0].indicators[0].periods;
    assert_eq!(periods.len(), 3);
    let contested = &periods[0].actuals[0];
    assert_eq!(contested.value.unwrap().to_string(), "1215");
    assert_eq!(contested.comment[0].text, "Contested by the other party.");
    // The total is hidden; the band is hidden; women are told.
    assert!(
        periods[1]
            .actuals
            .iter()
            .all(|one| !one.dimensions.is_empty())
    );
    assert_eq!(periods[1].actuals.len(), 1);
    assert!(!written(&one).contains("N/A"));
}
