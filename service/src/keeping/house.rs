//! Keeping house: what falls due by the calendar. Every step of it is durable by itself and may
//! be done again; nothing waits for it, because restriction follows from dates when somebody
//! opens a record.

use std::collections::BTreeMap;

use passerelle_model::{Act, Day, Deed, PartyId, Said, UtcTime};
use passerelle_store::{Commit, EntryRef, Journal, Put};
use serde::{Deserialize, Serialize};

use super::{DueRecord, List};
use crate::breach::BreachView;
use crate::confiding::ConfidedView;
use crate::directory::Shelf;
use crate::rights::RightsView;
use crate::{Error, Node, Settings};

/// Records that one step erases or looks at.
const BATCH: usize = 200;
/// Key under which the list of reviews remembers how far the index of words was cleared.
pub(crate) const WITHDRAWN: &str = "keeping/withdrawn";

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Housekeeping {
    /// Records whose day of erasure had come.
    pub erased: u64,
    /// Erasures that met a hold, and were answered so.
    pub refused: u64,
    /// Holds whose day had come.
    pub holds_ended: u64,
    /// Records whose review became overdue, no longer found by any word.
    pub withdrawn: u64,
    /// Our own copies of what was taken back.
    pub own_copies: u64,
    /// Corrections that every partner has read now.
    #[serde(default)]
    pub read: u64,
    /// Requests, breaches and reports in confidence that ended long enough ago.
    #[serde(default)]
    pub procedures: u64,
    /// Acts of the register whose retention has ended.
    pub acts: u64,
    /// Answers from the public that nobody had looked at in time.
    #[serde(default)]
    pub answers: u64,
    /// Codes of what could not be done now and is tried again the next time.
    pub failed: Vec<String>,
}

impl Housekeeping {
    fn note(&mut self, done: Result<u64, Error>, count: impl Fn(&mut Self) -> &mut u64) {
        match done {
            Ok(number) => *count(self) += number,
            Err(error) => {
                tracing::warn!(code = error.code(), %error, "a duty of the house waits");
                self.failed.push(error.code().to_owned());
            }
        }
    }
}

impl Node {
    /// Does what is due at `now`. What fails is named, and does not keep the rest from being
    /// done.
    ///
    /// # Errors
    /// `E_STORE` and the like, where the journals cannot be read.
    pub async fn keep_house(&self, now: UtcTime) -> Result<Housekeeping, Error> {
        self.project().await?;
        let today = now.day();
        let mut done = Housekeeping::default();
        done.note(self.end_holds(today).await, |done| &mut done.holds_ended);
        self.erase_due(today, &mut done).await?;
        done.note(self.withdraw_overdue(today).await, |done| {
            &mut done.withdrawn
        });
        done.note(self.follow_recalls().await, |done| &mut done.own_copies);
        done.note(self.follow_corrections().await, |done| &mut done.read);
        let settings = self.settings().await?;
        let forgotten = self.forget_all(&settings, today).await;
        done.note(forgotten, |done| &mut done.procedures);
        let days = settings.register_days;
        let acts = self.erase_old_acts(days, today).await;
        done.note(acts, |done| &mut done.acts);
        let answers = self.forget_old_answers(settings.answer_days, now).await;
        done.note(answers, |done| &mut done.answers);
        Ok(done)
    }

    async fn forget_all(&self, settings: &Settings, today: Day) -> Result<u64, Error> {
        let (rights, breaches) = (settings.rights_days, settings.breach_days);
        let gone = self.forget_procedures::<RightsView>(rights, today).await?;
        let gone = gone
            + self
                .forget_procedures::<BreachView>(breaches, today)
                .await?;
        let reports = self.forget_procedures::<ConfidedView>(breaches, today);
        Ok(gone + reports.await?)
    }

