//! What others, or we, have not done in time (G08, G31): recalls and corrections that a partner
//! has not acted upon, and requests without an answer. Worked out whenever it is asked for, from
//! the signed statements, so that it ends by itself with the act.

use std::collections::BTreeSet;

use passerelle_cases::CaseId;
use passerelle_model::{ChannelId, Kind, OfficerId, PartyId, RecordId, UtcTime};
use passerelle_rules::{Refusal, Rule, notice, request};
use passerelle_store::{EntryRef, KeyPage, MAX_PAGE};
use serde::{Deserialize, Serialize};

use super::own_copy::is_stated;
use super::room::SECTION;
use super::{DueRecord, Housekeeping, List};
use crate::cases::{Awaited, Waiting};
use crate::directory::Shelf;
use crate::view::{Delivery, Finding, Standing};
use crate::{Actor, Error, Node};

/// What was to be acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// A recall of ours.
    Recall,
    /// A correction of ours.
    Correction,
    /// A request.
    Request,
}

/// Something that is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// `E_NOTICE_OVERDUE` or `E_ANSWER_OVERDUE`.
    pub code: String,
    /// What was to be acted upon.
    pub notice: Notice,
    /// Whose record it is.
    pub party: PartyId,
    /// The recall, the correction or the request.
    pub record: RecordId,
    /// Who has not acted.
    pub by: PartyId,
    /// Since when the clock runs.
    pub since: UtcTime,
    /// When it ended.
    pub due: UtcTime,
    /// Our officer who sent it, where it is ours and still here.
    pub officer: Option<OfficerId>,
}

impl Node {
    /// Everything that is overdue on this node, what fell due first at the head; at most a few
    /// hundred lines. Identifiers and times only.
    ///
    /// # Errors
    /// `E_STORE` and the like.
    pub async fn overdue(&self) -> Result<Vec<Overdue>, Error> {
        self.project().await?;
        let mut all = self.overdue_notices().await?;
        all.extend(self.overdue_answers().await?);
        all.sort_by_key(|one| (one.due, one.record));
        Ok(all)
    }

    /// Recalls and corrections that this person sent and a partner has not acted upon.
    pub(crate) async fn own_overdue(&self, actor: &Actor) -> Result<Vec<Overdue>, Error> {
        let mut all = self.overdue_notices().await?;
        all.retain(|one| one.officer.as_ref() == Some(actor.officer()));
        all.sort_by_key(|one| (one.due, one.record));
        Ok(all)
    }

    /// What the doctor says of it.
    pub(crate) async fn check_overdue(&self) -> Vec<Finding> {
        let all = match self.overdue().await {
            Ok(all) => all,
            Err(error) => return vec![crate::doctor::failed("duties", &error)],
        };
        let rules = [Rule::NoticeOverdue, Rule::AnswerOverdue];
        let wrong = rules.iter().filter_map(|rule| {
            let of = |one: &&Overdue| one.code == rule.code();
            let first = all.iter().find(of)?;
            let count = all.iter().filter(of).count();
            let found = format!(
                "{count} overdue, first {} {} by {} since {}",
                first.party, first.record, first.by, first.due
            );
            let advice = "ask whoever owes it; Today of its officer shows it too";
            Some(crate::doctor::owed(rule.code(), found, advice))
        });
        let wrong: Vec<Finding> = wrong.collect();
        match wrong.is_empty() {
            true => vec![crate::doctor::good(
                "duties",
                "no notice or answer is overdue",
            )],
            false => wrong,
        }
    }

    async fn overdue_notices(&self) -> Result<Vec<Overdue>, Error> {
        let mut found = Vec::new();
        for row in self.listed(List::Recalled, None, None, SECTION).await? {
            if let Some(recall) = self.recall_of(&row.record).await? {
                let deliveries = self.line_of_own(&row.record).await?.deliveries;
                let about = (Notice::Recall, &recall);
                found.extend(self.unanswered(about, &deliveries, is_stated).await?);
            }
        }
        for row in self.listed(List::Corrected, None, None, SECTION).await? {
            let place = self.place(Some(&row.party), &row.record).await?;
            let deliveries = self.line_of_own(&row.record).await?.deliveries;
            let about = (Notice::Correction, &place);
            found.extend(self.unanswered(about, &deliveries, is_read).await?);
        }
        Ok(found)
    }

    /// Where the recall of a record of ours stands.
    async fn recall_of(&self, record: &RecordId) -> Result<Option<EntryRef>, Error> {
        let mark = self.document(Shelf::RECALL, record.to_string()).await?;
        let recall = mark.and_then(|mark| RecordId::try_from(mark.bytes.as_slice()).ok());
        match recall {
            Some(recall) => self.place(Some(&self.party), &recall).await.map(Some),
            None => Ok(None),
        }
    }

