//! Indicators: series, roll-ups, doubts.

use passerelle_group::{
    Aggregation, Deed, Doubt, Error, Kind, ObjectRef, ObservationStanding as Standing, Period,
    Series, Sex, Terms,
};

use crate::samples::{indicator, period};
use crate::world::{World, offer, parsed, revision};

/// An indicator of the first party, its terms offered.
fn catalogued(world: &mut World, rule: Aggregation, parts: &[&ObjectRef]) -> ObjectRef {
    let id = world.open(0, Kind::Indicator, None);
    define(world, &id, rule, parts);
    id
}

fn define(world: &mut World, id: &ObjectRef, rule: Aggregation, parts: &[&ObjectRef]) {
    let mut parts: Vec<ObjectRef> = parts.iter().map(|part| (*part).clone()).collect();
    parts.sort();
    let terms = Terms::Indicator(indicator(rule, parts));
    world.said(0, id, offer(revision("Indicator", None, terms)));
}

fn plain(from: &str, until: &str, actual: &str) -> Period {
    let cells = Vec::new();
    Period {
        cells,
        ..period(from, until, Some(actual))
    }
}

fn observe(world: &mut World, by: usize, id: &ObjectRef, period: Period) {
    world.said(
        by,
        id,
        Deed::Observe {
            period: Box::new(period),
        },
    );
}

