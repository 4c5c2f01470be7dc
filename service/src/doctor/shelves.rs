//! Every document on every shelf: what is sealed opens, what is plain reads, and lists and what
//! they list agree. A flipped bit in a room that nobody enters for months is found here.

use passerelle_cases::CaseId;
use passerelle_envelope::{VerifiedCard, verify_agreement_signature, verify_policy};
use passerelle_exchange::register::{Witnessed, held_again};
use passerelle_exchange::register_key;
use passerelle_journal::SignedCheckpoint;
use passerelle_model::{Agreement, PartyId, RecordId, Relation, codec};
use passerelle_store::{Document, Journal, KeyPage, MAX_DOCUMENT_BYTES, MAX_PAGE};

use super::{bad, failed, good};
use crate::access::Decisions;
use crate::cases::CaseDocument;
use crate::directory::{PartnerDocument, Shelf};
use crate::keeping::DueRecord;
use crate::receipts::own_document;
use crate::recovery::{Recovery, SetBack};
use crate::view::Finding;
use crate::{Error, Node};

/// Parts of keys of [`Shelf::KEEP_LIST`] whose rest names a document elsewhere, and where.
const LISTED_ELSEWHERE: [(&str, &str); 8] = [
    ("glass", Shelf::GLASS),
    ("rights", Shelf::RIGHTS),
    ("rights-answered", Shelf::RIGHTS),
    ("breach", Shelf::BREACH),
    ("breach-closed", Shelf::BREACH),
    ("confided", Shelf::CONFIDED),
    ("confided-closed", Shelf::CONFIDED),
    ("inspection", Shelf::INSPECTION),
];

impl Node {
    /// Reads every document there is, a page at a time; one finding for each shelf on which
    /// something is damaged.
    pub(super) async fn check_documents(&self) -> Vec<Finding> {
        let (mut count, mut findings) = (0, Vec::new());
        for kind in Shelf::ALL {
            match self.shelf_report(kind).await {
                Ok((read, wrong)) => {
                    count += read;
                    findings.extend(wrong.first().map(|first| damaged(kind, &wrong, first)));
                }
                Err(error) => findings.push(failed("documents", &error)),
            }
        }
        if findings.is_empty() {
            let found = format!("{count} documents open and read as they should");
            findings.push(good("documents", &found));
        }
        findings
    }

    async fn shelf_report(&self, kind: &'static str) -> Result<(usize, Vec<String>), Error> {
        let (mut count, mut wrong, mut after) = (0, Vec::new(), None);
        loop {
            let page = KeyPage {
                after: after.take(),
                limit: MAX_PAGE,
                ..KeyPage::default()
            };
            let page = self.store.page(kind, page).await?;
            for document in &page {
                if self.is_damaged(kind, document.clone()).await? {
                    wrong.push(document.key.clone());
                }
            }
            count += page.len();
            match page.last() {
                Some(last) => after = Some(last.key.clone()),
                None => return Ok((count, wrong)),
            }
        }
    }

    /// The node runs meanwhile: what changed while it was looked at is looked at again.
    async fn is_damaged(&self, kind: &'static str, document: Document) -> Result<bool, Error> {
        let mut document = document;
        loop {
            let stands = match sealed(&document) {
                true => self.unsealed_json::<serde_json::Value>(&document).is_ok(),
                false => self.stands(&document).await?,
            };
            if stands {
                return Ok(false);
            }
            match self.exact(kind, &document.key).await? {
                None => return Ok(false),
                Some(now) if now == document => return Ok(true),
                Some(now) => document = now,
            }
        }
    }

    /// Whether a document that is not plainly sealed says what it may say at its place.
    async fn stands(&self, document: &Document) -> Result<bool, Error> {
        let (key, bytes) = (document.key.as_str(), document.bytes.as_slice());
        Ok(match document.kind.as_str() {
            Shelf::CASE => self.case_stands(document).await?,
            Shelf::CASE_OF => self.case_of_stands(key, bytes).await?,
            Shelf::CASE_LIST | Shelf::WAITS => self.case_list_stands(document).await?,
            Shelf::KEEP_LIST => bytes.is_empty() && self.keep_list_stands(key).await?,
            Shelf::CURSOR => self.cursor_stands(key, bytes).await?,
            Shelf::RECALL => self.recall_stands(key, bytes).await?,
            Shelf::PARTNER => self.partner_stands(bytes).await?,
            Shelf::REGISTER => self.register_note_stands(key, bytes),
            Shelf::SIGNATURE => self.signature_stands(key, bytes),
            Shelf::POLICY => self.policy_stands(key, bytes),
            Shelf::STAGED => {
                let token = key.as_bytes();
                self.keys().store().open_small(bytes, token).is_ok()
            }
            Shelf::OWN if key == "party" => bytes == self.party.as_str().as_bytes(),
            _ => reads(document),
        })
    }

