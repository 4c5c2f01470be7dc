//! `init` and what may go wrong with folders, keys and secrets.

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;

use crate::run::{World, listing};

const INIT: &str = "init --data node --party ma.interior --name fr=Ministère";

#[test]
fn init_makes_a_private_node_with_its_key_elsewhere() {
    let world = World::new();
    let out = world.say(INIT).ok();
    let keys = world.path("home/.config/passerelle");
    let [key] = listing(&keys).try_into().unwrap();
    assert!(
        key.starts_with("ma.interior-") && out.contains(&key),
        "{out}"
    );
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(keys.join(key)), 0o600);
    assert_eq!(mode(world.path("node")), 0o700);
    for file in ["config.toml", "keyring", "store/store.sqlite"] {
        assert_eq!(mode(world.path("node").join(file)), 0o600, "{file}");
    }
    assert_eq!(
        listing(&world.path("node")),
        ["blobs", "config.toml", "keyring", "store"]
    );
}

#[test]
fn init_touches_no_folder_that_holds_something() {
    let world = World::new();
    world.say(INIT).ok();
    let before = std::fs::read(world.path("node/keyring")).unwrap();
    world.say(INIT).refused(1, "E_DATA_EXISTS");
    assert_eq!(std::fs::read(world.path("node/keyring")).unwrap(), before);
    std::fs::create_dir(world.path("other")).unwrap();
    std::fs::write(world.path("other/mine"), "x").unwrap();
    let other = INIT.replace("--data node", "--data other");
    world.say(&other).refused(1, "E_DATA_NOT_EMPTY");
    assert_eq!(listing(&world.path("other")), ["mine"]);
}

#[test]
fn init_refuses_bad_parties_names_and_countries() {
    let world = World::new();
    for bad in ["MA.interior", "ma", "ma..interior", "ministère.ma"] {
        let args = ["init", "--data", "node", "--party", bad, "--name", "fr=M"];
        let err = world.run(args).refused(2, "--party");
        assert!(err.contains("write words like ma.interior"), "{err}");
    }
    world
        .say("init --data node --party ma.interior --name xx=M")
        .refused(2, "known Lang");
    world
        .say("init --data node --party interior.ma --name fr=M")
        .refused(2, "--country");
    assert!(!world.path("node").exists());
}

#[test]
fn names_that_are_not_utf8_are_refused_clearly() {
    let world = World::new();
    let mut command = world.command();
    command
        .args(INIT.split(' '))
        .arg("--name")
        .arg(std::ffi::OsStr::from_bytes(b"ar=\xff\xfe"));
    crate::run::ran(command.output().unwrap()).refused(2, "E_NOT_UTF8");
    assert!(!world.path("node").exists());
}

#[test]
fn a_key_inside_the_data_is_refused_and_nothing_is_left() {
    let world = World::new();
    world
        .say(&format!("{INIT} --key-file node/my.key"))
        .refused(1, "E_KEY_INSIDE_DATA");
    assert!(!world.path("node").exists());
    world
        .say(&format!(
            "{INIT} --key-file node/my.key --key-inside-data-i-know"
        ))
        .ok();
    world.say("--data node doctor").refused(1, "");
    let found = world.say("--data node doctor").out;
    assert!(found.contains("E_KEY_INSIDE_DATA"), "{found}");
}

#[test]
fn a_place_that_takes_no_writes_is_named() {
    let world = World::new();
    let err = world
        .say(&INIT.replace("--data node", "--data /proc/node"))
        .refused(1, "E_");
    assert!(err.contains("/proc/node"), "{err}");
    std::fs::write(world.path("file"), "").unwrap();
    let err = world
        .say(&INIT.replace("--data node", "--data file/node"))
        .refused(1, "E_IO");
    assert!(err.contains("file/node"), "{err}");
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    let world = World::new();
    std::fs::write(world.path("good"), "correct horse battery\n").unwrap();
    std::fs::write(world.path("wrong"), "correct horse batteries\n").unwrap();
    std::fs::write(world.path("short"), "secret\n").unwrap();
    world
        .say(&format!("{INIT} --passphrase-file short"))
        .refused(1, "E_PASSPHRASE_SHORT");
    assert!(!world.path("node").exists());
    world.say(&format!("{INIT} --passphrase-file good")).ok();
    world.say("--data node card").ok();
    world
        .say("--data node --passphrase-file wrong card")
        .refused(1, "E_PASSPHRASE");
}

#[test]
fn a_lost_key_file_is_named() {
    let world = World::new();
    world.say(&format!("{INIT} --key-file my.key")).ok();
    std::fs::rename(world.path("my.key"), world.path("away")).unwrap();
    let err = world.say("--data node card").refused(1, "E_NO_FILE");
    assert!(err.contains("my.key"), "{err}");
}

#[test]
fn unknown_settings_are_refused() {
    let world = World::new();
    world.say(INIT).ok();
    let path = world.path("node/config.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}port = 1\n")).unwrap();
    world.say("--data node card").refused(1, "E_CONFIG");
}

#[test]
fn a_folder_without_a_node_and_no_folder_at_all_are_told_apart() {
    let world = World::new();
    world.say("--data nowhere inbox").refused(1, "E_NO_DATA");
    world.say("inbox").refused(2, "E_USAGE");
    assert!(!world.path("nowhere").exists());
}
