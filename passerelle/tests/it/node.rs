//! A node that runs, and the demonstration.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use crate::run::{World, ran};

/// A running node; killed when a test gives up.
struct Up(Child);

impl Up {
    /// Starts a node on free ports and waits until it says that it runs.
    fn start(world: &World, data: &str) -> Self {
        let any = "127.0.0.1:0";
        let mut command = world.command();
        command.args(["--data", data, "up", "--desk", any, "--exchange", any]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.by_ref().any(|line| line.unwrap().contains("Ctrl-C"));
        assert!(ready, "it never ran");
        Self(child)
    }

    /// Asks it to stop and waits until it has.
    fn stop(mut self) -> i32 {
        let pid = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        self.0.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn commands_reach_a_running_node_and_it_stops_in_order() {
    let world = World::new();
    world.partners();
    let up = Up::start(&world, "ma.interior");
    let run_file = world.path("ma.interior/run.json");
    assert!(run_file.exists());
    std::fs::write(world.path("a.bin"), vec![7; 3 << 20]).unwrap();
    let send = "--data ma.interior send --purpose terrorism --to be.interior/police --subject x \
                --text y --attach a.bin";
    let sent = world.say(send);
    assert!(!sent.err.contains("not running"), "{}", sent.err);
    let id = sent.ok().trim().to_owned();
    let save = format!("--data ma.interior show {id} --save-attachments out");
    world.say(&save).ok();
    assert_eq!(
        std::fs::read(world.path("out/a.bin")).unwrap(),
        vec![7; 3 << 20]
    );
    world
        .say("--data ma.interior courier export --to be.interior file")
        .ok();
    world
        .say("--data ma.interior --yes card rotate")
        .refused(1, "E_NODE_RUNNING");
    let tokens = world.say("--data ma.interior tokens list").ok();
    assert!(tokens.contains("local"), "{tokens}");
    assert_eq!(up.stop(), 0);
    assert!(!run_file.exists());
    let tokens = world.say("--data ma.interior --json tokens list").ok();
    assert_eq!(tokens.trim(), "[]");
}

#[test]
fn a_second_process_is_refused_where_the_first_does_not_answer() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    let up = Up::start(&world, "ma.interior");
    let second = "--data ma.interior up --desk 127.0.0.1:0 --exchange 127.0.0.1:0";
    world.say(second).refused(1, "E_DATA_IN_USE");
    std::fs::remove_file(world.path("ma.interior/run.json")).unwrap();
    let err = world
        .say("--data ma.interior inbox")
        .refused(1, "E_DATA_IN_USE");
    assert!(err.contains("Nothing was changed."), "{err}");
    assert_eq!(up.stop(), 0);
    world.say("--data ma.interior inbox").ok();
}

#[test]
fn what_a_killed_node_left_stops_nobody() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    let mut up = Up::start(&world, "ma.interior");
    up.0.kill().unwrap();
    up.0.wait().unwrap();
    assert!(world.path("ma.interior/run.json").exists());
    world.say("--data ma.interior inbox").ok();
    let up = Up::start(&world, "ma.interior");
    let tokens = world.say("--data ma.interior --json tokens list").ok();
    assert_eq!(tokens.matches("\"local\"").count(), 1, "{tokens}");
    assert_eq!(up.stop(), 0);
}

#[test]
fn a_taken_port_is_named() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = busy.local_addr().unwrap();
    for (desk, exchange) in [
        (taken.to_string(), "127.0.0.1:0".into()),
        ("127.0.0.1:0".into(), taken.to_string()),
    ] {
        let line = format!("--data ma.interior up --desk {desk} --exchange {exchange}");
        let err = world.say(&line).refused(1, "E_PORT_TAKEN");
        assert!(err.contains(&taken.to_string()), "{err}");
    }
    assert!(!world.path("ma.interior/run.json").exists());
}

