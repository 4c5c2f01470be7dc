//! The table of rules in `docs/data-protection.md` is what the code says. To write it anew:
//! `PASSERELLE_WRITE_RULES=1 cargo test -p passerelle-rules --test documented`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the document has failed"
)]

use std::fmt::Write as _;
use std::path::PathBuf;

use passerelle_model::Lang;
use passerelle_rules::Rule;

const BEGIN: &str = "<!-- rules: begin (written from core/rules by its test) -->\n";
const END: &str = "<!-- rules: end -->\n";
const WRITE: &str = "PASSERELLE_WRITE_RULES";

#[test]
fn the_table_of_rules_is_what_the_code_says() {
    let path = document();
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the table has a begin");
    let (held, after) = rest.split_once(END).expect("the table has an end");
    let table = table();
    if std::env::var_os(WRITE).is_some() {
        let whole = format!("{before}{BEGIN}{table}{END}{after}");
        std::fs::write(&path, whole).unwrap();
        return;
    }
    assert!(
        held == table,
        "the table is old: run this test with {WRITE}=1"
    );
}

/// The number of a rule in the list of governance rules, and the rest of its source.
fn numbered(rule: Rule) -> (&'static str, &'static str) {
    match rule.source().split_once("; ") {
        Some((number, source)) if number.starts_with('G') => (number, source),
        _ => ("—", rule.source()),
    }
}

fn table() -> String {
    let mut rules: Vec<Rule> = Rule::ALL.to_vec();
    // Numbered rules in their order; then those of our own.
    rules.sort_by_key(|rule| (numbered(*rule).0 == "—", numbered(*rule).0, *rule));
    let mut out = String::from("\n| no. | code | sentence | source | asked at |\n");
    out.push_str("|---|---|---|---|---|\n");
    for rule in rules {
        let (number, source) = numbered(rule);
        let asked: Vec<&str> = rule.asked().iter().map(|moment| moment.word()).collect();
        let (code, sentence) = (rule.code(), rule.sentence(Lang::En));
        let asked = asked.join(", ");
        writeln!(
            out,
            "| {number} | `{code}` | {sentence} | {source} | {asked} |"
        )
        .unwrap();
    }
    out.push('\n');
    out
}

fn document() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("../../docs/data-protection.md")
}

#[test]
fn every_number_that_is_owed_stands_in_the_table() {
    let table = table();
    // G07 and G11 refuse nothing: a function of the rules and a test of the schemas. G44 is
    // need-to-know.
    let without = [7, 11, 44];
    for number in (1..=47).filter(|number| !without.contains(number)) {
        let number = format!("G{number:02}");
        assert!(table.contains(&number), "{number} has no rule");
    }
    assert!(!table.contains("G99"));
}
