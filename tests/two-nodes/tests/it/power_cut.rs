//! Power cuts: the device of a running node as it is at one moment, mounted and started anew.

use passerelle_two_nodes::{Disk, Plan, Side, World, draft, note_skip, until};

use crate::NODE;

const RECORDS: usize = 40;

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged() {
    let Some(mut cut) = Cut::new(&[]) else { return };
    let (_disk, mut world) = cut.after();
    world.start();
    // Before anything travels again: what each said before the cut is on its own disk.
    assert_eq!(world.released.len(), cut.acknowledged);
    for side in Side::BOTH {
        let held = world.node(side).lines("outbox").len();
        assert_eq!(held, cut.acknowledged / 2, "released by {side:?}");
    }
    let held = world.node(Side::B).channels()[0]["received"]
        .as_u64()
        .unwrap();
    assert!(
        held >= cut.receipted,
        "{held} held, {} receipted",
        cut.receipted
    );
    world.check();
}

/// The negative control: without flushes the same cut is seen to lose records.
#[test]
fn without_flushes_a_power_cut_is_seen_to_lose_records() {
    let Some(mut cut) = Cut::new(&[("PASSERELLE_SYNC", "off")]) else {
        return;
    };
    let (_disk, mut world) = cut.after();
    let started = Side::BOTH
        .iter()
        .all(|side| world.node_mut(*side).try_start(&[]));
    let held = |side| world.node(side).lines("outbox").len();
    let kept = if started {
        held(Side::A) + held(Side::B)
    } else {
        0
    };
    println!("{kept} of {} acknowledged records kept", cut.acknowledged);
    assert!(
        kept < cut.acknowledged,
        "the harness does not notice a loss"
    );
}

/// Two nodes whose power went while they worked.
struct Cut {
    // The processes that go on without power are killed before their disk goes.
    world: Option<World>,
    disk: Disk,
    acknowledged: usize,
    receipted: u64,
}

impl Cut {
    fn new(env: &[(&str, &str)]) -> Option<Self> {
        let Ok(disk) = Disk::ext4(64) else {
            note_skip("two-nodes power_cut", "no loop devices");
            return None;
        };
        let place = |side: Side| disk.path().join(side.party());
        let plan = Plan::new(NODE)
            .data(Side::A, place(Side::A))
            .data(Side::B, place(Side::B));
        let mut world = plan.make();
        for side in Side::BOTH {
            assert!(world.node_mut(side).try_start(env));
        }
        world.release(Side::A, "first", &draft(Side::A, "Premier", &[]));
        world.release(Side::B, "first", &draft(Side::B, "Premier", &[]));
        world.drain();
        disk.sync();
        for number in 1..RECORDS {
            let key = format!("k{number}");
            for side in Side::BOTH {
                world.release(side, &key, &draft(side, &key, &[]));
            }
        }
        let receipted = |world: &World| {
            world.node(Side::A).channels()[0]["receipted"]
                .as_u64()
                .unwrap()
        };
        until("some of it is receipted", || receipted(&world) > 2);
        let acknowledged = world.released.len();
        let receipted = receipted(&world);
        Side::BOTH
            .iter()
            .for_each(|side| world.node(*side).freeze());
        Some(Self {
            world: Some(world),
            disk,
            acknowledged,
            receipted,
        })
    }

    /// The same nodes on what the device held. The disk outlives them.
    fn after(&mut self) -> (Disk, World) {
        let disk = Disk::after_power_cut(&self.disk).expect("it could be mounted before");
        let mut world = self.world.take().expect("one cut, one world");
        for side in Side::BOTH {
            world.node_mut(side).kill();
            world.node_mut(side).data = disk.path().join(side.party());
        }
        (disk, world)
    }
}
