//! Every rule, broken and kept.

mod cases;
mod more_cases;

use std::collections::BTreeSet;

use jiff::civil::date;
use passerelle_iati::{
    Tree,
    rules::{Facts, Finding, check, rules},
};

fn activity(attributes: &str, inner: &str) -> String {
    format!(
        "<iati-activities><iati-activity {attributes}>{inner}</iati-activity></iati-activities>"
    )
}

fn organisation(attributes: &str, inner: &str) -> String {
    format!(
        "<iati-organisations><iati-organisation {attributes}>{inner}</iati-organisation>\
         </iati-organisations>"
    )
}

fn findings(text: &str, organisations: &[&str]) -> Vec<Finding> {
    let set = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    let (organisations, agencies): (BTreeSet<String>, _) = (set(organisations), set(&["XX-REG"]));
    let facts = Facts {
        now: date(2026, 1, 1).at(0, 0, 0, 0),
        organisations: &organisations,
        agencies: Some(&agencies),
    };
    check(&Tree::read(text.as_bytes()).unwrap(), &facts)
}

#[test]
fn each_rule_is_broken_by_one_case_and_kept_by_another() {
    let cases = [cases::all(), more_cases::all()].concat();
    assert_eq!(cases.len(), rules().len());
    for (at, ((bad, good), rule)) in cases.iter().zip(rules()).enumerate() {
        let broken = |text| findings(text, &[]).iter().any(|one| one.index == at);
        assert!(broken(bad), "rule {at}, {}, is kept by {bad}", rule.id);
        assert!(!broken(good), "rule {at}, {}, is broken by {good}", rule.id);
    }
}

#[test]
fn known_organisations_are_not_judged() {
    let text = activity(
        "",
        "<iati-identifier>A/B-1</iati-identifier><reporting-org ref='A/B'/>",
    );
    let ids = |known: &[&str]| -> BTreeSet<&str> {
        findings(&text, known)
            .iter()
            .map(|one| one.rule.id)
            .collect()
    };
    let judged = ["1.14.8", "1.14.13", "1.3.13"];
    assert!(judged.iter().all(|id| ids(&[]).contains(id)));
    assert!(judged.iter().all(|id| !ids(&["A/B"]).contains(id)));
}

#[test]
fn a_finding_names_its_line() {
    let text = activity("", "\n<budget/>\n<participating-org/>");
    let found = findings(&text, &[]);
    let participant = found.iter().find(|one| one.rule.id == "6.10.1").unwrap();
    assert_eq!(participant.line, 3);
}

/// Every vocabulary is judged by itself, whatever stands in its name.
#[test]
fn rules_are_repeated_for_each_vocabulary() {
    let sectors = |name: &str| {
        format!(
            "<sector vocabulary=\"{name}\" percentage='50'/>\
             <sector vocabulary=\"{name}\" percentage='50'/>"
        )
    };
    let text = activity("", &(sectors("99") + &sectors("it's $1")));
    assert!(
        findings(&text, &[])
            .iter()
            .all(|one| one.rule.id != "2.1.2")
    );
}
