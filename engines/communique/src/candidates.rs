//! Sentences that decide, promise, declare or inform.

use std::ops::Range;

use crate::context::{Context, Lead, lead, leads, owner_line};
use crate::dates;
use crate::delegates::Found;
use crate::draft::{Draft, Hit, Sentence};
use crate::lexicon::{Use, lexicon};
use crate::owner::{People, responsible};
use crate::reading::{
    Candidate, Due, Language, Missing, Nature, Reason, Responsible, Span, Strength, Who,
};

/// Most candidates of one text.
pub const MAX_CANDIDATES: usize = 1000;
/// Words between a preposition of time and the time.
const DUE_WORDS: usize = 5;

/// The candidates, and whether there are more than [`MAX_CANDIDATES`]. `index` maps a sentence of
/// the draft to its number in the reading, for those that were read.
pub(crate) fn candidates(
    draft: &Draft<'_>,
    index: &[Option<usize>],
    people: &[Found],
) -> (Vec<Candidate>, bool) {
    let known = People::new(draft, people);
    let mut found = Vec::new();
    let mut context = Context::default();
    let mut last = None;
    for (at, (sentence, number)) in draft.sentences.iter().zip(index).enumerate() {
        let Some(number) = *number else { continue };
        let Some(results) = context.pass(draft, sentence) else {
            owner_line(draft, sentence, &known, at, found.last_mut());
            context.lead = leads(draft, sentence)
                .then(|| lead(draft, &known, at))
                .flatten();
            last = None;
            continue;
        };
        let one = Proposal {
            draft,
            people: &known,
            sentence,
            at,
            results,
            lead: context.lead.as_ref(),
            last,
        };
        if leads(draft, sentence) {
            context.lead = lead(draft, &known, at);
            continue;
        }
        let candidate = one.candidate(number);
        last = speaker(&one, candidate.as_ref());
        if found.len() >= MAX_CANDIDATES && candidate.is_some() {
            return (found, true);
        }
        found.extend(candidate);
    }
    (found, false)
}

/// The one state that the sentence is about, for a « he » in the next.
fn speaker(one: &Proposal<'_, '_>, candidate: Option<&Candidate>) -> Option<&'static str> {
    let who = match candidate {
        Some(candidate) => candidate.responsible.who,
        None => responsible(one.draft, one.people, one.at, None, one.last).who,
    };
    match who {
        Who::One(code) => Some(code),
        _ => None,
    }
}

struct Proposal<'p, 'a> {
    draft: &'p Draft<'a>,
    people: &'p People,
    sentence: &'p Sentence,
    at: usize,
    /// The heading above, if lines under it are results.
    results: Option<Reason>,
    lead: Option<&'p Lead>,
    last: Option<&'static str>,
}

/// What decides.
struct Verb {
    words: Option<Range<usize>>,
    strength: Strength,
    nature: Nature,
    why: Vec<Reason>,
}

impl Proposal<'_, '_> {
    fn candidate(&self, number: usize) -> Option<Candidate> {
        let mut verb = self
            .verb()
            .or_else(|| self.future())
            .or_else(|| self.led())
            .or_else(|| self.under_heading())?;
        let meets = self.draft.small(self.sentence, "meets").next().is_some();
        if verb.strength == Strength::Notes && meets {
            return None; // « met … and discussed » is the meeting itself.
        }
        self.weaken(&mut verb);
        let responsible = self.responsible(&verb);
        // Words like « présente » and « stress » are verbs only where someone speaks.
        let speaks = matches!(verb.nature, Nature::Statement | Nature::Information);
        if speaks && responsible.who == Who::Unclear {
            return None;
        }
        let binds = !speaks;
        let due = if binds {
            due(self.draft, self.sentence)
        } else {
            None
        };
        let missing = if binds {
            self.missing(&responsible, due.as_ref())
        } else {
            Vec::new()
        };
        Some(Candidate {
            nature: verb.nature,
            strength: verb.strength,
            sentence: number,
            verb: verb.words.and_then(|words| self.draft.span(words)),
            responsible,
            sectors: self.spans("sector"),
            due,
            missing,
            why: verb.why,
        })
    }

    /// The strongest verb of the table; the first of several.
    fn verb(&self) -> Option<Verb> {
        let verbs = self
            .draft
            .hits(self.sentence)
            .iter()
            .filter_map(|hit| match hit.entry.what {
                Use::Verb(strength, nature) => Some((strength, nature, hit)),
                _ => None,
            });
        let mut verbs: Vec<(Strength, Nature, &Hit)> = verbs.collect();
        verbs.sort_by_key(|(strength, nature, hit)| (*strength, *nature, hit.words.start));
        let (strength, nature, hit) = *verbs.first()?;
        // In a sentence that only tells, the first verb is that of whoever speaks.
        let tells = strength > Strength::Intends;
        let first = verbs
            .iter()
            .min_by_key(|(_, _, hit)| hit.words.start)
            .filter(|_| tells);
        let (strength, nature, hit) = first.copied().unwrap_or((strength, nature, hit));
        let mut why: Vec<Reason> = self.draft.reason(hit).into_iter().collect();
        let others = verbs
            .iter()
            .filter(|(_, _, other)| other.words != hit.words);
        why.extend(others.filter_map(|(_, _, other)| self.draft.reason(other)));
        Some(Verb {
            words: Some(hit.words.clone()),
            strength,
            nature,
            why,
        })
    }

