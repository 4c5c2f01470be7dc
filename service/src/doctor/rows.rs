//! Rows that repeat what is signed elsewhere, compared with it: whose record an entry is, what
//! was stated about it, and every co-signature, not only the last one.

use passerelle_envelope::{Opened, What};
use passerelle_exchange::{journal_key, register_key, witness_key};
use passerelle_journal::SignedCheckpoint;
use passerelle_model::{PartyId, RecordId, UtcTime};
use passerelle_store::{Cosigned, Head, Journal};

use crate::register::REGISTER;
use crate::stating::row;
use crate::{Error, Node};

/// Co-signatures read at a time.
const BATCH: usize = 256;

/// An entry that was opened, and what its row says of it.
pub(super) struct Kept {
    pub(super) index: u64,
    pub(super) record: Option<RecordId>,
    pub(super) time: UtcTime,
    pub(super) opened: Opened,
}

impl Node {
    /// Whether the rows about an opened entry say what the entry says.
    pub(super) async fn rows_agree(&self, journal: &Journal, kept: &Kept) -> Result<bool, Error> {
        match kept.opened.header().what {
            What::Record => Ok(self.record_agrees(journal, kept)),
            What::Statements => self.statements_agree(journal, kept).await,
        }
    }

    fn record_agrees(&self, journal: &Journal, kept: &Kept) -> bool {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&journal.party).collect();
        kept.opened.verified_record(&cards).is_ok_and(|verified| {
            let record = verified.record();
            kept.record == Some(record.id) && kept.time == record.time
        })
    }

    async fn statements_agree(&self, journal: &Journal, kept: &Kept) -> Result<bool, Error> {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&journal.party).collect();
        let Ok(batch) = kept.opened.verified_statements(&cards) else {
            return Ok(false);
        };
        let (head, statements) = batch.into_parts();
        let about = Journal::new(&journal.channel, &head.head().about);
        for (position, statement) in (0_u32..).zip(&statements) {
            let range = statement.index..statement.index + 1;
            let expected = row(&about, &journal.party, kept.index, position, statement);
            if !self
                .store
                .statements(&about, range)
                .await?
                .contains(&expected)
            {
                return Ok(false);
            }
        }
        Ok(kept.record.is_none())
    }

    /// Looks at every co-signature of `party` on a journal of ours; says what is wrong.
    pub(super) async fn cosigned_wrong(
        &self,
        journal: &Journal,
        head: &Head,
        party: &PartyId,
    ) -> Result<Option<String>, Error> {
        let mut next = 0;
        loop {
            let rows = self.store.cosigned(journal, party, next, BATCH).await?;
            let Some(last) = rows.last() else {
                return Ok(None);
            };
            next = last.size.saturating_add(1);
            for row in &rows {
                if let Some(found) = self.cosignature_wrong(journal, head, row).await? {
                    return Ok(Some(found));
                }
            }
        }
    }

    async fn cosignature_wrong(
        &self,
        journal: &Journal,
        head: &Head,
        row: &Cosigned,
    ) -> Result<Option<String>, Error> {
        let (party, held) = (&row.by, head.size);
        if row.size > held {
            let size = row.size;
            return Ok(Some(format!(
                "{party} co-signed {size} entries, {held} are here"
            )));
        }
        let directory = self.directory();
        let note = String::from_utf8_lossy(&row.note);
        let own = match journal.channel.as_str() {
            REGISTER => register_key(directory.own().content())?,
            _ => journal_key(directory.own().content(), &journal.channel)?,
        };
        let root = self.frontier_at(journal, row.size).await?.root();
        let stands = SignedCheckpoint::open(&note, &own).is_ok_and(|seen| {
            let mut keys = directory
                .cards(party)
                .flat_map(|card| witness_key(card.content()));
            let given = keys.find_map(|key| key.verify_in(&seen).ok());
            let time = given.map(|given| given.time_s().saturating_mul(1000));
            seen.size() == row.size && *seen.root() == root && time == Some(row.time.millis())
        });
        Ok((!stands).then(|| format!("the co-signature of {party} is not on these entries")))
    }
}
