//! Cards, partners, links and alarms.

use serde_json::{Value, json};

use super::super::shape::{Named, count, list, object, of, pair, text, truth};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        ("CardView", card()),
        (
            "PartnerView",
            object(&[
                ("card", of("CardView")),
                ("since", of("Time")),
                ("halted", truth()),
                ("link", of("LinkView")),
                ("channels", list(of("ChannelView"))),
            ]),
        ),
        (
            "LinkView",
            object(&[
                ("last_contact?", of("Time")),
                ("last_error?", text()),
                ("next_attempt?", of("Time")),
                ("clock_offset_millis?", json!({ "type": "integer" })),
            ]),
        ),
        (
            "ChannelView",
            object(&[
                ("channel", of("ChannelId")),
                ("sent", count()),
                ("receipted", count()),
                ("waiting", count()),
                ("received", count()),
                ("complete", truth()),
            ]),
        ),
        (
            "AlarmView",
            object(&[
                ("id", text()),
                ("party", of("PartyId")),
                ("code", of("ErrorCode")),
                ("time", of("Time")),
                ("evidence", text()),
            ]),
        ),
    ]
}

fn card() -> Value {
    object(&[
        ("party", of("PartyId")),
        ("names", of("Names")),
        ("country", text()),
        ("number", count()),
        ("units", list(pair(text(), of("Names")))),
        ("address?", text()),
        ("issued", of("Time")),
        ("expires", of("Time")),
        ("root", of("VerifyingKey")),
        ("fingerprint", of("Hex")),
        ("spoken", list(pair(text(), text()))),
        ("armoured", text()),
    ])
}
