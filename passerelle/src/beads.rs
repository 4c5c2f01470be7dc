//! The bead line: how far a record is, at a glance.

use passerelle_service::view::Standing;

/// The beads of a record that is to travel with `files`, such as `●●●●○○`: draft, approved,
/// released, held, accepted, complete.
pub(crate) fn beads(standing: Option<Standing>) -> String {
    let reached = standing.map_or(1, reached);
    (0..6)
        .map(|bead| if bead < reached { '●' } else { '○' })
        .collect()
}

/// The word of a standing.
pub(crate) fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Released => "released",
        Standing::Held => "held",
        Standing::Accepted => "accepted",
        Standing::Complete => "complete",
        Standing::Read => "read",
        Standing::Refused => "refused",
        Standing::Recalled => "recalled",
        Standing::Erased => "erased",
        Standing::ErasureRefused => "erasure refused",
    }
}

fn reached(standing: Standing) -> usize {
    match standing {
        Standing::Released => 3,
        Standing::Held | Standing::Refused => 4,
        Standing::Accepted => 5,
        Standing::Complete
        | Standing::Read
        | Standing::Recalled
        | Standing::Erased
        | Standing::ErasureRefused => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beads_fill_from_draft_to_complete() {
        assert_eq!(beads(None), "●○○○○○");
        assert_eq!(beads(Some(Standing::Released)), "●●●○○○");
        assert_eq!(beads(Some(Standing::Complete)), "●●●●●●");
    }
}
