//! Programmes go out as valid activities and come back unchanged; the tables of the EU Trust
//! Fund come in with their contradictions.

use passerelle_group::{
    Aggregation, Cell, Deed, IndicatorTerms, Measure, Period, Revision, Sex, Stage, Terms,
};
use passerelle_iati::read;
use passerelle_model::Day;

use super::super::tables::tests::{Talk, programme, texts};
use super::*;

fn reporter() -> Reporter {
    Reporter {
        reference: "MA-GOV-INT".to_owned(),
        kind: OrganisationKind::Government,
        secondary: None,
        name: vec![Narrative::new("fr", "Intérieur")],
    }
}

fn today() -> Day {
    "2026-03-01".parse().unwrap()
}

fn cell(sex: Sex, value: &str) -> Cell {
    Cell {
        sex: Some(sex),
        age: None,
        region: None,
        value: value.parse().unwrap(),
    }
}

/// A programme with an indicator of which seven women must not show.
fn talk() -> Talk {
    let mut talk = Talk::new();
    let terms = Terms::Indicator(IndicatorTerms {
        code: "places".parse().unwrap(),
        unit: "persons".parse().unwrap(),
        measure: Measure::Unit,
        ascending: true,
        aggregation: Aggregation::Sum,
        baseline: Some((2022, "0".parse().unwrap())),
        target: Some("120".parse().unwrap()),
        parts: vec![],
    });
    let revision = Revision {
        base: None,
        texts: texts("Places", ""),
        terms,
    };
    let hash = revision.hash().unwrap();
    let offer = Deed::Offer {
        revision: Box::new(revision),
    };
    let indicator = talk.open(0, Kind::Indicator, None, offer);
    talk.say(
        1,
        Some(indicator.clone()),
        vec![Deed::Accept { revision: hash }],
    );
    let period = Period {
        from: "2024-01-01".parse().unwrap(),
        until: "2024-12-31".parse().unwrap(),
        target: Some("40".parse().unwrap()),
        actual: Some("67".parse().unwrap()),
        source: "Registre".parse().unwrap(),
        cells: vec![cell(Sex::Female, "7"), cell(Sex::Male, "60")],
        text: None,
    };
    talk.say(
        0,
        Some(indicator.clone()),
        vec![Deed::Observe {
            period: Box::new(period),
        }],
    );
    let facts = Facts::Programme(programme(
        "Vivre ensemble",
        "Trois lignes.\n\nEt une.",
        vec![indicator],
    ));
    let id = talk.describe(0, None, facts);
    talk.say(
        0,
        Some(id),
        vec![Deed::Move {
            to: Stage::Implementation,
        }],
    );
    talk
}

fn compared_all(talk: &Talk, activities: &[Activity]) -> Vec<Option<Programme>> {
    let held = |activity: &Activity| programme_named(&talk.ledger, &activity.identifier);
    activities
        .iter()
        .map(|activity| {
            let before = held(activity).and_then(programme_of);
            let taken = take::programme(activity, before).unwrap();
            (before != Some(&taken)).then_some(taken)
        })
        .collect()
}

#[test]
fn what_goes_out_fits_the_standard_and_comes_back_unchanged() {
    let talk = talk();
    let xml = out::written(&talk.ledger, today(), &reporter(), true).unwrap();
    official::keeps_the_standard(&xml, "MA-GOV-INT");
    let activities = read(xml.as_bytes()).unwrap().file.activities;
    assert_eq!(compared_all(&talk, &activities), [None]);
    assert_eq!(take::stage(&activities[0].status), Stage::Implementation);
}

#[test]
fn small_counts_do_not_go_out_and_nothing_betrays_them() {
    let talk = talk();
    let xml = out::written(&talk.ledger, today(), &reporter(), false).unwrap();
    assert!(!xml.contains("value=\"7\""), "{xml}");
    // Sixty and the total together would betray the seven.
    assert!(
        !(xml.contains("value=\"60\"") && xml.contains("value=\"67\"")),
        "{xml}"
    );
    assert!(!xml.contains("N/A"));
}

#[test]
fn what_may_not_be_published_stays() {
    let mut talk = Talk::new();
    let private = Programme {
        public: false,
        ..programme("Réservé", "", vec![])
    };
    talk.describe(0, None, Facts::Programme(private));
    let none = out::written(&talk.ledger, today(), &reporter(), true);
    assert_eq!(none.unwrap_err().code(), "E_IATI_EMPTY");
    let all = out::written(&talk.ledger, today(), &reporter(), false).unwrap();
    assert!(all.contains("Réservé"));
}

