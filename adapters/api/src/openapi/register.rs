//! Acts, and what an audit package proves.

use passerelle_model::{MAX_ACT_CODES, MAX_RECIPIENTS};
use passerelle_service::{MAX_ACT_PAGE, OwnKind};
use serde_json::{Value, json};

use super::shape::{Named, count, list, list_up_to, object, of, one_of, or_null, text, truth};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        ("By", by()),
        ("Object", thing()),
        ("Act", act()),
        ("ActLine", line()),
        (
            "ActPage",
            object(&[
                ("acts", list_up_to(MAX_ACT_PAGE, of("ActLine"))),
                ("next", or_null(count())),
            ]),
        ),
        ("RegisterView", view()),
        (
            "RegisterVerification",
            object(&[("package", text()), ("cards", list(text()))]),
        ),
        ("RegisterProven", proven()),
        (
            "Documented",
            object(&[
                ("class", of("Code")),
                ("persons", count()),
                ("reason", or_null(text())),
                ("balance", or_null(text())),
            ]),
        ),
        ("ProcessingView", processing()),
        ("ProcessingEntry", processing_entry()),
        ("OwnProcessing", own_processing()),
    ]
}

fn by() -> Value {
    json!({ "oneOf": [
        object(&[
            ("who", word("person")),
            ("officer", of("OfficerId")),
            ("unit", or_null(of("UnitId"))),
        ]),
        object(&[("who", word("program")), ("name", of("Name"))]),
        object(&[("who", word("node"))]),
    ] })
}

fn thing() -> Value {
    json!({ "oneOf": [
        object(&[("what", word("node"))]),
        object(&[
            ("what", word("record")),
            ("party", of("PartyId")),
            ("record", of("RecordId")),
        ]),
        object(&[("what", word("draft")), ("draft", of("RecordId"))]),
        object(&[("what", word("person")), ("officer", of("OfficerId"))]),
        object(&[("what", word("partner")), ("party", of("PartyId"))]),
        object(&[("what", word("thing")), ("kind", of("Code")), ("name", of("Name"))]),
    ] })
}

fn act() -> Value {
    object(&[
        ("deed", of("Deed")),
        ("time", of("Time")),
        ("by", of("By")),
        ("object", of("Object")),
        ("outcome", of("Outcome")),
        ("why", or_null(text())),
        ("channel", or_null(of("ChannelId"))),
        ("purpose", or_null(of("Code"))),
        ("to", list_up_to(MAX_RECIPIENTS, of("Recipient"))),
        ("codes", list_up_to(MAX_ACT_CODES, of("ErrorCode"))),
        ("ground", or_null(of("Ground"))),
        ("count", or_null(count())),
        ("transfer?", of("Documented")),
    ])
}

fn line() -> Value {
    json!({ "oneOf": [
        object(&[("index", count()), ("state", word("held")), ("act", of("Act"))]),
        object(&[("index", count()), ("state", word("erased"))]),
        object(&[("index", count()), ("state", word("damaged"))]),
    ] })
}

fn view() -> Value {
    let witness = object(&[
        ("party", of("PartyId")),
        ("size", count()),
        ("time", or_null(of("Time"))),
        ("set_back", truth()),
    ]);
    object(&[("size", count()), ("cosigned", list(witness))])
}

fn proven() -> Value {
    let act = object(&[("index", count()), ("act", or_null(of("Act")))]);
    let cosigned = object(&[
        ("party", of("PartyId")),
        ("size", count()),
        ("time", of("Time")),
    ]);
    object(&[
        ("party", of("PartyId")),
        ("size", count()),
        ("acts", list(act)),
        ("withheld", count()),
        ("cosigned", list(cosigned)),
    ])
}

fn processing() -> Value {
    object(&[
        ("controller", of("PartyId")),
        ("names", of("Names")),
        ("country", of("Name")),
        ("file_reference", or_null(of("Name"))),
        ("register_days", count()),
        ("entries", list(of("ProcessingEntry"))),
        ("own", list(of("OwnProcessing"))),
    ])
}

fn own_processing() -> Value {
    let held = object(&[("what", text()), ("count", count())]);
    let limit = object(&[("what", text()), ("amount", or_null(count()))]);
    object(&[
        ("kind", one_of(OwnKind::ALL.map(OwnKind::as_str))),
        ("held", list(held)),
        ("limits", list(limit)),
    ])
}

fn processing_entry() -> Value {
    let named = || list(object(&[("code", of("Code")), ("names", of("Names"))]));
    let recipient = object(&[
        ("recipient", of("Recipient")),
        ("names", or_null(of("Names"))),
        ("country", or_null(of("Name"))),
        ("third", truth()),
    ]);
    object(&[
        ("channel", of("ChannelId")),
        ("revision", count()),
        ("title", of("Names")),
        ("purposes", named()),
        ("bases", named()),
        ("classes", named()),
        ("recipients", list(recipient)),
        ("third", list(of("Name"))),
        ("review_days", count()),
        ("erasure_days", count()),
        ("profiling", truth()),
        ("missing", or_null(text())),
    ])
}

fn word(word: &str) -> Value {
    json!({ "const": word })
}
