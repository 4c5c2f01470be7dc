//! The trainer: from folders of labelled pairs to the table file, and what it is worth.
//!
//! Standard library only, one thread, no randomness but a seeded generator: the same data give
//! the same bytes.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::needless_range_loop,
    clippy::type_complexity,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a program that makes tables may stop; its numbers are small"
)]

mod boost;
pub mod data;
mod fit;
pub mod judge;
pub mod learn;
pub mod metrics;
pub mod tally;
mod words;
