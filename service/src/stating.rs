//! What this node states about partners' records, in batches in its own journal, and the
//! co-signatures that partners give on it.

use passerelle_envelope::{Header, Packets, What, seal_statements, sign_statements};
use passerelle_exchange::message::Cosignature;
use passerelle_exchange::{journal_key, witness_key};
use passerelle_journal::{Frontier, LogKey, SignatureLine, SignedCheckpoint, merkle};
use passerelle_model::{
    Act, ChannelId, Digest, NODE_UNIT, PartyId, Recipient, RecordId, Said, Side, Statement,
    StatementBatch, StatementsHead, Terms, UnitId, UtcTime,
};
use passerelle_store::{Commit, Cosigned, Durable, Journal, StatementRow};

use crate::directory::Directory;
use crate::journal::NewEntry;
use crate::release::cards_of;
use crate::{Error, Node};

/// A statement about an entry of the partner's journal, not salted and signed yet.
pub(crate) struct About {
    pub(crate) index: u64,
    pub(crate) commitment: Digest,
    pub(crate) record: Option<RecordId>,
    pub(crate) said: Said,
}

impl Node {
    /// Commits, together with a batch of our own statements and what the register says of it,
    /// where there are any.
    pub(crate) async fn commit_with_statements(
        &self,
        about: &PartyId,
        channel: &ChannelId,
        mut commit: Commit,
        said: Vec<About>,
        acts: Vec<Act>,
    ) -> Result<Durable, Error> {
        if said.is_empty() {
            return self.commit_with_acts(commit, acts).await;
        }
        let writer = self.writer(channel);
        let mut slot = writer.edge.lock().await;
        let edge = self.edge(&mut slot, &writer.journal).await?;
        let statements = self.salted(said);
        let theirs = Journal::new(channel, about);
        let rows = (0_u32..)
            .zip(&statements)
            .map(|(position, statement)| row(&theirs, &self.party, edge.size, position, statement));
        commit.statements.extend(rows);
        let entry = self.statement_entry(about, channel, statements, &mut edge.packets)?;
        let (append, frontier) = self.append_rows(edge, &writer.journal, vec![entry])?;
        commit.appends.push(append);
        crate::steps::at("statement.sealed");
        match self.commit_with_acts(commit, acts).await {
            Ok(durable) => {
                edge.moved(frontier, &writer);
                crate::steps::at("statement.durable");
                Ok(durable)
            }
            Err(error) => {
                *slot = None;
                Err(error)
            }
        }
    }

    fn salted(&self, said: Vec<About>) -> Vec<Statement> {
        let time = self.now();
        said.into_iter()
            .map(|about| Statement {
                index: about.index,
                commitment: about.commitment,
                record: about.record,
                said: about.said,
                time,
                salt: Digest::new(self.dice.bytes()),
            })
            .collect()
    }

    /// Signs and seals a batch of statements to the partner's node.
    fn statement_entry(
        &self,
        about: &PartyId,
        channel: &ChannelId,
        statements: Vec<Statement>,
        packets: &mut Packets,
    ) -> Result<NewEntry, Error> {
        let leaves = statements
            .iter()
            .map(|statement| merkle::leaf_hash(&statement.to_bytes()));
        let root = Frontier::from_leaves(leaves)?.root();
        let head = StatementsHead {
            channel: channel.clone(),
            by: self.party.clone(),
            about: about.clone(),
            size: statements.len() as u64,
            root: Digest::new(*root.as_bytes()),
        };
        let directory = self.directory();
        let held = directory
            .newest(channel, self.now().day())
            .ok_or_else(|| Error::not_found("agreement", channel))?;
        let header = Header {
            channel: channel.clone(),
            agreement: held.agreement.hash(),
            from: self.party.clone(),
            what: What::Statements,
            to: hearers(&directory, held.agreement.terms(), about)?,
        };
        let keys = self.keys();
        let signed_head = sign_statements(&head, keys.record())?;
        let batch = StatementBatch {
            signed_head,
            statements,
        };
        let hearers = header.to.iter().map(|to| &to.party);
        let cards = cards_of(&directory, hearers);
        let sealed = self
            .dice
            .with(|mut rng| seal_statements(&header, &batch, &cards, packets, &mut rng))?;
        Ok(NewEntry::envelope(sealed, None, self.now()))
    }

    /// Checks a co-signature the partner gave on a head of ours.
    pub(crate) fn accept_cosignature(
        &self,
        by: &PartyId,
        channel: &ChannelId,
        checkpoint: &SignedCheckpoint,
        given: &Cosignature,
    ) -> Result<Cosigned, Error> {
        let own = journal_key(self.directory().own().content(), channel)?;
        let journal = Journal::new(channel, &self.party);
        self.accepted(by, &journal, (&own, checkpoint), given)
    }

    /// The same for any journal of ours, with the key of its checkpoints.
    pub(crate) fn accepted(
        &self,
        by: &PartyId,
        journal: &Journal,
        (own, checkpoint): (&LogKey, &SignedCheckpoint),
        given: &Cosignature,
    ) -> Result<Cosigned, Error> {
        let directory = self.directory();
        let card = directory.partner(by)?.pinned.card();
        let head = checkpoint.verify(own)?;
        if head.size() != given.size {
            return Err(passerelle_exchange::Error::Root.into());
        }
        let line = SignatureLine::parse(given.line.trim_end_matches('\n'))?;
        let witness = witness_key(card.content())?;
        let verified = witness.verify(&head, &line)?;
        let note = checkpoint.with_signature(line)?;
        Ok(Cosigned {
            journal: journal.clone(),
            by: by.clone(),
            size: given.size,
            note: note.to_string().into_bytes(),
            time: UtcTime::from_millis(verified.time_s().saturating_mul(1000)),
        })
    }
}

pub(crate) fn row(
    journal: &Journal,
    by: &PartyId,
    batch: u64,
    position: u32,
    statement: &Statement,
) -> StatementRow {
    let (said, code) = words(&statement.said);
    StatementRow {
        journal: journal.clone(),
        index: statement.index,
        by: by.clone(),
        batch,
        position,
        said: said.to_owned(),
        code: code.map(str::to_owned),
        time: statement.time,
    }
}

/// Who hears what we say of a partner's records: that partner; in a group every other member
/// too, so that what one refuses counts for nobody.
fn hearers(directory: &Directory, terms: &Terms, about: &PartyId) -> Result<Vec<Recipient>, Error> {
    let members = terms.member.iter().map(|member| &member.party);
    let hears = |party: &&PartyId| {
        let other = terms.side == Side::Group && directory.partner(party).is_ok();
        *party == about || other
    };
    let mut parties: Vec<&PartyId> = members.filter(hears).collect();
    if parties.is_empty() {
        parties.push(about);
    }
    parties.sort_unstable();
    let unit = NODE_UNIT.parse()?;
    let to = parties.into_iter().map(|party| Recipient {
        party: party.clone(),
        unit: UnitId::clone(&unit),
    });
    Ok(to.collect())
}

/// Word of a report of how a record was used.
pub(crate) const USED: &str = "use-reported";

/// The stable word of a statement, and its code.
pub(crate) fn words(said: &Said) -> (&'static str, Option<&str>) {
    match said {
        Said::Accepted => ("accepted", None),
        Said::Refused { code } => ("refused", Some(code.as_str())),
        Said::FilesComplete => ("files-complete", None),
        Said::Read => ("read", None),
        Said::Erased => ("erased", None),
        Said::ErasureRefused { code } => ("erasure-refused", Some(code.as_str())),
        Said::UseReported { code } => (USED, Some(code.as_str())),
    }
}
