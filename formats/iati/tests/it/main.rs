//! Tests of the public interface, some of them on reference data.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests"
)]

mod eutf;
mod official;
mod reference;
mod round_trip;
mod rules;
mod samples;
