//! The same for the parts of activities and for organisations.

use super::{activity, cases::Case, organisation};

pub(super) fn all() -> Vec<Case> {
    let parts = [
        of_organisations_named(),
        of_organisation_files(),
        of_participants_and_periods(),
        of_results(),
    ];
    parts.into_iter().flatten().collect()
}

fn of_organisations_named() -> Vec<Case> {
    vec![
        (
            activity(
                "",
                "<transaction><aid-type/><aid-type vocabulary='1'/></transaction>",
            ),
            activity(
                "",
                "<transaction><aid-type/><aid-type vocabulary='2'/></transaction>",
            ),
        ),
        (
            activity(
                "",
                "<transaction><aid-type vocabulary='2'/><aid-type vocabulary='2'/></transaction>",
            ),
            activity(
                "",
                "<transaction><aid-type vocabulary='2'/><aid-type vocabulary='3'/></transaction>",
            ),
        ),
        (
            activity("", "<other-identifier><owner-org/></other-identifier>"),
            activity(
                "",
                "<other-identifier><owner-org><narrative/></owner-org></other-identifier>",
            ),
        ),
        (
            activity(
                "",
                "<other-identifier><owner-org ref='A '/></other-identifier>",
            ),
            activity(
                "",
                "<other-identifier><owner-org ref='A'/></other-identifier>",
            ),
        ),
        (
            activity(
                "",
                "<other-identifier><owner-org ref='A?'/></other-identifier>",
            ),
            activity(
                "",
                "<other-identifier><owner-org ref='A'/></other-identifier>",
            ),
        ),
        (
            activity("", "<transaction><provider-org/></transaction>"),
            activity("", "<transaction><provider-org ref='A'/></transaction>"),
        ),
        (
            activity(
                "",
                "<planned-disbursement><provider-org ref='A&amp;B'/></planned-disbursement>",
            ),
            activity(
                "",
                "<planned-disbursement><provider-org ref='AB'/></planned-disbursement>",
            ),
        ),
        (
            activity("", "<transaction><provider-org ref=' A'/></transaction>"),
            activity("", "<transaction><provider-org ref='A'/></transaction>"),
        ),
        (
            activity(
                "",
                "<planned-disbursement><provider-org provider-activity-id=' A'/></planned-disbursement>",
            ),
            activity(
                "",
                "<planned-disbursement><provider-org provider-activity-id='A'/></planned-disbursement>",
            ),
        ),
        (
            activity(
                "",
                "<planned-disbursement><receiver-org/></planned-disbursement>",
            ),
            activity(
                "",
                "<planned-disbursement><receiver-org ref='A'/></planned-disbursement>",
            ),
        ),
        (
            activity(
                "",
                "<transaction><receiver-org ref='A&#10;'/></transaction>",
            ),
            activity("", "<transaction><receiver-org ref='A'/></transaction>"),
        ),
        (
            activity(
                "",
                "<planned-disbursement><receiver-org receiver-activity-id=' A'/></planned-disbursement>",
            ),
            activity(
                "",
                "<planned-disbursement><receiver-org receiver-activity-id='A'/></planned-disbursement>",
            ),
        ),
        (
            activity("", "<transaction><receiver-org ref='A/B'/></transaction>"),
            activity("", "<transaction><receiver-org ref='AB'/></transaction>"),
        ),
        (
            activity("", "<policy-marker/>"),
            activity("", "<policy-marker significance='1'/>"),
        ),
        (
            activity("", "<policy-marker vocabulary='99'/>"),
            activity(
                "",
                "<policy-marker vocabulary='99'><narrative/></policy-marker>",
            ),
        ),
    ]
}

fn of_organisation_files() -> Vec<Case> {
    vec![
        (
            organisation("", "<reporting-org ref='XX-OTHER-1'/>"),
            organisation("", "<reporting-org ref='XX-REG-1'/>"),
        ),
        (
            organisation("", "<organisation-identifier>A|B</organisation-identifier>"),
            organisation("", "<organisation-identifier>AB</organisation-identifier>"),
        ),
        (
            organisation("", "<reporting-org ref='A?'/>"),
            organisation("", "<reporting-org ref='A'/>"),
        ),
        (
            organisation("", "<organisation-identifier> A</organisation-identifier>"),
            organisation("", "<organisation-identifier>A</organisation-identifier>"),
        ),
        (
            organisation(
                "",
                "<recipient-org-budget><recipient-org ref=' A'/></recipient-org-budget>",
            ),
            organisation(
                "",
                "<recipient-org-budget><recipient-org ref='A'/></recipient-org-budget>",
            ),
        ),
        (
            organisation("", "<reporting-org ref='A '/>"),
            organisation("", "<reporting-org ref='A'/>"),
        ),
        (
            organisation("last-updated-datetime='2026-01-02T00:00:00+01:00'", ""),
            organisation("last-updated-datetime='2026-01-01T00:30:00+01:00'", ""),
        ),
        (
            organisation("", "<name><narrative>n</narrative></name>"),
            organisation("xml:lang='fr'", "<name><narrative>n</narrative></name>"),
        ),
        (
            organisation("", "<total-budget><value>1</value></total-budget>"),
            organisation(
                "default-currency='EUR'",
                "<total-budget><value>1</value></total-budget>",
            ),
        ),
    ]
}

