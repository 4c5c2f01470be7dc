//! What the node shows, and the small bodies it takes.

mod backups;
mod events;
mod partners;

use serde_json::{Value, json};

use super::shape::{Named, count, list, object, of, or_null, pair, text, truth};

pub(super) fn schemas() -> Vec<Named> {
    [
        requests(),
        records(),
        proofs(),
        partners::schemas(),
        backups::schemas(),
        node(),
        vec![("NodeEvent", events::event()), ("Problem", problem())],
    ]
    .concat()
}

fn requests() -> Vec<Named> {
    vec![
        (
            "Pairing",
            object(&[("card", text()), ("fingerprint", text())]),
        ),
        ("Resumption", object(&[("alarm", text())])),
        (
            "Verification",
            object(&[("receipt", text()), ("cards", pair(text(), text()))]),
        ),
        (
            "BackupKey",
            object(&[("key?", text()), ("passphrase?", text())]),
        ),
        (
            "TokenDraft",
            object(&[("name", text()), ("scopes", list(of("Scope")))]),
        ),
    ]
}

fn records() -> Vec<Named> {
    vec![
        (
            "Staged",
            object(&[
                ("token", text()),
                ("name", of("FileName")),
                ("bytes", count()),
                ("sha256", of("Digest")),
            ]),
        ),
        (
            "Delivery",
            object(&[
                ("party", of("PartyId")),
                ("standing", of("Standing")),
                ("code?", of("ErrorCode")),
                ("receipted?", of("Time")),
                ("stated?", of("Time")),
            ]),
        ),
        ("Line", line()),
        (
            "FileState",
            object(&[
                ("position", of("Position")),
                ("name", text()),
                ("bytes", count()),
                ("complete", truth()),
                ("held", count()),
            ]),
        ),
        (
            "Shown",
            object(&[
                ("line", of("Line")),
                ("content?", of("Record")),
                ("files", list(of("FileState"))),
            ]),
        ),
        (
            "Reason",
            object(&[
                ("party", of("PartyId")),
                ("standing", of("Standing")),
                ("cause", text()),
                ("ahead", count()),
                ("last_contact?", of("Time")),
                ("last_error?", text()),
                ("next_attempt?", of("Time")),
            ]),
        ),
        (
            "Why",
            object(&[("record", of("RecordId")), ("partners", list(of("Reason")))]),
        ),
    ]
}

fn line() -> Value {
    object(&[
        ("record", of("RecordId")),
        ("channel", of("ChannelId")),
        ("from", of("PartyId")),
        ("index", count()),
        ("time", of("Time")),
        ("erased", truth()),
        ("kind?", of("Kind")),
        ("subject?", text()),
        ("urgency?", of("Urgency")),
        ("attachments", count()),
        ("deliveries", list(of("Delivery"))),
    ])
}

fn proofs() -> Vec<Named> {
    vec![
        (
            "Stated",
            object(&[
                (
                    "said",
                    super::shape::one_of([
                        "accepted",
                        "refused",
                        "files-complete",
                        "read",
                        "erased",
                        "erasure-refused",
                        "use-reported",
                    ]),
                ),
                ("code?", of("ErrorCode")),
                ("time", of("Time")),
            ]),
        ),
        (
            "Proven",
            object(&[
                ("channel", of("ChannelId")),
                ("from", of("PartyId")),
                ("by", of("PartyId")),
                ("record", of("RecordId")),
                ("index", count()),
                ("size", count()),
                ("cosigned", of("Time")),
                ("said", list(of("Stated"))),
            ]),
        ),
        (
            "Imported",
            object(&[
                ("party", or_null(of("PartyId"))),
                ("fresh", count()),
                ("known", count()),
                ("gap", count()),
                ("chunks", count()),
                ("receipted", count()),
                ("whole", truth()),
            ]),
        ),
    ]
}

fn node() -> Vec<Named> {
    vec![
        (
            "NodeInfo",
            object(&[
                ("party", of("PartyId")),
                ("version", text()),
                ("schema", count()),
            ]),
        ),
        (
            "Finding",
            object(&[
                ("area", text()),
                ("good", truth()),
                ("owed", truth()),
                ("code?", of("ErrorCode")),
                ("found", text()),
                ("advice", text()),
            ]),
        ),
        (
            "TokenView",
            object(&[
                ("id", text()),
                ("name", text()),
                ("scopes", list(of("Scope"))),
                ("created", of("Time")),
            ]),
        ),
        (
            "NewToken",
            object(&[("token", of("TokenView")), ("secret", text())]),
        ),
        (
            "Document",
            json!({ "type": "object", "description": "An OpenAPI 3.1 document" }),
        ),
    ]
}

fn problem() -> Value {
    object(&[
        ("type", json!({ "const": "about:blank" })),
        ("title", text()),
        (
            "status",
            json!({ "type": "integer", "minimum": 400, "maximum": 599 }),
        ),
        ("detail", text()),
        ("code", of("ErrorCode")),
        (
            "refusals?",
            list(object(&[
                ("code", of("ErrorCode")),
                ("about", text()),
                (
                    "sentences",
                    object(&[
                        ("fr", text()),
                        ("nl", text()),
                        ("ar", text()),
                        ("en", text()),
                    ]),
                ),
                ("source", text()),
            ])),
        ),
    ])
}
