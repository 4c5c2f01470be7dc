//! The published text of 15 April 2024, which is not part of the repository.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use passerelle_communique::{LeftOutReason, Nature, Strand, Sureness, Who};

use crate::Read;

/// The text; without it, the test says that it was skipped.
fn reference(test: &str, file: &str) -> Option<String> {
    let folder = std::env::var_os("PASSERELLE_COMMUNIQUES_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/data/communiques"
            ))
        },
        PathBuf::from,
    );
    let found = fs::read_to_string(folder.join(file)).ok();
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
fn the_communique_of_april_2024() {
    let test = "the_communique_of_april_2024";
    let Some(text) = reference(test, "2024-04-15-maroc-belgique.fr.txt") else {
        return;
    };
    let read = Read::new(&text);
    let meeting = &read.reading.meeting;
    let date = meeting.date.unwrap();
    assert_eq!(
        (date.date.year, date.date.month, date.date.day),
        (Some(2024), Some(4), Some(15))
    );
    assert_eq!(
        date.sure,
        Sureness::Likely,
        "the day of publication, and Monday in the text"
    );
    assert_eq!(meeting.place.as_ref().unwrap().name, "Rabat");
    assert_eq!(
        read.delegates(),
        [
            "ministre de l'Intérieur | Abdelouafi Laftit | MA",
            "ministre fédérale belge de l'Intérieur, des Réformes institutionnelles et du Renouveau \
             démocratique | Annelies Jan Louisa Verlinden | BE",
            "Secrétaire d'État à l'Asile et la Migration | Nicole De Moor | BE",
        ]
    );
    let strands: Vec<Strand> = read
        .reading
        .topics
        .iter()
        .map(|topic| topic.strand)
        .collect();
    assert_eq!(
        strands.len(),
        10,
        "the text speaks of every strand: {strands:?}"
    );
    let binding = |nature| matches!(nature, Nature::Decision | Nature::Commitment);
    let mut bound = read
        .reading
        .candidates
        .iter()
        .filter(|one| binding(one.nature));
    let one = bound.next().unwrap();
    assert!(
        read.sentence(one.sentence)
            .starts_with("Ils ont convenu de renforcer les canaux")
    );
    assert_eq!(one.responsible.who, Who::Both);
    assert!(
        bound.next().is_none(),
        "one commitment, the rest are statements"
    );
    let reasons: Vec<LeftOutReason> = read.reading.left_out.iter().map(|one| one.reason).collect();
    use LeftOutReason::{Menu, ReadAlso, Repeated, Share};
    assert_eq!(reasons, [Menu, Share, Repeated, ReadAlso]);
}
