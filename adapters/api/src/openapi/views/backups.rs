//! Backups, and what is recovered after a restoring.

use super::super::shape::{Named, count, list, object, of, one_of, or_null, truth};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        (
            "RecoveryView",
            object(&[
                ("channel", of("ChannelId")),
                ("party", of("PartyId")),
                ("state", one_of(["awaited", "behind", "settled", "forked"])),
                ("since", of("Time")),
                ("from", count()),
                ("held", count()),
                ("regained", count()),
                ("bare", count()),
            ]),
        ),
        (
            "RestoredView",
            object(&[("made", of("Time")), ("at", of("Time"))]),
        ),
        (
            "BackupsView",
            object(&[
                ("last", or_null(of("Time"))),
                ("bytes", count()),
                ("due_days", count()),
                ("due", truth()),
                ("restored", or_null(of("RestoredView"))),
                ("recoveries", list(of("RecoveryView"))),
            ]),
        ),
    ]
}
