//! How an object takes a deed: each deed by its class of field and by who may write it.

use std::collections::BTreeMap;
use std::sync::Arc;

use passerelle_model::{Digest, PartyId, RecordId};

use crate::class::{self, Own};
use crate::deed::{Deed, Review};
use crate::stamp::put;
use crate::terms::bounded;
use crate::{
    Assessed, Error, Kind, Made, Object, ObjectRef, Observation, Offers, Report, Reported,
    Revision, Stage, Stamp, Terms, Texts, Verified, Version, transitions,
};

/// Most deeds of one party on one object.
pub const MAX_SAID: u64 = 20_000;

impl Object {
    pub(crate) fn opened_by(
        id: ObjectRef,
        kind: Kind,
        parent: Option<ObjectRef>,
        order: Arc<[PartyId]>,
        stamp: Stamp,
    ) -> Self {
        Self {
            id,
            kind,
            parent,
            chair: order.first().cloned().unwrap_or_else(|| stamp.by.clone()),
            changed: stamp.clone(),
            opened: stamp,
            said: BTreeMap::new(),
            offers: Offers::between(order),
            facts: None,
            moves: Vec::new(),
            paragraphs: BTreeMap::new(),
            written: Vec::new(),
            comments: Vec::new(),
            translations: Vec::new(),
            positions: Vec::new(),
            delegates: BTreeMap::new(),
            outcome: None,
            reports: Vec::new(),
            verified: Vec::new(),
            observations: Vec::new(),
            assessed: Assessed::default(),
            answers: Vec::new(),
            reviews: Vec::new(),
            window: None,
            ignored: Vec::new(),
        }
    }

    /// Takes a deed if it was possible in the light of what its author had seen; else keeps why
    /// not, so that people see that something was said against the rules. `hashed` is what an
    /// erased deed hashed to with its words.
    pub(crate) fn take(
        &mut self,
        deed: &Deed,
        stamp: Stamp,
        hashed: Option<Digest>,
    ) -> Result<(), Error> {
        let said = self.said.entry(stamp.by.clone()).or_default();
        *said += 1;
        let (said, most) = (*said, MAX_SAID);
        let taken = match said > most {
            true => Err(Error::TooMany {
                what: "deeds of one party on one object",
                found: usize::try_from(said).unwrap_or(usize::MAX),
                limit: usize::try_from(most).unwrap_or(usize::MAX),
            }),
            false => self.taken(deed, &stamp, hashed),
        };
        if let Err(error) = taken {
            // Of what is beyond the limit, the first is enough.
            if said <= most + 1 {
                self.ignore(stamp, error.clone());
            }
            return Err(error);
        }
        if stamp.place() > self.changed.place() {
            self.changed = stamp;
        }
        Ok(())
    }

    fn ignore(&mut self, stamp: Stamp, error: Error) {
        put(&mut self.ignored, (stamp, error), |(held, _)| held);
    }

    fn taken(&mut self, deed: &Deed, stamp: &Stamp, hashed: Option<Digest>) -> Result<(), Error> {
        match deed {
            Deed::Open { .. } => Ok(()),
            Deed::Offer { revision } => self.offered(revision, stamp, hashed),
            Deed::Accept { revision } => self.offers.take(Made::Accept(*revision), stamp),
            Deed::Reject { revision, reason } => {
                let made = Made::Reject(*revision, reason.clone());
                self.offers.take(made, stamp)
            }
            Deed::Withdraw { revision } => self.offers.take(Made::Withdraw(*revision), stamp),
            Deed::Release { revision } => self.offers.take(Made::Release(*revision), stamp),
            Deed::Position {
                revision,
                stance,
                statement,
            } => {
                self.knows_revision(revision, stamp)?;
                let value = (*revision, *stance, statement.clone());
                own(value, stamp).put_into(&mut self.positions);
                Ok(())
            }
            Deed::Translate { revision, version } => self.translated(*revision, version, stamp),
            Deed::Describe { facts } => {
                self.is(facts.kind())?;
                self.by_opener(stamp)?;
                facts.check()?;
                newest(&mut self.facts, facts.as_ref().clone(), stamp);
                Ok(())
            }
            Deed::Move { to } => self.moved(*to, stamp),
            Deed::Reveal {
                round,
                assessment,
                salt,
            } => {
                let hash = || crate::commitment_to(assessment, salt);
                let digest = hashed.map_or_else(hash, Ok)?;
                self.reveal(*round, assessment, digest, stamp)
            }
            other => self.told(other, stamp),
        }
    }

