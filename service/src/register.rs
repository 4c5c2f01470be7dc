//! The register: the node's own journal of acts (Directive (EU) 2016/680, Article 25).
//!
//! An act is written before its effect happens, in a journal of the same kind as those that
//! partners replicate: salted leaves, tiles, signed heads. Its content is sealed under a key of
//! its own and can be erased; the leaves stay, so the chain stays whole. Partners co-sign its
//! heads and see nothing but size and root, so that nobody rewrites it unseen.
//!
//! **Locks**: what is held of a partner's journal → the edge of a channel → the edge of the
//! register. Nobody who holds the last one waits for another.

mod cosigning;
mod doings;
mod index;
mod keeping;
mod reading;

use std::sync::Arc;

pub(crate) use self::cosigning::SET_BACK;
pub(crate) use self::index::is_index_key;
pub use self::reading::{
    ActFilter, ActHeld, ActLine, ActPage, MAX_ACT_PAGE, MAX_ACT_WINDOW, RegisterView,
    RegisterWitness,
};

use passerelle_envelope::{open_content, seal_content};
use passerelle_journal::{Commitment, EnvelopeHash, Frontier, Salt};
use passerelle_model::{Act, By, ChannelId, Deed, Object, PartyId, RecordId, StableCode};
use passerelle_store::{Append, Commit, Durable, Entry, Held};

use crate::events::Happened;
use crate::journal::{Edge, NewEntry, Queue, Queued, Writer};
use crate::opening::Judged;
use crate::{Error, Node};

/// Channel under which the store keeps the register; no agreement may have it.
pub(crate) const REGISTER: &str = "register";
/// Most acts that one durable step enters.
pub const MAX_ENTER_BATCH: usize = 512;
/// Most records that one reception names one by one when it erases them.
const MAX_NAMED: usize = 1024;

/// The register of this node in memory.
pub(crate) struct Register {
    pub(crate) writer: Arc<Writer>,
    waiting: Queue<Act>,
}

impl Register {
    pub(crate) fn new(party: &PartyId) -> Result<Self, Error> {
        let channel: ChannelId = REGISTER.parse()?;
        Ok(Self {
            writer: Arc::new(Writer::new(&channel, party)),
            waiting: Queue::default(),
        })
    }
}

/// Proof that an act stands in the register: only entering one makes it. Where a use case has
/// an effect that shows or hands out content, it asks for this first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered(u64);

impl Entered {
    /// Index of the act in the register.
    pub fn index(self) -> u64 {
        self.0
    }
}

impl Node {
    /// Writes an act into the register: when this returns, it is durable and may happen. Many
    /// callers at once cost one flush to disk.
    ///
    /// # Errors
    /// `E_LOG_UNAVAILABLE` where it cannot be written; then the act must not happen.
    pub async fn enter(&self, act: Act) -> Result<Entered, Error> {
        // What is written here must be readable for as long as it is kept.
        Act::from_bytes(&act.to_bytes())?;
        let register = &self.register;
        let mut answer = register.waiting.join(act);
        loop {
            let mut edge = register.writer.edge.lock().await;
            if let Some(result) = answer.now() {
                return result.map(Entered);
            }
            let batch = register.waiting.take(MAX_ENTER_BATCH);
            self.enter_batch(&mut edge, batch).await;
        }
    }

