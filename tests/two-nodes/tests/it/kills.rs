//! kill -9 at random times while four senders send. `PASSERELLE_KILLS` for more than ten.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use passerelle_two_nodes::{Rng, Side, World, draft, until};

use crate::{NODE, wanted};

const SENDERS: u64 = 4;

#[test]
fn killed_at_random_times_under_load() {
    let seed = wanted("PASSERELLE_SEED", 1);
    println!("PASSERELLE_SEED={seed}");
    let mut rng = Rng::new(seed);
    let world = Mutex::new(World::up(NODE));
    let (done, sent) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (world, done, sent) = (&world, &done, &sent);
            scope.spawn(move || {
                let mut number = 0;
                while !done.load(Ordering::Acquire) {
                    send(world, sender, number);
                    number += 1;
                    sent.fetch_add(1, Ordering::AcqRel);
                }
            });
        }
        for _ in 0..wanted("PASSERELLE_KILLS", 10) {
            // Counted in records, so that every machine kills in the middle of work.
            let goal = sent.load(Ordering::Acquire) + 2 + rng.below(30);
            until("records are released", || {
                sent.load(Ordering::Acquire) >= goal
            });
            let side = Side::BOTH[usize::try_from(rng.below(2)).unwrap()];
            let mut world = world.lock().unwrap();
            world.node_mut(side).kill();
            world.start();
        }
        done.store(true, Ordering::Release);
    });
    let mut world = world.into_inner().unwrap();
    println!("{} records", world.released.len());
    world.check();
}

/// Repeats one release, under one key, until the node says that it is done.
fn send(world: &Mutex<World>, sender: u64, number: u64) {
    let side = if sender.is_multiple_of(2) {
        Side::A
    } else {
        Side::B
    };
    let key = format!("{sender}-{number}");
    until("a record is released", || {
        // The lock is not held while the call is under way: the node may be killed then.
        let api = world.lock().unwrap().node(side).api().clone();
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        let body = draft(side, &key, &[]).to_string();
        match api.post("/v1/records", &headers, body.as_bytes()) {
            Ok(answer) => {
                world.lock().unwrap().note(side, &key, &answer);
                true
            }
            Err(_) => false,
        }
    });
}

/// The negative control: a record that was acknowledged and is not there is noticed.
#[test]
#[should_panic(expected = "released and acknowledged")]
fn a_lost_record_is_noticed() {
    let mut world = World::up(NODE);
    world.release(Side::A, "k", &draft(Side::A, "Un", &[]));
    let lost = ((Side::A, "lost".to_owned()), "0".repeat(32));
    world.released.extend([lost]);
    world.check();
}
