//! The official schema and every rule, over what is really written.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use passerelle_iati::rules::{Facts, Severity, check};
use passerelle_iati::{Tree, structure};

/// Panics unless a file keeps the standard: its structure, each of the 107 rules that is an
/// error, and the official schema where that and xmllint are here.
pub(crate) fn keeps_the_standard(xml: &str, reporter: &str) {
    let tree = Tree::read(xml.as_bytes()).unwrap();
    assert_eq!(structure::faults(&tree), [], "{xml}");
    assert_eq!(passerelle_iati::rules::rules().len(), 107);
    let facts = Facts {
        now: "2026-03-01T12:00:00".parse().unwrap(),
        organisations: &BTreeSet::from([reporter.to_owned()]),
        agencies: None,
    };
    let broken = check(&tree, &facts).into_iter();
    let broken: Vec<_> = broken
        .filter(|found| found.rule.severity == Severity::Error)
        .collect();
    assert!(broken.is_empty(), "{broken:?}\n{xml}");
    fits_the_schema(xml);
}

/// Panics where the official schema refuses it; says so where it cannot be asked.
pub(crate) fn fits_the_schema(xml: &str) {
    let folder = std::env::var_os("PASSERELLE_IATI_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../shared/data/iati"
            ))
        },
        PathBuf::from,
    );
    let schema = folder.join("xsd/iati-activities-schema.xsd");
    if !schema.is_file() {
        return println!("skipped: no reference data");
    }
    let mut xmllint = Command::new("xmllint");
    let xmllint = xmllint
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null());
    let Ok(mut running) = xmllint.spawn() else {
        return println!("skipped: no xmllint");
    };
    let mut input = running.stdin.take().unwrap();
    input.write_all(xml.as_bytes()).unwrap();
    drop(input);
    let done = running.wait_with_output().unwrap();
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{why}\n{xml}");
}