    async fn enter_batch(&self, slot: &mut Option<Edge>, batch: Vec<Queued<Act>>) {
        let (acts, answers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        match self.commit_acts(slot, Commit::default(), acts).await {
            Ok((first, _)) => {
                for (index, answer) in (first..).zip(answers) {
                    let _ = answer.send(Ok(index));
                }
            }
            Err(error) => {
                let error = unavailable(error);
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// Enters that rules refused an act; nothing happened.
    pub(crate) async fn enter_refused(&self, act: Act, error: &Error) -> Result<(), Error> {
        let codes = match error.refusals() {
            [] => vec![StableCode::of(error.code())],
            refusals => refusals
                .iter()
                .take(passerelle_model::MAX_ACT_CODES)
                .map(|refusal| StableCode::of(refusal.code()))
                .collect(),
        };
        self.enter(act.refused(codes)).await.map(drop)
    }

    /// Commits, and enters `acts` in the same step: either both are durable or neither. For
    /// effects that are commits themselves.
    pub(crate) async fn commit_with_acts(
        &self,
        commit: Commit,
        acts: Vec<Act>,
    ) -> Result<Durable, Error> {
        if acts.is_empty() {
            return Ok(self.store.commit(commit).await?);
        }
        let mut slot = self.register.writer.edge.lock().await;
        let (_, durable) = self.commit_acts(&mut slot, commit, acts).await?;
        Ok(durable)
    }

    /// The index of the first act, once all is durable.
    async fn commit_acts(
        &self,
        slot: &mut Option<Edge>,
        mut commit: Commit,
        acts: Vec<Act>,
    ) -> Result<(u64, Durable), Error> {
        let writer = &self.register.writer;
        let edge = self.edge(slot, &writer.journal).await?;
        let first = edge.size;
        let (append, frontier) = self.act_rows(edge, &acts)?;
        for (index, act) in (first..).zip(&acts) {
            commit.puts.extend(self.index_puts(index, act, true));
        }
        commit.appends.push(append);
        crate::steps::at("register.sealed");
        match self.store.commit(commit).await {
            Ok(durable) => {
                edge.moved(frontier, writer);
                crate::steps::at("register.durable");
                Ok((first, durable))
            }
            Err(error) => {
                *slot = None;
                Err(error.into())
            }
        }
    }

    fn act_rows(&self, edge: &Edge, acts: &[Act]) -> Result<(Append, Frontier), Error> {
        let entries: Vec<NewEntry> = acts
            .iter()
            .map(|act| self.sealed_act(act))
            .collect::<Result<_, _>>()?;
        self.append_rows(edge, &self.register.writer.journal, entries)
    }

    /// The leaf commits to the act itself, so that whoever is shown act and salt can check it
    /// without any key of ours.
    fn sealed_act(&self, act: &Act) -> Result<NewEntry, Error> {
        let plain = act.to_bytes();
        let sealed = self.dice.with(|mut rng| seal_content(&plain, &mut rng))?;
        Ok(NewEntry {
            hash: EnvelopeHash::of(&plain),
            bytes: sealed.bytes,
            content_key: sealed.content_key,
            record: None,
            time: act.time,
        })
    }

    /// Opens an entry of the register and checks it against its leaf; `None` where its content
    /// is erased.
    pub(crate) fn opened_act(&self, entry: &Entry) -> Result<Option<OpenedAct>, Error> {
        let Held::Content {
            salt,
            envelope,
            content_key,
            ..
        } = &entry.held
        else {
            return Ok(None);
        };
        let leaf = Commitment::from_bytes(*entry.commitment.as_bytes());
        let keys = self.keys();
        let key = keys
            .store()
            .unwrap_content_key(content_key, leaf.as_bytes())?;
        let plain = open_content(envelope, &key)?;
        let salt = Salt::from_bytes(*salt.as_bytes());
        leaf.check(&salt, &EnvelopeHash::of(&plain))?;
        let act = Act::from_known_bytes(&plain)?;
        Ok(Some(OpenedAct { act, salt }))
    }

    /// What the register says of a reception: what was collected, what was turned away, and
    /// what was erased because the partner took it back.
    pub(crate) fn collected(
        &self,
        from: &PartyId,
        channel: &ChannelId,
        judged: &[Judged],
    ) -> Result<Vec<Act>, Error> {
        let (mut taken, mut turned, mut erased) = (Vec::new(), Vec::new(), Vec::new());
        let (mut held, mut used) = (Vec::new(), Vec::new());
        for one in judged {
            match &one.event {
                Some(Happened::Received { record }) => taken.push(*record),
                Some(Happened::Turned { code, .. }) => turned.push(StableCode::of(code)),
                _ => {}
            }
            erased.extend(one.gone.iter().map(|gone| gone.record));
            held.extend(&one.refused);
            used.extend(&one.used);
        }
        let mut acts = Vec::new();
        if !taken.is_empty() {
            acts.push(self.about_all(Deed::Collect, from, &taken));
        }
        if !turned.is_empty() {
            let count = turned.len() as u64;
            turned.sort_unstable();
            turned.dedup();
            turned.truncate(passerelle_model::MAX_ACT_CODES);
            let act = self.about_all(Deed::Collect, from, &[]).refused(turned);
            acts.push(Act {
                count: Some(count),
                ..act
            });
        }
        match erased.len() > MAX_NAMED {
            true => acts.push(self.about_all(Deed::Erase, from, &erased)),
            false => acts.extend(
                erased
                    .iter()
                    .map(|record| self.about_all(Deed::Erase, from, &[*record])),
            ),
        }
        // Of what is kept as evidence each is named: somebody decided so for each.
        acts.extend(held.into_iter().map(|(record, code)| {
            let act = self.about_all(Deed::Erase, from, &[*record]);
            act.refused(vec![code.clone()])
        }));
        acts.extend(used.into_iter().map(|(record, code)| Act {
            codes: vec![code.clone()],
            ..self.about_all(Deed::ReportUse, &self.party, &[*record])
        }));
        for act in &mut acts {
            act.channel = Some(channel.clone());
        }
        Ok(acts)
    }

    /// An act of the node itself on records of a partner: on the record, where it is one.
    pub(crate) fn about_all(&self, deed: Deed, party: &PartyId, records: &[RecordId]) -> Act {
        let party = party.clone();
        let object = match records {
            [record] => Object::Record {
                party,
                record: *record,
            },
            _ => Object::Partner { party },
        };
        Act {
            count: Some(records.len() as u64),
            ..Act::new(deed, self.now(), By::Node, object)
        }
    }
}

/// An act as it stands in the register, with the salt of its leaf.
pub(crate) struct OpenedAct {
    pub(crate) act: Act,
    pub(crate) salt: Salt,
}

/// A program by the name it goes under.
pub(crate) fn program(name: &str) -> Result<By, Error> {
    Ok(By::Program {
        name: name.parse()?,
    })
}

/// Why the register could not be written, as the one code of that rule.
fn unavailable(error: Error) -> Error {
    match error {
        Error::Store(inner) => Error::LogUnavailable(inner),
        other => other,
    }
}
