//! Which language a block is in: letters for Arabic, small words for the others.

use std::ops::Range;

use crate::lexicon::small_words;
use crate::reading::Language;
use crate::text::Word;

/// Small words of one language that a block needs before it may differ from the rest.
const MIN_SMALL_WORDS: usize = 3;

/// The language of the whole and of each block; `known` is what the person said.
pub(crate) fn languages(
    words: &[Word],
    blocks: &[Range<usize>],
    known: Option<Language>,
) -> (Option<Language>, Vec<Option<Language>>) {
    let whole = known.or_else(|| tally(words).language());
    let own = |range: &Range<usize>| {
        let counts = tally(words.get(range.clone()).unwrap_or_default());
        if counts.is_sure() {
            counts.language()
        } else {
            whole
        }
    };
    (whole, blocks.iter().map(own).collect())
}

/// How many words speak for what.
#[derive(Debug, Default)]
struct Tally {
    arabic: usize,
    latin: usize,
    /// The language of most small words, and how many.
    best: (&'static str, usize),
    second: usize,
}

impl Tally {
    fn language(&self) -> Option<Language> {
        if self.arabic > self.latin {
            return Some(Language::Arabic);
        }
        let (code, count) = self.best;
        // Running text has a small word in four or five words; names and other tongues do not.
        let plain = count >= 1 && count * 10 >= self.latin;
        Language::ALL
            .into_iter()
            .find(|one| plain && one.code() == code)
    }

    /// Whether a block says by itself what it is.
    fn is_sure(&self) -> bool {
        let arabic = self.arabic > 2 * self.latin;
        let latin = self.best.1 >= MIN_SMALL_WORDS && self.best.1 * 2 > self.second * 3;
        arabic || (latin && self.latin > 2 * self.arabic)
    }
}

fn tally(words: &[Word]) -> Tally {
    let mut tally = Tally::default();
    for word in words {
        match word.folded.chars().next() {
            Some('\u{600}'..='\u{6ff}') => tally.arabic += 1,
            Some(first) if first.is_alphabetic() => tally.latin += 1,
            _ => {}
        }
    }
    // The four first: of two that fit alike, one of them is meant.
    let own = |code: &str| Language::ALL.iter().any(|one| one.code() == code);
    let mut lists: Vec<_> = small_words()
        .iter()
        .filter(|(code, _)| **code != "ar")
        .collect();
    lists.sort_by_key(|(code, _)| !own(code));
    for (code, small) in lists {
        let count = words
            .iter()
            .filter(|word| small.contains(&word.folded))
            .count();
        if count > tally.best.1 {
            tally.second = tally.best.1;
            tally.best = (code, count);
        } else {
            tally.second = tally.second.max(count);
        }
    }
    tally
}
