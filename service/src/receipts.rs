//! Receipts: made from what both journals hold, verified without either node.

use passerelle_envelope::VerifiedCard;
use passerelle_exchange::receipt::{Proven, Receipt, StatementProof};
use passerelle_journal::merkle::{self, Plan};
use passerelle_journal::{EnvelopeHash, LogProof, MemoryTree, Salt, SignedCheckpoint};
use passerelle_model::{Deed, Digest, PartyId, RecordId, UtcTime, codec, hex};
use passerelle_store::{EntryRef, Held, Journal, StatementRow};

use crate::{Error, Node};

impl Node {
    /// The receipt of a record of ours by a partner; the only recipient where none is named.
    pub async fn receipt(&self, id: &RecordId, partner: Option<&PartyId>) -> Result<String, Error> {
        let own = self.party.clone();
        let place = self.place(Some(&own), id).await?;
        let by = match partner {
            Some(partner) => partner.clone(),
            None => self.only_recipient(&place).await?,
        };
        let (salt, envelope) = self.opening(&place).await?;
        let receipt = Receipt {
            channel: place.journal.channel.clone(),
            from: own.clone(),
            by: by.clone(),
            record: *id,
            envelope,
            salt,
            proof: self.log_proof(&place, &by).await?,
            statements: self.statement_proofs(&place, &by).await?,
            cards: self.receipt_cards(&by),
        };
        let proven = receipt.verify(
            self.directory().own(),
            self.directory().partner(&by)?.pinned.card(),
        );
        proven
            .map(|_| receipt.to_string())
            .map_err(|error| not_yet(&by, &error))
    }

    /// What a receipt of ours proves, taken apart for a person who may open the record: made
    /// and verified now, and entered as a consultation. `E_NOT_RECEIPTED` where the partner has
    /// not confirmed it yet.
    pub async fn prove(
        &self,
        actor: &crate::Actor,
        id: &RecordId,
        by: &PartyId,
    ) -> Result<ProofView, Error> {
        let own = self.party.clone();
        self.opened_for(actor, &own, id).await?;
        self.enter(self.record_act(Deed::Consult, actor, &own, id))
            .await?;
        let receipt = Receipt::parse(&self.receipt(id, Some(by)).await?)?;
        let proven = receipt.verify(
            self.directory().own(),
            self.directory().partner(by)?.pinned.card(),
        )?;
        Ok(ProofView::of(&receipt, proven, self.now()))
    }

    /// The newest card of ours or of a partner, as the file that one checks a receipt with.
    pub fn card_file(&self, party: &PartyId) -> Result<String, Error> {
        let directory = self.directory();
        if *party == self.party {
            return Ok(directory.own().armoured());
        }
        Ok(directory.partner(party)?.pinned.card().armoured())
    }

    /// Verifies a receipt against two cards; needs no node.
    pub fn verify_receipt(receipt: &str, card_a: &[u8], card_b: &[u8]) -> Result<Proven, Error> {
        let receipt = Receipt::parse(receipt)?;
        let (a, b) = (VerifiedCard::parse(card_a)?, VerifiedCard::parse(card_b)?);
        let (sender, holder) = if *a.party() == receipt.from {
            (&a, &b)
        } else {
            (&b, &a)
        };
        Ok(receipt.verify(sender, holder)?)
    }

    async fn only_recipient(&self, place: &EntryRef) -> Result<PartyId, Error> {
        let record = self.record_at(&place.journal, place.index).await?;
        let mut parties = record.recipient_parties();
        match (parties.next(), parties.next()) {
            (Some(only), None) => Ok(only.clone()),
            _ => Err(Error::state(
                "E_PARTNER",
                "the record went to several partners: name one",
            )),
        }
    }

    async fn opening(&self, place: &EntryRef) -> Result<(Salt, EnvelopeHash), Error> {
        let range = place.index..place.index + 1;
        let entry = self
            .store
            .entries(&place.journal, range, 1)
            .await?
            .into_iter()
            .next();
        match entry.map(|entry| entry.held) {
            Some(Held::Content { salt, envelope, .. }) => Ok((
                Salt::from_bytes(*salt.as_bytes()),
                EnvelopeHash::of(&envelope),
            )),
            _ => Err(Error::Erased(place.record)),
        }
    }

