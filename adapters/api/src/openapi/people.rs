//! People, access policies, statistics.

use serde_json::Value;

use super::shape::{Named, count, list, object, of, text, truth};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        ("Person", person()),
        (
            "PersonView",
            object(&[
                ("person", of("Person")),
                ("version", count()),
                ("enrolled", truth()),
                ("last_seen?", of("Time")),
            ]),
        ),
        (
            "SetupLink",
            object(&[("officer", of("OfficerId")), ("path", text())]),
        ),
        ("Suspension", object(&[("suspended", truth())])),
        (
            "PolicyView",
            object(&[
                ("party", of("PartyId")),
                ("number", count()),
                ("issued", of("Time")),
                ("lines", list(of("PolicyLine"))),
            ]),
        ),
        (
            "PolicyLine",
            object(&[
                ("unit", of("UnitId")),
                ("unit_names", of("Names")),
                ("class", of("Code")),
                ("class_names?", of("Names")),
                ("roles", list(of("Role"))),
                ("people", count()),
            ]),
        ),
        (
            "StatisticsView",
            object(&[
                ("from", of("Month")),
                ("until", of("Month")),
                ("rows", list(of("StatisticsRow"))),
                ("refusals", list(of("RefusedRow"))),
            ]),
        ),
        ("StatisticsRow", row()),
        (
            "RefusedRow",
            object(&[
                ("partner", of("PartyId")),
                ("direction", of("Direction")),
                ("reason", of("RefusalReason")),
                ("count", count()),
            ]),
        ),
    ]
}

fn person() -> Value {
    object(&[
        ("officer", of("OfficerId")),
        ("name", of("Name")),
        ("function", of("Name")),
        ("units", list(of("UnitId"))),
        ("roles", list(of("Role"))),
        ("lang", of("Lang")),
        ("suspended?", truth()),
    ])
}

fn row() -> Value {
    object(&[
        ("partner", of("PartyId")),
        ("direction", of("Direction")),
        ("urgency", of("Urgency")),
        ("asked", count()),
        ("on_time", count()),
        ("late", count()),
        ("refused", count()),
        ("open", count()),
        ("overdue", count()),
    ])
}
