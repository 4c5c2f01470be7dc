//! Two nodes that never see each other, end to end.

use crate::run::{World, listing};

fn release(world: &World) -> String {
    std::fs::write(world.path("pièce jointe.csv"), "a,b\n1,2\n".repeat(100_000)).unwrap();
    let args = [
        "--data",
        "ma.interior",
        "send",
        "--purpose",
        "trafficking",
        "--to",
        "be.interior/police",
        "--subject",
        "Vérification — تحقق",
        "--text",
        "Merci.",
        "--attach",
        "pièce jointe.csv",
    ];
    world.run(args).ok().trim().to_owned()
}

#[test]
fn a_record_travels_by_file_and_both_ways_end_in_a_verified_receipt() {
    let world = World::new();
    world.partners();
    let id = release(&world);
    world
        .say(&format!("--data ma.interior receipt {id}"))
        .refused(1, "E_NOT_RECEIPTED");
    let why = world.say(&format!("--data ma.interior why {id}")).ok();
    assert!(why.contains("be.interior: released"), "{why}");
    world
        .say("--data ma.interior courier export --to be.interior one.courier")
        .ok();
    world
        .say("--data be.interior courier import one.courier")
        .ok();
    // Twice is harmless.
    let again = world
        .say("--data be.interior courier import one.courier")
        .ok();
    assert!(again.contains("0 new entries"), "{again}");
    world
        .say("--data be.interior courier export --to ma.interior two.courier")
        .ok();
    world
        .say("--data ma.interior courier import two.courier")
        .ok();

    let show = format!("--data be.interior show {id} --save-attachments out");
    assert!(world.say(&show).ok().contains("Merci."));
    world.say(&show).ok();
    assert_eq!(
        listing(&world.path("out")),
        ["pièce jointe (2).csv", "pièce jointe.csv"]
    );
    let saved = std::fs::read(world.path("out/pièce jointe.csv")).unwrap();
    assert_eq!(
        saved,
        std::fs::read(world.path("pièce jointe.csv")).unwrap()
    );

    world
        .say(&format!("--data ma.interior receipt {id} --out r"))
        .ok();
    let cards = "--card be.interior.card --card ma.interior.card";
    let proven = world.say(&format!("verify r {cards}")).ok();
    assert!(
        proven.contains("every attachment arrived whole"),
        "{proven}"
    );
    altered_receipts_fail(&world, cards);
    world.say("--data ma.interior doctor").ok();
    world.say("--data be.interior doctor").ok();
}

fn altered_receipts_fail(world: &World, cards: &str) {
    let receipt = std::fs::read(world.path("r")).unwrap();
    for at in (0..receipt.len()).step_by(receipt.len() / 12) {
        let mut altered = receipt.clone();
        altered[at] ^= 1;
        std::fs::write(world.path("bad"), altered).unwrap();
        world.say(&format!("verify bad {cards}")).refused(1, "E_");
    }
    std::fs::write(world.path("cut"), &receipt[..receipt.len() - 1]).unwrap();
    world
        .say(&format!("verify cut {cards}"))
        .refused(1, "E_RECEIPT");
}

#[test]
fn a_cut_courier_file_is_never_called_whole() {
    let world = World::new();
    world.partners();
    let id = release(&world);
    world
        .say("--data ma.interior courier export --to be.interior one.courier")
        .ok();
    let whole = std::fs::read(world.path("one.courier")).unwrap();
    std::fs::write(world.path("cut"), &whole[..whole.len() * 2 / 3]).unwrap();
    world
        .say("--data be.interior courier import cut")
        .refused(1, "E_");
    world
        .say("--data be.interior courier import one.courier")
        .ok();
    let shown = world
        .say(&format!("--data be.interior --json show {id}"))
        .ok();
    assert!(shown.contains("\"complete\":true"), "{shown}");
    world
        .say("--data ma.interior courier export --to be.interior one.courier")
        .refused(1, "E_FILE_EXISTS");
}

