//! Records as lists and pages need them: many in one read, opened without verifying again what
//! this node verified when it took them in, each with what the rules say of opening it.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_cases::CaseId;
use passerelle_envelope::{Envelope, open_with};
use passerelle_journal::{Commitment, EnvelopeHash, Salt};
use passerelle_model::{PartyId, Record, RecordId, UtcTime};
use passerelle_rules::Rule;
use passerelle_store::{Document, Entry, Held, HeldRecord, MAX_RECORDS};

use super::Readers;
use super::opening::{Circumstances, Way, accepted_key};
use crate::directory::Shelf;
use crate::keeping::{Kept, kept_key};
use crate::records::delivery_of;
use crate::view::Delivery;
use crate::{Actor, Error, Node};

/// A record with what the rules say of it.
pub(crate) struct Peeked {
    /// What the store holds about it.
    pub(crate) held: HeldRecord,
    /// What was signed; none once it is erased.
    pub(crate) record: Option<Record>,
    /// The case it belongs to.
    pub(crate) case: Option<CaseId>,
    /// Whether it is restricted.
    pub(crate) restricted: bool,
    /// Whether a record of ours takes it back.
    pub(crate) recalled: bool,
    /// Whether this person may open it now.
    pub(crate) opens: Result<(), Rule>,
}

impl Peeked {
    /// Whether this person may know that it exists.
    pub(crate) fn is_known(&self) -> bool {
        self.opens != Err(Rule::NeedToKnow)
    }

    /// The record, for those who may know its subject: conditions are read before content,
    /// and the subject says of what.
    pub(crate) fn seen(&self) -> Option<&Record> {
        match self.opens {
            Ok(()) | Err(Rule::ConditionsUnread) => self.record.as_ref(),
            Err(_) => None,
        }
    }

    /// Its subject, for the same.
    pub(crate) fn subject(&self) -> Option<String> {
        self.seen().map(|record| record.subject.to_string())
    }

    /// Where it stands with `party`, where it is `own`.
    pub(crate) fn standing_with(&self, own: &PartyId, party: &PartyId) -> Option<Delivery> {
        let files = self.record.as_ref();
        let files = files.is_some_and(|record| !record.attachments.is_empty());
        let ours = self.held.place.journal.party == *own;
        ours.then(|| delivery_of(&self.held, party, files, self.recalled))
    }

    /// When the receiving side took it in, by its own clock.
    pub(crate) fn taken_in(&self) -> Option<UtcTime> {
        taken_in(&self.held)
    }
}

fn taken_in(held: &HeldRecord) -> Option<UtcTime> {
    let accepted = held.statements.iter().find(|row| row.said == "accepted");
    accepted.map(|row| row.time)
}

/// What the store says around a record.
struct Around {
    case: Option<CaseId>,
    kept: Kept,
    recalled: bool,
    accepted: bool,
}

impl Node {
    /// Records in the order asked; none where one is not known. Three reads of the store at
    /// once for [`MAX_RECORDS`] of them, one more where they are of other cases than the
    /// `likely` ones, and one for each that only an emergency opening would open. Nothing is
    /// entered: the caller says what it looks for.
    pub(crate) async fn peek(
        &self,
        actor: &Actor,
        asked: Vec<(PartyId, RecordId)>,
        likely: BTreeSet<CaseId>,
    ) -> Result<Vec<Option<Peeked>>, Error> {
        let mut peeked = Vec::with_capacity(asked.len());
        for some in asked.chunks(MAX_RECORDS) {
            let held = async { Ok(self.store.records(some.to_vec()).await?) };
            let (held, around, mut readers) = tokio::try_join!(
                held,
                self.around(actor, some),
                self.readers_of(likely.clone()),
            )?;
            let cases = around.iter().filter_map(|around| around.case.clone());
            let others = cases.filter(|case| !likely.contains(case));
            readers.extend(self.readers_of(others.collect()).await?);
            for (held, around) in held.into_iter().zip(around) {
                peeked.push(match held {
                    Some(held) => Some(self.peeked(actor, held, around, &readers).await?),
                    None => None,
                });
            }
        }
        Ok(peeked)
    }

    async fn peeked(
        &self,
        actor: &Actor,
        held: HeldRecord,
        around: Around,
        readers: &BTreeMap<CaseId, Readers>,
    ) -> Result<Peeked, Error> {
        let record = self.kept_record(&held.entry)?;
        let named = around.case.as_ref().and_then(|case| readers.get(case));
        let today = self.now().day();
        let restriction = record
            .as_ref()
            .and_then(|record| around.kept.restriction(record, today));
        let circumstances = Circumstances {
            named: named.and_then(|readers| readers.named.clone()),
            restricted: restriction.is_some(),
            accepted: around.accepted,
            ..Circumstances::default()
        };
        let opens = match &record {
            None => Ok(()),
            Some(record) => self.opens_under(actor, record, circumstances).await?,
        };
        Ok(Peeked {
            held,
            record,
            case: around.case,
            restricted: restriction.is_some(),
            recalled: around.recalled,
            opens,
        })
    }

