//! What a party says its own things are: one writer each, the newest counts.
//!
//! No type here can hold a person: experts, contacts and offers of competence are functions and
//! organisations, programmes are programmes.

use passerelle_model::{Code, Country, Day, Name, PartyId, UtcTime};
use serde::{Deserialize, Serialize};

use crate::macros::words;
use crate::terms::bounded;
use crate::{Decimal, Error, Kind, ObjectRef, Sector, Strand, Texts};

/// The first day of a programme. Some files that programmes come from do not state it, and
/// nobody invents one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Option<Day>", into = "Option<Day>")]
pub enum Start {
    /// Nobody stated it.
    #[default]
    NotStated,
    /// This day.
    On(Day),
}

impl Start {
    /// The day, where it is stated.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::NotStated => None,
            Self::On(day) => Some(day),
        }
    }

    fn is_not_stated(&self) -> bool {
        *self == Self::NotStated
    }
}

impl From<Option<Day>> for Start {
    fn from(day: Option<Day>) -> Self {
        day.map_or(Self::NotStated, Self::On)
    }
}

impl From<Start> for Option<Day> {
    fn from(start: Start) -> Self {
        start.day()
    }
}

/// A part of a budget. As text: `2024-01-01 2024-12-31 600000.25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// First day.
    pub from: Day,
    /// Last day, at most a year later.
    pub until: Day,
    /// How much, in the currency of the budget.
    pub amount: Decimal,
}

impl std::fmt::Display for Instalment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.from, self.until, self.amount)
    }
}

impl std::str::FromStr for Instalment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Shape("a part of a budget is a day, a day and an amount");
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [from, until, amount] = parts.as_slice() else {
            return Err(wrong());
        };
        Ok(Self {
            from: from.parse().map_err(|_| wrong())?,
            until: until.parse().map_err(|_| wrong())?,
            amount: amount.parse()?,
        })
    }
}

words! {
    /// How good the evidence for a practice is.
    Evidence {
        /// Somebody's experience.
        Experience = "experience",
        /// Described and monitored.
        Monitored = "monitored",
        /// Evaluated by others.
        Evaluated = "evaluated",
        /// Evaluated against a comparison.
        Compared = "compared",
    }
}

/// The facts of an object, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Facts {
    /// An agenda item.
    Item(Item),
    /// A step towards a commitment.
    Action(Action),
    /// A topic of common interest.
    Topic {
        /// What it is about.
        texts: Texts,
        /// Its strand.
        strand: Strand,
    },
    /// A programme.
    Programme(Programme),
    /// A practice.
    Practice(Practice),
    /// An expert, by function.
    Expert(Expert),
    /// A request for expertise.
    Request(Request),
    /// A mission.
    Mission(Mission),
    /// A consultation.
    Consultation(Consultation),
    /// An offer of competence.
    Competence(Competence),
}

/// An item for an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Title, and what it is about.
    pub texts: Texts,
    /// Its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Its strand.
    pub strand: Strand,
    /// Minutes allotted.
    pub minutes: u16,
}

/// A step towards a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What is done.
    pub texts: Texts,
    /// Its sector.
    pub sector: Sector,
    /// Planned end.
    pub planned: Day,
    /// Revised end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<Day>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achieved: Option<Day>,
    /// Actions that must be done before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<ObjectRef>,
}

/// A programme (IATI 2.03 activity, as far as the group needs it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// IATI identifier.
    pub identifier: Name,
    /// Title and description.
    pub texts: Texts,
    /// Who does it.
    pub partners: Vec<(Name, ProgrammeRole)>,
    /// Sector.
    pub sector: Sector,
    /// Strand.
    pub strand: Strand,
    /// DAC five-digit code, or a code of vocabulary 99.
    pub code: Code,
    /// Objectives of the Global Compact for Migration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<u8>,
    /// Countries and their share in percent; the shares add up to 100.
    pub countries: Vec<(Country, u8)>,
    /// First day, where somebody stated it.
    #[serde(default, skip_serializing_if = "Start::is_not_stated")]
    pub from: Start,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Budget and its ISO 4217 currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<(Decimal, Code)>,
    /// The budget by periods of at most a year, where somebody split it; the parts are the
    /// whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<Instalment>,
    /// Indicators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<ObjectRef>,
    /// Whether it may be published.
    #[serde(default)]
    pub public: bool,
}

