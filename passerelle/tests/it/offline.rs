//! Cards, fingerprints and what needs no node.

use crate::run::World;

#[test]
fn a_card_reads_aloud_in_five_ways() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    for (how, words) in [
        ("fr", 16),
        ("nl", 16),
        ("ar", 16),
        ("en", 16),
        ("digits", 8),
    ] {
        let spoken = world
            .say(&format!("--data ma.interior card --words {how}"))
            .ok();
        assert_eq!(spoken.split_whitespace().count(), words, "{how}: {spoken}");
    }
    world
        .say("--data ma.interior card --words de")
        .refused(2, "--words");
}

#[test]
fn standard_output_holds_the_card_and_nothing_else() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    let card = world.say("--data ma.interior card").ok();
    assert_eq!(
        card,
        std::fs::read_to_string(world.path("ma.interior.card")).unwrap()
    );
    world
        .say("--data ma.interior card --out ma.interior.card")
        .refused(1, "E_FILE_EXISTS");
}

#[test]
fn pairing_needs_the_right_fingerprint() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    world.node("be.interior", &["liaison"]);
    let pair = ["--data", "ma.interior", "--yes", "pair", "be.interior.card"];
    world.run(pair).refused(1, "E_FINGERPRINT_NEEDED");
    let own = world.say("--data ma.interior card --words fr").ok();
    let wrong = [pair.as_slice(), &["--fingerprint", own.trim()]].concat();
    world.run(wrong).refused(1, "E_FINGERPRINT");
    let listed = world.say("--data ma.interior --json partners").ok();
    assert_eq!(listed.trim(), "[]");
}

#[test]
fn an_altered_card_is_refused() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    world.node("be.interior", &["liaison"]);
    let card = std::fs::read_to_string(world.path("be.interior.card")).unwrap();
    let mut lines: Vec<String> = card.lines().map(str::to_owned).collect();
    let middle = lines.len() / 2;
    lines[middle] = lines[middle].chars().rev().collect();
    std::fs::write(world.path("bad.card"), lines.join("\n") + "\n").unwrap();
    let args = [
        "--data",
        "ma.interior",
        "pair",
        "bad.card",
        "--fingerprint",
        "x",
    ];
    world.run(args).refused(1, "E_");
}

#[test]
fn rotation_gives_a_newer_card_under_the_same_fingerprint() {
    let world = World::new();
    world.partners();
    let before = world.say("--data ma.interior card --words en").ok();
    world
        .say("--data ma.interior card rotate")
        .refused(1, "E_CONFIRMATION");
    world
        .say("--data ma.interior --yes card rotate --address 127.0.0.1:9")
        .ok();
    assert_eq!(world.say("--data ma.interior card --words en").ok(), before);
    world.say("--data ma.interior card --out newer.card").ok();
    // The same root signed it: nobody has to read anything aloud.
    world.say("--data be.interior pair newer.card").ok();
    let older = world.say("--data be.interior pair ma.interior.card");
    older.refused(1, "E_CARD_OLDER");
}

#[test]
fn the_api_is_described() {
    let world = World::new();
    let document = world.say("openapi").ok();
    assert!(document.contains("\"openapi\""), "{document}");
}

#[test]
fn verify_wants_two_cards_and_a_receipt() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    std::fs::write(world.path("r"), "not a receipt\n").unwrap();
    world
        .say("verify r --card ma.interior.card")
        .refused(2, "E_USAGE");
    let two = "--card ma.interior.card --card ma.interior.card";
    world
        .say(&format!("verify r {two}"))
        .refused(1, "E_RECEIPT");
    world
        .say(&format!("verify none {two}"))
        .refused(1, "E_NO_FILE");
}
