//! The elements of an activity, in the order of the schema.

use super::{
    Form::{Address, Any, Day, Decimal, Int, Language, Moment, NonNegative, Token, Truth},
    Shape, any, leaf, may, must, of, one, opt,
    results::RESULT,
    some, text,
};

pub(super) static ACTIVITIES: Shape = of(
    "iati-activities",
    &[
        must("version", Any),
        may("generated-datetime", Moment),
        may("linked-data-default", Address),
    ],
    &[some(&ACTIVITY)],
);

static ACTIVITY: Shape = of(
    "iati-activity",
    &[
        may("last-updated-datetime", Moment),
        may("xml:lang", Language),
        may("default-currency", Any),
        may("humanitarian", Truth),
        may("hierarchy", Int),
        may("linked-data-uri", Address),
        may("budget-not-provided", Any),
    ],
    &[
        one(&text("iati-identifier", &[], Any)),
        one(&of(
            "reporting-org",
            &[
                must("ref", Any),
                must("type", Any),
                may("secondary-reporter", Truth),
            ],
            &[some(&NARRATIVE)],
        )),
        one(&TITLE),
        some(&of("description", &[may("type", Any)], &[some(&NARRATIVE)])),
        some(&of(
            "participating-org",
            &[
                must("role", Any),
                may("ref", Any),
                may("type", Any),
                may("activity-id", Any),
                may("crs-channel-code", Any),
            ],
            &[any(&NARRATIVE)],
        )),
        any(&of(
            "other-identifier",
            &[must("ref", Any), must("type", Any)],
            &[opt(&of(
                "owner-org",
                &[may("ref", Any)],
                &[any(&NARRATIVE)],
            ))],
        )),
        one(&coded("activity-status")),
        some(&of(
            "activity-date",
            &[must("type", Any), must("iso-date", Day)],
            &[any(&NARRATIVE)],
        )),
        any(&CONTACT),
        opt(&coded("activity-scope")),
        any(&of(
            "recipient-country",
            &[must("code", Any), may("percentage", Decimal)],
            &[any(&NARRATIVE)],
        )),
        any(&of(
            "recipient-region",
            &[
                must("code", Any),
                VOCABULARY,
                VOCABULARY_URI,
                may("percentage", Decimal),
            ],
            &[any(&NARRATIVE)],
        )),
        any(&LOCATION),
        any(&of(
            "sector",
            &[
                must("code", Any),
                VOCABULARY,
                VOCABULARY_URI,
                may("percentage", Decimal),
            ],
            &[any(&NARRATIVE)],
        )),
        any(&of(
            "tag",
            &[must("code", Any), must("vocabulary", Any), VOCABULARY_URI],
            &[any(&NARRATIVE)],
        )),
        opt(&of(
            "country-budget-items",
            &[must("vocabulary", Any)],
            &[some(&of(
                "budget-item",
                &[must("code", Any), may("percentage", Decimal)],
                &[opt(&DESCRIPTION)],
            ))],
        )),
        any(&of(
            "humanitarian-scope",
            &[
                must("type", Any),
                must("vocabulary", Any),
                VOCABULARY_URI,
                must("code", Any),
            ],
            &[any(&NARRATIVE)],
        )),
        any(&of(
            "policy-marker",
            &[
                must("code", Any),
                VOCABULARY,
                VOCABULARY_URI,
                may("significance", Any),
            ],
            &[any(&NARRATIVE)],
        )),
        opt(&coded("collaboration-type")),
        opt(&coded("default-flow-type")),
        opt(&coded("default-finance-type")),
        any(&leaf("default-aid-type", &[must("code", Any), VOCABULARY])),
        opt(&coded("default-tied-status")),
        any(&of(
            "budget",
            &[may("type", Any), may("status", Any)],
            &[one(&PERIOD_START), one(&PERIOD_END), one(&VALUE)],
        )),
        any(&of(
            "planned-disbursement",
            &[may("type", Any)],
            &[
                one(&PERIOD_START),
                opt(&PERIOD_END),
                one(&VALUE),
                opt(&PROVIDER),
                opt(&RECEIVER),
            ],
        )),
        opt(&leaf("capital-spend", &[must("percentage", Decimal)])),
        any(&TRANSACTION),
        any(&DOCUMENT_LINK),
        any(&leaf(
            "related-activity",
            &[must("ref", Any), must("type", Any)],
        )),
        any(&leaf(
            "legacy-data",
            &[
                must("name", Any),
                must("value", Any),
                may("iati-equivalent", Token),
            ],
        )),
        opt(&of(
            "conditions",
            &[must("attached", Truth)],
            &[any(&of(
                "condition",
                &[must("type", Any)],
                &[some(&NARRATIVE)],
            ))],
        )),
        any(&RESULT),
        opt(&CRS_ADD),
        opt(&of(
            "fss",
            &[
                must("extraction-date", Day),
                may("priority", Truth),
                may("phaseout-year", Decimal),
            ],
            &[any(&text(
                "forecast",
                &[
                    must("year", Decimal),
                    may("currency", Any),
                    may("value-date", Day),
                ],
                Decimal,
            ))],
        )),
    ],
);

