//! Backups, and what came back after a restore.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = |n: usize| Row {
        channel: content.line.clone(),
        party: content.line.clone(),
        state: p.t("backups-state-behind"),
        well: n.is_multiple_of(2),
        since: p.at(&p.now),
        held: n as u64,
        regained: u64::MAX,
        bare: 0,
    };
    let backups = Backups {
        last: content.some(|| p.at(&p.now)),
        due: content.rows != 2,
        due_days: 7,
        made: content.some(|| p.at(&p.now)),
        restored: content.some(|| p.at(&p.now)),
        rows: content.many(channel),
        p: p.clone(),
    };
    vec![sample("backups", &backups)]
}
