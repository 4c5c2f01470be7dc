//! Lists of cases, and one case with both sides' records.

use passerelle_cases::{CaseId, Clock, Line, Need, Stage, clock};
use passerelle_model::{
    ChannelId, Code, Handling, Kind, Markings, Name, OfficerId, PartyId, Reason, Record, RecordId,
    RefusalReason, Tlp, UnitId, Urgency, UtcTime,
};
use passerelle_rules::{Rule, may_keep_to_named, may_see_case, opens_class, tells_read};
use passerelle_store::KeyPage;
use serde::Serialize;

use super::opening::{Way, reader};
use super::{CaseDocument, Readers};
use crate::directory::Shelf;
use crate::view::{Delivery, FileState};
use crate::{Actor, Error, Node};

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
    /// Where our latest record in it stands with its first recipient; for screens.
    #[serde(skip)]
    pub standing: Option<Delivery>,
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
        let mut keys = Vec::new();
        for unit in actor.units() {
            let page = KeyPage {
                prefix: format!("{unit}/"),
                after: after.map(|after| format!("{unit}/{after}")),
                descending: false,
                limit: limit + 1,
            };
            for document in self.store.page(Shelf::CASE_LIST, page).await? {
                let short = document
                    .key
                    .split_once('/')
                    .map(|(_, rest)| rest.to_owned());
                keys.extend(short);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        let more = keys.len() > limit;
        keys.truncate(limit);
        let next = more.then(|| keys.last().cloned()).flatten();
        let mut lines = Vec::new();
        for key in keys {
            let Some(id) = key.split_once('/').and_then(|(_, id)| id.parse().ok()) else {
                continue;
            };
            if let Some((document, _)) = self.case_document(&id).await?
                && self.sees_case(actor, &id, &document).await?
            {
                lines.push(self.case_line(actor, &id, &document).await?);
            }
        }
        Ok((lines, next))
    }

    /// One case. Opening it enters one consultation of each record it shows.
    pub async fn case(&self, actor: &Actor, id: &CaseId) -> Result<CaseView, Error> {
        self.project().await?;
        let absent = || Error::not_found("case", id);
        let (document, _) = self.case_document(id).await?.ok_or_else(absent)?;
        if !self.sees_case(actor, id, &document).await? {
            return Err(absent());
        }
        let mut records = Vec::new();
        for line in document.case.lines() {
            let record = self.case_record(actor, &document, line).await?;
            // What is beyond need-to-know is not told apart from what does not exist.
            let beyond = Rule::NeedToKnow.code();
            if !record.content.as_ref().is_err_and(|code| code == beyond) {
                records.push(record);
            }
        }
        self.enter_case(actor, &document, &records).await?;
        let named = self.readers(id).await?.named;
        Ok(CaseView {
            line: self.case_line(actor, id, &document).await?,
            channel: document.channel.clone(),
            units: document.units.clone(),
            named: named.map(|named| named.into_iter().collect()),
            records,
            due: self.due(&document).await?,
        })
    }

    async fn enter_case(
        &self,
        actor: &Actor,
        document: &CaseDocument,
        records: &[CaseRecord],
    ) -> Result<(), Error> {
        let shown = records.iter().filter(|record| record.content.is_ok());
        let id = &document.case.id;
        let act = passerelle_model::Act {
            channel: Some(document.channel.clone()),
            purpose: Some(document.purpose.clone()),
            count: Some(shown.clone().count() as u64),
            ..self.record_act(
                passerelle_model::Deed::Consult,
                actor,
                &id.party,
                &id.record,
            )
        };
        self.enter(act).await?;
        if tells_read(actor.roles()) {
            for record in shown.filter(|record| !record.ours && !record.erased) {
                self.mark_read(&record.party, &record.record).await?;
            }
        }
        Ok(())
    }

    async fn case_record(
        &self,
        actor: &Actor,
        document: &CaseDocument,
        line: &Line,
    ) -> Result<CaseRecord, Error> {
        let (party, id) = (&line.party, &line.record);
        let shown = self.show(Some(party), id).await?;
        let mut conditions = None;
        let mut restricted = false;
        let content = match shown.content {
            None => Err("E_ERASED".to_owned()),
            Some(record) => {
                restricted = self.restriction(&record).await?.is_some();
                match self.judged_for(actor, &record, Way::open(None)).await? {
                    Ok(()) => Ok(Box::new(CaseContent {
                        record,
                        files: shown.files,
                    })),
                    Err(rule) => {
                        if rule == Rule::ConditionsUnread {
                            conditions = Some(record.markings);
                        }
                        Err(rule.code().to_owned())
                    }
                }
            }
        };
        Ok(CaseRecord {
            party: party.clone(),
            record: *id,
            ours: *party == self.party,
            kind: line.kind,
            time: line.time,
            reason: line.reason,
            recalled: document.case.is_recalled(line),
            erased: shown.line.erased,
            restricted,
            content,
            conditions,
            deliveries: shown.line.deliveries,
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
        let held = self.readers(id).await?.named;
        may_keep_to_named(&reader(actor), &document.units(), held.as_ref())
            .map_err(|_| absent())?;
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
                let (kept, _) = self.kept_of(&line.party, &line.record).await?;
                let mut found = self.words_of(&place, &record, &kept).await?;
                if !found.tokens.is_empty() {
                    let units = super::units_of(&record, &self.party);
                    found.tokens = self.tokens_of(&record, &units, readers.named.as_ref());
                }
                words.push(found);
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
        let directory = self.directory();
        let opens = |(unit, class): &(UnitId, Code)| {
            let decided = directory.decided().get(class);
            actor.units().contains(unit) && opens_class(actor.roles(), unit, decided)
        };
        if !document.classes.iter().flatten().any(opens) {
            return Ok(false);
        }
        let named = self.readers(id).await?.named;
        Ok(may_see_case(&reader(actor), &document.units(), named.as_ref()).is_ok())
    }

    async fn case_line(
        &self,
        actor: &Actor,
        id: &CaseId,
        document: &CaseDocument,
    ) -> Result<CaseLine, Error> {
        let case = &document.case;
        let mut parties: Vec<PartyId> = case
            .lines()
            .iter()
            .flat_map(|line| line.to.iter().chain(std::iter::once(&line.party)))
            .filter(|party| **party != self.party)
            .cloned()
            .collect();
        parties.sort_unstable();
        parties.dedup();
        Ok(CaseLine {
            subject: self.subject(actor, &id.party, &id.record).await?,
            id: id.clone(),
            stage: case.stage(),
            urgency: case.urgency(),
            parties,
            records: case.lines().len(),
            changed: case.changed(),
            ours_to_do: case.waits().iter().any(|wait| wait.on == self.party),
            standing: self.latest_standing(document).await?,
        })
    }

    /// Where our latest record of a case stands.
    async fn latest_standing(&self, document: &CaseDocument) -> Result<Option<Delivery>, Error> {
        let lines = document.case.lines().iter().rev();
        let ours = lines.filter(|line| line.party == self.party);
        match ours
            .filter_map(|line| Some((line, line.to.first()?)))
            .next()
        {
            Some((line, party)) => self.standing_with(&line.record, party).await,
            None => Ok(None),
        }
    }

    async fn due(&self, document: &CaseDocument) -> Result<Vec<DueView>, Error> {
        let mut due = Vec::new();
        for wait in document.case.waits() {
            let line = document
                .case
                .lines()
                .iter()
                .find(|line| (&line.party, &line.record) == (&wait.about.0, &wait.about.1));
            let clock = match (wait.need, wait.urgency, line) {
                (Need::Answer, Some(urgency), Some(line)) => {
                    let start = self.taken_in(line).await?.unwrap_or(line.time);
                    let deadlines = self.deadlines(&document.channel);
                    Some(clock(&deadlines, urgency, start, self.now()))
                }
                _ => None,
            };
            due.push(DueView {
                ours: wait.on == self.party,
                on: wait.on,
                need: wait.need,
                about: wait.about,
                clock,
            });
        }
        Ok(due)
    }

    /// When the receiving side took a record in, by its own clock.
    pub(crate) async fn taken_in(&self, line: &Line) -> Result<Option<UtcTime>, Error> {
        let Ok(place) = self.place(Some(&line.party), &line.record).await else {
            return Ok(None);
        };
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range).await?;
        let accepted = rows.iter().find(|row| row.said == "accepted");
        Ok(accepted.map(|row| row.time))
    }

    /// The subject of a record, for those who may open it.
    pub(crate) async fn subject(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<Option<String>, Error> {
        let record = match self.locate(Some(party), id).await {
            Ok((_, record)) => record,
            Err(Error::Erased(_) | Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let seen = match self.judged_for(actor, &record, Way::open(None)).await? {
            Ok(()) | Err(Rule::ConditionsUnread) => Some(record.subject.to_string()),
            Err(_) => None,
        };
        Ok(seen)
    }
}
