//! What everybody may read: one pure function of what a group said and of the time.
//!
//! **Public**: communiqués that all agreed, from the end of their embargo on; commitments that all
//! agreed and marked public, with what follows from dates and reports; indicators they are
//! measured by, without small cells; meetings that were held, by kind, time and place;
//! consultations that were opened, with the answers that were taken and what came of them;
//! programmes that their party marked public. **Not public**: everything else, by not being
//! written here: positions, comments, reports, evidence, delegates, drafts, offers, officers.

mod numbers;

use passerelle_group::{
    Answer, Consultation, Facts, Flag, Kind, Ledger, MeetingKind, Object, ObjectRef, Programme,
    Progress, Sector, Stage, Strand, Terms, Texts, Version,
};
use passerelle_model::{ChannelId, Code, Day, Name, PartyId, UtcTime};

pub use numbers::{Count, Part, PublicIndicator, PublicValue, SMALLEST_SHOWN};

/// Most items that stand under "read also".
pub const MAX_RELATED: usize = 5;

/// What everybody may read at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Public {
    /// Newest first.
    pub communiques: Vec<PublicCommunique>,
    /// Newest first.
    pub meetings: Vec<PublicMeeting>,
    /// By their due day.
    pub commitments: Vec<PublicCommitment>,
    /// By their name.
    pub programmes: Vec<PublicProgramme>,
    /// Newest first.
    pub consultations: Vec<PublicConsultation>,
    /// Days for which an answer waits to be looked at before it is destroyed.
    pub answer_days: u32,
}

/// What every public thing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicHead {
    /// Its group.
    pub channel: ChannelId,
    /// Its name.
    pub id: ObjectRef,
    /// Its texts.
    pub texts: Texts,
    /// Courtesy translations, each with the party that made it.
    pub courtesy: Vec<(PartyId, Version)>,
    /// What it belongs to.
    pub parent: Option<ObjectRef>,
    /// Its strand, where it has one.
    pub strand: Option<Strand>,
    /// Public since.
    pub since: UtcTime,
    /// What is public of it changed last.
    pub changed: UtcTime,
}

/// A communiqué after its embargo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCommunique {
    /// What it says.
    pub head: PublicHead,
    /// Who signed it.
    pub parties: Vec<PartyId>,
}

/// A meeting that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMeeting {
    /// Its name.
    pub id: ObjectRef,
    /// Its kind.
    pub kind: MeetingKind,
    /// First instant.
    pub start: UtcTime,
    /// Last instant.
    pub end: UtcTime,
    /// Where; left out where it is an address to join.
    pub place: Option<Name>,
}

/// A commitment marked public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCommitment {
    /// What is to be done.
    pub head: PublicHead,
    /// Who is responsible.
    pub responsible: PartyId,
    /// In which function.
    pub function: Name,
    /// Sector.
    pub sector: Sector,
    /// Objective of the Global Compact for Migration.
    pub objective: Option<u8>,
    /// Target of the Sustainable Development Goals.
    pub target: Option<Code>,
    /// Due on.
    pub due: Day,
    /// Due days that were agreed before, oldest first.
    pub earlier: Vec<Day>,
    /// How it stands; computed.
    pub progress: Progress,
    /// What follows; computed.
    pub flag: Flag,
    /// By what it is measured.
    pub indicators: Vec<PublicIndicator>,
    /// The decision or meeting that it follows from.
    pub decision: Option<ObjectRef>,
}

/// A programme marked public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicProgramme {
    /// What it is.
    pub head: PublicHead,
    /// Its facts.
    pub facts: Programme,
    /// Where it stands.
    pub stage: Stage,
    /// Indicators that are public through a commitment.
    pub indicators: Vec<PublicIndicator>,
}

/// A consultation that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicConsultation {
    /// The question.
    pub head: PublicHead,
    /// Its facts.
    pub facts: Consultation,
    /// Whether answers are taken now.
    pub open: bool,
    /// Answers that were taken, oldest first.
    pub answers: Vec<Answer>,
    /// What came of it.
    pub reply: Option<Texts>,
}

impl Public {
    /// Of one group at `now`, and the next moment at which it would be something else without
    /// anybody saying anything.
    pub fn of(channel: &ChannelId, ledger: &Ledger, now: UtcTime) -> (Self, Option<UtcTime>) {
        let looking = Looking {
            channel,
            ledger,
            now,
        };
        let mut public = Self {
            communiques: looking.each(Kind::Communique, Looking::communique),
            meetings: looking.each(Kind::Meeting, Looking::meeting),
            commitments: looking.each(Kind::Commitment, Looking::commitment),
            programmes: Vec::new(),
            consultations: looking.each(Kind::Consultation, Looking::consultation),
            answer_days: 0,
        };
        looking.measure(&mut public.commitments);
        public.programmes = looking.each(Kind::Programme, Looking::programme);
        looking.measured(&mut public);
        public.sort();
        (public, looking.next())
    }

