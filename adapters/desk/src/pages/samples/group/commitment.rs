//! A commitment: ours to report, theirs to verify.

use super::super::object::samples::{panel, sealed, shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    [true, false]
        .map(|ours| sample("group/commitment", &shows(p, content, ours)))
        .into()
}

fn shows(p: &Page, content: &Content, ours: bool) -> Shows {
    let channel = "ma-be-gmmp".parse().unwrap();
    Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        title: content.line.clone(),
        parent: content.some(|| ("/group".to_owned(), content.line.clone())),
        place: "/group/ma-be-gmmp/commitments/ma.interior~01".to_owned(),
        change: "/group/ma-be-gmmp/objects/ma.interior~01/change".to_owned(),
        version: 3,
        state: State {
            progress: p.t("group-progress-under-way"),
            flag: content.some(|| (p.t("group-flag-late"), "stop")),
            why: p.ta("group-why-late", &content.line),
        },
        dues: content.many(|n| (p.day("2024-10-15"), p.day("2024-04-15"), n == 0)),
        steps: content.many(|_| Step {
            href: "/group/ma-be-gmmp".to_owned(),
            title: content.line.clone(),
            side: "theirs",
            party: content.line.clone(),
            planned: p.day("2024-10-15"),
            revised: Some(p.day("2024-11-15")),
            stage: p.t("group-stage-doing"),
            tone: "stop",
        }),
        reports: content.many(|_| ReportRow {
            by: sealed(p, content),
            word: p.t("group-reported-done"),
            tone: "soon",
            texts: vec![shown(content)],
            evidence: vec![
                (
                    content.line.clone(),
                    "0".repeat(64),
                    Some("/group".to_owned()),
                ),
                (content.line.clone(), "1".repeat(64), None),
            ],
        }),
        indicators: content.many(|_| ("/group".to_owned(), content.line.clone())),
        may: May {
            report: ours,
            verify: !ours,
            change: true,
            close: ours,
            add: true,
        },
        reported: follow::words(p, "group-reported", Reported::ALL, None),
        findings: follow::words(p, "group-found", Verification::ALL, None),
        closures: follow::words(p, "group-closure", Closure::ALL, None),
        agree: panel(p, content, ours),
        talk: talk(p, content),
    }
}
