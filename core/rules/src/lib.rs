//! The one place that answers "may this happen?": pure checks over facts.
//!
//! **In scope**: release and reception of records under an agreement. Each rule has a stable
//! code, a sentence in four languages and its source; each has a test that shows it refusing.
//! **Out of scope**: shape (`passerelle-model`), signatures (`passerelle-envelope`), gathering
//! the facts (`passerelle-service`).
//!
//! The result is a proof: [`Released`] and [`Admitted`] can only be made here, and the
//! functions that seal or keep a record ask for one.

mod receive;
mod release;
mod rule;

pub use receive::{Admitted, ReceiveFacts, receive};
pub use release::{MAX_CLOCK_SKEW_MILLIS, ReleaseFacts, Released, release};
pub use rule::{Refusal, Rule};

#[cfg(test)]
mod samples;
