//! Waiting for another process.

use std::time::Duration;

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(5);
/// Looks until a wait is given up: a minute of pauses, however long each look takes.
const LOOKS: u32 = 12_000;

/// Looks until `condition` holds. Panics with `what` when it never does.
#[track_caller]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) {
    until_nothing(what, || (!condition()).then(String::new));
}

/// Looks until nothing is missing any more. Panics with `what` and what was missing last.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "polling another process")]
pub fn until_nothing(what: &str, mut missing: impl FnMut() -> Option<String>) {
    let mut last = None;
    for _ in 0..LOOKS {
        last = missing();
        if last.is_none() {
            return;
        }
        std::thread::sleep(PAUSE);
    }
    panic!("waited in vain: {what}: {}", last.unwrap_or_default());
}
