//! Private matching by files, with names in two scripts: the whole way of the command line.

use std::fs;

use passerelle_matching::exchange::{Epoch, MIN_BUCKET_KEYS, Manifest};
use passerelle_matching::index::build;
use passerelle_matching::oprf::{Mode, Suite, evaluate};
use passerelle_matching::{Class, Tag};

use crate::run::{Ran, World, listing, ran};

const INDEX: &str =
    "match index --key key --ids held --out index --manifest manifest --padding padding";
const ASK: &str = "match ask --manifest manifest --ids asked --purpose test --case BE-1 --order order --keep keep";
const ANSWER: &str = "match answer --key key --manifest manifest --order order --out answer";
const MERGE: &str = "match merge --key key --manifest manifest --index index --padding padding \
    --add added --remove removed --out index2 --out-manifest manifest2 --out-padding padding2";
const FETCH: &str = "match fetch --manifest manifest --order order --keep keep --answer answer \
    --decoys 2 --out fetch";
/// Whom Brussels holds.
const HELD: &str = "LAFTIT, Abd el-Ouafi\nVerhaeghen, Annelies\nBenjelloun Youssef\n";
/// Whom Rabat asks for: the first and the last are held, in other letters.
const ASKED: &str = "عبد الوافي لفتيت\nSaskia Vandewalle\nيوسف بنجلون\n";

#[test]
fn names_in_two_scripts_meet_by_their_keys() {
    let world = World::new();
    keys(&world, "held", HELD);
    let asked = keys(&world, "asked", ASKED);
    order(&world, "person");
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
    world.write("refs", &references);
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
    assert!(
        opened.starts_with("purpose\ttest\ncase\tBE-1\n"),
        "{opened}"
    );
}

#[test]
fn an_answer_by_another_key_is_refused() {
    let world = phones();
    // The holder answers with a key it has not announced.
    fs::remove_file(world.path("key")).unwrap();
    key(&world, "phone", 1);
    world.say(ANSWER).refused(1, "E_MATCH_MISMATCH");
    assert!(!world.path("answer").exists());
}

#[test]
fn altered_answers_proofs_and_indexes_are_refused_and_tell_nothing() {
    let world = phones();
    world.say(ANSWER).ok();
    let answer = fs::read(world.path("answer")).unwrap();
    // A batch of one element: the element, then its proof of 64 bytes at the end.
    let altered = |at: usize, code: &str| {
        let mut bytes = answer.clone();
        bytes[at] ^= 1;
        fs::write(world.path("answer"), bytes).unwrap();
        let ran = read(&world, "result");
        assert_eq!(ran.out, "");
        ran.refused(1, code);
    };
    altered(answer.len() - 60, "E_MATCH_PROOF");
    altered(answer.len() - 30, "E_MATCH_PROOF");
    altered(answer.len() - 70, "E_MATCH_");
    altered(10, "E_MATCH_MISMATCH");
    // Another order's answer, with its good proof.
    for name in ["order", "keep", "answer"] {
        fs::remove_file(world.path(name)).unwrap();
    }
    let first = world.path("answer-of-another");
    fs::write(&first, &answer).unwrap();
    world.say(ASK).ok();
    fs::rename(first, world.path("answer")).unwrap();
    read(&world, "result").refused(1, "E_MATCH_MISMATCH");

    fs::remove_file(world.path("answer")).unwrap();
    world.say(ANSWER).ok();
    let index = fs::read(world.path("index")).unwrap();
    let spoilt = |bytes: &[u8], code: &str| {
        fs::write(world.path("index"), bytes).unwrap();
        let said = read(&world, "result").refused(1, code);
        assert!(said.contains("index: "), "{said}");
    };
    spoilt(&index[..index.len() - 1], "E_MATCH_FILE");
    spoilt(&index[..10], "E_MATCH_FILE");
    spoilt(&[&index[..], b"\n"].concat(), "E_MATCH_FILE");
    let mut newer = index.clone();
    newer[8] = 2;
    spoilt(&newer, "E_MATCH_VERSION");
    let mut other = index.clone();
    other[40] ^= 1;
    spoilt(&other, "E_MATCH_");
    fs::write(world.path("index"), index).unwrap();
    read(&world, "result").ok();
}

