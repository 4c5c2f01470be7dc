//! What the group speaks about.

use passerelle_model::{PartyId, RecordId};
use serde::{Deserialize, Serialize};

use crate::class::{Agreed, Convergent, Own};
use crate::deed::Stance;
use crate::macros::words;
use crate::{
    Assessed, Error, Facts, Observation, Offers, Outcome, Paragraph, Place, Report, Revision,
    Stage, Stamp, Texts, Verified, Version,
};

words! {
    /// Kind of an object.
    Kind {
        /// The joint group itself.
        Group = "group",
        /// A meeting.
        Meeting = "meeting",
        /// An item for an agenda.
        Item = "item",
        /// A decision.
        Decision = "decision",
        /// A commitment.
        Commitment = "commitment",
        /// A step towards a commitment.
        Action = "action",
        /// Minutes of a meeting.
        Minutes = "minutes",
        /// A joint communiqué.
        Communique = "communique",
        /// A topic of common interest, assessed together.
        Topic = "topic",
        /// An indicator of the shared catalogue.
        Indicator = "indicator",
        /// A programme of one or several partners.
        Programme = "programme",
        /// A practice others can learn from.
        Practice = "practice",
        /// An expert, by function.
        Expert = "expert",
        /// A request for expertise.
        Request = "request",
        /// A mission that answers one.
        Mission = "mission",
        /// A consultation of organisations.
        Consultation = "consultation",
        /// An offer of competence from the diaspora, by an organisation.
        Competence = "competence",
    }
}

/// An object: the party that opened it and the record in which it did.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectRef {
    /// Who opened it.
    pub party: PartyId,
    /// In which record.
    pub record: RecordId,
}

impl std::fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.party, self.record)
    }
}

impl std::str::FromStr for ObjectRef {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = Error::Word { list: "object" };
        let (party, record) = text.split_once('~').ok_or(wrong.clone())?;
        match (party.parse(), record.parse()) {
            (Ok(party), Ok(record)) => Ok(Self { party, record }),
            _ => Err(wrong),
        }
    }
}

impl Serialize for ObjectRef {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectRef {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One object with everything that was said of it.
#[derive(Debug, Clone)]
pub struct Object {
    pub(crate) id: ObjectRef,
    pub(crate) kind: Kind,
    pub(crate) parent: Option<ObjectRef>,
    pub(crate) chair: PartyId,
    pub(crate) opened: Stamp,
    pub(crate) changed: Stamp,
    pub(crate) said: std::collections::BTreeMap<PartyId, u64>,
    pub(crate) offers: Offers,
    pub(crate) facts: Option<Own<Facts>>,
    pub(crate) moves: Vec<(Stage, Stamp)>,
    pub(crate) paragraphs:
        std::collections::BTreeMap<(Place, passerelle_model::Lang), Convergent<Option<Paragraph>>>,
    pub(crate) written: Vec<Own<(Place, passerelle_model::Lang, Option<Paragraph>)>>,
    pub(crate) comments: Vec<Own<Version>>,
    pub(crate) translations: Vec<Own<(passerelle_model::Digest, Version)>>,
    pub(crate) positions: Vec<Own<(passerelle_model::Digest, Stance, Option<Texts>)>>,
    pub(crate) delegates: std::collections::BTreeMap<PartyId, Own<Vec<passerelle_model::Name>>>,
    pub(crate) outcome: Option<Own<(Outcome, Option<Texts>)>>,
    pub(crate) reports: Vec<Own<Report>>,
    pub(crate) verified: Vec<Own<Verified>>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) assessed: Assessed,
    pub(crate) answers: Vec<Own<crate::deed::Answer>>,
    pub(crate) reviews: Vec<Own<crate::deed::Review>>,
    pub(crate) window: Option<Own<passerelle_model::Day>>,
    pub(crate) ignored: Vec<(Stamp, Error)>,
}

impl Object {
    /// Its name.
    pub fn id(&self) -> &ObjectRef {
        &self.id
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What it belongs to: the meeting of an item, the commitment of an action.
    pub fn parent(&self) -> Option<&ObjectRef> {
        self.parent.as_ref()
    }

    /// The party that chairs it: where offers cross, the chair's stays.
    pub fn chair(&self) -> &PartyId {
        &self.chair
    }

    /// Who opened it, and when.
    pub fn opened(&self) -> &Stamp {
        &self.opened
    }

    /// What was said last, as far as this node read.
    pub fn changed(&self) -> &Stamp {
        &self.changed
    }

    /// How many deeds were said of it: the version that a form was filled in on.
    pub fn version(&self) -> u64 {
        self.said.values().sum()
    }

    /// Offers and what became of them.
    pub fn offers(&self) -> &Offers {
        &self.offers
    }

    /// The revision that all accepted, if there is one.
    pub fn agreed(&self) -> Option<&Agreed<Revision>> {
        self.offers.agreed()
    }

    /// What the party that opened it says of it.
    pub fn facts(&self) -> Option<&Own<Facts>> {
        self.facts.as_ref()
    }

    /// Draft paragraphs by place and language; several versions where two were written at once.
    pub fn paragraphs(
        &self,
    ) -> impl Iterator<
        Item = (
            &Place,
            passerelle_model::Lang,
            &Convergent<Option<Paragraph>>,
        ),
    > {
        self.paragraphs
            .iter()
            .map(|((place, lang), versions)| (place, *lang, versions))
    }

    /// Everything that was ever written as a paragraph, by its authors' clocks; the same order on
    /// every node. `None` struck it out.
    pub fn written(&self) -> &[Own<(Place, passerelle_model::Lang, Option<Paragraph>)>] {
        &self.written
    }

    /// Comments by their authors' clocks; the same order on every node.
    pub fn comments(&self) -> &[Own<Version>] {
        &self.comments
    }

    /// Courtesy translations of a revision; outside its hash, by one party.
    pub fn translations<'a>(
        &'a self,
        revision: &'a passerelle_model::Digest,
    ) -> impl Iterator<Item = (&'a Version, &'a Stamp)> {
        self.translations
            .iter()
            .filter(move |own| own.value.0 == *revision)
            .map(|own| (&own.value.1, &own.stamp))
    }

