//! The tables of the EU Trust Fund.

use std::collections::BTreeMap;

use jiff::civil::date;
use passerelle_iati::{
    Activities, Activity, Reporter,
    codes::{ActivityStatus, OrganisationKind},
    eutf::{Contradiction, Import, Imported, import},
    read, write,
};

use crate::{reference::reference, samples::number};

fn by_us() -> Import {
    Import {
        reporter: Reporter {
            reference: "XX-TEST".to_owned(),
            kind: OrganisationKind::Government,
            secondary: Some(true),
            name: vec![passerelle_iati::Narrative::new("fr", "Le groupe")],
        },
        day: date(2021, 12, 17),
    }
}

fn the_fund(test: &str) -> Option<Imported> {
    let projects = reference(test, "eutf-morocco-projects.csv")?;
    let results = reference(test, "eutf-morocco-results.csv")?;
    Some(import(&projects, &results, &by_us()).unwrap())
}

#[test]
fn the_fund_becomes_activities_that_can_be_written() {
    let Some(imported) = the_fund("the_fund_becomes_activities_that_can_be_written") else {
        return;
    };
    assert_eq!((imported.activities.len(), imported.empty_rows), (34, 1018));
    let file = Activities {
        generated: None,
        activities: imported.activities,
    };
    let again = read(write(&file).unwrap().as_bytes()).unwrap();
    assert_eq!(again.file, file);
}

/// Values by activity, indicator and period. The file was made by others from the same tables.
fn values(activities: &[Activity]) -> BTreeMap<(String, String), (String, String)> {
    let mut found = BTreeMap::new();
    for one in activities {
        for indicator in one.results.iter().flat_map(|result| &result.indicators) {
            let period = &indicator.periods[0];
            let value = |all: &[passerelle_iati::Measured]| {
                let value = all.first().and_then(|one| one.value);
                value.map_or(String::new(), |value| value.to_string())
            };
            let key = (one.identifier.clone(), indicator.title[0].text.clone());
            let values = (value(&period.targets), value(&period.actuals));
            assert!(found.insert(key, values).is_none());
        }
    }
    found
}

#[test]
fn the_fund_gives_the_values_of_the_derived_file() {
    let test = "the_fund_gives_the_values_of_the_derived_file";
    let (Some(imported), Some(file)) = (
        the_fund(test),
        reference(test, "eutf-morocco.iati-2.03.xml"),
    ) else {
        return;
    };
    let derived = read(&file).unwrap().file.activities;
    assert_eq!(values(&imported.activities), values(&derived));
    for (ours, theirs) in imported.activities.iter().zip(&derived) {
        assert_eq!(ours.identifier, theirs.identifier);
        assert_eq!(ours.hierarchy, theirs.hierarchy);
        assert_eq!(ours.status, theirs.status, "{}", ours.identifier);
        let codes = |one: &Activity| -> Vec<String> {
            one.sectors
                .iter()
                .map(|sector| sector.code.clone())
                .collect()
        };
        assert_eq!(codes(ours), codes(theirs));
    }
}

#[test]
fn the_known_contradictions_are_found() {
    let Some(imported) = the_fund("the_known_contradictions_are_found") else {
        return;
    };
    let found = &imported.contradictions;
    let is_far = |one: &&Contradiction| {
        matches!(one, Contradiction::FarAbove { activity, target, actual, .. }
            if activity == "T05-EUTF-NOA-MA-02-01"
                && *target == number("120") && *actual == number("1215"))
    };
    assert_eq!(found.iter().filter(is_far).count(), 1);
    let differs = |one: &&Contradiction| {
        matches!(one, Contradiction::Differs { decision, target, below, above, .. }
            if decision == "T05-EUTF-NOA-MA-02" && *target == Some(number("265"))
                && *below == number("0") && *above == number("542"))
    };
    assert_eq!(found.iter().filter(differs).count(), 1);
    let repeated = |one: &&Contradiction| {
        matches!(one, Contradiction::Repeated { decision, value, .. }
            if decision == "T05-EUTF-NOA-MA-02" && *value == number("1215"))
    };
    assert_eq!(found.iter().filter(repeated).count(), 1);
    let above = |one: &&Contradiction| {
        matches!(one, Contradiction::AboveDecision { decision, decided, contracted }
            if decision == "T05-EUTF-NOA-REG-06"
                && *decided == number("20000000") && *contracted == number("23000000"))
    };
    assert_eq!(found.iter().filter(above).count(), 1);
    let long = |one: &&Contradiction| matches!(one, Contradiction::LongPeriod { .. });
    let counted: u32 = found
        .iter()
        .map(|one| match one {
            Contradiction::LongPeriod { indicators, .. } => *indicators,
            _ => 0,
        })
        .sum();
    assert!(
        found.iter().any(|one| long(&one)) && counted > 60,
        "{counted}"
    );
}

