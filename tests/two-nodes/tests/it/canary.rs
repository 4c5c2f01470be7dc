//! Words planted in everything that is sealed must not be found anywhere else.

use std::path::{Path, PathBuf};

use passerelle_two_nodes::{Line, Plan, Side, World, draft, until};
use serde_json::json;

use crate::NODE;

/// One for each place: subject, text, data, name and content of an attachment.
const CANARIES: [&str; 5] = [
    "kanarie-onderwerp-7f31",
    "kanarie-tekst-a90c",
    "kanarie-gegevens-55e2",
    "kanarie-naam-1d08",
    "kanarie-inhoud-c6b4",
];

#[test]
fn planted_words_stay_where_they_are_sealed() {
    let plan = Plan::new(NODE);
    let lines = Side::BOTH.map(|side| Line::to(plan.port(side)));
    let plan = plan
        .address(Side::A, lines[0].port())
        .address(Side::B, lines[1].port());
    let mut world = plan.make().with_lines();
    for side in Side::BOTH {
        world
            .node_mut(side)
            .env
            .push(("PASSERELLE_LOG".into(), "trace".into()));
        world
            .node_mut(side)
            .env
            .push(("RUST_LOG".into(), "trace".into()));
    }
    world.start();
    let (record, refused) = plant(&mut world);
    world.check();
    let shown = world
        .node(Side::B)
        .say(&format!("--json show {record}"))
        .ok();
    let path = format!("/v1/records/{record}/attachments/0");
    let file = world.node(Side::B).api().get(&path).unwrap().text();
    for canary in CANARIES {
        // The negative control: whoever may read it finds it, and so would this search.
        assert!(shown.contains(canary) || file.contains(canary), "{canary}");
        assert!(!refused.contains(canary), "{canary} in {refused}");
        for line in &lines {
            assert!(
                line.count() > 10_000 && !finds(&line.bytes(), canary),
                "{canary} on the wire"
            );
        }
    }
    // While they run, with the WAL as it is, and after they stopped.
    search(&world);
    Side::BOTH
        .iter()
        .for_each(|side| world.node_mut(*side).stop());
    search(&world);
    let plain = world.path("plain.log");
    std::fs::write(&plain, format!("log: {}", CANARIES[0])).unwrap();
    assert_eq!(leaks(&world.path("")), [(plain, CANARIES[0])]);
}

/// Releases one record with all of them, and is refused two more; gives the record and what
/// the refusals said.
fn plant(world: &mut World) -> (String, String) {
    let [subject, text, data, name, content] = CANARIES;
    let content = content.repeat(1000);
    let staged = world
        .node(Side::A)
        .stage(&format!("{name}.txt"), content.as_bytes())
        .unwrap();
    let token = staged.json()["token"].as_str().unwrap().to_owned();
    let mut full = draft(Side::A, subject, &[token]);
    full["text"] = text.into();
    full["data"] = json!({ "schema": "vehicle-check/1", "json": format!("{{\"x\":\"{data}\"}}") });
    let answer = world.node(Side::A).release(&full, "k").unwrap();
    let record = world.note(Side::A, "k", &answer);
    let mut said = String::new();
    for (field, wrong) in [
        ("purpose", json!("unknown")),
        ("to", json!([])),
        ("lang", json!(7)),
    ] {
        let mut bad = full.clone();
        bad[field] = wrong;
        let answer = world.node(Side::A).release(&bad, "bad").unwrap();
        assert!(answer.status >= 400);
        said.push_str(&String::from_utf8_lossy(&answer.body));
    }
    until("B has it", || world.node(Side::B).lines("inbox").len() == 1);
    (record, said)
}

#[track_caller]
fn search(world: &World) {
    let logged = Side::BOTH.map(|side| world.node(side).logged().len());
    assert!(
        logged.iter().all(|bytes| *bytes > 1000),
        "nothing was logged: {logged:?}"
    );
    assert_eq!(leaks(&world.path("")), []);
}

/// Files below `dir` that hold one of the words, in UTF-8 or UTF-16.
fn leaks(dir: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(leaks(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        found.extend(
            CANARIES
                .iter()
                .filter(|c| finds(&bytes, c))
                .map(|c| (path.clone(), *c)),
        );
    }
    found
}

fn finds(bytes: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [word.as_bytes(), &wide]
        .iter()
        .any(|form| bytes.windows(form.len()).any(|w| w == *form))
}
