//! Two real processes under everything that ends, cuts, fills and damages.

mod attachments;
mod away;
mod bit_rot;
mod canary;
mod disk_full;
mod folders;
mod kills;
mod power_cut;
mod steps;

/// The product, built with fault points.
const NODE: &str = env!("CARGO_BIN_EXE_passerelle-faults");

/// A number from the environment, for longer runs than the usual one.
fn wanted(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
