//! Opening a record or a case for a person: the rules, then the register, then the content.

use std::collections::BTreeSet;

use passerelle_cases::CaseId;
use passerelle_model::{
    Act, Deed, Object, OfficerId, Outlet, PartyId, Permission, Reason, Record, RecordId, Side,
    UnitId, UtcTime,
};
use passerelle_rules::{Asked, Opening, Reader, Rule, may_open, tells_read};
use passerelle_store::{EntryRef, Put};

use super::units_of;
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// How a person wants to open something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) asked: Asked,
    pub(crate) why: Option<&'a Reason>,
    /// Where a copy goes.
    pub(crate) outlet: Outlet,
}

impl<'a> Way<'a> {
    /// To open it on a screen.
    pub(crate) fn open(why: Option<&'a Reason>) -> Self {
        Self {
            asked: Asked::Open,
            why,
            outlet: Outlet::Own,
        }
    }
}

/// What the rules ask about a record beside what it says itself.
#[derive(Debug, Default)]
pub(super) struct Circumstances {
    /// Named persons, where its case is kept to them.
    pub(super) named: Option<BTreeSet<OfficerId>>,
    /// Whether it is restricted.
    pub(super) restricted: bool,
    /// Whether this reader accepted its conditions.
    pub(super) accepted: bool,
    /// Its provider's permissions on file: asked for by exports only.
    pub(super) permissions: Vec<Permission>,
    /// Whether this reader broke the glass over it, and that lasts.
    pub(super) glass: bool,
}

impl Node {
    /// A record that this person may open now. Nothing is entered: the caller says what it
    /// was opened for.
    pub(crate) async fn opened_for(
        &self,
        actor: &Actor,
        party: &PartyId,
        record: &RecordId,
    ) -> Result<(EntryRef, Record), Error> {
        self.opened_by(actor, party, record, Way::open(None)).await
    }

    pub(crate) async fn opened_by(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
        way: Way<'_>,
    ) -> Result<(EntryRef, Record), Error> {
        // What belongs to a case that is kept to named persons is so from its arrival on.
        self.project().await?;
        let (place, record) = match self.locate(Some(party), id).await {
            Ok(found) => found,
            Err(Error::Erased(id)) => return Err(self.erased_for(actor, party, id).await),
            Err(error) => return Err(error),
        };
        match self.judge_opening(actor, &record, way).await? {
            Ok(_) => Ok((place, record)),
            // What is beyond need-to-know is not told apart from what does not exist.
            Err(refusal) if refusal.rule == Rule::NeedToKnow => Err(Error::not_found("record", id)),
            Err(refusal) => {
                let error = Error::Refused(vec![refusal]);
                let act = self.record_act(Deed::Consult, actor, party, id);
                self.enter_refused(act, &error).await?;
                Err(error)
            }
        }
    }

    /// That a record was erased is told to those who could open its case.
    async fn erased_for(&self, actor: &Actor, party: &PartyId, id: RecordId) -> Error {
        let absent = Error::not_found("record", id);
        let Ok(Some((party, record))) = self.case_of(party, &id).await else {
            return absent;
        };
        let case = CaseId { party, record };
        let Ok(Some((document, _))) = self.case_document(&case).await else {
            return absent;
        };
        match self.sees_case(actor, &case, &document).await {
            Ok(true) => Error::Erased(id),
            _ => absent,
        }
    }

    /// What the rules say of opening `record` under these circumstances.
    pub(super) fn judge_under(
        &self,
        actor: &Actor,
        record: &Record,
        way: Way<'_>,
        around: &Circumstances,
    ) -> Result<passerelle_rules::Allowed, passerelle_rules::Refusal> {
        let directory = self.directory();
        let side = directory.side(&record.channel);
        let units = self.units_concerned(record);
        let opening = Opening {
            units: &units,
            named: around.named.as_ref(),
            restricted: around.restricted,
            markings: Some(&record.markings),
            conditions_accepted: around.accepted,
            ours: record.from == self.party,
            why: way.why,
            outlet: way.outlet,
            permissions: Some((record.id, &around.permissions)),
            class: directory.decided().get(&record.class),
            side,
            glass: around.glass,
        };
        may_open(&reader(actor), way.asked, &opening)
    }

    /// Units of ours that a record concerns: of the joint group all that take part in it.
    pub(crate) fn units_concerned(&self, record: &Record) -> BTreeSet<UnitId> {
        let directory = self.directory();
        match directory.side(&record.channel) {
            Side::Cases => units_of(record, &self.party),
            Side::Group => directory.group_units(record),
        }
    }

