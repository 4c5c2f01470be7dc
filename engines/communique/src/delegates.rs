//! Who took part: functions, with the names beside them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::draft::{Draft, Hit, Sentence};
use crate::functions::end_of_function;
use crate::lexicon::{Use, lexicon};
use crate::names::{name_after, name_before};
use crate::reading::{Delegate, Language, PartyBy, Span};
use crate::text::{BlockKind, fold};

/// Most delegates of one meeting.
pub const MAX_DELEGATES: usize = 200;

/// A delegate and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) delegate: Delegate,
    pub(crate) sentence: usize,
    /// Words of function and name.
    pub(crate) words: Range<usize>,
}

/// All delegates in order; those of sentences for which `skip` holds are passed over.
pub(crate) fn delegates(draft: &Draft<'_>, skip: impl Fn(&Sentence) -> bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut known: BTreeSet<(String, Option<&str>)> = BTreeSet::new();
    let mut side = Side::default();
    for (index, sentence) in draft.sentences.iter().enumerate() {
        if skip(sentence) {
            continue;
        }
        side.pass(draft, sentence);
        for one in of_sentence(draft, sentence, index, &side) {
            if found.len() < MAX_DELEGATES && is_new(draft, &one, &mut known) {
                found.push(one);
            }
        }
    }
    found
}

/// The state whose list of people is being read.
#[derive(Debug, Default)]
struct Side {
    state: Option<&'static str>,
}

impl Side {
    fn pass(&mut self, draft: &Draft<'_>, sentence: &Sentence) {
        match draft.kind(sentence.span.block) {
            BlockKind::Heading => self.heading(draft, sentence),
            BlockKind::Paragraph => self.state = None,
            BlockKind::ListItem | BlockKind::TableRow => {}
        }
    }

    /// « Pour la Belgique : »; a line with someone's function is no heading of the list.
    fn heading(&mut self, draft: &Draft<'_>, sentence: &Sentence) {
        let hits = draft.hits(sentence);
        let people = hits
            .iter()
            .any(|hit| matches!(hit.entry.what, Use::Function { .. }));
        let states: BTreeSet<_> = states(hits).map(|(code, _)| code).collect();
        if !people {
            self.state = states.first().copied().filter(|_| states.len() == 1);
        }
    }
}

/// States of these hits, with the words.
pub(crate) fn states(hits: &[Hit]) -> impl Iterator<Item = (&'static str, &Hit)> {
    hits.iter().filter_map(|hit| match hit.entry.what {
        Use::State(code) => Some((code, hit)),
        _ => None,
    })
}

fn of_sentence(draft: &Draft<'_>, sentence: &Sentence, index: usize, side: &Side) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut free = sentence.words.start;
    for hit in draft.hits(sentence) {
        let Use::Function { minister } = hit.entry.what else {
            continue;
        };
        if hit.words.start < free {
            continue;
        }
        let start = start_of_function(draft, sentence, hit, free);
        let before = name_before(draft, sentence, start, free);
        let end = end_of_function(draft, sentence, hit.words.end, before.is_some());
        let name = before.or_else(|| name_after(draft, sentence, end));
        let bare = end == hit.words.end && start == hit.words.start;
        if name.is_none() && (bare || !stands_alone(draft, sentence)) {
            continue;
        }
        let (Some(function), Some(why)) = (draft.span(start..end), draft.reason(hit)) else {
            continue;
        };
        let plain = draft.plain(hit).filter(|_| start == hit.words.start);
        let function = Span {
            start: plain.map_or(function.start, |plain| plain.start),
            ..function
        };
        let words = name
            .as_ref()
            .map_or(start..end, |name| start.min(name.start)..end.max(name.end));
        let before = found.last().map(|one| (one.words.end, one.delegate.party));
        let party = party(draft, sentence, &(start..end), &words, side)
            .or_else(|| company(draft, sentence, before, words.start));
        free = words.end;
        let name = name.and_then(|name| draft.span(name));
        let delegate = Delegate {
            function,
            name,
            party,
            minister,
            why,
        };
        found.push(Found {
            delegate,
            sentence: index,
            words,
        });
    }
    found
}

