//! What a file of programmes contradicts or leaves open: codes and what stands in their
//! sentences.

use std::collections::BTreeSet;

use passerelle_iati::eutf::{Contradiction, Imported};
use passerelle_iati::rules::{Facts, Severity, check};
use passerelle_iati::{Activity, Tree, oda_doubts, read};
use passerelle_model::Day;

use super::super::tables::TableRefused;

/// Most findings of one kind that are told.
const MAX_TOLD: usize = 200;
/// An actual so many times its target raises a question.
const FAR: u32 = 3;

/// Something to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFinding {
    /// Stable code: `Q_IATI_…`, or `E_ODA_FORCED_RETURN`.
    pub code: &'static str,
    /// What stands in the sentence, by its name there.
    pub words: Vec<(&'static str, String)>,
}

fn finding(code: &'static str, words: &[(&'static str, String)]) -> ActivityFinding {
    ActivityFinding {
        code,
        words: words.to_vec(),
    }
}

pub(super) fn refused(code: &'static str, line: u32) -> TableRefused {
    TableRefused::Broken {
        code,
        row: usize::try_from(line).ok().filter(|line| *line > 0),
        column: None,
    }
}

/// Activities of a file, and what its own rules and ours ask.
pub(super) fn of_xml(
    bytes: &[u8],
    today: Day,
) -> Result<(Vec<Activity>, Vec<ActivityFinding>), TableRefused> {
    let fault = |error: passerelle_iati::Error| refused(error.code(), error.line);
    let tree = Tree::read(bytes).map_err(fault)?;
    let read = read(bytes).map_err(fault)?;
    let mut findings = rules(&tree, today);
    for activity in &read.file.activities {
        findings.extend(doubts(activity));
    }
    let left: u32 = read.left_out.values().sum();
    if left > 0 {
        findings.push(finding("Q_IATI_LEFT_OUT", &[("n", left.to_string())]));
    }
    Ok((read.file.activities, findings))
}

/// Rules of the standard that the file breaks.
fn rules(tree: &Tree, today: Day) -> Vec<ActivityFinding> {
    let Ok(now) = format!("{today}T23:59:59").parse() else {
        return Vec::new();
    };
    let facts = Facts {
        now,
        organisations: &BTreeSet::new(),
        agencies: None,
    };
    let broken = check(tree, &facts).into_iter();
    let broken = broken.filter(|found| found.rule.severity == Severity::Error);
    let told = broken.take(MAX_TOLD).map(|found| {
        let words = [
            ("rule", found.rule.id.to_owned()),
            ("line", found.line.to_string()),
            ("says", found.rule.says.to_owned()),
        ];
        finding("Q_IATI_RULE", &words)
    });
    told.collect()
}

fn doubts(activity: &Activity) -> Vec<ActivityFinding> {
    let name = || ("activity", activity.identifier.clone());
    let mut found: Vec<ActivityFinding> = oda_doubts(activity)
        .iter()
        .map(|doubt| finding(doubt.code(), &[name()]))
        .collect();
    let indicators = activity
        .results
        .iter()
        .flat_map(|result| &result.indicators);
    for indicator in indicators {
        let title = indicator
            .title
            .first()
            .map_or("", |narrative| &narrative.text);
        for period in &indicator.periods {
            let first = |all: &[passerelle_iati::Measured]| all.first().and_then(|one| one.value);
            let (target, actual) = (first(&period.targets), first(&period.actuals));
            if let (Some(target), Some(actual)) = (target, actual)
                && target.times(FAR).is_ok_and(|most| actual > most)
            {
                let words = [
                    name(),
                    ("indicator", title.to_owned()),
                    ("target", target.to_string()),
                    ("actual", actual.to_string()),
                ];
                found.push(finding("Q_IATI_FAR_ABOVE", &words));
            }
        }
    }
    found.truncate(MAX_TOLD);
    found
}

pub(super) fn of_tables(imported: &Imported) -> Vec<ActivityFinding> {
    let mut all: Vec<ActivityFinding> = imported.contradictions.iter().map(told).collect();
    if imported.empty_rows > 0 {
        let words = [("n", imported.empty_rows.to_string())];
        all.push(finding("Q_IATI_EMPTY_ROWS", &words));
    }
    all
}

fn told(it: &Contradiction) -> ActivityFinding {
    let words = match it {
        Contradiction::Repeated {
            decision,
            contracts,
            indicator,
            value,
        } => vec![
            ("activity", decision.clone()),
            ("contracts", contracts.join(", ")),
            ("indicator", indicator.clone()),
            ("actual", value.to_string()),
        ],
        Contradiction::Differs {
            decision,
            indicator,
            below,
            above,
            ..
        } => vec![
            ("activity", decision.clone()),
            ("indicator", indicator.clone()),
            ("below", below.to_string()),
            ("actual", above.to_string()),
        ],
        Contradiction::FarAbove {
            activity,
            indicator,
            target,
            actual,
        } => vec![
            ("activity", activity.clone()),
            ("indicator", indicator.clone()),
            ("target", target.to_string()),
            ("actual", actual.to_string()),
        ],
        Contradiction::LongPeriod {
            activity,
            start,
            end,
            indicators,
        } => vec![
            ("activity", activity.clone()),
            ("from", start.to_string()),
            ("until", end.to_string()),
            ("n", indicators.to_string()),
        ],
        Contradiction::AboveDecision {
            decision,
            decided,
            contracted,
        } => vec![
            ("activity", decision.clone()),
            ("below", contracted.to_string()),
            ("actual", decided.to_string()),
        ],
        Contradiction::NoStart { activity } | Contradiction::Unknown { activity } => {
            vec![("activity", activity.clone())]
        }
        Contradiction::SharesAssumed {
            activity,
            countries,
            topics,
        } => vec![
            ("activity", activity.clone()),
            ("countries", countries.to_string()),
            ("topics", topics.to_string()),
        ],
        _ => Vec::new(),
    };
    finding(it.code(), &words)
}
