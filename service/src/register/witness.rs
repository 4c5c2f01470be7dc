//! Co-signing registers: a partner that co-signed a head of ours knows if we ever show
//! another history, and learns nothing of what is in it.

use minicbor::{Decode, Encode};
use passerelle_exchange::message::{Message as _, RegisterHead};
use passerelle_exchange::{journal_key, journal_origin, witness_name};
use passerelle_journal::merkle::Plan;
use passerelle_journal::{Evidence, Hash, Refusal, SignedCheckpoint, WitnessSigner, WitnessState};
use passerelle_model::{Digest, PartyId, codec};
use passerelle_store::{Commit, Put};

use super::register_channel;
use crate::directory::Shelf;
use crate::receipts::own_document;
use crate::{Error, Node};

/// The largest head of a partner's register that we co-signed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct WitnessedRegister {
    #[n(0)]
    size: u64,
    #[n(1)]
    root: Digest,
    #[n(2)]
    checkpoint: String,
}

impl Node {
    /// What we show a partner of our register; nothing where it has seen all of it.
    pub(crate) async fn register_head(&self, to: &PartyId) -> Result<Option<RegisterHead>, Error> {
        let journal = self.register_journal();
        let size = self.register_size().await?;
        let seen = self.store.last_cosigned(&journal, to).await?;
        let old = seen.map_or(0, |seen| seen.size);
        if size <= old {
            return Ok(None);
        }
        let root = self.frontier_at(&journal, size).await?.root();
        let checkpoint = self.checkpoint(&journal.channel, size, root)?;
        Ok(Some(RegisterHead {
            checkpoint: checkpoint.to_string(),
            old,
            proof: self.register_proof(old, size).await?,
        }))
    }

    async fn register_proof(&self, old: u64, size: u64) -> Result<Vec<Digest>, Error> {
        if old == 0 {
            return Ok(Vec::new());
        }
        let plan = Plan::consistency(old, size)?;
        let hashes = self
            .subtrees(&self.register_journal(), plan.reads())
            .await?;
        let proof = plan.assemble(&hashes)?;
        Ok(proof
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect())
    }

    /// A partner shows its register: judged, kept, and only then co-signed. The answer is the
    /// co-signature line.
    pub(crate) async fn witness_register(
        &self,
        from: &PartyId,
        shown: &RegisterHead,
    ) -> Result<String, Error> {
        let directory = self.directory();
        let card = directory.active(from, self.now())?.pinned.card();
        let key = journal_key(card.content(), &register_channel())?;
        let head = SignedCheckpoint::open(&shown.checkpoint, &key)
            .map_err(passerelle_exchange::Error::from)?;
        let one_at_a_time = self.changes.lock().await;
        let (state, version) = self.witnessed(from).await?;
        let hashes: Vec<Hash> = shown
            .proof
            .iter()
            .map(|digest| Hash::from_bytes(*digest.as_bytes()))
            .collect();
        let evidence = Evidence::Proof {
            old: shown.old,
            hashes: &hashes,
        };
        let must = match state.advance(&head, evidence) {
            Ok(must) => must,
            Err(refusal) => {
                drop(one_at_a_time);
                return Err(self.register_refused(from, shown, &refusal).await);
            }
        };
        let kept = WitnessedRegister {
            size: must.after().size(),
            root: Digest::new(*must.after().root().as_bytes()),
            checkpoint: shown.checkpoint.clone(),
        };
        let put = Put {
            kind: Shelf::WITNESSED,
            key: from.to_string(),
            bytes: Some(codec::to_canonical(&kept)),
            expected: Some(version),
        };
        self.store.put(vec![put]).await?;
        crate::steps::at("register.witnessed");
        let signer =
            WitnessSigner::from_seed(witness_name(&self.party)?, self.keys().witness().seed());
        let line = signer.cosign(must.persisted(), self.now().seconds())?;
        Ok(line.to_string())
    }

    async fn witnessed(&self, party: &PartyId) -> Result<(WitnessState, u64), Error> {
        let origin = journal_origin(&register_channel(), party)?;
        let key = party.to_string();
        let documents = self.store.documents(Shelf::WITNESSED, &key).await?;
        match documents.into_iter().find(|document| document.key == key) {
            None => Ok((WitnessState::fresh(origin), 0)),
            Some(document) => {
                let kept: WitnessedRegister = own_document(&document.bytes)?;
                let root = Hash::from_bytes(*kept.root.as_bytes());
                let state = WitnessState::restore(origin, kept.size, root)?;
                Ok((state, document.version))
            }
        }
    }

    /// A register that shrank or changed its past is for people to look at: both heads are
    /// signed by the partner.
    async fn register_refused(
        &self,
        from: &PartyId,
        shown: &RegisterHead,
        refusal: &Refusal,
    ) -> Error {
        let rewritten = matches!(
            refusal,
            Refusal::Equivocation { .. } | Refusal::Inconsistent { .. }
        );
        if rewritten {
            let held = self.witnessed_note(from).await.unwrap_or_default();
            let evidence = format!("{held}\n{}", shown.checkpoint);
            if let Err(error) = self.raise(from, "E_REGISTER_REWRITTEN", evidence).await {
                tracing::error!(code = error.code(), "an alarm could not be kept");
            }
        }
        Error::state(
            refusal.code(),
            "the register shown does not continue the one co-signed",
        )
    }

    async fn witnessed_note(&self, party: &PartyId) -> Result<String, Error> {
        let documents = self
            .store
            .documents(Shelf::WITNESSED, party.as_str())
            .await?;
        let exact = documents
            .iter()
            .find(|document| document.key == party.as_str());
        exact.map_or(Ok(String::new()), |document| {
            Ok(own_document::<WitnessedRegister>(&document.bytes)?.checkpoint)
        })
    }

    /// Keeps the co-signature that a partner gave on our register.
    pub(crate) async fn take_register_cosignature(
        &self,
        by: &PartyId,
        shown: &RegisterHead,
        line: String,
    ) -> Result<(), Error> {
        let channel = register_channel();
        let own = journal_key(self.directory().own().content(), &channel)?;
        let head = SignedCheckpoint::open(&shown.checkpoint, &own)?;
        let checkpoint = self.checkpoint(&channel, head.size(), *head.root())?;
        let given = passerelle_exchange::message::Cosignature {
            size: head.size(),
            line,
        };
        let cosigned = self.accept_cosignature(by, &channel, &checkpoint, &given)?;
        let commit = Commit {
            cosigned: vec![cosigned],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }
}

/// Answer to a [`RegisterHead`], on the wire.
pub(crate) fn answer(line: String) -> Vec<u8> {
    passerelle_exchange::message::RegisterSeen { line }.to_bytes()
}
