//! The elements of a result, in the order of the schema.

use super::{
    Form::{Address, Any, Day, Positive, Truth},
    Part, Shape, any, leaf, may, must, of, one, opt,
    shapes::{DESCRIPTION, DOCUMENT_LINK, PERIOD_END, PERIOD_START, TITLE, worded},
    some,
};

pub(super) static RESULT: Shape = of(
    "result",
    &[must("type", Any), may("aggregation-status", Truth)],
    &[
        one(&TITLE),
        opt(&DESCRIPTION),
        any(&DOCUMENT_LINK),
        any(&leaf(
            "reference",
            &[
                must("code", Any),
                must("vocabulary", Any),
                may("vocabulary-uri", Address),
            ],
        )),
        some(&INDICATOR),
    ],
);

static INDICATOR: Shape = of(
    "indicator",
    &[
        must("measure", Any),
        may("ascending", Truth),
        may("aggregation-status", Truth),
    ],
    &[
        one(&TITLE),
        opt(&DESCRIPTION),
        any(&DOCUMENT_LINK),
        any(&leaf(
            "reference",
            &[
                must("vocabulary", Any),
                must("code", Any),
                may("indicator-uri", Address),
            ],
        )),
        any(&of(
            "baseline",
            &[
                may("iso-date", Day),
                must("year", Positive),
                may("value", Any),
            ],
            &[
                any(&PLACE),
                any(&DIMENSION),
                any(&DOCUMENT_LINK),
                opt(&COMMENT),
            ],
        )),
        any(&of(
            "period",
            &[],
            &[
                one(&PERIOD_START),
                one(&PERIOD_END),
                any(&of("target", &[may("value", Any)], MEASURED)),
                any(&of("actual", &[may("value", Any)], MEASURED)),
            ],
        )),
    ],
);

const MEASURED: &[Part] = &[
    any(&PLACE),
    any(&DIMENSION),
    opt(&COMMENT),
    any(&DOCUMENT_LINK),
];

static PLACE: Shape = leaf("location", &[may("ref", Any)]);
static DIMENSION: Shape = leaf("dimension", &[may("name", Any), may("value", Any)]);
static COMMENT: Shape = worded("comment");
