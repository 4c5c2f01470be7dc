//! Cases: threads of records, and what both sides believe about them.
//!
//! **In scope**: which records belong together; what a request came to; who must act next and
//! until when; statistics. Everything is derived from facts that stand in both journals, in
//! any order, so that both nodes show the same. **Out of scope**: content (no subject, text
//! or person is ever in here), storage, the clock.
//!
//! Acceptance: Directive (EU) 2023/977, Articles 4 to 6 and 16, as far as they concern the
//! course of a case.

mod case;
mod deadline;
mod line;
mod statistics;
mod thread;

pub use case::{Case, MAX_CASE_LINES, Need, Stage, Wait};
pub use deadline::{Clock, Escalation, clock, clock_of};
pub use line::{CaseId, Circle, Line, Part};
pub use statistics::{Ask, Outcome, Statistics, asks};
