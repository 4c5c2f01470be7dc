//! The one place that answers "may this happen?": pure checks over facts.
//!
//! **In scope**: release and reception of records under an agreement. Each rule has a stable
//! code, a sentence in four languages and its source; each has a test that shows it refusing.
//! **Out of scope**: shape (`passerelle-model`), signatures (`passerelle-envelope`), gathering
//! the facts (`passerelle-service`).
//!
//! The result is a proof: [`Released`] and [`Admitted`] can only be made here, and the
//! functions that seal or keep a record ask for one.

mod access;
mod judgement;
mod keeping;
mod log;
mod persons;
mod receive;
mod release;
mod rule;

pub use access::{Allowed, Asked, Opening, Reader, Room, may_open, rooms};
pub use judgement::{Approval, Effect, Finding, Judgement};
pub use keeping::{
    Duty, GLASS_MILLIS, MayHandle, MayKeep, breach_due, is_erasure_due, is_overdue,
    may_break_glass, may_handle, may_keep, may_keep_until, may_review_glass, rights_due,
};
pub use log::{MayReadRegister, may_read_register};
pub use persons::OwnSide;
pub use receive::{Admitted, ReceiveFacts, receive};
pub use release::{MAX_CLOCK_SKEW_MILLIS, ReleaseFacts, Released, judge, release};
pub use rule::{Refusal, Rule};

#[cfg(test)]
mod samples;
