//! Lists of cases, and one case with both sides' records, page by page.

use std::collections::BTreeMap;
use std::ops::Range;

use passerelle_cases::{CaseId, Clock, Line, Need, Stage, clock};
use passerelle_model::{
    ChannelId, Handling, Kind, Markings, Name, OfficerId, PartyId, Reason, Record, RecordId,
    RefusalReason, Tlp, UnitId, Urgency, UtcTime,
};
use passerelle_rules::Rule;
use passerelle_store::{Commit, KeyPage, MAX_RECORDS, StatementRow};
use serde::Serialize;

use super::peeking::{Peeked, taken_in};
use super::{CaseDocument, Listed, Readers};
use crate::directory::Shelf;
use crate::stating::About;
use crate::view::{Delivery, FileState};
use crate::{Actor, Error, Node};

/// Records on one page of a case.
pub const CASE_PAGE: usize = 50;

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// Subject of its first record, where this reader may see it.
    pub subject: Option<String>,
    /// Where it is.
    pub stage: Stage,
    /// Urgency of its latest request.
    pub urgency: Option<Urgency>,
    /// The other parties.
    pub parties: Vec<PartyId>,
    /// Records in it.
    pub records: usize,
    /// When something happened last.
    pub changed: UtcTime,
    /// Whether it waits for us.
    pub ours_to_do: bool,
}

/// Who owes what, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueView {
    /// Who.
    pub on: PartyId,
    /// Whether that is us.
    pub ours: bool,
    /// What.
    pub need: Need,
    /// For which record.
    pub about: (PartyId, RecordId),
    /// The clock, where one runs.
    pub clock: Option<Clock>,
}

/// One record of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseRecord {
    /// Whose.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
    /// Whether we sent it.
    pub ours: bool,
    /// What it does.
    pub kind: Kind,
    /// When, by its sender's clock.
    pub time: UtcTime,
    /// Why it declines.
    pub reason: Option<RefusalReason>,
    /// Whether it was taken back.
    pub recalled: bool,
    /// Whether its content is destroyed here.
    pub erased: bool,
    /// Whether it is restricted.
    pub restricted: bool,
    /// What this reader may see of it; the code of the rule where they may not.
    pub content: Result<Box<CaseContent>, String>,
    /// Conditions to be accepted before it opens.
    pub conditions: Option<Markings>,
    /// Its standing with each partner.
    pub deliveries: Vec<Delivery>,
}

/// What a record says, for those who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseContent {
    /// Everything signed.
    pub record: Record,
    /// For each attachment, how much of it is here.
    pub files: Vec<FileState>,
}

/// A case with all of both sides that this reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// Its line in lists.
    pub line: CaseLine,
    /// Under which agreement.
    pub channel: ChannelId,
    /// Units of ours that it concerns.
    pub units: Vec<UnitId>,
    /// Named persons, where it is kept to them.
    pub named: Option<Vec<OfficerId>>,
    /// Its records, oldest first.
    pub records: Vec<CaseRecord>,
    /// Who owes what.
    pub due: Vec<DueView>,
    /// Where the page with earlier records ends, where there are any.
    pub earlier: Option<usize>,
    /// Where the page with later records ends, where there are any.
    pub later: Option<usize>,
}

/// Which page of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasePlace {
    /// Its newest records.
    Newest,
    /// Those before a position.
    Before(usize),
    /// Those around a record.
    At(RecordId),
}

impl CaseContent {
    /// Conditions in short: traffic light and handling code.
    pub fn marks(&self) -> (Tlp, Handling) {
        let markings = &self.record.markings;
        (markings.tlp, markings.handling)
    }

    /// Who wrote it, by function and unit.
    pub fn author(&self) -> (&Name, &UnitId) {
        let author = &self.record.author;
        (&author.function, &author.unit)
    }
}

