//! The two sides of cooperation, with a wall between them: cases of persons, and the joint
//! group (G40; UN A/73/178, firewalls between services and enforcement).

use crate::macros::words;

words! {
    /// On which side of the wall an agreement stands. It never changes.
    Side {
        /// Records about cases.
        Cases = "cases",
        /// Events of the joint group.
        Group = "group",
    }
}

/// Agreements that do not say so are about cases.
impl Default for Side {
    fn default() -> Self {
        Self::Cases
    }
}