    /// The newest position of each party on a revision.
    pub fn positions<'a>(
        &'a self,
        revision: &'a passerelle_model::Digest,
    ) -> impl Iterator<Item = (Stance, Option<&'a Texts>, &'a Stamp)> {
        let newest = move |own: &&Own<_>| {
            let (of, _, _): &(passerelle_model::Digest, Stance, Option<Texts>) = &own.value;
            of == revision
                && !self.positions.iter().any(|other| {
                    other.value.0 == *revision
                        && other.stamp.by == own.stamp.by
                        && other.stamp.knows(&own.stamp)
                })
        };
        self.positions
            .iter()
            .filter(newest)
            .map(|own| (own.value.1, own.value.2.as_ref(), &own.stamp))
    }

    /// Delegates of each party, by function.
    pub fn delegates(&self) -> impl Iterator<Item = &Own<Vec<passerelle_model::Name>>> {
        self.delegates.values()
    }

    /// What came of an agenda item.
    pub fn outcome(&self) -> Option<(Outcome, Option<&Texts>)> {
        let own = self.outcome.as_ref()?;
        Some((own.value.0, own.value.1.as_ref()))
    }

    /// Reports of the responsible party, in the order of [`comments`](Self::comments).
    pub fn reports(&self) -> &[Own<Report>] {
        &self.reports
    }

    /// What the other side verified, in the order of [`comments`](Self::comments).
    pub fn verified(&self) -> &[Own<Verified>] {
        &self.verified
    }

    /// Observations of an indicator.
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// Assessments of a topic, sealed and revealed.
    pub fn assessed(&self) -> &Assessed {
        &self.assessed
    }

    /// Answers of organisations to a consultation.
    pub fn answers(&self) -> &[Own<crate::deed::Answer>] {
        &self.answers
    }

    /// Reviews of a practice, evaluations of a request.
    pub fn reviews(&self) -> &[Own<crate::deed::Review>] {
        &self.reviews
    }

    /// Last day for amendments to minutes that were circulated.
    pub fn window(&self) -> Option<passerelle_model::Day> {
        self.window.as_ref().map(|own| own.value)
    }

    /// What was said against the rules and counts for nothing, with the reason, in the order of
    /// [`comments`](Self::comments).
    pub fn ignored(&self) -> &[(Stamp, Error)] {
        &self.ignored
    }

    /// Whether the words of its title are gone with their record.
    pub fn is_erased(&self) -> bool {
        match (self.agreed(), self.offers.latest(), &self.facts) {
            (Some(agreed), _, _) => agreed.by.first().is_some_and(|signed| signed.erased),
            (None, Some(offer), _) => offer.made().erased,
            (None, None, Some(facts)) => facts.stamp.erased,
            (None, None, None) => self.opened.erased,
        }
    }

    /// A title for people: of what is agreed, else of what is offered, else of the facts.
    pub fn title(&self, lang: passerelle_model::Lang) -> Option<&str> {
        let texts = match (self.agreed(), self.offers.latest(), &self.facts) {
            (Some(agreed), _, _) => Some(&agreed.value.texts),
            (None, Some(offer), _) => Some(&offer.revision().texts),
            (None, None, Some(facts)) => Some(facts.value.texts()),
            (None, None, None) => None,
        };
        texts?.best(lang).map(|version| version.title.as_str())
    }
}
