//! The vectors of `docs/protocol-group.md` are what the code computes, and every event in them
//! reads as it is spelt.

use passerelle_service::joint::Event;

#[path = "../../examples/group_vectors.rs"]
#[expect(dead_code, reason = "the example's main prints what this test reads")]
mod made;

const KEPT: &str = include_str!("../../../../docs/protocol-group-vectors.json");

#[test]
fn the_vectors_are_what_the_code_computes() {
    assert_eq!(made::vectors().unwrap(), KEPT);
}

#[test]
fn every_event_has_one_spelling() {
    let kept: serde_json::Value = serde_json::from_str(KEPT).unwrap();
    let events = kept["events"].as_array().unwrap();
    assert!(events.len() > 10);
    for event in events {
        let json = event["json"].as_str().unwrap();
        assert!(Event::parse(json).is_ok(), "{json}");
        let spaced = json.replacen(':', ": ", 1);
        assert!(Event::parse(&spaced).is_err(), "{spaced}");
    }
}
