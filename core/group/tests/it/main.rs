//! The joint group through its public API: every interleaving of the firm-offer rule, parties
//! that break it, random journals, and what follows from what was said.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod erased;
mod exhaustive;
mod following;
mod malicious;
mod numbers;
mod overview;
mod properties;
mod rows;
mod samples;
mod speaking;
mod spelling;
mod walk;
mod world;
