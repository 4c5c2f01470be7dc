//! Agreements.

use passerelle_model::MAX_MEMBERS;
use serde_json::Value;

use super::shape::{
    Named, count, list, list_up_to, matching, object, of, or_null, pair, text, truth,
};

pub(super) fn schemas() -> Vec<Named> {
    [terms_parts(), limits(), whole()].concat()
}

fn terms_parts() -> Vec<Named> {
    vec![
        (
            "Member",
            object(&[
                ("party", of("PartyId")),
                ("root", of("VerifyingKey")),
                ("units", list(of("UnitId"))),
            ]),
        ),
        (
            "Purpose",
            object(&[
                ("code", of("Code")),
                ("name", of("Names")),
                ("bases", list(of("Code"))),
            ]),
        ),
        (
            "Basis",
            object(&[
                ("code", of("Code")),
                ("title", of("Names")),
                ("from", of("Day")),
                ("until", or_null(of("Day"))),
            ]),
        ),
        (
            "DataClass",
            object(&[
                ("code", of("Code")),
                ("name", of("Names")),
                ("recipients", list(matching("[^/]+/[^/]+"))),
            ]),
        ),
        (
            "Caveat",
            object(&[
                ("code", of("Code")),
                ("text", of("Names")),
                ("always", truth()),
            ]),
        ),
        (
            "MarkingMap",
            object(&[
                ("party", of("PartyId")),
                ("level", of("Name")),
                ("tlp", of("Tlp")),
            ]),
        ),
    ]
}

fn limits() -> Vec<Named> {
    vec![
        (
            "OffenceScope",
            object(&[
                ("offences", list(of("Code"))),
                ("least_maximum_penalty_years", count()),
            ]),
        ),
        (
            "Deadlines",
            object(&[
                ("urgent_hours", count()),
                ("priority_hours", count()),
                ("normal_hours", count()),
            ]),
        ),
        (
            "Retention",
            object(&[("review_days", count()), ("erasure_days", count())]),
        ),
        (
            "Quotas",
            object(&[
                ("records_per_day", count()),
                ("questions_per_day", count()),
                ("attachment_bytes", count()),
            ]),
        ),
    ]
}

fn whole() -> Vec<Named> {
    vec![
        ("Terms", terms()),
        (
            "Change",
            object(&[
                ("path", text()),
                ("before", or_null(text())),
                ("after", or_null(text())),
            ]),
        ),
        (
            "AgreementView",
            object(&[
                ("hash", of("AgreementHash")),
                ("terms", of("Terms")),
                ("text", text()),
                ("signed", list(pair(of("PartyId"), of("Time")))),
                ("missing", list(of("PartyId"))),
                ("in_force", truth()),
                ("changes", list(of("Change"))),
            ]),
        ),
        (
            "Comparison",
            object(&[("before", text()), ("after", text())]),
        ),
    ]
}

fn terms() -> Value {
    object(&[
        ("id", of("ChannelId")),
        ("revision", count()),
        ("side", of("Side")),
        ("replaces", or_null(of("AgreementHash"))),
        ("title", of("Names")),
        ("languages", list(of("Lang"))),
        ("in_force_from", of("Day")),
        ("in_force_until", or_null(of("Day"))),
        ("member", list_up_to(MAX_MEMBERS, of("Member"))),
        ("purpose", list(of("Purpose"))),
        ("basis", list(of("Basis"))),
        ("scope", of("OffenceScope")),
        ("data_class", list(of("DataClass"))),
        ("deadlines", of("Deadlines")),
        ("retention", of("Retention")),
        ("caveat", list(of("Caveat"))),
        ("marking_map", list(of("MarkingMap"))),
        ("quotas", of("Quotas")),
    ])
}