    /// « La Belgique transmettra », « Germany will send », « سترسل بلجيكا »: a side that acts in
    /// the future undertakes to.
    fn future(&self) -> Option<Verb> {
        let purpose = |at: usize| {
            self.draft
                .covered(self.sentence, at, |what| what == Use::Purpose)
        };
        let mut words = self.sentence.words.clone();
        let at = words.find(|at| self.is_future(*at) && !purpose(*at))?;
        let found = self.draft.span(at..at + 1)?;
        let why = vec![Reason {
            table: "future",
            entry: "",
            found,
        }];
        let verb = Verb {
            words: Some(at..at + 1),
            strength: Strength::Undertakes,
            nature: Nature::Commitment,
            why,
        };
        (self.responsible(&verb).who != Who::Unclear).then_some(verb)
    }

    fn is_future(&self, at: usize) -> bool {
        let Some(word) = self.draft.word(at) else {
            return false;
        };
        let folded = word.folded.as_str();
        let small = self.draft.text(word.span).starts_with(char::is_lowercase);
        match self.sentence.language {
            Language::French => small && self.is_french_future(at, folded),
            Language::Dutch => matches!(folded, "zal" | "zullen" | "gaat" | "gaan"),
            Language::English => matches!(folded, "will" | "shall"),
            Language::Arabic => {
                let verb = folded.strip_prefix('و').unwrap_or(folded);
                let tense = ["سي", "ست", "سن"]
                    .iter()
                    .any(|start| verb.starts_with(start));
                let name = self.draft.covered(self.sentence, at, |what| {
                    !matches!(what, Use::Verb(..) | Use::Purpose)
                });
                folded == "سوف" || (tense && folded.chars().count() >= 5 && !name)
            }
        }
    }

    /// « transmettra », « transmettront », « vont transmettre ».
    fn is_french_future(&self, at: usize, folded: &str) -> bool {
        let next = self.draft.folded(at + 1);
        let infinitive = ["er", "ir", "re"]
            .iter()
            .any(|ending| next.ends_with(ending));
        let other = ["extra", "ultra", "infra", "front", "affront"].contains(&folded);
        let ends = folded.ends_with("ra") || folded.ends_with("ront");
        (matches!(folded, "va" | "vont") && infinitive)
            || (ends && folded.chars().count() >= 4 && !other)
    }

    /// An item of a list after « ont convenu de ce qui suit : ».
    fn led(&self) -> Option<Verb> {
        let (strength, nature, why) = self.lead?.verb?;
        Some(Verb {
            words: None,
            strength,
            nature,
            why: vec![why],
        })
    }

    /// A line under « Décisions » is one, whatever its verb.
    fn under_heading(&self) -> Option<Verb> {
        let why = vec![self.results?];
        if self.sentence.words.len() < 3 {
            return None;
        }
        let verb = Verb {
            words: None,
            strength: Strength::Agreed,
            nature: Nature::Decision,
            why,
        };
        let owned = !matches!(self.responsible(&verb).who, Who::Unclear | Who::Both);
        let (strength, nature) = (Strength::Undertakes, Nature::Commitment);
        Some(if owned {
            Verb {
                strength,
                nature,
                ..verb
            }
        } else {
            verb
        })
    }

    /// Agreed to examine is only to examine; not agreed, or an adopted agenda, is information.
    fn weaken(&self, verb: &mut Verb) {
        let hits = self.draft.hits(self.sentence);
        let Some(words) = verb.words.clone() else {
            return;
        };
        let takes_back = |hit: &&Hit| match hit.entry.what {
            Use::Negates => hit.words.start <= words.end && hit.words.end + 3 >= words.start,
            Use::Procedure => verb.nature == Nature::Decision,
            _ => false,
        };
        if let Some(hit) = hits.iter().find(takes_back) {
            (verb.strength, verb.nature) = (Strength::Notes, Nature::Information);
            verb.why.extend(self.draft.reason(hit));
            return;
        }
        let intends = |hit: &&Hit| {
            let plan = matches!(hit.entry.what, Use::Verb(Strength::Intends, _));
            plan && hit.words.end <= words.start && hit.words.end + 3 >= words.start
        };
        if let Some(hit) = hits.iter().find(intends) {
            (verb.strength, verb.nature) = (Strength::Intends, Nature::Commitment);
            verb.why.extend(self.draft.reason(hit));
            return;
        }
        if verb.strength == Strength::Agreed && self.looks_only(words.end) {
            (verb.strength, verb.nature) = (Strength::Examines, Nature::Commitment);
            let found = self
                .draft
                .span(words.end..self.sentence.words.end.min(words.end + 3));
            verb.why.extend(found.map(|found| Reason {
                table: "examine",
                entry: "",
                found,
            }));
        }
    }

