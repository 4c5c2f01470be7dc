//! Registers under each other's eyes: we show ours, we watch the partner's. A partner learns
//! how many acts there are, and nothing of them.

use passerelle_exchange::message::Cosignature;
use passerelle_exchange::register::{
    RegisterAnswer, RegisterHead, RegisterTurn, Shown, Witnessed, held_again, judge,
};
use passerelle_exchange::register_key;
use passerelle_journal::merkle::Plan;
use passerelle_journal::{MustPersist, SignedCheckpoint};
use passerelle_model::{Digest, PartyId, codec};
use passerelle_store::{Cosigned, Put};

use crate::directory::Shelf;
use crate::peer::claim;
use crate::receipts::own_document;
use crate::{Error, Node};

/// Code of the alarm that a register is shorter than it was, ours or the partner's.
pub(crate) const SET_BACK: &str = "E_REGISTER_BEHIND";

impl Node {
    /// What we say first, or in answer to `given`: our head where it grew since the partner
    /// co-signed it.
    pub(crate) async fn register_turn(
        &self,
        party: &PartyId,
        answer: Option<RegisterAnswer>,
    ) -> Result<RegisterTurn, Error> {
        let head = self.register_head(party).await?;
        Ok(RegisterTurn { head, answer })
    }

    /// Takes a turn of the partner's: what it says of our head, and its own head. Gives our
    /// answer to the latter.
    pub(crate) async fn take_register_turn(
        &self,
        from: &PartyId,
        turn: RegisterTurn,
    ) -> Result<Option<RegisterAnswer>, Error> {
        match turn.answer {
            Some(RegisterAnswer::Cosigned(given)) => self.register_cosigned(from, &given).await?,
            Some(RegisterAnswer::Held { checkpoint }) => {
                self.register_held(from, checkpoint.as_deref()).await?;
            }
            None => {}
        }
        match turn.head {
            Some(head) => Ok(Some(self.watch_register(from, &head).await?)),
            None => Ok(None),
        }
    }

    async fn register_head(&self, party: &PartyId) -> Result<Option<RegisterHead>, Error> {
        let journal = &self.register.writer.journal;
        let size = self.journal_state(journal).await?.size;
        let cosigned = self.receipted(party, &journal.channel).await?;
        if size <= cosigned || self.register_set_back(party).await?.is_some() {
            return Ok(None);
        }
        let old = self.link(party).register_base().unwrap_or(cosigned);
        let root = self.frontier_at(journal, size).await?.root();
        let mut proof = Vec::new();
        if old > 0 && old < size {
            let plan = Plan::prefix(old, size)?;
            let hashes = self.subtrees(journal, plan.reads()).await?;
            proof = plan.assemble(&hashes)?;
        }
        Ok(Some(RegisterHead {
            time: self.now(),
            old,
            proof: proof
                .iter()
                .map(|hash| Digest::new(*hash.as_bytes()))
                .collect(),
            checkpoint: self.checkpoint(&journal.channel, size, root)?.to_string(),
        }))
    }

    /// Keeps the partner's co-signature on a head of our register.
    async fn register_cosigned(&self, by: &PartyId, given: &Cosignature) -> Result<(), Error> {
        let journal = &self.register.writer.journal;
        // A file may still co-sign acts that are lost since we were set back.
        let set_back = self
            .directory()
            .recoveries()
            .any(|((_, party), _)| party == by);
        if given.size > self.journal_state(journal).await?.size {
            return if set_back { Ok(()) } else { Err(claim()) };
        }
        let link = self.link(by);
        if given.size <= self.receipted(by, &journal.channel).await? {
            return Ok(());
        }
        let root = self.frontier_at(journal, given.size).await?.root();
        let checkpoint = self.checkpoint(&journal.channel, given.size, root)?;
        let own = register_key(self.directory().own().content())?;
        let row: Cosigned = match self.accepted(by, journal, (&own, &checkpoint), given) {
            Err(Error::Journal(_)) if set_back => return Ok(()),
            other => other?,
        };
        let commit = passerelle_store::Commit {
            cosigned: vec![row],
            ..Default::default()
        };
        self.store.commit(commit).await?;
        crate::steps::at("register.cosigned");
        link.channel(&journal.channel)
            .update(|told| told.receipted = told.receipted.max(Some(given.size)));
        link.set_register_base(Some(given.size));
        Ok(())
    }

