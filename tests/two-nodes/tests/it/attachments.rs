//! A large attachment: goes on after kill -9, with flat memory. `PASSERELLE_ATTACHMENT_MIB` for
//! more than 64.

use passerelle_two_nodes::{Line, Plan, Rng, Side, until};

use crate::{NODE, wanted};

/// What a node may need beyond what it needs idle, in KiB.
const MOST_KIB: u64 = 64 * 1024;

#[test]
fn a_large_attachment_goes_on_after_a_kill_with_flat_memory() {
    let mib = wanted("PASSERELLE_ATTACHMENT_MIB", 64);
    let plan = Plan::new(NODE);
    let line = Line::to(plan.port(Side::B));
    // A cannot be called: everything goes through the line.
    let plan = plan.address(Side::B, line.port());
    let nowhere = passerelle_two_nodes::free_port();
    let mut world = plan.address(Side::A, nowhere).make();
    let at = format!("chunk.append:{}", mib * 5 / 8);
    assert!(
        world
            .node_mut(Side::B)
            .try_start(&[("PASSERELLE_KILL_AT", &at)])
    );
    world.node_mut(Side::A).start();
    let idle = world.node(Side::A).most_memory_kib();
    let piece = Rng::new(1).bytes(1 << 20);
    let path = world.path("large.bin");
    let mut file = std::fs::File::create(&path).unwrap();
    for _ in 0..mib {
        std::io::Write::write_all(&mut file, &piece).unwrap();
    }
    let args = [
        "send",
        "--to",
        "be.interior/liaison",
        "--subject",
        "Grand",
        "--text",
        "x",
        "--purpose",
        "terrorism",
        "--attach",
        path.to_str().unwrap(),
    ];
    let record = world.node(Side::A).run(args).ok().trim().to_owned();
    world.released.insert((Side::A, "k".into()), record.clone());
    world.node_mut(Side::B).await_death("B dies in the middle");
    let before = line.count();
    assert!(before > mib << 19, "{before} bytes went before the kill");
    world.node_mut(Side::B).start();
    let idle_again = world.node(Side::B).most_memory_kib();
    until("the attachment is whole", || {
        world.node(Side::A).nudge(Side::B);
        let shown = world
            .node(Side::B)
            .api()
            .get(&format!("/v1/records/{record}"))
            .unwrap();
        shown.status == 200 && shown.json()["files"][0]["complete"] == true
    });
    // What was flushed is not sent again: 3/8 were missing, 1/8 may be repeated.
    let after = line.count() - before;
    assert!(
        after < mib << 19,
        "{after} bytes of {mib} MiB went after the kill"
    );
    let used = world.node(Side::A).most_memory_kib() - idle;
    assert!(used <= MOST_KIB, "the sender needed {used} KiB more");
    let used = world.node(Side::B).most_memory_kib() - idle_again;
    assert!(used <= MOST_KIB, "the receiver needed {used} KiB more");
    let out = world.path("out");
    let save = ["show", &record, "--save-attachments", out.to_str().unwrap()];
    world.node(Side::B).run(save).ok();
    let same = std::process::Command::new("cmp")
        .arg(&path)
        .arg(out.join("large.bin"))
        .status();
    assert!(same.unwrap().success());
    world.drain();
    world.check_way(Side::A);
}
