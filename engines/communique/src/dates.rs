//! Dates as four languages write them.

use crate::draft::{Draft, Sentence};
use crate::lexicon::Use;
use crate::reading::Span;

/// First and last year that is taken for one.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;

/// A date, as far as it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CalendarDate {
    /// Year, 1900 to 2100.
    pub year: Option<u16>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, the first of several.
    pub day: Option<u8>,
    /// The last of several days of one month.
    pub last_day: Option<u8>,
    /// Day of the week, 1 for Monday to 7 for Sunday.
    pub weekday: Option<u8>,
}

impl CalendarDate {
    /// Year, month and day are there.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether the day of the week is that of the date; nothing where one of them is missing.
    #[must_use]
    pub fn weekday_agrees(&self) -> Option<bool> {
        Some(self.weekday? == weekday(self.year?, self.month?, self.day?))
    }

    fn is_real(&self) -> bool {
        let days = days_in(self.year.unwrap_or(2000), self.month.unwrap_or(1));
        let fits = |day: Option<u8>| day.is_none_or(|day| (1..=days).contains(&day));
        fits(self.day) && fits(self.last_day)
    }
}

/// Day of the week of a Gregorian date (T. Sakamoto's rule), 1 for Monday.
fn weekday(year: u16, month: u8, day: u8) -> u8 {
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let shift = SHIFT
        .get(usize::from(month).saturating_sub(1))
        .copied()
        .unwrap_or(0);
    let year = u32::from(year) - u32::from(month < 3);
    let sunday_is_0 = (year + year / 4 - year / 100 + year / 400 + shift + u32::from(day)) % 7;
    if sunday_is_0 == 0 {
        7
    } else {
        sunday_is_0 as u8
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) words: std::ops::Range<usize>,
    pub(crate) span: Span,
    pub(crate) date: CalendarDate,
}

/// All dates of a sentence, in order; a day of the week alone is one.
pub(crate) fn dates(draft: &Draft<'_>, sentence: &Sentence) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for hit in draft.hits(sentence) {
        if let Use::Month(month) = hit.entry.what {
            with_month(draft, sentence, hit.words.clone(), month, &mut found);
        }
    }
    for at in sentence.words.clone() {
        numeric(draft, sentence, at, &mut found);
    }
    for hit in draft.hits(sentence) {
        if let Use::Weekday(day) = hit.entry.what {
            with_weekday(draft, hit.words.clone(), day, &mut found);
        }
    }
    found.sort_by_key(|one| one.words.start);
    found
}

fn with_month(
    draft: &Draft<'_>,
    sentence: &Sentence,
    words: std::ops::Range<usize>,
    month: u8,
    found: &mut Vec<Found>,
) {
    // « نيسان/أبريل »: the month twice.
    if let Some(last) = found.last_mut()
        && last.words.end >= words.start
        && last.date.month == Some(month)
    {
        let year = year(draft, sentence, words.end);
        last.date.year = last.date.year.or(year.map(|(year, _)| year));
        last.words.end = year.map_or(words.end, |(_, end)| end);
        last.span = draft.span(last.words.clone()).unwrap_or(last.span);
        return;
    }
    let (first, mut date) = days_before(draft, sentence, words.start);
    date.month = Some(month);
    let mut end = words.end;
    if date.day.is_none() {
        // Month first: « April 15, 2024 ».
        date.day = within(sentence, end).and_then(|at| day(draft.folded(at)));
        end += usize::from(date.day.is_some());
    }
    if let Some((year, after)) = year(draft, sentence, end) {
        date.year = Some(year);
        end = after;
    }
    // « may », « mars » and « sept » are other words too: alone they are no date.
    let alone = date.day.is_none() && date.year.is_none();
    let also_a_word = matches!(
        draft.folded(words.start),
        "may" | "march" | "mars" | "mai" | "mei" | "sept" | "dec" | "jan" | "nov" | "اب" | "ماي"
    );
    if date.is_real() && !(alone && also_a_word) {
        push(draft, first..end, date, found);
    }
}