    /// A case opens, stands in every list it should stand in, and is found by its records.
    async fn case_stands(&self, document: &Document) -> Result<bool, Error> {
        let Ok(case) = self.unsealed::<CaseDocument>(document) else {
            return Ok(false);
        };
        let listed = case.listed.iter().map(|key| (Shelf::CASE_LIST, key));
        let waiting = case.waiting.iter().map(|key| (Shelf::WAITS, key));
        for (kind, key) in listed.chain(waiting) {
            let held = self.exact(kind, key).await?;
            let row = held.map(|held| self.unsealed_json::<serde_json::Value>(&held));
            if row.is_none_or(|row| row.is_err()) {
                return Ok(false);
            }
        }
        for line in case.case.lines() {
            let key = crate::keeping::kept_key(&line.party, &line.record);
            if self.exact(Shelf::CASE_OF, &key).await?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn case_list_stands(&self, document: &Document) -> Result<bool, Error> {
        let opens = self.unsealed_json::<serde_json::Value>(document).is_ok();
        // `<unit>/<newest first>/<case>`, and `w/<unit>/<what>/<due>/<case>/<about>`.
        let part = match document.kind.as_str() {
            Shelf::WAITS => 4,
            _ => 2,
        };
        let id = document.key.split('/').nth(part);
        let Some(id) = id
            .and_then(|id| id.parse::<CaseId>().ok())
            .filter(|_| opens)
        else {
            return Ok(false);
        };
        // A case that does not open is found on its own shelf.
        Ok(match self.case_document(&id).await {
            Ok(Some((case, _))) => {
                let mut keys = case.listed.iter().chain(&case.waiting);
                keys.any(|key| *key == document.key)
            }
            Ok(None) => false,
            Err(_) => true,
        })
    }

    async fn case_of_stands(&self, key: &str, bytes: &[u8]) -> Result<bool, Error> {
        let Ok(id) = String::from_utf8_lossy(bytes).parse::<CaseId>() else {
            return Ok(false);
        };
        Ok(self.is_known(named(key)).await? && self.is_known(Some((id.party, id.record))).await?)
    }

    async fn keep_list_stands(&self, key: &str) -> Result<bool, Error> {
        let (word, rest) = key.split_once('/').unwrap_or_default();
        if let Some((_, kind)) = LISTED_ELSEWHERE.iter().find(|(of, _)| *of == word) {
            let (_, name) = rest.split_once('/').unwrap_or_default();
            return Ok(self.exact(kind, name).await?.is_some());
        }
        let Some(due) = DueRecord::of(key) else {
            return Ok(false);
        };
        match word {
            // What is taken back may have come back as a bare leaf after this node was set back.
            "recalled" => Ok(true),
            "review" | "erasure" | "restricted" | "hold" | "corrected" | "frozen" => {
                self.is_known(Some((due.party, due.record))).await
            }
            _ => Ok(false),
        }
    }

    /// How far something was read: no further than there is to read.
    async fn cursor_stands(&self, key: &str, bytes: &[u8]) -> Result<bool, Error> {
        if key == crate::keeping::WITHDRAWN {
            return Ok(DueRecord::of(&String::from_utf8_lossy(bytes)).is_some());
        }
        let mut parts = key.split('/').skip(1);
        let channel = parts.next().and_then(|part| part.parse().ok());
        let party = parts.next().and_then(|part| part.parse().ok());
        let (Some((channel, party)), Ok(next)) = (channel.zip(party), <[u8; 8]>::try_from(bytes))
        else {
            return Ok(false);
        };
        let head = self.store.head(&Journal::new(&channel, &party)).await?;
        Ok(u64::from_be_bytes(next) <= head.map_or(0, |head| head.size))
    }

    /// A mark names a record of ours that takes this one back.
    async fn recall_stands(&self, key: &str, bytes: &[u8]) -> Result<bool, Error> {
        let (Ok(of), Ok(by)) = (key.parse::<RecordId>(), RecordId::try_from(bytes)) else {
            return Ok(false);
        };
        Ok(match self.locate(Some(&self.party), &by).await {
            Ok((_, record)) => record
                .related(Relation::Recalls)
                .any(|reference| reference.record == of),
            Err(Error::Erased(_)) => true,
            Err(_) => false,
        })
    }

    /// What halts a partner is an alarm that is kept.
    async fn partner_stands(&self, bytes: &[u8]) -> Result<bool, Error> {
        let Ok(PartnerDocument { halted, .. }) = own_document(bytes) else {
            return Ok(false);
        };
        match halted {
            Some(alarm) => Ok(self.exact(Shelf::ALARM, &alarm).await?.is_some()),
            None => Ok(true),
        }
    }

    /// What is held of a partner's register carries its signature; what a partner showed of
    /// ours carries ours.
    fn register_note_stands(&self, key: &str, bytes: &[u8]) -> bool {
        let directory = self.directory();
        let signed_by = |card: &VerifiedCard, note: &str| {
            let key = register_key(card.content());
            key.is_ok_and(|key| SignedCheckpoint::open(note, &key).is_ok())
        };
        let (kind, party) = key.split_once('/').unwrap_or_default();
        let Ok(party) = party.parse::<PartyId>() else {
            return false;
        };
        match (kind, own_document::<Witnessed>(bytes)) {
            ("witnessed", Ok(held)) => directory.cards(&party).any(|card| {
                register_key(card.content()).is_ok_and(|key| held_again(&held, &key).is_ok())
            }),
            ("set-back", _) => {
                let note = String::from_utf8_lossy(bytes);
                let mut own = directory.cards(&self.party);
                own.any(|card| signed_by(card, &note))
            }
            _ => false,
        }
    }

    /// A signature under an agreement; one of a party that is not paired yet cannot be judged.
    fn signature_stands(&self, key: &str, bytes: &[u8]) -> bool {
        let (hash, party) = key.split_once('/').unwrap_or_default();
        let Ok(party) = party.parse::<PartyId>() else {
            return false;
        };
        let directory = self.directory();
        let mut cards = directory.cards(&party).peekable();
        cards.peek().is_none()
            || cards.any(|card| {
                verify_agreement_signature(bytes, card)
                    .is_ok_and(|signed| signed.signature().agreement.to_string() == hash)
            })
    }

    fn policy_stands(&self, key: &str, bytes: &[u8]) -> bool {
        key.parse::<PartyId>().is_ok_and(|party| {
            let directory = self.directory();
            let cards: Vec<_> = directory.cards(&party).collect();
            verify_policy(bytes, &cards).is_ok()
        })
    }

    async fn exact(&self, kind: &'static str, key: &str) -> Result<Option<Document>, Error> {
        let found = self.store.documents(kind, key).await?;
        Ok(found.into_iter().find(|document| document.key == key))
    }

    async fn is_known(&self, name: Option<(PartyId, RecordId)>) -> Result<bool, Error> {
        let Some((party, record)) = name else {
            return Ok(false);
        };
        let found = self.store.find(&party, vec![record]).await?;
        Ok(found.iter().any(Option::is_some))
    }
}

/// Documents of which it is enough that they open: they are bound to their place, and nobody
/// else can have sealed them.
fn sealed(document: &Document) -> bool {
    match document.kind.as_str() {
        Shelf::READERS => !document.key.starts_with("accepted/"),
        Shelf::UPLOADS
        | Shelf::DRAFT
        | Shelf::DRAFT_LIST
        | Shelf::LOOK
        | Shelf::PERSON
        | Shelf::CREDENTIAL
        | Shelf::SESSION
        | Shelf::SETUP
        | Shelf::SETTINGS
        | Shelf::KEPT
        | Shelf::GLASS
        | Shelf::RIGHTS
        | Shelf::BREACH
        | Shelf::CONFIDED
        | Shelf::CONFIDANT
        | Shelf::INSPECTION
        | Shelf::STATISTICS
        | Shelf::GROUP_NOTE
        | Shelf::GROUP_READING
        | Shelf::GROUP_ANSWER
        | Shelf::GROUP_REPLY
        | Shelf::GROUP_SEALED
        | Shelf::GROUP_SEEN
        | Shelf::GROUP_BONES => true,
        _ => false,
    }
}

/// Whether a plain document that needs nothing else reads in its one form.
fn reads(document: &Document) -> bool {
    let (key, bytes) = (document.key.as_str(), document.bytes.as_slice());
    match document.kind.as_str() {
        Shelf::CARD => VerifiedCard::parse(bytes).is_ok_and(|card| Shelf::card_key(&card) == key),
        Shelf::AGREEMENT => std::str::from_utf8(bytes)
            .is_ok_and(|text| Agreement::parse(text).is_ok_and(|it| it.hash().to_string() == key)),
        Shelf::QUOTA | Shelf::REFUSED | Shelf::READERS | Shelf::GROUP_CHANGED => bytes.len() == 8,
        Shelf::PERMISSION => {
            let answer = key.rsplit('/').next().and_then(|part| part.parse().ok());
            answer.is_some_and(|answer: RecordId| bytes == answer.as_bytes())
        }
        Shelf::ACT_INDEX => bytes.is_empty() && crate::register::is_index_key(key),
        Shelf::OPEN_ASKS => bytes.is_empty() && crate::statistics::is_open_key(key),
        Shelf::ACCESS => codec::from_canonical::<Decisions>(bytes, MAX_DOCUMENT_BYTES).is_ok(),
        Shelf::ALARM => crate::partners::is_alarm(bytes),
        Shelf::TOKEN => crate::tokens::is_token(bytes),
        Shelf::OWN => crate::recovery::is_restored(bytes),
        Shelf::RECOVERY => own_document::<Recovery>(bytes).is_ok(),
        Shelf::SET_BACK => own_document::<SetBack>(bytes).is_ok(),
        Shelf::BACKUP => crate::backup::is_last(bytes),
        _ => false,
    }
}

/// Whose record a key `party/record` names.
fn named(key: &str) -> Option<(PartyId, RecordId)> {
    let (party, record) = key.split_once('/')?;
    Some((party.parse().ok()?, record.parse().ok()?))
}

fn damaged(kind: &str, wrong: &[String], first: &str) -> Finding {
    bad(
        "documents",
        "E_DOCUMENT_DAMAGED",
        format!(
            "{} documents of \"{kind}\" are damaged, first {first}",
            wrong.len()
        ),
        "stop the node, keep a copy of the data folder, restore from a backup",
    )
}
