//! The joint group: what two or more sovereign administrations say, agree, promise and follow
//! up, as a pure function of everybody's journals.
//!
//! Each party tells *events*; an event is one or more *deeds* on one *object* (a meeting, a
//! decision, a commitment, …) and names how much of the others' journals its author had seen.
//! The [`Ledger`] reads events in any order that journals allow and gives every node the same
//! objects. Five classes of fields, as types ([`class`]): what is *agreed* exists only with
//! everybody's acceptance of the same hash; what is *local* cannot stand in an event.
//!
//! **In scope**: the firm-offer rule, entities and their states, what follows from them (late,
//! at risk, blocked, roll-ups, matrix, briefing). **Out of scope**: signatures and journals
//! (the events arrive verified), persons (there is no type for one), texts for people beyond
//! what they wrote themselves, the clock.

mod assessment;
mod board;
mod briefing;
pub mod class;
mod commitment;
mod decimal;
mod deed;
mod differences;
mod error;
mod event;
mod facts;
mod indicator;
mod ledger;
mod macros;
mod matching;
mod matrix;
mod object;
mod offer;
mod paragraphs;
mod skeleton;
mod stage;
mod stamp;
mod taking;
mod terms;
mod texts;

pub use assessment::{Assessed, Assessment, Impact, Likelihood, Trend, Verdict, commitment_to};
pub use board::{Board, Column, Filter, Row};
pub use briefing::{Briefing, Line, MAX_LINES};
pub use commitment::{Flag, Progress, Report, Reported, Verification, Verified};
pub use decimal::Decimal;
pub use deed::{Answer, Deed, Outcome, Review, Stance};
pub use differences::{Change, MAX_PARAGRAPHS, differences};
pub use error::Error;
pub use event::{Event, MAX_DEEDS, MAX_EVENT_BYTES, MAX_PARTIES, SCHEMA, Seen};
pub use facts::{
    Action, Competence, Consultation, Evidence, Expert, Facts, Instalment, Item, Mission, Practice,
    Programme, ProgrammeRole, Request, Start,
};
pub use indicator::{
    Aggregation, Cell, Coverage, Doubt, MAX_LEVELS, MAX_PERIOD_DAYS, Measured, Observation, Period,
    Series, Sex, Standing as ObservationStanding,
};
pub use ledger::{Ledger, MAX_ODD, MAX_WAITING, Told};
pub use matching::{Match, Reason};
pub use matrix::{Across, Entry as MatrixEntry, Gap, Matrix};
pub use object::{Kind, Object, ObjectRef};
pub use offer::{Breach, MAX_OFFERS, Made, Offer, Offers, Position, Standing};
pub use paragraphs::{MAX_PLACE_BYTES, Paragraph, Place};
pub use skeleton::{ERASED_WORDS, Skeleton};
pub use stage::{Stage, Who, transitions};
pub use stamp::Stamp;
pub use taking::MAX_SAID;
pub use terms::{
    Closure, CommitmentTerms, DecisionTerms, IndicatorTerms, MAX_NAMED, Measure, MeetingKind,
    Revision, Schedule, Sector, Strand, Terms,
};
pub use texts::{Texts, Version};