#[test]
fn tokens_are_made_shown_once_and_taken_back() {
    let world = World::new();
    world.node("ma.interior", &["liaison"]);
    let secret = world
        .say("--data ma.interior tokens new archive --scope read,send")
        .ok();
    let listed = world.say("--data ma.interior --json tokens list").ok();
    assert!(
        !listed.contains(secret.trim()) && listed.contains("archive"),
        "{listed}"
    );
    let id = listed
        .split("\"id\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    world
        .say(&format!("--data ma.interior tokens revoke {id}"))
        .ok();
    assert_eq!(
        world
            .say("--data ma.interior --json tokens list")
            .ok()
            .trim(),
        "[]"
    );
}

/// A demonstration looks which ports are free before it makes its nodes and listens after; two
/// at once may find the same ones.
fn one_demonstration() -> std::sync::MutexGuard<'static, ()> {
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    ONE.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[test]
fn the_demonstration_ends_with_verified_receipts_and_no_control_codes() {
    let _alone = one_demonstration();
    let world = World::new();
    let text = "الجملة الأولى\nLa deuxième phrase\n";
    std::fs::write(world.path("note.txt"), text).unwrap();
    let run = world.say("demo --headless --exit --dir shown --language fr --with note.txt");
    let out = run.ok();
    assert!(out.contains("1/1 ✓") && !out.contains('\u{1b}'), "{out}");
    let shown = world.path("shown");
    assert!(shown.join("receipts/rabat.card").exists());
    assert!(!shown.join("rabat/run.json").exists());
    let inbox = world.say("--data shown/brussels inbox").ok();
    assert!(inbox.contains("note.txt"), "{inbox}");
    the_group_is_the_same_on_both_sides(&world);
}

/// Every way that a commitment can go stands on both boards, and commands find their object.
fn the_group_is_the_same_on_both_sides(world: &World) {
    let boards = ["rabat", "brussels"].map(|side| {
        let board = world.say(&format!("--data shown/{side} --json group board"));
        serde_json::from_str::<serde_json::Value>(&board.ok()).unwrap()
    });
    assert_eq!(boards[0], boards[1]);
    for flag in ["on-track", "at-risk", "blocked", "late", "disputed"] {
        assert!(boards[0]["flags"][flag].as_u64() > Some(0), "{flag}");
    }
    let columns = boards[0]["columns"].as_array().unwrap();
    for progress in [
        "proposed",
        "agreed",
        "under-way",
        "reported-done",
        "fulfilled",
    ] {
        let column = columns.iter().find(|column| column["progress"] == progress);
        assert!(column.unwrap()["count"].as_u64() > Some(0), "{progress}");
    }
    let objects = world.say("--data shown/brussels --json group objects --kind commitment");
    let objects: serde_json::Value = serde_json::from_str(&objects.ok()).unwrap();
    let ours = |line: &&serde_json::Value| line["waits_for"] == serde_json::json!(["be.interior"]);
    let waits = objects.as_array().unwrap().iter().find(ours).unwrap();
    let object = waits["object"].as_str().unwrap();
    let shown = world.say(&format!("--data shown/brussels group show {object}"));
    assert!(
        shown
            .ok()
            .contains("waits for the signature of be.interior")
    );
    let accept = "group accept --officer brussel-secretaris --unit gmmp";
    world
        .say(&format!("--data shown/brussels {accept} {object}"))
        .ok();
    let shown = world.say(&format!("--data shown/brussels group show {object}"));
    assert!(shown.ok().contains("signed by be.interior"));
    let again = world.say(&format!("--data shown/brussels {accept} {object}"));
    again.refused(1, "E_NOT_OPEN");
    let page = world.say("--data shown/rabat group briefing").ok();
    assert!(page.contains("diverging: 1"), "{page}");
    let matrix = world.say("--data shown/rabat group matrix").ok();
    assert!(
        matrix.contains("education") && matrix.contains("nobody:"),
        "{matrix}"
    );
}

#[test]
fn the_sample_cases_all_end_in_receipts() {
    let _alone = one_demonstration();
    let world = World::new();
    let out = world.say("demo --headless --exit --language ar").ok();
    assert!(out.contains("7/7 ✓"), "{out}");
    let left = crate::run::listing(&world.path("."));
    assert_eq!(left, Vec::<String>::new(), "its folder goes with it");
}

#[test]
fn a_demonstration_that_cannot_be_shown_exits_1() {
    let _alone = one_demonstration();
    let world = World::new();
    world
        .say("demo --headless --exit --with none")
        .refused(1, "E_NO_FILE");
    let mut command = world.command();
    command.args(["demo", "--headless", "--exit", "--with", "/"]);
    ran(command.output().unwrap()).refused(1, "E_NOT_A_FILE");
}