#[test]
fn the_trust_fund_comes_in_with_its_contradictions() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/iati");
    let file = |name: &str| std::fs::read(format!("{folder}/{name}")).ok();
    let (Some(projects), Some(results)) = (
        file("eutf-morocco-projects.csv"),
        file("eutf-morocco-results.csv"),
    ) else {
        println!("skipped: no reference data");
        return;
    };
    for bytes in [&projects, &results] {
        no_persons(&passerelle_tables::read(bytes.as_slice()).unwrap()).unwrap();
    }
    let import = Import {
        reporter: reporter(),
        day: "2026-03-01".parse().unwrap(),
    };
    let imported = eutf::import(&projects, &results, &import).unwrap();
    let findings = questions::of_tables(&imported);
    let said = |code: &str, word: &str| {
        let mut of_code = findings.iter().filter(|found| found.code == code);
        of_code.any(|found| found.words.iter().any(|(_, text)| text == word))
    };
    // Target 120, actual 1,215.
    assert!(said("Q_IATI_FAR_ABOVE", "1215"));
    let empty = Talk::new();
    let mut talk = Talk::new();
    // Fourteen say nothing of when they began: none is invented, and the page says so of each.
    let (all, mut dated) = (&imported.activities, 0);
    for activity in all {
        let programme = take::programme(activity, None).unwrap();
        dated += usize::from(programme.from.day().is_some());
        drop(talk.describe(0, None, Facts::Programme(programme)));
    }
    assert_eq!((all.len(), dated), (34, 20));
    assert!(compared_all(&empty, all).iter().all(Option::is_some));
    // The same file again changes nothing, and so does what we write of it.
    assert!(compared_all(&talk, all).iter().all(Option::is_none));
    let xml = out::written(&talk.ledger, today(), &reporter(), false).unwrap();
    official::fits_the_schema(&xml);
    let again = read(xml.as_bytes()).unwrap().file.activities;
    assert_eq!(again.len(), 34);
    assert_eq!(compared_all(&talk, &again).iter().flatten().count(), 0);
}

#[test]
fn a_programme_without_a_start_is_taken_and_stays_out_of_what_is_public() {
    let mut talk = Talk::new();
    let open = Programme {
        from: passerelle_group::Start::NotStated,
        ..programme("Sans début", "", vec![])
    };
    talk.describe(0, None, Facts::Programme(open));
    let none = out::written(&talk.ledger, today(), &reporter(), true);
    assert_eq!(none.unwrap_err().code(), "E_IATI_EMPTY");
    let xml = out::written(&talk.ledger, today(), &reporter(), false).unwrap();
    official::fits_the_schema(&xml);
    let activities = read(xml.as_bytes()).unwrap().file.activities;
    assert_eq!(compared_all(&talk, &activities), [None]);
}

#[test]
fn a_budget_goes_out_as_it_was_split_and_in_no_other_way() {
    let split = programme("Deux ans", "", vec![]);
    let parts = |it: &Programme| {
        let mut talk = Talk::new();
        talk.describe(0, None, Facts::Programme(it.clone()));
        let xml = out::written(&talk.ledger, today(), &reporter(), true).unwrap();
        let activity = read(xml.as_bytes()).unwrap().file.activities.remove(0);
        let budgets = activity.budgets.iter();
        let spans: Vec<String> = budgets
            .map(|one| format!("{} {} {}", one.start, one.end, one.value.amount))
            .collect();
        (spans, take::programme(&activity, None).unwrap().instalments)
    };
    let (spans, taken) = parts(&split);
    assert_eq!(taken, split.instalments);
    assert_eq!(spans.len(), 2);
    let whole = Programme {
        instalments: vec![],
        ..split.clone()
    };
    assert_eq!(parts(&whole), (vec![], vec![]), "nobody split two years");
    let wrong = Programme {
        instalments: vec!["2023-02-01 2024-01-31 1".parse().unwrap()],
        ..split
    };
    assert_eq!(
        Facts::Programme(wrong).check().unwrap_err().code(),
        "E_SHAPE"
    );
}

#[test]
fn what_cannot_be_a_programme_says_why() {
    let xml = out::written(&talk().ledger, today(), &reporter(), true).unwrap();
    let activity = read(xml.as_bytes()).unwrap().file.activities.remove(0);
    type Broken = fn(&mut Activity);
    let cases: [(Broken, &str); 3] = [
        (|it| it.countries.clear(), "E_IATI_NO_COUNTRY"),
        (|it| it.sectors.clear(), "E_IATI_SECTOR"),
        (|it| it.title.clear(), "E_IATI_TITLE"),
    ];
    for (broken, code) in cases {
        let mut activity = activity.clone();
        broken(&mut activity);
        assert_eq!(take::programme(&activity, None), Err(code));
    }
}

#[test]
fn forced_returns_as_aid_and_far_values_are_asked_about() {
    let xml = out::written(&talk().ledger, today(), &reporter(), true).unwrap();
    let xml = xml
        .replace("Vivre ensemble", "Retours forcés")
        .replace("value=\"40\"", "value=\"4\"");
    let (_, findings) = questions::of_xml(xml.as_bytes(), today()).unwrap();
    let codes: Vec<&str> = findings.iter().map(|found| found.code).collect();
    assert!(codes.contains(&"E_ODA_FORCED_RETURN"), "{codes:?}");
    let broken = questions::of_xml(b"<iati-activities/>", today());
    assert!(broken.is_err());
}
