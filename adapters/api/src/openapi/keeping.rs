//! What falls due.

use super::shape::{Named, count, list, object, of};

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
            "Housekeeping",
            object(&[
                ("erased", count()),
                ("refused", count()),
                ("holds_ended", count()),
                ("withdrawn", count()),
                ("own_copies", count()),
                ("acts", count()),
                ("answers", count()),
                ("failed", list(of("ErrorCode"))),
            ]),
        ),
    ]
}
