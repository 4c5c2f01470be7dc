//! One case that breaks each rule and one that does not, in the order of the rules: activities.

use super::activity;

pub(super) type Case = (String, String);

pub(super) fn all() -> Vec<Case> {
    let parts = [
        of_identifiers_and_dates(),
        of_shares_in_loops(),
        of_shares(),
    ];
    parts.into_iter().flatten().collect()
}

fn of_identifiers_and_dates() -> Vec<Case> {
    vec![
        (
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='A'/>",
            ),
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B'/>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier>B-1</iati-identifier><reporting-org ref='A'/>",
            ),
            activity(
                "",
                "<iati-identifier>A-1</iati-identifier><reporting-org ref='A'/>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='YY-REG-1'/>",
            ),
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='XX-REG-1'/>",
            ),
        ),
        (
            activity("", "<activity-date type='3'/>"),
            activity("", "<activity-date type='2'/>"),
        ),
        (
            activity("", "<transaction/>"),
            activity("", "<transaction><sector/></transaction>"),
        ),
        (
            activity("", "<title><narrative>t</narrative></title>"),
            activity("", "<title><narrative xml:lang='fr'>t</narrative></title>"),
        ),
        (
            activity("", "<transaction><sector/></transaction><transaction/>"),
            activity(
                "",
                "<transaction><sector/></transaction><transaction><sector/></transaction>",
            ),
        ),
        (
            activity("", "<budget><value>1</value></budget>"),
            activity("", "<budget><value currency='EUR'>1</value></budget>"),
        ),
        (
            activity("last-updated-datetime='2026-01-01T00:00:01Z'", ""),
            activity("last-updated-datetime='2026-01-01T00:00:00Z'", ""),
        ),
        (
            activity(
                "",
                "<activity-date type='1' iso-date='2025-02-01'/><activity-date type='3' iso-date='2025-01-31'/>",
            ),
            activity(
                "",
                "<activity-date type='1' iso-date='2025-02-01'/><activity-date type='3' iso-date='2025-02-01'/>",
            ),
        ),
        (
            activity(
                "",
                "<activity-date type='2' iso-date='2025-02-01'/><activity-date type='4' iso-date='2025-01-31'/>",
            ),
            activity(
                "",
                "<activity-date type='2' iso-date='2025-02-01'/><activity-date type='4' iso-date='2025-02-01'/>",
            ),
        ),
        (
            activity("", "<activity-date type='2' iso-date='2026-01-02'/>"),
            activity("", "<activity-date type='2' iso-date='2026-01-01'/>"),
        ),
        (
            activity("", "<activity-date type='4' iso-date='2026-01-02'/>"),
            activity("", "<activity-date type='4' iso-date='2026-01-01'/>"),
        ),
        (
            activity(
                "",
                "<transaction><transaction-date iso-date='2025-01-01'/></transaction><transaction><transaction-date iso-date='2026-01-02'/></transaction>",
            ),
            activity(
                "",
                "<transaction><transaction-date iso-date='2025-01-01'/></transaction><transaction><transaction-date iso-date='2026-01-01'/></transaction>",
            ),
        ),
        (
            activity(
                "",
                "<transaction><value value-date='2026-01-02'/></transaction>",
            ),
            activity(
                "",
                "<transaction><value value-date='2026-01-01'/></transaction>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier>A/1</iati-identifier><reporting-org ref='B'/>",
            ),
            activity(
                "",
                "<iati-identifier>A-1</iati-identifier><reporting-org ref='B'/>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B|C'/>",
            ),
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B-C'/>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier> A</iati-identifier><reporting-org ref='B'/>",
            ),
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B'/>",
            ),
        ),
        (
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B '/>",
            ),
            activity(
                "",
                "<iati-identifier>A</iati-identifier><reporting-org ref='B'/>",
            ),
        ),
        (
            activity("", "<other-identifier type='B1' ref='A '/>"),
            activity("", "<other-identifier type='B1' ref='A'/>"),
        ),
        (
            activity("", "<other-identifier type='A3' ref=' A'/>"),
            activity("", "<other-identifier type='A3' ref='A'/>"),
        ),
        (
            activity("", "<related-activity ref=' A'/>"),
            activity("", "<related-activity ref='A'/>"),
        ),
    ]
}

