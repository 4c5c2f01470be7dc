//! Events: one shape for each word of `what`.

use serde_json::{Value, json};

use super::super::shape::{count, object, of, or_null, text};

/// One event.
pub(super) fn event() -> Value {
    let record = || ("record", of("RecordId"));
    let code = || ("code", of("ErrorCode"));
    json!({ "oneOf": [
        kind("released", &[record()]),
        kind("receipted", &[("up_to", count())]),
        kind("received", &[record()]),
        kind("turned", &[("index", count()), code()]),
        kind("stated", &[
            ("record", or_null(of("RecordId"))),
            ("index", count()),
            ("said", text()),
        ]),
        kind("file", &[("blob", of("Digest")), ("held", count()), ("bytes", count())]),
        kind("complete", &[("mine", count()), ("theirs", count())]),
        kind("halted", &[code()]),
    ] })
}

fn kind(what: &str, members: &[(&str, Value)]) -> Value {
    let mut all = vec![
        ("party", of("PartyId")),
        ("channel", of("ChannelId")),
        ("what", json!({ "const": what })),
    ];
    all.extend_from_slice(members);
    object(&all)
}
