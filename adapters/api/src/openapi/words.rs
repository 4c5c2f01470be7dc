//! Identifiers, closed lists, times and texts.

use passerelle_model::{
    Answer, Completeness, Deed, Ground, Handling, Kind, Lang, MAX_NAME_BYTES, MAX_REASON_BYTES,
    MAX_SUBJECT_BYTES, Nature, Outcome, Pap, PermittedUse, PersonCategory, RefusalReason,
    RegisterPurpose, Relation, Role, Side, SpecialCategory, Tlp, Urgency,
};
use serde_json::{Value, json};

use super::shape::{Named, count, matching, of, one_of, text_up_to};
use crate::limits::{DEFAULT_PAGE, MAX_PAGE};

const SLUG: &str = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

pub(super) fn schemas() -> Vec<Named> {
    [identifiers(), lists(), texts()].concat()
}

fn identifiers() -> Vec<Named> {
    let slug = || matching(SLUG);
    let hash = || matching("[0-9a-f]{64}");
    vec![
        (
            "PartyId",
            json!({
                "type": "string",
                "maxLength": 64,
                "pattern": "^[a-z0-9-]+(\\.[a-z0-9-]+){1,5}$",
                "examples": ["ma.interior"],
            }),
        ),
        ("UnitId", slug()),
        ("ChannelId", slug()),
        ("Code", slug()),
        ("OfficerId", slug()),
        ("RecordId", matching("[0-9a-f]{32}")),
        ("AgreementHash", hash()),
        ("Digest", hash()),
        ("VerifyingKey", hash()),
        ("Hex", matching("[0-9a-f]+")),
        (
            "UnitList",
            json!({ "type": "string", "examples": ["gmmp"] }),
        ),
        ("Position", count()),
        (
            "Cursor",
            json!({
                "type": "string",
                "description": "Time and record of a line: <RFC 3339>~<record>",
            }),
        ),
        (
            "PageSize",
            json!({
                "type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": DEFAULT_PAGE,
            }),
        ),
    ]
}

fn lists() -> Vec<Named> {
    vec![
        ("Lang", one_of(Lang::ALL.iter().map(|word| word.as_str()))),
        ("Kind", one_of(Kind::ALL.iter().map(|word| word.as_str()))),
        ("Role", one_of(Role::ALL.iter().map(|word| word.as_str()))),
        ("Direction", one_of(["sent", "received"])),
        (
            "Urgency",
            one_of(Urgency::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "RefusalReason",
            one_of(RefusalReason::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Relation",
            one_of(Relation::ALL.iter().map(|word| word.as_str())),
        ),
        ("Tlp", one_of(Tlp::ALL.iter().map(|word| word.as_str()))),
        ("Pap", one_of(Pap::ALL.iter().map(|word| word.as_str()))),
        (
            "Handling",
            one_of(Handling::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "PersonCategory",
            one_of(PersonCategory::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "SpecialCategory",
            one_of(SpecialCategory::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Nature",
            one_of(Nature::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "PermittedUse",
            one_of(PermittedUse::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Completeness",
            one_of(Completeness::ALL.iter().map(|word| word.as_str())),
        ),
        ("Side", one_of(Side::ALL.iter().map(|word| word.as_str()))),
        ("Scope", one_of(["read", "send", "admin", "audit", "group"])),
        ("Deed", one_of(Deed::ALL.iter().map(|word| word.as_str()))),
        (
            "Outcome",
            one_of(Outcome::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Ground",
            one_of(Ground::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Answer",
            one_of(Answer::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "RegisterPurpose",
            one_of(RegisterPurpose::ALL.iter().map(|word| word.as_str())),
        ),
        (
            "Standing",
            one_of([
                "released",
                "held",
                "accepted",
                "complete",
                "read",
                "refused",
                "recalled",
                "erased",
                "erasure-refused",
            ]),
        ),
    ]
}

fn texts() -> Vec<Named> {
    vec![
        ("Name", text_up_to(MAX_NAME_BYTES)),
        ("FileName", text_up_to(MAX_NAME_BYTES)),
        ("Subject", text_up_to(MAX_SUBJECT_BYTES)),
        ("ReasonText", text_up_to(MAX_REASON_BYTES)),
        (
            "MediaType",
            matching("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+"),
        ),
        (
            "Evaluation",
            json!({
                "type": "string",
                "description": "4x4 evaluation, X4 where nobody assessed it",
                "pattern": "^[A-CXa-cx][1-4]$",
            }),
        ),
        ("Time", json!({ "type": "string", "format": "date-time" })),
        ("Month", matching("[0-9]{4}-(0[1-9]|1[0-2])")),
        ("Day", json!({ "type": "string", "format": "date" })),
        ("ErrorCode", matching("E_[A-Z0-9_]+")),
        ("Names", names()),
    ]
}

/// A name in one or more languages.
fn names() -> Value {
    json!({
        "type": "object",
        "propertyNames": of("Lang"),
        "additionalProperties": of("Name"),
        "minProperties": 1,
    })
}
