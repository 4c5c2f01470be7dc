//! What falls due.

use passerelle_model::MAX_REASON_BYTES;
use passerelle_service::UseReport;
use serde_json::Value;

use super::shape::{Named, count, list, object, of, one_of, or_null, text, text_up_to};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        (
            "DueRecord",
            object(&[
                ("day", of("Day")),
                ("party", of("PartyId")),
                ("record", of("RecordId")),
            ]),
        ),
        (
            "Overdue",
            object(&[
                ("code", of("ErrorCode")),
                ("notice", one_of(["recall", "correction", "request"])),
                ("party", of("PartyId")),
                ("record", of("RecordId")),
                ("by", of("PartyId")),
                ("since", of("Time")),
                ("due", of("Time")),
                ("officer", or_null(of("OfficerId"))),
            ]),
        ),
        (
            "UseReported",
            object(&[
                ("use", one_of(UseReport::MADE.map(UseReport::code))),
                ("officer", of("OfficerId")),
                ("why", text_up_to(MAX_REASON_BYTES)),
            ]),
        ),
        ("UseView", used()),
        (
            "Housekeeping",
            object(&[
                ("erased", count()),
                ("refused", count()),
                ("holds_ended", count()),
                ("withdrawn", count()),
                ("own_copies", count()),
                ("read", count()),
                ("procedures", count()),
                ("uploads", count()),
                ("acts", count()),
                ("answers", count()),
                ("failed", list(of("ErrorCode"))),
            ]),
        ),
    ]
}

fn used() -> Value {
    let decided = object(&[("by", of("OfficerId")), ("at", of("Time")), ("why", text())]);
    object(&[
        ("party", of("PartyId")),
        ("code", of("ErrorCode")),
        ("at", of("Time")),
        ("said", or_null(decided.clone())),
        ("written", or_null(decided)),
    ])
}
