//! Each of the fourteen technical controls of BDSG §64(3) (Directive (EU) 2016/680, Article
//! 29(2)) names tests in `docs/data-protection.md`, and every test that is named is there.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the document has failed"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

const BEGIN: &str = "<!-- controls: begin (checked by core/rules/tests/controls.rs) -->\n";
const END: &str = "<!-- controls: end -->\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table() -> String {
    let text = std::fs::read_to_string(root().join("docs/data-protection.md")).unwrap();
    let (_, rest) = text.split_once(BEGIN).unwrap();
    let (table, _) = rest.split_once(END).unwrap();
    table.to_owned()
}

/// The number of each row, and the tests that it names as `path::function`.
fn rows(table: &str) -> Vec<(u32, Vec<String>)> {
    let lines = table.lines().filter_map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let number = cells.next()?.parse().ok()?;
        let tests = cells.last().filter(|cell| cell.is_empty());
        let named = line.split('`').skip(1).step_by(2).map(str::to_owned);
        tests.map(|_| (number, named.collect()))
    });
    lines.collect()
}

/// Whether a file of the repository holds a test of that name.
fn is_there(named: &str) -> bool {
    let Some((path, function)) = named.split_once("::") else {
        return false;
    };
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            marked = true;
        } else if line.contains("fn ") {
            if marked && line.contains(&format!("fn {function}(")) {
                return true;
            }
            marked = false;
        }
    }
    false
}

#[test]
fn each_of_the_fourteen_controls_has_tests_that_exist() {
    let rows = rows(&table());
    let numbers: BTreeSet<u32> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=14).collect(), "fourteen rows, each once");
    assert_eq!(rows.len(), 14);
    for (number, tests) in &rows {
        assert!(!tests.is_empty(), "control {number} names no test");
        for test in tests {
            assert!(is_there(test), "control {number}: there is no test {test}");
        }
    }
}

#[test]
fn a_test_that_is_not_there_is_found() {
    assert!(is_there(
        "core/rules/tests/controls.rs::a_test_that_is_not_there_is_found"
    ));
    assert!(!is_there("core/rules/tests/controls.rs::no_such_test"));
    assert!(
        !is_there("core/rules/tests/controls.rs::is_there"),
        "no test"
    );
    assert!(!is_there("core/rules/tests/none.rs::rows"));
    assert!(!is_there("rows"));
}
