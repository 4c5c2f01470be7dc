//! The words of Passerelle as types: identifiers, languages, parties, markings, purposes,
//! the agreement and the record.
//!
//! **In scope**: what a value may look like, its one deterministic encoding, its one
//! spelling in text. **Out of scope**: whether an act is allowed (`passerelle-rules`), keys
//! and signatures (`passerelle-envelope`), time and randomness (handed in).
//!
//! Everything that enters is parsed into one of these types once, at the edge; behind it
//! nothing is checked twice.

mod act;
mod agreement;
pub mod codec;
mod error;
pub mod hex;
mod ids;
mod lang;
mod macros;
mod marking;
mod particulars;
mod party;
mod people;
mod record;
mod side;
mod statement;
mod text;
mod time;

pub use act::{
    Act, By, Deed, Documented, MAX_ACT_BYTES, MAX_ACT_CODES, Object, Outcome, RegisterPurpose,
};
pub use agreement::{
    Agreement, Basis, Caveat, Change, DataClass, Deadlines, MAX_AGREEMENT_BYTES, MAX_MEMBERS,
    MarkingMap, Member, Purpose, Quotas, Retention, Scope, Terms, diff,
};
pub use error::Error;
pub use ids::{
    AgreementHash, ChannelId, Code, Digest, KeyId, OfficerId, PartyId, RecordId, UnitId,
};
pub use lang::{Lang, Names};
pub use marking::{
    Evaluation, Handling, InformationGrade, Markings, Outlet, Pap, SourceGrade, Tlp,
};
pub use particulars::{
    Answer, Asking, Completeness, Ground, Intake, MAX_PERMITTED_PARTIES, MAX_PERSONS,
    MAX_REASON_BYTES, Nature, Origin, Particulars, Permission, PermittedUse, PersonCategory,
    Reason, SpecialCategory, Transfer,
};
pub use party::{
    Address, CardContent, Country, MAX_ADDRESS_BYTES, MAX_CARD_BYTES, MAX_UNITS, NODE_UNIT,
    SealingKey, UnitKey, VerifyingKey,
};
pub use people::{AccessPolicy, MAX_OPENERS, MAX_POLICY_BYTES, Opener, Role};
pub use record::{
    Attachment, AttachmentKey, Author, GROUP_SCHEMA, Kind, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS,
    MAX_CAVEATS, MAX_DATA_DEPTH, MAX_OFFENCES, MAX_RECIPIENTS, MAX_RECORD_BYTES, MAX_REFERENCES,
    Recipient, Record, Reference, RefusalReason, Relation, StructuredData, Urgency,
};
pub use side::Side;
pub use statement::{
    MAX_STATEMENTS, MAX_STATEMENTS_BYTES, Said, StableCode, Statement, StatementBatch,
    StatementsHead,
};
pub use text::{
    FileName, MAX_BODY_BYTES, MAX_DATA_BYTES, MAX_NAME_BYTES, MAX_SUBJECT_BYTES, Markdown,
    MediaType, Name, Subject, tidy,
};
pub use time::{Day, UtcTime};