words! {
    /// What an organisation does in a programme (IATI OrganisationRole 1 to 4).
    ProgrammeRole {
        /// Pays.
        Funding = "funding",
        /// Answers for it.
        Accountable = "accountable",
        /// Manages the money for others.
        Extending = "extending",
        /// Does it.
        Implementing = "implementing",
    }
}

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Title; the text says the problem and what was done.
    pub texts: Texts,
    /// Sector.
    pub sector: Sector,
    /// Strand.
    pub strand: Strand,
    /// For which group of people it was made, never who they are.
    pub audience: Name,
    /// How good the evidence is.
    pub evidence: Evidence,
    /// What it needs to work elsewhere.
    pub transfer: Texts,
    /// Function to ask.
    pub contact: Name,
    /// To be looked at again on.
    pub refresh: Day,
}

/// An expert, by function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Function, and what it can help with.
    pub texts: Texts,
    /// Fields of work.
    pub sectors: Vec<Sector>,
    /// Strands.
    pub strands: Vec<Strand>,
    /// Languages of work.
    pub languages: Vec<passerelle_model::Lang>,
    /// Available from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
}

/// A request for expertise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What is needed and what should come of it.
    pub texts: Texts,
    /// Sector.
    pub sector: Sector,
    /// Strand.
    pub strand: Strand,
    /// Languages in which it can be done.
    pub languages: Vec<passerelle_model::Lang>,
    /// Who would host.
    pub host: Name,
    /// Until when.
    pub until: Day,
    /// Experts, practices or offers of competence that were matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matched: Vec<ObjectRef>,
}

/// A mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    /// Terms of reference, later the report.
    pub texts: Texts,
    /// Who goes, by function.
    pub functions: Vec<Name>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Recommendations; each can become a proposed commitment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommendations: Vec<Texts>,
}

/// A consultation of organisations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// The question, in each language.
    pub texts: Texts,
    /// Which organisations are asked.
    pub audience: Name,
    /// Strand.
    pub strand: Strand,
    /// Open from.
    pub from: UtcTime,
    /// Open until.
    pub until: UtcTime,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Texts>,
}

/// An offer of competence by an organisation of the diaspora.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// What is offered.
    pub texts: Texts,
    /// The organisation; never a person.
    pub organisation: Name,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Languages of work.
    pub languages: Vec<passerelle_model::Lang>,
    /// Stands until.
    pub until: Day,
}

impl Facts {
    /// The kind of objects they belong to.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Item(_) => Kind::Item,
            Self::Action(_) => Kind::Action,
            Self::Topic { .. } => Kind::Topic,
            Self::Programme(_) => Kind::Programme,
            Self::Practice(_) => Kind::Practice,
            Self::Expert(_) => Kind::Expert,
            Self::Request(_) => Kind::Request,
            Self::Mission(_) => Kind::Mission,
            Self::Consultation(_) => Kind::Consultation,
            Self::Competence(_) => Kind::Competence,
        }
    }

    /// Title and text.
    pub fn texts(&self) -> &Texts {
        match self {
            Self::Item(item) => &item.texts,
            Self::Action(action) => &action.texts,
            Self::Topic { texts, .. } => texts,
            Self::Programme(programme) => &programme.texts,
            Self::Practice(practice) => &practice.texts,
            Self::Expert(expert) => &expert.texts,
            Self::Request(request) => &request.texts,
            Self::Mission(mission) => &mission.texts,
            Self::Consultation(consultation) => &consultation.texts,
            Self::Competence(competence) => &competence.texts,
        }
    }

    /// Whether they hold together.
    pub fn check(&self) -> Result<(), Error> {
        match self {
            Self::Item(_) | Self::Topic { .. } | Self::Practice(_) => Ok(()),
            Self::Action(action) => bounded("earlier actions", action.after.len()),
            Self::Programme(programme) => programme.check(),
            Self::Expert(expert) => {
                bounded("strands", expert.strands.len())?;
                fields(&expert.sectors, &expert.languages)
            }
            Self::Competence(offer) => fields(&offer.sectors, &offer.languages),
            Self::Request(request) => {
                bounded("matches", request.matched.len())?;
                fields(&[request.sector], &request.languages)
            }
            Self::Mission(mission) => {
                bounded("functions", mission.functions.len())?;
                bounded("recommendations", mission.recommendations.len())?;
                ordered(mission.from <= mission.until)
            }
            Self::Consultation(consultation) => ordered(consultation.from < consultation.until),
        }
    }
}

