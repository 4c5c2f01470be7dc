//! Known answers, round trips and foreign bytes, through the public API only.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod known_answers;
mod properties;
