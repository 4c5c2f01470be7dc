//! A full disk, on the side that releases and on the side that receives.

use passerelle_two_nodes::{Disk, Plan, Side, World, draft, note_skip, until};

use crate::NODE;

#[test]
fn a_sender_with_a_full_disk_says_so_and_goes_on_later() {
    let Some((disk, mut world)) = on_small_disk(Side::A) else {
        return;
    };
    disk.fill_but(64);
    let mut failed = None;
    for number in 0..400 {
        let key = format!("k{number}");
        let answer = world
            .node(Side::A)
            .release(&draft(Side::A, &key, &[]), &key)
            .unwrap();
        if answer.status != 201 {
            failed = Some((key, answer));
            break;
        }
        world.note(Side::A, &key, &answer);
    }
    let (key, answer) = failed.expect("the disk is full");
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (507, "E_DISK_FULL")
    );
    let staged = world.node(Side::A).stage("a.bin", &[7; 1 << 20]).unwrap();
    assert_eq!(staged.code(), "E_DISK_FULL");
    let found = world.node(Side::A).say("doctor");
    assert!(found.out.contains("E_DISK_FULL"), "{}", found.out);
    disk.empty();
    world.release(Side::A, &key, &draft(Side::A, &key, &[]));
    world.check();
}

#[test]
fn a_receiver_with_a_full_disk_acknowledges_nothing_it_does_not_hold() {
    let Some((disk, mut world)) = on_small_disk(Side::B) else {
        return;
    };
    disk.fill_but(64);
    let mut number = 0;
    let waiting = |world: &World| world.node(Side::A).channels()[0]["waiting"].as_u64();
    until("B can take no more", || {
        let key = format!("k{number}");
        number += 1;
        world.release(Side::A, &key, &draft(Side::A, &key, &[]));
        let link = world
            .node(Side::A)
            .api()
            .get("/v1/partners")
            .unwrap()
            .json();
        let said = &link[0]["link"]["last_error"];
        world.node(Side::A).nudge(Side::B);
        said == "E_DISK_FULL" && waiting(&world) > Some(0)
    });
    disk.empty();
    world.check();
}

/// Two nodes that run, one of them on a disk of 24 MiB.
fn on_small_disk(side: Side) -> Option<(Disk, World)> {
    let Ok(disk) = Disk::memory(24) else {
        note_skip("two-nodes disk_full", "no right to mount");
        return None;
    };
    let mut world = Plan::new(NODE).data(side, disk.path().join("node")).make();
    world.start();
    world.release(Side::A, "first", &draft(Side::A, "Premier", &[]));
    world.drain();
    Some((disk, world))
}