/// A function without a name counts in a list of people and where a meeting is told of.
fn stands_alone(draft: &Draft<'_>, sentence: &Sentence) -> bool {
    if draft.kind(sentence.span.block) == BlockKind::Heading {
        return false;
    }
    let list = !matches!(
        draft.kind(sentence.span.block),
        BlockKind::Paragraph | BlockKind::Heading
    );
    let verb = draft
        .hits(sentence)
        .iter()
        .any(|hit| matches!(hit.entry.what, Use::Verb(..)));
    (list && !verb) || draft.small(sentence, "meets").next().is_some()
}

/// « Tunesische minister », « Egyptian Minister »: the adjective before belongs to it.
fn start_of_function(draft: &Draft<'_>, sentence: &Sentence, hit: &Hit, free: usize) -> usize {
    let start = hit.words.start;
    let adjective = sentence.language != Language::French && sentence.language != Language::Arabic;
    let near = states(draft.hits(sentence))
        .find(|(_, state)| state.words.end == start && state.words.start >= free);
    let joined = draft.gap(start).trim().is_empty();
    near.filter(|_| adjective && joined)
        .map_or(start, |(_, state)| state.words.start)
}

/// The state in the function, or in the cells and brackets after the name, or of the heading.
fn party(
    draft: &Draft<'_>,
    sentence: &Sentence,
    function: &Range<usize>,
    all: &Range<usize>,
    side: &Side,
) -> Option<(&'static str, PartyBy)> {
    let hits = draft.hits(sentence);
    let inside = states(hits).find(|(_, hit)| function.contains(&hit.words.start));
    let row = draft.kind(sentence.span.block) == BlockKind::TableRow;
    let beside = states(hits).find(|(_, hit)| {
        let at = hit.words.start;
        let bracket = at == all.end && draft.gap(at).contains(['(', ',', '،', '|']);
        bracket || (row && !all.contains(&at))
    });
    let named = inside.or(beside).map(|(code, _)| (code, PartyBy::Named));
    named.or_else(|| Some((side.state?, PartyBy::Heading)))
}

/// « accompagnée de la Secrétaire d'État »: of the state of the delegate before.
fn company(
    draft: &Draft<'_>,
    sentence: &Sentence,
    before: Option<(usize, Option<(&'static str, PartyBy)>)>,
    at: usize,
) -> Option<(&'static str, PartyBy)> {
    let (from, party) = before?;
    let (code, _) = party?;
    let with = draft
        .small(sentence, "company")
        .any(|hit| (from..at).contains(&hit.words.start));
    with.then_some((code, PartyBy::Company))
}

/// Whether neither the name nor the function of that state was seen before.
fn is_new(
    draft: &Draft<'_>,
    one: &Found,
    known: &mut BTreeSet<(String, Option<&'static str>)>,
) -> bool {
    let key = |span: Span| {
        draft
            .text(span)
            .split_whitespace()
            .map(fold)
            .collect::<String>()
    };
    let party = one.delegate.party.map(|(code, _)| code);
    let function = (key(one.delegate.function), party);
    match one.delegate.name {
        Some(name) => {
            known.insert(function);
            known.insert((key(name), None))
        }
        None => known.insert(function),
    }
}

/// The words of a name by which it may be told again, folded; nothing of one or two letters.
pub(crate) fn surnames(draft: &Draft<'_>, one: &Found) -> Vec<String> {
    let Some(name) = one.delegate.name else {
        return Vec::new();
    };
    let lexicon = draft
        .sentences
        .get(one.sentence)
        .map(|sentence| lexicon(sentence.language));
    let parts = draft
        .text(name)
        .split(|c: char| !c.is_alphanumeric())
        .map(fold);
    let mut parts: Vec<String> = parts
        .filter(|part| part.chars().count() > 2)
        .filter(|part| lexicon.is_none_or(|lexicon| !lexicon.has("particle", part)))
        .collect();
    if parts.len() > 1 {
        parts.remove(0);
    }
    parts
}