    /// Together with what is public of another group.
    pub(crate) fn add(&mut self, other: Self) {
        self.communiques.extend(other.communiques);
        self.meetings.extend(other.meetings);
        self.commitments.extend(other.commitments);
        self.programmes.extend(other.programmes);
        self.consultations.extend(other.consultations);
        self.sort();
    }

    fn sort(&mut self) {
        use std::cmp::Reverse;
        self.communiques.sort_by(|a, b| {
            (Reverse(a.head.since), &a.head.id).cmp(&(Reverse(b.head.since), &b.head.id))
        });
        self.meetings.sort_by_key(|one| Reverse(one.start));
        self.commitments
            .sort_by(|a, b| (a.due, &a.head.id).cmp(&(b.due, &b.head.id)));
        self.programmes
            .sort_by(|a, b| a.facts.identifier.as_str().cmp(b.facts.identifier.as_str()));
        self.consultations
            .sort_by_key(|one| Reverse(one.facts.from));
    }

    /// When something of it changed last.
    pub fn changed(&self) -> UtcTime {
        let meetings = self.meetings.iter().map(|one| one.end);
        let heads = self.heads().map(|head| head.changed);
        heads
            .chain(meetings)
            .max()
            .unwrap_or(UtcTime::from_millis(0))
    }

    /// Everything that has a page of its own.
    pub fn heads(&self) -> impl Iterator<Item = &PublicHead> {
        let communiques = self.communiques.iter().map(|one| &one.head);
        let commitments = self.commitments.iter().map(|one| &one.head);
        let programmes = self.programmes.iter().map(|one| &one.head);
        let consultations = self.consultations.iter().map(|one| &one.head);
        communiques
            .chain(commitments)
            .chain(programmes)
            .chain(consultations)
    }

    /// What one may read after this: what belongs to the same meeting first, then what is of the
    /// same strand, the newest first.
    pub fn related(&self, to: &PublicHead) -> Vec<&PublicHead> {
        let near = |head: &PublicHead| {
            let family = head.parent.is_some() && head.parent == to.parent
                || head.parent.as_ref() == Some(&to.id)
                || to.parent.as_ref() == Some(&head.id);
            (family, to.strand.is_some() && head.strand == to.strand)
        };
        let mut found: Vec<&PublicHead> = self
            .heads()
            .filter(|head| head.id != to.id && head.channel == to.channel)
            .filter(|head| near(head) != (false, false))
            .collect();
        found.sort_by_key(|head| std::cmp::Reverse((near(head), head.since)));
        found.truncate(MAX_RELATED);
        found
    }
}

/// One look at one group.
struct Looking<'a> {
    channel: &'a ChannelId,
    ledger: &'a Ledger,
    now: UtcTime,
}

