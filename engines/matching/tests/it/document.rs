//! The vectors printed in `docs/protocol-pmp1.md`, and the files of
//! `docs/protocol-pmp1-vectors.json`, are what this program gives.

use std::fmt::Write as _;

use passerelle_matching::exchange::{
    Epoch, Fetch, Given, MIN_BUCKET_KEYS, Manifest, Padding, Pending, Probes, ask, respond,
};
use passerelle_matching::index::{build, padded};
use passerelle_matching::oprf::{
    Blind, Mode, SecretKey, Suite, blind_with, evaluate, evaluate_batch,
};
use passerelle_matching::{Canonical, Class, Reference, Tag, label_key};
use serde_json::{Map, Value, json};

use crate::Seeded;

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
        ("profile of phone", hex(&Class::Phone.profile(""))),
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

/// Whoever holds: 1,500 telephones, in two buckets.
const HELD: u32 = 1_500;

#[test]
fn the_files_of_the_vectors_are_what_is_written_today() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/protocol-pmp1-vectors.json"
    );
    let made = serde_json::to_string_pretty(&all()).unwrap() + "\n";
    if std::fs::read_to_string(path).unwrap_or_default() != made {
        let beside = concat!(env!("CARGO_TARGET_TMPDIR"), "/protocol-pmp1-vectors.json");
        std::fs::write(beside, made).unwrap();
        panic!("docs/protocol-pmp1-vectors.json is not what is written today: see {beside}");
    }
}

fn all() -> Value {
    let mut files = Map::new();
    let found = exchanged(&mut files);
    let buckets = bucketed(&mut files);
    let held: Vec<String> = [0, 1, HELD - 1]
        .map(|n| phone(n).as_str().to_owned())
        .into();
    json!({
        "function": function(),
        "profiles": Class::ALL.map(profile),
        "held": held,
        "found": found,
        "buckets": buckets,
        "files": files,
    })
}

/// The vectors of the document, by names that programs like.
fn function() -> Value {
    let mut function = Map::new();
    for (name, value) in vectors() {
        let known = ["index", "root", "profile of phone"].contains(&name);
        if !known {
            function.insert(name.replace(' ', "_"), value.into());
        }
    }
    let about = json!({
        "seed": hex(&[0x42; 32]),
        "holder": "be.interior",
        "asker": "ma.interior",
        "class": "phone",
        "epoch": 7,
    });
    function.extend(about.as_object().unwrap().clone());
    function.into()
}

fn profile(class: Class) -> Value {
    let source = match class {
        Class::Person => "names-keys/0 of a vector",
        _ => "",
    };
    let probes = class.probes();
    let probes: Vec<[String; 2]> = probes
        .iter()
        .map(|(written, _)| [(*written).to_owned(), class.made_of(written)])
        .collect();
    json!({
        "class": class.as_str(),
        "source": source,
        "probes": probes,
        "profile": hex(&class.profile(source)),
    })
}

fn phone(number: u32) -> Canonical {
    Class::Phone
        .canonical(&format!("+3246{number:07}"))
        .unwrap()
}

fn holder() -> (Epoch, SecretKey) {
    let epoch = Epoch::new("be.interior", "ma.interior", Class::Phone, 7).unwrap();
    let key = epoch.key(&[0x42; 32]).unwrap();
    (epoch, key)
}

/// Every file of an exchange in which the index is handed over; what was found.
fn exchanged(files: &mut Map<String, Value>) -> Vec<Value> {
    let (rng, (epoch, key)) = (&mut Seeded::new(51), holder());
    let inputs: Vec<Vec<u8>> = (0..HELD).map(|n| phone(n).input()).collect();
    let suite = Suite::new(Mode::Verifiable);
    let outputs = evaluate_batch(&suite, &key, inputs.iter().map(Vec::as_slice)).unwrap();
    let mut tags: Vec<Tag> = outputs.iter().map(Tag::of).collect();
    let dummies = padded(&mut tags, rng);
    let index = build(tags).unwrap();
    let window = (1_800_000_000, 1_802_592_000);
    let manifest = Manifest::announce(epoch, &key, &index, "liaison", window).unwrap();
    let questions = [phone(0), phone(HELD - 1), phone(HELD)];
    let case = Pending::commitment("BE-2027-1", &[9; 32]);
    let asked = ask(&manifest, &questions, "vector", case, rng).unwrap();
    let pending = asked.pending.with_case("BE-2027-1", [9; 32]);
    let answer = respond(&manifest, &key, &asked.order, rng).unwrap();
    let found = answer.read_with(&manifest, &asked.order, &pending).unwrap();
    let class = Class::Phone;
    let written = class.probes().iter().map(|(written, _)| *written);
    let probes = Probes::of(class, "", written, |text| class.made_of(text)).unwrap();
    for (name, bytes) in [
        ("manifest", manifest.to_bytes()),
        ("index", index.as_bytes().to_vec()),
        ("padding", Padding::of(&index, dummies).to_bytes()),
        ("order", asked.order.to_bytes()),
        ("keep", pending.to_bytes()),
        ("answer", answer.to_bytes()),
        ("probes", probes.to_bytes()),
    ] {
        files.insert(name.to_owned(), hex(&bytes).into());
    }
    let line = |(question, found): (&Canonical, &passerelle_matching::exchange::Found)| {
        json!({
            "asked": question.as_str(),
            "hit": index.holds(found.tag),
            "reference": hex(&found.reference.0),
        })
    };
    questions.iter().zip(&found).map(line).collect()
}

/// Two small buckets of an index of a million tags, most of which lie in the last one.
fn bucketed(files: &mut Map<String, Value>) -> Value {
    let (rng, (epoch, key)) = (&mut Seeded::new(52), holder());
    let few = [
        0x4000_0000_0000_0007,
        0x4012_0000_0000_0000,
        0x4012_0000_0000_0001,
    ];
    let others = (0..MIN_BUCKET_KEYS).map(|number| Tag(u64::MAX - (number << 20)));
    let index = build(others.chain(few.map(Tag)).collect()).unwrap();
    let manifest = Manifest::announce(epoch, &key, &index, "liaison", (1, 2)).unwrap();
    let fetch = Fetch::of(&manifest, &[Tag(few[0]), Tag(1)], 0, rng).unwrap();
    let given = Given::of(&manifest, &index, &fetch).unwrap();
    for (name, bytes) in [
        ("large_manifest", manifest.to_bytes()),
        ("fetch", fetch.to_bytes()),
        ("buckets", given.to_bytes()),
    ] {
        files.insert(name.to_owned(), hex(&bytes).into());
    }
    json!({ "0": [], "256": few.map(|tag| format!("{tag:016x}")) })
}
