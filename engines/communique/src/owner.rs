//! Who is to do what a sentence says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::delegates::{Found, states, surnames};
use crate::draft::{Draft, Hit, Sentence};
use crate::functions::end_of_function;
use crate::lexicon::{Use, lexicon};
use crate::reading::{Language, Responsible, Span, Who};
use crate::text::{fold, forms};

/// Words after an Arabic verb, or after « par », in which the subject is looked for.
const SUBJECT_WORDS: usize = 5;

/// What helps to know who is meant: states of people by their names, and whoever was named last.
#[derive(Debug)]
pub(crate) struct People {
    by_name: BTreeMap<String, &'static str>,
    /// For each delegate: sentence, state if known, and the head of the function, folded.
    delegates: Vec<(usize, Option<&'static str>, String)>,
}

impl People {
    pub(crate) fn new(draft: &Draft<'_>, found: &[Found]) -> Self {
        let mut by_name = BTreeMap::new();
        let mut delegates = Vec::new();
        for one in found {
            let code = one.delegate.party.map(|(code, _)| code);
            let head = fold(draft.text(one.delegate.why.found));
            delegates.push((one.sentence, code, head));
            let Some(code) = code else { continue };
            for name in surnames(draft, one) {
                by_name.entry(name).or_insert(code);
            }
        }
        Self { by_name, delegates }
    }
}

/// Who is responsible for what `verb` (or the whole sentence, where it has none) says. `last` is
/// the state that spoke in the sentence before.
pub(crate) fn responsible(
    draft: &Draft<'_>,
    people: &People,
    index: usize,
    verb: Option<&Range<usize>>,
    last: Option<&'static str>,
) -> Responsible {
    let unclear = Responsible {
        who: Who::Unclear,
        words: Vec::new(),
    };
    let Some(sentence) = draft.sentences.get(index) else {
        return unclear;
    };
    let find = Finder {
        draft,
        people,
        sentence,
    };
    let all = sentence.words.clone();
    let joint = verb.map_or(all.clone(), |verb| {
        verb.end..all.end.min(verb.end + SUBJECT_WORDS)
    });
    let arabic = sentence.language == Language::Arabic;
    let told = verb.is_some();
    let verb = verb.cloned().unwrap_or(all.end..all.end);
    // An Arabic verb of several words has its subject in the midst.
    let midst = arabic && verb.len() > 2;
    let after = match midst {
        true => verb.start + 1..verb.end,
        false => verb.end..all.end.min(verb.end + SUBJECT_WORDS),
    };
    let before = all.start..verb.start;
    find.label()
        .or_else(|| {
            if arabic {
                find.nearest(&before, &after)
            } else {
                find.in_range(&before)
            }
        })
        .or_else(|| find.by(verb.end))
        .or_else(|| find.inside(&verb))
        .or_else(|| find.told_again(&before, index, last))
        .or_else(|| find.in_range(&after).filter(|_| before.is_empty()))
        .or_else(|| find.body(&before).filter(|_| told))
        .or_else(|| find.body(&after).filter(|_| told && arabic))
        .or_else(|| find.joint(&joint))
        .unwrap_or(unclear)
}

struct Finder<'f, 'a> {
    draft: &'f Draft<'a>,
    people: &'f People,
    sentence: &'f Sentence,
}

impl Finder<'_, '_> {
    /// « Responsable : Maroc ».
    fn label(&self) -> Option<Responsible> {
        let label = self.draft.small(self.sentence, "owner").find(|hit| {
            hit.words.end < self.sentence.words.end
                && self.draft.gap(hit.words.end).contains([':', '|'])
        })?;
        let from = label.words.end;
        let mut end = from + 1;
        while end < self.sentence.words.end
            && !self
                .draft
                .gap(end)
                .contains([',', '،', ';', '|', ')', '(', '.', ':'])
        {
            end += 1;
        }
        self.in_range(&(from..end)).or_else(|| {
            let words = self.draft.span(from..end)?;
            Some(Responsible {
                who: Who::Named,
                words: vec![words],
            })
        })
    }

    /// Both sides, or the states of the range: two of them are both.
    fn in_range(&self, range: &Range<usize>) -> Option<Responsible> {
        let both = self.both(range);
        if !both.is_empty() {
            return Some(Responsible {
                who: Who::Both,
                words: both,
            });
        }
        let named = self.named(range);
        let (_, first, span) = *named.first()?;
        match named.iter().find(|(_, code, _)| *code != first) {
            Some((_, _, other)) => Some(Responsible {
                who: Who::Both,
                words: vec![span, *other],
            }),
            None => Some(Responsible {
                who: Who::One(first),
                words: vec![span],
            }),
        }
    }

    /// Arabic has the subject after the verb, or before it.
    fn nearest(&self, before: &Range<usize>, after: &Range<usize>) -> Option<Responsible> {
        // A comma before the verb ends what went before: « وخلال هذا اللقاء، جدد الجانبان ».
        let comma = before
            .clone()
            .rev()
            .find(|at| self.draft.gap(at + 1).contains(['،', ':']));
        let own = comma.map_or(before.start, |at| at + 1)..before.end;
        self.in_range(&own)
            .or_else(|| self.in_range(after))
            .or_else(|| self.in_range(before))
    }

