//! When each rule is asked.

use super::Rule;

/// A moment at which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Before a record leaves.
    Release,
    /// When a record arrives.
    Reception,
    /// Before a person opens a record or a case.
    Opening,
    /// Before a copy goes out of the node.
    Export,
    /// Before a search.
    Search,
    /// When a second person decides.
    Approval,
    /// When the register is written, read or cleared.
    Register,
    /// While an answer, a recall or a correction is waited for.
    Waiting,
    /// When a use of a record is reported.
    UseReport,
    /// Before a hit/no-hit question.
    Question,
    /// When data is reviewed, restricted or erased.
    Keeping,
    /// When a data subject asks.
    Rights,
    /// When protection was breached.
    Breach,
    /// When glass is broken in an emergency.
    Emergency,
    /// When the register of processing is drawn up.
    Governance,
    /// When an agreement is signed.
    Signing,
    /// When a person is written down.
    People,
    /// When a table is taken in on the side of the joint group.
    Import,
    /// When something is published.
    Publication,
}

impl Moment {
    /// The word of the table in `docs/data-protection.md`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Reception => "reception",
            Self::Opening => "opening",
            Self::Export => "export",
            Self::Search => "search",
            Self::Approval => "approval",
            Self::Register => "register",
            Self::Waiting => "waiting",
            Self::UseReport => "use report",
            Self::Question => "question",
            Self::Keeping => "keeping",
            Self::Rights => "rights",
            Self::Breach => "breach",
            Self::Emergency => "emergency",
            Self::Governance => "governance",
            Self::Signing => "signing",
            Self::People => "people",
            Self::Import => "import",
            Self::Publication => "publication",
        }
    }
}

impl Rule {
    /// When it is asked.
    pub fn asked(self) -> &'static [Moment] {
        use Moment::{
            Approval, Breach, Emergency, Export, Governance, Import, Keeping, Opening, People,
            Publication, Question, Reception, Register, Release, Rights, Search, Signing,
            UseReport, Waiting,
        };
        match self {
            Self::AgreementUnsigned
            | Self::AgreementOther
            | Self::AgreementNotInForce
            | Self::NotMember
            | Self::Purpose
            | Self::Basis
            | Self::Scope
            | Self::RecipientEmpty
            | Self::Recipient
            | Self::DataClass
            | Self::Caveat
            | Self::Language
            | Self::RequestIncomplete
            | Self::AttachmentSize
            | Self::PersonCategory
            | Self::Nature
            | Self::AsOf
            | Self::SpecialNecessity
            | Self::OffenceLink => &[Release, Reception],
            Self::Quota => &[Release, Reception, Question],
            Self::Retention => &[Release, Reception, Keeping, Rights],
            Self::Clock | Self::Duplicate | Self::Reference => &[Reception],
            Self::Intake
            | Self::Tainted
            | Self::Special
            | Self::OriginConsent
            | Self::TransferGround
            | Self::Derogation
            | Self::DerogationBulk
            | Self::Balance
            | Self::Capital
            | Self::FileReference
            | Self::MinorReason
            | Self::RedSecond
            | Self::PurposeChange
            | Self::Onward
            | Self::MarkingLower => &[Release],
            Self::NonRefoulement => &[Release, Question],
            Self::SecondPerson => &[Release, Import],
            Self::SelfApproval => &[Release, Approval, Emergency, Import],
            Self::Justification => &[Search, Question, Keeping, Emergency],
            Self::Role => &[
                Release, Opening, Export, Search, Approval, Keeping, Rights, Breach, Emergency,
            ],
            Self::NeedToKnow => &[Opening, Export, Keeping, UseReport, Rights, Breach],
            Self::ConditionsUnread => &[Opening, Export],
            Self::Restricted => &[Release, Opening, Export],
            Self::Handling | Self::ExportBlocked => &[Export],
            Self::LogPurpose | Self::LogUnavailable | Self::LogRetention => &[Register],
            Self::NoticeOverdue | Self::AnswerOverdue => &[Waiting],
            Self::Frozen => &[Keeping, UseReport],
            Self::ReviewOverdue | Self::ErasurePending | Self::LegalHold | Self::LiftUntold => {
                &[Keeping]
            }
            Self::RightsOverdue
            | Self::RightsIdentity
            | Self::RightsReason
            | Self::RightsOriginator => &[Rights],
            Self::BreachClock | Self::BreachPartner => &[Breach],
            Self::BreakGlass => &[Emergency],
            Self::ProcessingRegister => &[Governance],
            Self::Firewall => &[Release, Reception, Signing, People],
            Self::MigrationPerson | Self::PreventionPerson => &[Release, Reception, Import],
            Self::SmallCell => &[Publication],
        }
    }
}
