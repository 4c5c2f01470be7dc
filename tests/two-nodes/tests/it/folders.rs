//! Folders, ports, keys, disks and clocks that are not as they should be.

use std::net::TcpListener;

use passerelle_two_nodes::{Disk, Plan, Side, World, draft, note_skip, until};

use crate::NODE;

#[test]
fn one_folder_is_used_by_one_process() {
    let mut world = World::up(NODE);
    let up = ["up", "--desk", "127.0.0.1:0", "--exchange", "127.0.0.1:0"];
    world.node(Side::A).run(up).refused("E_DATA_IN_USE");
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    world.check();
}

#[test]
fn a_taken_port_is_named_and_nothing_is_changed() {
    let mut world = Plan::new(NODE).make();
    let port = world.node(Side::A).exchange;
    let busy = TcpListener::bind(("127.0.0.1", port)).unwrap();
    assert!(!world.node_mut(Side::A).try_start(&[]));
    let said = world.node(Side::A).logged();
    assert!(
        said.contains("E_PORT_TAKEN") && said.contains(&port.to_string()),
        "{said}"
    );
    drop(busy);
    world.start();
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    world.check();
}

#[test]
fn a_wrong_key_file_opens_nothing_and_harms_nothing() {
    let mut world = Plan::new(NODE).make();
    let (own, other) = (world.key(Side::A), world.key(Side::B));
    let right = std::fs::read(&own).unwrap();
    std::fs::copy(other, &own).unwrap();
    world.node(Side::A).say("inbox").refused("E_PASSPHRASE");
    assert!(!world.node_mut(Side::A).try_start(&[]));
    std::fs::write(&own, right).unwrap();
    world.start();
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    world.check();
}

#[test]
fn a_disk_that_takes_no_writes_is_named_and_nothing_is_lost() {
    let Ok(disk) = Disk::memory(24) else {
        note_skip("two-nodes read_only", "no right to mount");
        return;
    };
    let mut world = Plan::new(NODE)
        .data(Side::A, disk.path().join("node"))
        .make();
    world.node_mut(Side::A).start();
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    world.node_mut(Side::A).stop();
    disk.read_only(true).unwrap();
    assert!(!world.node_mut(Side::A).try_start(&[]));
    let said = world.node(Side::A).logged();
    assert!(said.contains("E_DISK_READ_ONLY"), "{said}");
    let found = world.node(Side::A).say("doctor");
    assert!(
        found.code == 1 && found.out.contains("E_DISK_READ_ONLY"),
        "{}",
        found.out
    );
    disk.read_only(false).unwrap();
    world.check();
}

#[test]
fn a_clock_before_this_program_existed_is_refused() {
    let mut world = Plan::new(NODE).make();
    let past = [("PASSERELLE_CLOCK_OFFSET", "-1600000000")];
    assert!(!world.node_mut(Side::A).try_start(&past));
    assert!(world.node(Side::A).logged().contains("E_CLOCK"));
    world.start();
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    world.check();
}

#[test]
fn a_partner_whose_clock_is_far_off_is_named_and_nothing_is_lost() {
    for days in ["400", "-400"] {
        let mut world = Plan::new(NODE).make();
        world.node_mut(Side::A).start();
        world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
        let seconds = (days.parse::<i64>().unwrap() * 86_400).to_string();
        let moved = [("PASSERELLE_CLOCK_OFFSET", seconds.as_str())];
        assert!(world.node_mut(Side::B).try_start(&moved), "{days} days");
        until("the partner's clock, or its refusal, is named", || {
            Side::BOTH.iter().any(|side| {
                world.node(*side).nudge(side.other());
                let found = world.node(*side).api().get("/v1/doctor").unwrap().text();
                ["E_CLOCK", "E_PEER", "E_CARD"]
                    .iter()
                    .any(|code| found.contains(code))
            })
        });
        world.node_mut(Side::B).kill();
        world.check();
    }
}