/// The day or days before a month, and the first word of them.
fn days_before(draft: &Draft<'_>, sentence: &Sentence, month: usize) -> (usize, CalendarDate) {
    let mut date = CalendarDate::default();
    let at = |back: usize| {
        month
            .checked_sub(back)
            .filter(|at| sentence.words.contains(at))
    };
    let mut near = 1;
    // « 15 de abril », « 15th of April ».
    if at(1).is_some_and(|at| matches!(draft.folded(at), "of" | "de" | "من")) {
        near = 2;
    }
    let Some((here, last)) = at(near).and_then(|at| Some((at, day(draft.folded(at))?))) else {
        return (month, date);
    };
    date.day = Some(last);
    let between = at(near + 1).map_or("", |at| draft.folded(at));
    let linked = matches!(
        between,
        "et" | "au" | "en" | "to" | "and" | "tot" | "و" | "الي"
    );
    // « 10 و11 دجنبر »: the conjunction is written together with the number.
    let joined = draft.folded(here).starts_with('و');
    let back = if linked { near + 2 } else { near + 1 };
    let close = linked || joined || draft.gap(here).contains(['-', '–']);
    let first = at(back)
        .filter(|_| close)
        .and_then(|at| Some((at, day(draft.folded(at))?)));
    match first {
        Some((start, first)) if first < last => {
            (date.day, date.last_day) = (Some(first), Some(last));
            (start, date)
        }
        _ => (here, date),
    }
}

/// 2024-04-15, 15/04/2024, 15.04.2024, 15-04-2024.
fn numeric(draft: &Draft<'_>, sentence: &Sentence, at: usize, found: &mut Vec<Found>) {
    let part = |more: usize| within(sentence, at + more).map(|at| draft.folded(at));
    let mark = |at: usize| matches!(draft.gap(at), "/" | "." | "-" | "‐" | "–");
    let (Some(a), Some(b), Some(c)) = (part(0), part(1), part(2)) else {
        return;
    };
    if !(mark(at + 1) && draft.gap(at + 1) == draft.gap(at + 2)) {
        return;
    }
    let (day_text, year_text) = if a.len() == 4 { (c, a) } else { (a, c) };
    let year = plain_year(year_text);
    let month = b.parse().ok().filter(|month| (1..=12).contains(month));
    let date = CalendarDate {
        year,
        month,
        day: day(day_text),
        ..CalendarDate::default()
    };
    if date.is_full() && date.is_real() {
        push(draft, at..at + 3, date, found);
    }
}

/// Joins a day of the week to the date after it, or keeps it alone.
fn with_weekday(draft: &Draft<'_>, words: std::ops::Range<usize>, day: u8, found: &mut Vec<Found>) {
    let next = found.iter_mut().find(|one| {
        let near = words.end..=words.end + 1;
        one.date.day.is_some() && near.contains(&one.words.start)
    });
    if let Some(next) = next {
        next.date.weekday = Some(day);
        next.words.start = words.start;
        next.span = draft.span(next.words.clone()).unwrap_or(next.span);
        return;
    }
    let date = CalendarDate {
        weekday: Some(day),
        ..CalendarDate::default()
    };
    push(draft, words, date, found);
}

fn push(
    draft: &Draft<'_>,
    words: std::ops::Range<usize>,
    date: CalendarDate,
    found: &mut Vec<Found>,
) {
    if let Some(span) = draft.span(words.clone()) {
        found.push(Found { words, span, date });
    }
}

fn within(sentence: &Sentence, at: usize) -> Option<usize> {
    sentence.words.contains(&at).then_some(at)
}

/// A year at that word, or after a small one, and the word after it.
fn year(draft: &Draft<'_>, sentence: &Sentence, at: usize) -> Option<(u16, usize)> {
    let small = matches!(draft.folded(at), "de" | "van" | "of" | "سنه" | "عام");
    let here = within(sentence, if small { at + 1 } else { at })?;
    Some((plain_year(draft.folded(here))?, here + 1))
}

fn plain_year(folded: &str) -> Option<u16> {
    folded.parse().ok().filter(|year| YEARS.contains(year))
}

/// A day: 15, 1er, 3rd, فاتح.
fn day(folded: &str) -> Option<u8> {
    if folded == "فاتح" {
        return Some(1);
    }
    let folded = folded.strip_prefix('و').unwrap_or(folded);
    let number = folded.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = folded.get(number.len()..).unwrap_or("");
    let plain = matches!(ending, "" | "er" | "st" | "nd" | "rd" | "th" | "e");
    number
        .parse()
        .ok()
        .filter(|day| plain && (1..=31).contains(day))
}
