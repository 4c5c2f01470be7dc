//! What stays of an event when its record is erased: everything that the rules read, and no
//! words. Titles, texts, names of functions, offices, places and files go; kinds, dates, numbers,
//! references and hashes stay, so that what was agreed counts the same with and without its
//! words.

use passerelle_model::{Digest, FileName, Markdown, Name, UtcTime};
use serde::{Deserialize, Serialize};

use crate::deed::{Answer, Deed};
use crate::{Error, Event, Facts, Period, Revision, Terms, Texts, Version, commitment_to};

/// What stands where words were.
pub const ERASED_WORDS: &str = "[…]";

/// An event without its words. Nodes keep it for themselves; it never travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skeleton {
    /// When the record was released, by its author's clock.
    pub time: UtcTime,
    /// The event, with [`ERASED_WORDS`] where it had words.
    pub event: Event,
    /// What was hashed with its words: of each deed, by its place, that offers a revision or
    /// shows an assessment.
    pub hashes: Vec<(usize, Digest)>,
}

impl Event {
    /// The event without its words.
    pub fn skeleton(&self, time: UtcTime) -> Result<Skeleton, Error> {
        let mut hashes = Vec::new();
        for (place, deed) in self.deeds.iter().enumerate() {
            match deed {
                Deed::Offer { revision } => hashes.push((place, revision.hash()?)),
                Deed::Reveal {
                    assessment, salt, ..
                } => hashes.push((place, commitment_to(assessment, salt)?)),
                _ => {}
            }
        }
        let words = Words::new()?;
        let mut event = self.clone();
        event.deeds.iter_mut().for_each(|deed| words.deed(deed));
        Ok(Skeleton {
            time,
            event,
            hashes,
        })
    }
}

/// Takes words out.
struct Words {
    name: Name,
    text: Markdown,
    file: FileName,
}

impl Words {
    fn new() -> Result<Self, Error> {
        let wrong = |_| Error::Shape("words that are erased have a mark");
        Ok(Self {
            name: ERASED_WORDS.parse().map_err(wrong)?,
            text: ERASED_WORDS.parse().map_err(wrong)?,
            file: ERASED_WORDS.parse().map_err(wrong)?,
        })
    }

    fn deed(&self, deed: &mut Deed) {
        match deed {
            Deed::Open { .. }
            | Deed::Accept { .. }
            | Deed::Withdraw { .. }
            | Deed::Release { .. }
            | Deed::Move { .. }
            | Deed::Seal { .. }
            | Deed::Window { .. } => {}
            Deed::Offer { revision } => self.revision(revision),
            Deed::Reject { reason, .. } => self.perhaps(reason),
            Deed::Position { statement, .. } => self.perhaps(statement),
            Deed::Translate { version, .. } | Deed::Comment { version } => self.version(version),
            Deed::Describe { facts } => self.facts(facts),
            Deed::Delegates { functions } => self.names(functions),
            Deed::Settle { text, .. } | Deed::Judge { text, .. } => self.perhaps(text),
            Deed::Report { report } => {
                self.texts(&mut report.text);
                for (file, _) in &mut report.evidence {
                    file.clone_from(&self.file);
                }
            }
            Deed::Verify { verified } => self.perhaps(&mut verified.text),
            Deed::Observe { period } => self.period(period),
            Deed::Reveal { assessment, .. } => self.texts(&mut assessment.reasons),
            Deed::Answer { answer } => self.answer(answer),
            Deed::Review { review } => self.texts(&mut review.text),
            Deed::Write { text, .. } => {
                if let Some(text) = text {
                    text.clone_from(&self.text);
                }
            }
        }
    }

    fn revision(&self, revision: &mut Revision) {
        self.texts(&mut revision.texts);
        match &mut revision.terms {
            Terms::Meeting(schedule) => self.name(&mut schedule.place),
            Terms::Commitment(terms) => self.name(&mut terms.function),
            Terms::Indicator(terms) => self.name(&mut terms.unit),
            Terms::Mandate { .. }
            | Terms::Decision(_)
            | Terms::Minutes
            | Terms::Communique { .. } => {}
        }
    }

    fn facts(&self, facts: &mut Facts) {
        match facts {
            Facts::Item(item) => self.texts(&mut item.texts),
            Facts::Action(action) => self.texts(&mut action.texts),
            Facts::Topic { texts, .. } => self.texts(texts),
            Facts::Programme(programme) => {
                self.name(&mut programme.identifier);
                self.texts(&mut programme.texts);
                let partners = programme.partners.iter_mut();
                partners.for_each(|(partner, _)| self.name(partner));
            }
            Facts::Practice(practice) => {
                self.texts(&mut practice.texts);
                self.texts(&mut practice.transfer);
                self.name(&mut practice.audience);
                self.name(&mut practice.contact);
            }
            Facts::Expert(expert) => self.texts(&mut expert.texts),
            Facts::Request(request) => {
                self.texts(&mut request.texts);
                self.name(&mut request.host);
            }
            Facts::Mission(mission) => {
                self.texts(&mut mission.texts);
                self.names(&mut mission.functions);
                let said = mission.recommendations.iter_mut();
                said.for_each(|texts| self.texts(texts));
            }
            Facts::Consultation(consultation) => {
                self.texts(&mut consultation.texts);
                self.name(&mut consultation.audience);
                self.perhaps(&mut consultation.reply);
            }
            Facts::Competence(competence) => {
                self.texts(&mut competence.texts);
                self.name(&mut competence.organisation);
            }
        }
    }

    fn period(&self, period: &mut Period) {
        self.name(&mut period.source);
        self.perhaps(&mut period.text);
    }

    fn answer(&self, answer: &mut Answer) {
        self.name(&mut answer.organisation);
        answer.text.clone_from(&self.text);
    }

    fn texts(&self, texts: &mut Texts) {
        texts.each(|version| self.version(version));
    }

    fn perhaps(&self, texts: &mut Option<Texts>) {
        if let Some(texts) = texts {
            self.texts(texts);
        }
    }

    fn version(&self, version: &mut Version) {
        self.name(&mut version.title);
        version.body = None;
    }

    fn name(&self, name: &mut Name) {
        name.clone_from(&self.name);
    }

    fn names(&self, names: &mut [Name]) {
        names.iter_mut().for_each(|name| self.name(name));
    }
}