impl Node {
    /// Cases of one's units, those that changed last first. `after` is what the page before
    /// gave.
    pub async fn cases(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<CaseLine>, Option<String>), Error> {
        self.project().await?;
        if !opens_records(actor) {
            return Ok((Vec::new(), None));
        }
        let mut rows = self.listed_rows(actor, after, limit + 1).await?;
        let more = rows.len() > limit;
        while rows.len() > limit {
            rows.pop_last();
        }
        let next = more.then(|| rows.last_key_value()).flatten();
        let next = next.map(|(key, _)| key.clone());
        let cases: Vec<(CaseId, Listed)> = rows
            .iter()
            .filter_map(|(key, listed)| {
                let (_, id) = key.split_once('/')?;
                Some((id.parse().ok()?, listed.clone()))
            })
            .collect();
        let ids = cases.iter().map(|(id, _)| id.clone());
        let readers = self.readers_of(ids.collect()).await?;
        let seen = cases
            .into_iter()
            .filter(|(id, _)| may_know(actor, readers.get(id)));
        let cases: Vec<_> = seen.collect();
        let roots = cases.iter().map(|(id, _)| (id.party.clone(), id.record));
        let peeked = self.peek(actor, roots.collect()).await?;
        let lines = cases.into_iter().zip(peeked).map(|((id, listed), peeked)| {
            let subject = peeked.and_then(|peeked| peeked.subject());
            line_of(id, listed, subject)
        });
        Ok((lines.collect(), next))
    }

