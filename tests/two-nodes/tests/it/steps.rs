//! kill -9 at every named step of both sides.

use std::collections::BTreeSet;
use std::path::Path;

use passerelle_two_nodes::{Plan, Rng, Side, World, draft, files_below, free_port, recall};
use serde_json::Value;

use crate::NODE;

/// What makes a node come by a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Story {
    /// A releases a record.
    Record,
    /// A releases a record with a small file.
    File,
    /// A releases a record with a file of more chunks than are flushed at once.
    LargeFile,
    /// A takes back a record with a file.
    Recall,
}

/// A step, who dies there, at which time it is reached, and in which story.
type Row = (&'static str, Side, u32, Story);

use Side::{A, B};
use Story::{File, LargeFile, Recall, Record};

/// Only A can call: it hands over what it has and takes what comes back.
const OFFERED: &[Row] = &[
    ("release.signed", A, 1, Record),
    ("release.sealed", A, 1, Record),
    // A start after a kill enters two acts: the old local token is revoked, a new one made.
    ("register.sealed", A, 3, Record),
    ("register.durable", A, 3, Record),
    ("register.sealed", B, 3, Record),
    ("register.durable", B, 3, Record),
    ("register.show", A, 1, Record),
    ("register.witnessed", B, 1, Record),
    ("register.cosigned", A, 1, Record),
    ("release.durable", A, 1, Record),
    ("release.answer", A, 1, Record),
    ("push.send", A, 1, Record),
    ("push.answered", A, 1, Record),
    ("push.done", A, 1, Record),
    ("receive.judged", A, 1, Record),
    ("receive.judged", B, 1, Record),
    ("receive.opened", A, 1, Record),
    ("receive.opened", B, 1, Record),
    ("receive.durable", A, 1, Record),
    ("receive.durable", B, 1, Record),
    ("receive.cosigned", A, 1, Record),
    ("receive.cosigned", B, 1, Record),
    ("statement.sealed", B, 1, Record),
    ("statement.durable", B, 1, Record),
    ("entries.taken", B, 1, Record),
    ("entries.answer", B, 1, Record),
    ("cosign.hand", A, 1, Record),
    ("cosign.handed", A, 1, Record),
    ("receipt.kept", A, 1, Record),
    ("stage.sealed", A, 1, File),
    ("stage.whole", A, 1, File),
    ("stage.kept", A, 1, File),
    ("chunk.offer", A, 1, File),
    ("chunk.offer", A, 3, File),
    ("chunk.append", B, 1, File),
    ("chunk.append", B, 3, File),
    ("chunk.all", B, 1, File),
    ("chunk.whole", B, 1, File),
    ("chunk.stated", B, 1, File),
    ("chunk.synced", B, 1, LargeFile),
    ("erase.durable", B, 1, Recall),
    ("erase.blob", B, 1, Recall),
    ("statement.sealed", B, 1, Recall),
];

/// Only B can call: it fetches what A has.
const FETCHED: &[Row] = &[
    ("pull.fetched", B, 1, Record),
    ("chunk.taken", B, 1, File),
    ("chunk.taken", B, 3, File),
];

/// Single commands, each told below.
const COMMANDS: &[&str] = &[
    "create.durable",
    "pair.parsed",
    "pair.pinned",
    "agreement.signed",
    "agreement.kept",
    "rotate.saved",
    "rotate.published",
    "courier.opening",
    "courier.register",
    "courier.entries",
    "courier.batch",
    "courier.kept",
    "courier.chunk",
    "keep.sealed",
    "stage.dropped",
    "keep.durable",
    "register.erased",
];

#[test]
fn every_named_step_is_in_a_table() {
    let tables = OFFERED.iter().chain(FETCHED).map(|(name, ..)| *name);
    let told: BTreeSet<String> = tables
        .chain(COMMANDS.iter().copied())
        .chain(crate::backup::STEPS.iter().copied())
        .map(str::to_owned)
        .collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../service/src");
    let mut named = BTreeSet::new();
    let mut files = Vec::new();
    files_below(&source, &mut files);
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for rest in text.split("steps::at(\"").skip(1) {
            let name = rest.split('"').next().unwrap().to_owned();
            assert!(named.insert(name.clone()), "two steps are named {name}");
        }
    }
    assert!(named.len() > 30);
    assert_eq!(told, named);
}

#[test]
fn killed_at_any_step_of_an_exchange() {
    // The card of A leads nowhere: who does what is then no matter of chance.
    let mut world = Plan::new(NODE).address(Side::A, free_port()).make();
    world.start();
    for (number, row) in OFFERED.iter().enumerate() {
        die_at(&mut world, number, *row);
    }
    Side::BOTH.iter().for_each(|side| world.check_way(*side));
    world.check_doctor(Side::A);
}

