//! Whether erased means erased: nothing that was made from a record outlives it.

use std::collections::BTreeSet;

use passerelle_cases::CaseId;
use passerelle_model::{Digest, PartyId, RecordId};
use passerelle_store::{Direction, EntryRef, KeyPage, Listing, MAX_PAGE, WordQuery};

use super::{bad, failed, good};
use crate::directory::Shelf;
use crate::keeping::kept_key;
use crate::view::Finding;
use crate::{Error, Node};

impl Node {
    /// Looks for whatever is left of erased records: words, decisions, places in lists, drafts
    /// and their rows, cases of which nothing is left and rows of such, and sealed files that no
    /// record needs.
    pub(super) async fn check_erased(&self) -> Finding {
        match self.left_of_erased().await {
            Ok((count, left)) => match left.first() {
                None => good(
                    "erasure",
                    &format!("nothing is left of {count} erased records"),
                ),
                Some(first) => bad(
                    "erasure",
                    "E_ERASURE_LEFTOVER",
                    format!("{} things are left, first {first}", left.len()),
                    "stop and start the node, which removes files; then `keep`; else restore a \
                     backup",
                ),
            },
            Err(error) => failed("erasure", &error),
        }
    }

    async fn left_of_erased(&self) -> Result<(usize, Vec<String>), Error> {
        // Whoever took a record back stands in its case: what is not read yet is read first.
        self.project().await?;
        let (mut erased, mut left) = (BTreeSet::new(), Vec::new());
        let pending = self.pending_elsewhere().await?;
        for ours in [true, false] {
            let mut before = None;
            loop {
                let page = self.page_of_records(ours, before).await?;
                let Some(last) = page.last() else { break };
                before = Some((last.time, last.record));
                for place in page.iter().filter(|place| place.erased) {
                    left.extend(self.left_of(place, &pending).await?);
                    erased.insert((place.journal.party.clone(), place.record));
                }
            }
        }
        let quoting = self.drafts_about(&erased).await?.drafts;
        left.extend(quoting.iter().map(|draft| format!("the draft {draft}")));
        let rows = self.rows_of_no_draft().await?;
        left.extend(rows.iter().map(|row| format!("a row of a draft, {row}")));
        left.extend(self.listed_though_erased(&erased).await?);
        left.extend(self.rows_of_no_case(&erased).await?);
        left.extend(self.files_of_nothing().await?);
        Ok((erased.len(), left))
    }

    async fn page_of_records(
        &self,
        ours: bool,
        before: Option<crate::Cursor>,
    ) -> Result<Vec<EntryRef>, Error> {
        let own = self.party.clone();
        let direction = match ours {
            true => Direction::By(own),
            false => Direction::NotBy(own),
        };
        let listing = Listing {
            direction,
            channel: None,
            before,
            limit: MAX_PAGE,
        };
        Ok(self.store.list(listing).await?)
    }

    async fn left_of(
        &self,
        place: &EntryRef,
        pending: &BTreeSet<RecordId>,
    ) -> Result<Vec<String>, Error> {
        let (party, record) = (&place.journal.party, &place.record);
        let mut left = Vec::new();
        if self.is_found_by_words(place).await? {
            left.push(format!("words of {record}"));
        }
        let key = kept_key(party, record);
        if !self.store.documents(Shelf::KEPT, &key).await?.is_empty() {
            left.push(format!("decisions about {record}"));
        }
        let accepted = format!("accepted/{key}/");
        if !self
            .store
            .documents(Shelf::READERS, &accepted)
            .await?
            .is_empty()
        {
            left.push(format!("conditions accepted of {record}"));
        }
        if self.has_empty_case((party, record), pending).await? {
            left.push(format!("the case of {record}"));
        }
        Ok(left)
    }

    /// Every record is found by its own identifier, so an erased one must not be.
    async fn is_found_by_words(&self, place: &EntryRef) -> Result<bool, Error> {
        let query = WordQuery {
            groups: vec![vec![self.record_token(&place.record)]],
            limit: MAX_PAGE,
            ..WordQuery::default()
        };
        let found = self.store.search(query).await?;
        Ok(found.iter().any(|found| found.entry.record == place.record))
    }

