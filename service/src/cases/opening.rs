//! Opening a record or a case for a person: the rules, then the register, then the content.

use passerelle_cases::CaseId;
use passerelle_model::{Act, Deed, Object, PartyId, Reason, Record, RecordId};
use passerelle_rules::{Asked, Opening, Reader, Rule, may_open};
use passerelle_store::{EntryRef, Put};

use super::units_of;
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// How a person wants to open something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) asked: Asked,
    pub(crate) why: Option<&'a Reason>,
}

/// What the rules ask about a record beside what it says itself.
pub(super) struct Circumstances {
    /// Named persons, where its case is kept to them.
    pub(super) named: Option<std::collections::BTreeSet<passerelle_model::OfficerId>>,
    /// Whether it is restricted.
    pub(super) restricted: bool,
    /// Whether this reader accepted its conditions.
    pub(super) accepted: bool,
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
        let way = Way {
            asked: Asked::Open,
            why: None,
        };
        self.opened_by(actor, party, record, way).await
    }

    pub(crate) async fn opened_by(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
        way: Way<'_>,
    ) -> Result<(EntryRef, Record), Error> {
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
        match self.case_document(&CaseId { party, record }).await {
            Ok(Some((document, _))) if !document.units().is_disjoint(actor.units()) => {
                Error::Erased(id)
            }
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
        let units = units_of(record, &self.party);
        let opening = Opening {
            units: &units,
            named: around.named.as_ref(),
            restricted: around.restricted,
            markings: Some(&record.markings),
            conditions_accepted: around.accepted,
            ours: record.from == self.party,
            why: way.why,
        };
        may_open(&reader(actor), way.asked, &opening)
    }

    async fn judge_opening(
        &self,
        actor: &Actor,
        record: &Record,
        way: Way<'_>,
    ) -> Result<Result<passerelle_rules::Allowed, passerelle_rules::Refusal>, Error> {
        let named = match self.case_of(&record.from, &record.id).await? {
            Some((party, record)) => self.readers(&CaseId { party, record }).await?.named,
            None => None,
        };
        let around = Circumstances {
            named,
            restricted: self.is_restricted(&record.from, &record.id).await?,
            accepted: self.has_accepted(actor, record).await?,
        };
        Ok(self.judge_under(actor, record, way, &around))
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
        let way = Way {
            asked: Asked::Open,
            why,
        };
        let (_, record) = self.opened_by(actor, party, id, way).await?;
        let act = Act {
            channel: Some(record.channel.clone()),
            purpose: Some(record.purpose.clone()),
            ..self.record_act(Deed::Consult, actor, party, id)
        };
        self.enter(act.because(why.cloned())).await?;
        if *party != self.party && actor.is(passerelle_model::Role::Officer) {
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
        let (_, record) = self.locate(Some(party), id).await?;
        if units_of(&record, &self.party).is_disjoint(actor.units()) {
            return Err(Error::not_found("record", id));
        }
        let why = "conditions accepted".parse().ok();
        let act = self.record_act(Deed::Consult, actor, party, id);
        self.enter(act.because(why)).await?;
        let put = Put {
            kind: Shelf::READERS,
            key: accepted_key(actor, party, id),
            bytes: Some(self.now().millis().to_be_bytes().to_vec()),
            expected: None,
        };
        self.store.put(vec![put]).await?;
        Ok(())
    }

    async fn has_accepted(&self, actor: &Actor, record: &Record) -> Result<bool, Error> {
        // By its whole name: officer o-1 is not officer o-17.
        let key = accepted_key(actor, &record.from, &record.id);
        Ok(self.document(Shelf::READERS, key).await?.is_some())
    }

    /// Takes a copy out of the node: an attachment, a receipt, a print.
    pub async fn export_for(
        &self,
        actor: &Actor,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<(), Error> {
        let way = Way {
            asked: Asked::Export,
            why: None,
        };
        self.opened_by(actor, party, id, way).await?;
        let act = self.record_act(Deed::Export, actor, party, id);
        self.enter(act).await.map(|_| ())
    }

    /// Restricts a record, or lifts that: visible as restricted, not searchable, and opened
    /// only with a new reason.
    pub async fn restrict(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        restricted: bool,
        why: Reason,
    ) -> Result<(), Error> {
        use passerelle_model::Role::{Approver, DataProtection};
        let (place, record) = self.locate(Some(party), id).await?;
        let concerned = !units_of(&record, &self.party).is_disjoint(actor.units());
        if !(actor.is(DataProtection) || (actor.is(Approver) && concerned)) {
            return Err(Error::not_found("record", id));
        }
        let deed = if restricted {
            Deed::Restrict
        } else {
            Deed::Lift
        };
        let act = self.record_act(deed, actor, party, id);
        self.enter(act.because(Some(why))).await?;
        let put = Put {
            kind: Shelf::RESTRICTED,
            key: format!("{party}/{id}"),
            bytes: restricted.then(|| actor.officer().as_str().as_bytes().to_vec()),
            expected: None,
        };
        let units = units_of(&record, &self.party);
        let tokens = match restricted {
            true => Vec::new(),
            false => self.tokens_of(&record, &units, None),
        };
        let words = passerelle_store::Words {
            journal: place.journal,
            index: place.index,
            tokens,
        };
        let commit = passerelle_store::Commit {
            puts: vec![put],
            words: vec![words],
            ..passerelle_store::Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    pub(crate) async fn is_restricted(
        &self,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<bool, Error> {
        let key = format!("{party}/{id}");
        Ok(!self
            .store
            .documents(Shelf::RESTRICTED, &key)
            .await?
            .is_empty())
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

pub(super) fn accepted_key(actor: &Actor, party: &PartyId, record: &RecordId) -> String {
    format!("accepted/{party}/{record}/{}", actor.officer())
}
