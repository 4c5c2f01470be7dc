//! Lists of drafts: a small row for each, written with its draft, so that a list opens no draft
//! and costs what it shows.

use std::collections::BTreeSet;

use passerelle_model::{Kind, OfficerId, RecordId, UnitId, UtcTime};
use passerelle_rules::may_see_draft;
use passerelle_store::{KeyPage, MAX_PAGE, Put};
use serde::{Deserialize, Serialize};

use super::document::{DraftDocument, DraftState};
use super::{Field, MAX_DRAFTS};
use crate::cases::reader;
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// Its identifier.
    pub id: RecordId,
    /// What it will be.
    pub kind: Kind,
    /// Who began it.
    pub author: OfficerId,
    /// Everybody who typed.
    pub(crate) writers: BTreeSet<OfficerId>,
    /// Where it is.
    pub state: DraftState,
    /// What it is about; empty while nothing is typed.
    pub subject: String,
    /// How fast, as typed.
    pub urgency: String,
    /// When it was changed last.
    pub changed: UtcTime,
}

/// Drafts of one unit: those that wait for a second person, or the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DraftShelf {
    ToApprove,
    Others,
}

impl DraftShelf {
    fn letter(self) -> char {
        match self {
            Self::ToApprove => 'a',
            Self::Others => 'o',
        }
    }
}

impl Node {
    /// Drafts that `actor` may see, those changed last first; at most `limit` of each unit.
    pub async fn drafts(&self, actor: &Actor, limit: usize) -> Result<Vec<DraftLine>, Error> {
        let mut found = Vec::new();
        for shelf in [DraftShelf::ToApprove, DraftShelf::Others] {
            found.extend(self.draft_lines(actor, shelf, limit, |_| true).await?);
        }
        found.sort_by_key(|line| std::cmp::Reverse(line.changed));
        Ok(found)
    }

    /// Of one shelf, those that fit, changed last first; at most `limit` of each unit. Rows
    /// that do not fit are passed over page by page.
    pub(crate) async fn draft_lines(
        &self,
        actor: &Actor,
        shelf: DraftShelf,
        limit: usize,
        fits: impl Fn(&DraftLine) -> bool,
    ) -> Result<Vec<DraftLine>, Error> {
        let mut found = Vec::new();
        let reader = reader(actor);
        let seen = |unit: &&UnitId| may_see_draft(&reader, unit).is_ok();
        for unit in actor.units().iter().filter(seen) {
            let (mut of_unit, mut after) = (Vec::new(), None);
            loop {
                let page = KeyPage {
                    prefix: format!("{unit}/{}/", shelf.letter()),
                    after,
                    descending: false,
                    limit: limit.clamp(1, MAX_PAGE),
                };
                let (asked, rows) = (page.limit, self.store.page(Shelf::DRAFT_LIST, page).await?);
                for row in &rows {
                    let line: DraftLine = self.unsealed_json(row)?;
                    of_unit.extend(fits(&line).then_some(line));
                }
                after = rows.last().map(|row| row.key.clone());
                if rows.len() < asked || of_unit.len() >= limit {
                    break;
                }
            }
            of_unit.truncate(limit);
            found.extend(of_unit);
        }
        found.sort_by_key(|line| std::cmp::Reverse(line.changed));
        Ok(found)
    }

    /// What is written when a draft is kept: itself, its row, and no row under the key before.
    pub(super) fn draft_puts(
        &self,
        draft: &mut DraftDocument,
        version: u64,
    ) -> Result<Vec<Put>, Error> {
        let row = row_key(draft);
        let before = draft.listed.replace(row.clone());
        let line = draft.line();
        let mut puts = vec![
            self.sealed_json_put(Shelf::DRAFT, draft.key(), draft, Some(version))?,
            self.sealed_json_put(Shelf::DRAFT_LIST, row.clone(), &line, None)?,
        ];
        puts.extend(before.filter(|before| *before != row).map(|key| Put {
            kind: Shelf::DRAFT_LIST,
            key,
            bytes: None,
            expected: None,
        }));
        Ok(puts)
    }

    /// Refuses one more draft of a unit that has its most.
    pub(super) async fn room_for_drafts(&self, unit: &UnitId) -> Result<(), Error> {
        let (mut held, mut after) = (0, None);
        loop {
            let page = KeyPage {
                prefix: format!("{unit}/"),
                after,
                descending: false,
                limit: MAX_PAGE,
            };
            let rows = self.store.page(Shelf::DRAFT_LIST, page).await?;
            held += rows.len() as u64;
            after = rows.last().map(|row| row.key.clone());
            if held >= MAX_DRAFTS {
                let message = "finish or discard a draft first";
                return Err(Error::state("E_TOO_MANY", message));
            }
            if rows.len() < MAX_PAGE {
                return Ok(());
            }
        }
    }
}

impl DraftDocument {
    fn line(&self) -> DraftLine {
        DraftLine {
            id: self.id,
            kind: self.kind,
            author: self.author.clone(),
            writers: self.writers.clone(),
            state: self.state.clone(),
            subject: self.form.text(Field::Subject).to_owned(),
            urgency: self.form.text(Field::Urgency).to_owned(),
            changed: self.changed,
        }
    }
}

/// `<unit>/<shelf>/<newest first>/<draft>`.
fn row_key(draft: &DraftDocument) -> String {
    let shelf = match &draft.state {
        DraftState::ToApprove { .. } => DraftShelf::ToApprove,
        _ => DraftShelf::Others,
    };
    let newest = crate::cases::inverse(draft.changed);
    format!("{}/{}/{newest}/{}", draft.unit, shelf.letter(), draft.id)
}
