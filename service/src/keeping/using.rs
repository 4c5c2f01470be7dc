//! How a partner's record was used (G26): an officer reports it, the originator learns it by a
//! signed statement, and what names a capital charge or ill-treatment freezes the record on both
//! sides until the data-protection officer of each has written what was done.

use passerelle_model::{
    Act, By, Day, Deed, OfficerId, PartyId, Reason, Record, RecordId, Said, Side, StableCode,
    UtcTime,
};
use passerelle_rules::handling::{UseReport, may_report, may_thaw, not_frozen, settled};
use passerelle_rules::retention::erasure_due;
use passerelle_rules::{Refusal, Rule, may_handle, may_program_see};
use passerelle_store::{Commit, EntryRef, Put};
use serde::{Deserialize, Serialize};

use super::room::SECTION;
use super::{Decided, DueRecord, Kept, List, ToKeep, changed};
use crate::cases::reader;
use crate::stating::USED;
use crate::view::Finding;
use crate::{Actor, Error, Node};

/// A report that freezes a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Frozen {
    /// Who reported it: this party or a partner.
    pub(crate) party: PartyId,
    /// What, such as `E_USE_CAPITAL_CHARGE`.
    pub(crate) code: StableCode,
    /// When, by that side's clock.
    pub(crate) at: UtcTime,
    /// Who of our people, and in which words.
    pub(crate) said: Option<Decided>,
    /// What our data-protection officer wrote of it.
    pub(crate) written: Option<Decided>,
}

/// A report of use, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseView {
    /// Who reported it.
    pub party: PartyId,
    /// What, such as `E_USE_CAPITAL_CHARGE`.
    pub code: StableCode,
    /// When.
    pub at: UtcTime,
    /// Who of our people, and in which words; partners learn neither.
    pub said: Option<Decided>,
    /// What our data-protection officer wrote of it.
    pub written: Option<Decided>,
}

/// A frozen record that waits for our data-protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrozenRecord {
    /// Where it stands in its list.
    pub row: DueRecord,
    /// What was reported.
    pub reports: Vec<UseView>,
}

impl Frozen {
    pub(crate) fn by_partner(party: &PartyId, report: UseReport, at: UtcTime) -> Self {
        Self {
            party: party.clone(),
            code: StableCode::of(report.code()),
            at,
            said: None,
            written: None,
        }
    }

    fn report(&self) -> (UseReport, bool) {
        let report = UseReport::of_code(self.code.as_str());
        (report, self.written.is_some())
    }

    fn view(self) -> UseView {
        let (party, code, at) = (self.party, self.code, self.at);
        let (said, written) = (self.said, self.written);
        UseView {
            party,
            code,
            at,
            said,
            written,
        }
    }
}

impl Kept {
    /// Whether our data-protection officer has dealt with everything that was reported.
    pub(crate) fn settled(&self) -> Result<(), Refusal> {
        settled(self.frozen.iter().map(Frozen::report))
    }

    /// The day under which it stands in the list of what is frozen.
    pub(crate) fn frozen_since(&self) -> Option<Day> {
        self.frozen.first().map(|first| first.at.day())
    }

    /// A stated use, with what is held of it here.
    fn use_of(&self, party: PartyId, code: StableCode, at: UtcTime) -> UseView {
        let mut frozen = self.frozen.iter();
        let held = frozen.find(|one| one.party == party && one.code == code);
        UseView {
            said: held.and_then(|held| held.said.clone()),
            written: held.and_then(|held| held.written.clone()),
            party,
            code,
            at,
        }
    }

    pub(super) fn uses(&self) -> Vec<UseView> {
        self.frozen.iter().cloned().map(Frozen::view).collect()
    }

    /// Refuses where a frozen record would be used again too early.
    pub(super) fn may_thaw(&self, actor: &Actor) -> Result<(), Refusal> {
        let reports: Vec<UseReport> = self.frozen.iter().map(|one| one.report().0).collect();
        match not_frozen(&reports) {
            Ok(()) => Ok(()),
            Err(_) => may_thaw(actor.roles(), self.frozen.iter().map(Frozen::report)),
        }
    }
}

/// Freezes a record: the same report of the same party stands once, and waits again where it was
/// dealt with before. Gives its place in the list of what waits.
pub(crate) fn freeze(
    kept: &mut Kept,
    (party, record): (&PartyId, &RecordId),
    report: Frozen,
) -> Put {
    let reported = report.at.day();
    let same = |held: &&mut Frozen| held.party == report.party && held.code == report.code;
    match kept.frozen.iter_mut().find(same) {
        // The first day stands: it is the key of the list.
        Some(held) if held.written.is_some() => {
            (held.said, held.written) = (report.said, None);
        }
        Some(_) => {}
        None => kept.frozen.push(report),
    }
    let day = kept.frozen_since().unwrap_or(reported);
    List::Frozen.add(day, party, record)
}