    async fn unanswered(
        &self,
        (kind, sent): (Notice, &EntryRef),
        deliveries: &[Delivery],
        acted: fn(&Delivery) -> bool,
    ) -> Result<Vec<Overdue>, Error> {
        let (now, hours) = (self.now(), self.notice_hours(&sent.journal.channel));
        let late = |one: &&Delivery| !acted(one) && ended(sent.time, hours, now).is_some();
        let late: Vec<&PartyId> = deliveries
            .iter()
            .filter(late)
            .map(|one| &one.party)
            .collect();
        let Some((refusal, due)) = ended(sent.time, hours, now).filter(|_| !late.is_empty()) else {
            return Ok(Vec::new());
        };
        let record = self.record_at(&sent.journal, sent.index).await.ok();
        let line = |by: &PartyId| Overdue {
            code: refusal.code().to_owned(),
            notice: kind,
            party: self.party.clone(),
            record: sent.record,
            by: by.clone(),
            since: sent.time,
            due,
            officer: record.as_ref().map(|record| record.author.officer.clone()),
        };
        Ok(late.into_iter().map(line).collect())
    }

    fn notice_hours(&self, channel: &ChannelId) -> u32 {
        self.hours(channel, passerelle_model::Urgency::Priority)
    }

    /// Requests without an answer, ours and those of partners, each once however many units it
    /// concerns.
    async fn overdue_answers(&self) -> Result<Vec<Overdue>, Error> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for (unit, _) in self.units() {
            for word in ["answer", "theirs"] {
                for (about, awaited) in self.past_due(&format!("w/{unit}/{word}/")).await? {
                    if seen.insert(about.clone()) {
                        found.extend(self.unanswered_request(&about, &awaited).await?);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Rows of what waits whose earliest end has come.
    async fn past_due(&self, prefix: &str) -> Result<Vec<(CaseId, Awaited)>, Error> {
        let page = KeyPage {
            prefix: prefix.to_owned(),
            limit: MAX_PAGE,
            ..KeyPage::default()
        };
        let (mut rows, now) = (Vec::new(), self.now().millis());
        for document in self.store.page(Shelf::WAITS, page).await? {
            let Some(waiting) = Waiting::of(&document.key) else {
                continue;
            };
            if waiting.due > now {
                break;
            }
            let awaited: Awaited = self.unsealed_json(&document)?;
            rows.push((waiting.about, awaited));
        }
        Ok(rows)
    }

    /// The clock runs from when the asked side took the request in.
    async fn unanswered_request(
        &self,
        about: &CaseId,
        awaited: &Awaited,
    ) -> Result<Option<Overdue>, Error> {
        let Some(urgency) = awaited.urgency.filter(|_| awaited.kind == Kind::Request) else {
            return Ok(None);
        };
        let ours = about.party == self.party;
        let by = match (ours, &awaited.other) {
            (true, Some(other)) => other.clone(),
            (true, None) => return Ok(None),
            (false, _) => self.party.clone(),
        };
        let place = self.place(Some(&about.party), &about.record).await?;
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range).await?;
        let taken = rows
            .iter()
            .find(|row| row.by == by && row.said == "accepted");
        let Some(since) = taken.map(|row| row.time) else {
            return Ok(None);
        };
        let hours = self.hours(&awaited.channel, urgency);
        let Err(refusal) = request::answered(since, hours, None, self.now()) else {
            return Ok(None);
        };
        let officer = match ours && !place.erased {
            true => self.record_at(&place.journal, place.index).await.ok(),
            false => None,
        };
        Ok(Some(Overdue {
            code: refusal.code().to_owned(),
            notice: Notice::Request,
            party: about.party.clone(),
            record: about.record,
            by,
            since,
            due: since.plus_millis(u64::from(hours) * 3_600_000),
            officer: officer.map(|record| record.author.officer),
        }))
    }

    /// Corrections that every partner has read, or that are gone, leave the list.
    pub(super) async fn follow_corrections(&self, done: &mut Housekeeping) -> Result<(), Error> {
        let mut after: Option<DueRecord> = None;
        loop {
            let page = self
                .listed(List::Corrected, None, after.as_ref(), 100)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.clone());
            for row in &page {
                let left = self.follow_correction(row).await;
                done.note(left.map(u64::from), |done| &mut done.read);
            }
        }
    }

    async fn follow_correction(&self, row: &DueRecord) -> Result<bool, Error> {
        let line = self.line_of_own(&row.record).await?;
        let leaves = line.erased || line.deliveries.iter().all(is_read);
        if leaves {
            let take = List::Corrected.take(row.day, &row.party, &row.record);
            self.store.put(vec![take]).await?;
        }
        Ok(leaves)
    }
}

/// The refusal and the end of the clock of a notice, where it is over.
fn ended(sent: UtcTime, hours: u32, now: UtcTime) -> Option<(Refusal, UtcTime)> {
    let refusal = notice::answered(sent, hours, None, now).err()?;
    let hours = notice::NOTICE_HOURS.min(hours.into());
    Some((refusal, sent.plus_millis(hours * 3_600_000)))
}

/// Whether the partner acted upon a correction: an officer read it, or it was turned away or is
/// gone.
fn is_read(delivery: &Delivery) -> bool {
    delivery.standing == Standing::Read || is_stated(delivery)
}
