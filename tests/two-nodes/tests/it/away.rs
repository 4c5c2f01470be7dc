//! A partner that is away for weeks, and exchange by courier alone.

use passerelle_two_nodes::{Plan, Side, World, draft};

use crate::NODE;

/// Three weeks, in seconds.
const WEEKS: &str = "1814400";

#[test]
fn everything_arrives_after_weeks() {
    let mut world = Plan::new(NODE).make();
    world.node_mut(Side::A).start();
    for number in 0..300 {
        let key = format!("k{number}");
        world.release(Side::A, &key, &draft(Side::A, &key, &[]));
    }
    world.node_mut(Side::A).stop();
    for side in Side::BOTH {
        assert!(
            world
                .node_mut(side)
                .try_start(&[("PASSERELLE_CLOCK_OFFSET", WEEKS)])
        );
    }
    world.check();
}

#[test]
fn everything_goes_by_courier_both_ways() {
    let mut world = Plan::new(NODE).make();
    let releases = |world: &mut World, side: Side, keys: &[&str]| {
        world.node_mut(side).start();
        for key in keys {
            let staged = world.node(side).stage("a.bin", &[9; 2_500_000]).unwrap();
            let token = staged.json()["token"].as_str().unwrap().to_owned();
            world.release(side, key, &draft(side, key, &[token]));
        }
        world.node_mut(side).stop();
    };
    releases(&mut world, Side::A, &["a1", "a2"]);
    export(&world, Side::A, "a-first");
    releases(&mut world, Side::A, &["a3"]);
    export(&world, Side::A, "a-second");
    releases(&mut world, Side::B, &["b1"]);
    export(&world, Side::B, "b-first");
    cut(&world, "a-second", "a-cut");
    // The cut one, the later one, it again, then the earlier one.
    import(&world, Side::B, "a-cut").refused("E_COURIER_CUT");
    import(&world, Side::B, "a-second").ok();
    import(&world, Side::B, "a-second").ok();
    import(&world, Side::B, "a-first").ok();
    import(&world, Side::A, "b-first").ok();
    for round in 0..3 {
        for side in Side::BOTH {
            let file = format!("{}-{round}", side.party());
            export(&world, side, &file);
            import(&world, side.other(), &file).ok();
        }
    }
    // Nothing is left to travel before the two ever meet on a network.
    for key in ["a1", "a2", "a3"] {
        let record = world.released[&(Side::A, key.to_owned())].clone();
        let receipt = world.path(&format!("{key}.receipt"));
        world
            .node(Side::A)
            .run(["receipt", &record, "--out", receipt.to_str().unwrap()])
            .ok();
        let cards = Side::BOTH.map(|side| world.card(side));
        let [a, b] = cards.each_ref().map(|card| card.to_str().unwrap());
        let args = [
            "verify",
            receipt.to_str().unwrap(),
            "--card",
            a,
            "--card",
            b,
        ];
        world.node(Side::B).run(args).ok();
    }
    let list = world.node(Side::B).say("--json inbox").ok();
    assert_eq!(list.matches("\"complete\"").count(), 3, "{list}");
    world.check();
}

fn export(world: &World, side: Side, file: &str) {
    let to = side.other().party();
    world
        .node(side)
        .run(["courier", "export", "--to", to, file])
        .ok();
}

fn import(world: &World, side: Side, file: &str) -> passerelle_two_nodes::Ran {
    world.node(side).run(["courier", "import", file])
}

fn cut(world: &World, file: &str, short: &str) {
    let bytes = std::fs::read(world.path(file)).unwrap();
    std::fs::write(world.path(short), &bytes[..bytes.len() * 2 / 3]).unwrap();
}