    /// Rows of the lists of all units of a person, by key without the unit, at least the first
    /// `limit`.
    async fn listed_rows(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<BTreeMap<String, Listed>, Error> {
        let mut rows = BTreeMap::new();
        for unit in actor.units() {
            let page = KeyPage {
                prefix: format!("{unit}/"),
                after: after.map(|after| format!("{unit}/{after}")),
                descending: false,
                limit,
            };
            for document in self.store.page(Shelf::CASE_LIST, page).await? {
                if let Some((_, rest)) = document.key.split_once('/') {
                    rows.insert(rest.to_owned(), self.unsealed_json(&document)?);
                }
            }
        }
        Ok(rows)
    }

    /// One page of a case. Opening it enters, in one step, the consultation of the records it
    /// shows, and tells their senders that they were read.
    pub async fn case(
        &self,
        actor: &Actor,
        id: &CaseId,
        place: CasePlace,
    ) -> Result<CaseView, Error> {
        self.project().await?;
        let absent = || Error::not_found("case", id);
        let (document, _) = self.case_document(id).await?.ok_or_else(absent)?;
        let named = self.readers_of([id.clone()].into()).await?.remove(id);
        let ours = !document.units().is_disjoint(actor.units());
        if !opens_records(actor) || !ours || !may_know(actor, named.as_ref()) {
            return Err(absent());
        }
        let lines = document.case.lines();
        let range = place.range(lines);
        let shown = lines.get(range.clone()).unwrap_or_default();
        let mut asked: Vec<_> = shown
            .iter()
            .map(|line| (line.party.clone(), line.record))
            .collect();
        asked.push((id.party.clone(), id.record));
        let mut peeked = self.peek(actor, asked).await?;
        let root = peeked.pop().flatten();
        let recalled = document.case.recalled();
        let (mut records, mut unread) = (Vec::new(), Vec::new());
        for (line, peeked) in shown.iter().zip(peeked) {
            let peeked = peeked.ok_or_else(|| Error::not_found("record", line.record))?;
            unread.extend(self.unread_by(actor, &peeked));
            let recalled = recalled.contains(&(&line.party, &line.record));
            records.push(self.case_record(line, peeked, recalled)?);
        }
        self.enter_case(actor, &document, &records, unread).await?;
        let waits = document.case.waits();
        let subject = root.and_then(|root| root.subject());
        Ok(CaseView {
            line: line_of(id.clone(), self.listed(&document, &waits), subject),
            channel: document.channel.clone(),
            units: document.units.clone(),
            named: named
                .and_then(|readers| readers.named)
                .map(|named| named.into_iter().collect()),
            records,
            due: self.due(&document, waits).await?,
            earlier: (range.start > 0).then_some(range.start),
            later: (range.end < lines.len()).then(|| lines.len().min(range.end + CASE_PAGE)),
        })
    }

    /// Enters that a page of a case was shown. What is stated about it goes into the same
    /// step, as far as it goes to one partner; to others it goes after it.
    async fn enter_case(
        &self,
        actor: &Actor,
        document: &CaseDocument,
        records: &[CaseRecord],
        unread: Vec<(PartyId, About)>,
    ) -> Result<(), Error> {
        let shown = records.iter().filter(|record| record.content.is_ok());
        let id = &document.case.id;
        let act = passerelle_model::Act {
            channel: Some(document.channel.clone()),
            purpose: Some(document.purpose.clone()),
            count: Some(shown.count() as u64),
            ..self.record_act(
                passerelle_model::Deed::Consult,
                actor,
                &id.party,
                &id.record,
            )
        };
        let mut read: BTreeMap<PartyId, Vec<About>> = BTreeMap::new();
        for (party, about) in unread {
            read.entry(party).or_default().push(about);
        }
        if read.is_empty() {
            return self.enter(act).await.map(drop);
        }
        let mut act = Some(act);
        for (party, said) in read {
            let (commit, acts) = (Commit::default(), act.take().into_iter().collect());
            let channel = &document.channel;
            self.commit_with_statements(&party, channel, commit, said, acts)
                .await?;
            self.wake(Some(&party));
        }
        Ok(())
    }

    /// What is to be stated to the sender, where an officer opens its record for the first
    /// time.
    fn unread_by(&self, actor: &Actor, peeked: &Peeked) -> Option<(PartyId, About)> {
        let place = &peeked.held.place;
        let opened = peeked.record.is_some() && peeked.opens.is_ok();
        let theirs = place.journal.party != self.party;
        let said = |row: &StatementRow| row.by == self.party && row.said == "read";
        let fresh = !peeked.held.statements.iter().any(said);
        let officer = actor.is(passerelle_model::Role::Officer);
        (officer && opened && theirs && fresh).then(|| {
            let about = About {
                index: place.index,
                commitment: peeked.held.entry.commitment,
                record: Some(place.record),
                said: passerelle_model::Said::Read,
            };
            (place.journal.party.clone(), about)
        })
    }

    fn case_record(
        &self,
        line: &Line,
        peeked: Peeked,
        recalled: bool,
    ) -> Result<CaseRecord, Error> {
        let (held, mut conditions) = (peeked.held, None);
        let deliveries = self.delivered(&held, peeked.record.as_ref(), peeked.recalled);
        let content = match (peeked.record, peeked.opens) {
            (None, _) => Err("E_ERASED".to_owned()),
            (Some(record), Ok(())) => Ok(Box::new(CaseContent {
                files: self.file_states(&record)?,
                record,
            })),
            (Some(record), Err(rule)) => {
                if rule == Rule::ConditionsUnread {
                    conditions = Some(record.markings);
                }
                Err(rule.code().to_owned())
            }
        };
        Ok(CaseRecord {
            party: line.party.clone(),
            record: line.record,
            ours: line.party == self.party,
            kind: line.kind,
            time: line.time,
            reason: line.reason,
            recalled,
            erased: held.place.erased,
            restricted: peeked.restricted,
            content,
            conditions,
            deliveries,
        })
    }

    /// Keeps a case to named persons, or opens it to its units again.
    pub async fn name_readers(
        &self,
        actor: &Actor,
        id: &CaseId,
        named: Option<Vec<OfficerId>>,
        why: Reason,
    ) -> Result<(), Error> {
        let absent = || Error::not_found("case", id);
        let (document, _) = self.case_document(id).await?.ok_or_else(absent)?;
        let may =
            actor.is(passerelle_model::Role::Officer) || actor.is(passerelle_model::Role::Approver);
        if !may || !self.sees_case(actor, id, &document).await? {
            return Err(absent());
        }
        let mut named: Option<std::collections::BTreeSet<OfficerId>> =
            named.map(|named| named.into_iter().collect());
        if let Some(named) = &mut named {
            named.insert(actor.officer().clone());
        }
        let act = self.record_act(passerelle_model::Deed::Alter, actor, &id.party, &id.record);
        self.enter(act.because(Some(why))).await?;
        let readers = Readers { named };
        let put = self.sealed_json_put(Shelf::READERS, id.to_string(), &readers, None)?;
        let mut words = Vec::new();
        for line in document.case.lines() {
            if let Ok((place, record)) = self.locate(Some(&line.party), &line.record).await {
                let units = super::units_of(&record, &self.party);
                words.push(passerelle_store::Words {
                    journal: place.journal,
                    index: place.index,
                    tokens: self.tokens_of(&record, &units, readers.named.as_ref()),
                });
            }
        }
        let commit = passerelle_store::Commit {
            puts: vec![put],
            words,
            ..passerelle_store::Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    pub(crate) async fn sees_case(
        &self,
        actor: &Actor,
        id: &CaseId,
        document: &CaseDocument,
    ) -> Result<bool, Error> {
        if !opens_records(actor) || document.units().is_disjoint(actor.units()) {
            return Ok(false);
        }
        let readers = self.readers(id).await?;
        Ok(may_know(actor, Some(&readers)))
    }

    async fn due(
        &self,
        document: &CaseDocument,
        waits: Vec<passerelle_cases::Wait>,
    ) -> Result<Vec<DueView>, Error> {
        let clocked = |wait: &&passerelle_cases::Wait| wait.need == Need::Answer;
        let asked: Vec<_> = waits
            .iter()
            .filter(clocked)
            .map(|wait| wait.about.clone())
            .collect();
        let mut taken = BTreeMap::new();
        for some in asked.chunks(MAX_RECORDS) {
            for held in self
                .store
                .records(some.to_vec())
                .await?
                .into_iter()
                .flatten()
            {
                let about = (held.place.journal.party.clone(), held.place.record);
                taken.extend(taken_in(&held).map(|time| (about, time)));
            }
        }
        let deadlines = self.deadlines(&document.channel);
        let due = waits.into_iter().map(|wait| {
            let start = taken.get(&wait.about).copied().unwrap_or(wait.since);
            let clock = match (wait.need, wait.urgency) {
                (Need::Answer, Some(urgency)) => {
                    Some(clock(&deadlines, urgency, start, self.now()))
                }
                _ => None,
            };
            DueView {
                ours: wait.on == self.party,
                on: wait.on,
                need: wait.need,
                about: wait.about,
                clock,
            }
        });
        Ok(due.collect())
    }
}

/// Whether somebody opens records at all.
pub(super) fn opens_records(actor: &Actor) -> bool {
    actor.roles().iter().any(|role| role.opens_records())
}

/// Whether somebody of its units may know of a case with these readers.
pub(super) fn may_know(actor: &Actor, readers: Option<&Readers>) -> bool {
    let named = readers.and_then(|readers| readers.named.as_ref());
    named.is_none_or(|named| named.contains(actor.officer()))
}

fn line_of(id: CaseId, listed: Listed, subject: Option<String>) -> CaseLine {
    CaseLine {
        id,
        subject,
        stage: listed.stage,
        urgency: listed.urgency,
        parties: listed.parties,
        records: listed.records,
        changed: listed.changed,
        ours_to_do: listed.ours_to_do,
    }
}

impl CasePlace {
    /// Positions of the page. Pages count from the newest record, so that the first one is
    /// always full.
    fn range(self, lines: &[Line]) -> Range<usize> {
        let all = lines.len();
        let end = match self {
            Self::Newest => all,
            Self::Before(position) => position.min(all),
            Self::At(record) => {
                let found = lines.iter().rposition(|line| line.record == record);
                let newer = all - 1 - found.unwrap_or(all.saturating_sub(1)).min(all - 1);
                all - newer / CASE_PAGE * CASE_PAGE
            }
        };
        end.saturating_sub(CASE_PAGE)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u8) -> Vec<Line> {
        let line = |n| Line {
            party: "ma.interior".parse().unwrap(),
            record: RecordId::from_parts(u64::from(n), [n; 10]),
            kind: Kind::Notice,
            time: UtcTime::from_millis(u64::from(n)),
            to: Vec::new(),
            references: Vec::new(),
            urgency: None,
            reason: None,
            part: passerelle_cases::Part::Final,
        };
        (0..count).map(line).collect()
    }

    /// Every record stands on one page, and the page of a record is the one that walking from
    /// the newest leads to.
    #[test]
    fn pages_of_a_case_are_whole() {
        for count in [1, 49, 50, 51, 100, 137, 250] {
            let lines = lines(count);
            let (mut seen, mut place) = (Vec::new(), CasePlace::Newest);
            loop {
                let range = place.range(&lines);
                assert!(range.len() <= CASE_PAGE && !range.is_empty());
                for line in &lines[range.clone()] {
                    assert_eq!(CasePlace::At(line.record).range(&lines), range);
                }
                seen.extend(range.clone().rev());
                if range.start == 0 {
                    break;
                }
                place = CasePlace::Before(range.start);
            }
            assert_eq!(seen, (0..usize::from(count)).rev().collect::<Vec<_>>());
        }
        let unknown = RecordId::from_parts(999, [1; 10]);
        let newest = CasePlace::Newest.range(&lines(60));
        assert_eq!(CasePlace::At(unknown).range(&lines(60)), newest);
        assert_eq!(CasePlace::Before(usize::MAX).range(&lines(60)), newest);
        assert_eq!(CasePlace::Before(0).range(&lines(60)), 0..0);
    }
}
