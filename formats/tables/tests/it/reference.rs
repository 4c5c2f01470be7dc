//! Real tables and texts of cooperation, which are not part of the repository: nobody is in them.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use passerelle_tables::{Format, person_columns, person_traces, read, write};

/// The bytes of a reference file; without it, the test says that it was skipped.
fn reference(test: &str, file: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("PASSERELLE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let found = fs::read(folder.join(file)).ok();
    if found.is_none() {
        println!("{test}: skipped: no reference data");
        if let Some(path) = std::env::var_os("PASSERELLE_SKIPS") {
            let mut skips = fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(path)
                .unwrap();
            writeln!(skips, "{test}: reference data: no {file}").unwrap();
        }
    }
    found
}

#[test]
fn tables_of_projects_hold_nobody() {
    for (name, rows) in [("projects", 34), ("results", 1089)] {
        let file = format!("iati/eutf-morocco-{name}.csv");
        let Some(bytes) = reference("tables_of_projects_hold_nobody", &file) else {
            return;
        };
        let table = read(bytes.as_slice()).unwrap();
        assert_eq!(table.rows.len(), rows, "{file}");
        assert_eq!(person_columns(&table.headers), [], "{file}");
        for cell in table.rows.iter().flatten() {
            assert_eq!(person_traces(cell), [], "{file}");
        }
        let written = write(&table, Format::default()).unwrap();
        assert_eq!(read(written.as_slice()).unwrap(), table, "{file}");
    }
}

#[test]
fn texts_of_lists_and_communiques_hold_nobody() {
    for file in [
        "communiques/2024-04-15-maroc-belgique.fr.txt",
        "iati/gcm-objectives.csv",
        "iati/codelists/Sector.xml",
        "iati/codelists/DocumentCategory.xml",
    ] {
        let Some(bytes) = reference("texts_of_lists_and_communiques_hold_nobody", file) else {
            continue;
        };
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(person_traces(&text), [], "{file}");
    }
}
