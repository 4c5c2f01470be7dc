//! How records were used, and what is overdue: their lines in the room of the data-protection
//! officer, and what is done about a report.

use passerelle_service::{FrozenRecord, Overdue, UseReport, UseView};

use super::keeping::{Row, named, place, said, whose};
use crate::answer::{Answer, go};
use crate::frame::Page;
use crate::guard::Call;

/// A report, on the page of its record.
pub(crate) struct Use {
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) time: String,
    pub(crate) said: Option<String>,
    pub(crate) written: Option<String>,
}

/// Frozen by what was reported of its use.
pub(super) fn frozen(p: &Page, frozen: &FrozenRecord) -> Row {
    let report = |one: &UseView| {
        let tone = if one.written.is_some() {
            "good"
        } else {
            "stop"
        };
        (p.word("use", use_word(&one.code)), tone)
    };
    Row {
        href: place(&frozen.row.party, &frozen.row.record),
        title: whose(p, &frozen.row.party),
        detail: frozen.row.record.to_string(),
        tags: frozen.reports.iter().map(report).collect(),
    }
}

/// A code of a report, as words are found by it.
fn use_word(code: &impl ToString) -> String {
    code.to_string().replace('_', "-")
}

/// A notice or an answer that is overdue.
pub(super) fn late(p: &Page, late: &Overdue) -> Row {
    let since = p.ta("late-since", &p.at(&late.due));
    Row {
        href: place(&late.party, &late.record),
        title: p.t(super::home::overdue_word(late.notice)),
        detail: late.record.to_string(),
        tags: vec![
            (since, "late"),
            (p.ta("late-by", &whose(p, &late.by)), "stop"),
        ],
    }
}

pub(super) fn used(p: &Page, report: &UseView) -> Use {
    Use {
        what: p.word("use", use_word(&report.code)),
        who: whose(p, &report.party),
        time: p.at(&report.at),
        said: report.said.as_ref().map(|one| said(p, one)),
        written: report.written.as_ref().map(|one| said(p, one)),
    }
}

/// What can be reported of a partner's record.
pub(crate) fn reports(p: &Page) -> Vec<(&'static str, String)> {
    let word = |one: &UseReport| (one.code(), p.word("use", use_word(&one.code())));
    UseReport::MADE.iter().map(word).collect()
}

/// What the data-protection officer did about a reported use.
pub(crate) async fn settle_use(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.settle_use(actor, (&name.0, &name.1), why).await?;
    go("/keeping?done=use-settled")
}