impl Node {
    /// Reports how a partner's record was used: stated to its originator and entered. What
    /// freezes the record does so at once; the words stay here.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see it or may not report; `E_RESTRICTED` where it is
    /// restricted, for an officer; `E_CONDITIONS_UNACK`; `E_USE_OWN` for a record of ours.
    pub async fn report_use(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        report: UseReport,
        why: Reason,
    ) -> Result<(), Error> {
        let way = crate::cases::Way::open(Some(&why));
        let (place, record) = self.opened_by(actor, party, id, way).await?;
        self.reports(actor, (party, id), &record).await?;
        let act = self.record_act(Deed::ReportUse, actor, party, id);
        let said = self.decided(actor, &why);
        self.reported((place, record), report, said, act).await
    }

    /// [`Node::report_use`] by a program, in the name of an officer that it gives.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for what is not here, belongs to a joint group or is kept to named persons;
    /// `E_RESTRICTED`, entered,
    /// where it is restricted; `E_ERASED`; `E_USE_OWN` for a record of ours; `E_USE_UNKNOWN` for
    /// a report that nobody makes.
    pub async fn report_use_by(
        &self,
        (party, id): (&PartyId, &RecordId),
        report: UseReport,
        (officer, why): (OfficerId, Reason),
        by: By,
    ) -> Result<(), Error> {
        if !UseReport::MADE.contains(&report) {
            return Err(Error::state("E_USE_UNKNOWN", "there is no such report"));
        }
        let (place, record) = self.locate(Some(party), id).await?;
        self.of_a_partner((party, id), &record)?;
        self.program_sees(party, id).await?;
        let object = passerelle_model::Object::Record {
            party: party.clone(),
            record: *id,
        };
        let act = Act::new(Deed::ReportUse, self.now(), by, object);
        let judged = self.unrestricted(&record).await;
        self.allowed(judged, &act).await?;
        let said = Decided {
            by: officer,
            at: self.now(),
            why,
        };
        self.reported((place, record), report, said, act).await
    }

    async fn reported(
        &self,
        (place, record): (EntryRef, Record),
        report: UseReport,
        said: Decided,
        mut act: Act,
    ) -> Result<(), Error> {
        let (party, id) = (&record.from, &record.id);
        let link = self.link_of(&place.journal);
        let _still = match &link {
            Some(link) => Some(link.held.lock().await),
            None => None,
        };
        // Of content that went meanwhile there is nothing to freeze.
        if self.place(Some(party), id).await?.erased {
            return Err(Error::Erased(*id));
        }
        let (mut kept, version) = self.kept_of(party, id).await?;
        let code = StableCode::of(report.code());
        let why = said.why.clone();
        act.codes = vec![code.clone()];
        let mut commit = Commit::default();
        if report.freezes() {
            let mut frozen = Frozen::by_partner(&self.party, report, self.now());
            frozen.said = Some(said);
            commit.puts.push(freeze(&mut kept, (party, id), frozen));
            commit
                .puts
                .push(self.kept_put((party, id), &kept, version)?);
            commit
                .words
                .push(self.words_of(&place, &record, &kept).await?);
            act.codes.push(StableCode::of(Rule::Frozen.code()));
        }
        let journal = place.journal.clone();
        let said = Said::UseReported { code };
        let said = self.about_places(&journal, &[place], &said).await?;
        let acts = vec![act.because(Some(why))];
        let done = self
            .commit_with_statements(party, &journal.channel, commit, said, acts)
            .await;
        match done {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => return Err(changed()),
            other => other.map(drop)?,
        }
        self.wake(Some(party));
        Ok(())
    }

    /// Whether this person reports how this record was used.
    async fn reports(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        record: &Record,
    ) -> Result<(), Error> {
        let absent = |_| Error::not_found("record", id);
        let named = self.named_readers(party, id).await?;
        let units = self.units_concerned(record);
        may_report(&reader(actor), &units, named.as_ref()).map_err(absent)?;
        self.of_a_partner((party, id), record)
    }

    /// Whether a program learns anything of this record.
    async fn program_sees(&self, party: &PartyId, id: &RecordId) -> Result<(), Error> {
        // What belongs to a case that is kept to named persons is so from its arrival on.
        self.project().await?;
        let named = self.named_readers(party, id).await?;
        may_program_see(named.as_ref()).map_err(|_| Error::not_found("record", id))
    }

    /// A use is reported of a partner's record about a case.
    fn of_a_partner(
        &self,
        (party, id): (&PartyId, &RecordId),
        record: &Record,
    ) -> Result<(), Error> {
        if self.directory().side(&record.channel) != Side::Cases {
            return Err(Error::not_found("record", id));
        }
        match *party == self.party {
            true => Err(Error::state(
                "E_USE_OWN",
                "of a record of ours its recipients report how it was used",
            )),
            false => Ok(()),
        }
    }

