//! When this node was backed up, and what came back after it was restored. Content never leaves
//! through this page.

use askama::Template;
use passerelle_service::{RecoveryState, RecoveryView};

use crate::answer::{Answer, page};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "backups.html")]
struct Backups {
    last: Option<String>,
    due: bool,
    due_days: u32,
    made: Option<String>,
    restored: Option<String>,
    rows: Vec<Row>,
    p: Page,
}

struct Row {
    channel: String,
    party: String,
    state: String,
    well: bool,
    since: String,
    held: u64,
    regained: u64,
    bare: u64,
}

pub(crate) async fn show(call: Call) -> Answer {
    let view = call.desk.node.backups().await?;
    let p = call.page;
    page(&Backups {
        last: view.last.map(|time| p.at(&time)),
        due: view.due,
        due_days: view.due_days,
        made: view.restored.map(|restored| p.at(&restored.made)),
        restored: view.restored.map(|restored| p.at(&restored.at)),
        rows: view.recoveries.iter().map(|one| row(&p, one)).collect(),
        p,
    })
}

fn row(p: &Page, view: &RecoveryView) -> Row {
    let state = match view.state {
        RecoveryState::Awaited => "backups-state-awaited",
        RecoveryState::Behind => "backups-state-behind",
        RecoveryState::Settled => "backups-state-settled",
        RecoveryState::Forked => "backups-state-forked",
    };
    Row {
        channel: view.channel.to_string(),
        party: p.name_of(&view.party),
        state: p.t(state),
        well: view.state == RecoveryState::Settled,
        since: p.at(&view.since),
        held: view.held,
        regained: view.regained,
        bare: view.bare,
    }
}

#[cfg(test)]
#[path = "samples/backups.rs"]
pub(crate) mod samples;
