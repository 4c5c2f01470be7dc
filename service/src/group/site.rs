//! The public site of a node: what is public now, kept until it changes; and answers of
//! organisations, kept sealed until somebody looks at them.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_group::{Answer, Deed, ObjectRef};
use passerelle_model::{ChannelId, Day, Lang, RecordId, UtcTime};
use passerelle_rules::firewall::may_speak;
use passerelle_store::{KeyPage, Put};
use passerelle_tables::{Holds, person_traces};
use serde::{Deserialize, Serialize};

use super::public::{Public, PublicConsultation};
use crate::directory::Shelf;
use crate::{Actor, Error, Node, Wish};

/// Most answers to one consultation that wait to be looked at.
pub const MAX_WAITING_ANSWERS: usize = 200;
/// Most answers that a node takes from the public in a day.
pub const MAX_ANSWERS_A_DAY: u32 = 500;
/// Longest answer, in bytes.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024;
/// The document that counts the answers of a day; no consultation has such a key.
const TODAY: &str = "day";

/// What the public site of a node remembers.
#[derive(Default)]
pub(crate) struct Site {
    kept: Mutex<Option<Kept>>,
    /// One answer at a time, so that limits hold.
    taking: tokio::sync::Mutex<()>,
}

/// What is public, as long as it is.
struct Kept {
    versions: Vec<(ChannelId, u64)>,
    answer_days: u32,
    from: UtcTime,
    until: UtcTime,
    public: Arc<Public>,
}

/// An answer that came by the public page and that nobody has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAnswer {
    /// Its name.
    pub id: RecordId,
    /// When it came.
    pub time: UtcTime,
    /// The answer.
    pub answer: Answer,
    /// Where its text looks like data of a person, and what it looks like.
    pub marks: Vec<(Range<usize>, &'static str)>,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    time: UtcTime,
    answer: Answer,
}

#[derive(Default, Serialize, Deserialize)]
struct Counted {
    day: Option<Day>,
    answers: u32,
}

impl Node {
    /// What everybody may read now, of all groups whose agreement is in force.
    ///
    /// # Errors
    /// As the store's.
    pub async fn public(&self) -> Result<Arc<Public>, Error> {
        let channels = self.group_channels();
        let mut versions = Vec::with_capacity(channels.len());
        for channel in &channels {
            let version = self.group_unasked(channel, super::GroupRoom::version);
            versions.push((channel.clone(), version.await?));
        }
        let (now, answer_days) = (self.now(), self.settings().await?.answer_days);
        if let Some(public) = self.site.fresh((&versions, answer_days), now) {
            return Ok(public);
        }
        let (mut public, mut until) = (Public::default(), now.day().plus_days(1).start());
        for channel in &channels {
            let look = |room: &super::GroupRoom| Public::of(channel, room.ledger(), now);
            let (more, next) = self.group_unasked(channel, look).await?;
            public.add(more);
            until = next.map_or(until, |next| next.min(until));
        }
        public.answer_days = answer_days;
        let public = Arc::new(public);
        self.site.keep(Kept {
            versions,
            answer_days,
            from: now,
            until,
            public: Arc::clone(&public),
        });
        Ok(public)
    }

    /// The consultation of that name if our side asks it, its answers are taken now and it is
    /// public.
    fn asking(&self, public: &Public, id: &ObjectRef) -> Option<PublicConsultation> {
        let mut all = public.consultations.iter();
        let found = all.find(|one| one.head.id == *id)?;
        (found.open && id.party == self.party).then(|| found.clone())
    }

    /// Takes an organisation's answer from the public: sealed, until somebody looks at it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` where no such consultation of ours is open; `E_ANSWER_LONG`; `E_ANSWERS_FULL`
    /// where too many wait or came today.
    pub async fn hand_in_answer(&self, id: &ObjectRef, answer: Answer) -> Result<(), Error> {
        if answer.text.as_str().len() > MAX_ANSWER_BYTES {
            return Err(Error::state("E_ANSWER_LONG", "the answer is too long"));
        }
        let public = self.public().await?;
        let absent = || Error::not_found("consultation", id);
        let asked = self.asking(&public, id).ok_or_else(absent)?;
        let _turn = self.site.taking.lock().await;
        let prefix = prefix(&asked.head.channel, id);
        let page = KeyPage {
            prefix: prefix.clone(),
            limit: MAX_WAITING_ANSWERS,
            ..KeyPage::default()
        };
        let waiting = self.store.page(Shelf::GROUP_ANSWER, page).await?.len();
        let now = self.now();
        let (counted, version) = self.answers_today(now.day()).await?;
        if waiting >= MAX_WAITING_ANSWERS || counted.answers >= MAX_ANSWERS_A_DAY {
            return Err(Error::state(
                "E_ANSWERS_FULL",
                "no more answers are taken now: try again tomorrow",
            ));
        }
        let name = RecordId::from_parts(now.millis(), self.dice.bytes());
        let sealed = Sealed { time: now, answer };
        let counted = Counted {
            day: Some(now.day()),
            answers: counted.answers + 1,
        };
        let (kind, today) = (Shelf::GROUP_ANSWER, TODAY.to_owned());
        let puts = vec![
            self.sealed_json_put(kind, format!("{prefix}{name}"), &sealed, Some(0))?,
            self.sealed_json_put(kind, today, &counted, Some(version))?,
        ];
        self.store.put(puts).await?;
        Ok(())
    }

