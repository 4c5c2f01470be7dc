//! Two real processes under everything that ends, cuts, fills and damages.

mod steps;

/// The product, built with fault points.
const NODE: &str = env!("CARGO_BIN_EXE_passerelle-faults");
