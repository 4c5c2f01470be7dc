//! Reference data that are not part of the repository.

use std::{fs, io::Write as _, path::PathBuf};

/// A reference file; without it, the test says that it was skipped.
pub(crate) fn reference(test: &str, file: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("PASSERELLE_IATI_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/data/iati"
            ))
        },
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