const VOCABULARY: super::Attribute = may("vocabulary", Any);
const VOCABULARY_URI: super::Attribute = may("vocabulary-uri", Address);

pub(super) static NARRATIVE: Shape = text("narrative", &[may("xml:lang", Language)], Any);
pub(super) static TITLE: Shape = worded("title");
pub(super) static DESCRIPTION: Shape = worded("description");
pub(super) static PERIOD_START: Shape = dated("period-start");
pub(super) static PERIOD_END: Shape = dated("period-end");

static VALUE: Shape = text(
    "value",
    &[may("currency", Any), must("value-date", Day)],
    Decimal,
);

static PROVIDER: Shape = of(
    "provider-org",
    &[
        may("ref", Any),
        may("provider-activity-id", Any),
        may("type", Any),
    ],
    &[any(&NARRATIVE)],
);

static RECEIVER: Shape = of(
    "receiver-org",
    &[
        may("ref", Any),
        may("receiver-activity-id", Any),
        may("type", Any),
    ],
    &[any(&NARRATIVE)],
);

static CONTACT: Shape = of(
    "contact-info",
    &[may("type", Any)],
    &[
        opt(&worded("organisation")),
        opt(&worded("department")),
        opt(&worded("person-name")),
        opt(&worded("job-title")),
        any(&text("telephone", &[], Any)),
        any(&text("email", &[], Any)),
        any(&text("website", &[], Address)),
        any(&worded("mailing-address")),
    ],
);

static LOCATION: Shape = of(
    "location",
    &[may("ref", Any)],
    &[
        opt(&coded("location-reach")),
        any(&leaf(
            "location-id",
            &[must("code", Any), must("vocabulary", Any)],
        )),
        opt(&worded("name")),
        opt(&DESCRIPTION),
        opt(&worded("activity-description")),
        any(&leaf(
            "administrative",
            &[
                must("code", Any),
                must("vocabulary", Any),
                may("level", NonNegative),
            ],
        )),
        opt(&of(
            "point",
            &[must("srsName", Any)],
            &[one(&text("pos", &[], Any))],
        )),
        opt(&coded("exactness")),
        opt(&coded("location-class")),
        opt(&coded("feature-designation")),
    ],
);

static TRANSACTION: Shape = of(
    "transaction",
    &[may("ref", Any), may("humanitarian", Truth)],
    &[
        one(&coded("transaction-type")),
        one(&dated("transaction-date")),
        one(&VALUE),
        opt(&DESCRIPTION),
        opt(&PROVIDER),
        opt(&RECEIVER),
        opt(&coded("disbursement-channel")),
        any(&of(
            "sector",
            &[must("code", Any), VOCABULARY, VOCABULARY_URI],
            &[any(&NARRATIVE)],
        )),
        opt(&of(
            "recipient-country",
            &[must("code", Any)],
            &[any(&NARRATIVE)],
        )),
        opt(&of(
            "recipient-region",
            &[must("code", Any), VOCABULARY, VOCABULARY_URI],
            &[any(&NARRATIVE)],
        )),
        opt(&coded("flow-type")),
        opt(&coded("finance-type")),
        any(&leaf("aid-type", &[must("code", Any), VOCABULARY])),
        opt(&coded("tied-status")),
    ],
);

pub(super) static DOCUMENT_LINK: Shape = of(
    "document-link",
    &[must("url", Address), must("format", Any)],
    &[
        one(&TITLE),
        opt(&DESCRIPTION),
        some(&coded("category")),
        any(&coded("language")),
        opt(&dated("document-date")),
    ],
);

static CRS_ADD: Shape = of(
    "crs-add",
    &[],
    &[
        any(&leaf(
            "other-flags",
            &[must("code", Any), must("significance", Truth)],
        )),
        opt(&of(
            "loan-terms",
            &[may("rate-1", Decimal), may("rate-2", Decimal)],
            &[
                opt(&coded("repayment-type")),
                opt(&coded("repayment-plan")),
                opt(&dated("commitment-date")),
                opt(&dated("repayment-first-date")),
                opt(&dated("repayment-final-date")),
            ],
        )),
        opt(&of(
            "loan-status",
            &[
                must("year", Decimal),
                may("currency", Any),
                must("value-date", Day),
            ],
            &[
                opt(&text("interest-received", &[], Decimal)),
                opt(&text("principal-outstanding", &[], Decimal)),
                opt(&text("principal-arrears", &[], Decimal)),
                opt(&text("interest-arrears", &[], Decimal)),
            ],
        )),
        opt(&text("channel-code", &[], Any)),
    ],
);

const CODE: &[super::Attribute] = &[must("code", Any)];
const DAY: &[super::Attribute] = &[must("iso-date", Day)];
const WORDS: &[super::Part] = &[some(&NARRATIVE)];

/// Only a code.
const fn coded(name: &'static str) -> Shape {
    leaf(name, CODE)
}

/// Only a day.
const fn dated(name: &'static str) -> Shape {
    leaf(name, DAY)
}

/// One text in one or more languages.
pub(super) const fn worded(name: &'static str) -> Shape {
    of(name, &[], WORDS)
}
