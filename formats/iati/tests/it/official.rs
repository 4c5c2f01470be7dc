//! Our tables against the official ones.

use std::collections::BTreeSet;

use passerelle_iati::{
    codes::{
        ActivityStatus, BudgetKind, BudgetStatus, ContactKind, DateKind, DescriptionKind, Measure,
        OrganisationKind, Relation, ResultKind, Role, Significance, Tied, TransactionKind,
    },
    rules::{All, Check, Later, Rule, Severity, Unless, rules},
    sectors::SECTORS,
};
use serde_json::{Value, json};

use crate::reference::reference;

#[test]
fn the_rules_are_the_official_ones_in_their_order() {
    let test = "the_rules_are_the_official_ones_in_their_order";
    let Some(bytes) = reference(test, "ruleset/standard-2.03.json") else {
        return;
    };
    let official = official_rules(&serde_json::from_slice(&bytes).unwrap());
    let ours: Vec<Value> = rules().iter().map(described).collect();
    // Objects of the file are not in its order here: only what stands in it is compared.
    assert_eq!(ours.len(), 107);
    assert_eq!(sorted(&ours), sorted(&official));
}

fn sorted(rules: &[Value]) -> Vec<String> {
    let mut all: Vec<String> = rules.iter().map(Value::to_string).collect();
    all.sort();
    all
}

fn official_rules(file: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    for (context, kinds) in file.as_object().unwrap() {
        for (kind, cases) in kinds.as_object().unwrap() {
            for case in cases["cases"].as_array().unwrap() {
                official_case(context, kind, case, &mut found);
            }
        }
    }
    found
}

fn official_case(context: &str, kind: &str, case: &Value, found: &mut Vec<Value>) {
    let mut add = |kind: &str, case: &Value, each: &Value| {
        let mut check = case.clone();
        let info = check.as_object_mut().unwrap().remove("ruleInfo").unwrap();
        let names = ["id", "severity", "category"];
        let info: Vec<Value> = names.iter().map(|name| info[name].clone()).collect();
        if kind == "if_then" {
            // Paths of such a rule say only what a validator prints.
            check.as_object_mut().unwrap().remove("paths");
        }
        found.push(json!([context, kind, info, each, check]));
    };
    if kind != "loop" {
        return add(kind, case, &Value::Null);
    }
    for (kind, cases) in case["do"].as_object().unwrap() {
        for one in cases["cases"].as_array().unwrap() {
            add(kind, one, &case["foreach"]);
        }
    }
}

/// A rule of ours in the words of the official file.
fn described(rule: &Rule) -> Value {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (kind, mut check) = described_check(&rule.check);
    if let Some(condition) = rule.condition {
        check["condition"] = json!(condition);
    }
    match rule.unless {
        Unless::Never => {}
        Unless::Known => check["idCondition"] = json!("NOT_EXISTING_ORG_ID"),
        Unless::KnownPrefix => check["idCondition"] = json!("NOT_EXISTING_ORG_ID_PREFIX"),
    }
    let info = json!([rule.id, severity, rule.category]);
    json!([rule.contexts.join(" | "), kind, info, rule.each, check])
}

fn described_check(check: &Check) -> (&'static str, Value) {
    match *check {
        Check::AtLeastOne(paths) => ("atleast_one", json!({ "paths": paths })),
        Check::NoMoreThanOne(paths) => ("no_more_than_one", json!({ "paths": paths })),
        Check::OneOrAll(one, all) => {
            let all = match all {
                All::Language => "lang",
                All::Currency => "currency",
                All::Sector => "sector",
            };
            ("one_or_all", json!({ "one": one, "all": all }))
        }
        Check::NotInFuture(date) => ("date_now", json!({ "date": date })),
        Check::InOrder(less, Later::Now) => ("date_order", json!({ "less": less, "more": "NOW" })),
        Check::InOrder(less, Later::At(more)) => {
            ("date_order", json!({ "less": less, "more": more }))
        }
        Check::Between(date, start, end) => (
            "between_dates",
            json!({ "date": date, "start": start, "end": end }),
        ),
        Check::WithinYear(start, end) => ("time_limit", json!({ "start": start, "end": end })),
        Check::Plain(paths) => (
            "regex_matches",
            json!({ "paths": paths, "regex": r"^[^\/\&\|\?]+$" }),
        ),
        Check::NoSpaces(paths) => ("no_spaces", json!({ "paths": paths })),
        Check::StartsWith(prefix, paths) => (
            "startswith",
            json!({ "prefix": prefix, "paths": paths, "separator": "-" }),
        ),
        Check::Agency(paths) => (
            "startswith",
            json!({ "prefix": ["ORG-ID-PREFIX"], "paths": paths }),
        ),
        Check::Hundred(paths) => ("strict_sum", json!({ "paths": paths, "sum": 100 })),
        Check::Percentage(paths) => ("range", json!({ "paths": paths, "min": 0.0, "max": 100.0 })),
        Check::IfThen(first, then) => ("if_then", json!({ "if": first, "then": then })),
        Check::Unique(paths) => ("unique", json!({ "paths": paths })),
    }
}

/// The codes of an official list.
fn official_codes(test: &str, list: &str) -> Option<BTreeSet<String>> {
    let bytes = reference(test, &format!("codelists/{list}.xml"))?;
    let tree = passerelle_iati::Tree::read(&bytes).unwrap();
    let codes = tree.all().filter(|node| node.name() == "code");
    Some(codes.map(|node| node.text().to_owned()).collect())
}

#[test]
fn code_lists_are_whole() {
    macro_rules! same {
        ($($list:literal: $ours:ty,)*) => {$(
            let Some(official) = official_codes("code_lists_are_whole", $list) else {
                return;
            };
            let ours: BTreeSet<String> =
                <$ours>::ALL.iter().map(|code| code.code().to_owned()).collect();
            assert_eq!(ours, official, $list);
            for code in <$ours>::ALL {
                assert_eq!(<$ours>::from(code.code()), *code);
            }
        )*};
    }
    same! {
        "ActivityStatus": ActivityStatus,
        "ActivityDateType": DateKind,
        "OrganisationRole": Role,
        "OrganisationType": OrganisationKind,
        "DescriptionType": DescriptionKind,
        "ContactType": ContactKind,
        "RelatedActivityType": Relation,
        "ResultType": ResultKind,
        "IndicatorMeasure": Measure,
        "TransactionType": TransactionKind,
        "BudgetType": BudgetKind,
        "BudgetStatus": BudgetStatus,
        "TiedStatus": Tied,
        "PolicySignificance": Significance,
    }
}

#[test]
fn sectors_are_of_the_official_list() {
    let test = "sectors_are_of_the_official_list";
    let Some(official) = official_codes(test, "Sector") else {
        return;
    };
    for sector in SECTORS {
        assert!(official.contains(sector.code), "{}", sector.code);
    }
}
