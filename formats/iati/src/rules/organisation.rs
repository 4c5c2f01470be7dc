//! Rules for files of organisations.

use super::{
    All, Check, Later, Rule,
    Severity::{Error, Warning},
    Unless, rule,
};

pub(super) const RULES: &[Rule] = &[
    rule(
        Warning,
        "1.18.8",
        "identifiers",
        ORGANISATION,
        Check::Agency(&["reporting-org/@ref"]),
        "The reporting organisation's identifier begins with the code of a \
             known register.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.12.13",
        "organisation",
        ORGANISATION,
        Check::Plain(&["organisation-identifier"]),
        "The characters / & | ? do not stand in an organisation's identifier.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.18.13",
        "identifiers",
        ORGANISATION,
        Check::Plain(&["reporting-org/@ref"]),
        "The characters / & | ? do not stand in the reporting organisation's \
             identifier.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.12.1",
        "organisation",
        ORGANISATION,
        Check::NoSpaces(&["organisation-identifier"]),
        "No space surrounds the identifier of an organisation.",
    ),
    rule(
        Warning,
        "1.17.1",
        "organisation",
        ORGANISATION,
        Check::NoSpaces(&["recipient-org-budget/recipient-org/@ref"]),
        "No space surrounds the identifier of a recipient organisation.",
    ),
    rule(
        Warning,
        "1.18.1",
        "identifiers",
        ORGANISATION,
        Check::NoSpaces(&["reporting-org/@ref"]),
        "No space surrounds the identifier of the reporting organisation.",
    ),
    rule(
        Error,
        "11.4.1",
        "information",
        ORGANISATION,
        Check::NotInFuture("@last-updated-datetime"),
        "An organisation was not changed in the future.",
    ),
    rule(
        Error,
        "4.5.1",
        "information",
        ORGANISATION,
        Check::OneOrAll("@xml:lang", All::Language),
        "An organisation has a language, or each of its texts has one.",
    ),
    rule(
        Error,
        "7.8.2",
        "financial",
        ORGANISATION,
        Check::OneOrAll("@default-currency", All::Currency),
        "An organisation has a currency, or each of its amounts has one.",
    ),
];

pub(super) const BUDGETS: &[Rule] = &[
    rule(
        Error,
        "8.6.3",
        "financial",
        TOTAL,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "7.5.3",
        "financial",
        TOTAL,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        COUNTRY,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "11.3.1",
        "financial",
        COUNTRY,
        Check::Between(
            "budget-line/value/@value-date",
            "period-start/@iso-date",
            "period-end/@iso-date",
        ),
        "A budget line is valued within the period of its budget.",
    ),
    rule(
        Error,
        "7.5.3",
        "financial",
        COUNTRY,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        RECIPIENT,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "7.5.3",
        "financial",
        RECIPIENT,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        REGION,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "7.5.3",
        "financial",
        REGION,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
];

pub(super) const EXPENDITURE: &[Rule] = &[
    rule(
        Error,
        "7.5.3",
        "financial",
        SPENT,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        SPENT,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
];

const ORGANISATION: &[&str] = &["/iati-organisations/iati-organisation"];
const TOTAL: &[&str] = &["/iati-organisations/iati-organisation/total-budget"];
const COUNTRY: &[&str] = &["/iati-organisations/iati-organisation/recipient-country-budget"];
const RECIPIENT: &[&str] = &["/iati-organisations/iati-organisation/recipient-org-budget"];
const REGION: &[&str] = &["/iati-organisations/iati-organisation/recipient-region-budget"];
const SPENT: &[&str] = &["/iati-organisations/iati-organisation/total-expenditure"];
