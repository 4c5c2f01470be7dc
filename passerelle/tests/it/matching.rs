//! Private matching by files, with names in two scripts: the whole way of the command line.

use std::fs;

use crate::run::{Ran, World, ran};

const INDEX: &str = "match index --key key --ids held --out index --manifest manifest";
const ANSWER: &str = "match answer --key key --manifest manifest --order order --out answer";
/// Whom Brussels holds.
const HELD: &str = "LAFTIT, Abd el-Ouafi\nVerhaeghen, Annelies\nBenjelloun Youssef\n";
/// Whom Rabat asks for: the first and the last are held, in other letters.
const ASKED: &str = "عبد الوافي لفتيت\nSaskia Vandewalle\nيوسف بنجلون\n";

#[test]
fn names_in_two_scripts_meet_by_their_keys() {
    let world = World::new();
    keys(&world, "held", HELD);
    let asked = keys(&world, "asked", ASKED);
    order(&world);
    world.say(ANSWER).ok();

    let result = read(&world, "result").ok();
    let hits: Vec<&str> = result
        .lines()
        .filter_map(|line| line.split_once("\thit\t"))
        .map(|(key, _)| key)
        .collect();
    let met = |line: &str| line.split(' ').any(|key| hits.contains(&key));
    let met: Vec<bool> = asked.lines().map(met).collect();
    assert_eq!(met, [true, false, true], "{result}");

    // What both sides agree on names nobody; each finds its own by the references.
    let references = read(&world, "reconcile").ok();
    assert_eq!(references.lines().count(), hits.len());
    fs::write(world.path("refs"), &references).unwrap();
    let ours = world
        .say("match references --key key --ids held --references refs")
        .ok();
    for key in hits {
        assert!(ours.contains(key), "{ours}");
    }
    let opened = world
        .say("match audit --manifest manifest --order order --keep keep")
        .ok();
    assert!(opened.contains("question\t") && opened.contains("dummy\t"));
}

#[test]
fn an_answer_by_another_key_is_refused() {
    let world = World::new();
    fs::write(world.path("held"), "zz0001\nzz0002\n").unwrap();
    fs::write(world.path("asked"), "zz0002\n").unwrap();
    order(&world);
    // The holder answers with a key it has not announced.
    fs::remove_file(world.path("key")).unwrap();
    key(&world, "person");
    world.say(ANSWER).refused(1, "E_MATCH_MISMATCH");
    assert!(!world.path("answer").exists());
}

#[test]
fn an_altered_answer_is_refused_and_tells_nothing() {
    let world = World::new();
    fs::write(world.path("held"), "zz0001\nzz0002\n").unwrap();
    fs::write(world.path("asked"), "zz0002\n").unwrap();
    order(&world);
    world.say(ANSWER).ok();
    let mut bytes = fs::read(world.path("answer")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(world.path("answer"), bytes).unwrap();
    read(&world, "result").refused(1, "E_MATCH_");
}

#[test]
fn a_line_that_is_no_identifier_is_named_and_not_repeated() {
    let world = World::new();
    key(&world, "iban");
    fs::write(
        world.path("held"),
        "BE68 5390 0754 7034\nBE68 5390 0754 7035\n",
    )
    .unwrap();
    let said = world.say(INDEX).refused(1, "E_MATCH_IDENTIFIER");
    assert!(said.contains("line 2") && !said.contains("7035"), "{said}");
    assert!(!world.path("index").exists() && !world.path("manifest").exists());
}

/// The keys of names, one a line for the matching; what the command wrote, a line for each name.
fn keys(world: &World, name: &str, names: &str) -> String {
    fs::write(world.path("names"), names).unwrap();
    let mut command = world.command();
    command
        .args(["names", "keys"])
        .stdin(fs::File::open(world.path("names")).unwrap());
    let written = ran(command.output().unwrap()).ok();
    fs::write(world.path(name), written.replace(' ', "\n")).unwrap();
    written
}

fn key(world: &World, class: &str) {
    let make = format!("match key --holder be.test --asker ma.test --class {class} --out key");
    world.say(&make).ok();
}

/// The holder's key, index and manifest, and the asker's order.
fn order(world: &World) {
    key(world, "person");
    world.say(INDEX).ok();
    let ask = "match ask --manifest manifest --ids asked --purpose test --case BE-1 --order order --keep keep";
    world.say(ask).ok();
}

fn read(world: &World, command: &str) -> Ran {
    let files = "--manifest manifest --index index --order order --keep keep --answer answer";
    world.say(&format!("match {command} {files}"))
}
