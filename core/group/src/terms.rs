//! What parties agree: a text in its authentic languages and the facts it fixes.

use passerelle_model::{Code, Day, Digest, Name, PartyId, UtcTime};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::macros::words;
use crate::{Decimal, Error, Kind, ObjectRef, Texts};

/// Most parties, indicators, agenda items or objectives named by one revision.
pub const MAX_NAMED: usize = 128;
/// First bytes of what is hashed, so that no other hash of ours can be taken for a revision's.
const DOMAIN: &[u8] = b"passerelle group revision 1\0";

words! {
    /// Sector of work.
    Sector {
        /// Interior: police, borders, civil status.
        Interior = "interior",
        /// Justice.
        Justice = "justice",
        /// Foreign affairs, consular work.
        Foreign = "foreign-affairs",
        /// Health.
        Health = "health",
        /// Labour, vocational training.
        Labour = "labour",
        /// Education, higher education, research.
        Education = "education",
        /// Social protection, housing, family.
        Social = "social",
        /// Local government, towns.
        Local = "local-government",
        /// Development cooperation.
        Development = "development",
        /// Religious affairs, culture.
        Culture = "culture",
        /// Data protection and human rights bodies.
        Rights = "rights",
        /// Finance, trade, investment.
        Economy = "economy",
    }
}

words! {
    /// Strand of the cooperation, after the communiqué of 15 April 2024.
    Strand {
        /// Exchange of information and expertise.
        Expertise = "expertise",
        /// Anticipation of threats; terrorist groups' crimes.
        Security = "security",
        /// Cross-border trafficking, borders.
        Borders = "borders",
        /// Prevention of radicalisation.
        Prevention = "prevention",
        /// Reintegration.
        Reintegration = "reintegration",
        /// Migration.
        Migration = "migration",
        /// The diaspora as a bridge.
        Diaspora = "diaspora",
        /// Institutions and relations.
        Institutions = "institutions",
    }
}

words! {
    /// Kind of a meeting.
    MeetingKind {
        /// The whole group.
        Plenary = "plenary",
        /// Experts.
        Technical = "technical",
        /// Ministers.
        Ministerial = "ministerial",
    }
}

words! {
    /// How a commitment ends.
    Closure {
        /// Done, and verified by the other side.
        Fulfilled = "fulfilled",
        /// Done in part.
        Partly = "partly",
        /// Not done.
        NotFulfilled = "not-fulfilled",
        /// Replaced by another.
        Replaced = "replaced",
        /// Withdrawn together.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What an indicator counts (IATI 2.03, codelist IndicatorMeasure, 1 to 5).
    Measure {
        /// Units of something.
        Unit = "unit",
        /// Percent.
        Percentage = "percentage",
        /// A named scale of its own.
        Nominal = "nominal",
        /// Steps of an ordered scale.
        Ordinal = "ordinal",
        /// Words only.
        Qualitative = "qualitative",
    }
}

/// A proposed text with what it fixes. Immutable: a change is another revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// The agreed revision that it replaces; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Digest>,
    /// Authentic language versions.
    pub texts: Texts,
    /// What it fixes.
    pub terms: Terms,
}

impl Revision {
    /// SHA-256 over a fixed prefix and the revision exactly as it is spelt in the event.
    pub fn hash(&self) -> Result<Digest, Error> {
        let bytes =
            serde_json::to_vec(self).map_err(|error| Error::Malformed(error.to_string()))?;
        let mut hash = Sha256::new();
        hash.update(DOMAIN);
        hash.update(bytes);
        Ok(Digest::new(hash.finalize().into()))
    }

    /// Whether it belongs to objects of `kind` and holds together.
    pub fn check(&self, kind: Kind) -> Result<(), Error> {
        let fits = match self.terms {
            Terms::Mandate { .. } => kind == Kind::Group,
            Terms::Meeting(_) => kind == Kind::Meeting,
            Terms::Decision(_) => kind == Kind::Decision,
            Terms::Commitment(_) => kind == Kind::Commitment,
            Terms::Minutes => kind == Kind::Minutes,
            Terms::Indicator(_) => kind == Kind::Indicator,
            Terms::Communique { .. } => kind == Kind::Communique,
        };
        if !fits {
            return Err(Error::WrongKind(kind));
        }
        self.terms.check()
    }
}

