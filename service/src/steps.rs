//! Named steps at which a test may end the process, to show that whatever was done until then
//! is enough to go on from.
//!
//! Without the feature `fault-points` nothing of this is compiled.

/// Makes `hook` see the name of every step this process takes from now on; the first hook
/// stays.
#[cfg(feature = "fault-points")]
pub fn watch_steps(hook: fn(&'static str)) {
    // A second hook would take the first one's steps away.
    let _ = HOOK.set(hook);
}

#[cfg(feature = "fault-points")]
static HOOK: std::sync::OnceLock<fn(&'static str)> = std::sync::OnceLock::new();

/// This step is reached.
#[cfg(feature = "fault-points")]
pub(crate) fn at(name: &'static str) {
    if let Some(hook) = HOOK.get() {
        hook(name);
    }
}

/// This step is reached: nothing, without the feature.
#[cfg(not(feature = "fault-points"))]
#[inline(always)]
pub(crate) fn at(_: &'static str) {}
