//! Known answers, round trips and foreign bytes, through the public API only.

mod known_answers;
mod properties;