#[test]
fn altered_manifests_and_orders_are_refused() {
    let world = phones();
    let order = fs::read(world.path("order")).unwrap();
    let (head, _) = order.split_at(order.len() - 32);
    let with = |tail: &[u8], code: &str| {
        fs::write(world.path("order"), [head, tail].concat()).unwrap();
        world.say(ANSWER).refused(1, code);
        assert!(!world.path("answer").exists());
    };
    // The identity, what is above the prime, what is no point; a batch of 65,536.
    with(&[0; 32], "E_MATCH_ELEMENT");
    with(&[0xff; 32], "E_MATCH_ELEMENT");
    with(&[1; 32], "E_MATCH_ELEMENT");
    with(&[2; 31], "E_MATCH_FILE");
    let many = [&[0x5a, 0, 0x20, 0, 0][..], &vec![0; 65_536 * 32]].concat();
    let head = head.strip_suffix(&[0x58, 32]).unwrap();
    fs::write(world.path("order"), [head, &many].concat()).unwrap();
    world.say(ANSWER).refused(1, "E_MATCH_BATCH");

    let manifest = fs::read(world.path("manifest")).unwrap();
    let with = |bytes: &[u8], code: &str| {
        fs::write(world.path("manifest"), bytes).unwrap();
        let ask = ASK
            .replace("order order", "order o")
            .replace("keep keep", "keep k");
        let said = world.say(&ask).refused(1, code);
        assert!(said.contains("manifest: "), "{said}");
        assert!(!world.path("o").exists());
    };
    with(&manifest[..manifest.len() / 2], "E_MATCH_FILE");
    with(b"not a manifest", "E_MATCH_FILE");
    let mut newer = manifest.clone();
    newer[2] = 2;
    with(&newer, "E_MATCH_VERSION");
}

#[test]
fn lines_that_are_no_identifiers_are_named_and_not_repeated() {
    let world = World::new();
    key(&world, "iban", 1);
    let list = "BE68 5390 0754 7034\nBE68 5390 0754 7035\n\nXX\nBE68 5390 0754 7034\n";
    world.write("held", list);
    let said = world.say(INDEX).refused(1, "E_MATCH_IDENTIFIER");
    assert!(said.contains("held: line 2: iban: fails its check digits"));
    assert!(said.contains("line 4: iban: names a country without IBAN"));
    assert!(!said.contains("7035"), "{said}");
    assert_eq!(listing(&world.path(".")), ["held", "key"]);
}

#[test]
fn every_class_says_what_is_wrong() {
    for (class, line, why) in [
        ("person", "Jan Jansen", "is a key of the engine of names"),
        ("document", "МA/AB123456", "names no state of ISO 3166"),
        ("document", "MA/АB123456", "mixes scripts"),
        (
            "phone",
            "0475 12 34 56",
            "begins with + and the country code",
        ),
        ("phone", "+32\u{202e}4751234", "hide or reorder text"),
        ("plate", "BE", "is written STATE/plate"),
        ("email", "a@b", "has a domain with a dot"),
        ("handle", "@someone", "is written platform/handle"),
        ("vehicle", "WVWZZZ1JZ3W38675O", "no VIN has"),
        ("file", "d41d8cd98f00b204e9800998ecf8427e", "is a SHA-256"),
    ] {
        let world = World::new();
        key(&world, class, 1);
        world.write("held", &format!("\u{feff}\n\n{line}\r\n"));
        let said = world.say(INDEX).refused(1, "E_MATCH_IDENTIFIER");
        let expected = format!("line 3: {class}: ");
        assert!(said.contains(&expected) && said.contains(why), "{said}");
        assert_eq!(listing(&world.path(".")), ["held", "key"]);
    }
}

