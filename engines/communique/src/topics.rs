//! Which strands a text speaks of.

use std::collections::BTreeMap;

use crate::delegates::Found;
use crate::draft::{Draft, Hit, Sentence};
use crate::lexicon::Use;
use crate::reading::{Reason, Strand, Topic};
use crate::text::BlockKind;

/// Weight from which a strand is proposed: one clear phrase, or two that are less so.
const MIN_WEIGHT: u32 = 2;
/// Reasons that are kept for one topic; the sentences are all kept.
const MAX_REASONS: usize = 20;

#[derive(Default)]
struct Seen {
    weight: u32,
    best: (u32, usize, Option<Reason>),
    sentences: Vec<usize>,
    why: Vec<Reason>,
}

/// The strands in order of first mention; `index` maps a sentence of the draft to its number in
/// the reading, for those that were read; `people` stand in the order of the text.
pub(crate) fn topics(draft: &Draft<'_>, index: &[Option<usize>], people: &[Found]) -> Vec<Topic> {
    let mut seen: BTreeMap<Strand, Seen> = BTreeMap::new();
    for (sentence, number) in draft.sentences.iter().zip(index) {
        let Some(number) = number else { continue };
        for hit in draft
            .hits(sentence)
            .iter()
            .filter(|hit| is_spoken_of(draft, sentence, hit, people))
        {
            if let Use::Strand(strand, weight) = hit.entry.what {
                seen.entry(strand)
                    .or_default()
                    .add(draft, hit, weight, *number);
            }
        }
    }
    let enough = seen
        .into_iter()
        .filter(|(_, seen)| seen.weight >= MIN_WEIGHT);
    let mut topics: Vec<Topic> = enough
        .filter_map(|(strand, seen)| seen.topic(strand))
        .collect();
    topics.sort_by_key(|topic| topic.why.first().map(|why| why.found));
    topics
}

/// Not in someone's function; and a body is a topic only where it does more than meet.
fn is_spoken_of(draft: &Draft<'_>, sentence: &Sentence, hit: &Hit, people: &[Found]) -> bool {
    let near = people.partition_point(|one| one.words.end <= hit.words.start);
    let function = people
        .get(near)
        .is_some_and(|one| one.words.contains(&hit.words.start));
    let body = matches!(hit.entry.what, Use::Strand(Strand::Institutional, _));
    let meets = draft.kind(sentence.span.block) == BlockKind::Heading
        || draft.small(sentence, "meets").next().is_some();
    !(function || (body && meets))
}

impl Seen {
    fn add(&mut self, draft: &Draft<'_>, hit: &Hit, weight: u32, sentence: usize) {
        let Some(reason) = draft.reason(hit) else {
            return;
        };
        self.weight += weight;
        let longer = (weight, hit.words.len());
        if self.best.2.is_none() || longer > (self.best.0, self.best.1) {
            self.best = (weight, hit.words.len(), Some(reason));
        }
        if self.sentences.last() != Some(&sentence) {
            self.sentences.push(sentence);
        }
        if self.why.len() < MAX_REASONS {
            self.why.push(reason);
        }
    }

    fn topic(self, strand: Strand) -> Option<Topic> {
        let title = self.best.2?.found;
        Some(Topic {
            strand,
            title,
            sentences: self.sentences,
            why: self.why,
        })
    }
}