#[test]
fn killed_at_any_step_of_fetching() {
    // The card of B leads nowhere, so A never reaches it.
    let mut world = Plan::new(NODE).address(Side::B, free_port()).make();
    world.start();
    for (number, row) in FETCHED.iter().enumerate() {
        die_at(&mut world, number, *row);
    }
    world.drain();
    Side::BOTH.iter().for_each(|side| world.check_way(*side));
    world.check_doctor(Side::B);
}

/// Tells the story with a node that dies at the step, then goes on.
fn die_at(world: &mut World, number: usize, (name, side, count, story): Row) {
    println!("{name} {count} {side:?} {story:?}");
    let scene = Scene::prepare(world, number, story);
    // Whatever the last story left must not reach the step first.
    world.drain();
    world.node_mut(side).kill();
    let at = format!("{name}:{count}");
    assert!(
        world
            .node_mut(side)
            .try_start(&[("PASSERELLE_KILL_AT", &at)]),
        "{at} at start"
    );
    // Who calls whom depends on who backs off: nobody does when the story begins.
    world.await_links(side);
    let told = scene.tell(world);
    let what = format!("{side:?} dies at {at} of {story:?}");
    world.await_death(side, &what);
    world.start();
    if told.is_none() {
        scene.tell(world).expect("nobody dies this time");
    }
    if story == Recall {
        world.recalled.insert(scene.target.clone());
    }
    world.drain();
}

/// One story with what was made ready for it.
struct Scene {
    key: String,
    story: Story,
    content: Vec<u8>,
    target: String,
}

impl Scene {
    fn prepare(world: &mut World, number: usize, story: Story) -> Self {
        let chunks = match story {
            Record => 0,
            File | Recall => 3,
            LargeFile => 34,
        };
        let content = Rng::new(number as u64).bytes((chunks << 20) - usize::from(chunks > 0));
        let key = format!("story-{number}");
        let mut scene = Self {
            key,
            story,
            content,
            target: String::new(),
        };
        if story == Recall {
            let key = format!("{}-target", scene.key);
            let draft = scene.attached(world).unwrap();
            scene.target = world.release(Side::A, &key, &draft);
        }
        scene
    }

    /// A's part; `None` where A died meanwhile.
    fn tell(&self, world: &mut World) -> Option<()> {
        let draft = match self.story {
            Record => draft(Side::A, &self.key, &[]),
            File | LargeFile => self.attached(world)?,
            Recall => recall(Side::A, &self.target),
        };
        let answer = world.node(Side::A).release(&draft, &self.key)?;
        world.note(Side::A, &self.key, &answer);
        Some(())
    }

    fn attached(&self, world: &World) -> Option<Value> {
        let staged = world.node(Side::A).stage("a.bin", &self.content)?;
        let token = staged.json()["token"].as_str().unwrap().to_owned();
        Some(draft(Side::A, &self.key, &[token]))
    }
}

/// The node was killed, not refused.
#[track_caller]
fn killed(ran: passerelle_two_nodes::Ran) {
    assert_eq!(ran.signal, Some(9), "{} {}", ran.out, ran.err);
}

fn at(name: &str) -> [(&str, &str); 1] {
    [("PASSERELLE_KILL_AT", name)]
}

#[test]
fn killed_while_a_node_is_made_paired_and_agrees() {
    let mut world = Plan::new(NODE).bare();
    killed(world.init_with(Side::A, &at("create.durable:1")));
    world.node(Side::A).say("inbox").refused("E_NO_DATA");
    for side in Side::BOTH {
        world.init(side).ok();
        world.write_card(side);
    }
    for step in ["pair.parsed:1", "pair.pinned:1"] {
        killed(world.pair_with(Side::A, &at(step)));
    }
    for side in Side::BOTH {
        world.pair(side).ok();
    }
    let hash = world.draft_agreement("ma-be");
    let sign = ["--yes", "agreement", "sign", "ma-be.toml"];
    for step in ["agreement.kept:1", "agreement.signed:1", "agreement.kept:1"] {
        killed(world.node(Side::A).run_with(&at(step), sign));
    }
    world.node(Side::A).run(sign).ok();
    // Signing and signatures travel by themselves; B dies while it signs.
    world.start();
    let path = format!("/v1/agreements/{hash}");
    let held = |world: &World, side| world.node(side).api().get(&path).unwrap();
    passerelle_two_nodes::until("the text reaches B", || held(&world, Side::B).status == 200);
    world.node_mut(Side::B).kill();
    killed(world.node(Side::B).run_with(
        &at("agreement.kept:1"),
        ["--yes", "agreement", "sign", &hash],
    ));
    world.start();
    world
        .node(Side::B)
        .run(["--yes", "agreement", "sign", &hash])
        .ok();
    passerelle_two_nodes::until("both hold both signatures", || {
        Side::BOTH.iter().all(|side| {
            world.node(*side).nudge(side.other());
            held(&world, *side).json()["in_force"] == true
        })
    });
    world.release(Side::A, "first", &draft(Side::A, "Premier", &[]));
    world.check();
}

