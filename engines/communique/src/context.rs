//! What lines above say of the lines below: headings of results, sentences that open a list.

use crate::draft::{Draft, Sentence};
use crate::lexicon::Use;
use crate::owner::{People, responsible};
use crate::reading::{Candidate, Missing, Nature, Reason, Responsible, Strength, Who};
use crate::text::BlockKind;

/// Longest heading of results, in words, numbers aside.
const MAX_RESULTS_WORDS: usize = 5;

/// What holds at a place of the text.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The heading above, if lines under it are results.
    results: Option<Reason>,
    /// The sentence that opened the list.
    pub(crate) lead: Option<Lead>,
}

/// A sentence that ends with a colon: « Les deux parties ont convenu de : ».
#[derive(Debug)]
pub(crate) struct Lead {
    pub(crate) responsible: Responsible,
    /// Its verb, where that one binds.
    pub(crate) verb: Option<(Strength, Nature, Reason)>,
}

impl Context {
    /// Goes on to the next sentence: nothing for a heading, else the reason why the sentence is a
    /// result whatever its verb, if there is one.
    pub(crate) fn pass(
        &mut self,
        draft: &Draft<'_>,
        sentence: &Sentence,
    ) -> Option<Option<Reason>> {
        let kind = draft.kind(sentence.span.block);
        if kind != BlockKind::ListItem {
            self.lead = None;
        }
        let labelled = label(draft, sentence);
        if kind == BlockKind::Heading && labelled.is_none() {
            self.results = heading(draft, sentence);
            return None;
        }
        Some(labelled.or(self.results))
    }
}

/// Whether the sentence opens a list: it is the end of its block, and a colon ends it.
pub(crate) fn leads(draft: &Draft<'_>, sentence: &Sentence) -> bool {
    let block = draft.blocks.get(sentence.span.block);
    let rest = block.and_then(|block| block.text.get(sentence.span.end..));
    let last = rest.is_some_and(|rest| !rest.contains(char::is_alphanumeric));
    last && block.is_some_and(|block| block.text.trim_end().ends_with(':'))
}

/// What such a sentence says of the items that follow.
pub(crate) fn lead(draft: &Draft<'_>, people: &People, at: usize) -> Option<Lead> {
    let sentence = draft.sentences.get(at)?;
    let mut verbs = draft
        .hits(sentence)
        .iter()
        .filter_map(|hit| match hit.entry.what {
            Use::Verb(strength, nature) if strength <= Strength::Intends => {
                Some((strength, nature, hit))
            }
            _ => None,
        });
    let verb = verbs.next();
    let words = verb.map(|(_, _, hit)| &hit.words);
    let responsible = responsible(draft, people, at, words, None);
    let verb =
        verb.and_then(|(strength, nature, hit)| Some((strength, nature, draft.reason(hit)?)));
    Some(Lead { responsible, verb })
}

/// The words of a heading under which lines are results: « Décisions », « Actiepunten ».
fn heading(draft: &Draft<'_>, sentence: &Sentence) -> Option<Reason> {
    // « Relevé de conclusions de la commission » is a title: what follows is the whole text.
    let words = sentence.words.clone().map(|at| draft.folded(at));
    let words = words
        .filter(|word| !word.chars().all(char::is_numeric))
        .count();
    let hit = draft
        .small(sentence, "results")
        .next()
        .filter(|_| words <= MAX_RESULTS_WORDS)?;
    let found = draft.span(hit.words.clone())?;
    Some(Reason {
        table: "heading",
        entry: hit.entry.phrase,
        found,
    })
}

/// A line « Responsable : … » under a candidate says who is to do it.
pub(crate) fn owner_line(
    draft: &Draft<'_>,
    sentence: &Sentence,
    people: &People,
    at: usize,
    before: Option<&mut Candidate>,
) {
    let first = sentence.words.start;
    let owner = draft
        .small(sentence, "owner")
        .any(|hit| hit.words.start == first);
    let Some(before) = before.filter(|one| owner && one.responsible.who == Who::Unclear) else {
        return;
    };
    before.responsible = responsible(draft, people, at, None, None);
    if before.responsible.who != Who::Unclear {
        before.missing.retain(|missing| *missing != Missing::Owner);
    }
}

/// « Décision n° 1 : … », « Action: … »: a line that says itself that it is a result.
fn label(draft: &Draft<'_>, sentence: &Sentence) -> Option<Reason> {
    let first = sentence.words.start;
    let hit = draft
        .small(sentence, "results")
        .find(|hit| hit.words.start == first)?;
    let mut marks = hit.words.end..sentence.words.end.min(hit.words.end + 3);
    let marked = marks.any(|at| draft.gap(at).contains(':'));
    let found = draft.span(hit.words.clone()).filter(|_| marked)?;
    Some(Reason {
        table: "heading",
        entry: hit.entry.phrase,
        found,
    })
}
