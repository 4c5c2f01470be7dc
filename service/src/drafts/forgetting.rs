//! Drafts that quote a record go with it: subject and text were copied from it.

use std::collections::BTreeSet;

use passerelle_model::{Digest, PartyId, RecordId};
use passerelle_store::Put;

use super::document::DraftDocument;
use crate::directory::Shelf;
use crate::{Error, Node};

/// Drafts, and what is kept beside them.
#[derive(Debug, Default)]
pub(crate) struct Quoting {
    pub(crate) drafts: Vec<RecordId>,
    pub(crate) puts: Vec<Put>,
    pub(crate) blobs: Vec<Digest>,
}

impl Node {
    /// The drafts that speak about one of these records, as the writes that remove them. Drafts
    /// are few: all are looked at.
    pub(crate) async fn drafts_about(
        &self,
        records: &BTreeSet<(PartyId, RecordId)>,
    ) -> Result<Quoting, Error> {
        let mut found = Quoting::default();
        for document in self.store.documents(Shelf::DRAFT, "").await? {
            // One that does not open quotes nothing to anybody; it stops no erasure.
            let Ok(draft) = self.unsealed_json::<DraftDocument>(&document) else {
                continue;
            };
            let quotes = draft
                .references
                .iter()
                .any(|reference| records.contains(&(reference.party.clone(), reference.record)));
            if !quotes {
                continue;
            }
            let tokens: Vec<String> = draft.files.iter().map(|file| file.token.clone()).collect();
            found.blobs.extend(self.staged_blobs_of(&tokens).await?);
            let looks = format!("{}/", draft.id);
            let looks = self.store.documents(Shelf::LOOK, &looks).await?;
            let staged = tokens.into_iter().map(|token| (Shelf::STAGED, token));
            let looks = looks.into_iter().map(|look| (Shelf::LOOK, look.key));
            let row = draft.listed.map(|key| (Shelf::DRAFT_LIST, key));
            let all = std::iter::once((Shelf::DRAFT, document.key));
            let all = all.chain(row).chain(looks).chain(staged);
            found.puts.extend(all.map(|(kind, key)| Put {
                kind,
                key,
                bytes: None,
                expected: None,
            }));
            found.drafts.push(draft.id);
        }
        Ok(found)
    }

    /// Tokens of files that drafts have.
    pub(crate) async fn tokens_of_drafts(&self) -> Result<BTreeSet<String>, Error> {
        let mut tokens = BTreeSet::new();
        for document in self.store.documents(Shelf::DRAFT, "").await? {
            let draft: DraftDocument = self.unsealed_json(&document)?;
            tokens.extend(draft.files.into_iter().map(|file| file.token));
        }
        Ok(tokens)
    }

    /// What is held under these tokens. A file that a stop left without its note is swept at the
    /// next start.
    pub(super) async fn staged_blobs_of(&self, tokens: &[String]) -> Result<Vec<Digest>, Error> {
        let mut blobs = Vec::new();
        for token in tokens {
            match self.staged_attachments(std::slice::from_ref(token)).await {
                Ok(files) => blobs.extend(files.into_iter().map(|file| file.sealed)),
                Err(Error::NotFound { .. }) => {}
                Err(error) if error.is_damage() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(blobs)
    }

    /// Rows of lists that no draft stands under: a row has the subject of its draft.
    pub(crate) async fn rows_of_no_draft(&self) -> Result<Vec<String>, Error> {
        let mut listed = BTreeSet::new();
        for document in self.store.documents(Shelf::DRAFT, "").await? {
            let draft: DraftDocument = self.unsealed_json(&document)?;
            listed.extend(draft.listed);
        }
        let rows = self.store.documents(Shelf::DRAFT_LIST, "").await?;
        let rows = rows.into_iter().map(|row| row.key);
        Ok(rows.filter(|key| !listed.contains(key)).collect())
    }
}