fn quarter(world: &mut World, by: usize, id: &ObjectRef, number: usize, actual: &str) {
    let (from, until) = [
        ("2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
    ][number];
    observe(world, by, id, plain(from, until, actual));
}

fn series(world: &World, id: &ObjectRef) -> Series {
    world.ledgers[0].series(world.object(id))
}

fn total(world: &World, id: &ObjectRef) -> Option<String> {
    series(world, id)
        .total
        .map(|total| total.into_value().to_string())
}

fn doubts(world: &World, id: &ObjectRef) -> Vec<Doubt> {
    series(world, id)
        .values
        .into_iter()
        .flat_map(|value| value.doubts)
        .collect()
}

#[test]
fn each_rule_of_aggregation() {
    for (rule, expected) in [
        (Aggregation::Sum, Some("7.5")),
        (Aggregation::Mean, Some("2.5")),
        (Aggregation::Last, Some("4")),
        (Aggregation::None, None),
    ] {
        let mut world = World::of(2);
        let id = catalogued(&mut world, rule, &[]);
        assert_eq!(total(&world, &id), None);
        // Told in any order; the newest is the newest period.
        quarter(&mut world, 0, &id, 2, "4");
        quarter(&mut world, 1, &id, 0, "1.5");
        quarter(&mut world, 0, &id, 1, "2");
        assert_eq!(total(&world, &id).as_deref(), expected, "{rule}");
    }
}

#[test]
fn a_missing_value_is_no_zero() {
    let mut world = World::of(2);
    let id = catalogued(&mut world, Aggregation::Mean, &[]);
    quarter(&mut world, 0, &id, 0, "4");
    observe(&mut world, 0, &id, period("2026-04-01", "2026-06-30", None));
    assert_eq!(total(&world, &id).as_deref(), Some("4"));
    assert_eq!(series(&world, &id).values.len(), 2);
}

#[test]
fn a_whole_is_its_parts_counted_once() {
    let mut world = World::of(2);
    let (a, b) = (
        catalogued(&mut world, Aggregation::Sum, &[]),
        catalogued(&mut world, Aggregation::Sum, &[]),
    );
    let whole = catalogued(&mut world, Aggregation::Sum, &[&a, &b]);
    quarter(&mut world, 0, &a, 0, "3");
    quarter(&mut world, 1, &b, 0, "4");
    assert_eq!(total(&world, &whole).as_deref(), Some("7"));
    // What most reports do: the whole repeats the sum. It is not added.
    quarter(&mut world, 0, &whole, 0, "7");
    assert_eq!(total(&world, &whole).as_deref(), Some("7"));
    assert_eq!(doubts(&world, &whole), []);
    quarter(&mut world, 0, &whole, 0, "9");
    assert_eq!(total(&world, &whole).as_deref(), Some("7"));
    assert_eq!(doubts(&world, &whole), [Doubt::PartsDiffer]);
}

#[test]
fn parts_of_parts_circles_and_two_wholes() {
    let mut world = World::of(2);
    let leaf = catalogued(&mut world, Aggregation::Sum, &[]);
    quarter(&mut world, 0, &leaf, 0, "5");
    let left = catalogued(&mut world, Aggregation::Sum, &[&leaf]);
    let right = catalogued(&mut world, Aggregation::Sum, &[&leaf]);
    let top = catalogued(&mut world, Aggregation::Sum, &[&left, &right]);
    assert_eq!(total(&world, &left).as_deref(), Some("5"));
    assert_eq!(
        total(&world, &top).as_deref(),
        Some("5"),
        "under two wholes, once"
    );
    let (one, two) = (
        world.open(0, Kind::Indicator, None),
        world.open(0, Kind::Indicator, None),
    );
    define(&mut world, &one, Aggregation::Sum, &[&one, &two]);
    define(&mut world, &two, Aggregation::Sum, &[&one]);
    quarter(&mut world, 0, &two, 0, "2");
    assert_eq!(total(&world, &one).as_deref(), Some("2"), "a circle ends");
}

#[test]
fn a_whole_says_of_how_many_parts_it_is() {
    let mut world = World::of(2);
    let covers = |world: &World, id: &ObjectRef| {
        let coverage = series(world, id).coverage;
        coverage.map(|coverage| {
            let coverage = coverage.into_value();
            (coverage.known, coverage.of, coverage.is_partial())
        })
    };
    let (a, b, c) = (
        catalogued(&mut world, Aggregation::Sum, &[]),
        catalogued(&mut world, Aggregation::Sum, &[]),
        catalogued(&mut world, Aggregation::Sum, &[]),
    );
    let inner = catalogued(&mut world, Aggregation::Sum, &[&b, &c]);
    let whole = catalogued(&mut world, Aggregation::Sum, &[&a, &inner]);
    assert_eq!(covers(&world, &a), None, "it has no parts");
    // Nothing is known: the inner whole is one missing part of the outer one.
    assert_eq!(covers(&world, &whole), Some((0, 2, true)));
    quarter(&mut world, 0, &a, 0, "3");
    quarter(&mut world, 0, &b, 0, "4");
    assert_eq!(total(&world, &whole).as_deref(), Some("7"));
    assert_eq!(covers(&world, &whole), Some((2, 3, true)));
    quarter(&mut world, 1, &c, 0, "5");
    assert_eq!(total(&world, &whole).as_deref(), Some("12"));
    assert_eq!(covers(&world, &whole), Some((3, 3, false)));
    // A contested value enters no sum: its part is missing again.
    judge(&mut world, 0, &c, 0, true);
    assert_eq!(covers(&world, &whole), Some((2, 3, true)));
    // A part that nobody has read yet is missing too.
    let nowhere: ObjectRef = crate::world::parsed("ma.first~000000000000000000000000000000ff");
    let wide = catalogued(&mut world, Aggregation::Sum, &[&a, &nowhere]);
    assert_eq!(covers(&world, &wide), Some((1, 2, true)));
}

#[test]
fn the_last_of_parts_is_the_newest_period() {
    let mut world = World::of(2);
    let (a, b) = (
        catalogued(&mut world, Aggregation::Last, &[]),
        catalogued(&mut world, Aggregation::Last, &[]),
    );
    let whole = catalogued(&mut world, Aggregation::Last, &[&a, &b]);
    quarter(&mut world, 0, &a, 1, "8");
    quarter(&mut world, 0, &b, 0, "3");
    assert_eq!(total(&world, &whole).as_deref(), Some("8"));
}

#[test]
fn a_deep_pile_of_parts_ends() {
    let mut world = World::of(2);
    let mut id = catalogued(&mut world, Aggregation::Sum, &[]);
    quarter(&mut world, 0, &id, 0, "1");
    for level in 0..=passerelle_group::MAX_LEVELS {
        assert_eq!(total(&world, &id).as_deref(), Some("1"), "level {level}");
        id = catalogued(&mut world, Aggregation::Sum, &[&id]);
    }
    assert_eq!(total(&world, &id), None);
}

fn judge(world: &mut World, by: usize, id: &ObjectRef, of: usize, contested: bool) {
    let told = world.object(id).observations()[of].stamp().clone();
    world.said(
        by,
        id,
        Deed::Judge {
            party: told.by,
            record: told.record,
            contested,
            text: None,
        },
    );
}

fn standings(world: &World, id: &ObjectRef) -> Vec<Standing> {
    let object = world.object(id);
    let all = object.observations().iter();
    all.map(|told| object.standing(told).into_value()).collect()
}

#[test]
fn contested_values_are_left_out_and_corrected_ones_gone() {
    let mut world = World::of(3);
    let id = catalogued(&mut world, Aggregation::Sum, &[]);
    quarter(&mut world, 0, &id, 0, "3");
    quarter(&mut world, 0, &id, 1, "4");
    assert_eq!(standings(&world, &id), [Standing::Preliminary; 2]);
    judge(&mut world, 1, &id, 0, true);
    judge(&mut world, 2, &id, 0, false);
    assert_eq!(
        standings(&world, &id)[0],
        Standing::Contested,
        "one is enough"
    );
    assert_eq!(total(&world, &id).as_deref(), Some("4"));
    judge(&mut world, 1, &id, 0, false);
    assert_eq!(standings(&world, &id)[0], Standing::Validated);
    quarter(&mut world, 0, &id, 0, "5");
    assert_eq!(
        standings(&world, &id),
        [
            Standing::Corrected,
            Standing::Preliminary,
            Standing::Preliminary
        ]
    );
    assert_eq!(total(&world, &id).as_deref(), Some("9"));
    let own = world.object(&id).observations()[0].stamp().clone();
    let judge = |party, record| Deed::Judge {
        party,
        record,
        contested: true,
        text: None,
    };
    assert_eq!(
        world.refused(0, &id, judge(own.by.clone(), own.record)),
        Error::NotTheirs
    );
    let unknown = passerelle_model::RecordId::new([9; 16]);
    assert_eq!(
        world.refused(1, &id, judge(own.by, unknown)),
        Error::Unknown
    );
}

#[test]
fn a_judgement_is_of_every_value_of_the_record() {
    let mut world = World::of(2);
    let id = catalogued(&mut world, Aggregation::Sum, &[]);
    let values = [
        plain("2026-01-01", "2026-03-31", "1"),
        plain("2026-04-01", "2026-06-30", "2"),
    ];
    let deeds = values.map(|period| Deed::Observe {
        period: Box::new(period),
    });
    world.say(0, Some(&id), deeds.to_vec()).unwrap();
    world.sync();
    judge(&mut world, 1, &id, 1, true);
    assert_eq!(standings(&world, &id), [Standing::Contested; 2]);
}

#[test]
fn overlapping_values_are_counted_once() {
    let mut world = World::of(2);
    let id = catalogued(&mut world, Aggregation::Sum, &[]);
    quarter(&mut world, 0, &id, 0, "3");
    quarter(&mut world, 1, &id, 0, "4");
    observe(&mut world, 0, &id, plain("2026-03-31", "2026-05-31", "5"));
    assert_eq!(doubts(&world, &id), [Doubt::Overlap; 2]);
    assert_eq!(total(&world, &id).as_deref(), Some("3"));
    assert_eq!(series(&world, &id).values.len(), 3, "but all are shown");
}

#[test]
fn far_above_and_more_in_the_cells_than_in_all() {
    let mut world = World::of(2);
    let id = catalogued(&mut world, Aggregation::Sum, &[]);
    quarter(&mut world, 0, &id, 0, "30");
    assert_eq!(doubts(&world, &id), [], "three times the target");
    quarter(&mut world, 0, &id, 1, "30.000001");
    assert_eq!(doubts(&world, &id), [Doubt::FarAbove]);
    let mut over = plain("2026-07-01", "2026-09-30", "10");
    let cell = |sex, value: &str| passerelle_group::Cell {
        sex: Some(sex),
        age: None,
        region: None,
        value: parsed(value),
    };
    over.cells = vec![cell(Sex::Female, "6"), cell(Sex::Male, "4")];
    observe(&mut world, 0, &id, over.clone());
    assert_eq!(doubts(&world, &id), [Doubt::FarAbove]);
    over.cells[1].value = parsed("4.1");
    observe(&mut world, 0, &id, over);
    assert_eq!(doubts(&world, &id), [Doubt::FarAbove, Doubt::CellsExceed]);
}
