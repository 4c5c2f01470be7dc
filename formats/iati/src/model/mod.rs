//! An activity of the standard, as far as a public programme needs it. Order within a list is
//! kept; order of kinds of elements is the standard's.

mod results;

use jiff::civil::Date;

pub use results::{
    Baseline, Dimension, DimensionKind, Indicator, Measured, Outcome, Period, Reference,
};

use crate::{
    Decimal, Moment,
    codes::{
        ActivityStatus, BudgetKind, BudgetStatus, ContactKind, DateKind, DescriptionKind, GCM_URI,
        OWN, OrganisationKind, Relation, Role, SDG_GOAL, SDG_TARGET, Significance, Tied,
        TransactionKind,
    },
};

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activities {
    /// When it was made.
    pub generated: Option<Moment>,
    /// One or more.
    pub activities: Vec<Activity>,
}

/// One text in some languages.
pub type Text = Vec<Narrative>;

/// One text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Narrative {
    /// ISO 639-1; none is the language of the activity.
    pub lang: Option<String>,
    /// The text.
    pub text: String,
}

impl Narrative {
    /// A text in this language.
    pub fn new(lang: &str, text: impl Into<String>) -> Self {
        Self {
            lang: Some(lang.to_owned()),
            text: text.into(),
        }
    }
}

/// One programme, decision or contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Identifier, unique in the world.
    pub identifier: String,
    /// Language of texts that name none, ISO 639-1.
    pub lang: Option<String>,
    /// Currency of amounts that name none, ISO 4217.
    pub currency: Option<String>,
    /// Whether it is humanitarian.
    pub humanitarian: Option<bool>,
    /// Level among related activities, 1 is the highest.
    pub hierarchy: Option<i32>,
    /// When it was last changed.
    pub last_updated: Option<Moment>,
    /// Who publishes it.
    pub reporter: Reporter,
    /// At least one language.
    pub title: Text,
    /// At least one.
    pub descriptions: Vec<Description>,
    /// At least one.
    pub participants: Vec<Participant>,
    /// Where it stands.
    pub status: ActivityStatus,
    /// At least one, a planned or actual start among them.
    pub dates: Vec<ActivityDate>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Countries it is for.
    pub countries: Vec<Country>,
    /// Regions it is for.
    pub regions: Vec<Region>,
    /// What it is about.
    pub sectors: Vec<Sector>,
    /// Goals it serves.
    pub tags: Vec<Tag>,
    /// Policy aims.
    pub markers: Vec<Marker>,
    /// List `CollaborationType`.
    pub collaboration: Option<String>,
    /// List `FlowType`; `10` is official development assistance.
    pub flow: Option<String>,
    /// List `FinanceType`.
    pub finance: Option<String>,
    /// Aid types.
    pub aid: Vec<AidType>,
    /// Whether what it buys must come from the country that pays.
    pub tied: Option<Tied>,
    /// Budgets, one year each at most.
    pub budgets: Vec<Budget>,
    /// Disbursements that are planned.
    pub planned: Vec<Planned>,
    /// Sums of money that moved or were promised.
    pub transactions: Vec<Transaction>,
    /// Documents on the web.
    pub documents: Vec<Document>,
    /// Other activities.
    pub related: Vec<Related>,
    /// What came of it.
    pub results: Vec<Outcome>,
}

impl Activity {
    /// An activity with what the standard requires and nothing else.
    #[must_use]
    pub fn new(identifier: String, reporter: Reporter, status: ActivityStatus) -> Self {
        Self {
            identifier,
            lang: None,
            currency: None,
            humanitarian: None,
            hierarchy: None,
            last_updated: None,
            reporter,
            title: Vec::new(),
            descriptions: Vec::new(),
            participants: Vec::new(),
            status,
            dates: Vec::new(),
            contacts: Vec::new(),
            countries: Vec::new(),
            regions: Vec::new(),
            sectors: Vec::new(),
            tags: Vec::new(),
            markers: Vec::new(),
            collaboration: None,
            flow: None,
            finance: None,
            aid: Vec::new(),
            tied: None,
            budgets: Vec::new(),
            planned: Vec::new(),
            transactions: Vec::new(),
            documents: Vec::new(),
            related: Vec::new(),
            results: Vec::new(),
        }
    }
}

/// Who publishes an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// Identifier.
    pub reference: String,
    /// Kind.
    pub kind: OrganisationKind,
    /// Whether it reports what others do.
    pub secondary: Option<bool>,
    /// Name, at least one language.
    pub name: Text,
}

/// A description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What it tells.
    pub kind: Option<DescriptionKind>,
    /// At least one language.
    pub text: Text,
}

/// An organisation with a part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Its part.
    pub role: Role,
    /// Identifier; it or a name is needed.
    pub reference: Option<String>,
    /// Kind.
    pub kind: Option<OrganisationKind>,
    /// Its own activity.
    pub activity: Option<String>,
    /// Name.
    pub name: Text,
}

/// A day that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityDate {
    /// Start or end, planned or actual.
    pub kind: DateKind,
    /// The day.
    pub day: Date,
    /// A word about it.
    pub note: Text,
}