fn of_shares_in_loops() -> Vec<Case> {
    vec![
        (
            activity(
                "",
                "<sector vocabulary='99' percentage='50'/><sector vocabulary='99' percentage='40'/>",
            ),
            activity(
                "",
                "<sector vocabulary='99' percentage='33.3'/><sector vocabulary='99' percentage='66.70001'/>",
            ),
        ),
        (
            activity(
                "",
                "<recipient-region vocabulary='1' percentage='50'/><recipient-region vocabulary='1'/>",
            ),
            activity(
                "",
                "<recipient-region vocabulary='1' percentage='50'/><recipient-region vocabulary='1' percentage='50'/>",
            ),
        ),
        (
            activity("", "<recipient-region vocabulary='1' percentage='50'/>"),
            activity("", "<recipient-region vocabulary='1' percentage='100.0'/>"),
        ),
        (
            activity(
                "",
                "<recipient-country percentage='40'/><recipient-region vocabulary='1' percentage='50'/>",
            ),
            activity(
                "",
                "<recipient-country percentage='50'/><recipient-region vocabulary='1' percentage='50'/>",
            ),
        ),
        (
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='50'/><budget-item percentage='40'/></country-budget-items>",
            ),
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='50'/><budget-item percentage='50'/></country-budget-items>",
            ),
        ),
        (
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item/><budget-item/></country-budget-items>",
            ),
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item/><budget-item percentage='100'/></country-budget-items>",
            ),
        ),
        (
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='50'/></country-budget-items>",
            ),
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='100'/></country-budget-items>",
            ),
        ),
        (
            activity(
                "",
                "<default-aid-type vocabulary='2'/><default-aid-type vocabulary='2'/>",
            ),
            activity(
                "",
                "<default-aid-type vocabulary='2'/><default-aid-type vocabulary='3'/>",
            ),
        ),
        (
            activity(
                "",
                "<sector vocabulary='99' percentage='50'/><sector vocabulary='99'/>",
            ),
            activity(
                "",
                "<sector vocabulary='99' percentage='50'/><sector vocabulary='99' percentage='50'/>",
            ),
        ),
        (
            activity("", "<sector vocabulary='99' percentage='50'/>"),
            activity("", "<sector vocabulary='99' percentage='100'/>"),
        ),
        (
            activity("", "<default-aid-type/><default-aid-type vocabulary='1'/>"),
            activity("", "<default-aid-type/><default-aid-type vocabulary='2'/>"),
        ),
    ]
}

fn of_shares() -> Vec<Case> {
    vec![
        (
            activity("", "<sector percentage='50'/><sector percentage='40'/>"),
            activity("", "<sector percentage='50'/><sector percentage='50'/>"),
        ),
        (
            activity(
                "",
                "<recipient-country percentage='50'/><recipient-country percentage='40'/>",
            ),
            activity(
                "",
                "<recipient-country percentage='50'/><recipient-country percentage='50'/>",
            ),
        ),
        (
            activity("", "<recipient-country percentage='100.01'/>"),
            activity("", "<recipient-country percentage='100'/>"),
        ),
        (
            activity("", "<recipient-region percentage='100.01'/>"),
            activity("", "<recipient-region percentage='100'/>"),
        ),
        (
            activity("", "<sector percentage='100.01'/>"),
            activity("", "<sector percentage='100'/>"),
        ),
        (
            activity("", "<capital-spend percentage='100.01'/>"),
            activity("", "<capital-spend percentage='100'/>"),
        ),
        (
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='-1'/></country-budget-items>",
            ),
            activity(
                "",
                "<country-budget-items vocabulary='1'><budget-item percentage='0'/></country-budget-items>",
            ),
        ),
        (
            activity("", "<sector vocabulary='99'/>"),
            activity(
                "",
                "<sector vocabulary='99'><narrative>n</narrative></sector>",
            ),
        ),
        (
            activity("", "<sector vocabulary='99'/>"),
            activity("", "<sector vocabulary='99'/><sector/>"),
        ),
        (
            activity(
                "",
                "<sector vocabulary='1' percentage='50'/><sector vocabulary='1'/>",
            ),
            activity(
                "",
                "<sector vocabulary='1' percentage='50'/><sector vocabulary='1' percentage='50'/>",
            ),
        ),
        (
            activity("", "<sector percentage='50'/>"),
            activity("", "<sector percentage='100'/>"),
        ),
        (
            activity("", "<default-aid-type vocabulary='2'/>"),
            activity(
                "",
                "<default-aid-type vocabulary='2'/><default-aid-type vocabulary='1'/>",
            ),
        ),
        (
            activity("", "<transaction><aid-type vocabulary='2'/></transaction>"),
            activity(
                "",
                "<transaction><aid-type vocabulary='2'/><aid-type/></transaction>",
            ),
        ),
        (
            activity("", "<sector/><transaction><sector/></transaction>"),
            activity("", "<sector/><transaction/>"),
        ),
        (
            activity(
                "",
                "<recipient-country/><transaction><recipient-region/></transaction>",
            ),
            activity("", "<recipient-country/><transaction/>"),
        ),
        (
            activity("", "<transaction/>"),
            activity("", "<transaction><recipient-country/></transaction>"),
        ),
        (
            activity(
                "",
                "<transaction><recipient-country/></transaction><transaction/>",
            ),
            activity("", "<transaction><recipient-country/></transaction>"),
        ),
        (
            activity(
                "",
                "<recipient-country percentage='50'/><recipient-country/>",
            ),
            activity(
                "",
                "<recipient-country percentage='50'/><recipient-country percentage='50'/>",
            ),
        ),
        (
            activity("", "<recipient-country percentage='50'/>"),
            activity("", "<recipient-country/>"),
        ),
    ]
}
