//! Events of the joint group.

use passerelle_group::{Deed, Event, Kind, Ledger, Seen, Told};
use passerelle_model::{Lang, PartyId, RecordId, UtcTime};

use crate::{one_form, taken};

/// `Event::parse`; then what is said is taken by a ledger with an object of each kind, and
/// everything that follows is computed.
pub(crate) fn event(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let written = |event: &Event| event.to_json().unwrap_or_default().into_bytes();
    let Some(event) = one_form(bytes, Event::parse(text), written) else {
        return false;
    };
    let (Some(chair), Some(second)) = (party("be.chair"), party("ma.second")) else {
        return false;
    };
    let parties = [chair.clone(), second.clone()];
    let mut ledger = Ledger::between(parties.clone());
    let opened = Kind::ALL.iter().map(|kind| Event {
        object: None,
        seen: Seen::default(),
        deeds: vec![Deed::Open {
            kind: *kind,
            parent: None,
            chair: chair.clone(),
        }],
    });
    read(&mut ledger, &chair, opened.chain([event.clone()]).collect());
    read(&mut ledger, &second, vec![event]);
    look(&ledger, &parties);
    true
}

fn read(ledger: &mut Ledger, party: &PartyId, events: Vec<Event>) {
    let (Some(officer), Some(function)) = ("a".parse().ok(), "b".parse().ok()) else {
        return;
    };
    let told = (0..).zip(events).map(|(index, event)| Told {
        by: party.clone(),
        index,
        record: RecordId::new(u128::from(index + 1).to_be_bytes()),
        time: UtcTime::from_millis(0),
        officer: Clone::clone(&officer),
        function: Clone::clone(&function),
        erased: None,
        event,
    });
    let told: Vec<Told> = told.collect();
    let size = told.len() as u64;
    let _ = taken(ledger.take(party, told, size));
}

/// What is agreed is signed by all, and nothing panics.
fn look(ledger: &Ledger, parties: &[PartyId]) {
    let today = UtcTime::from_millis(0).day();
    for object in ledger.objects() {
        let _ = (object.title(Lang::Fr), object.stage(), object.progress());
        let _ = (ledger.series(object), object.due_history());
        for agreed in object.offers().history() {
            assert_eq!(
                agreed.signatures().len(),
                parties.len(),
                "not signed by all"
            );
        }
    }
    let rows = ledger.rows(today);
    let _ = (ledger.matrix(&rows, false), ledger.matrix(&rows, true));
    for me in parties {
        let _ = ledger.briefing(me, &rows, UtcTime::from_millis(0), today);
    }
}

fn party(name: &str) -> Option<PartyId> {
    name.parse().ok()
}