    async fn judge_opening(
        &self,
        actor: &Actor,
        record: &Record,
        way: Way<'_>,
    ) -> Result<Result<passerelle_rules::Allowed, passerelle_rules::Refusal>, Error> {
        let name = (&record.from, &record.id);
        let around = Circumstances {
            named: self.named_readers(&record.from, &record.id).await?,
            restricted: self.restriction(record).await?.is_some(),
            accepted: self.has_accepted(actor, record).await?,
            permissions: match way.asked {
                Asked::Export => self.permissions(&record.from, &record.id).await?,
                Asked::Open | Asked::Write => Vec::new(),
            },
            glass: way.asked == Asked::Open && self.has_broken_glass(actor, name).await?,
        };
        Ok(self.judge_under(actor, record, way, &around))
    }

    /// What the rules say of opening a record that was read already.
    pub(crate) async fn judged_for(
        &self,
        actor: &Actor,
        record: &Record,
        way: Way<'_>,
    ) -> Result<Result<(), Rule>, Error> {
        let judged = self.judge_opening(actor, record, way).await?;
        Ok(judged.map(|_| ()).map_err(|refusal| refusal.rule))
    }

    /// Opens a record on a screen: entered first, then shown; the sender is told that it was
    /// read.
    pub async fn consult(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
        why: Option<&Reason>,
    ) -> Result<crate::view::Shown, Error> {
        let (_, record) = self.opened_by(actor, party, id, Way::open(why)).await?;
        let act = Act {
            channel: Some(record.channel.clone()),
            purpose: Some(record.purpose.clone()),
            ..self.record_act(Deed::Consult, actor, party, id)
        };
        self.enter(act.because(why.cloned())).await?;
        if *party != self.party && tells_read(actor.roles()) {
            self.mark_read(party, id).await?;
        }
        self.show(Some(party), id).await
    }

    /// The person accepts the conditions a partner attached to a record.
    pub async fn accept_conditions(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<(), Error> {
        self.project().await?;
        let (_, record) = match self.locate(Some(party), id).await {
            Err(Error::Erased(id)) => return Err(self.erased_for(actor, party, id).await),
            other => other?,
        };
        match self.judged_for(actor, &record, Way::open(None)).await? {
            Ok(()) | Err(Rule::ConditionsUnread) => {}
            Err(_) => return Err(Error::not_found("record", id)),
        }
        let why = "conditions accepted".parse().ok();
        let act = self.record_act(Deed::Consult, actor, party, id);
        self.enter(act.because(why)).await?;
        let put = accepted_put(actor, (party, id), self.now());
        self.store.put(vec![put]).await?;
        Ok(())
    }

    async fn has_accepted(&self, actor: &Actor, record: &Record) -> Result<bool, Error> {
        // By its whole name: officer o-1 is not officer o-17.
        let key = accepted_key(actor, &record.from, &record.id);
        Ok(self.document(Shelf::READERS, key).await?.is_some())
    }

    /// Takes a copy out of the node into a file of our own: an attachment, a receipt, a print.
    pub async fn export_for(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<(), Error> {
        self.export_to(actor, party, id, Outlet::Own).await
    }

    /// The same for another way out. The register says which.
    pub async fn export_to(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
        outlet: Outlet,
    ) -> Result<(), Error> {
        let way = Way {
            asked: Asked::Export,
            why: None,
            outlet,
        };
        self.opened_by(actor, party, id, way).await?;
        let act = self.record_act(Deed::Export, actor, party, id);
        let to = outlet.as_str().parse().ok();
        self.enter(act.because(to)).await.map(|_| ())
    }

    pub(crate) fn record_act(
        &self,
        deed: Deed,
        actor: &Actor,
        party: &PartyId,
        record: &RecordId,
    ) -> Act {
        let object = Object::Record {
            party: party.clone(),
            record: *record,
        };
        Act::new(deed, self.now(), actor.by(), object)
    }
}

pub(crate) fn reader(actor: &Actor) -> Reader<'_> {
    Reader {
        officer: actor.officer(),
        units: actor.units(),
        roles: actor.roles(),
    }
}

/// The note that a person accepted the conditions of a record.
pub(crate) fn accepted_put(
    actor: &Actor,
    (party, record): (&PartyId, &RecordId),
    at: UtcTime,
) -> Put {
    Put {
        kind: Shelf::READERS,
        key: accepted_key(actor, party, record),
        bytes: Some(at.millis().to_be_bytes().to_vec()),
        expected: None,
    }
}

pub(super) fn accepted_key(actor: &Actor, party: &PartyId, record: &RecordId) -> String {
    format!("accepted/{party}/{record}/{}", actor.officer())
}
