//! Rows that follow a change are those that all would give.

use passerelle_group::{Deed, Facts, Flag, Kind, Ledger, ObjectRef, Report, Reported, Stage};

use crate::samples::facts;
use crate::world::{World, day, titled};

fn action(world: &mut World, towards: &ObjectRef, after: Vec<ObjectRef>) -> ObjectRef {
    let id = world.open(0, Kind::Action, Some(towards));
    let mut action = match facts(Kind::Action) {
        Some(Facts::Action(action)) => Some(action),
        _ => None,
    }
    .unwrap();
    action.after = after;
    let facts = Box::new(Facts::Action(action));
    world.said(0, &id, Deed::Describe { facts });
    id
}

#[test]
fn only_what_a_change_concerns_is_computed_again() {
    let mut world = World::of(2);
    let mut promised = Vec::new();
    for number in 0..32 {
        let due = ["2026-01-01", "2026-12-01", "2026-03-20"][number % 3];
        promised.push(world.commitment(number % 2, due));
    }
    let first = action(&mut world, &promised[0], Vec::new());
    action(&mut world, &promised[1], vec![first.clone()]);
    // What waits for it is blocked, although nothing was said of that commitment.
    let to = Stage::Cancelled;
    world.said(0, &first, Deed::Move { to });
    let report = Report {
        state: Reported::UnderWay,
        text: titled("Report"),
        evidence: Vec::new(),
    };
    let report = Box::new(report);
    world.said(1, &promised[1], Deed::Report { report });
    let today = day("2026-03-15");
    let mut ledger = Ledger::between(world.parties.clone());
    let mut rows = ledger.rows(today);
    let most = world.journals.iter().map(Vec::len).max().unwrap();
    for size in 1..=most {
        for (party, journal) in world.parties.iter().zip(&world.journals) {
            let journal = journal[..size.min(journal.len())].to_vec();
            let read = u64::try_from(journal.len()).unwrap();
            let touched = ledger.take(party, journal, read).unwrap();
            rows = ledger.rows_after(rows, &touched, today);
            assert_eq!(rows, ledger.rows(today));
        }
    }
    let blocked = rows.iter().filter(|row| row.flag == Flag::Blocked);
    let blocked: Vec<_> = blocked.map(|row| &row.id).collect();
    assert_eq!(blocked, [&promised[1]]);
}