#[test]
fn lines_that_are_too_long_or_no_text_are_refused() {
    let world = World::new();
    key(&world, "email", 1);
    world.write("held", &format!("a@b.org\n{}\n", "x".repeat(1_000_000)));
    let said = world.say(INDEX).refused(1, "E_TOO_LARGE");
    assert!(said.contains("line 2"), "{said}");
    fs::write(world.path("held"), b"a@b.org\n\xff\n").unwrap();
    let said = world.say(INDEX).refused(1, "E_NOT_UTF8");
    assert!(said.contains("line 2"), "{said}");
    assert_eq!(listing(&world.path(".")), ["held", "key"]);
    // Nothing held is no fault, nothing asked is.
    world.write("held", "");
    world.write("asked", "\n");
    world.say(INDEX).ok();
    world.say(ASK).refused(1, "E_MATCH_BATCH");
    assert!(!world.path("order").exists() && !world.path("keep").exists());
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_there() {
    let world = World::new();
    key(&world, "phone", 1);
    world.write("held", "+32460000001\n");
    world.write("padding", "somebody's own");
    world.say(INDEX).refused(1, "E_FILE_EXISTS");
    assert_eq!(listing(&world.path(".")), ["held", "key", "padding"]);
    fs::remove_file(world.path("padding")).unwrap();
    world
        .say(&INDEX.replace("manifest manifest", "manifest missing/manifest"))
        .refused(1, "E_NO_FILE");
    assert_eq!(listing(&world.path(".")), ["held", "key"]);
}

#[test]
fn more_questions_than_a_batch_holds_are_split_in_one_order() {
    let world = World::new();
    key(&world, "phone", 1);
    world.write("held", "+32460000001\n+32460000520\n");
    world.say(INDEX).ok();
    let many: Vec<String> = (1..=520).map(|n| format!("+3246{n:07}\n")).collect();
    world.write("asked", &many.concat());
    let said = world.say(ASK).err;
    assert!(
        said.contains("520 questions and 3576 dummies in 1 batches"),
        "{said}"
    );
    world.say(ANSWER).ok();
    let result = read(&world, "result");
    let hits = result.out.matches("\thit\t").count();
    assert_eq!((result.out.lines().count(), hits), (520, 2));
    assert!(result.err.contains("2 hits among 520"), "{}", result.err);
}

#[test]
fn windows_take_in_and_let_go_and_epochs_end() {
    let world = phones();
    world.write("added", "+32460000003\n");
    world.write("removed", "+32460000002\n+32460000099\n");
    let said = world.say(MERGE);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err
            .contains("Window 2: 1 came in, 1 went, 1 to remove"),
        "{}",
        said.err
    );
    // The order of the last window is answered by the last manifest, not by this one.
    let late = ANSWER.replace("--manifest manifest", "--manifest manifest2");
    world.say(&late).refused(1, "E_MATCH_MISMATCH");
    world.write("asked", "+32460000001\n+32460000002\n+32460000003\n");
    for name in ["order", "keep"] {
        fs::remove_file(world.path(name)).unwrap();
    }
    rename(&world, &["index", "manifest", "padding"]);
    world.say(ASK).ok();
    world.say(ANSWER).ok();
    let result = read(&world, "result").ok();
    let words: Vec<&str> = result
        .lines()
        .filter_map(|l| l.split('\t').nth(1))
        .collect();
    assert_eq!(words, ["hit", "none", "hit"], "{result}");

    // The padding of another window is refused, and so is another key.
    fs::copy(world.path("padding.old"), world.path("padding")).unwrap();
    world.say(MERGE).refused(1, "E_MATCH_MISMATCH");
    // The next epoch: the old key goes, and a statement stays.
    world
        .say("match erase-key --key key --statement erased")
        .refused(1, "E_CONFIRMATION");
    assert!(world.path("key").exists() && !world.path("erased").exists());
    world
        .say("--yes match erase-key --key key --statement erased")
        .ok();
    let stated = fs::read_to_string(world.path("erased")).unwrap();
    assert!(
        stated.starts_with("passerelle-match-erased 1\nholder be.test\n"),
        "{stated}"
    );
    assert!(
        !stated.contains("seed") && stated.contains("\nepoch 1\n"),
        "{stated}"
    );
    assert!(!world.path("key").exists());
    world.say(ANSWER).refused(1, "E_");
    key(&world, "phone", 2);
    fs::remove_file(world.path("answer")).unwrap();
    world.say(ANSWER).refused(1, "E_MATCH_MISMATCH");
}