    fn told(&mut self, deed: &Deed, stamp: &Stamp) -> Result<(), Error> {
        match deed {
            Deed::Delegates { functions } => {
                self.is(Kind::Meeting)?;
                bounded("functions", functions.len())?;
                let said = own(functions.clone(), stamp);
                self.delegates.insert(stamp.by.clone(), said);
                Ok(())
            }
            Deed::Settle { outcome, text } => {
                self.is(Kind::Item)?;
                self.by_chair(stamp)?;
                newest(&mut self.outcome, (*outcome, text.clone()), stamp);
                Ok(())
            }
            Deed::Report { report } => self.reported(report, stamp),
            Deed::Verify { verified } => self.verify(verified, stamp),
            Deed::Observe { period } => {
                self.is(Kind::Indicator)?;
                period.check()?;
                self.observe(Observation {
                    period: period.as_ref().clone(),
                    stamp: stamp.clone(),
                    judged: Vec::new(),
                });
                Ok(())
            }
            Deed::Judge {
                party,
                record,
                contested,
                text,
            } => {
                let judged = own((*contested, text.clone()), stamp);
                self.judge(party, *record, &judged)
            }
            other => self.added(other, stamp),
        }
    }

    fn added(&mut self, deed: &Deed, stamp: &Stamp) -> Result<(), Error> {
        match deed {
            Deed::Seal { round, digest } => self.seal(*round, *digest, stamp),
            Deed::Answer { answer } => {
                self.is(Kind::Consultation)?;
                self.by_opener(stamp)?;
                self.answers.push(own(answer.clone(), stamp));
                Ok(())
            }
            Deed::Review { review } => self.reviewed(review, stamp),
            Deed::Window { until } => {
                self.is(Kind::Minutes)?;
                self.by_chair(stamp)?;
                newest(&mut self.window, *until, stamp);
                Ok(())
            }
            Deed::Write { place, lang, text } => {
                if transitions(self.kind).1.is_empty() || self.kind == Kind::Minutes {
                    let written = self.paragraphs.entry((place.clone(), *lang)).or_default();
                    written.take(text.clone(), stamp.clone());
                    let past = (place.clone(), *lang, text.clone());
                    own(past, stamp).put_into(&mut self.written);
                    return Ok(());
                }
                Err(Error::WrongKind(self.kind))
            }
            Deed::Comment { version } => {
                own(version.clone(), stamp).put_into(&mut self.comments);
                Ok(())
            }
            _ => Err(Error::WrongKind(self.kind)),
        }
    }

    fn offered(
        &mut self,
        revision: &Revision,
        stamp: &Stamp,
        hashed: Option<Digest>,
    ) -> Result<(), Error> {
        revision.check(self.kind)?;
        if let Terms::Commitment(terms) = &revision.terms
            && !self.offers.parties().contains(&terms.responsible)
        {
            return Err(Error::Shape("the responsible party is not a member"));
        }
        let hash = hashed.map_or_else(|| revision.hash(), Ok)?;
        let made = Made::Offer(Arc::new(revision.clone()), hash);
        self.offers.take(made, stamp)
    }

    fn knows_revision(&self, revision: &Digest, stamp: &Stamp) -> Result<&Revision, Error> {
        let mut offers = self.offers.all().iter();
        let known = |offer: &&crate::Offer| offer.hash() == *revision && stamp.knows(offer.made());
        let offer = offers.find(known).ok_or(Error::NotOffered)?;
        Ok(offer.revision())
    }

    fn translated(
        &mut self,
        revision: Digest,
        version: &Version,
        stamp: &Stamp,
    ) -> Result<(), Error> {
        let texts = &self.knows_revision(&revision, stamp)?.texts;
        if texts.exact(version.lang).is_some() {
            return Err(Error::Shape("this language is authentic"));
        }
        let value = (revision, version.clone());
        let replaced = |held: &Own<(Digest, Version)>| {
            held.value.0 == revision
                && held.value.1.lang == version.lang
                && held.stamp.by == stamp.by
        };
        self.translations.retain(|held| !replaced(held));
        own(value, stamp).put_into(&mut self.translations);
        Ok(())
    }

    fn moved(&mut self, to: Stage, stamp: &Stamp) -> Result<(), Error> {
        let from = self.stage_known(|earlier| stamp.knows(earlier));
        let (_, steps) = transitions(self.kind);
        let mut same = steps
            .iter()
            .filter(|(at, aim, _)| *at == from && *aim == to);
        match same.next() {
            None => Err(Error::Stage { from, to }),
            Some((_, _, who)) if !who.is(&stamp.by, self) => Err(Error::NotTheirs),
            Some(_) => {
                self.moves.push((to, stamp.clone()));
                Ok(())
            }
        }
    }

    fn reported(&mut self, report: &Report, stamp: &Stamp) -> Result<(), Error> {
        report.check()?;
        if self.responsible(stamp)? != stamp.by {
            return Err(Error::NotTheirs);
        }
        own(report.clone(), stamp).put_into(&mut self.reports);
        Ok(())
    }

    fn observe(&mut self, observation: Observation) {
        put(&mut self.observations, observation, |held| &held.stamp);
    }

