//! The one place that answers "may this happen?": pure checks over facts.
//!
//! **In scope**: who may do what with a record, a case, the register, a rights request or a
//! breach. One module for each group of articles of the law; each rule has a stable code, a
//! sentence in four languages and its source ([`Rule`]), and a test that shows it allowing
//! and refusing.
//! **Out of scope**: shape (`passerelle-model`), signatures (`passerelle-envelope`), gathering
//! the facts and carrying out the answer (`passerelle-service`).
//!
//! Callers use three compositions: [`release`] (may it leave?), [`receive`] (may we hold and
//! use it?) and [`may_open`] (may this person open it, or take a copy out?). Their results
//! are proofs: [`Released`], [`Admitted`] and [`Allowed`] can only be made here, and the
//! functions that seal or keep a record ask for one. What belongs to no record stands in its
//! own module: [`rights`], [`breach`], [`retention`], [`question`] …

mod access;
mod agreement;
pub mod breach;
mod class_access;
mod clock;
pub mod firewall;
pub mod governance;
pub mod handling;
mod judgement;
pub mod log;
mod marking;
mod minor;
mod national;
pub mod notice;
mod onward;
mod protection;
mod purpose;
pub mod quality;
pub mod question;
mod receive;
mod release;
pub mod request;
pub mod retention;
pub mod rights;
mod rule;
pub mod second_person;
mod special;
mod transfer;

pub use access::{
    Allowed, Asked, MayHandle, Opening, Reader, Room, may_carry, may_handle, may_keep_to_named,
    may_open, may_program_see, may_search, may_see_case, may_see_draft, may_write, rooms,
    tells_read,
};
pub use class_access::{ClassOpeners, opens_class, roles_by_default};
pub use clock::{Kept, MAX_CLOCK_SKEW_MILLIS};
pub use judgement::{Effect, Finding, Judgement};
pub use log::{MayReadRegister, may_read_register};
pub use onward::Provided;
pub use receive::{Admitted, ReceiveFacts, receive};
pub use release::{OwnSide, ReleaseFacts, Released, judge, release};
pub use rule::{Moment, Refusal, Rule};
pub use second_person::Approval;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tripping;
