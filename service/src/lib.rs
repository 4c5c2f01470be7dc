//! What a node does: use cases that join the pure rooms with storage and the carrier.
//!
//! **In scope**: judge → do → store, one module for each capability: releasing, receiving,
//! replication, attachments, receipts, courier files, partners, agreements, tokens, the
//! doctor. **Out of scope**: HTTP, terminals, sockets, SQL.
//!
//! A [`Node`] is made from [`NodeParts`]: keys, a store, blobs, a clock, dice and a way to
//! reach partners. Nothing here reads the wall clock or the system's randomness, so the
//! simulation runs the same code as the product.

mod access;
mod actor;
mod agreements;
mod backup;
mod breach;
mod cases;
mod confiding;
mod courier;
mod directory;
mod doctor;
mod drafts;
mod error;
mod events;
mod files;
mod group;
mod inspection;
mod journal;
mod judging;
mod keeping;
mod link;
mod node;
mod opening;
mod partners;
mod peer;
mod people;
mod permissions;
mod places;
mod ports;
mod procedure;
mod processing;
mod receipts;
mod receive;
mod records;
mod recovery;
mod register;
mod release;
mod replicate;
mod rights;
mod sealed;
mod search;
mod settings;
mod stating;
mod statistics;
mod steps;
mod template;
mod tokens;
pub mod view;

pub use access::{AccessLine, AccessView, ClassDecision, PolicyLine, PolicyView};
pub use actor::Actor;
pub use agreements::DEFAULT_LANG;
pub use backup::{BackupsView, NodeFiles, Restoring, backup_secret, read_backup};
pub use breach::{BreachStep, BreachView, MAX_BREACH_PARTNERS, MAX_BREACH_STEPS, NewBreach};
pub use cases::{
    CASE_PAGE, CaseContent, CaseLine, CasePlace, CaseRecord, CaseView, DueView, TodayDuty,
    TodayGroup, TodayItem, TodayKind,
};
pub use confiding::{
    ConfidantView, ConfidedContent, ConfidedEntry, ConfidedStep, ConfidedView, MAX_CONFIDANTS,
    MAX_CONFIDED, MAX_CONFIDED_STEPS,
};
pub use drafts::{
    Decision, DraftLine, DraftState, DraftView, Fault, Field, Form, Judged, MAX_DRAFTS,
    MAX_FIELD_VALUES, MAX_FORM_BYTES, NewDraft, Ready, RuleView, Saved,
};
pub use error::Error;
pub use events::{Happened, NodeEvent};
pub use files::{FileReader, MAX_CHUNKS_AHEAD};
#[cfg(feature = "testing")]
pub use group::sample_reply;
pub use group::views as group_views;
pub use group::{
    ActivityFinding, Asked, GroupList, MAX_IMPORT_BYTES, MAX_ROWS_AT_ONCE, PersonColumn,
    ProgrammeChange, ProgrammeRefusal, ProgrammesPreview, ProgrammesTaken, RowBecomes, TableChange,
    TablePreview, TableRefusal, TableRefused, TableTaken, TableTrace,
};
pub use group::{
    Becomes, Choice, Edited, GroupEntry, GroupRoom, Guests, InvitationWords, Invited, ItemChange,
    MAX_GROUP_ENTRIES, MAX_PAPER_BYTES, MAX_READING_BYTES, MAX_READINGS, MAX_REPLY_BYTES,
    MinutesPaper, OwnNote, ParagraphChange, Proposal, ReadBlock, ReadMeeting, ReadSoFar, Reading,
    ReadingLine, Said, Saying, Wish, changeable, minutes_file, object_ref, personal, replaced_by,
    series_csv,
};
pub use group::{
    Count, MAX_ANSWER_BYTES, MAX_ANSWERS_A_DAY, MAX_RELATED, MAX_WAITING_ANSWERS, Part, Public,
    PublicCommitment, PublicCommunique, PublicConsultation, PublicHead, PublicIndicator,
    PublicMeeting, PublicProgramme, PublicValue, SMALLEST_SHOWN, WaitingAnswer, person_marks,
};
pub use inspection::{
    Holder, Inspected, InspectionView, LOOK_MILLIS, MAX_INSPECTIONS, NewInspection,
    OpenedInspection,
};
pub use keeping::{
    Decided, DueRecord, FrozenRecord, GlassOutcome, GlassView, HeldView, Housekeeping, KeepingRoom,
    MAX_DUE_PAGE, Notice, Overdue, OwnCopy, PartnerErasure, PendingErasure, RecordKeeping,
    Restricting, Restriction, UseView, Verdict, breaks_glass,
};
pub use node::{Node, NodeParts};
pub use partners::{CARD_DAYS, MAX_CARDS};
pub use passerelle_cases::{CaseId, Clock as CaseClock, Escalation, Need, Stage};
/// The words of the joint group: what its ledger holds.
pub use passerelle_group as joint;
pub use passerelle_rules::handling::UseReport;
pub use passerelle_rules::retention::MAX_HOLD_DAYS;
pub use passerelle_rules::rights::MAX_INSPECTION_DAYS;
pub use people::{
    DemoAccount, Enrolment, MAX_PEOPLE, MAX_SESSIONS_PER_PERSON, Person, PersonView, SessionView,
    SetupView, SignIn, SignedIn,
};
pub use places::{OpenerView, Openers, Room, rooms, rule_sentence};
pub use ports::{Call, Clock, Dice, Net, NetError};
pub use processing::{
    Named, OwnEntry, OwnHeld, OwnKind, OwnLimit, ProcessingEntry, ProcessingRecipient,
    ProcessingView,
};
pub use receipts::ProofView;
pub use recovery::{RecoveryState, RecoveryView, RestoredView, mark_restored};
pub use register::{
    ActFilter, ActHeld, ActLine, ActPage, Entered, MAX_ACT_PAGE, MAX_ACT_WINDOW, MAX_ENTER_BATCH,
    RegisterView, RegisterWitness,
};
pub use release::{Cursor, MAX_RELEASE_BATCH};
pub use replicate::HEARTBEAT;
pub use rights::{
    MAX_RIGHTS_STEPS, NewRights, Right, RightsAnswer, RightsStep, RightsView, SubjectRecipient,
    SubjectRecord,
};
pub use search::{Hit, Hits, Query};
pub use settings::{ACCENTS, MAX_ANSWER_DAYS, MAX_CREST_LETTERS, Settings};
pub use statistics::{
    Direction, MAX_STATISTICS_MONTHS, Month, RefusedRow, StatisticsRow, StatisticsView,
};
#[cfg(feature = "fault-points")]
pub use steps::watch_steps;
pub use tokens::MAX_TOKENS;
