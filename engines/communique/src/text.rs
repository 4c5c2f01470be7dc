//! Blocks, and the words in them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::reading::Span;

/// Longest word that is compared, in characters; longer ones are cut.
const MAX_WORD_CHARS: usize = 40;
/// A line of a plain text with more words is no heading.
const MAX_HEADING_WORDS: usize = 12;
/// A line that is shorter was ended by its writer, not by the margin.
const MIN_WRAPPED_BYTES: usize = 50;

/// What a block is in the text it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A title, or a short line without a full stop.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, cells parted by tabulators or `|`.
    TableRow,
}

/// A part of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: &'a str,
}

/// The blocks of a plain text, each with the byte where it begins: one for each line, lines that
/// only the margin broke put together.
#[must_use]
pub fn blocks_of(text: &str) -> Vec<(usize, Block<'_>)> {
    let mut found: Vec<(usize, Block<'_>)> = Vec::new();
    let mut at = 0;
    let mut open: Option<Range<usize>> = None;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let end = start + line.trim().len();
        if let Some(before) = &open
            && continues(text.get(before.clone()).unwrap_or(""), line)
        {
            open = Some(before.start..end);
            continue;
        }
        close(text, &mut open, &mut found);
        if !line.trim().is_empty() {
            open = Some(start..end);
        }
    }
    close(text, &mut open, &mut found);
    found
}

fn close<'a>(text: &'a str, open: &mut Option<Range<usize>>, found: &mut Vec<(usize, Block<'a>)>) {
    if let Some(range) = open.take()
        && let Some(part) = text.get(range.clone())
    {
        let kind = kind_of(part);
        found.push((range.start, Block { kind, text: part }));
    }
}

/// Whether `line` goes on with the sentence of the line before.
fn continues(before: &str, line: &str) -> bool {
    let last = before.rsplit('\n').next().unwrap_or(before);
    let small = line.trim().chars().next().is_some_and(char::is_lowercase);
    small && last.len() >= MIN_WRAPPED_BYTES && !ends_sentence(last) && !is_item(line)
}

fn kind_of(line: &str) -> BlockKind {
    if line.contains(['|', '\t']) {
        return BlockKind::TableRow;
    }
    if is_bullet(line) || (is_item(line) && ends_sentence(line)) {
        return BlockKind::ListItem;
    }
    let words = line.split_whitespace().take(MAX_HEADING_WORDS + 1).count();
    if words <= MAX_HEADING_WORDS && !ends_sentence(line) {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

fn is_bullet(line: &str) -> bool {
    line.trim_start()
        .starts_with(['-', '•', '*', '–', '▪', '◦', '·'])
}

/// A bullet, a number or a letter with `.` or `)`.
fn is_item(line: &str) -> bool {
    if is_bullet(line) {
        return true;
    }
    let mark = line.split_whitespace().next().unwrap_or("");
    let body = mark.trim_end_matches(['.', ')', '-']);
    let number = body.chars().all(|c| c.is_numeric() || c == '.');
    body.len() < mark.len() && !body.is_empty() && (number || body.chars().count() == 1)
}

/// Whether the text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let end = text
        .trim_end()
        .trim_end_matches(['»', '"', '”', ')', ' ', '\u{a0}']);
    end.ends_with(['.', '!', '?', '؟', '…', ';', '؛'])
}

/// A word: letters and digits in a row.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is compared as.
    pub(crate) folded: String,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
}

/// The words of all blocks, and for each block which are its own.
pub(crate) fn words_of(blocks: &[Block<'_>]) -> (Vec<Word>, Vec<Range<usize>>) {
    let mut words = Vec::new();
    let mut ranges = Vec::with_capacity(blocks.len());
    for (block, part) in blocks.iter().enumerate() {
        let first = words.len();
        split(block, part.text, &mut words);
        ranges.push(first..words.len());
    }
    (words, ranges)
}

fn split(block: usize, text: &str, words: &mut Vec<Word>) {
    let mut start: Option<usize> = None;
    for (at, letter) in text.char_indices() {
        if in_word(letter) {
            start = start.or(Some(at).filter(|_| letter.is_alphanumeric()));
        } else if let Some(first) = start.take() {
            words.extend(word(
                Span {
                    block,
                    start: first,
                    end: at,
                },
                text,
            ));
        }
    }
    if let Some(first) = start {
        words.extend(word(
            Span {
                block,
                start: first,
                end: text.len(),
            },
            text,
        ));
    }
}

/// Letters, digits, and what stands on, in or between letters without parting them.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter) || is_silent(letter)
}

/// Tatweel, soft hyphen, joiners and marks of direction.
fn is_silent(letter: char) -> bool {
    matches!(letter,
        '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn word(span: Span, text: &str) -> Option<Word> {
    let raw = text.get(span.range())?;
    let folded = fold(raw);
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    (!folded.is_empty()).then_some(Word {
        span,
        folded,
        capital,
    })
}

/// Case, accents, vowel signs, tatweel, hamza carriers, final yāʼ and tāʼ marbūṭa, digits of
/// other scripts: what different spellings of one word have in common.
pub(crate) fn fold(raw: &str) -> String {
    let letters = raw
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_silent(*c));
    let mut folded = String::with_capacity(raw.len());
    for letter in letters.take(MAX_WORD_CHARS) {
        match letter {
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ئ' => folded.push('ي'),
            'ؤ' => folded.push('و'),
            'ة' => folded.push('ه'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '٠'..='٩' => folded.extend(digit(letter, '٠')),
            '۰'..='۹' => folded.extend(digit(letter, '۰')),
            _ if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    folded
}

fn digit(letter: char, zero: char) -> Option<char> {
    char::from_digit((letter as u32).checked_sub(zero as u32)?, 10)
}

/// The Arabic word without the article.
pub(crate) fn bare(word: &str) -> &str {
    let rest = word.strip_prefix("ال").unwrap_or(word);
    if rest.chars().count() >= 3 {
        rest
    } else {
        word
    }
}

/// The forms under which a word may stand in a lexicon: itself, and for Arabic without the
/// small words that are written together with it.
pub(crate) fn forms(folded: &str) -> Vec<String> {
    let mut found = vec![folded.to_owned()];
    if !folded.starts_with(|c: char| ('\u{600}'..='\u{6ff}').contains(&c)) {
        return found;
    }
    let joined = folded
        .strip_prefix(['و', 'ف'])
        .filter(|rest| rest.chars().count() >= 3);
    for whole in [Some(folded), joined].into_iter().flatten() {
        add(&mut found, whole);
        add(&mut found, bare(whole));
        if let Some(rest) = whole.strip_prefix("لل") {
            add(&mut found, rest);
        }
        // Four letters must stay: a shorter rest is often another word.
        let rest = whole.strip_prefix(['ب', 'ل', 'ك']);
        if let Some(rest) = rest.filter(|rest| rest.chars().count() >= 4) {
            add(&mut found, rest);
            add(&mut found, bare(rest));
        }
    }
    found
}

fn add(found: &mut Vec<String>, form: &str) {
    if !found.iter().any(|one| one == form) {
        found.push(form.to_owned());
    }
}
