//! One case with both sides' records, page by page, and who may know of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use passerelle_cases::{CaseId, Circle, Clock, Line, Need, clock};
use passerelle_model::{
    ChannelId, Code, Handling, Kind, Markings, Name, OfficerId, PartyId, Reason, Record, RecordId,
    RefusalReason, Side, Tlp, UnitId, UtcTime,
};
use passerelle_rules::second_person::breaks;
use passerelle_rules::{Rule, may_keep_to_named, may_see_case, opens_class, tells_read};
use passerelle_store::{Commit, Journal, StatementRow};
use serde::Serialize;

use super::listing::{CaseLine, line_of};
use super::opening::reader;
use super::paging::{CASE_PAGE, CasePlace, answers, answers_elsewhere};
use super::peeking::Peeked;
use super::{CaseDocument, Readers};
use crate::directory::Shelf;
use crate::stating::About;
use crate::view::{Delivery, FileState};
use crate::{Actor, Error, Node};

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
    /// Answers and refusals to requests of ours on this page, wherever they stand, as far as
    /// this reader may know of them: whose and when; for screens.
    #[serde(skip)]
    pub answers: Vec<(PartyId, UtcTime)>,
    /// Where the page with earlier records ends, where there are any.
    pub earlier: Option<usize>,
    /// Where the page with later records ends, where there are any.
    pub later: Option<usize>,
}

