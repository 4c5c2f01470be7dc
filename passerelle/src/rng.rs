//! The only place that takes randomness from the operating system.

use getrandom::SysRng;
use rand_core::UnwrapErr;

/// The operating system's generator. Where the system refuses randomness (which Linux does
/// not do after boot) the process stops: keys from anything else would be worse.
pub(crate) fn system() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