    /// « convenu d'examiner », « agreed to explore », « اتفقا على دراسة ».
    fn looks_only(&self, from: usize) -> bool {
        let to = self.sentence.words.end.min(from + 3);
        let mut words = (from..to).map(|at| self.draft.folded(at));
        words.any(|word| lexicon(self.sentence.language).has("look", word))
    }

    fn responsible(&self, verb: &Verb) -> Responsible {
        let own = responsible(
            self.draft,
            self.people,
            self.at,
            verb.words.as_ref(),
            self.last,
        );
        match self.lead {
            Some(lead) if own.who == Who::Unclear => lead.responsible.clone(),
            _ => own,
        }
    }

    fn spans(&self, name: &'static str) -> Vec<Span> {
        let hits = self.draft.small(self.sentence, name);
        hits.filter_map(|hit| self.draft.span(hit.words.clone()))
            .collect()
    }

    fn missing(&self, responsible: &Responsible, due: Option<&Due>) -> Vec<Missing> {
        let mut missing = Vec::new();
        if due.is_none() {
            missing.push(Missing::Date);
        }
        if responsible.who == Who::Unclear {
            missing.push(Missing::Owner);
        }
        if !self.is_counted(due) {
            missing.push(Missing::Indicator);
        }
        missing
    }

    /// Whether something in the sentence can be counted: a number that is no date and does not
    /// count the parties, a share, the word indicator.
    fn is_counted(&self, due: Option<&Due>) -> bool {
        let dates = dates::dates(self.draft, self.sentence);
        let in_date = |at: usize| dates.iter().any(|date| date.words.contains(&at));
        let in_due = |span: Span| {
            due.is_some_and(|due| due.found.start <= span.start && span.end <= due.found.end)
        };
        let parties = |at: usize| {
            self.draft
                .covered(self.sentence, at, |what| what == Use::Small("counted"))
        };
        let start = self.start();
        let number = |at: usize| {
            let Some(word) = self.draft.word(at) else {
                return false;
            };
            let digits = word.folded.starts_with(|c: char| c.is_ascii_digit());
            digits && at >= start && !is_year(&word.folded) && !in_date(at) && !in_due(word.span)
        };
        let mut hits = self.draft.small(self.sentence, "indicator");
        hits.any(|hit| {
            let span = self.draft.span(hit.words.clone());
            !parties(hit.words.start) && !span.is_some_and(in_due)
        }) || self.sentence.words.clone().any(number)
    }
}

impl Proposal<'_, '_> {
    /// The first word after the number of an item or « Décision n° 1 : », which counts nothing.
    fn start(&self) -> usize {
        let first = self.sentence.words.start;
        let label = (first..self.sentence.words.end.min(first + 4)).rev();
        let mut label = label.filter(|at| *at > first && self.draft.gap(*at).contains(':'));
        label.next().unwrap_or(first + 1)
    }
}

/// The first time after a preposition of time.
fn due(draft: &Draft<'_>, sentence: &Sentence) -> Option<Due> {
    let dates = dates::dates(draft, sentence);
    let near = |hit: &Hit, at: usize| (hit.words.end..=hit.words.end + DUE_WORDS).contains(&at);
    for hit in draft.small(sentence, "due") {
        if let Some(date) = dates.iter().find(|date| near(hit, date.words.start)) {
            let found = draft.span(hit.words.start..date.words.end)?;
            return Some(Due {
                found,
                date: Some(date.date),
            });
        }
        let times = draft
            .small(sentence, "span")
            .chain(draft.small(sentence, "unit"));
        let length = times
            .filter(|time| near(hit, time.words.start))
            .min_by_key(|time| time.words.start);
        let year = (hit.words.end..sentence.words.end.min(hit.words.end + 3))
            .find(|at| is_year(draft.folded(*at)));
        let end = length.map(|time| time.words.end).or(year.map(|at| at + 1));
        if let Some(end) = end {
            let mut near = end..sentence.words.end.min(end + 3);
            let end = near
                .find(|at| is_year(draft.folded(*at)))
                .map_or(end, |at| at + 1);
            return Some(Due {
                found: draft.span(hit.words.start..end)?,
                date: None,
            });
        }
    }
    // « La prochaine réunion se tiendra à Dakar en avril 2024 »: the time without preposition.
    let date = dates.iter().find(|date| date.date.month.is_some());
    let span = draft
        .small(sentence, "span")
        .next()
        .and_then(|hit| draft.span(hit.words.clone()));
    let dated = date.map(|date| Due {
        found: date.span,
        date: Some(date.date),
    });
    dated.or(span.map(|found| Due { found, date: None }))
}

fn is_year(folded: &str) -> bool {
    folded.len() == 4 && folded.starts_with("20") && folded.chars().all(|c| c.is_ascii_digit())
}
