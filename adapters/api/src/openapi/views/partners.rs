//! Cards, partners, links and alarms.

use serde_json::{Value, json};

use super::super::shape::{Named, count, list, object, of, one_of, pair, text, truth};

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
                ("heads", list(of("HeadView"))),
                ("policy?", of("PolicyView")),
            ]),
        ),
        (
            "LinkView",
            object(&[
                ("last_contact?", of("Time")),
                ("last_error?", text()),
                ("next_attempt?", of("Time")),
                ("clock_offset_millis?", json!({ "type": "integer" })),
                ("policy_refused?", of("ErrorCode")),
            ]),
        ),
        (
            "ChannelView",
            object(&[
                ("channel", of("ChannelId")),
                ("sent", count()),
                ("receipted", count()),
                ("waiting", count()),
                ("refused", count()),
                ("received", count()),
                ("complete", truth()),
            ]),
        ),
        (
            "HeadView",
            object(&[
                (
                    "of",
                    one_of([
                        "our-journal",
                        "their-journal",
                        "our-register",
                        "their-register",
                    ]),
                ),
                ("channel?", of("ChannelId")),
                ("size", count()),
                ("root", of("Digest")),
                ("time?", of("Time")),
                ("clock", of("PartyId")),
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
