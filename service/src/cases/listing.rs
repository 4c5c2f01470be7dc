//! Lists of cases, from rows that carry what they show.

use std::collections::BTreeMap;

use passerelle_cases::{CaseId, Circle, Stage};
use passerelle_model::{PartyId, RecordId, Urgency, UtcTime};
use passerelle_rules::may_search;
use passerelle_store::{KeyPage, MAX_RECORDS};
use serde::Serialize;

use super::{Listed, Peeked};
use crate::directory::Shelf;
use crate::records::delivery_of;
use crate::view::Delivery;
use crate::{Actor, Error, Node};

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// Subject of its first record, where this reader may see it.
    pub subject: Option<String>,
    /// Where it is.
    pub stage: Stage,
    /// Urgency of its latest request.
    pub urgency: Option<Urgency>,
    /// The other parties.
    pub parties: Vec<PartyId>,
    /// Records in it.
    pub records: usize,
    /// When something happened last.
    pub changed: UtcTime,
    /// Whether it waits for us.
    pub ours_to_do: bool,
    /// Where our latest record in it stands with its first recipient; for screens.
    #[serde(skip)]
    pub standing: Option<Delivery>,
}

/// Pages of rows that are looked through for those that a person may know of.
const MAX_LOOKS: usize = 16;

impl Node {
    /// Cases of one's units, those that changed last first. `after` is what the page before
    /// gave.
    pub async fn cases(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<CaseLine>, Option<String>), Error> {
        self.project().await?;
        if may_search(actor.roles()).is_err() {
            return Ok((Vec::new(), None));
        }
        let (mut lines, mut keys, mut next) = (Vec::new(), BTreeMap::new(), None);
        let mut after = after.map(str::to_owned);
        for _ in 0..MAX_LOOKS {
            let rows = self.listed_rows(actor, after.as_deref(), limit + 1).await?;
            let (last, full) = (rows.keys().next_back().cloned(), rows.len() > limit);
            let mut cases: Vec<(CaseId, Listed)> = Vec::with_capacity(rows.len());
            for (key, listed) in rows {
                let id = key.split_once('/').and_then(|(_, id)| id.parse().ok());
                let Some(id): Option<CaseId> = id else {
                    continue;
                };
                keys.insert(id.clone(), key);
                cases.push((id, listed));
            }
            lines.extend(self.case_lines(actor, cases).await?);
            next = last.filter(|_| full);
            if lines.len() > limit || next.is_none() {
                break;
            }
            after = next.clone();
        }
        // One more than is shown: that there is more is told only of what may be known.
        if lines.len() > limit {
            lines.truncate(limit);
            next = lines.last().and_then(|line| keys.remove(&line.id));
        }
        Ok((lines, next))
    }

    /// Lines of those cases that this person may know of. All are read at once: mostly all of
    /// them may be known. What is damaged in one that may not be is not told.
    async fn case_lines(
        &self,
        actor: &Actor,
        cases: Vec<(CaseId, Listed)>,
    ) -> Result<Vec<CaseLine>, Error> {
        let latest = cases.iter().filter_map(|(_, listed)| listed.latest.clone());
        let (readers, standings, peeked) = tokio::join!(
            self.readers_of(cases.iter().map(|(id, _)| id.clone()).collect()),
            self.standings(latest.collect()),
            self.peek_roots(actor, &cases),
        );
        let (readers, standings) = (readers?, standings?);
        let sees = |(id, listed): &(CaseId, Listed)| {
            let named = readers.get(id).and_then(|readers| readers.named.as_ref());
            self.sees(actor, &listed.classes, named)
        };
        let (seen, peeked): (Vec<_>, Vec<_>) = match peeked {
            Ok(peeked) => {
                let all = cases.into_iter().zip(peeked);
                all.filter(|(case, _)| sees(case)).unzip()
            }
            Err(_) => {
                let seen: Vec<_> = cases.into_iter().filter(sees).collect();
                let peeked = self.peek_roots(actor, &seen).await?;
                (seen, peeked)
            }
        };
        let lines = seen
            .into_iter()
            .zip(peeked)
            .map(|((id, mut listed), peeked)| {
                let subject = peeked.and_then(|peeked| peeked.subject());
                self.narrow(actor, &mut listed);
                let latest = listed.latest.as_ref();
                let standing = latest.and_then(|(record, _)| standings.get(record).cloned());
                line_of(id, listed, subject, standing)
            });
        Ok(lines.collect())
    }

    /// Takes out of a row what this person may not know of.
    pub(super) fn narrow(&self, actor: &Actor, listed: &mut Listed) {
        let opens = |circle: &Circle| self.in_circle(actor, Some(circle));
        if !listed.circles.is_empty() {
            let circles = listed.circles.iter();
            let counts = circles.filter_map(|(circle, n)| opens(circle).then_some(n));
            listed.records = counts.sum();
        }
        if !self.in_circle(actor, listed.latest_circle.as_ref()) {
            listed.latest = None;
        }
    }

    /// The first records of cases.
    async fn peek_roots(
        &self,
        actor: &Actor,
        cases: &[(CaseId, Listed)],
    ) -> Result<Vec<Option<Peeked>>, Error> {
        let roots = cases.iter().map(|(id, _)| (id.party.clone(), id.record));
        let ids = cases.iter().map(|(id, _)| id.clone());
        self.peek(actor, roots.collect(), ids.collect()).await
    }

    /// Rows of the lists of all units of a person, by key without the unit, at least the first
    /// `limit` of all of them together and no more.
    async fn listed_rows(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<BTreeMap<String, Listed>, Error> {
        let mut rows = BTreeMap::new();
        for unit in actor.units() {
            let page = KeyPage {
                prefix: format!("{unit}/"),
                after: after.map(|after| format!("{unit}/{after}")),
                descending: false,
                limit,
            };
            for document in self.store.page(Shelf::CASE_LIST, page).await? {
                if let Some((_, rest)) = document.key.split_once('/') {
                    rows.insert(rest.to_owned(), self.unsealed_json(&document)?);
                }
            }
        }
        while rows.len() > limit {
            rows.pop_last();
        }
        Ok(rows)
    }

    /// Where records of ours stand with one partner each, without opening them: for lists.
    /// Two reads of the store for [`MAX_RECORDS`] of them.
    pub(super) async fn standings(
        &self,
        asked: Vec<(RecordId, PartyId)>,
    ) -> Result<BTreeMap<RecordId, Delivery>, Error> {
        let mut found = BTreeMap::new();
        for some in asked.chunks(MAX_RECORDS) {
            let names = some.iter().map(|(id, _)| (self.party.clone(), *id));
            let marks = some.iter().map(|(id, _)| (Shelf::RECALL, id.to_string()));
            let (held, marks) = tokio::try_join!(
                self.store.records(names.collect()),
                self.store.gather(marks.collect()),
            )?;
            for (((id, party), held), mark) in some.iter().zip(held).zip(marks) {
                let one = held.map(|held| delivery_of(&held, party, false, mark.is_some()));
                found.extend(one.map(|one| (*id, one)));
            }
        }
        Ok(found)
    }
}

pub(super) fn line_of(
    id: CaseId,
    listed: Listed,
    subject: Option<String>,
    standing: Option<Delivery>,
) -> CaseLine {
    CaseLine {
        id,
        subject,
        stage: listed.stage,
        urgency: listed.urgency,
        parties: listed.parties,
        records: listed.records,
        changed: listed.changed,
        ours_to_do: listed.ours_to_do,
        standing,
    }
}
