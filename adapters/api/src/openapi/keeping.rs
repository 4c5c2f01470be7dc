//! What falls due.

use super::shape::{Named, count, list, object, of, one_of, or_null};

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
            "Housekeeping",
            object(&[
                ("erased", count()),
                ("refused", count()),
                ("holds_ended", count()),
                ("withdrawn", count()),
                ("own_copies", count()),
                ("read", count()),
                ("procedures", count()),
                ("acts", count()),
                ("answers", count()),
                ("failed", list(of("ErrorCode"))),
            ]),
        ),
    ]
}