    /// The partner holds another head than our proof began with. It shows our own signature
    /// on it: where our register does not continue that head, this node was set back.
    async fn register_held(&self, by: &PartyId, note: Option<&str>) -> Result<(), Error> {
        let Some(note) = note else {
            self.link(by).set_register_base(Some(0));
            return Ok(());
        };
        let journal = &self.register.writer.journal;
        let own = register_key(self.directory().own().content())?;
        let head = SignedCheckpoint::open(note, &own).map_err(|_| claim())?;
        let size = self.journal_state(journal).await?.size;
        let continued = head.size() <= size
            && self.frontier_at(journal, head.size()).await?.root() == *head.root();
        if continued {
            self.link(by).set_register_base(Some(head.size()));
            return Ok(());
        }
        self.note_set_back(by, note).await
    }

    async fn note_set_back(&self, by: &PartyId, note: &str) -> Result<(), Error> {
        let put = Put {
            kind: Shelf::REGISTER,
            key: format!("set-back/{by}"),
            bytes: Some(note.as_bytes().to_vec()),
            expected: None,
        };
        self.store.put(vec![put]).await?;
        let evidence = format!("our register does not continue what {by} co-signed:\n{note}");
        self.raise(by, SET_BACK, evidence).await
    }

    /// The head of ours that the partner co-signed and that our register does not continue.
    pub(crate) async fn register_set_back(&self, by: &PartyId) -> Result<Option<String>, Error> {
        let key = format!("set-back/{by}");
        let documents = self.store.documents(Shelf::REGISTER, &key).await?;
        let found = documents.into_iter().find(|document| document.key == key);
        Ok(found.map(|document| String::from_utf8_lossy(&document.bytes).into_owned()))
    }

    /// Judges the head of a partner's register, keeps it, and only then co-signs.
    async fn watch_register(
        &self,
        from: &PartyId,
        head: &RegisterHead,
    ) -> Result<RegisterAnswer, Error> {
        let directory = self.directory();
        let key = register_key(directory.partner(from)?.pinned.card().content())?;
        let link = self.link(from);
        let _one_at_a_time = link.witness.lock().await;
        let (held, version) = self.witnessed(from).await?;
        let elsewhere = |held: Option<Witnessed>| RegisterAnswer::Held {
            checkpoint: held.map(|held| held.checkpoint),
        };
        match judge(head, held.as_ref(), &key) {
            Ok(Shown::Continues(must)) => self.keep_head(from, head, must, version).await,
            Ok(Shown::Elsewhere) => Ok(elsewhere(held)),
            Ok(Shown::SetBack { held: size, shown }) => {
                let (seen, given) = (
                    held.as_ref().map_or("", |held| held.checkpoint.as_str()),
                    &head.checkpoint,
                );
                let evidence = format!(
                    "the register of {from} has {shown} acts, {size} were co-signed:\n{seen}\n{given}"
                );
                self.raise(from, SET_BACK, evidence).await?;
                Ok(elsewhere(held))
            }
            Err(error) => {
                let register = &self.register.writer.journal.channel;
                Err(self.alarm_if_proof(from, register, error).await)
            }
        }
    }

    async fn keep_head(
        &self,
        from: &PartyId,
        head: &RegisterHead,
        must: MustPersist,
        version: u64,
    ) -> Result<RegisterAnswer, Error> {
        let size = must.after().size();
        if must.before().size() != size || version == 0 {
            let kept = Witnessed {
                checkpoint: head.checkpoint.clone(),
                time: head.time,
            };
            let put = Put {
                kind: Shelf::REGISTER,
                key: witness_key(from),
                bytes: Some(codec::to_canonical(&kept)),
                expected: Some(version),
            };
            self.store.put(vec![put]).await?;
        }
        crate::steps::at("register.witnessed");
        let line = self.cosign(must.persisted())?;
        Ok(RegisterAnswer::Cosigned(Cosignature { size, line }))
    }

    /// Our co-signature on what is held of the partner's register, given once more; none
    /// where nothing is held.
    pub(crate) async fn register_answer_again(
        &self,
        to: &PartyId,
    ) -> Result<Option<RegisterAnswer>, Error> {
        let (Some(held), _) = self.witnessed(to).await? else {
            return Ok(None);
        };
        let key = register_key(self.directory().partner(to)?.pinned.card().content())?;
        let must = held_again(&held, &key)?;
        let size = must.after().size();
        let line = self.cosign(must.persisted())?;
        Ok(Some(RegisterAnswer::Cosigned(Cosignature { size, line })))
    }

    /// What is held of a partner's register, and the version of the document.
    pub(crate) async fn witnessed(
        &self,
        party: &PartyId,
    ) -> Result<(Option<Witnessed>, u64), Error> {
        let key = witness_key(party);
        let documents = self.store.documents(Shelf::REGISTER, &key).await?;
        match documents.into_iter().find(|document| document.key == key) {
            Some(document) => Ok((Some(own_document(&document.bytes)?), document.version)),
            None => Ok((None, 0)),
        }
    }
}

fn witness_key(party: &PartyId) -> String {
    format!("witnessed/{party}")
}