    /// Glass is looked for only where nothing else opens the record.
    async fn opens_under(
        &self,
        actor: &Actor,
        record: &Record,
        mut around: Circumstances,
    ) -> Result<Result<(), Rule>, Error> {
        let way = Way::open(None);
        let mut judged = self.judge_under(actor, record, way, &around);
        let beyond = |refusal: &passerelle_rules::Refusal| refusal.rule == Rule::NeedToKnow;
        if judged.as_ref().is_err_and(beyond) {
            around.glass = self
                .has_broken_glass(actor, (&record.from, &record.id))
                .await?;
            if around.glass {
                judged = self.judge_under(actor, record, way, &around);
            }
        }
        Ok(judged.map(|_| ()).map_err(|refusal| refusal.rule))
    }

    /// Four documents about each record, in one read.
    async fn around(
        &self,
        actor: &Actor,
        asked: &[(PartyId, RecordId)],
    ) -> Result<Vec<Around>, Error> {
        let names = asked.iter().flat_map(|(party, record)| {
            let key = format!("{party}/{record}");
            [
                (Shelf::CASE_OF, key.clone()),
                (Shelf::KEPT, kept_key(party, record)),
                (Shelf::RECALL, record.to_string()),
                (Shelf::READERS, accepted_key(actor, party, record)),
            ]
        });
        let found = self.store.gather(names.collect()).await?;
        let around = |documents: &[Option<Document>]| -> Result<Around, Error> {
            let [case, kept, recalled, accepted] = documents else {
                return Err(passerelle_store::Error::Corrupt("a short answer".to_owned()).into());
            };
            let open = |kept: &Document| self.unsealed_json(kept);
            let name = |case: &Document| String::from_utf8_lossy(&case.bytes).parse();
            Ok(Around {
                case: case.as_ref().map(name).transpose()?,
                kept: kept.as_ref().map(open).transpose()?.unwrap_or_default(),
                recalled: recalled.is_some(),
                accepted: accepted.is_some(),
            })
        };
        found.chunks(4).map(around).collect()
    }

    /// Readers of cases that are kept to named persons; the others are left out.
    pub(crate) async fn readers_of(
        &self,
        cases: BTreeSet<CaseId>,
    ) -> Result<BTreeMap<CaseId, Readers>, Error> {
        if cases.is_empty() {
            return Ok(BTreeMap::new());
        }
        let names = cases.iter().map(|id| (Shelf::READERS, id.to_string()));
        let found = self.store.gather(names.collect()).await?;
        let mut readers = BTreeMap::new();
        for (id, document) in cases.into_iter().zip(found) {
            if let Some(document) = document {
                readers.insert(id, self.readers_in(&document)?);
            }
        }
        Ok(readers)
    }

    /// When the receiving side took records in, by its own clock; those that it did not take in
    /// yet are left out. One read of the store for [`MAX_RECORDS`] of them.
    pub(crate) async fn taken_in(
        &self,
        asked: Vec<(PartyId, RecordId)>,
    ) -> Result<BTreeMap<(PartyId, RecordId), UtcTime>, Error> {
        let mut taken = BTreeMap::new();
        for some in asked.chunks(MAX_RECORDS) {
            let found = self.store.records(some.to_vec()).await?;
            for (about, held) in some.iter().zip(found) {
                let time = held.as_ref().and_then(taken_in);
                taken.extend(time.map(|time| (about.clone(), time)));
            }
        }
        Ok(taken)
    }

    /// The record behind a leaf. Its signature is not verified again: the content key that
    /// opens it was wrapped for exactly this leaf, under the store key, when this node had made
    /// or verified the signature; the salt shows that the leaf is of exactly this envelope.
    /// Somebody who can write the store's file but has no key of ours can exchange neither.
    pub(crate) fn kept_record(&self, entry: &Entry) -> Result<Option<Record>, Error> {
        let Held::Content {
            salt,
            envelope,
            content_key,
            record: Some(_),
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
        let envelope = Envelope::parse_known(envelope)?;
        let hash = EnvelopeHash::from_bytes(*envelope.hash().as_bytes());
        leaf.check(&Salt::from_bytes(*salt.as_bytes()), &hash)?;
        Ok(Some(open_with(&envelope, &key)?.record_verified_before()?))
    }
}
