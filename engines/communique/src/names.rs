//! Names of persons beside a function.

use std::ops::Range;

use crate::draft::{Draft, Sentence};
use crate::lexicon::{Lexicon, Use, lexicon};
use crate::reading::Language;

/// Longest name, in words.
const MAX_NAME_WORDS: usize = 7;
/// Longest Arabic name, particles aside: without capitals only its length bounds it.
const MAX_ARABIC_WORDS: usize = 4;

/// The name right after a function that ends before `at`: « …, M. Abdelouafi Laftit ».
pub(crate) fn name_after(
    draft: &Draft<'_>,
    sentence: &Sentence,
    at: usize,
) -> Option<Range<usize>> {
    let reader = Reader {
        draft,
        sentence,
        lexicon: lexicon(sentence.language),
    };
    if at < sentence.words.end && draft.gap(at).contains(['.', ';', ':', ')', '\n']) {
        return None;
    }
    let (start, addressed) = reader.past_honorifics(at);
    let mut end = start;
    while end < sentence.words.end && end < start + MAX_NAME_WORDS {
        let inner = end == start || reader.joins(end);
        if !(inner && reader.is_name(end)) {
            break;
        }
        end += 1;
    }
    let end = reader.without_particles(start, end);
    let end = if sentence.language == Language::Arabic {
        reader.bounded(start, end)?
    } else {
        end
    };
    (end >= start + if addressed { 1 } else { 2 }).then_some(start..end)
}

/// The name before a function that begins at `at`: « M. Benoît Lacroix, directeur »; nothing
/// before `free` is looked at.
pub(crate) fn name_before(
    draft: &Draft<'_>,
    sentence: &Sentence,
    at: usize,
    free: usize,
) -> Option<Range<usize>> {
    let reader = Reader {
        draft,
        sentence,
        lexicon: lexicon(sentence.language),
    };
    let mut end = at;
    let article = |at: usize| matches!(draft.folded(at), "le" | "la" | "l" | "de" | "the");
    while end > free && !reader.parted(end) && article(end - 1) {
        end -= 1;
    }
    if end <= free || !reader.parted(end) {
        return None;
    }
    let mut start = end;
    while start > free && end - start < MAX_NAME_WORDS {
        let inner = start == end || reader.joins(start);
        if !(inner && reader.is_name(start - 1)) {
            break;
        }
        start -= 1;
    }
    let addressed = start > free && reader.is_honorific(start - 1);
    while start < end && reader.is_particle(start) && !reader.is_capital(start) {
        start += 1;
    }
    let arabic = sentence.language == Language::Arabic;
    let whole = addressed || start == sentence.words.start || reader.parted(start) || !arabic;
    (whole && end >= start + if addressed { 1 } else { 2 }).then_some(start..end)
}

struct Reader<'r, 'a> {
    draft: &'r Draft<'a>,
    sentence: &'r Sentence,
    lexicon: &'static Lexicon,
}

impl Reader<'_, '_> {
    fn past_honorifics(&self, at: usize) -> (usize, bool) {
        let mut next = at;
        while next < self.sentence.words.end && next < at + 3 && self.is_honorific(next) {
            next += 1;
        }
        (next, next > at)
    }

    fn is_honorific(&self, at: usize) -> bool {
        let folded = self.draft.folded(at);
        // « de heer »
        let heer = folded == "de" && matches!(self.draft.folded(at + 1), "heer");
        let rest = folded.strip_prefix('و').unwrap_or(folded);
        heer || self.lexicon.has("honorific", folded) || self.lexicon.has("honorific", rest)
    }

    /// Whether a comma, bracket, dash or cell border stands before the word.
    fn parted(&self, at: usize) -> bool {
        self.draft
            .gap(at)
            .contains([',', '،', '|', '(', '–', '—', '\t', ':'])
    }

    /// Whether only blanks, hyphens and full stops of initials stand before the word.
    fn joins(&self, at: usize) -> bool {
        let gap = self.draft.gap(at).trim();
        let initial = at
            .checked_sub(1)
            .is_some_and(|at| self.draft.folded(at).chars().count() == 1);
        gap.is_empty() || matches!(gap, "-" | "'" | "’" | "‐") || (gap == "." && initial)
    }

    fn is_name(&self, at: usize) -> bool {
        let is_other =
            |what: Use| matches!(what, Use::Function { .. } | Use::Month(_) | Use::Weekday(_));
        // A verb may have the name in its midst: only its first word is none.
        let is_verb = |what: Use| matches!(what, Use::Verb(..) | Use::Small("meets"));
        let other = self.draft.covered(self.sentence, at, is_other)
            || self.draft.starts(self.sentence, at, is_verb);
        if self.is_honorific(at) || other {
            return false;
        }
        let folded = self.draft.folded(at);
        if folded.chars().all(char::is_numeric) {
            return false;
        }
        if self.sentence.language == Language::Arabic {
            let with = ["بال", "لل", "وال"]
                .iter()
                .any(|start| folded.starts_with(start));
            // علي is a name, على is not; folded they are one.
            let ali = self
                .draft
                .word(at)
                .is_some_and(|word| self.draft.text(word.span) == "علي");
            return !with && (ali || !self.lexicon.has("stop", folded));
        }
        self.is_capital(at) || self.is_particle(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.draft.word(at).is_some_and(|word| word.capital)
    }

    fn is_particle(&self, at: usize) -> bool {
        self.lexicon.has("particle", self.draft.folded(at))
    }

    /// A name does not end with « de », nor begin the next state or town with it.
    fn without_particles(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.is_particle(end - 1) && !self.is_capital(end - 1) {
            end -= 1;
        }
        end
    }

    /// An Arabic name must be short, or end at a mark of its own.
    fn bounded(&self, start: usize, end: usize) -> Option<usize> {
        let counted = (start..end).filter(|at| !self.is_particle(*at)).count();
        let marked = end >= self.sentence.words.end || !self.joins(end) || counted <= 2;
        (counted <= MAX_ARABIC_WORDS && marked).then_some(end)
    }
}
