//! Small activity files, and small tables of the EU Trust Fund.

use super::{Sample, World, bad, choosing, good, spoilt};

pub(crate) fn activities(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("results", file("", RESULTS));
    samples.extend([
        good("money", file("default-currency='EUR' hierarchy='1'", MONEY)),
        good(
            "foreign",
            file("xmlns:x='urn:x' x:y='1'", "<x:z><a/></x:z>"),
        ),
        good("vocabularies", file("", VOCABULARIES)),
        bad("organisations", ORGANISATIONS),
        bad(
            "doctype",
            format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{}", file("", "")),
        ),
        bad("entity", file("", "<sector code='&b;'/>")),
        bad(
            "order",
            file("", "<tag code='1' vocabulary='2'/><sector code='1'/>"),
        ),
        bad("version", file("", "").replace("2.03", "1.05")),
        bad("deep", "<a>".repeat(100)),
        bad("empty", ""),
    ]);
    samples
}

/// One activity with these attributes, and these elements after the required ones.
fn file(attributes: &str, more: &str) -> String {
    format!(
        "<iati-activities version=\"2.03\"><iati-activity {attributes}>\
         <iati-identifier>XX-1</iati-identifier><reporting-org ref='XX' type='10'>\
         <narrative>n</narrative></reporting-org><title><narrative xml:lang='ar'>عنوان</narrative>\
         </title><description><narrative><![CDATA[a & b]]></narrative></description>\
         <participating-org role='1'/><activity-status code='2'/>\
         <activity-date type='1' iso-date='2025-01-01Z'/>{more}</iati-activity></iati-activities>"
    )
}

const RESULTS: &str = "<result type='1'><title><narrative/></title><indicator measure='1'>\
    <title><narrative/></title><baseline year='2024' value='1.50'/><period>\
    <period-start iso-date='2025-01-01'/><period-end iso-date='2025-12-31'/>\
    <target value='-3'><dimension name='sex' value='f'/></target><actual value='N/A'/>\
    </period></indicator></result>";

const MONEY: &str = "<budget><period-start iso-date='2025-01-01'/>\
    <period-end iso-date='2025-12-31'/><value value-date='2025-01-01'>17993979.53</value></budget>\
    <transaction ref='&quot;&#10;'><transaction-type code='2'/>\
    <transaction-date iso-date='2025-01-01'/><value value-date='2025-01-01'>1</value>\
    </transaction>";

const VOCABULARIES: &str = "<recipient-country code='MA' percentage='50'/>\
    <recipient-region code='1' vocabulary='1' percentage='50'/>\
    <sector vocabulary='99' code='a' percentage='33.3333'/>\
    <sector vocabulary=\"it's\" code='b' percentage='66.6667'/>";

const ORGANISATIONS: &str = "<iati-organisations><iati-organisation \
    last-updated-datetime='2025-01-01T00:00:00+01:00'><total-budget>\
    <period-start iso-date='2025-01-01'/><period-end iso-date='2026-12-31'/></total-budget>\
    </iati-organisation></iati-organisations>";

pub(crate) fn tables(_: &World) -> Vec<Sample> {
    let projects = "iati_id,prefix,title,partner_implementing,date_start,date_end,budget,\
        recipient_country,topics,project_parent,project_child\n\
        D,DEC,\"a, \"\"b\"\"\",,2020-01-01,,4.4e+07,\"MA, TN\",,,C\n\
        C,CTR,c,p,,2021-01-01,5,MA,T.1,D,\n";
    let results = "iati_id,result_type,title,period_start,period_end,target,actual\n\
        D,g,i,2020-01-01,2025-12-31,,5\nC,g,i,2020-01-01,2025-12-31,1,5.00\n";
    // Line ends at the end of a table are no rows: they fill it up to the place of the cut.
    let pair = |projects: &str, results: &str| {
        let half = projects.len().max(results.len());
        [padded(projects, half), padded(results, half)].concat()
    };
    let mut samples = choosing(8, spoilt("two-levels", pair(projects, results)));
    samples.extend(choosing(
        8,
        vec![
            bad("columns", pair(results, projects)),
            bad("number", pair(projects, &results.replace("5.00", "N/A"))),
            bad(
                "day",
                pair(&projects.replace("2021-01-01", "2021"), results),
            ),
        ],
    ));
    samples
}

fn padded(table: &str, length: usize) -> String {
    let over = length.saturating_sub(table.len());
    format!("{table}{}", "\n".repeat(over))
}