const HEAD: &str = "iati_id,prefix,title,partner_implementing,date_start,date_end,budget,\
                    recipient_country,topics,project_parent,project_child\n";
const RESULTS: &str = "iati_id,result_type,title,period_start,period_end,target,actual\n";

fn made(projects: &str, results: &str) -> Imported {
    let projects = format!("{HEAD}{projects}");
    let results = format!("{RESULTS}{results}");
    import(projects.as_bytes(), results.as_bytes(), &by_us()).unwrap()
}

const TWO: &str = "D,DEC,t,p,2020-01-01,,10,MA,X,The Framework,D-1\n\
                   D-1,CTR,t,p,2020-01-01,2020-12-31,10,MA,X,D,\n";

#[test]
fn each_contradiction_has_a_case_with_and_without() {
    let codes = |projects: &str, results: &str| -> Vec<&'static str> {
        made(projects, results)
            .contradictions
            .iter()
            .map(Contradiction::code)
            .collect()
    };
    let year = "g,i,2020-01-01,2020-12-31";
    assert_eq!(codes(TWO, &format!("D-1,{year},5,15\n")), [""; 0]);
    assert_eq!(
        codes(TWO, &format!("D-1,{year},5,15.01\n")),
        ["Q_IATI_FAR_ABOVE"]
    );
    assert_eq!(
        codes(TWO, "D-1,g,i,2020-01-01,2021-01-01,5,5\n"),
        ["Q_IATI_LONG_PERIOD"]
    );
    let both = |above: &str| format!("D,{year},,{above}\nD-1,{year},,5.0\n");
    assert_eq!(codes(TWO, &both("5")), ["Q_IATI_REPEATED"]);
    assert_eq!(codes(TWO, &both("6")), ["Q_IATI_DIFFERS"]);
    // A contract that is not in the table may have the rest.
    let open = TWO.replace("Framework,D-1", "Framework,\"D-1, D-2\"");
    assert_eq!(codes(&open, &both("6")), [""; 0]);
    assert_eq!(
        codes(&TWO.replace("31,10,", "31,1.1e+01,"), ""),
        ["Q_IATI_ABOVE_DECISION"]
    );
    assert_eq!(codes("D,DEC,t,p,,,,MA,X,,\n", ""), ["Q_IATI_NO_START"]);
    assert_eq!(
        codes(&TWO.replacen("MA", "\"MA, TN\"", 1), ""),
        ["Q_IATI_SHARES_ASSUMED"]
    );
    assert_eq!(
        codes(TWO, &format!("E,{year},,1\n")),
        ["Q_IATI_UNKNOWN_ACTIVITY"]
    );
}

#[test]
fn states_follow_the_day_of_the_export() {
    let rows = "A,DEC,t,,2022-01-01,,,MA,,,\nB,DEC,t,,2020-01-01,2021-12-16,,MA,,,\n\
                C,DEC,t,,2020-01-01,2021-12-17,,MA,,,\n";
    let states: Vec<_> = made(rows, "")
        .activities
        .into_iter()
        .map(|one| one.status)
        .collect();
    let wanted = [
        ActivityStatus::Pipeline,
        ActivityStatus::Finalisation,
        ActivityStatus::Implementation,
    ];
    assert_eq!(states, wanted);
}

#[test]
fn tables_that_are_others_are_refused_with_their_line() {
    let refused = |projects: &str, results: &str| {
        let error = import(projects.as_bytes(), results.as_bytes(), &by_us()).unwrap_err();
        (error.line, error.code())
    };
    assert_eq!(refused("a,b\n", RESULTS), (1, "E_IATI_COLUMNS"));
    let with = |row: &str| format!("{HEAD}{row}");
    assert_eq!(refused(&with("A,DEC,t\n"), RESULTS), (2, "E_IATI_COLUMNS"));
    assert_eq!(
        refused(&with("A,XXX,t,,,,,MA,,,\n"), RESULTS),
        (2, "E_IATI_VALUE")
    );
    assert_eq!(
        refused(&with("A,DEC,t,,2020,,,MA,,,\n"), RESULTS),
        (2, "E_IATI_VALUE")
    );
    assert_eq!(
        refused(&with("A,DEC,t,,,,1e40,MA,,,\n"), RESULTS),
        (2, "E_IATI_RANGE")
    );
    assert_eq!(
        refused(
            HEAD,
            &format!("{RESULTS}A,g,i,2020-01-01,2020-12-31,many,\n")
        )
        .1,
        "E_IATI_VALUE"
    );
}
