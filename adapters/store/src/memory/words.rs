//! Pages of documents and the words index, in memory.

use std::collections::BTreeSet;

use super::State;
use crate::{Document, Erasure, Found, KeyPage, WordQuery, Words, place_of};

impl State {
    pub(super) fn page(&self, kind: &str, page: &KeyPage) -> Vec<Document> {
        let mut found = self.documents(kind, &page.prefix);
        if page.descending {
            found.reverse();
        }
        found.retain(|document| match &page.after {
            None => true,
            Some(after) if page.descending => document.key < *after,
            Some(after) => document.key > *after,
        });
        found.truncate(page.limit);
        found
    }

    pub(super) fn search(&self, query: &WordQuery) -> Vec<Found> {
        let before = query.after.unwrap_or(u64::MAX);
        let since = query.since.unwrap_or(0).min(before);
        let rows = self.words.range(since..before).rev();
        rows.filter(|(_, (_, _, held))| {
            let has = |group: &Vec<_>| group.iter().any(|token| held.contains(token));
            let mut groups = query.groups.iter().chain(&query.within);
            groups.all(has) && !query.none.iter().any(|token| held.contains(token))
        })
        .filter_map(|(place, (journal, index, _))| {
            Some(Found {
                place: *place,
                entry: self.entry_ref(journal, *index)?,
            })
        })
        .take(query.limit)
        .collect()
    }

    pub(super) fn index(&mut self, words: Words) {
        self.unindex(&words.journal, words.index);
        let Some(entry) = self.entry_ref(&words.journal, words.index) else {
            return;
        };
        if words.tokens.is_empty() || entry.erased {
            return;
        }
        let mut place = place_of(entry.time, &entry.record);
        while self.words.contains_key(&place) {
            place += 1;
        }
        let tokens: BTreeSet<_> = words.tokens.into_iter().collect();
        self.words
            .insert(place, (words.journal, words.index, tokens));
    }

    pub(super) fn unword(&mut self, erasure: &Erasure) {
        self.unindex(&erasure.journal, erasure.index);
    }

    fn unindex(&mut self, journal: &crate::Journal, index: u64) {
        self.words
            .retain(|_, (held, at, _)| held != journal || *at != index);
    }
}