    /// How a record was used, as it was stated to its originator, the first report first; entered
    /// as looked at by `by`. What was said of it here, and what was done, stands beside it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for what is not here, belongs to a joint group or is kept to named persons.
    pub async fn uses_by(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
        by: By,
    ) -> Result<Vec<UseView>, Error> {
        let place = self.place(from, id).await?;
        if self.directory().side(&place.journal.channel) != Side::Cases {
            return Err(Error::not_found("record", id));
        }
        self.program_sees(&place.journal.party, id).await?;
        let party = self.enter_on_record(Deed::Consult, from, id, by).await?;
        let (kept, _) = self.kept_of(&party, id).await?;
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range).await?;
        let rows = rows.into_iter().filter(|row| row.said == USED);
        let mut uses: Vec<UseView> = rows
            .filter_map(|row| Some(kept.use_of(row.by, row.code?.parse().ok()?, row.time)))
            .collect();
        uses.sort_by_key(|one| one.at);
        Ok(uses)
    }

    /// Writes what was done about every report of use that waits on this record. It stays frozen
    /// until the restriction is lifted; an erasure that waited for this is carried out.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer; `E_NOT_FROZEN` where nothing
    /// waits; `E_KEEPING_CHANGED`.
    pub async fn settle_use(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        done: Reason,
    ) -> Result<(), Error> {
        may_handle(actor.roles()).map_err(|_| Error::not_found("record", id))?;
        let (mut kept, version) = self.kept_of(party, id).await?;
        let Some(since) = kept.frozen_since().filter(|_| kept.settled().is_err()) else {
            self.locate(Some(party), id).await?;
            return Err(Error::state("E_NOT_FROZEN", "no report of use waits here"));
        };
        let found = self.locate(Some(party), id).await;
        let mut act = self.record_act(Deed::ReportUse, actor, party, id);
        act.codes = vec![StableCode::of(Rule::Frozen.code())];
        let act = act.because(Some(done.clone()));
        let lists = vec![List::Frozen.take(since, party, id)];
        let (place, record) = match found {
            // A report that arrived while its record went: nothing of it is kept.
            Err(Error::Erased(_)) => {
                return self.settle_gone((party, id), version, lists, act).await;
            }
            other => other?,
        };
        let written = self.decided(actor, &done);
        for report in &mut kept.frozen {
            report.written.get_or_insert_with(|| written.clone());
        }
        let to = ToKeep {
            place,
            record,
            kept: kept.clone(),
            version,
        };
        self.decide(&to, &kept, lists, act).await?;
        self.erase_what_waited(to).await
    }

    async fn settle_gone(
        &self,
        name: (&PartyId, &RecordId),
        version: u64,
        lists: Vec<Put>,
        act: Act,
    ) -> Result<(), Error> {
        let mut puts = lists;
        puts.push(self.kept_put(name, &Kept::default(), version)?);
        let commit = Commit {
            puts,
            ..Commit::default()
        };
        match self.commit_with_acts(commit, vec![act]).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(changed()),
            other => other.map(drop),
        }
    }

    async fn erase_what_waited(&self, mut to: ToKeep) -> Result<(), Error> {
        let today = self.now().day();
        // As it is after that decision.
        (to.kept, to.version) = self.kept_of(&to.record.from, &to.record.id).await?;
        let goes = to.kept.refused.is_some() || erasure_due(to.record.erasure, today);
        if !goes || to.kept.may_erase(today).is_err() {
            return Ok(());
        }
        let journal = to.place.journal.clone();
        let act = Act {
            channel: Some(journal.channel.clone()),
            ..self.about_all(Deed::Erase, &to.record.from, &[to.record.id])
        };
        self.destroy(&journal, vec![to.going()], vec![act]).await
    }

    /// Frozen records that wait for the data-protection officer, the oldest first. Days and
    /// identifiers only.
    ///
    /// # Errors
    /// `E_STORE` and the like.
    pub async fn frozen(&self, limit: usize) -> Result<Vec<DueRecord>, Error> {
        self.listed(List::Frozen, None, None, limit).await
    }

    /// What the doctor says of them.
    pub(crate) async fn check_frozen(&self) -> Finding {
        match self.frozen(SECTION).await {
            Ok(rows) => match rows.first() {
                None => crate::doctor::good("duties", "no reported use waits"),
                Some(first) => crate::doctor::owed(
                    Rule::Frozen.code(),
                    format!(
                        "{} frozen, first {} {}",
                        rows.len(),
                        first.party,
                        first.record
                    ),
                    "the data-protection officer writes what was done",
                ),
            },
            Err(error) => crate::doctor::failed("duties", &error),
        }
    }

    /// Frozen records that wait for the data-protection officer, the oldest first.
    pub(super) async fn frozen_records(&self) -> Result<Vec<FrozenRecord>, Error> {
        let mut found = Vec::new();
        for row in self.listed(List::Frozen, None, None, SECTION).await? {
            let (kept, _) = self.kept_of(&row.party, &row.record).await?;
            let reports = kept.uses();
            found.push(FrozenRecord { row, reports });
        }
        Ok(found)
    }
}