    /// Records of ours whose erasure is still being followed: their cases go with the next
    /// round.
    async fn pending_elsewhere(&self) -> Result<BTreeSet<RecordId>, Error> {
        let keys = self.store.documents(Shelf::KEEP_LIST, "recalled/").await?;
        let names = keys.iter().filter_map(|held| held.key.rsplit('/').next());
        Ok(names.filter_map(|name| name.parse().ok()).collect())
    }

    async fn has_empty_case(
        &self,
        (party, record): (&PartyId, &RecordId),
        pending: &BTreeSet<RecordId>,
    ) -> Result<bool, Error> {
        let Some((party, record)) = self.case_of(party, record).await? else {
            return Ok(false);
        };
        let id = CaseId { party, record };
        match self.case_document(&id).await? {
            Some((document, _)) => {
                let mut lines = document.case.lines().iter();
                let followed = lines.any(|line| pending.contains(&line.record));
                Ok(!followed && self.is_emptied(&document, &BTreeSet::new()).await?)
            }
            None => Ok(false),
        }
    }

    async fn listed_though_erased(
        &self,
        erased: &BTreeSet<(PartyId, RecordId)>,
    ) -> Result<Vec<String>, Error> {
        let mut left = Vec::new();
        if erased.is_empty() {
            return Ok(left);
        }
        for prefix in ["review/", "erasure/", "restricted/", "hold/", "frozen/"] {
            let mut after = None;
            loop {
                let page = KeyPage {
                    prefix: prefix.to_owned(),
                    after,
                    descending: false,
                    limit: MAX_PAGE,
                };
                let keys = self.store.page(Shelf::KEEP_LIST, page).await?;
                let Some(last) = keys.last() else { break };
                after = Some(last.key.clone());
                let stale = keys.iter().filter(|held| names(&held.key, erased));
                left.extend(stale.map(|held| format!("the entry {}", held.key)));
            }
        }
        Ok(left)
    }

    /// Rows of lists of cases under which no case stands any more, among the cases that began
    /// with an erased record.
    async fn rows_of_no_case(
        &self,
        erased: &BTreeSet<(PartyId, RecordId)>,
    ) -> Result<Vec<String>, Error> {
        let mut left = Vec::new();
        if erased.is_empty() {
            return Ok(left);
        }
        for (kind, at) in [(Shelf::CASE_LIST, 2), (Shelf::WAITS, 4)] {
            let mut after = None;
            loop {
                let page = KeyPage {
                    after,
                    limit: MAX_PAGE,
                    ..KeyPage::default()
                };
                let rows = self.store.page(kind, page).await?;
                let Some(last) = rows.last() else { break };
                after = Some(last.key.clone());
                for row in &rows {
                    let id = row.key.split('/').nth(at).and_then(|id| id.parse().ok());
                    let Some(id): Option<CaseId> = id else {
                        left.push(format!("the row {}", row.key));
                        continue;
                    };
                    if erased.contains(&(id.party.clone(), id.record))
                        && !self.stands_under(&id, &row.key).await?
                    {
                        left.push(format!("the row {}", row.key));
                    }
                }
            }
        }
        Ok(left)
    }

    async fn stands_under(&self, id: &CaseId, row: &String) -> Result<bool, Error> {
        let held = self.case_document(id).await?;
        Ok(held.is_some_and(|(held, _)| held.listed.contains(row) || held.waiting.contains(row)))
    }

    /// Complete files that neither a record nor a draft needs.
    async fn files_of_nothing(&self) -> Result<Vec<String>, Error> {
        let held = self.blobs.list()?;
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let staged: BTreeSet<Digest> = self.staged_blobs().await?;
        let mut left = Vec::new();
        for (blob, _) in held {
            if !staged.contains(&blob) && self.store.blob_uses(blob).await? == 0 {
                left.push(format!("the attachment {blob}"));
            }
        }
        Ok(left)
    }
}

fn names(key: &str, erased: &BTreeSet<(PartyId, RecordId)>) -> bool {
    let mut parts = key.rsplit('/');
    let record = parts.next().and_then(|part| part.parse().ok());
    let party = parts.next().and_then(|part| part.parse().ok());
    let name = party.zip(record);
    name.is_some_and(|name| erased.contains(&name))
}