    /// Destroys answers from the public that nobody looked at for so many days. Returns how many.
    pub(crate) async fn forget_old_answers(&self, days: u32, now: UtcTime) -> Result<u64, Error> {
        let first = now.day().minus_days(days).start();
        let mut gone = Vec::new();
        for held in self.store.documents(Shelf::GROUP_ANSWER, "").await? {
            if held.key != TODAY && self.unsealed_json::<Sealed>(&held)?.time < first {
                gone.push(Put {
                    kind: Shelf::GROUP_ANSWER,
                    key: held.key,
                    bytes: None,
                    expected: Some(held.version),
                });
            }
        }
        let count = gone.len() as u64;
        self.store.put(gone).await?;
        Ok(count)
    }

    async fn answers_today(&self, today: Day) -> Result<(Counted, u64), Error> {
        let held = self.document(Shelf::GROUP_ANSWER, TODAY.to_owned()).await?;
        let Some(held) = held else {
            return Ok((Counted::default(), 0));
        };
        let counted: Counted = self.unsealed_json(&held)?;
        match counted.day == Some(today) {
            true => Ok((counted, held.version)),
            false => Ok((Counted::default(), held.version)),
        }
    }

    /// Answers to a consultation that nobody has looked at, oldest first.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn waiting_answers(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        id: &ObjectRef,
    ) -> Result<Vec<WaitingAnswer>, Error> {
        self.seen_group(actor, channel)?;
        let prefix = prefix(channel, id);
        let held = self.store.documents(Shelf::GROUP_ANSWER, &prefix).await?;
        let opened = |document: &passerelle_store::Document| {
            let Sealed { time, answer } = self.unsealed_json(document)?;
            let name = document.key.strip_prefix(&prefix).unwrap_or_default();
            Ok(WaitingAnswer {
                id: name.parse()?,
                time,
                marks: person_marks(answer.text.as_str()),
                answer,
            })
        };
        held.iter().map(opened).collect()
    }

    /// Tells the group an answer that came by the public page, and takes it out of the queue.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; what [`Node::say`] refuses: the answer then stays in the queue.
    pub async fn take_public_answer(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (id, name): (&ObjectRef, &RecordId),
        lang: Lang,
    ) -> Result<(), Error> {
        let mut waiting = self.waiting_answers(actor, channel, id).await?.into_iter();
        let found = waiting.find(|one| one.id == *name);
        let found = found.ok_or_else(|| Error::not_found("answer", name))?;
        let told = |room: &super::GroupRoom| {
            let object = room.ledger().object(id);
            let answers = object.map_or(&[][..], |object| object.answers());
            answers.iter().any(|one| *one.value() == found.answer)
        };
        // Told before, and then the node stopped: it only leaves the queue.
        if !self.group(actor, channel, told).await? {
            let deed = Deed::Answer {
                answer: found.answer.clone(),
            };
            let wish = Wish::about(id.clone(), None, vec![deed], lang);
            self.say(actor, channel, wish).await?;
        }
        self.forget_answer(channel, id, name).await
    }

    /// Drops an answer that came by the public page: it is destroyed.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_ROLE` for whoever does not speak for our side.
    pub async fn drop_public_answer(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (id, name): (&ObjectRef, &RecordId),
    ) -> Result<(), Error> {
        self.seen_group(actor, channel)?;
        may_speak(actor.roles())?;
        self.forget_answer(channel, id, name).await
    }

    async fn forget_answer(
        &self,
        channel: &ChannelId,
        id: &ObjectRef,
        name: &RecordId,
    ) -> Result<(), Error> {
        let key = format!("{}{name}", prefix(channel, id));
        let held = self.document(Shelf::GROUP_ANSWER, key.clone()).await?;
        let held = held.ok_or_else(|| Error::not_found("answer", name))?;
        let gone = Put {
            kind: Shelf::GROUP_ANSWER,
            key,
            bytes: None,
            expected: Some(held.version),
        };
        self.store.put(vec![gone]).await?;
        Ok(())
    }
}

impl Site {
    fn fresh(
        &self,
        (versions, answer_days): (&[(ChannelId, u64)], u32),
        now: UtcTime,
    ) -> Option<Arc<Public>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        let same = kept.versions == versions && kept.answer_days == answer_days;
        let holds = same && kept.from <= now && now < kept.until;
        holds.then(|| Arc::clone(&kept.public))
    }

    fn keep(&self, kept: Kept) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

fn prefix(channel: &ChannelId, id: &ObjectRef) -> String {
    format!("{channel}/{id}/")
}

/// Where a text looks like data of a person, in bytes, and what it looks like in a word. A net
/// with holes: for a warning and a second look.
pub fn person_marks(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let word = |holds| match holds {
        Holds::Email => "mail",
        Holds::Phone => "phone",
        Holds::Account => "account",
        Holds::BirthDate | Holds::BirthPlace => "birth",
        Holds::Document | Holds::Register => "document",
        _ => "person",
    };
    let traces = person_traces(text).into_iter();
    traces
        .map(|trace| (trace.place, word(trace.holds)))
        .collect()
}