/// Whom to ask: an organisation and a function, never a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// For what.
    pub kind: Option<ContactKind>,
    /// Organisation.
    pub organisation: Text,
    /// Function in it.
    pub function: Text,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1, two letters.
    pub code: String,
    /// Share of the activity, in per cent.
    pub percentage: Option<Decimal>,
    /// A word about it.
    pub note: Text,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Code.
    pub code: String,
    /// List `RegionVocabulary`.
    pub vocabulary: Option<String>,
    /// Where an own vocabulary is explained.
    pub vocabulary_uri: Option<String>,
    /// Share of the activity, in per cent.
    pub percentage: Option<Decimal>,
    /// A word about it.
    pub note: Text,
}

/// A sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// Code.
    pub code: String,
    /// List `SectorVocabulary`; none is the DAC.
    pub vocabulary: Option<String>,
    /// Where an own vocabulary is explained.
    pub vocabulary_uri: Option<String>,
    /// Share of the activity within the vocabulary, in per cent.
    pub percentage: Option<Decimal>,
    /// What it is, in words; required for own vocabularies.
    pub note: Text,
}

impl Sector {
    /// Whether it is this sector of the DAC.
    #[must_use]
    pub fn is_dac(&self, code: &str) -> bool {
        let dac = matches!(self.vocabulary.as_deref(), None | Some("" | "1"));
        dac && self.code == code
    }
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Code.
    pub code: String,
    /// List `TagVocabulary`.
    pub vocabulary: String,
    /// Where an own vocabulary is explained.
    pub vocabulary_uri: Option<String>,
    /// The goal in words.
    pub note: Text,
}

impl Tag {
    /// An objective of the Global Compact for Migration (A/RES/73/195); none outside 1 to 23.
    #[must_use]
    pub fn gcm(objective: u8, words: Text) -> Option<Self> {
        (1..=23).contains(&objective).then(|| Self {
            code: objective.to_string(),
            vocabulary: OWN.to_owned(),
            vocabulary_uri: Some(GCM_URI.to_owned()),
            note: words,
        })
    }

    /// A sustainable development goal (`10`) or a target of one (`10.7`).
    #[must_use]
    pub fn sdg(code: &str) -> Self {
        let vocabulary = if code.contains('.') {
            SDG_TARGET
        } else {
            SDG_GOAL
        };
        Self {
            code: code.to_owned(),
            vocabulary: vocabulary.to_owned(),
            vocabulary_uri: None,
            note: Vec::new(),
        }
    }
}

/// A policy aim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Code.
    pub code: String,
    /// List `PolicyMarkerVocabulary`.
    pub vocabulary: Option<String>,
    /// Where an own vocabulary is explained.
    pub vocabulary_uri: Option<String>,
    /// How much it is aimed at.
    pub significance: Option<Significance>,
    /// A word about it.
    pub note: Text,
}

/// An aid type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AidType {
    /// Code.
    pub code: String,
    /// List `AidTypeVocabulary`.
    pub vocabulary: Option<String>,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// ISO 4217; none is the currency of the activity.
    pub currency: Option<String>,
    /// Day whose rate converts it.
    pub value_date: Date,
}

/// A budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// As first agreed, or changed.
    pub kind: Option<BudgetKind>,
    /// How firm.
    pub status: Option<BudgetStatus>,
    /// First day.
    pub start: Date,
    /// Last day, at most a year later.
    pub end: Date,
    /// How much.
    pub value: Money,
}

/// Who gives or receives money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Identifier; it or a name is needed.
    pub reference: Option<String>,
    /// Its own activity.
    pub activity: Option<String>,
    /// Kind.
    pub kind: Option<OrganisationKind>,
    /// Name.
    pub name: Text,
}

/// A disbursement that is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// As first agreed, or changed.
    pub kind: Option<BudgetKind>,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Option<Date>,
    /// How much.
    pub value: Money,
    /// Who gives.
    pub provider: Option<Organisation>,
    /// Who receives.
    pub receiver: Option<Organisation>,
}

/// A sum that moved or was promised. Sums, not single payments: none names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Reference of the reporter.
    pub reference: Option<String>,
    /// Whether it is humanitarian.
    pub humanitarian: Option<bool>,
    /// What it is.
    pub kind: TransactionKind,
    /// When.
    pub day: Date,
    /// How much.
    pub value: Money,
    /// A word about it.
    pub note: Text,
    /// Who gives.
    pub provider: Option<Organisation>,
    /// Who receives.
    pub receiver: Option<Organisation>,
}

/// A document on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Address.
    pub url: String,
    /// Media type.
    pub format: String,
    /// At least one language.
    pub title: Text,
    /// What is in it.
    pub description: Text,
    /// List `DocumentCategory`, at least one.
    pub categories: Vec<String>,
    /// Languages, ISO 639-1.
    pub languages: Vec<String>,
    /// When it was published.
    pub day: Option<Date>,
}

/// Another activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its identifier.
    pub reference: String,
    /// What it is to this one.
    pub relation: Relation,
}
