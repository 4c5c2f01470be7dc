//! What partners state: about our entries, and in a group about the others' too.

use std::collections::BTreeMap;

use passerelle_envelope::{Envelope, Opened};
use passerelle_exchange::message::MAX_BATCH_BYTES;
use passerelle_model::{PartyId, Statement};
use passerelle_store::{Entry, Held, Journal};

use super::{Content, Fresh, Judged, Place, Turned};
use crate::receive::READ_AHEAD;
use crate::stating::row;
use crate::{Error, Node};

impl Node {
    pub(super) async fn take_statements(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        opened: Opened,
        seen: &mut Fresh,
    ) -> Result<(Content, Judged), Turned> {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(from).collect();
        let (head, statements) = opened.verified_statements(&cards)?.into_parts();
        let mut to = opened.header().to.iter();
        let wide = to.any(|to| to.party != self.party);
        let about = &head.head().about;
        let theirs = Journal::new(&place.journal.channel, about);
        if !self.is_group(&theirs.channel) && wide {
            return Err(passerelle_envelope::Error::Forwarded("list of recipients").into());
        }
        if *about == self.party {
            self.check_about(from, &theirs, &statements).await?;
        } else if about != from && self.is_group(&theirs.channel) {
            self.check_others(&theirs, &statements).await?;
        } else {
            return Err(passerelle_envelope::Error::NotForUs.into());
        }
        let time = statements.iter().map(|statement| statement.time).max();
        let rows = (0_u32..)
            .zip(&statements)
            .map(|(position, statement)| row(&theirs, from, place.index, position, statement));
        let mut judged = Judged {
            rows: rows.collect(),
            ..Judged::of(place.index, place.commitment)
        };
        self.take_reports(from, &theirs, &statements, (seen, &mut judged))
            .await?;
        let time = time.unwrap_or_else(|| self.now());
        Ok((
            Content {
                opened,
                record: None,
                time,
            },
            judged,
        ))
    }

    /// In a group every member hears what each says of the others' records: about entries as
    /// they are here, as far as they are here.
    async fn check_others(&self, theirs: &Journal, statements: &[Statement]) -> Result<(), Turned> {
        let indices = || statements.iter().map(|statement| statement.index);
        let (least, most) = (indices().min().unwrap_or(0), indices().max().unwrap_or(0));
        if most - least >= READ_AHEAD {
            return Err(foreign());
        }
        let size = self.journal_state(theirs).await?.size;
        let range = least.min(size)..most.saturating_add(1).min(size);
        let leaves = self.store.commitments(theirs, range).await;
        let leaves = leaves.map_err(Error::from)?;
        let differs = |statement: &Statement| {
            let place = usize::try_from(statement.index - least).ok();
            let leaf = place.and_then(|place| leaves.get(place));
            leaf.is_some_and(|leaf| *leaf != statement.commitment)
        };
        match statements.iter().any(differs) {
            true => Err(foreign()),
            false => Ok(()),
        }
    }

    /// Statements must be about entries of ours that went to the partner: it cannot accept
    /// what we never released, nor speak for another recipient.
    async fn check_about(
        &self,
        from: &PartyId,
        ours: &Journal,
        statements: &[Statement],
    ) -> Result<(), Turned> {
        let size = self.journal_state(ours).await?.size;
        let indices = || statements.iter().map(|statement| statement.index);
        let (least, most) = (indices().min().unwrap_or(0), indices().max().unwrap_or(0));
        if most >= size || most - least >= READ_AHEAD {
            return Err(foreign());
        }
        let mut entries = BTreeMap::new();
        let mut start = least;
        while start <= most {
            let read = self
                .store
                .entries(ours, start..most + 1, MAX_BATCH_BYTES)
                .await;
            let read = read.map_err(Error::from)?;
            start = read.last().map_or(most, |entry| entry.index) + 1;
            entries.extend(read.into_iter().map(|entry| (entry.index, entry)));
        }
        let stands = |statement: &Statement| {
            entries.get(&statement.index).is_some_and(|entry| {
                entry.commitment == statement.commitment && went_to(entry, from)
            })
        };
        if statements.iter().all(stands) {
            Ok(())
        } else {
            Err(foreign())
        }
    }
}

/// A batch of statements that is passed over.
fn foreign() -> Turned {
    Turned::Refused {
        code: "E_STATEMENT_FOREIGN".to_owned(),
        record: None,
        answer: false,
    }
}

/// Whether an entry of ours was sealed to the partner. Of erased content nobody can tell any
/// more, and its partners still say what became of it.
fn went_to(entry: &Entry, party: &PartyId) -> bool {
    match &entry.held {
        Held::Content { envelope, .. } => Envelope::parse(envelope)
            .is_ok_and(|envelope| envelope.header().to.iter().any(|to| to.party == *party)),
        // Of our own entries only those that came back without content are bare.
        Held::Erased { .. } | Held::LeafOnly => true,
    }
}