    /// « par la Belgique », « by both delegations ».
    fn by(&self, from: usize) -> Option<Responsible> {
        let mut hits = self
            .draft
            .small(self.sentence, "by")
            .filter(|hit| hit.words.start >= from);
        hits.find_map(|hit| {
            let end = self.sentence.words.end.min(hit.words.end + SUBJECT_WORDS);
            self.in_range(&(hit.words.end..end))
        })
    }

    /// The verb itself says it: « d'un commun accord », « kwamen beide landen overeen ».
    fn inside(&self, verb: &Range<usize>) -> Option<Responsible> {
        self.in_range(verb)
    }

    /// « Il », « the minister »: whoever spoke before.
    fn told_again(
        &self,
        before: &Range<usize>,
        index: usize,
        last: Option<&'static str>,
    ) -> Option<Responsible> {
        self.same_function(before, index, last).or_else(|| {
            let mut hits = self.draft.small(self.sentence, "he");
            let he = hits.find(|hit| before.contains(&hit.words.start))?;
            let mut earlier = self.people.delegates.iter().rev();
            let earlier = earlier.find(|(sentence, ..)| *sentence < index);
            let code = last.or(earlier.and_then(|(_, code, _)| *code))?;
            let words = self.draft.span(he.words.clone())?;
            Some(Responsible {
                who: Who::One(code),
                words: vec![words],
            })
        })
    }

    /// « La vice-ministre »: the one delegate of that function, or the one of several that spoke
    /// in the sentence before.
    fn same_function(
        &self,
        before: &Range<usize>,
        index: usize,
        last: Option<&'static str>,
    ) -> Option<Responsible> {
        let mut hits = self.draft.hits(self.sentence).iter();
        let hit = hits.find(|hit| {
            before.contains(&hit.words.start) && matches!(hit.entry.what, Use::Function { .. })
        })?;
        let words = self.draft.span(hit.words.clone())?;
        let head = fold(self.draft.text(words));
        let earlier = self.people.delegates.iter().filter(|(at, ..)| *at < index);
        let same = earlier
            .filter(|(_, _, own)| *own == head)
            .map(|(_, code, _)| *code);
        let same: BTreeSet<Option<&str>> = same.collect();
        let code = match same.first() {
            Some(code) if same.len() == 1 => *code,
            _ => last.filter(|_| same.contains(&last)),
        };
        Some(Responsible {
            who: Who::One(code?),
            words: vec![words],
        })
    }

    /// « L'Office des étrangers », « DGSN »: an administration, though its state is not said.
    fn body(&self, range: &Range<usize>) -> Option<Responsible> {
        let lexicon = lexicon(self.sentence.language);
        let at = range.clone().find(|at| {
            let word = self.draft.word(*at);
            let raw = word.map_or("", |word| self.draft.text(word.span));
            let acronym = (3..=6).contains(&raw.len()) && raw.chars().all(char::is_uppercase);
            acronym
                || forms(self.draft.folded(*at))
                    .iter()
                    .any(|form| lexicon.has("body", form))
        })?;
        let end = end_of_function(self.draft, self.sentence, at + 1, false);
        let words = self.draft.span(at..end.min(range.end))?;
        Some(Responsible {
            who: Who::Named,
            words: vec![words],
        })
    }

    /// « une équipe conjointe »: what is joint is for both, if nothing else is said.
    fn joint(&self, after: &Range<usize>) -> Option<Responsible> {
        let mut hits = self.draft.small(self.sentence, "joint");
        let hit = hits.find(|hit| after.contains(&hit.words.start))?;
        let words = self.draft.span(hit.words.clone())?;
        Some(Responsible {
            who: Who::Both,
            words: vec![words],
        })
    }

    fn both(&self, range: &Range<usize>) -> Vec<Span> {
        let hits = self.draft.small(self.sentence, "both");
        let inside = hits.filter(|hit| range.contains(&hit.words.start));
        inside
            .filter_map(|hit| self.draft.span(hit.words.clone()))
            .take(1)
            .collect()
    }

    /// States, and people whose state is known, in order.
    fn named(&self, range: &Range<usize>) -> Vec<(usize, &'static str, Span)> {
        let inside = |hit: &&Hit| range.contains(&hit.words.start) && !self.is_topic(hit);
        let hits = self.draft.hits(self.sentence).iter().filter(inside);
        let mut found: Vec<(usize, &'static str, Span)> = Vec::new();
        for hit in hits {
            if let Some((code, hit)) = states(std::slice::from_ref(hit)).next() {
                found.extend(
                    self.draft
                        .span(hit.words.clone())
                        .map(|span| (hit.words.start, code, span)),
                );
            }
        }
        for at in range.clone() {
            let word = self.draft.word(at);
            let code = word.and_then(|word| self.people.by_name.get(&word.folded));
            if let (Some(word), Some(code)) = (word, code) {
                found.push((at, code, word.span));
            }
        }
        found.sort_by_key(|(at, ..)| *at);
        found
    }

    /// « la communauté marocaine » is what is spoken of, not who acts.
    fn is_topic(&self, hit: &Hit) -> bool {
        let strand = |what: Use| matches!(what, Use::Strand(..));
        self.draft.covered(self.sentence, hit.words.start, strand)
    }
}