    /// Judges every value that one record told.
    fn judge(
        &mut self,
        party: &PartyId,
        record: RecordId,
        judged: &Own<(bool, Option<Texts>)>,
    ) -> Result<(), Error> {
        self.is(Kind::Indicator)?;
        let stamp = &judged.stamp;
        if *party == stamp.by {
            return Err(Error::NotTheirs);
        }
        let of = |seen: &&mut Observation| {
            let told = &seen.stamp;
            told.by == *party && told.record == record && stamp.knows(told)
        };
        let mut told = self.observations.iter_mut().filter(of).peekable();
        if told.peek().is_none() {
            return Err(Error::Unknown);
        }
        told.for_each(|observation| judged.clone().put_into(&mut observation.judged));
        Ok(())
    }

    fn verify(&mut self, verified: &Verified, stamp: &Stamp) -> Result<(), Error> {
        if self.responsible(stamp)? == stamp.by {
            return Err(Error::NotTheirs);
        }
        let known = |report: &&Own<Report>| stamp.knows(&report.stamp);
        let last = class::newest(self.reports.iter().filter(known));
        if last.is_none_or(|report| report.value.state != Reported::Done) {
            return Err(Error::TooEarly);
        }
        own(verified.clone(), stamp).put_into(&mut self.verified);
        Ok(())
    }

    /// Who answers for the commitment that is agreed in what `stamp` had seen.
    fn responsible(&self, stamp: &Stamp) -> Result<PartyId, Error> {
        self.is(Kind::Commitment)?;
        let history = self.offers.history().iter().rev();
        let mut known = history.filter(|agreed| {
            let mut signed = agreed.signatures().iter();
            signed.all(|signature| stamp.knows(signature))
        });
        match known.next().map(|agreed| &agreed.value().terms) {
            Some(Terms::Commitment(terms)) => Ok(terms.responsible.clone()),
            _ => Err(Error::TooEarly),
        }
    }

    fn seal(&mut self, round: u32, digest: Digest, stamp: &Stamp) -> Result<(), Error> {
        self.is(Kind::Topic)?;
        let key = (round, stamp.by.clone());
        if self.assessed.sealed.contains_key(&key) {
            return Err(Error::Again);
        }
        let sealed = self.assessed.sealed.iter();
        let known = sealed.filter(|(_, seal)| stamp.knows(&seal.stamp));
        let last = known.map(|((round, _), _)| *round).max();
        if round > last.map_or(1, |last| last.saturating_add(1)) {
            return Err(Error::Shape("a round follows the one before"));
        }
        self.assessed.sealed.insert(key, own(digest, stamp));
        Ok(())
    }

    fn reveal(
        &mut self,
        round: u32,
        assessment: &crate::Assessment,
        digest: Digest,
        stamp: &Stamp,
    ) -> Result<(), Error> {
        self.is(Kind::Topic)?;
        let sealed = |party: &PartyId| {
            let sealed = self.assessed.sealed.get(&(round, party.clone()));
            sealed.filter(|seal| stamp.knows(&seal.stamp))
        };
        if !self
            .offers
            .parties()
            .iter()
            .all(|party| sealed(party).is_some())
        {
            return Err(Error::TooEarly);
        }
        if sealed(&stamp.by).is_none_or(|seal| seal.value != digest) {
            return Err(Error::NotSealed);
        }
        let key = (round, stamp.by.clone());
        self.assessed
            .shown
            .insert(key, own(assessment.clone(), stamp));
        Ok(())
    }

    fn reviewed(&mut self, review: &Review, stamp: &Stamp) -> Result<(), Error> {
        match self.kind {
            Kind::Practice if stamp.by == self.id.party => return Err(Error::NotTheirs),
            Kind::Practice | Kind::Request | Kind::Mission => {}
            other => return Err(Error::WrongKind(other)),
        }
        if !(1..=5).contains(&review.grade) {
            return Err(Error::Shape("grades go from 1 to 5"));
        }
        own(review.clone(), stamp).put_into(&mut self.reviews);
        Ok(())
    }

    fn is(&self, kind: Kind) -> Result<(), Error> {
        if self.kind == kind {
            Ok(())
        } else {
            Err(Error::WrongKind(self.kind))
        }
    }

    fn by_opener(&self, stamp: &Stamp) -> Result<(), Error> {
        allowed(stamp.by == self.id.party)
    }

    fn by_chair(&self, stamp: &Stamp) -> Result<(), Error> {
        allowed(stamp.by == self.chair)
    }
}

fn allowed(yes: bool) -> Result<(), Error> {
    if yes { Ok(()) } else { Err(Error::NotTheirs) }
}

fn own<T>(value: T, stamp: &Stamp) -> Own<T> {
    let stamp = stamp.clone();
    Own { value, stamp }
}

/// A field with one writer: its newest leaf counts.
fn newest<T>(field: &mut Option<Own<T>>, value: T, stamp: &Stamp) {
    if field.as_ref().is_none_or(|held| stamp.knows(&held.stamp)) {
        *field = Some(own(value, stamp));
    }
}
