//! Where the name of a function ends: « ministre de l'Intérieur, des Réformes
//! institutionnelles et du Renouveau démocratique ».

use crate::draft::{Draft, Sentence};
use crate::lexicon::{Lexicon, Use, lexicon};
use crate::reading::Language;
use crate::text::BlockKind;

/// Longest function, in words.
const MAX_FUNCTION_WORDS: usize = 24;

/// The word after the function whose head ends before `at`; `named` where the name of the person
/// stands before, so that no capital after it begins one.
pub(crate) fn end_of_function(
    draft: &Draft<'_>,
    sentence: &Sentence,
    at: usize,
    named: bool,
) -> usize {
    let reader = Reader {
        draft,
        sentence,
        lexicon: lexicon(sentence.language),
        named,
    };
    let mut end = at;
    let mut at = at;
    let last = sentence.words.end.min(at + MAX_FUNCTION_WORDS);
    while at < last {
        match reader.step(at, end) {
            Step::Takes(next) => (at, end) = (next, next),
            Step::Joins(next) => at = next,
            Step::Ends => break,
        }
    }
    end
}

/// What a word is to the function.
enum Step {
    /// It belongs to it, up to that word.
    Takes(usize),
    /// It belongs to it if what follows does.
    Joins(usize),
    /// It does not.
    Ends,
}

struct Reader<'r, 'a> {
    draft: &'r Draft<'a>,
    sentence: &'r Sentence,
    lexicon: &'static Lexicon,
    named: bool,
}

impl Reader<'_, '_> {
    fn step(&self, at: usize, end: usize) -> Step {
        let gap = self.draft.gap(at);
        let comma = gap.contains([',', '،']);
        if gap.contains(|c: char| ".;:|()\n\t–—«»\"“”/".contains(c)) || self.is_honorific(at)
        {
            return Step::Ends;
        }
        if let Some(next) = self.function(at) {
            // « Wali, directeur » goes on; « et le ministre » is someone else.
            return if comma && at == end {
                Step::Takes(next)
            } else {
                Step::Ends
            };
        }
        if comma && !self.goes_on(at) {
            return Step::Ends;
        }
        let verb = |what: Use| matches!(what, Use::Verb(..) | Use::Small("meets"));
        let town = self.is(at, |what| matches!(what, Use::Town(_)));
        if town || self.draft.starts(self.sentence, at, verb) {
            return Step::Ends;
        }
        match self.sentence.language {
            Language::Arabic => self.arabic(at),
            _ => self.latin(at, end, comma),
        }
    }

    fn latin(&self, at: usize, end: usize, comma: bool) -> Step {
        let Some(word) = self.draft.word(at) else {
            return Step::Ends;
        };
        let joined = at > end;
        if self.lexicon.has("joiner", &word.folded) && !(word.capital && joined) {
            return self.joiner(at);
        }
        if self.is(at, |what| matches!(what, Use::State(_))) {
            return Step::Takes(at + 1);
        }
        if word.capital {
            return self.capital(at, joined || comma);
        }
        let small = self.lexicon.has("small", &word.folded);
        let french = self.sentence.language == Language::French;
        let takes = (joined && !small) || (french && self.is_adjective(&word.folded));
        if takes {
            Step::Takes(at + 1)
        } else {
            Step::Ends
        }
    }

    /// A capital after a joiner is the portfolio; others are, as far as the row of capitals still
    /// holds a word of a portfolio. What comes then is the name of a person.
    fn capital(&self, at: usize, joined: bool) -> Step {
        let mut last = joined.then_some(at);
        for next in at..self.sentence.words.end.min(at + MAX_FUNCTION_WORDS) {
            let plain = next == at
                || self
                    .draft
                    .gap(next)
                    .trim_matches(['-', '\'', '’'])
                    .trim()
                    .is_empty();
            let Some(word) = self.draft.word(next).filter(|word| word.capital && plain) else {
                break;
            };
            let acronym =
                word.folded.len() > 2 && self.draft.text(word.span).chars().all(char::is_uppercase);
            if self.named || self.lexicon.has("portfolio", &word.folded) || acronym {
                last = Some(next);
            }
        }
        last.map_or(Step::Ends, |last| Step::Takes(last + 1))
    }

