//! Faults that tests ask for by environment variable. Only in a build with the feature
//! `fault-points`; nothing of it is in the program that is handed out.
//!
//! - `PASSERELLE_KILL_AT=name:n` kills this process at the n-th time the step is reached.
//! - `PASSERELLE_SYNC=off` answers before the disk has it: the power-cut test must notice.
//! - `PASSERELLE_CLOCK_OFFSET=seconds` moves this process's clock.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_store_sqlite::{Options, Synchronous};
use rustix::process::{Signal, getpid, kill_process};

static KILL_AT: OnceLock<(String, u64)> = OnceLock::new();
static REACHED: AtomicU64 = AtomicU64::new(0);

/// Watches for the step named in `PASSERELLE_KILL_AT`, if one is.
pub(crate) fn install() {
    let wanted = std::env::var("PASSERELLE_KILL_AT").ok();
    let wanted = wanted.as_deref().and_then(|text| text.rsplit_once(':'));
    if let Some((name, count)) = wanted
        && let Ok(count) = count.parse()
        && KILL_AT.set((name.to_owned(), count)).is_ok()
    {
        passerelle_service::watch_steps(reached);
    }
}

fn reached(name: &'static str) {
    let Some((wanted, count)) = KILL_AT.get() else {
        return;
    };
    if wanted == name && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == *count {
        // No destructor runs and nothing is flushed: as if the power of this process went.
        let _ = kill_process(getpid(), Signal::KILL);
        std::thread::park();
    }
}

/// How the store is opened.
pub(crate) fn store_options() -> Options {
    let off = std::env::var("PASSERELLE_SYNC").is_ok_and(|text| text == "off");
    let synchronous = if off {
        Synchronous::Off
    } else {
        Synchronous::Full
    };
    Options {
        synchronous,
        ..Options::default()
    }
}

/// The clock's milliseconds, moved.
pub(crate) fn skewed(millis: u64) -> u64 {
    static OFFSET: OnceLock<i64> = OnceLock::new();
    let offset = OFFSET.get_or_init(|| {
        let text = std::env::var("PASSERELLE_CLOCK_OFFSET").unwrap_or_default();
        text.parse::<i64>().unwrap_or(0).saturating_mul(1000)
    });
    millis.saturating_add_signed(*offset)
}
