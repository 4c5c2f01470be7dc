//! Whether a backup is due, and how far a recovery is.

use super::{bad, failed, good};
use crate::recovery::{RecoveryState, RecoveryView};
use crate::view::Finding;
use crate::{BackupsView, Node};

impl Node {
    pub(super) async fn check_backup(&self) -> Finding {
        match self.backups().await {
            Ok(view) => backup(&view),
            Err(error) => failed("backup", &error),
        }
    }

    pub(super) fn check_recoveries(&self) -> Vec<Finding> {
        self.recoveries().iter().map(recovery).collect()
    }
}

fn backup(view: &BackupsView) -> Finding {
    let found = match view.last {
        Some(time) => format!("the last backup was made {time}"),
        None => "no backup was made yet".to_owned(),
    };
    match view.due {
        true => bad(
            "backup",
            "E_BACKUP_DUE",
            found,
            "make one: backup --out FILE",
        ),
        false => good("backup", &found),
    }
}

fn recovery(view: &RecoveryView) -> Finding {
    let RecoveryView {
        channel,
        party,
        from,
        held,
        regained,
        bare,
        ..
    } = view;
    match view.state {
        RecoveryState::Awaited => bad(
            "recovery",
            "E_RECOVERING",
            format!("{channel}: restored; {party} has not said what it holds"),
            "connect to the partner, or take a courier file that it writes now",
        ),
        RecoveryState::Behind => bad(
            "recovery",
            crate::partners::BEHIND,
            format!(
                "{channel}: set back to {from} entries, {party} holds {held}; {regained} came back"
            ),
            "let the partner answer; look at alarms where it does not",
        ),
        RecoveryState::Forked => bad(
            "recovery",
            "E_FORKED",
            format!("{channel}: two journals are signed, {party} holds the first"),
            "go on with the partner under a new agreement",
        ),
        RecoveryState::Settled => good(
            "recovery",
            &format!(
                "{channel}: {regained} entries came back from {party}, {bare} without content"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::UtcTime;

    use super::*;

    #[test]
    fn a_backup_that_is_due_is_found() {
        let view = |due| BackupsView {
            last: Some(UtcTime::from_millis(0)),
            bytes: 1,
            due_days: 7,
            due,
            restored: None,
            recoveries: vec![],
        };
        assert!(backup(&view(false)).good);
        assert_eq!(backup(&view(true)).code.as_deref(), Some("E_BACKUP_DUE"));
    }

    #[test]
    fn only_a_settled_recovery_is_good() {
        let view = |state| RecoveryView {
            channel: "ma-be".parse().unwrap(),
            party: "be.interior".parse().unwrap(),
            state,
            since: UtcTime::from_millis(0),
            from: 1,
            held: 2,
            regained: 1,
            bare: 0,
        };
        for (state, good) in [
            (RecoveryState::Awaited, false),
            (RecoveryState::Behind, false),
            (RecoveryState::Forked, false),
            (RecoveryState::Settled, true),
        ] {
            assert_eq!(recovery(&view(state)).good, good, "{state:?}");
        }
    }
}
