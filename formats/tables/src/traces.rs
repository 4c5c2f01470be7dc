//! Traces of single persons in free text: a net with holes, for a warning and a second look.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::{Holds, MAX_TEXT_BYTES, MAX_TRACES};

/// Something in a text that looks like data of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Where it stands, in bytes of the text.
    pub place: Range<usize>,
    /// Its line, from 1.
    pub line: usize,
    /// The character of the line it begins with, from 1.
    pub column: usize,
    /// What it looks like.
    pub holds: Holds,
}

/// What in a text looks like a mail address, telephone number, account, document, number of a
/// register or date of birth, in the order of the text; at most [`MAX_TRACES`], of its first
/// [`MAX_TEXT_BYTES`]. Names are not found.
#[must_use]
pub fn person_traces(text: &str) -> Vec<Trace> {
    let text = beginning(text);
    // Every pattern has one of these; most cells of most tables have none.
    if !text.contains(|c: char| c == '@' || c.is_numeric()) {
        return Vec::new();
    }
    let mut places: Vec<(Range<usize>, Holds)> = Vec::new();
    for pattern in PATTERNS.iter() {
        for found in pattern.regex.find_iter(text).take(MAX_TRACES) {
            let place = found.range();
            let free = |(other, _): &(Range<usize>, _)| {
                other.end <= place.start || place.end <= other.start
            };
            let whole = pattern.holds == Holds::Email || stands_alone(text, &place);
            if whole && places.iter().all(free) && (pattern.holds_true)(found.as_str()) {
                places.push((place, pattern.holds));
            }
        }
    }
    places.sort_by_key(|(place, _)| place.start);
    places.truncate(MAX_TRACES);
    places
        .into_iter()
        .map(|(place, holds)| Trace::at(text, place, holds))
        .collect()
}

impl Trace {
    fn at(text: &str, place: Range<usize>, holds: Holds) -> Self {
        let before = text.get(..place.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self {
            place,
            line,
            column,
            holds,
        }
    }
}

struct Pattern {
    holds: Holds,
    regex: Regex,
    /// What a pattern cannot say.
    holds_true: fn(&str) -> bool,
}

/// The first that finds a place has it. `\d` is a digit of any script.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    vec![
        pattern(Holds::Email, r"(?i)[\w.+-]+@[\w-]+(?:\.[\w-]+)+", |_| true),
        pattern(
            Holds::Account,
            r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b",
            is_iban,
        ),
        pattern(
            Holds::Register,
            r"\b\d{2}[. -]?\d{2}[. -]?\d{2}[ -]?\d{3}[. -]?\d{2}\b",
            is_register,
        ),
        pattern(Holds::BirthDate, BIRTH, |_| true),
        pattern(Holds::Document, DOCUMENT, has_number),
        pattern(Holds::Document, r"\b[A-Z]{1,2} ?\d{6,7}\b", |_| true),
        pattern(
            Holds::Phone,
            r"(?:\+|\b00)[1-9\u{661}-\u{669}](?:[ ./()-]{0,2}\d){7,13}\b",
            |_| true,
        ),
        pattern(
            Holds::Phone,
            r"\b[0\u{660}][1-9\u{661}-\u{669}](?:[ ./-]?\d){7,8}\b",
            is_phone,
        ),
    ]
});

/// Words for being born, and a day or a year soon after them.
const BIRTH: &str = concat!(
    r"(?i)(?:\bn[ée](?:e|\(e\)|·e)? (?:le|à)\b|\bnaissance\b|\bborn (?:on|in)\b|\bbirth\b|\bdob\b",
    r"|\bgeboren\b|\bgeboorte\w*|\bnacid[oa]s? (?:el|en)\b|\bnacimiento\b",
    r"|ولدت?\b|المولودة?\b|مولودة?\b|المزدادة?\b|مزدادة?\b|الازدياد\b|الميلاد\b)",
    r"[^\d\n]{0,30}(?:\d{1,2}(?:[ ./-]|er |e )[^\d\n]{0,12}(?:\d{1,2}[ ./-])?\d{4}|\d{4}-\d{2}-\d{2})",
);

/// Words for documents, and a number soon after them.
const DOCUMENT: &str = concat!(
    r"(?i)(?:\bpasse?ports?\b|\bpaspoort\w*|\bpasaporte\b|\bcarte d.identité\b|\bidentiteitskaart\b",
    r"|\bidentity card\b|\bcnie?\b|\bcin\b|\bdni\b|جواز (?:ال)?سفر|بطاقة (?:ال)?تعريف|البطاقة الوطنية)",
    r"[^\n]{0,20}?\b[A-Z]{0,3} ?\d{5,9}[A-Z]?\b",
);

fn pattern(holds: Holds, text: &str, holds_true: fn(&str) -> bool) -> Pattern {
    #[expect(
        clippy::expect_used,
        reason = "constant patterns; a test compiles them all"
    )]
    let regex = Regex::new(text).expect("a pattern");
    Pattern {
        holds,
        regex,
        holds_true,
    }
}

/// A whole number of characters of at most the limit.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Not part of a longer number or code, such as an identifier of a project.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).unwrap_or_default();
    let mut after = text.get(place.end..).unwrap_or_default().chars();
    let joins = |c: char| "-_/.,".contains(c);
    let goes_on =
        after.next().is_some_and(joins) && after.next().is_some_and(char::is_alphanumeric);
    !before.ends_with(joins) && !goes_on
}

/// Remainder 1 of 97 (ISO 13616-1).
fn is_iban(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    let Some((head, tail)) = compact.split_at_checked(4) else {
        return false;
    };
    let digits = tail
        .chars()
        .chain(head.chars())
        .filter_map(|c| c.to_digit(36));
    let rest = digits.fold(0, |rest, digit| {
        let shift = if digit < 10 { 10 } else { 100 };
        (rest * shift + digit) % 97
    });
    (15..=34).contains(&compact.len()) && rest == 1
}

/// A number of the Belgian national register: its last two digits are 97 less the remainder of the
/// others, with a 2 before them for those born from 2000 on (royal decree of 3 April 1984).
fn is_register(text: &str) -> bool {
    let digits: Vec<u64> = text.chars().filter_map(digit).collect();
    let number = |digits: &[u64]| digits.iter().fold(0, |sum, digit| sum * 10 + digit);
    let Some((head, tail)) = digits.split_at_checked(9) else {
        return false;
    };
    let (head, tail) = (number(head), number(tail));
    tail == 97 - head % 97 || tail == 97 - (2_000_000_000 + head) % 97
}

/// As long as numbers in Belgium (9 or 10) and Morocco (10) are, and no date.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.chars().count()).collect();
    let is_date = matches!(lengths.as_slice(), [2, 2, 4, ..]);
    (9..=10).contains(&digits) && !is_date
}

fn has_number(text: &str) -> bool {
    text.chars().filter(|c| digit(*c).is_some()).count() >= 5
}

/// Of ASCII or Arabic digits.
fn digit(c: char) -> Option<u64> {
    let arabic = ('\u{660}'..='\u{669}')
        .contains(&c)
        .then(|| u64::from(u32::from(c) - 0x660));
    c.to_digit(10).map(u64::from).or(arabic)
}
