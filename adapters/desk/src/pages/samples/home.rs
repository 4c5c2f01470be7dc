//! The first page, help, accessibility.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |n: usize| Row {
        href: format!("/cases/ma.interior~{n}"),
        subject: content.line.clone(),
        kind: content.line.clone(),
        party: content.line.clone(),
        urgency: Some((content.line.clone(), "late")),
        clock: Some(p.clock(p.now.plus_millis(7_200_000 * n as u64), "on-time")),
        since: p.at(&p.now),
        standing: Some(BeadLine::of_draft(p, &DraftState::Writing)),
    };
    let group = |key: &'static str| Group {
        key,
        title: p.t(&format!("today-{key}")),
        lead: p.t(&format!("today-{key}-lead")),
        rows: content.many(row),
        more: content.rows > 10,
    };
    let keys = [
        "overdue",
        "approve",
        "answer",
        "explain",
        "acknowledge",
        "drafts",
        "theirs",
    ];
    let groups = content.some(|| keys.map(group).into_iter().collect());
    let today = Today {
        greeting: p.ta("today-greeting", &content.line),
        writes: true,
        emergency: true,
        groups: groups.unwrap_or_default(),
        p: p.clone(),
    };
    vec![
        sample("today", &today),
        sample("help", &Help { p: p.clone() }),
        sample("accessibility", &Accessibility { p: p.clone() }),
    ]
}
