//! The vectors printed in `docs/protocol-pmp1.md` are what this program gives.

use std::fmt::Write as _;

use passerelle_matching::exchange::Epoch;
use passerelle_matching::index::build;
use passerelle_matching::oprf::{Blind, Mode, Suite, blind_with, evaluate};
use passerelle_matching::{Class, Reference, Tag, label_key};

const DOCUMENT: &str = include_str!("../../../../docs/protocol-pmp1.md");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Everything that a second implementation should get, by name.
fn vectors() -> Vec<(&'static str, String)> {
    let suite = Suite::new(Mode::Verifiable);
    let epoch = Epoch::new("be.interior", "ma.interior", Class::Phone, 7).unwrap();
    let key = epoch.key(&[0x42; 32]).unwrap();
    let question = Class::Phone.canonical("00 32 (0)460 00 00 01").unwrap();
    let input = question.input();
    let mut scalar = [0; 32];
    scalar[0] = 5;
    let blind = Blind::from_bytes(scalar).unwrap();
    let output = evaluate(&suite, &key, &input).unwrap();
    let tags = [Tag(1), Tag(0x8000_0000_0000_0000), Tag::of(&output)];
    let index = build(tags.to_vec()).unwrap();
    vec![
        ("canonical", question.as_str().to_owned()),
        ("input", hex(&input)),
        ("secret key", hex(&key.expose())),
        ("public key", hex(key.public().as_bytes())),
        (
            "blinded with 5",
            hex(blind_with(&suite, &input, &blind).unwrap().as_bytes()),
        ),
        ("output", hex(&output)),
        ("tag", format!("{:016x}", Tag::of(&output).0)),
        ("reference", hex(&Reference::of(&output).0)),
        ("label key", hex(&label_key(&output))),
        ("profile of phone", hex(&Class::Phone.profile())),
        ("index", hex(index.as_bytes())),
        ("root", hex(&index.root().0)),
    ]
}

#[test]
fn the_document_prints_what_comes_out() {
    let lost: Vec<String> = vectors()
        .into_iter()
        .filter(|(_, value)| !DOCUMENT.contains(value.as_str()))
        .map(|(name, value)| format!("| {name} | `{value}` |"))
        .collect();
    assert!(
        lost.is_empty(),
        "docs/protocol-pmp1.md lacks:\n{}",
        lost.join("\n")
    );
}
