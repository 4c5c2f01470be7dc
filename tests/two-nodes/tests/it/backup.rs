//! Backups of a node that runs, restoring with deaths in between, and getting back what was
//! signed since.

use std::path::PathBuf;

use passerelle_two_nodes::{Plan, Side, World, draft, free_port, until, until_nothing};
use serde_json::json;

use crate::NODE;

/// Steps at which somebody dies below.
pub(crate) const STEPS: &[&str] = &[
    "backup.entered",
    "backup.imaged",
    "backup.piece",
    "restore.opened",
    "restore.chunk",
    "restore.marked",
    "restored.entered",
    "recover.noted",
    "recover.asked",
    "recover.judged",
    "recover.durable",
    "recover.given",
    "courier.returned",
];

fn at(name: &str) -> [(&str, &str); 1] {
    [("PASSERELLE_KILL_AT", name)]
}

fn release_some(world: &mut World, label: &str, count: u64) {
    for number in 0..count {
        for side in Side::BOTH {
            let key = format!("{label}-{number}-{}", side.party());
            world.release(side, &key, &draft(side, &key, &[]));
        }
    }
}

/// Makes a backup of A, which runs.
fn back_up(world: &World, file: &str) {
    let made = ["backup", "--out", file, "--key-file", "backup.key"];
    world.node(Side::A).run(made).ok();
}

/// Restores A into a new folder; what it had is kept aside.
fn restore(world: &mut World, file: &str, env: &[(&str, &str)]) -> passerelle_two_nodes::Ran {
    let folder = "restored";
    let args = [
        "restore",
        file,
        "--key-file",
        "backup.key",
        "--data",
        folder,
    ];
    world.node(Side::A).run_with(env, args)
}

/// A goes on in the restored folder.
fn take_over(world: &mut World) {
    let data: PathBuf = world.node(Side::A).data.clone();
    std::fs::rename(&data, world.path("lost")).unwrap();
    std::fs::rename(world.path("restored"), &data).unwrap();
}

fn state(world: &World) -> Option<String> {
    let answer = world.node(Side::A).api().get("/v1/backups").ok()?;
    let view = answer.json();
    view["recoveries"][0]["state"].as_str().map(str::to_owned)
}

fn settle(world: &World) {
    until_nothing("everything came back", || {
        let nudge = |side: &Side| world.node(*side).nudge(side.other());
        Side::BOTH.iter().for_each(nudge);
        resume(world);
        let settled = state(world).as_deref() == Some("settled");
        (!settled).then(|| Side::BOTH.map(|side| said_by(world, side)).join("\n"))
    });
}

/// What a node says of itself, for people who look why it waits.
fn said_by(world: &World, side: Side) -> String {
    let paths = ["/v1/backups", "/v1/partners", "/v1/alarms"];
    let said = |path: &str| world.node(side).api().get(path).map(|answer| answer.text());
    let said: Vec<_> = paths
        .iter()
        .map(|path| said(path).unwrap_or_default())
        .collect();
    format!("{side:?}: {}", said.join("\n"))
}

/// People look at what the registers say, and go on.
fn resume(world: &World) {
    for side in Side::BOTH {
        let alarms = world.node(side).api().get("/v1/alarms").unwrap().json();
        for alarm in alarms.as_array().unwrap() {
            assert_eq!(alarm["code"], "E_REGISTER_BEHIND", "{alarm}");
            let path = format!("/v1/partners/{}/resume", side.other().party());
            let body = json!({ "alarm": alarm["id"] }).to_string();
            let headers = "Content-Type: application/json\r\n";
            let done = world.node(side).api().post(&path, headers, body.as_bytes());
            done.unwrap().good();
        }
    }
}

/// Until both agree again; the registers may halt the exchange once more meanwhile.
fn check(world: &World) {
    until("both agree", || {
        Side::BOTH
            .iter()
            .for_each(|side| world.node(*side).nudge(side.other()));
        resume(world);
        let [a, b] = Side::BOTH.map(|side| world.node(side).channels()[0].clone());
        a["sent"] == b["received"]
            && b["sent"] == a["received"]
            && a["waiting"] == 0
            && b["waiting"] == 0
    });
    Side::BOTH.iter().for_each(|side| world.check_way(*side));
}

#[test]
fn a_node_is_backed_up_while_it_runs_and_gets_back_what_it_signed_since() {
    // The card of A leads nowhere, so that only A asks, and who dies is no matter of chance.
    let mut world = Plan::new(NODE).address(Side::A, free_port()).make();
    world.start();
    release_some(&mut world, "before", 2);
    world.drain();
    let node = world.node(Side::A);
    let released = std::thread::scope(|scope| {
        let backup = scope.spawn(|| back_up(&world, "a.backup"));
        let released: Vec<_> = (0..12)
            .map(|number| {
                let key = format!("during-{number}");
                let answer = node.release(&draft(Side::A, &key, &[]), &key).unwrap();
                (key, answer)
            })
            .collect();
        backup.join().unwrap();
        released
    });
    for (key, answer) in released {
        world.note(Side::A, &key, &answer);
    }
    release_some(&mut world, "lost", 3);
    world.drain();
    world.node_mut(Side::A).kill();
    for step in ["restore.opened:1", "restore.chunk:1", "restore.marked:1"] {
        let ran = restore(&mut world, "a.backup", &at(step));
        assert_eq!(ran.signal, Some(9), "{step}: {}", ran.err);
        assert!(!world.path("restored").exists(), "{step}: half a node");
    }
    restore(&mut world, "a.backup", &[]).ok();
    restore(&mut world, "a.backup", &[]).refused("E_DATA_EXISTS");
    take_over(&mut world);
    assert!(!world.node_mut(Side::A).try_start(&at("restored.entered:1")));
    for step in [
        "recover.noted:1",
        "recover.asked:1",
        "recover.judged:1",
        "recover.durable:1",
    ] {
        // It may die while it starts, or once the partner has called.
        if world.node_mut(Side::A).try_start(&at(step)) {
            world.await_death(Side::A, step);
        }
    }
    world.start();
    settle(&world);
    release_some(&mut world, "after", 2);
    check(&world);
}