impl<'a> Looking<'a> {
    fn each<T>(&self, kind: Kind, public: fn(&Self, &'a Object) -> Option<T>) -> Vec<T> {
        let all = self.ledger.of_kind(kind);
        all.filter_map(|object| public(self, object)).collect()
    }

    /// Of what all agreed: its texts, and when the last of them signed.
    fn signed(&self, object: &Object, strand: Option<Strand>) -> Option<PublicHead> {
        let agreed = object.agreed()?;
        let hash = object.offers().agreed_hash()?;
        let signed = agreed.signatures().iter().map(|stamp| stamp.time).max()?;
        let translations = object.translations(&hash);
        let courtesy = translations.map(|(version, stamp)| (stamp.by.clone(), version.clone()));
        Some(PublicHead {
            channel: self.channel.clone(),
            id: object.id().clone(),
            texts: agreed.value().texts.clone(),
            courtesy: courtesy.collect(),
            parent: object.parent().cloned(),
            strand,
            since: signed,
            changed: signed,
        })
    }

    fn communique(&self, object: &'a Object) -> Option<PublicCommunique> {
        let agreed = object.agreed()?;
        let Terms::Communique { embargo } = &agreed.value().terms else {
            return None;
        };
        if *embargo > self.now {
            return None;
        }
        let mut head = self.signed(object, None)?;
        head.since = head.since.max(*embargo);
        head.changed = head.since;
        let signatures = agreed.signatures().iter();
        Some(PublicCommunique {
            head,
            parties: signatures.map(|stamp| stamp.by.clone()).collect(),
        })
    }

    fn meeting(&self, object: &'a Object) -> Option<PublicMeeting> {
        let Terms::Meeting(schedule) = &object.agreed()?.value().terms else {
            return None;
        };
        let held = object.stage() == Stage::Ended && schedule.end <= self.now;
        let to_join = |place: &str| ["://", "www.", "@"].iter().any(|sign| place.contains(sign));
        held.then(|| PublicMeeting {
            id: object.id().clone(),
            kind: schedule.kind,
            start: schedule.start,
            end: schedule.end,
            place: Some(schedule.place.clone()).filter(|place| !to_join(place.as_str())),
        })
    }

    fn commitment(&self, object: &'a Object) -> Option<PublicCommitment> {
        let Terms::Commitment(terms) = &object.agreed()?.value().terms else {
            return None;
        };
        if !terms.public {
            return None;
        }
        let mut head = self.signed(object, Some(terms.strand))?;
        if head.parent.is_none() {
            head.parent.clone_from(&terms.decision);
        }
        let reported = object.reports().last().map(|one| one.stamp().time);
        let verified = object.verified().last().map(|one| one.stamp().time);
        head.changed = head
            .changed
            .max(reported.max(verified).unwrap_or(head.changed));
        let history = object.due_history().into_iter().map(|(due, _)| due);
        Some(PublicCommitment {
            responsible: terms.responsible.clone(),
            function: terms.function.clone(),
            sector: terms.sector,
            objective: terms.objective,
            target: terms.target.clone(),
            due: terms.due,
            earlier: history.filter(|due| *due != terms.due).collect(),
            progress: object.progress().into_value(),
            flag: self.ledger.flag(object, self.now.day()).into_value(),
            indicators: Vec::new(),
            decision: terms.decision.clone(),
            head,
        })
    }

    /// Facts of one party, with when it said so.
    fn told(&self, object: &'a Object, strand: Strand, since: UtcTime) -> Option<PublicHead> {
        let facts = object.facts().filter(|_| !object.is_erased())?;
        Some(PublicHead {
            channel: self.channel.clone(),
            id: object.id().clone(),
            texts: facts.value().texts().clone(),
            courtesy: Vec::new(),
            parent: object.parent().cloned(),
            strand: Some(strand),
            since,
            changed: facts.stamp().time.max(since),
        })
    }

    fn programme(&self, object: &'a Object) -> Option<PublicProgramme> {
        let facts = object.facts()?;
        let Facts::Programme(programme) = facts.value() else {
            return None;
        };
        if !programme.public {
            return None;
        }
        let since = facts.stamp().time;
        Some(PublicProgramme {
            head: self.told(object, programme.strand, since)?,
            facts: programme.clone(),
            stage: object.stage(),
            indicators: Vec::new(),
        })
    }

    fn consultation(&self, object: &'a Object) -> Option<PublicConsultation> {
        let Facts::Consultation(facts) = object.facts()?.value() else {
            return None;
        };
        let stage = object.stage();
        if stage == Stage::Draft || facts.from > self.now {
            return None;
        }
        let mut head = self.told(object, facts.strand, facts.from)?;
        let answered = object.answers().iter().map(|one| one.stamp().time).max();
        head.changed = head.changed.max(answered.unwrap_or(head.changed));
        let reply = facts.reply.clone().filter(|_| stage == Stage::Answered);
        Some(PublicConsultation {
            head,
            open: stage == Stage::Open && self.now < facts.until,
            answers: object
                .answers()
                .iter()
                .map(|one| one.value().clone())
                .collect(),
            reply,
            facts: Consultation {
                reply: None,
                ..facts.clone()
            },
        })
    }

    /// The next moment at which the clock alone changes what is public.
    fn next(&self) -> Option<UtcTime> {
        let tomorrow = self.now.day().plus_days(1).start();
        let moments = self.ledger.objects().flat_map(moments);
        let coming = moments.filter(|moment| *moment > self.now);
        coming.chain([tomorrow]).min()
    }
}

/// Moments at which an object may become public or change by itself.
fn moments(object: &Object) -> Vec<UtcTime> {
    let agreed = object.agreed().map(|agreed| &agreed.value().terms);
    match (agreed, object.facts().map(|facts| facts.value())) {
        (Some(Terms::Communique { embargo }), _) => vec![*embargo],
        (Some(Terms::Meeting(schedule)), _) => vec![schedule.end],
        (_, Some(Facts::Consultation(facts))) => vec![facts.from, facts.until],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