    /// Takes what became overdue out of the index of words.
    async fn withdraw_overdue(&self, today: Day) -> Result<u64, Error> {
        let mut count = 0;
        let mut after = self.withdrawn_to().await?;
        loop {
            let yesterday = today.minus_days(1);
            let page = self
                .listed(List::Review, Some(yesterday), after.as_ref(), BATCH)
                .await?;
            let Some(last) = page.last().cloned() else {
                return Ok(count);
            };
            let mut commit = Commit::default();
            for row in &page {
                let place = self.place(Some(&row.party), &row.record).await?;
                commit.words.push(passerelle_store::Words {
                    journal: place.journal,
                    index: place.index,
                    tokens: Vec::new(),
                });
            }
            let key = List::Review.key(last.day, &last.party, &last.record);
            commit.puts.push(Put {
                kind: Shelf::CURSOR,
                key: WITHDRAWN.to_owned(),
                bytes: Some(key.into_bytes()),
                expected: None,
            });
            self.store.commit(commit).await?;
            count += page.len() as u64;
            after = Some(last);
        }
    }

    async fn withdrawn_to(&self) -> Result<Option<DueRecord>, Error> {
        let documents = self.store.documents(Shelf::CURSOR, WITHDRAWN).await?;
        Ok(documents
            .first()
            .and_then(|held| DueRecord::of(&String::from_utf8_lossy(&held.bytes))))
    }

    /// Erases what is due, a page at a time, each journal in one step.
    async fn erase_due(&self, today: Day, done: &mut Housekeeping) -> Result<(), Error> {
        let mut after: Option<DueRecord> = None;
        loop {
            let page = self
                .listed(List::Erasure, Some(today), after.as_ref(), BATCH)
                .await?;
            let Some(last) = page.last().cloned() else {
                return Ok(());
            };
            after = Some(last);
            let (due, held) = self.sorted(page, today).await?;
            for (journal, places) in due {
                let acts = places
                    .iter()
                    .map(|place| self.due_act(&journal.party, place))
                    .collect();
                let count = places.len() as u64;
                let erased = self.destroy(&journal, places, acts).await;
                done.note(erased.map(|()| count), |done| &mut done.erased);
            }
            for place in held {
                done.note(self.refuse_due(place).await, |done| &mut done.refused);
            }
        }
    }

    /// What goes, by journal, and what is kept as evidence. A place of something that is gone
    /// already leaves the list.
    async fn sorted(
        &self,
        page: Vec<DueRecord>,
        today: Day,
    ) -> Result<(BTreeMap<Journal, Vec<EntryRef>>, Vec<EntryRef>), Error> {
        let (mut due, mut held): (BTreeMap<_, Vec<_>>, _) = (BTreeMap::new(), Vec::new());
        let mut stale = Vec::new();
        for row in page {
            let (party, id) = (&row.party, &row.record);
            let place = self.place(Some(party), id).await?;
            if place.erased {
                stale.push(List::Erasure.take(row.day, party, id));
            } else if self.kept_of(party, id).await?.0.may_erase(today).is_err() {
                held.push(place);
            } else {
                due.entry(place.journal.clone()).or_default().push(place);
            }
        }
        if !stale.is_empty() {
            self.store.put(stale).await?;
        }
        Ok((due, held))
    }

    fn due_act(&self, party: &PartyId, place: &EntryRef) -> Act {
        Act {
            channel: Some(place.journal.channel.clone()),
            ..self.about_all(Deed::Erase, party, &[place.record])
        }
    }

    /// An erasure that fell due met a hold: entered, and stated to the originator, once.
    async fn refuse_due(&self, place: EntryRef) -> Result<u64, Error> {
        let (party, id) = (place.journal.party.clone(), place.record);
        let (mut kept, version) = self.kept_of(&party, &id).await?;
        if kept.refused.is_some() {
            return Ok(0);
        }
        let Some(code) = kept.stays(self.now().day()) else {
            return Ok(0);
        };
        kept.refused = Some(self.now());
        let act = self.due_act(&party, &place).refused(vec![code.clone()]);
        let commit = Commit {
            puts: vec![self.kept_put((&party, &id), &kept, version)?],
            ..Commit::default()
        };
        if party == self.party {
            self.commit_with_acts(commit, vec![act]).await?;
            return Ok(1);
        }
        let journal = place.journal.clone();
        let said = Said::ErasureRefused { code };
        let said = self.about_places(&journal, &[place], &said).await?;
        self.commit_with_statements(&party, &journal.channel, commit, said, vec![act])
            .await?;
        self.wake(Some(&party));
        Ok(1)
    }
}
