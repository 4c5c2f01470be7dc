//! Rules for an activity as a whole: identifiers, dates, languages.

use super::{
    All, Check, Later, Rule,
    Severity::{Error, Warning},
    Unless, rule,
};

pub(super) const RULES: &[Rule] = &[
    rule(
        Error,
        "1.1.3",
        "identifiers",
        ACTIVITY,
        Check::Unique(&["reporting-org/@ref", "iati-identifier"]),
        "An activity and its reporting organisation have different \
             identifiers.",
    ),
    rule(
        Warning,
        "1.1.21",
        "identifiers",
        ACTIVITY,
        Check::StartsWith(
            &["reporting-org/@ref", "other-identifier[@type='B1']/@ref"],
            &["iati-identifier"],
        ),
        "An activity's identifier begins with the identifier of the \
             reporting organisation, now or formerly, and a hyphen.",
    ),
    rule(
        Warning,
        "1.14.8",
        "identifiers",
        ACTIVITY,
        Check::Agency(&["reporting-org/@ref"]),
        "The reporting organisation's identifier begins with the code of a \
             known register.",
    )
    .unless(Unless::Known),
    rule(
        Error,
        "6.11.1",
        "information",
        ACTIVITY,
        Check::AtLeastOne(&["activity-date[@type='1' or @type='2']"]),
        "An activity has a planned or an actual start.",
    ),
    rule(
        Error,
        "6.2.2",
        "classifications",
        ACTIVITY,
        Check::AtLeastOne(&["sector", "transaction/sector"]),
        "An activity, or its transactions, have a sector.",
    ),
    rule(
        Error,
        "4.1.1",
        "information",
        ACTIVITY,
        Check::OneOrAll("@xml:lang", All::Language),
        "An activity has a language, or each of its texts has one.",
    ),
    rule(
        Error,
        "6.7.2",
        "classifications",
        ACTIVITY,
        Check::OneOrAll("sector", All::Sector),
        "Where sectors stand with transactions, every transaction has one.",
    ),
    rule(
        Error,
        "7.8.1",
        "financial",
        ACTIVITY,
        Check::OneOrAll("@default-currency", All::Currency),
        "An activity has a currency, or each of its amounts has one.",
    ),
    rule(
        Error,
        "11.1.1",
        "information",
        ACTIVITY,
        Check::NotInFuture("@last-updated-datetime"),
        "An activity was not changed in the future.",
    ),
    rule(
        Error,
        "11.1.2",
        "iati",
        ACTIVITY,
        Check::InOrder(
            "activity-date[@type='1']/@iso-date",
            Later::At("activity-date[@type='3']/@iso-date"),
        ),
        "An activity is planned to start before it is planned to end.",
    ),
    rule(
        Error,
        "11.1.3",
        "iati",
        ACTIVITY,
        Check::InOrder(
            "activity-date[@type='2']/@iso-date",
            Later::At("activity-date[@type='4']/@iso-date"),
        ),
        "An activity started before it ended.",
    ),
    rule(
        Error,
        "11.1.4",
        "iati",
        ACTIVITY,
        Check::InOrder("activity-date[@type='2']/@iso-date", Later::Now),
        "An activity that started did not start in the future.",
    ),
    rule(
        Error,
        "11.1.5",
        "iati",
        ACTIVITY,
        Check::InOrder("activity-date[@type='4']/@iso-date", Later::Now),
        "An activity that ended did not end in the future.",
    ),
    rule(
        Error,
        "11.2.1",
        "financial",
        ACTIVITY,
        Check::InOrder("transaction/transaction-date/@iso-date", Later::Now),
        "No transaction is of the future.",
    ),
    rule(
        Error,
        "11.2.2",
        "financial",
        ACTIVITY,
        Check::InOrder("transaction/value/@value-date", Later::Now),
        "No amount of a transaction is valued in the future.",
    ),
    rule(
        Warning,
        "1.3.13",
        "identifiers",
        ACTIVITY,
        Check::Plain(&["iati-identifier"]),
        "The characters / & | ? stand in no activity identifier.",
    )
    .unless(Unless::KnownPrefix),
    rule(
        Warning,
        "1.14.13",
        "identifiers",
        ACTIVITY,
        Check::Plain(&["reporting-org/@ref"]),
        "The characters / & | ? do not stand in the reporting organisation's \
             identifier.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.3.1",
        "identifiers",
        ACTIVITY,
        Check::NoSpaces(&["iati-identifier"]),
        "No space surrounds the identifier of an activity.",
    ),
    rule(
        Warning,
        "1.14.1",
        "identifiers",
        ACTIVITY,
        Check::NoSpaces(&["reporting-org/@ref"]),
        "No space surrounds the identifier of the reporting organisation.",
    ),
    rule(
        Warning,
        "1.16.1",
        "identifiers",
        ACTIVITY,
        Check::NoSpaces(&["other-identifier[@type='B1']/@ref"]),
        "No space surrounds a former identifier of the reporting \
             organisation.",
    ),
    rule(
        Warning,
        "1.6.1",
        "identifiers",
        ACTIVITY,
        Check::NoSpaces(&["other-identifier[@type='A3']/@ref"]),
        "No space surrounds a former identifier of an activity.",
    ),
    rule(
        Warning,
        "1.7.1",
        "relations",
        ACTIVITY,
        Check::NoSpaces(&["related-activity/@ref"]),
        "No space surrounds the identifier of a related activity.",
    ),
];

const ACTIVITY: &[&str] = &["/iati-activities/iati-activity"];