#[test]
fn killed_while_keys_are_rotated() {
    for step in ["rotate.saved:1", "rotate.published:1"] {
        let mut world = World::up(NODE);
        world.release(Side::A, "before", &draft(Side::A, "Avant", &[]));
        world.check();
        world.node_mut(Side::A).stop();
        killed(
            world
                .node(Side::A)
                .run_with(&at(step), ["--yes", "card", "rotate"]),
        );
        world.start();
        world.release(Side::A, "after", &draft(Side::A, "Après", &[]));
        world.check();
    }
}

/// Thirteen years later all content has come to its day, records and acts alike. Whatever was
/// erased before the kill stays so; the rest goes the next time.
#[test]
fn killed_while_a_node_keeps_house() {
    let mut world = World::up(NODE);
    let staged = world.node(Side::A).stage("a.bin", &[7; 3 << 20]).unwrap();
    let token = staged.json()["token"].as_str().unwrap().to_owned();
    world.release(Side::A, "due", &draft(Side::A, "Échu", &[token]));
    world.check();
    Side::BOTH
        .iter()
        .for_each(|side| world.node_mut(*side).stop());
    let later = ("PASSERELLE_CLOCK_OFFSET", "410000000");
    for side in Side::BOTH {
        let erased = |world: &World| {
            let list = if side == Side::A { "outbox" } else { "inbox" };
            let rows = world.node(side).say(&format!("--json {list}")).ok();
            let rows: Value = serde_json::from_str(&rows).unwrap();
            rows[0]["erased"] == true
        };
        let keep = |world: &World, step: &str| {
            let env = [later, ("PASSERELLE_KILL_AT", step)];
            world.node(side).run_with(&env, ["keep"])
        };
        killed(keep(&world, "keep.sealed:1"));
        assert!(!erased(&world), "all of it or nothing");
        killed(keep(&world, "keep.durable:1"));
        assert!(erased(&world));
        killed(keep(&world, "register.erased:1"));
        world.node(side).run_with(&[later], ["keep"]).ok();
        let again = world.node(side).run_with(&[later], ["keep"]).ok();
        assert!(again.contains("Nothing was due."), "{again}");
        let mut blobs = Vec::new();
        files_below(&world.node(side).data.join("blobs"), &mut blobs);
        assert!(blobs.is_empty(), "{blobs:?}");
    }
}

/// A file that nobody took up goes after a week, whatever was killed while it went.
#[test]
fn killed_while_an_upload_is_dropped() {
    let mut world = World::up(NODE);
    world.node(Side::A).stage("a.bin", &[7; 3 << 20]).unwrap();
    world.node_mut(Side::A).stop();
    let node = world.node(Side::A);
    let blobs = || {
        let mut blobs = Vec::new();
        files_below(&node.data.join("blobs"), &mut blobs);
        blobs.len()
    };
    node.run_with(&[], ["keep"]).ok();
    assert_eq!(blobs(), 1, "it waits");
    let later = ("PASSERELLE_CLOCK_OFFSET", "800000");
    killed(node.run_with(
        &[later, ("PASSERELLE_KILL_AT", "stage.dropped:1")],
        ["keep"],
    ));
    node.run_with(&[later], ["keep"]).ok();
    assert_eq!(blobs(), 0);
}

#[test]
fn killed_while_a_courier_file_is_written_or_taken() {
    let mut world = Plan::new(NODE).make();
    world.node_mut(Side::A).start();
    for number in 0..3 {
        let key = format!("k{number}");
        let staged = world.node(Side::A).stage("a.bin", &[7; 3 << 20]).unwrap();
        let token = staged.json()["token"].as_str().unwrap().to_owned();
        world.release(Side::A, &key, &draft(Side::A, &key, &[token]));
    }
    world.node_mut(Side::A).stop();
    for (number, step) in ["courier.opening:1", "courier.entries:1"]
        .iter()
        .enumerate()
    {
        let file = format!("cut{number}");
        let export = ["courier", "export", "--to", "be.interior", &file];
        killed(world.node(Side::A).run_with(&at(step), export));
        if world.path(&file).exists() {
            world
                .node(Side::B)
                .run(["courier", "import", &file])
                .refused("E_COURIER");
        }
    }
    world
        .node(Side::A)
        .say("courier export --to be.interior whole")
        .ok();
    for step in [
        "courier.batch:1",
        "courier.kept:1",
        "courier.chunk:1",
        "courier.chunk:5",
    ] {
        killed(
            world
                .node(Side::B)
                .run_with(&at(step), ["courier", "import", "whole"]),
        );
    }
    world.node(Side::B).say("courier import whole").ok();
    world.check();
}
