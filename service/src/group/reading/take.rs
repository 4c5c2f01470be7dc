//! Accepted proposals become a meeting, topics, decisions and commitments; the reading remembers
//! which.

use passerelle_group::{
    CommitmentTerms, DecisionTerms, Deed, Facts, Kind, ObjectRef, Revision, Schedule, Terms, Texts,
    Version,
};
use passerelle_model::{ChannelId, Lang, Markdown, Name, tidy};

use super::{Becomes, Choice, Proposal, ReadMeeting, Reading};
use crate::{Actor, Error, Node, Wish};

/// How often a colleague's writing at the same time is waited out.
const TRIES: usize = 4;

/// What of a reading became an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Meeting,
    Proposal(u32),
}

impl Node {
    /// Proposes what was accepted and is complete to the other side; `zones` are those in which
    /// people read the meeting's time. Gives how many things were said. What lacks something, a
    /// commitment without a day for instance, stays accepted until it is given.
    ///
    /// # Errors
    /// As [`Node::reading`]; `E_ROLE`; 409 where a colleague wrote since `version`; what
    /// [`Node::say`] refuses. What was said before stays said, and is marked.
    pub async fn propose_reading(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (key, version): (&str, u64),
        zones: Vec<Name>,
    ) -> Result<usize, Error> {
        self.spoken_group(actor, channel)?;
        let (reading, held) = self.reading(actor, channel, key).await?;
        if held != version {
            return Err(super::changed());
        }
        let lang = reading.lang.unwrap_or(actor.lang());
        let (mut meeting, mut said) = (reading.meeting.taken.clone(), 0);
        if ready(
            reading.meeting.choice,
            &reading.meeting.taken,
            &reading.meeting.lacks(),
        ) {
            let wish = self.meeting_wish(&reading.meeting, zones, lang)?;
            let id = self.say(actor, channel, wish).await?;
            self.mark(channel, key, Part::Meeting, &id).await?;
            (meeting, said) = (Some(id), said + 1);
        }
        for one in &reading.proposals {
            if ready(one.choice, &one.taken, &one.lacks()) {
                let wish = self.proposal_wish(one, meeting.as_ref(), lang)?;
                let id = self.say(actor, channel, wish).await?;
                self.mark(channel, key, Part::Proposal(one.id), &id).await?;
                said += 1;
            }
        }
        Ok(said)
    }

    fn meeting_wish(
        &self,
        meeting: &ReadMeeting,
        zones: Vec<Name>,
        lang: Lang,
    ) -> Result<Wish, Error> {
        let (Some(kind), Some(start), Some(end)) = (meeting.kind, meeting.start, meeting.end)
        else {
            return Err(incomplete());
        };
        let schedule = Schedule {
            kind,
            start,
            end,
            zones,
            place: tidy(&meeting.place).parse()?,
            agenda: Vec::new(),
        };
        let texts = texts(lang, &meeting.title, "")?;
        let mut deeds = self.begun(Kind::Meeting, None);
        deeds.push(offer(texts, Terms::Meeting(schedule)));
        let own = meeting
            .delegates
            .iter()
            .filter(|(party, _)| party.as_ref() == Some(self.party()));
        let functions: Vec<Name> = own.filter_map(|(_, named)| named.parse().ok()).collect();
        if !functions.is_empty() {
            deeds.push(Deed::Delegates { functions });
        }
        Ok(Wish::opening(deeds, lang))
    }

    fn proposal_wish(
        &self,
        one: &Proposal,
        meeting: Option<&ObjectRef>,
        lang: Lang,
    ) -> Result<Wish, Error> {
        let texts = texts(lang, &one.title, &one.text)?;
        let parent = meeting.cloned();
        let deeds = match one.becomes {
            Becomes::Topic => {
                let strand = one.strand.ok_or_else(incomplete)?;
                let facts = Box::new(Facts::Topic { texts, strand });
                let mut deeds = self.begun(Kind::Topic, parent);
                deeds.push(Deed::Describe { facts });
                deeds
            }
            Becomes::Decision => {
                let terms = DecisionTerms {
                    meeting: parent.clone(),
                    strand: one.strand,
                    ..DecisionTerms::default()
                };
                let mut deeds = self.begun(Kind::Decision, parent);
                deeds.push(offer(texts, Terms::Decision(terms)));
                deeds
            }
            Becomes::Commitment => {
                let terms = commitment(one, parent.clone())?;
                let mut deeds = self.begun(Kind::Commitment, parent);
                deeds.push(offer(texts, Terms::Commitment(terms)));
                deeds
            }
        };
        Ok(Wish::opening(deeds, lang))
    }

    fn begun(&self, kind: Kind, parent: Option<ObjectRef>) -> Vec<Deed> {
        let chair = self.party().clone();
        vec![Deed::Open {
            kind,
            parent,
            chair,
        }]
    }

    /// Notes what became of a part, whatever a colleague wrote meanwhile.
    async fn mark(
        &self,
        channel: &ChannelId,
        key: &str,
        part: Part,
        id: &ObjectRef,
    ) -> Result<(), Error> {
        let mut tries = TRIES;
        loop {
            let name = super::place(channel, key);
            let held = self.document(super::Shelf::GROUP_READING, name).await?;
            let document = held.ok_or_else(|| Error::not_found("reading", key))?;
            let mut reading: Reading = self.unsealed_json(&document)?;
            reading.became(part, id);
            tries -= 1;
            match self
                .keep_reading(channel, key, &reading, document.version)
                .await
            {
                Err(error) if error.http_status() == 409 && tries > 0 => {}
                other => return other,
            }
        }
    }
}

impl Reading {
    fn became(&mut self, part: Part, id: &ObjectRef) {
        match part {
            Part::Meeting => self.meeting.taken = Some(id.clone()),
            Part::Proposal(number) => {
                let found = self.proposals.iter_mut().find(|one| one.id == number);
                if let Some(one) = found {
                    one.taken = Some(id.clone());
                }
            }
        }
    }
}

fn ready(choice: Choice, taken: &Option<ObjectRef>, lacks: &[&str]) -> bool {
    choice == Choice::Accept && taken.is_none() && lacks.is_empty()
}

fn commitment(one: &Proposal, meeting: Option<ObjectRef>) -> Result<CommitmentTerms, Error> {
    let (Some(responsible), Some(sector)) = (one.responsible.clone(), one.sector) else {
        return Err(incomplete());
    };
    let (Some(strand), Some(due)) = (one.strand, one.due) else {
        return Err(incomplete());
    };
    Ok(CommitmentTerms {
        decision: meeting,
        responsible,
        function: tidy(&one.function).parse()?,
        sector,
        strand,
        objective: None,
        target: None,
        due,
        indicators: Vec::new(),
        public: false,
        closure: None,
    })
}

fn offer(texts: Texts, terms: Terms) -> Deed {
    let revision = Box::new(Revision {
        base: None,
        texts,
        terms,
    });
    Deed::Offer { revision }
}

fn texts(lang: Lang, title: &str, text: &str) -> Result<Texts, Error> {
    let body: Option<Markdown> = match text.trim().is_empty() {
        true => None,
        false => Some(tidy(text.trim()).parse()?),
    };
    let title = tidy(title.trim()).parse()?;
    Ok(Texts::new(vec![Version { lang, title, body }])?)
}

fn incomplete() -> Error {
    Error::foreign("E_READING_INCOMPLETE", "something is missing".to_owned())
}
