//! The meeting: kind, day, place, parties.

use std::collections::{BTreeMap, BTreeSet};

use crate::dates::{self, CalendarDate};
use crate::delegates::{Found, states};
use crate::draft::{Draft, Hit, Sentence};
use crate::lexicon::Use;
use crate::reading::{
    DateGuess, Language, MeetingGuess, MeetingKind, Party, PartyBy, PlaceGuess, Reason, Span,
    Sureness,
};
use crate::text::BlockKind;

/// Sentences from the top in which a state that is named takes part, if nothing else says so.
const TOP_SENTENCES: usize = 6;
/// Ministries that are listed.
const MAX_MINISTRIES: usize = 50;

/// What is known of the meeting; states of delegates that only the place tells are filled in.
pub(crate) fn meeting(draft: &Draft<'_>, read: &[usize], people: &mut [Found]) -> MeetingGuess {
    let sentences: Vec<&Sentence> = read
        .iter()
        .filter_map(|at| draft.sentences.get(*at))
        .collect();
    let place = place(draft, &sentences);
    hosts(people, place.as_ref().and_then(|place| place.state));
    MeetingGuess {
        kind: kind(draft, &sentences, people),
        date: date(draft, &sentences),
        parties: parties(draft, &sentences, people),
        ministries: ministries(draft, &sentences),
        delegates: people.iter().map(|one| one.delegate.clone()).collect(),
        place,
    }
}

/// The one delegate whose state is not named is of the state where they meet, if no other is.
fn hosts(people: &mut [Found], state: Option<&'static str>) {
    let Some(state) = state else { return };
    let code = |one: &Found| one.delegate.party.map(|(code, _)| code);
    let taken = people.iter().any(|one| code(one) == Some(state));
    let unknown = people
        .iter()
        .filter(|one| one.delegate.party.is_none())
        .count();
    if taken || unknown != 1 || people.len() < 2 {
        return;
    }
    for one in people.iter_mut().filter(|one| one.delegate.party.is_none()) {
        one.delegate.party = Some((state, PartyBy::Host));
    }
}

fn kind(
    draft: &Draft<'_>,
    sentences: &[&Sentence],
    people: &[Found],
) -> Option<(MeetingKind, Reason)> {
    let said = |name: &'static str| {
        let mut top = sentences.iter().take(TOP_SENTENCES);
        top.find_map(|one| draft.small(one, name).find_map(|hit| draft.reason(hit)))
    };
    let minister = people
        .iter()
        .find(|one| one.delegate.minister)
        .map(|one| one.delegate.why);
    let official = people.first().map(|one| one.delegate.why);
    let plenary = said("plenary").map(|why| (MeetingKind::Plenary, why));
    plenary
        .or(minister.map(|why| (MeetingKind::Ministerial, why)))
        .or(said("technical")
            .or(official)
            .map(|why| (MeetingKind::Technical, why)))
}

/// The best date: the labelled one, then that of the sentence that tells of the meeting, then the
/// first near the top.
fn date(draft: &Draft<'_>, sentences: &[&Sentence]) -> Option<DateGuess> {
    let mut best: Option<DateGuess> = None;
    let mut weekday: Option<(u8, Sureness)> = None;
    for (index, sentence) in sentences.iter().enumerate() {
        for found in dates::dates(draft, sentence) {
            let Some(sure) = sureness(draft, sentence, index, &found) else {
                continue;
            };
            if found.date.month.is_none() {
                weekday = weekday.or(found.date.weekday.map(|day| (day, sure)));
                continue;
            }
            let guess = DateGuess {
                date: found.date,
                sure,
                found: found.span,
            };
            if best.is_none_or(|best| rank(&guess) > rank(&best)) {
                best = Some(guess);
            }
        }
    }
    best.map(|best| confirmed(best, weekday))
}

fn rank(guess: &DateGuess) -> (Sureness, bool, bool) {
    (
        guess.sure,
        guess.date.year.is_some(),
        guess.date.day.is_some(),
    )
}

/// « reçu lundi » beside « Lundi 15 avril 2024 » above: the day of publication is that of the
/// meeting.
fn confirmed(best: DateGuess, weekday: Option<(u8, Sureness)>) -> DateGuess {
    let same = |day: u8| {
        CalendarDate {
            weekday: Some(day),
            ..best.date
        }
        .weekday_agrees()
    };
    match weekday {
        Some((day, Sureness::Stated))
            if best.sure < Sureness::Likely && same(day) == Some(true) =>
        {
            DateGuess {
                sure: Sureness::Likely,
                ..best
            }
        }
        _ => best,
    }
}

/// How sure it is that a date is the meeting's; nothing when it is another's.
fn sureness(
    draft: &Draft<'_>,
    sentence: &Sentence,
    index: usize,
    found: &dates::Found,
) -> Option<Sureness> {
    if labelled(draft, sentence, "date") {
        return Some(Sureness::Stated);
    }
    let before =
        |hit: &&Hit| hit.words.end <= found.words.start && hit.words.end + 3 > found.words.start;
    let due = draft.small(sentence, "due").any(|hit| before(&hit));
    let other = draft.small(sentence, "other").next().is_some();
    if due || other {
        return None;
    }
    if draft.small(sentence, "meets").next().is_some() {
        return Some(Sureness::Stated);
    }
    let heading = draft.kind(sentence.span.block) == BlockKind::Heading;
    let dateline = found.words.start < sentence.words.start + 4;
    if index < TOP_SENTENCES && (heading || dateline) {
        return Some(Sureness::Guess);
    }
    (found.date.is_full() && index < TOP_SENTENCES).then_some(Sureness::Guess)
}

