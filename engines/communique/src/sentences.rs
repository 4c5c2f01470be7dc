//! Where a sentence ends.

use std::ops::Range;

use crate::draft::{Draft, Sentence};
use crate::lexicon::lexicon;
use crate::reading::{Language, Span};

/// Words after which a sentence is cut, ended or not; no human sentence is as long.
pub(crate) const MAX_SENTENCE_WORDS: usize = 400;

/// The sentences of one block, without hits.
pub(crate) fn sentences(
    draft: &Draft<'_>,
    block: usize,
    words: Range<usize>,
    language: Language,
) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut first = words.start;
    for at in words.clone() {
        let last = at + 1 == words.end;
        let full = at + 1 - first >= MAX_SENTENCE_WORDS;
        if !(last || full || ends(draft, at, words.start, language)) {
            continue;
        }
        if let Some(span) = whole(draft, block, first..at + 1, last) {
            found.push(Sentence {
                span,
                words: first..at + 1,
                hits: 0..0,
                language,
            });
        }
        first = at + 1;
    }
    found
}

/// The words with the marks that end them.
fn whole(draft: &Draft<'_>, block: usize, words: Range<usize>, last: bool) -> Option<Span> {
    let span = draft.span(words.clone())?;
    let text = draft.blocks.get(block)?.text;
    let rest = if last {
        text.get(span.end..)?
    } else {
        draft.gap(words.end)
    };
    let mut end = span.end;
    for (at, mark) in rest.char_indices() {
        let adjacent = span.end + at == end;
        match mark {
            '.' | '!' | '?' | '؟' | '…' | ';' | '؛' | '»' => {
                end = span.end + at + mark.len_utf8()
            }
            '”' | '"' | ')' if adjacent => end += mark.len_utf8(),
            '«' | '“' | '(' | '"' | '-' | '–' | '—' | '•' => break,
            _ => {}
        }
    }
    Some(Span { end, ..span })
}

/// Whether a sentence ends after the word `at`, which is not the last of its block.
fn ends(draft: &Draft<'_>, at: usize, first: usize, language: Language) -> bool {
    let gap = draft.gap(at + 1);
    if gap.contains(['!', '?', '؟', '…']) || gap.matches('\n').count() >= 2 {
        return true;
    }
    if gap.contains("...") {
        return true;
    }
    let Some(stop) = gap.find('.') else {
        return false;
    };
    let after = gap.get(stop + 1..).unwrap_or("");
    // 15.04.2024, www.example.org, a.b
    if after.is_empty() || !after.contains(|c: char| c.is_whitespace() || c == '»' || c == '«') {
        return false;
    }
    let word = draft.folded(at);
    let number_of_item = at == first && word.chars().all(char::is_numeric);
    let initial = word.chars().count() == 1 && !word.chars().all(char::is_numeric);
    if number_of_item || initial || lexicon(language).has("abbreviation", word) {
        return false;
    }
    let next = draft.word(at + 1);
    let small = next.is_some_and(|next| draft.text(next.span).starts_with(char::is_lowercase));
    !small
}