#[test]
fn manifests_that_count_no_more_are_refused() {
    let world = World::new();
    key(&world, "phone", 1);
    let (secret, epoch) = made(&world, Class::Phone);
    let index = build(vec![Tag(1)]).unwrap();
    for (window, name) in [((1, 2), "manifest"), ((1, u64::MAX), "later")] {
        let manifest = Manifest::announce(epoch.clone(), &secret, &index, "x", window).unwrap();
        fs::write(world.path(name), manifest.to_bytes()).unwrap();
    }
    world.write("asked", "+32460000001\n");
    world.say(ASK).refused(1, "E_MATCH_EXPIRED");
    world
        .say(&ASK.replace("--manifest manifest", "--manifest later"))
        .ok();
    world.say(ANSWER).refused(1, "E_MATCH_EXPIRED");
}

#[test]
fn buckets_serve_where_the_index_stays_at_home() {
    let world = World::new();
    key(&world, "phone", 1);
    let (secret, epoch) = made(&world, Class::Phone);
    let suite = Suite::new(Mode::Verifiable);
    let held = Class::Phone.canonical("+32460000002").unwrap().input();
    let held = Tag::of(&evaluate(&suite, &secret, &held).unwrap());
    let others = (0..MIN_BUCKET_KEYS).map(|n| Tag(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let index = build(others.chain([held]).collect()).unwrap();
    let manifest = Manifest::announce(epoch, &secret, &index, "x", (1, u64::MAX)).unwrap();
    fs::write(world.path("index"), index.as_bytes()).unwrap();
    fs::write(world.path("manifest"), manifest.to_bytes()).unwrap();
    world.write("asked", "+32460000001\n+32460000002\n");
    world.say(ASK).ok();
    world.say(ANSWER).ok();
    let said = world.say(FETCH);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.contains("The holder learns the first 10 bits"),
        "{}",
        said.err
    );
    let give = "match buckets --manifest manifest --index index --fetch fetch --out buckets";
    world.say(give).ok();
    let look = "match result --manifest manifest --order order --keep keep --answer answer";
    let result = world
        .say(&format!("{look} --buckets buckets --fetch fetch"))
        .ok();
    let words: Vec<&str> = result
        .lines()
        .filter_map(|l| l.split('\t').nth(1))
        .collect();
    assert_eq!(words, ["none", "hit"], "{result}");
    assert_eq!(read(&world, "result").ok(), result);
    world.say(look).refused(2, "--index");
    let mut bytes = fs::read(world.path("buckets")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(world.path("buckets"), bytes).unwrap();
    let altered = world.say(&format!("{look} --buckets buckets --fetch fetch"));
    altered.refused(1, "E_MATCH_");
}

#[test]
fn small_indexes_give_no_buckets() {
    let world = phones();
    world.say(ANSWER).ok();
    world.say(FETCH).refused(1, "E_MATCH_MODE");
    assert!(!world.path("fetch").exists());
}

#[test]
fn both_sides_see_whether_they_write_alike() {
    let world = World::new();
    for class in Class::ALL {
        world
            .say(&format!("match probe --class {class} --out {class}"))
            .ok();
        let said = world.say(&format!("match probe --compare {class}")).ok();
        assert!(said.contains("both sides write alike"), "{said}");
    }
    world.write("own", "Proef van der Toets\t1980-01-01\nسند المسبار\n");
    world
        .say("match probe --class person --ids own --out more")
        .ok();
    let said = world.say("match probe --compare more").ok();
    assert!(said.starts_with("14 probes"), "{said}");
    // Somebody else's tables, and somebody else's spelling.
    let bytes = fs::read(world.path("person")).unwrap();
    let replaced = |from: &[u8], to: &[u8]| {
        let at = bytes.windows(from.len()).position(|w| w == from).unwrap();
        let mut other = bytes.clone();
        other[at..at + to.len()].copy_from_slice(to);
        fs::write(world.path("person"), other).unwrap();
        world.say("match probe --compare person")
    };
    replaced(b"tables ", b"Tables ").refused(1, "E_MATCH_TABLES");
    let said = replaced(b"Probe Eenvoud", b"Prube Eenvoud").refused(1, "E_MATCH_MISMATCH");
    assert!(
        said.contains("1 of 12 probes") && said.contains("Prube"),
        "{said}"
    );
    world.say("match probe").refused(2, "--class");
}

#[test]
fn names_by_other_tables_are_not_asked_for() {
    let world = World::new();
    key(&world, "person", 1);
    let (secret, epoch) = made(&world, Class::Person);
    let index = build(vec![Tag(1)]).unwrap();
    let manifest = Manifest::announce(epoch, &secret, &index, "x", (1, u64::MAX)).unwrap();
    let theirs = manifest.with_source("names-keys/1 tables 0000").unwrap();
    fs::write(world.path("manifest"), theirs.to_bytes()).unwrap();
    world.write("asked", "0123456789abcdef\n");
    let said = world.say(ASK).refused(1, "E_MATCH_TABLES");
    assert!(said.contains("tables 0000"), "{said}");
    assert!(!world.path("order").exists());
}

/// The keys of names, one a line for the matching; what the command wrote, a line for each name.
fn keys(world: &World, name: &str, names: &str) -> String {
    world.write("names", names);
    let mut command = world.command();
    command
        .args(["names", "keys"])
        .stdin(fs::File::open(world.path("names")).unwrap());
    let written = ran(command.output().unwrap()).ok();
    world.write(name, &written.replace(' ', "\n"));
    written
}

fn key(world: &World, class: &str, epoch: u32) {
    let make = format!(
        "match key --holder be.test --asker ma.test --class {class} --epoch {epoch} --out key"
    );
    world.say(&make).ok();
}

/// What the key file in this world gives.
fn made(world: &World, class: Class) -> (passerelle_matching::oprf::SecretKey, Epoch) {
    let text = fs::read_to_string(world.path("key")).unwrap();
    let seed = text.lines().last().unwrap().strip_prefix("seed ").unwrap();
    let seed: Vec<u8> = passerelle_model::hex::decode(seed).unwrap();
    let epoch = Epoch::new("be.test", "ma.test", class, 1).unwrap();
    let secret = epoch.key(&seed.try_into().unwrap()).unwrap();
    (secret, epoch)
}

/// The holder's key, index and manifest, and the asker's order.
fn order(world: &World, class: &str) {
    key(world, class, 1);
    world.say(INDEX).ok();
    world.say(ASK).ok();
}

/// Two telephones, and an order for one of them.
fn phones() -> World {
    let world = World::new();
    world.write("held", "+32460000001\n+32460000002\n");
    world.write("asked", "+32460000002\n");
    order(&world, "phone");
    world
}

/// The files of the new window take the place of the old.
fn rename(world: &World, names: &[&str]) {
    for name in names {
        fs::rename(world.path(name), world.path(&format!("{name}.old"))).unwrap();
        fs::rename(world.path(&format!("{name}2")), world.path(name)).unwrap();
    }
}

fn read(world: &World, command: &str) -> Ran {
    let files = "--manifest manifest --index index --order order --keep keep --answer answer";
    world.say(&format!("match {command} {files}"))
}