/// What a revision fixes, by the kind of its object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Terms {
    /// The group itself: its sectors and its rules.
    Mandate {
        /// Sectors that take part.
        sectors: Vec<Sector>,
    },
    /// When and where, and the agenda.
    Meeting(Schedule),
    /// A decision.
    Decision(DecisionTerms),
    /// A commitment.
    Commitment(CommitmentTerms),
    /// Minutes.
    Minutes,
    /// An indicator of the shared catalogue.
    Indicator(IndicatorTerms),
    /// A joint communiqué.
    Communique {
        /// Not public before.
        embargo: UtcTime,
    },
}

impl Terms {
    fn check(&self) -> Result<(), Error> {
        match self {
            Self::Mandate { sectors } => bounded("sectors", sectors.len()),
            Self::Meeting(schedule) => schedule.check(),
            Self::Commitment(terms) => terms.check(),
            Self::Indicator(terms) => terms.check(),
            Self::Decision(_) | Self::Minutes | Self::Communique { .. } => Ok(()),
        }
    }
}

/// When, where, and what about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Kind of meeting.
    pub kind: MeetingKind,
    /// First instant.
    pub start: UtcTime,
    /// Last instant.
    pub end: UtcTime,
    /// IANA names of the zones in which people read it, such as `Africa/Casablanca`.
    pub zones: Vec<Name>,
    /// Place, or how to join.
    pub place: Name,
    /// Agenda items, in their order.
    pub agenda: Vec<ObjectRef>,
}

impl Schedule {
    fn check(&self) -> Result<(), Error> {
        bounded("time zones", self.zones.len())?;
        bounded("agenda items", self.agenda.len())?;
        if self.end <= self.start {
            return Err(Error::Shape("a meeting ends after it begins"));
        }
        if self.zones.is_empty() {
            return Err(Error::Shape("a meeting has a time zone"));
        }
        Ok(())
    }
}

/// What a decision fixes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionTerms {
    /// The meeting that takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<ObjectRef>,
    /// From when it holds; at once where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Day>,
    /// Strand it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strand: Option<Strand>,
    /// Whether it has ended by agreement.
    #[serde(default)]
    pub ended: bool,
}

/// What a commitment fixes: who does it, until when, how it is measured, whether it is public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentTerms {
    /// The decision or meeting that it follows from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<ObjectRef>,
    /// Who is responsible; only they report.
    pub responsible: PartyId,
    /// Official function there, never a person.
    pub function: Name,
    /// Sector.
    pub sector: Sector,
    /// Strand.
    pub strand: Strand,
    /// Objective of the Global Compact for Migration, 1 to 23.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<u8>,
    /// Target of the Sustainable Development Goals, such as `10.7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Code>,
    /// Due on.
    pub due: Day,
    /// Indicators by which it is measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<ObjectRef>,
    /// Whether it may be published.
    #[serde(default)]
    pub public: bool,
    /// How it ended, once that is agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<Closure>,
}

impl CommitmentTerms {
    fn check(&self) -> Result<(), Error> {
        bounded("indicators", self.indicators.len())?;
        match self.objective {
            Some(objective) if !(1..=23).contains(&objective) => Err(Error::Shape(
                "objectives of the Global Compact go from 1 to 23",
            )),
            _ => Ok(()),
        }
    }
}

/// An indicator of the shared catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTerms {
    /// Its code in the catalogue.
    pub code: Code,
    /// What is counted: "persons", "offices", "per 1,000".
    pub unit: Name,
    /// How.
    pub measure: Measure,
    /// Whether more is better.
    pub ascending: bool,
    /// How values of parts become the value of the whole.
    pub aggregation: crate::Aggregation,
    /// Year and value before; absent where there is none, never a filler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<(u16, Decimal)>,
    /// The value aimed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Decimal>,
    /// Indicators whose values add up to this one's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ObjectRef>,
}

impl IndicatorTerms {
    fn check(&self) -> Result<(), Error> {
        bounded("parts", self.parts.len())?;
        if !self.parts.is_sorted_by(|a, b| a < b) {
            return Err(Error::Shape("a part stands twice, or parts are not sorted"));
        }
        let numeric = self.baseline.is_some() || self.target.is_some();
        if self.measure == Measure::Qualitative && numeric {
            return Err(Error::Shape("an indicator in words has no number"));
        }
        Ok(())
    }
}

pub(crate) fn bounded(what: &'static str, found: usize) -> Result<(), Error> {
    let limit = MAX_NAMED;
    if found > limit {
        return Err(Error::TooMany { what, found, limit });
    }
    Ok(())
}
