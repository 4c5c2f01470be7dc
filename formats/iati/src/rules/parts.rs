//! Rules for the parts of an activity.

use super::{
    Check, Later, Rule,
    Severity::{Error, Warning},
    Unless, rule,
};

pub(super) const FIRST: &[Rule] = &[
    rule(
        Warning,
        "107.2.2",
        "financial",
        TRANSACTION,
        Check::NoMoreThanOne(&[
            "aid-type[@vocabulary = '1' or @vocabulary = '' or not(@vocabulary)]",
        ]),
        "A transaction has one aid type of each vocabulary at most.",
    ),
    rule(
        Warning,
        "107.2.2",
        "financial",
        TRANSACTION,
        Check::NoMoreThanOne(&["aid-type[@vocabulary = '$1']"]),
        "A transaction has one aid type of each vocabulary at most.",
    )
    .each("aid-type[@vocabulary != 1]/@vocabulary"),
    rule(
        Error,
        "6.8.1",
        "information",
        OWNER,
        Check::AtLeastOne(&["@ref", "narrative"]),
        "An owner organisation has an identifier or a name.",
    ),
    rule(
        Warning,
        "1.11.1",
        "identifiers",
        OWNER,
        Check::NoSpaces(&["@ref"]),
        "No space surrounds the identifier of an owner organisation.",
    ),
    rule(
        Warning,
        "1.11.13",
        "identifiers",
        OWNER,
        Check::Plain(&["@ref"]),
        "The characters / & | ? do not stand in an owner organisation's \
             identifier.",
    )
    .unless(Unless::Known),
    rule(
        Error,
        "6.9.1",
        "financial",
        PROVIDER,
        Check::AtLeastOne(&["@ref", "narrative"]),
        "A provider has an identifier or a name.",
    ),
    rule(
        Warning,
        "1.10.13",
        "financial",
        PROVIDER,
        Check::Plain(&["@ref"]),
        "The characters / & | ? do not stand in a provider's identifier.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.10.1",
        "financial",
        PROVIDER,
        Check::NoSpaces(&["@ref"]),
        "No space surrounds the identifier of a provider.",
    ),
    rule(
        Warning,
        "1.4.1",
        "financial",
        PROVIDER,
        Check::NoSpaces(&["@provider-activity-id"]),
        "No space surrounds the identifier of a provider's activity.",
    ),
    rule(
        Error,
        "6.9.2",
        "financial",
        RECEIVER,
        Check::AtLeastOne(&["@ref", "narrative"]),
        "A receiver has an identifier or a name.",
    ),
    rule(
        Warning,
        "1.15.1",
        "financial",
        RECEIVER,
        Check::NoSpaces(&["@ref"]),
        "No space surrounds the identifier of a receiver.",
    ),
    rule(
        Warning,
        "1.5.1",
        "financial",
        RECEIVER,
        Check::NoSpaces(&["@receiver-activity-id"]),
        "No space surrounds the identifier of a receiver's activity.",
    ),
    rule(
        Warning,
        "1.15.13",
        "financial",
        RECEIVER,
        Check::Plain(&["@ref"]),
        "The characters / & | ? do not stand in a receiver's identifier.",
    )
    .unless(Unless::Known),
    rule(
        Error,
        "6.14.1",
        "classifications",
        MARKER,
        Check::AtLeastOne(&["@significance"]),
        "A policy marker of the DAC has a significance.",
    )
    .when("@vocabulary='1' or @vocabulary = '' or not(@vocabulary)"),
    rule(
        Error,
        "6.13.1",
        "classifications",
        MARKER,
        Check::AtLeastOne(&["narrative"]),
        "A policy marker of the reporter's own vocabulary is explained in \
             words.",
    )
    .when("@vocabulary='99'"),
];

pub(super) const SECOND: &[Rule] = &[
    rule(
        Error,
        "6.10.1",
        "participating",
        PARTICIPANT,
        Check::AtLeastOne(&["@ref", "narrative"]),
        "A participating organisation has an identifier or a name.",
    ),
    rule(
        Warning,
        "1.8.13",
        "participating",
        PARTICIPANT,
        Check::Plain(&["@ref"]),
        "The characters / & | ? do not stand in a participating \
             organisation's identifier.",
    )
    .unless(Unless::Known),
    rule(
        Warning,
        "1.8.1",
        "participating",
        PARTICIPANT,
        Check::NoSpaces(&["@ref"]),
        "No space surrounds the identifier of a participating organisation.",
    ),
    rule(
        Warning,
        "1.9.1",
        "participating",
        PARTICIPANT,
        Check::NoSpaces(&["@activity-id"]),
        "No space surrounds the identifier of a participating organisation's \
             activity.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        PLANNED,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "8.6.3",
        "financial",
        BUDGET,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "A period starts before it ends.",
    ),
    rule(
        Error,
        "7.5.3",
        "financial",
        BUDGET,
        Check::WithinYear("period-start/@iso-date", "period-end/@iso-date"),
        "A budget is for one year at most.",
    ),
];