#[test]
fn a_partner_that_dies_while_it_hands_entries_back_does_it_again() {
    // The card of B leads nowhere, so only B can call.
    let mut world = Plan::new(NODE).address(Side::B, free_port()).make();
    world.start();
    release_some(&mut world, "before", 1);
    world.drain();
    for step in ["backup.entered:1", "backup.imaged:1", "backup.piece:1"] {
        world.node_mut(Side::A).kill();
        assert!(world.node_mut(Side::A).try_start(&at(step)), "{step}");
        let args = ["backup", "--out", "cut", "--key-file", "backup.key"];
        let ran = world.node(Side::A).run(args);
        assert_ne!(ran.code, 0, "{step}");
        assert!(!world.path("cut").exists(), "{step}: half a backup");
        world.node_mut(Side::A).await_death(step);
        let _ = std::fs::remove_file(world.path("cut.part"));
        world.node_mut(Side::A).start();
    }
    back_up(&world, "a.backup");
    release_some(&mut world, "lost", 2);
    world.drain();
    Side::BOTH
        .iter()
        .for_each(|side| world.node_mut(*side).kill());
    restore(&mut world, "a.backup", &[]).ok();
    take_over(&mut world);
    world.node_mut(Side::A).start();
    if world.node_mut(Side::B).try_start(&at("recover.given:1")) {
        world.await_death(Side::B, "recover.given");
    }
    world.start();
    settle(&world);
    release_some(&mut world, "after", 1);
    check(&world);
}

#[test]
fn a_courier_brings_it_back_too() {
    let mut world = Plan::new(NODE).make();
    world.start();
    release_some(&mut world, "before", 1);
    world.drain();
    back_up(&world, "a.backup");
    release_some(&mut world, "lost", 1);
    world.drain();
    Side::BOTH
        .iter()
        .for_each(|side| world.node_mut(*side).kill());
    restore(&mut world, "a.backup", &[]).ok();
    take_over(&mut world);
    let (a, b) = (world.node(Side::A), world.node(Side::B));
    a.say("courier export --to be.interior there").ok();
    b.say("courier import there").ok();
    // The register says that A was set back: somebody at B looks at it first.
    let alarms: serde_json::Value = serde_json::from_str(&b.say("alarms --json").ok()).unwrap();
    for alarm in alarms.as_array().unwrap() {
        let id = alarm["id"].as_str().unwrap();
        b.say(&format!("--yes resume ma.interior --alarm {id}"))
            .ok();
    }
    let ran = b.run_with(
        &at("courier.returned:1"),
        ["courier", "export", "--to", "ma.interior", "cut"],
    );
    assert_eq!(ran.signal, Some(9), "{}", ran.err);
    b.say("courier export --to ma.interior back").ok();
    a.say("courier import back").ok();
    world.start();
    settle(&world);
    release_some(&mut world, "after", 1);
    check(&world);
}

#[test]
fn what_is_no_whole_backup_restores_nothing() {
    let mut world = Plan::new(NODE).make();
    world.node_mut(Side::A).start();
    back_up(&world, "a.backup");
    world.node_mut(Side::A).stop();
    let whole = std::fs::read(world.path("a.backup")).unwrap();
    let spoilt: [(&str, Vec<u8>, &str); 5] = [
        ("empty", Vec::new(), "E_BACKUP"),
        ("cut", whole[..whole.len() - 7].to_vec(), "E_BACKUP"),
        ("longer", [whole.as_slice(), b"x"].concat(), "E_BACKUP"),
        ("altered", altered(&whole, whole.len() / 2), "E_BACKUP"),
        ("newer", altered(&whole, 19), "E_BACKUP_VERSION"),
    ];
    let node = world.node(Side::A);
    for (name, bytes, code) in spoilt {
        std::fs::write(world.path(name), bytes).unwrap();
        let check = ["backup", "--check", name, "--key-file", "backup.key"];
        node.run(check).refused(code);
        let args = ["restore", name, "--key-file", "backup.key", "--data", "new"];
        node.run(args).refused(code);
        assert!(!world.path("new").exists(), "{name}");
        assert!(!world.path("new.restoring").exists(), "{name}");
    }
    let key = world.key(Side::B);
    let other = [
        "backup",
        "--check",
        "a.backup",
        "--key-file",
        key.to_str().unwrap(),
    ];
    node.run(other).refused("E_PASSPHRASE");
    std::fs::create_dir(world.path("full")).unwrap();
    std::fs::write(world.path("full/a"), "x").unwrap();
    let full = [
        "restore",
        "a.backup",
        "--key-file",
        "backup.key",
        "--data",
        "full",
    ];
    node.run(full).refused("E_DATA_NOT_EMPTY");
    let check = ["backup", "--check", "a.backup", "--key-file", "backup.key"];
    assert!(node.run(check).ok().contains("is whole"));
}

fn altered(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut altered = bytes.to_vec();
    altered[place] ^= 3;
    altered
}
