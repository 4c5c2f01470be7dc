//! Rules for an activity as a whole: sectors, countries, their shares.

use super::{
    Check, Rule,
    Severity::{Error, Warning},
    rule,
};

pub(super) const RULES: &[Rule] = &[
    rule(
        Error,
        "2.1.2",
        "classifications",
        ACTIVITY,
        Check::Hundred(&["sector[@vocabulary = '$1']/@percentage"]),
        "The percentages of the sectors of one vocabulary make one hundred.",
    )
    .each("sector[@vocabulary != '1']/@vocabulary")
    .when("count(sector[@vocabulary = '$1']) > 1"),
    rule(
        Error,
        "3.4.1",
        "geo",
        ACTIVITY,
        Check::IfThen(
            "count(recipient-region[@vocabulary = '$1']) > 1",
            "count(recipient-region[@vocabulary = '$1']) = \
             count(recipient-region[@vocabulary = '$1']/@percentage)",
        ),
        "Where a vocabulary has several regions, each has a percentage.",
    )
    .each("recipient-region/@vocabulary"),
    rule(
        Error,
        "3.4.4",
        "geo",
        ACTIVITY,
        Check::IfThen(
            "count(recipient-region[@vocabulary = '$1']) = 1 and \
             not(recipient-country)",
            "not(recipient-region[@vocabulary = '$1']/@percentage) or \
             recipient-region[@vocabulary = '$1']/@percentage = 100",
        ),
        "A region alone in its vocabulary has no percentage, or one hundred.",
    )
    .each("recipient-region/@vocabulary"),
    rule(
        Error,
        "3.4.2",
        "geo",
        ACTIVITY,
        Check::Hundred(&[
            "recipient-region[@vocabulary = '$1']/@percentage",
            "recipient-country/@percentage",
        ]),
        "The percentages of countries and regions make one hundred.",
    )
    .each("recipient-region/@vocabulary")
    .when(
        "count(recipient-region[@vocabulary = '$1']) + \
             count(recipient-country) > 1",
    ),
    rule(
        Warning,
        "7.9.2",
        "financial",
        ACTIVITY,
        Check::Hundred(&["country-budget-items[@vocabulary = '$1']/budget-item/@percentage"]),
        "The percentages of budget items make one hundred.",
    )
    .each("country-budget-items/@vocabulary")
    .when("count(country-budget-items[@vocabulary = '$1']/budget-item) > 1"),
    rule(
        Warning,
        "7.9.1",
        "financial",
        ACTIVITY,
        Check::AtLeastOne(&["country-budget-items[@vocabulary = '$1']/budget-item/@percentage"]),
        "Where there are several budget items, each has a percentage.",
    )
    .each("country-budget-items/@vocabulary")
    .when("count(country-budget-items[@vocabulary = '$1']/budget-item) > 1"),
    rule(
        Warning,
        "7.9.4",
        "financial",
        ACTIVITY,
        Check::IfThen(
            "count(country-budget-items[@vocabulary = '$1']/budget-item) = 1",
            "not(country-budget-items[@vocabulary = \
             '$1']/budget-item/@percentage) or country-budget-items[@vocabulary \
             = '$1']/budget-item/@percentage = 100",
        ),
        "A budget item alone has no percentage, or one hundred.",
    )
    .each("country-budget-items/@vocabulary"),
    rule(
        Warning,
        "107.1.2",
        "financial",
        ACTIVITY,
        Check::NoMoreThanOne(&["default-aid-type[@vocabulary = '$1']"]),
        "An activity has one default aid type of each vocabulary at most.",
    )
    .each("default-aid-type[@vocabulary != 1]/@vocabulary"),
    rule(
        Error,
        "2.1.1",
        "classifications",
        ACTIVITY,
        Check::IfThen(
            "count(sector[@vocabulary = '$1']) > 1",
            "count(sector[@vocabulary = '$1']) = count(sector[@vocabulary = \
             '$1']/@percentage)",
        ),
        "Where a vocabulary has several sectors, each has a percentage.",
    )
    .each("sector[@vocabulary != '1']/@vocabulary"),
    rule(
        Error,
        "2.1.4",
        "classifications",
        ACTIVITY,
        Check::IfThen(
            "count(sector[@vocabulary = '$1']) = 1",
            "not(sector[@vocabulary = '$1']/@percentage) or sector[@vocabulary = \
             '$1']/@percentage = 100",
        ),
        "A sector alone in its vocabulary has no percentage, or one hundred.",
    )
    .each("sector[@vocabulary != '1']/@vocabulary"),
    rule(
        Warning,
        "107.1.2",
        "financial",
        ACTIVITY,
        Check::NoMoreThanOne(
            &["default-aid-type[@vocabulary = '1' or @vocabulary = '' or \
             not(@vocabulary)]"],
        ),
        "An activity has one default aid type of each vocabulary at most.",
    ),
    rule(
        Error,
        "2.1.2",
        "classifications",
        ACTIVITY,
        Check::Hundred(&["sector[@vocabulary = '1' or @vocabulary = '' or \
             not(@vocabulary)]/@percentage"]),
        "The percentages of the sectors of one vocabulary make one hundred.",
    )
    .when(
        "count(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]/@percentage) > 1",
    ),
    rule(
        Error,
        "3.1.2",
        "geo",
        ACTIVITY,
        Check::Hundred(&["recipient-country/@percentage"]),
        "The percentages of the countries make one hundred.",
    )
    .when("count(recipient-country) > 1 and not(recipient-region)"),
    rule(
        Error,
        "12.1.1",
        "geo",
        ACTIVITY,
        Check::Percentage(&["recipient-country/@percentage"]),
        "The share of a country or region is from 0 to 100 per cent.",
    ),
    rule(
        Error,
        "12.1.1",
        "geo",
        ACTIVITY,
        Check::Percentage(&["recipient-region/@percentage"]),
        "The share of a country or region is from 0 to 100 per cent.",
    ),
    rule(
        Error,
        "12.3.1",
        "classifications",
        ACTIVITY,
        Check::Percentage(&["sector/@percentage"]),
        "The share of a sector is from 0 to 100 per cent.",
    ),
    rule(
        Error,
        "12.2.1",
        "financial",
        ACTIVITY,
        Check::Percentage(&["capital-spend/@percentage"]),
        "A percentage is from 0 to 100.",
    ),
    rule(
        Error,
        "12.2.1",
        "financial",
        ACTIVITY,
        Check::Percentage(&["country-budget-items/budget-item/@percentage"]),
        "A percentage is from 0 to 100.",
    ),
    rule(
        Error,
        "2.2.1",
        "classifications",
        ACTIVITY,
        Check::IfThen(
            "count(sector[@vocabulary=98 or @vocabulary=99]) > 0",
            "count(sector[@vocabulary=98 or @vocabulary=99]/narrative) >= \
             count(sector[@vocabulary=98 or @vocabulary=99])",
        ),
        "A sector of the reporter's own vocabulary is explained in words.",
    ),
    rule(
        Warning,
        "102.1.1",
        "information",
        ACTIVITY,
        Check::IfThen(
            "count(sector[not(@vocabulary='')]) + \
             count(sector[not(@vocabulary='1')]) > 0",
            "count(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) > 0",
        ),
        "Beside sectors of another vocabulary stands one of the DAC.",
    ),
    rule(
        Error,
        "2.1.1",
        "classifications",
        ACTIVITY,
        Check::IfThen(
            "count(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) > 1",
            "count(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) = count(sector[@vocabulary='' or @vocabulary='1' \
             or not(@vocabulary)]/@percentage)",
        ),
        "Where a vocabulary has several sectors, each has a percentage.",
    ),
    rule(
        Error,
        "2.1.4",
        "classifications",
        ACTIVITY,
        Check::IfThen(
            "count(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) = 1",
            "not(sector[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]/@percentage) or sector[@vocabulary='' or \
             @vocabulary='1' or not(@vocabulary)]/@percentage = 100",
        ),
        "A sector alone in its vocabulary has no percentage, or one hundred.",
    ),
    rule(
        Warning,
        "107.1.1",
        "information",
        ACTIVITY,
        Check::IfThen(
            "count(default-aid-type[not(@vocabulary='')]) + \
             count(default-aid-type[not(@vocabulary='1')]) > 0",
            "count(default-aid-type[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) > 0",
        ),
        "Beside a default aid type of another vocabulary stands one of the \
             DAC.",
    ),
    rule(
        Warning,
        "107.2.1",
        "financial",
        ACTIVITY,
        Check::IfThen(
            "count(transaction/aid-type[not(@vocabulary='')]) + \
             count(transaction/aid-type[not(@vocabulary='1')]) > 0",
            "count(transaction/aid-type[@vocabulary='' or @vocabulary='1' or \
             not(@vocabulary)]) > 0",
        ),
        "Beside an aid type of another vocabulary stands one of the DAC.",
    ),
    rule(
        Error,
        "6.6.2",
        "classifications",
        ACTIVITY,
        Check::IfThen("count(sector) > 0", "count(transaction/sector) < 1"),
        "Sectors stand with the activity or with its transactions, not both.",
    ),
    rule(
        Error,
        "3.6.2",
        "financial",
        ACTIVITY,
        Check::IfThen(
            "recipient-country or recipient-region",
            "not(transaction/recipient-country or transaction/recipient-region)",
        ),
        "Countries and regions stand with the activity or with its \
             transactions, not both.",
    ),
    rule(
        Error,
        "3.7.1",
        "financial",
        ACTIVITY,
        Check::IfThen(
            "not(recipient-country or recipient-region)",
            "transaction[recipient-country or recipient-region]",
        ),
        "An activity, or its transactions, have a country or a region.",
    ),
    rule(
        Error,
        "3.7.2",
        "financial",
        ACTIVITY,
        Check::IfThen(
            "not(recipient-country or recipient-region)",
            "not(transaction[not(recipient-country or recipient-region)])",
        ),
        "Without a country or region for the activity, every transaction has \
             one.",
    ),
    rule(
        Error,
        "3.1.1",
        "geo",
        ACTIVITY,
        Check::IfThen(
            "count(recipient-country) > 1 and not(recipient-region)",
            "count(recipient-country) = count(recipient-country/@percentage)",
        ),
        "Where there are several countries, each has a percentage.",
    ),
    rule(
        Error,
        "3.1.4",
        "geo",
        ACTIVITY,
        Check::IfThen(
            "count(recipient-country) = 1 and not(recipient-region)",
            "not(recipient-country/@percentage) or recipient-country/@percentage \
             = 100",
        ),
        "A country alone has no percentage, or one hundred.",
    ),
];

const ACTIVITY: &[&str] = &["/iati-activities/iati-activity"];
