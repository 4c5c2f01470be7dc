//! The text with everything found in it: what the other modules read.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::language::languages;
use crate::lexicon::{Entry, Lexicon, Use, lexicon};
use crate::phrases::MAX_PHRASE_WORDS;
use crate::reading::{Language, Reason, Span};
use crate::sentences::sentences;
use crate::text::{Block, BlockKind, Word, bare, fold, forms, words_of};

/// A sentence.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) words: Range<usize>,
    pub(crate) hits: Range<usize>,
    pub(crate) language: Language,
}

/// A phrase that was found.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) words: Range<usize>,
    pub(crate) entry: Entry,
}

/// The annotated text.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) blocks: &'a [Block<'a>],
    pub(crate) words: Vec<Word>,
    pub(crate) block_words: Vec<Range<usize>>,
    pub(crate) language: Option<Language>,
    pub(crate) languages: Vec<Option<Language>>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) steps: u64,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(blocks: &'a [Block<'a>], known: Option<Language>) -> Self {
        let (words, block_words) = words_of(blocks);
        let (language, languages) = languages(&words, &block_words, known);
        let mut draft = Self {
            blocks,
            words,
            block_words,
            language,
            languages,
            sentences: Vec::new(),
            hits: Vec::new(),
            steps: 0,
        };
        for block in 0..blocks.len() {
            draft.read_block(block);
        }
        draft
    }

    fn read_block(&mut self, block: usize) {
        let Some(language) = self.languages.get(block).copied().flatten() else {
            return;
        };
        let range = self.block_words.get(block).cloned().unwrap_or_default();
        for mut sentence in sentences(self, block, range, language) {
            let first = self.hits.len();
            self.find(sentence.words.clone(), lexicon(language));
            sentence.hits = first..self.hits.len();
            self.sentences.push(sentence);
        }
    }

    /// The longest phrase of each use at each word; phrases of one use do not overlap.
    fn find(&mut self, words: Range<usize>, lexicon: &'static Lexicon) {
        let own = self.words.get(words.clone()).unwrap_or_default();
        let forms: Vec<Vec<String>> = own.iter().map(|word| forms(&word.folded)).collect();
        let mut free: BTreeMap<(u8, &str), usize> = BTreeMap::new();
        for at in 0..forms.len() {
            let rest = forms.get(at..).unwrap_or_default();
            let mut found = lexicon.phrases.at(rest, &mut self.steps);
            found.sort_by_key(|one| (std::cmp::Reverse(one.words), one.entry));
            for one in found {
                let Some(entry) = lexicon.entries.get(one.entry).copied() else {
                    continue;
                };
                let next = free.entry(class(entry.what)).or_insert(0);
                if at >= *next {
                    *next = at + one.words;
                    let first = words.start + at;
                    self.hits.push(Hit {
                        words: first..first + one.words,
                        entry,
                    });
                }
            }
        }
    }

    pub(crate) fn text(&self, span: Span) -> &'a str {
        let block = self.blocks.get(span.block);
        block
            .and_then(|block| block.text.get(span.range()))
            .unwrap_or("")
    }

    pub(crate) fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    pub(crate) fn folded(&self, at: usize) -> &str {
        self.word(at).map_or("", |word| &word.folded)
    }

    /// The characters between the word before and this one; all before it for the first.
    pub(crate) fn gap(&self, at: usize) -> &'a str {
        let Some(word) = self.word(at) else { return "" };
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        let start = before.filter(|before| before.span.block == word.span.block);
        let start = start.map_or(0, |before| before.span.end);
        let span = Span {
            block: word.span.block,
            start,
            end: word.span.start,
        };
        self.text(span)
    }

    /// From the first to the last word of a range.
    pub(crate) fn span(&self, words: Range<usize>) -> Option<Span> {
        let first = self.word(words.start)?.span;
        let last = self.word(words.end.checked_sub(1)?)?.span;
        Some(Span {
            block: first.block,
            start: first.start,
            end: last.end.max(first.end),
        })
    }

    /// The words of a hit without the small word that Arabic writes together with the first:
    /// بالرباط is الرباط with its preposition.
    pub(crate) fn plain(&self, hit: &Hit) -> Option<Span> {
        let found = self.span(hit.words.clone())?;
        let first = hit.entry.phrase.split(' ').next().unwrap_or("");
        let own = self.folded(hit.words.start);
        let is = |choice: &str| {
            let plain = fold(choice);
            own == plain || own.strip_prefix("ال") == Some(bare(&plain))
        };
        let whole = first.split('|').any(is);
        let joined = self
            .text(found)
            .chars()
            .next()
            .filter(|c| "بلوفك".contains(*c));
        let skip = joined.filter(|_| !whole).map_or(0, char::len_utf8);
        Some(Span {
            start: found.start + skip,
            ..found
        })
    }

    pub(crate) fn kind(&self, block: usize) -> BlockKind {
        self.blocks
            .get(block)
            .map_or(BlockKind::Paragraph, |block| block.kind)
    }

    pub(crate) fn hits(&self, sentence: &Sentence) -> &[Hit] {
        self.hits.get(sentence.hits.clone()).unwrap_or_default()
    }

    /// The hits of one row of `small.tsv`.
    pub(crate) fn small<'s>(
        &'s self,
        sentence: &Sentence,
        name: &'static str,
    ) -> impl Iterator<Item = &'s Hit> + use<'s, 'a> {
        let hits = self.hits(sentence).iter();
        hits.filter(move |hit| hit.entry.what == Use::Small(name))
    }

    pub(crate) fn reason(&self, hit: &Hit) -> Option<Reason> {
        let found = self.span(hit.words.clone())?;
        Some(Reason {
            table: hit.entry.table,
            entry: hit.entry.phrase,
            found,
        })
    }

    /// Whether a hit for which `is` holds begins at the word.
    pub(crate) fn starts(&self, sentence: &Sentence, at: usize, is: impl Fn(Use) -> bool) -> bool {
        self.starting(sentence, at, at)
            .iter()
            .any(|hit| is(hit.entry.what))
    }

    /// Whether a hit for which `is` holds covers the word.
    pub(crate) fn covered(&self, sentence: &Sentence, at: usize, is: impl Fn(Use) -> bool) -> bool {
        // No hit is longer: what begins earlier ends before.
        let mut hits = self
            .starting(sentence, at.saturating_sub(MAX_PHRASE_WORDS), at)
            .iter();
        hits.any(|hit| hit.words.contains(&at) && is(hit.entry.what))
    }

    /// The hits of a sentence that begin at a word from `first` to `last`: they stand in order.
    pub(crate) fn starting(&self, sentence: &Sentence, first: usize, last: usize) -> &[Hit] {
        let hits = self.hits(sentence);
        let from = hits.partition_point(|hit| hit.words.start < first);
        let to = hits.partition_point(|hit| hit.words.start <= last);
        hits.get(from..to).unwrap_or_default()
    }
}

/// Uses that share a class compete for the same words.
fn class(what: Use) -> (u8, &'static str) {
    match what {
        Use::Verb(..) => (0, ""),
        Use::Negates => (1, ""),
        Use::Procedure => (2, ""),
        Use::Purpose => (3, ""),
        Use::Function { .. } => (4, ""),
        Use::Strand(strand, _) => (16 + strand as u8, ""),
        Use::State(_) => (6, ""),
        Use::Town(_) => (7, ""),
        Use::Month(_) | Use::Weekday(_) => (8, ""),
        Use::Page(_) => (9, ""),
        Use::Small(name) => (10, name),
    }
}