pub(super) const THIRD: &[Rule] = &[
    rule(
        Error,
        "8.11.1",
        "performance",
        INDICATOR,
        Check::NoMoreThanOne(&["reference[1]", "../reference[1]"]),
        "A reference stands with a result or with its indicators, not both.",
    ),
    rule(
        Error,
        "8.6.1",
        "performance",
        PERIOD,
        Check::InOrder("period-start/@iso-date", Later::At("period-end/@iso-date")),
        "The period of an indicator starts before it ends.",
    ),
];

pub(super) const LAST: &[Rule] = &[
    rule(
        Error,
        "8.8.1",
        "performance",
        COUNTED_BASELINE,
        Check::AtLeastOne(&["@value"]),
        "A baseline that is measured in numbers has a value.",
    ),
    rule(
        Warning,
        "8.8.2",
        "performance",
        COUNTED_BASELINE,
        Check::IfThen("@value", "number(@value) = @value"),
        "A baseline that is measured in numbers is a number.",
    ),
    rule(
        Warning,
        "8.8.3",
        "performance",
        TOLD_BASELINE,
        Check::IfThen("@value", "not(@value)"),
        "A baseline that is told in words has no value.",
    ),
    rule(
        Error,
        "8.9.1",
        "performance",
        COUNTED_TARGET,
        Check::AtLeastOne(&["@value"]),
        "A target that is measured in numbers has a value.",
    ),
    rule(
        Warning,
        "8.9.2",
        "performance",
        COUNTED_TARGET,
        Check::IfThen("@value", "number(@value) = @value"),
        "A target that is measured in numbers is a number.",
    ),
    rule(
        Warning,
        "8.9.3",
        "performance",
        TOLD_TARGET,
        Check::IfThen("@value", "not(@value)"),
        "A target that is told in words has no value.",
    ),
    rule(
        Error,
        "8.10.1",
        "performance",
        COUNTED_ACTUAL,
        Check::AtLeastOne(&["@value"]),
        "An actual that is measured in numbers has a value.",
    ),
    rule(
        Warning,
        "8.10.2",
        "performance",
        COUNTED_ACTUAL,
        Check::IfThen("@value", "number(@value) = @value"),
        "An actual that is measured in numbers is a number.",
    ),
    rule(
        Warning,
        "8.10.3",
        "performance",
        TOLD_ACTUAL,
        Check::IfThen("@value", "not(@value)"),
        "An actual that is told in words has no value.",
    ),
    rule(
        Error,
        "4.3.1",
        "information",
        TITLE,
        Check::AtLeastOne(&["narrative/text()"]),
        "A title has words.",
    ),
    rule(
        Error,
        "4.4.1",
        "information",
        DESCRIPTION,
        Check::AtLeastOne(&["narrative/text()"]),
        "A description has words.",
    ),
];

const TRANSACTION: &[&str] = &["/iati-activities/iati-activity/transaction"];
const OWNER: &[&str] = &["/iati-activities/iati-activity/other-identifier/owner-org"];
const PROVIDER: &[&str] = &[
    "/iati-activities/iati-activity/transaction/provider-org",
    "/iati-activities/iati-activity/planned-disbursement/provider-org",
];
const RECEIVER: &[&str] = &[
    "/iati-activities/iati-activity/transaction/receiver-org",
    "/iati-activities/iati-activity/planned-disbursement/receiver-org",
];
const MARKER: &[&str] = &["/iati-activities/iati-activity/policy-marker"];
const PARTICIPANT: &[&str] = &["/iati-activities/iati-activity/participating-org"];
const PLANNED: &[&str] = &["/iati-activities/iati-activity/planned-disbursement"];
const BUDGET: &[&str] = &["/iati-activities/iati-activity/budget"];
const INDICATOR: &[&str] = &["/iati-activities/iati-activity/result/indicator"];
const PERIOD: &[&str] = &["/iati-activities/iati-activity/result/indicator/period"];
const COUNTED_BASELINE: &[&str] = &[
    "/iati-activities/iati-activity/result/indicator[@measure='1' or \
             @measure='2' or @measure='3' or @measure='4']/baseline",
];
const TOLD_BASELINE: &[&str] =
    &["/iati-activities/iati-activity/result/indicator[@measure='5']/baseline"];
const COUNTED_TARGET: &[&str] = &[
    "/iati-activities/iati-activity/result/indicator[@measure='1' or \
             @measure='2' or @measure='3' or @measure='4']/period/target",
];
const TOLD_TARGET: &[&str] =
    &["/iati-activities/iati-activity/result/indicator[@measure='5']/period/target"];
const COUNTED_ACTUAL: &[&str] = &[
    "/iati-activities/iati-activity/result/indicator[@measure='1' or \
             @measure='2' or @measure='3' or @measure='4']/period/actual",
];
const TOLD_ACTUAL: &[&str] =
    &["/iati-activities/iati-activity/result/indicator[@measure='5']/period/actual"];
const TITLE: &[&str] = &["//title"];
const DESCRIPTION: &[&str] = &["//description"];
