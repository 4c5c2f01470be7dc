//! Honest parties over all kinds of objects, read in any order.

use passerelle_group::{Event, Kind, Ledger};
use proptest::prelude::*;

use crate::samples::deeds;
use crate::world::{World, picture};

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody opens something.
    Open { by: usize, kind: usize, under: bool },
    /// Somebody says something of something, by a clock of their own.
    Say {
        by: usize,
        of: usize,
        what: usize,
        clock: u64,
    },
    /// Somebody reads one event more of a journal.
    Read { by: usize, of: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let party = || 0..3_usize;
    prop_oneof![
        1 => (party(), 0..Kind::ALL.len(), any::<bool>())
            .prop_map(|(by, kind, under)| Step::Open { by, kind, under }),
        12 => (party(), 0..3_usize, 0..1_000_usize, 0..100_000_000_u64)
            .prop_map(|(by, of, what, clock)| Step::Say { by, of, what, clock }),
        8 => (party(), party()).prop_map(|(by, of)| Step::Read { by, of }),
    ]
}

fn take(world: &mut World, step: &Step) {
    let count = world.parties.len();
    match *step {
        Step::Open { by, kind, under } => {
            let by = by % count;
            let parent = world.ledgers[by]
                .objects()
                .next()
                .map(|object| object.id().clone());
            let deed = passerelle_group::Deed::Open {
                kind: Kind::ALL[kind],
                parent: parent.filter(|_| under),
                chair: world.parties[kind % count].clone(),
            };
            world.say(by, None, vec![deed]).unwrap();
        }
        Step::Say {
            by,
            of,
            what,
            clock,
        } => {
            let by = by % count;
            let ids: Vec<_> = world.ledgers[by]
                .objects()
                .map(|object| object.id().clone())
                .collect();
            let Some(id) = ids.get(of % ids.len().max(1)) else {
                return;
            };
            let all = deeds(world, by, id, clock);
            world.millis = 1_770_000_000_000 + clock;
            // The first that may be said, from any place on.
            for at in 0..all.len() {
                let deed = all[(what + at) % all.len()].clone();
                if world.say(by, Some(id), vec![deed]).is_ok() {
                    return;
                }
            }
        }
        Step::Read { by, of } => {
            let (by, of) = (by % count, of % count);
            let read = usize::try_from(world.ledgers[by].read(&world.parties[of])).unwrap();
            world.read_to(by, of, (read + 1).min(world.journals[of].len()));
        }
    }
}

/// A node that comes late and reads the journals in pieces, in this order.
fn read_in(world: &World, order: &[usize]) -> Ledger {
    let mut ledger = Ledger::between(world.parties.clone());
    let last = 0..world.parties.len();
    let whole = last.map(|of| (of, world.journals[of].len()));
    let mut sizes = vec![0; world.parties.len()];
    let pieces = order.iter().map(|of| {
        let of = of % world.parties.len();
        sizes[of] = (sizes[of] + 2).min(world.journals[of].len());
        (of, sizes[of])
    });
    let pieces: Vec<(usize, usize)> = pieces.collect();
    for (of, size) in pieces.into_iter().chain(whole) {
        let events = world.journals[of][..size].to_vec();
        let size = u64::try_from(size).unwrap();
        ledger.take(&world.parties[of], events, size).unwrap();
    }
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// What a node allows counts everywhere, and all come to hold the same.
    #[test]
    fn all_hold_the_same_in_whatever_order_they_read(
        parties in 2..=3_usize,
        steps in prop::collection::vec(step(), 0..160),
        order in prop::collection::vec(0..3_usize, 0..80),
    ) {
        let mut world = World::of(parties);
        for step in [Step::Open { by: 0, kind: 4, under: false }].iter().chain(&steps) {
            take(&mut world, step);
        }
        world.sync();
        let ledger = &world.ledgers[0];
        prop_assert_eq!(ledger.waiting(), 0);
        prop_assert_eq!(ledger.odd(), &[]);
        for object in ledger.objects() {
            prop_assert_eq!(object.ignored(), &[]);
            prop_assert_eq!(object.offers().breaches(), &[]);
        }
        let late = read_in(&world, &order);
        prop_assert_eq!(picture(&late), picture(ledger));
        for told in world.journals.iter().flatten() {
            let json = told.event.to_json().unwrap();
            prop_assert_eq!(&Event::parse(&json).unwrap(), &told.event);
        }
    }
}