    /// « et », « à » and the like join only what is a portfolio.
    fn joiner(&self, at: usize) -> Step {
        let folded = self.draft.folded(at);
        let and = matches!(folded, "et" | "en" | "and");
        // « Vicepremier en minister »: without an article it is one person.
        if let Some(end) = self.function(at + 1).filter(|_| and) {
            return Step::Takes(end);
        }
        let strict = and || matches!(folded, "a" | "au" | "to");
        let mut next = at + 1;
        while self.lexicon.has("joiner", self.draft.folded(next)) && next < at + 4 {
            next += 1;
        }
        let Some(word) = self
            .draft
            .word(next)
            .filter(|_| next < self.sentence.words.end)
        else {
            return Step::Ends;
        };
        let names = word.capital || self.lexicon.has("portfolio", &word.folded) || next > at + 1;
        let town = self.is(next, |what| matches!(what, Use::Town(_)));
        if (strict && !names) || town || self.is_honorific(next) || self.function(next).is_some() {
            return Step::Ends;
        }
        Step::Joins(at + 1)
    }

    fn arabic(&self, at: usize) -> Step {
        let folded = self.draft.folded(at);
        let rest = folded.strip_prefix('و').unwrap_or(folded);
        let article = rest.starts_with("ال") || rest.starts_with("لل");
        let inner = rest.strip_prefix(['ل', 'ب']).unwrap_or(rest);
        let inner = self.lexicon.has("inner", rest) || self.lexicon.has("inner", inner);
        let state = self.is(at, |what| matches!(what, Use::State(_)));
        let stop = self.lexicon.has("stop", folded);
        // « المكلفة باللجوء »
        let charged = at
            .checked_sub(1)
            .is_some_and(|at| self.draft.folded(at).contains("مكلف"));
        let charged = charged && rest.starts_with('ب');
        if (article || inner || state || charged) && !stop {
            Step::Takes(at + 1)
        } else {
            Step::Ends
        }
    }

    /// Whether the list of portfolios goes on after a comma.
    fn goes_on(&self, at: usize) -> bool {
        let folded = |more: usize| self.draft.folded(at + more);
        let capital = |more: usize| self.draft.word(at + more).is_some_and(|word| word.capital);
        if self.sentence.language == Language::French {
            let article = match folded(0) {
                "des" | "du" | "d" => Some(1),
                "de" if matches!(folded(1), "la" | "l") => Some(2),
                _ => None,
            };
            if article.is_some_and(capital) {
                return true;
            }
        }
        let portfolio = |more: usize| self.lexicon.has("portfolio", folded(more)) && capital(more);
        let first = portfolio(0) || (capital(0) && portfolio(1));
        let letters = self
            .draft
            .word(at)
            .map_or("", |word| self.draft.text(word.span));
        let acronym = letters.len() > 2 && letters.chars().all(char::is_uppercase);
        // In a list of people, « commissaire, Police fédérale » is function and office.
        let list = self.named && self.draft.kind(self.sentence.span.block) == BlockKind::ListItem;
        first || acronym || (list && capital(0))
    }

    fn function(&self, at: usize) -> Option<usize> {
        let mut hits = self.draft.starting(self.sentence, at, at).iter();
        let hit = hits.find(|hit| matches!(hit.entry.what, Use::Function { .. }));
        hit.map(|hit| hit.words.end)
    }

    fn is(&self, at: usize, is: impl Fn(Use) -> bool) -> bool {
        self.draft.covered(self.sentence, at, is)
    }

    fn is_honorific(&self, at: usize) -> bool {
        let folded = self.draft.folded(at);
        let rest = folded.strip_prefix('و').unwrap_or(folded);
        self.lexicon.has("honorific", folded) || self.lexicon.has("honorific", rest)
    }

    /// By its ending, or because the list has it.
    fn is_adjective(&self, folded: &str) -> bool {
        const ENDINGS: [&str; 22] = [
            "el", "els", "elle", "elles", "ique", "iques", "al", "ale", "ales", "aux", "aire",
            "aires", "enne", "ennes", "ien", "iens", "ive", "ives", "ain", "aine", "ains", "aines",
        ];
        let long = folded.chars().count() >= 5;
        (long && ENDINGS.iter().any(|ending| folded.ends_with(ending)))
            || self.lexicon.has("adjective", folded)
    }
}
