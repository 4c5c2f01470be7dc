//! Programmes as the International Aid Transparency Initiative publishes them: activity files of
//! version 2.03, written, read and judged.
//!
//! **In scope**: a typed [`Activity`] as far as a public programme needs it, with results,
//! indicators, targets and actuals; a writer whose every output fits the schema; a reader with
//! limits; what the schema asks ([`structure`]) and the 107 business rules ([`rules`]); the tables
//! of the EU Trust Fund for Africa ([`eutf`]); totals that refuse to count twice ([`rollup()`]);
//! small cells that stay secret ([`cells`]); what may not be counted as aid ([`oda_doubts`]).
//! **Out of scope**: persons (contacts are an organisation and a function), locations with
//! coordinates, loans, documents below the activity. What is not held is counted, never silently
//! dropped: [`Read::left_out`].
//!
//! Source: the IATI Standard (iatistandard.org), version 2.03, CC BY 4.0.
//!
//! ```
//! let file = r#"<iati-activities version="2.03"><iati-activity default-currency="EUR">
//!   <iati-identifier>XX-1</iati-identifier>
//!   <reporting-org ref="XX" type="10"><narrative xml:lang="fr">Le groupe</narrative></reporting-org>
//!   <title><narrative xml:lang="fr">Formation</narrative></title>
//!   <description><narrative xml:lang="fr">Formation de juges</narrative></description>
//!   <participating-org role="4" ref="XX"/>
//!   <activity-status code="2"/><activity-date type="1" iso-date="2026-01-01"/>
//!   <sector vocabulary="1" code="15130"/>
//! </iati-activity></iati-activities>"#;
//! let read = passerelle_iati::read(file.as_bytes())?;
//! assert!(read.left_out.is_empty());
//! let again = passerelle_iati::write(&read.file)?;
//! assert_eq!(passerelle_iati::read(again.as_bytes())?.file, read.file);
//! # Ok::<(), passerelle_iati::Error>(())
//! ```

pub mod cells;
pub mod codes;
mod decimal;
mod error;
pub mod eutf;
mod identifier;
mod model;
mod oda;
mod read;
mod rollup;
pub mod rules;
pub mod sectors;
pub mod structure;
mod time;
mod tree;
mod write;

pub use decimal::Decimal;
pub use error::{Error, Fault};
pub use identifier::is_organisation_identifier;
pub use model::{
    Activities, Activity, ActivityDate, AidType, Baseline, Budget, Contact, Country, Description,
    Dimension, DimensionKind, Document, Indicator, Marker, Measured, Money, Narrative,
    Organisation, Outcome, Participant, Period, Planned, Reference, Region, Related, Reporter,
    Sector, Tag, Text, Transaction,
};
pub use oda::{OdaDoubt, oda_doubts};
pub use read::{Read, read, typed};
pub use rollup::{Aggregation, Part, rollup};
pub use time::{Moment, read_day};
pub use tree::{Node, Tree};
pub use write::write;

/// Largest file (16 MiB).
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most elements of a file.
pub const MAX_ELEMENTS: usize = 500_000;
/// Most activities of a file.
pub const MAX_ACTIVITIES: usize = 10_000;
/// Most attributes of one element.
pub const MAX_ATTRIBUTES: usize = 32;
/// Deepest nesting. The standard needs 9.
pub const MAX_DEPTH: usize = 24;
/// Longest text or attribute, in bytes (64 KiB).
pub const MAX_TEXT: usize = 64 * 1024;
/// Most faults of structure that are told at once.
pub const MAX_FAULTS: usize = 100;
/// Most findings of rules that are told at once.
pub const MAX_FINDINGS: usize = 10_000;
/// Most vocabularies of one activity for which a rule is repeated; the standard has 14.
pub const MAX_REPEATS: usize = 16;
/// Most names of what was left out.
pub const MAX_LEFT_OUT: usize = 200;