fn of_participants_and_periods() -> Vec<Case> {
    vec![
        (
            activity("", "<participating-org/>"),
            activity("", "<participating-org ref='A'/>"),
        ),
        (
            activity("", "<participating-org ref='A/B'/>"),
            activity("", "<participating-org ref='AB'/>"),
        ),
        (
            activity("", "<participating-org ref=' A'/>"),
            activity("", "<participating-org ref='A'/>"),
        ),
        (
            activity("", "<participating-org activity-id=' A'/>"),
            activity("", "<participating-org activity-id='A'/>"),
        ),
        (
            activity(
                "",
                "<planned-disbursement><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></planned-disbursement>",
            ),
            activity(
                "",
                "<planned-disbursement><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></planned-disbursement>",
            ),
        ),
        (
            activity(
                "",
                "<budget><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></budget>",
            ),
            activity(
                "",
                "<budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></budget>",
            ),
        ),
        (
            activity(
                "",
                "<budget><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></budget>",
            ),
            activity(
                "",
                "<budget><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></budget>",
            ),
        ),
        (
            organisation(
                "",
                "<total-budget><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></total-budget>",
            ),
            organisation(
                "",
                "<total-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></total-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<total-budget><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></total-budget>",
            ),
            organisation(
                "",
                "<total-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></total-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></recipient-country-budget>",
            ),
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></recipient-country-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-12-31'/><budget-line><value value-date='2026-01-01'/></budget-line></recipient-country-budget>",
            ),
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-12-31'/><budget-line><value value-date='2025-12-31'/></budget-line></recipient-country-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></recipient-country-budget>",
            ),
            organisation(
                "",
                "<recipient-country-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></recipient-country-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-org-budget><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></recipient-org-budget>",
            ),
            organisation(
                "",
                "<recipient-org-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></recipient-org-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-org-budget><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></recipient-org-budget>",
            ),
            organisation(
                "",
                "<recipient-org-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></recipient-org-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-region-budget><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></recipient-region-budget>",
            ),
            organisation(
                "",
                "<recipient-region-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></recipient-region-budget>",
            ),
        ),
        (
            organisation(
                "",
                "<recipient-region-budget><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></recipient-region-budget>",
            ),
            organisation(
                "",
                "<recipient-region-budget><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></recipient-region-budget>",
            ),
        ),
        (
            activity(
                "",
                "<result><reference/><indicator><reference/></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator><reference/><reference/></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='1'><period><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='1'><period><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></period></indicator></result>",
            ),
        ),
        (
            organisation(
                "",
                "<total-expenditure><period-start iso-date='2024-01-01'/><period-end iso-date='2025-01-01'/></total-expenditure>",
            ),
            organisation(
                "",
                "<total-expenditure><period-start iso-date='2025-01-01'/><period-end iso-date='2026-01-01'/></total-expenditure>",
            ),
        ),
        (
            organisation(
                "",
                "<total-expenditure><period-start iso-date='2025-01-02'/><period-end iso-date='2025-01-01'/></total-expenditure>",
            ),
            organisation(
                "",
                "<total-expenditure><period-start iso-date='2025-01-01'/><period-end iso-date='2025-01-01'/></total-expenditure>",
            ),
        ),
    ]
}

fn of_results() -> Vec<Case> {
    vec![
        (
            activity(
                "",
                "<result><indicator measure='4'><baseline/></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='4'><baseline value='1'/></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='1'><baseline value='N/A'/></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='1'><baseline value='-1.5'/></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='5'><baseline value='1'/></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='5'><baseline/></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='4'><period><target/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='4'><period><target value='1'/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='1'><period><target value='N/A'/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='1'><period><target value='-1.5'/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='5'><period><target value='1'/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='5'><period><target/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='4'><period><actual/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='4'><period><actual value='1'/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='1'><period><actual value='N/A'/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='1'><period><actual value='-1.5'/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<result><indicator measure='5'><period><actual value='1'/></period></indicator></result>",
            ),
            activity(
                "",
                "<result><indicator measure='5'><period><actual/></period></indicator></result>",
            ),
        ),
        (
            activity(
                "",
                "<document-link><title><narrative/></title></document-link>",
            ),
            activity(
                "",
                "<document-link><title><narrative>t</narrative></title></document-link>",
            ),
        ),
        (
            activity("", "<description/>"),
            activity("", "<description><narrative>d</narrative></description>"),
        ),
    ]
}
