//! What this node already stated about a partner's entries before it was set back: the entries
//! arrive again, and what was said of them stands.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use passerelle_model::{Digest, Said, Statement};
use passerelle_store::{Journal, StatementRow};

use crate::stating::{About, words};
use crate::{Error, Node};

/// Our earlier statements about the entries of one batch, read as they are needed.
#[derive(Default)]
pub(crate) struct Decided {
    batches: BTreeMap<u64, Vec<Statement>>,
}

/// What became of an entry before we were set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// We refused it.
    Refused,
    /// We destroyed its content and said so.
    Erased,
    /// Neither.
    Held,
}

impl Decided {
    /// What became of the entry at `index` before.
    ///
    /// # Errors
    /// `E_RECOVERY_CHANGED` where we spoke about another entry at that place: the partner shows
    /// another journal than the one we accepted.
    pub(crate) async fn before(
        &mut self,
        node: &Node,
        journal: &Journal,
        index: u64,
        commitment: Digest,
    ) -> Result<Before, Error> {
        let rows = node.said_of(journal, index).await?;
        for row in &rows {
            let known = self.statement(node, journal, row).await?;
            if known.is_some_and(|statement| statement.commitment != commitment) {
                let message = format!(
                    "{} shows another entry {index} than the one we spoke about before we were \
                     set back",
                    journal.party
                );
                return Err(Error::state("E_RECOVERY_CHANGED", message));
            }
        }
        let said = |word: &str| rows.iter().any(|row| row.said == word);
        Ok(match (said("refused"), said("erased")) {
            (true, _) => Before::Refused,
            (false, true) => Before::Erased,
            (false, false) => Before::Held,
        })
    }

    async fn statement(
        &mut self,
        node: &Node,
        journal: &Journal,
        row: &StatementRow,
    ) -> Result<Option<&Statement>, Error> {
        if let Entry::Vacant(free) = self.batches.entry(row.batch) {
            let ours = Journal::new(&journal.channel, &node.party);
            let opened = node.open_at(&ours, row.batch).await?;
            let directory = node.directory();
            let cards: Vec<_> = directory.cards(&node.party).collect();
            let (_, statements) = opened.verified_statements(&cards)?.into_parts();
            free.insert(statements);
        }
        let position = usize::try_from(row.position).unwrap_or(usize::MAX);
        let batch = self.batches.get(&row.batch);
        Ok(batch.and_then(|statements| statements.get(position)))
    }
}

impl Node {
    /// Up to which index of a partner's journal earlier statements of ours came back.
    pub(crate) fn spoken(&self, journal: &Journal) -> u64 {
        self.directory()
            .recovery(&journal.channel, &journal.party)
            .map_or(0, |known| known.spoken)
    }

    async fn said_of(&self, journal: &Journal, index: u64) -> Result<Vec<StatementRow>, Error> {
        let mut rows = self.store.statements(journal, index..index + 1).await?;
        rows.retain(|row| row.by == self.party);
        Ok(rows)
    }

    /// Of what is to be stated, that which was not stated before, nor contradicts it.
    pub(crate) async fn unsaid(
        &self,
        journal: &Journal,
        said: Vec<About>,
    ) -> Result<Vec<About>, Error> {
        let spoken = self.spoken(journal);
        let mut left = Vec::with_capacity(said.len());
        for about in said {
            if about.index >= spoken || !self.stands_already(journal, &about).await? {
                left.push(about);
            }
        }
        Ok(left)
    }

    async fn stands_already(&self, journal: &Journal, about: &About) -> Result<bool, Error> {
        let rows = self.said_of(journal, about.index).await?;
        let (word, _) = words(&about.said);
        let judged = matches!(about.said, Said::Accepted | Said::Refused { .. });
        Ok(rows.iter().any(|row| {
            row.said == word || (judged && matches!(row.said.as_str(), "accepted" | "refused"))
        }))
    }
}
