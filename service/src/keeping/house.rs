//! Keeping house: what falls due by the calendar. Every step of it is durable by itself and may
//! be done again; nothing waits for it, because restriction follows from dates when somebody
//! opens a record.

use std::collections::BTreeMap;

use passerelle_model::{Act, Day, Deed, PartyId, Said, UtcTime};
use passerelle_store::{Commit, EntryRef, Journal, Put};
use serde::{Deserialize, Serialize};

use super::{DueRecord, Going, Kept, List};
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
    /// Files that no record and no draft took up in time.
    #[serde(default)]
    pub uploads: u64,
    /// Acts of the register whose retention has ended.
    pub acts: u64,
    /// Answers from the public that nobody had looked at in time.
    #[serde(default)]
    pub answers: u64,
    /// Codes of what could not be done now and is tried again the next time.
    pub failed: Vec<String>,
}

impl Housekeeping {
    pub(super) fn note(&mut self, done: Result<u64, Error>, count: impl Fn(&mut Self) -> &mut u64) {
        match done {
            Ok(number) => *count(self) += number,
            Err(error) => {
                tracing::warn!(code = error.code(), %error, "a duty of the house waits");
                let code = error.code().to_owned();
                if !self.failed.contains(&code) {
                    self.failed.push(code);
                }
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
        let held = self.end_holds(today, &mut done).await;
        done.note(held.map(|()| 0), |done| &mut done.holds_ended);
        let erased = self.erase_due(today, &mut done).await;
        done.note(erased.map(|()| 0), |done| &mut done.erased);
        done.note(self.withdraw_overdue(today).await, |done| {
            &mut done.withdrawn
        });
        let copies = self.follow_recalls(&mut done).await;
        done.note(copies.map(|()| 0), |done| &mut done.own_copies);
        let read = self.follow_corrections(&mut done).await;
        done.note(read.map(|()| 0), |done| &mut done.read);
        let settings = self.settings().await?;
        let forgotten = self.forget_all(&settings, today).await;
        done.note(forgotten, |done| &mut done.procedures);
        let uploads = self.drop_uploads(today).await;
        done.note(uploads, |done| &mut done.uploads);
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
                let place = match self.place(Some(&row.party), &row.record).await {
                    Ok(place) => place,
                    // A row of nothing keeps no other from being cleared.
                    Err(Error::NotFound { .. }) => continue,
                    Err(error) => return Err(error),
                };
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
            let (due, held) = self.sorted(page, today, done).await?;
            for (journal, going) in due {
                self.erase_batch(&journal, going, done).await;
            }
            for place in held {
                done.note(self.refuse_due(place).await, |done| &mut done.refused);
            }
        }
    }

    /// All of it in one step; where that fails each by itself, so that one keeps no other from
    /// going.
    async fn erase_batch(&self, journal: &Journal, going: Vec<Going>, done: &mut Housekeeping) {
        let acts = |going: &[Going]| {
            let act = |one: &Going| self.due_act(&journal.party, &one.place);
            going.iter().map(act).collect::<Vec<_>>()
        };
        let (count, all) = (going.len(), acts(&going));
        let erased = self.destroy(journal, going.clone(), all).await;
        if erased.is_ok() || count == 1 {
            done.note(erased.map(|()| count as u64), |done| &mut done.erased);
            return;
        }
        for one in going {
            let one = vec![one];
            let all = acts(&one);
            let erased = self.destroy(journal, one, all).await;
            done.note(erased.map(|()| 1), |done| &mut done.erased);
        }
    }

    /// What goes, by journal, and what is kept as evidence. A place of something that is gone
    /// already leaves the list; one that does not read is named and left.
    async fn sorted(
        &self,
        page: Vec<DueRecord>,
        today: Day,
        done: &mut Housekeeping,
    ) -> Result<(BTreeMap<Journal, Vec<Going>>, Vec<EntryRef>), Error> {
        let (mut due, mut held): (BTreeMap<_, Vec<_>>, _) = (BTreeMap::new(), Vec::new());
        let mut stale = Vec::new();
        for row in page {
            let (place, kept, judged) = match self.due_now(&row).await {
                Ok(found) => found,
                Err(error) => {
                    done.note(Err(error), |done| &mut done.erased);
                    continue;
                }
            };
            if place.erased {
                stale.push(List::Erasure.take(row.day, &row.party, &row.record));
            } else if kept.may_erase(today).is_err() {
                held.push(place);
            } else {
                let of_journal = due.entry(place.journal.clone()).or_default();
                of_journal.push(Going { place, judged });
            }
        }
        if !stale.is_empty() {
            self.store.put(stale).await?;
        }
        Ok((due, held))
    }

    async fn due_now(&self, row: &DueRecord) -> Result<(EntryRef, Kept, u64), Error> {
        let place = self.place(Some(&row.party), &row.record).await?;
        let (kept, version) = self.kept_of(&row.party, &row.record).await?;
        Ok((place, kept, version))
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
