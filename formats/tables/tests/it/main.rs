//! Tables written and read back, and what looks like persons in them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod columns;
mod reference;
mod tables;
mod traces;