/// Whether the sentence begins with « Date : » or another word of that row.
fn labelled(draft: &Draft<'_>, sentence: &Sentence, name: &'static str) -> bool {
    draft.small(sentence, name).any(|hit| {
        hit.words.start == sentence.words.start
            && draft.gap(hit.words.end).contains([':', '|', '\t'])
    })
}

fn place(draft: &Draft<'_>, sentences: &[&Sentence]) -> Option<PlaceGuess> {
    let labelled = sentences.iter().find_map(|one| labelled_place(draft, one));
    let told = || {
        let mut telling = sentences
            .iter()
            .filter(|one| draft.small(one, "meets").next().is_some());
        telling.find_map(|one| town(draft, one, Sureness::Stated, |_| true))
    };
    let top = || {
        let mut top = sentences.iter().take(TOP_SENTENCES);
        top.find_map(|one| {
            town(draft, one, Sureness::Guess, |hit| {
                hit.words.start == one.words.start
            })
        })
    };
    labelled.or_else(told).or_else(top)
}

fn labelled_place(draft: &Draft<'_>, sentence: &Sentence) -> Option<PlaceGuess> {
    let mut hits = draft.small(sentence, "place");
    let label = hits.find(|hit| hit.words.start == sentence.words.start)?;
    let words = label.words.end..sentence.words.end;
    if words.is_empty() || !draft.gap(words.start).contains([':', '|', '\t']) {
        return None;
    }
    let known = town(draft, sentence, Sureness::Stated, |hit| {
        words.contains(&hit.words.start)
    });
    known.or_else(|| {
        let found = draft.span(words)?;
        let name = draft.text(found).to_owned();
        Some(PlaceGuess {
            name,
            state: None,
            sure: Sureness::Stated,
            found,
        })
    })
}

fn town(
    draft: &Draft<'_>,
    sentence: &Sentence,
    sure: Sureness,
    is: impl Fn(&Hit) -> bool,
) -> Option<PlaceGuess> {
    let towns = draft
        .hits(sentence)
        .iter()
        .filter(|hit| is(hit))
        .filter_map(|hit| {
            let Use::Town(code) = hit.entry.what else {
                return None;
            };
            // « Tunis » the town and « tunisien » the state may share letters in Arabic; a capital or
            // a preposition parts them elsewhere.
            let first = draft.word(hit.words.start)?;
            if sentence.language != Language::Arabic && !first.capital {
                return None;
            }
            let found = draft.plain(hit)?;
            let name = draft.text(found).to_owned();
            Some(PlaceGuess {
                name,
                state: Some(code),
                sure,
                found,
            })
        });
    // « TUNIS – … reçu à Tunis »: rather not in the capitals of an agency.
    let shouted = |place: &PlaceGuess| place.name.chars().all(|c| c.is_uppercase());
    let towns: Vec<PlaceGuess> = towns.collect();
    towns
        .iter()
        .find(|place| !shouted(place))
        .or(towns.first())
        .cloned()
}

/// States of delegates, of the sentence that tells of the meeting, and of the title.
fn parties(draft: &Draft<'_>, sentences: &[&Sentence], people: &[Found]) -> Vec<Party> {
    let of_people: BTreeSet<_> = people
        .iter()
        .filter_map(|one| Some(one.delegate.party?.0))
        .collect();
    let mut first: BTreeMap<&'static str, Span> = BTreeMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let title = index < TOP_SENTENCES
            && (draft.kind(sentence.span.block) == BlockKind::Heading
                || draft.small(sentence, "meets").next().is_some());
        for (code, hit) in states(draft.hits(sentence)) {
            let side = draft.small(sentence, "side").any(|side| near(side, hit));
            if (of_people.len() < 2 && (title || side)) || of_people.contains(code) {
                first.extend(
                    draft
                        .span(hit.words.clone())
                        .filter(|_| !first.contains_key(code))
                        .map(|span| (code, span)),
                );
            }
        }
    }
    for one in people {
        if let Some((code, _)) = one.delegate.party {
            let found = first.entry(code).or_insert(one.delegate.function);
            *found = one.delegate.function.min(*found);
        }
    }
    let mut parties: Vec<Party> = first
        .into_iter()
        .map(|(code, found)| Party { code, found })
        .collect();
    parties.sort_by_key(|party| party.found);
    parties
}

fn near(a: &Hit, b: &Hit) -> bool {
    a.words.end == b.words.start || b.words.end == a.words.start
}

/// « ministère de l'Intérieur » and its like.
fn ministries(draft: &Draft<'_>, sentences: &[&Sentence]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for sentence in sentences {
        for at in sentence.words.clone() {
            let word = draft.folded(at);
            let head = matches!(word, "ministere" | "ministerie" | "ministry")
                || word.ends_with("وزاره") && word.chars().count() <= 6;
            if !head || found.len() >= MAX_MINISTRIES {
                continue;
            }
            let end = crate::functions::end_of_function(draft, sentence, at + 1, false);
            let Some(span) = draft.span(at..end).filter(|_| end > at + 1) else {
                continue;
            };
            if seen.insert(draft.text(span)) {
                found.push(span);
            }
        }
    }
    found
}