    /// Inclusion under the smallest head that the partner co-signed over the record.
    async fn log_proof(&self, place: &EntryRef, by: &PartyId) -> Result<LogProof, Error> {
        let rows = self
            .store
            .cosigned(&place.journal, by, place.index + 1, 1)
            .await?;
        let row = rows.first().ok_or_else(|| {
            let message = format!("{by} has not confirmed this record yet");
            Error::state("E_NOT_RECEIPTED", message)
        })?;
        let checkpoint = SignedCheckpoint::parse(&String::from_utf8_lossy(&row.note))?;
        let plan = Plan::inclusion(place.index, row.size)?;
        let hashes = self.subtrees(&place.journal, plan.reads()).await?;
        Ok(LogProof::new(
            place.index,
            plan.assemble(&hashes)?,
            checkpoint,
        )?)
    }

    async fn statement_proofs(
        &self,
        place: &EntryRef,
        by: &PartyId,
    ) -> Result<Vec<StatementProof>, Error> {
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range).await?;
        let mut proofs = Vec::new();
        for row in rows.iter().filter(|row| row.by == *by) {
            proofs.push(self.statement_proof(&place.journal, row).await?);
        }
        proofs.truncate(passerelle_exchange::receipt::MAX_RECEIPT_STATEMENTS);
        Ok(proofs)
    }

    /// Reads the batch again from the partner's journal and proves one statement of it.
    async fn statement_proof(
        &self,
        ours: &Journal,
        row: &StatementRow,
    ) -> Result<StatementProof, Error> {
        let theirs = Journal::new(&ours.channel, &row.by);
        let opened = self.open_at(&theirs, row.batch).await?;
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&row.by).collect();
        let (head, statements) = opened.verified_statements(&cards)?.into_parts();
        let leaves: Vec<_> = statements
            .iter()
            .map(|said| merkle::leaf_hash(&said.to_bytes()))
            .collect();
        let mut tree = MemoryTree::new();
        tree.append(&leaves)?;
        let position = u64::from(row.position);
        let path = merkle::inclusion_proof(&tree, position, tree.size())?;
        let statement = usize::try_from(position)
            .ok()
            .and_then(|at| statements.get(at));
        let statement = statement
            .cloned()
            .ok_or_else(|| Error::not_found("statement", position))?;
        Ok(StatementProof {
            signed_head: head.bytes().to_vec(),
            statement: statement.to_bytes(),
            position,
            path: path
                .iter()
                .map(|hash| Digest::new(*hash.as_bytes()))
                .collect(),
        })
    }

    /// Every card of both parties, oldest first, so that keys replaced since are there too.
    fn receipt_cards(&self, by: &PartyId) -> Vec<VerifiedCard> {
        let directory = self.directory();
        let most = passerelle_exchange::receipt::MAX_RECEIPT_CARDS / 2;
        let newest = |party: &PartyId| -> Vec<VerifiedCard> {
            let cards: Vec<_> = directory.cards(party).cloned().collect();
            cards.into_iter().rev().take(most).rev().collect()
        };
        let mut cards = newest(&self.party);
        cards.extend(newest(by));
        cards
    }
}

/// A proof in its parts, every hash in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofView {
    /// What was proven, by the verifier.
    pub proven: Proven,
    /// SHA-256 of the sealed envelope.
    pub envelope: String,
    /// Salt of the leaf.
    pub salt: String,
    /// Hashes from the leaf to the root, lowest first (RFC 6962, section 2.1.1).
    pub path: Vec<String>,
    /// Root that both sides signed.
    pub root: String,
    /// The checkpoint with its signatures, as it is signed.
    pub checkpoint: String,
    /// Name of the partner's key that co-signed.
    pub key: String,
    /// When this node verified all of it.
    pub verified: UtcTime,
}

impl ProofView {
    fn of(receipt: &Receipt, proven: Proven, verified: UtcTime) -> Self {
        let checkpoint = receipt.proof.checkpoint();
        let path = receipt.proof.hashes().iter();
        let last = checkpoint.signatures().last();
        Self {
            envelope: hex::encode(receipt.envelope.as_bytes()),
            salt: hex::encode(receipt.salt.as_bytes()),
            path: path.map(|hash| hex::encode(hash.as_bytes())).collect(),
            root: hex::encode(checkpoint.unverified().root().as_bytes()),
            checkpoint: checkpoint.to_string(),
            key: last.map_or_else(String::new, |line| line.name().as_str().to_owned()),
            proven,
            verified,
        }
    }
}

fn not_yet(by: &PartyId, error: &passerelle_exchange::Error) -> Error {
    let message = format!("{by} has not said yet whether it accepts this record ({error})");
    Error::state("E_NOT_RECEIPTED", message)
}

/// Reads a document that this node wrote itself.
pub(crate) fn own_document<T>(bytes: &[u8]) -> Result<T, Error>
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    Ok(codec::from_canonical(bytes, codec::MAX_OBJECT_BYTES)
        .map_err(passerelle_model::Error::from)?)
}
