//! Two real processes under everything that ends, cuts, fills and damages.

#[cfg(test)]
mod attachments;
#[cfg(test)]
mod away;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod bit_rot;
#[cfg(test)]
mod canary;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod power_cut;
#[cfg(test)]
mod steps;

/// The product, built with fault points.
const NODE: &str = env!("CARGO_BIN_EXE_passerelle-faults");

/// A number from the environment, for longer runs than the usual one.
fn wanted(variable: &str, usual: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}