#[test]
fn what_is_missing_or_wrong_is_refused_before_anything_is_released() {
    let world = World::new();
    world.partners();
    let send = |more: &[&str]| {
        let start = ["--data", "ma.interior", "send", "--subject", "x"];
        world.run(start.iter().chain(more))
    };
    send(&[]).refused(1, "E_RECIPIENT_EMPTY");
    let err = send(&["--to", "be.interior/police"]).refused(2, "E_USAGE");
    assert!(err.contains("terrorism, trafficking"), "{err}");
    send(&["--to", "fr.interior/police", "--purpose", "terrorism"]).refused(1, "E_NO_AGREEMENT");
    let to = ["--to", "be.interior/police", "--purpose"];
    send(&[to.as_slice(), &["spying", "--basis", "convention-2014"]].concat())
        .refused(1, "E_PURPOSE");
    send(&[to.as_slice(), &["terrorism", "--attach", "none"]].concat()).refused(1, "E_NO_FILE");
    send(&[to.as_slice(), &["terrorism", "--attach", "/dev/null"]].concat())
        .refused(1, "E_NOT_A_FILE");
    send(&[to.as_slice(), &["terrorism", "--kind", "refusal"]].concat()).refused(1, "E_");
    assert_eq!(
        world.say("--data ma.interior --json outbox").ok().trim(),
        "[]"
    );
}

#[test]
fn the_same_idempotency_key_releases_once() {
    let world = World::new();
    world.partners();
    let send = "--data ma.interior send --purpose terrorism --to be.interior/police --subject x \
                --text y --idempotency-key case-17";
    let first = world.say(send).ok();
    assert_eq!(world.say(send).ok(), first);
    let draft = std::fs::read_to_string(world.path("ma-be.toml")).unwrap();
    std::fs::write(world.path("draft.json"), draft).unwrap();
    world
        .say("--data ma.interior send --draft draft.json")
        .refused(1, "E_DRAFT");
}

#[test]
fn a_recall_is_a_record_of_its_own() {
    let world = World::new();
    world.partners();
    let id = release(&world);
    let recall = world
        .say(&format!("--data ma.interior recall {id} --why périmé"))
        .ok();
    assert_ne!(recall.trim(), id);
    world
        .say("--data ma.interior courier export --to be.interior one.courier")
        .ok();
    world
        .say("--data be.interior courier import one.courier")
        .ok();
    world
        .say("--data be.interior courier export --to ma.interior two.courier")
        .ok();
    world
        .say("--data ma.interior courier import two.courier")
        .ok();
    let shown = world
        .say(&format!("--data be.interior --json show {id}"))
        .ok();
    assert!(shown.contains("\"erased\":true"), "{shown}");
}

/// What is reported of a record's use is a duty that people owe: the node itself is well.
#[test]
fn a_reported_use_is_listed_and_is_no_fault_of_the_node() {
    let world = World::new();
    world.partners();
    let id = release(&world);
    world
        .say("--data ma.interior courier export --to be.interior one.courier")
        .ok();
    world
        .say("--data be.interior courier import one.courier")
        .ok();
    let uses = format!("--data be.interior uses list {id} --from ma.interior");
    assert_eq!(world.say(&uses).ok(), "None.\n");
    let report = |data: &str, how: &str| {
        world.say(&format!(
            "--data {data} uses report {id} --from ma.interior --as {how} --officer o-1 --why Motif"
        ))
    };
    report("ma.interior", "agreed").refused(1, "E_USE_OWN");
    report("be.interior", "agreed").ok();
    let before = world.say("--data be.interior doctor").ok();
    assert!(before.ends_with("All is well.\n"), "{before}");
    report("be.interior", "capital-charge").ok();
    let listed = world.say(&uses).ok();
    assert!(listed.contains("E_USE_CAPITAL_CHARGE"), "{listed}");
    let found = world.say("--data be.interior doctor").ok();
    assert!(found.contains("DUE  duties"), "{found}");
    assert!(found.contains("The node is well. People owe"), "{found}");
    assert_eq!(world.say("--data be.interior overdue").ok(), "None.\n");
}
