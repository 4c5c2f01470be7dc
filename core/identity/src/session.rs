//! How long sessions and set-up links live.

use passerelle_model::UtcTime;

/// A session nobody uses ends after this long, in milliseconds (30 minutes).
pub const IDLE_MILLIS: u64 = 30 * 60 * 1000;
/// Every session ends after this long, in milliseconds (12 hours).
pub const ABSOLUTE_MILLIS: u64 = 12 * 60 * 60 * 1000;
/// A set-up link ends after this long, in milliseconds (24 hours).
pub const SETUP_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// How far a session's times may lie in the future, in milliseconds (five minutes): clocks are
/// put right by a little now and then.
const AHEAD_MILLIS: u64 = 5 * 60 * 1000;

/// Whether a session lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Live,
    /// It ended.
    Ended,
}

/// Judges a session by when it began and when it was last used.
pub fn session_standing(began: UtcTime, used: UtcTime, now: UtcTime) -> Standing {
    let idle = now >= used.plus_millis(IDLE_MILLIS);
    let old = now >= began.plus_millis(ABSOLUTE_MILLIS);
    // A clock that was set back keeps no session alive.
    let ahead = began.max(used) > now.plus_millis(AHEAD_MILLIS);
    if idle || old || ahead {
        Standing::Ended
    } else {
        Standing::Live
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_and_old_sessions_end() {
        let began = UtcTime::from_millis(1_000_000);
        let at = |millis| began.plus_millis(millis);
        assert_eq!(
            session_standing(began, began, at(IDLE_MILLIS - 1)),
            Standing::Live
        );
        assert_eq!(
            session_standing(began, began, at(IDLE_MILLIS)),
            Standing::Ended
        );
        let earlier = UtcTime::from_millis(began.millis() - 1_000);
        let before = session_standing(began.plus_millis(AHEAD_MILLIS), began, earlier);
        assert_eq!(before, Standing::Ended, "the clock was set back");
        assert_eq!(session_standing(began, began, earlier), Standing::Live);
        let busy = at(ABSOLUTE_MILLIS - 1);
        assert_eq!(session_standing(began, busy, busy), Standing::Live);
        assert_eq!(
            session_standing(began, busy, at(ABSOLUTE_MILLIS)),
            Standing::Ended
        );
    }
}