/// What a page of a case consists of.
#[derive(Default)]
struct CasePage {
    records: Vec<CaseRecord>,
    /// What is to be stated about them.
    unread: Vec<(Journal, About)>,
    /// Answers and refusals among them.
    answers: Vec<(PartyId, UtcTime)>,
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
        let lines = self.lines_for(actor, document.case.lines());
        let range = place.range(&lines);
        let shown = lines.get(range.clone()).unwrap_or_default();
        let names = shown.iter().map(|line| (line.party.clone(), line.record));
        let elsewhere = answers_elsewhere(&lines, &range, &self.party);
        let root = (id.party.clone(), id.record);
        let asked = names.chain(elsewhere).chain([root]).collect();
        let mut waits = document.case.waits();
        let mut listed = self.row_of(&document, &waits);
        self.narrow(actor, &mut listed);
        let known: BTreeSet<_> = lines
            .iter()
            .map(|line| (&line.party, &line.record))
            .collect();
        waits.retain(|wait| known.contains(&(&wait.about.0, &wait.about.1)));
        let (readers, peeked, standings, due) = tokio::join!(
            self.readers(id),
            self.peek(actor, asked, BTreeSet::from([id.clone()])),
            self.standings(listed.latest.iter().cloned().collect()),
            self.due(&document, waits),
        );
        let readers = readers?;
        // Before anything else is told of it, even that it is damaged.
        if !self.sees(actor, &document.all_classes(), readers.named.as_ref()) {
            return Err(absent());
        }
        let mut peeked = peeked?;
        let root = peeked.pop().flatten();
        let elsewhere = peeked.split_off(shown.len());
        let page = self.case_page(actor, &document, shown.iter().zip(peeked))?;
        self.enter_case(actor, &document, &page.records, page.unread)
            .await?;
        let standing = standings?.into_values().next();
        let subject = root.and_then(|root| root.subject());
        let known = elsewhere.into_iter().flatten().filter(Peeked::is_known);
        let known = known.map(|peeked| peeked.held.place);
        let known = known.map(|place| (place.journal.party, place.time));
        let named = readers.named;
        Ok(CaseView {
            line: line_of(id.clone(), listed, subject, standing),
            channel: document.channel.clone(),
            units: document.units.clone(),
            named: named.map(|named| named.into_iter().collect()),
            answers: page.answers.into_iter().chain(known).collect(),
            records: page.records,
            due: due?,
            earlier: (range.start > 0).then_some(range.start),
            later: (range.end < lines.len()).then(|| lines.len().min(range.end + CASE_PAGE)),
        })
    }

    /// What a page shows of these lines, to this person.
    fn case_page<'a>(
        &self,
        actor: &Actor,
        document: &CaseDocument,
        shown: impl Iterator<Item = (&'a Line, Option<Peeked>)>,
    ) -> Result<CasePage, Error> {
        let recalled = document.case.recalled();
        let mut page = CasePage::default();
        for (line, peeked) in shown {
            let peeked = peeked.ok_or_else(|| Error::not_found("record", line.record))?;
            // What is beyond need-to-know is not told apart from what does not exist; what is
            // erased says itself no more whom it concerned.
            let erased = peeked.record.is_none();
            if !peeked.is_known() || (erased && !self.in_circle(actor, line.circle.as_ref())) {
                continue;
            }
            page.unread.extend(self.unread_by(actor, &peeked));
            if answers(line.kind) {
                page.answers.push((line.party.clone(), line.time));
            }
            let recalled = recalled.contains(&(&line.party, &line.record));
            page.records.push(self.case_record(line, peeked, recalled)?);
        }
        Ok(page)
    }

    /// Enters that a page of a case was shown. What is stated about it goes into the same
    /// step, as far as it goes to one partner in one channel; to others it goes after it.
    async fn enter_case(
        &self,
        actor: &Actor,
        document: &CaseDocument,
        records: &[CaseRecord],
        unread: Vec<(Journal, About)>,
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
        let mut read: BTreeMap<Journal, Vec<About>> = BTreeMap::new();
        for (journal, about) in unread {
            read.entry(journal).or_default().push(about);
        }
        if read.is_empty() {
            return self.enter(act).await.map(drop);
        }
        let mut act = Some(act);
        for (Journal { party, channel }, said) in read {
            let (commit, acts) = (Commit::default(), act.take().into_iter().collect());
            self.commit_with_statements(&party, &channel, commit, said, acts)
                .await?;
            self.wake(Some(&party));
        }
        Ok(())
    }

    /// What is to be stated to the sender, where an officer opens its record for the first
    /// time.
    fn unread_by(&self, actor: &Actor, peeked: &Peeked) -> Option<(Journal, About)> {
        let place = &peeked.held.place;
        let opened = peeked.record.is_some() && peeked.opens.is_ok();
        let theirs = place.journal.party != self.party;
        let said = |row: &StatementRow| row.by == self.party && row.said == "read";
        let fresh = !peeked.held.statements.iter().any(said);
        (tells_read(actor.roles()) && opened && theirs && fresh).then(|| {
            let about = About {
                index: place.index,
                commitment: peeked.held.entry.commitment,
                record: Some(place.record),
                said: passerelle_model::Said::Read,
            };
            (place.journal.clone(), about)
        })
    }

    fn case_record(
        &self,
        line: &Line,
        peeked: Peeked,
        recalled: bool,
    ) -> Result<CaseRecord, Error> {
        let (held, mut conditions) = (peeked.held, None);
        let deliveries = self.delivered(&held, peeked.record.as_ref(), &line.to, peeked.recalled);
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
        let held = self.readers(id).await?.named;
        may_keep_to_named(&reader(actor), &document.units(), held.as_ref())
            .map_err(|_| absent())?;
        let mut named: Option<std::collections::BTreeSet<OfficerId>> =
            named.map(|named| named.into_iter().collect());
        if let Some(named) = &mut named {
            named.insert(actor.officer().clone());
        }
        let act = self.record_act(passerelle_model::Deed::Alter, actor, &id.party, &id.record);
        let readers = Readers { named };
        // A reading of the journals would write words for those who read it before.
        let _no_reading_meanwhile = self.projecting.lock().await;
        let put = self.sealed_json_put(Shelf::READERS, id.to_string(), &readers, None)?;
        let commit = passerelle_store::Commit {
            puts: vec![put],
            words: self.words_for(&document, &readers).await?,
            ..passerelle_store::Commit::default()
        };
        let acts = vec![act.because(Some(why))];
        self.commit_with_acts(commit, acts).await.map(drop)
    }

    /// What the records of a case are found by from now on.
    async fn words_for(
        &self,
        document: &CaseDocument,
        readers: &Readers,
    ) -> Result<Vec<passerelle_store::Words>, Error> {
        let mut words = Vec::new();
        for line in document.case.lines() {
            let (place, record) = match self.locate(Some(&line.party), &line.record).await {
                Ok(found) => found,
                Err(Error::Erased(_) | Error::NotFound { .. }) => continue,
                Err(error) if error.is_damage() => continue,
                Err(error) => return Err(error),
            };
            let (kept, _) = self.kept_of(&line.party, &line.record).await?;
            let mut found = self.words_of(&place, &record, &kept).await?;
            if !found.tokens.is_empty() {
                let units = super::units_of(&record, &self.party);
                found.tokens = self.tokens_of(&record, &units, readers.named.as_ref());
            }
            words.push(found);
        }
        Ok(words)
    }

    pub(crate) async fn sees_case(
        &self,
        actor: &Actor,
        id: &CaseId,
        document: &CaseDocument,
    ) -> Result<bool, Error> {
        let named = self.readers(id).await?.named;
        Ok(self.sees(actor, &document.all_classes(), named.as_ref()))
    }

    /// Whether somebody may know of a case with these data classes, by the units that they
    /// concern, which is kept to `named` where there are any.
    pub(super) fn sees(
        &self,
        actor: &Actor,
        classes: &BTreeSet<(UnitId, Code)>,
        named: Option<&BTreeSet<OfficerId>>,
    ) -> bool {
        let opens = |(unit, class): &(UnitId, Code)| self.opens_in(actor, unit, class);
        let units = classes.iter().map(|(unit, _)| unit.clone()).collect();
        classes.iter().any(opens) && may_see_case(&reader(actor), &units, named).is_ok()
    }

    /// Lines of a case that this person may know of. For whoever may open one beyond that, in an
    /// emergency or because it is restricted, the records themselves decide.
    fn lines_for<'a>(&self, actor: &Actor, lines: &'a [Line]) -> Cow<'a, [Line]> {
        let knows = |line: &Line| self.in_circle(actor, line.circle.as_ref());
        if breaks(actor.roles()) || lines.iter().all(knows) {
            return Cow::Borrowed(lines);
        }
        Cow::Owned(lines.iter().filter(|line| knows(line)).cloned().collect())
    }

    /// Whether somebody opens records of this circle; of one that was not written down, yes.
    pub(super) fn in_circle(&self, actor: &Actor, circle: Option<&Circle>) -> bool {
        let Some(circle) = circle else {
            return true;
        };
        let mut units = circle.units_of(&self.party);
        units.any(|unit| self.opens_in(actor, unit, &circle.class))
    }

    /// Whether somebody opens a class in a unit, which is theirs.
    fn opens_in(&self, actor: &Actor, unit: &UnitId, class: &Code) -> bool {
        let directory = self.directory();
        let decided = directory.decided().get(class);
        actor.units().contains(unit) && opens_class(actor.roles(), unit, decided, Side::Cases)
    }

    async fn due(
        &self,
        document: &CaseDocument,
        waits: Vec<passerelle_cases::Wait>,
    ) -> Result<Vec<DueView>, Error> {
        let clocked = waits.iter().filter(|wait| wait.need == Need::Answer);
        let asked = clocked.map(|wait| wait.about.clone());
        let taken = self.taken_in(asked.collect()).await?;
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
