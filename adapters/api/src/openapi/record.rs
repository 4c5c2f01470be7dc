//! Records, before and after release.

use passerelle_model::{
    MAX_ATTACHMENTS, MAX_BODY_BYTES, MAX_CAVEATS, MAX_DATA_BYTES, MAX_OFFENCES,
    MAX_PERMITTED_PARTIES, MAX_RECIPIENTS, MAX_REFERENCES,
};
use serde_json::Value;

use super::shape::{Named, count, list_up_to, object, of, or_null, text, text_up_to};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        (
            "Recipient",
            object(&[("party", of("PartyId")), ("unit", of("UnitId"))]),
        ),
        (
            "Author",
            object(&[
                ("officer", of("OfficerId")),
                ("unit", of("UnitId")),
                ("function", of("Name")),
            ]),
        ),
        (
            "Reference",
            object(&[
                ("relation", of("Relation")),
                ("party", of("PartyId")),
                ("record", of("RecordId")),
            ]),
        ),
        (
            "Markings",
            object(&[
                ("tlp", of("Tlp")),
                ("pap", of("Pap")),
                ("handling", of("Handling")),
                ("caveats?", list_up_to(MAX_CAVEATS, of("Code"))),
            ]),
        ),
        (
            "StructuredData",
            object(&[("schema", of("Name")), ("json", text_up_to(MAX_DATA_BYTES))]),
        ),
        (
            "Attachment",
            object(&[
                ("name", of("FileName")),
                ("media_type", of("MediaType")),
                ("bytes", count()),
                ("sha256", of("Digest")),
                ("sealed", of("Digest")),
            ]),
        ),
        ("Particulars", particulars()),
        (
            "Transfer",
            object(&[
                ("ground", of("Ground")),
                ("reference?", or_null(of("Name"))),
                ("reason?", or_null(of("ReasonText"))),
                ("balance?", or_null(of("ReasonText"))),
            ]),
        ),
        (
            "Origin",
            object(&[
                ("country", of("Name")),
                ("consent?", or_null(of("Name"))),
                ("threat?", or_null(of("ReasonText"))),
            ]),
        ),
        (
            "Asking",
            object(&[
                ("held_because", of("ReasonText")),
                ("link?", or_null(of("ReasonText"))),
                ("urgency_reason?", or_null(of("ReasonText"))),
                ("limits?", or_null(of("ReasonText"))),
                ("file?", or_null(of("Code"))),
            ]),
        ),
        (
            "Permission",
            object(&[
                ("record", of("RecordId")),
                ("uses", list_up_to(4, of("PermittedUse"))),
                ("purpose?", or_null(of("Code"))),
                ("parties?", list_up_to(MAX_PERMITTED_PARTIES, of("PartyId"))),
            ]),
        ),
        (
            "Intake",
            object(&[("tainted", of("Answer")), ("protection", of("Answer"))]),
        ),
        ("Draft", draft()),
        ("Record", record()),
    ]
}

fn particulars() -> Value {
    object(&[
        ("persons", count()),
        ("categories", list_up_to(5, of("PersonCategory"))),
        ("nature", of("Nature")),
        ("assessor?", or_null(of("Name"))),
        ("as_of", of("Day")),
        ("completeness", of("Completeness")),
        ("minors?", or_null(of("ReasonText"))),
        ("special?", list_up_to(8, of("SpecialCategory"))),
        ("necessity?", or_null(of("ReasonText"))),
        ("transfer", of("Transfer")),
        ("origin?", or_null(of("Origin"))),
    ])
}

fn draft() -> Value {
    object(&[
        ("channel?", or_null(of("ChannelId"))),
        ("kind", of("Kind")),
        ("author", of("Author")),
        ("purpose", of("Code")),
        ("basis", of("Code")),
        ("class", of("Code")),
        ("markings", of("Markings")),
        ("evaluation", of("Evaluation")),
        ("review?", or_null(of("Day"))),
        ("erasure?", or_null(of("Day"))),
        ("to", list_up_to(MAX_RECIPIENTS, of("Recipient"))),
        ("references?", list_up_to(MAX_REFERENCES, of("Reference"))),
        ("urgency?", or_null(of("Urgency"))),
        ("reason?", or_null(of("RefusalReason"))),
        ("lang", of("Lang")),
        ("subject", of("Subject")),
        ("text?", or_null(text_up_to(MAX_BODY_BYTES))),
        ("data?", or_null(of("StructuredData"))),
        ("attachments?", list_up_to(MAX_ATTACHMENTS, text())),
        ("offences?", list_up_to(MAX_OFFENCES, of("Code"))),
        ("particulars?", or_null(of("Particulars"))),
        ("asking?", or_null(of("Asking"))),
        ("permission?", or_null(of("Permission"))),
        ("intake?", or_null(of("Intake"))),
    ])
}

fn record() -> Value {
    object(&[
        ("id", of("RecordId")),
        ("channel", of("ChannelId")),
        ("agreement", of("AgreementHash")),
        ("from", of("PartyId")),
        ("author", of("Author")),
        ("kind", of("Kind")),
        ("time", of("Time")),
        ("purpose", of("Code")),
        ("basis", of("Code")),
        ("class", of("Code")),
        ("markings", of("Markings")),
        ("evaluation", of("Evaluation")),
        ("review", of("Day")),
        ("erasure", of("Day")),
        ("to", list_up_to(MAX_RECIPIENTS, of("Recipient"))),
        ("references", list_up_to(MAX_REFERENCES, of("Reference"))),
        ("urgency", or_null(of("Urgency"))),
        ("reason", or_null(of("RefusalReason"))),
        ("lang", of("Lang")),
        ("subject", of("Subject")),
        ("text", or_null(text())),
        ("data", or_null(of("StructuredData"))),
        ("attachments", list_up_to(MAX_ATTACHMENTS, of("Attachment"))),
        ("offences", list_up_to(MAX_OFFENCES, of("Code"))),
        ("particulars", or_null(of("Particulars"))),
        ("asking", or_null(of("Asking"))),
        ("permission", or_null(of("Permission"))),
    ])
}