impl Programme {
    fn check(&self) -> Result<(), Error> {
        bounded("partners", self.partners.len())?;
        bounded("countries", self.countries.len())?;
        bounded("indicators", self.indicators.len())?;
        bounded("objectives", self.objectives.len())?;
        if self.objectives.iter().any(|one| !(1..=23).contains(one)) {
            return Err(Error::Shape(
                "objectives of the Global Compact go from 1 to 23",
            ));
        }
        let share: u32 = self
            .countries
            .iter()
            .map(|(_, share)| u32::from(*share))
            .sum();
        if share != 100 {
            return Err(Error::Shape("the countries' shares add up to 100 percent"));
        }
        let (from, until) = (self.from.day(), self.until);
        ordered(from.zip(until).is_none_or(|(from, until)| from <= until))?;
        self.split()?;
        let counted = self.budget.as_ref().is_none_or(|(_, currency)| {
            currency.as_str().len() == 3
                && currency.as_str().bytes().all(|b| b.is_ascii_lowercase())
        });
        match counted {
            true => Ok(()),
            false => Err(Error::Shape("a currency has three letters")),
        }
    }

    /// Parts of the budget follow one another and add up to it.
    fn split(&self) -> Result<(), Error> {
        bounded("parts of a budget", self.instalments.len())?;
        let mut sum = Decimal::ZERO;
        let mut last: Option<Day> = None;
        for part in &self.instalments {
            ordered(part.from <= part.until)?;
            if part.until.days_since(part.from) >= crate::MAX_PERIOD_DAYS {
                return Err(Error::Shape("a part of a budget is for a year at most"));
            }
            if last.is_some_and(|last| part.from <= last) {
                return Err(Error::Shape("parts of a budget follow one another"));
            }
            last = Some(part.until);
            sum = sum.plus(part.amount)?;
        }
        let whole = self.budget.as_ref().map(|(amount, _)| *amount);
        match self.instalments.is_empty() || whole == Some(sum) {
            true => Ok(()),
            false => Err(Error::Shape("the parts of a budget add up to it")),
        }
    }

    /// The party named as implementing, where it is one of `parties`.
    pub fn implemented_by<'a>(&self, parties: &'a [PartyId]) -> Option<&'a PartyId> {
        let mut roles = self.partners.iter();
        let (name, _) = roles.find(|(_, role)| *role == ProgrammeRole::Implementing)?;
        parties.iter().find(|party| party.as_str() == name.as_str())
    }
}

fn fields(sectors: &[Sector], languages: &[passerelle_model::Lang]) -> Result<(), Error> {
    bounded("sectors", sectors.len())?;
    bounded("languages", languages.len())?;
    if sectors.is_empty() || languages.is_empty() {
        return Err(Error::Shape("at least one sector and one language"));
    }
    Ok(())
}

fn ordered(yes: bool) -> Result<(), Error> {
    if yes {
        Ok(())
    } else {
        Err(Error::Shape("it ends before it begins"))
    }
}
