//! A communiqué as it was published, where the reference data is there.

use std::{fs, io::Write as _, path::PathBuf};

use passerelle_papers::{BlockKind, Language, Paper};

use super::{heading, paper};

/// A paper of the reference data; without it, the test says that it was skipped.
fn reference(test: &str, file: &str) -> Option<Paper> {
    let folder = std::env::var_os("PASSERELLE_COMMUNIQUES_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/data/communiques"
            ))
        },
        PathBuf::from,
    );
    if let Ok(bytes) = fs::read(folder.join(file)) {
        return Some(paper(&bytes).unwrap());
    }
    println!("{test}: skipped: no reference data");
    if let Some(path) = std::env::var_os("PASSERELLE_SKIPS") {
        let mut skips = fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .unwrap();
        writeln!(skips, "{test}: reference data: no {file}").unwrap();
    }
    None
}

#[test]
fn a_copied_communique_is_told_from_what_was_around_it() {
    let test = "a_copied_communique_is_told_from_what_was_around_it";
    let Some(paper) = reference(test, "2024-04-15-maroc-belgique.fr.txt") else {
        return;
    };
    let count = |kind: &BlockKind| {
        paper
            .blocks
            .iter()
            .filter(|block| block.kind == *kind)
            .count()
    };
    // "X", "Suivez-nous sur Facebook", the title once more, "Lire aussi".
    assert_eq!(count(&BlockKind::Aside), 4);
    assert_eq!(count(&BlockKind::Heading(1)), 1);
    // The date, and eight paragraphs.
    assert_eq!(count(&BlockKind::Paragraph), 9);
    assert_eq!(paper.blocks.len(), 14);
    let title = paper.title.as_deref().unwrap_or_default();
    assert_eq!(
        (paper.blocks[2].kind.clone(), paper.blocks[2].text.as_str()),
        heading(1, title)
    );
    assert_eq!(paper.lang_guess, Language::Fr);
}
