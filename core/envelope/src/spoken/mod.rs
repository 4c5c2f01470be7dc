//! Fingerprints that two officers read to each other on the telephone.
//!
//! 128 bits are 16 words, one per byte, out of one table of 256 everyday things. A row of
//! the table is the same thing in French, Dutch, Arabic and English, so one officer may read
//! in Arabic and the other follow in French: they compare by meaning. Whoever prefers
//! figures reads 40 digits in 8 groups of 5, each group two bytes as a number.
//!
//! [`Fingerprint::parse`] takes what was written down on the other side. It forgives case,
//! accents, vowel signs, the Arabic article, spaces, hyphens and commas, but it never guesses
//! a word: a misspelt word is refused, and the error names it and the one it is near to.

mod fold;
mod words;

use std::fmt;
use std::str::FromStr;

use fold::{fold, within_one};
use words::{Row, TABLE};

/// Longest text that is parsed, in bytes of UTF-8; three times the longest fingerprint.
pub const MAX_SPOKEN_BYTES: usize = 1024;

/// Words in a fingerprint: one per byte.
const WORDS: usize = 16;
/// Decimal digits in a fingerprint.
const DIGITS: usize = 40;
/// Decimal digits in one group, which holds two bytes.
const GROUP: usize = 5;
/// Characters of a foreign word that an error repeats.
const MAX_SHOWN: usize = 32;

/// How a fingerprint is read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spoken {
    /// 16 French words.
    French,
    /// 16 Dutch words.
    Dutch,
    /// 16 Arabic words.
    Arabic,
    /// 16 English words.
    English,
    /// 40 decimal digits in 8 groups of 5.
    Digits,
}

impl Spoken {
    /// All of them, in the order of the language menu.
    pub const ALL: [Self; 5] = [
        Self::French,
        Self::Dutch,
        Self::Arabic,
        Self::English,
        Self::Digits,
    ];

    /// `fr`, `nl`, `ar`, `en` or `digits`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::Arabic => "ar",
            Self::English => "en",
            Self::Digits => "digits",
        }
    }
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Spoken {
    type Err = SpokenError;

    /// Reads exactly what [`Spoken::as_str`] gives; else [`SpokenError::Form`].
    fn from_str(text: &str) -> Result<Self, SpokenError> {
        let known = Self::ALL.into_iter().find(|how| how.as_str() == text);
        known.ok_or(SpokenError::Form)
    }
}

/// A fingerprint of 128 bits, for instance of a card.
///
/// Shown in lower-case hex, 8 groups of 4: `0001 0203 …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The 16 bytes, in the order in which they are read.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// 16 words, or 8 groups of 5 digits, with one space between.
    pub fn spoken(&self, how: Spoken) -> String {
        match how {
            Spoken::French => self.words(|row| row.fr),
            Spoken::Dutch => self.words(|row| row.nl),
            Spoken::Arabic => self.words(|row| row.ar),
            Spoken::English => self.words(|row| row.en),
            Spoken::Digits => self.digits(),
        }
    }

    /// Reads any of the five forms, and says which one it was.
    ///
    /// The language is the one that has all the words. Where two have them all (`table` is
    /// French and English) both mean the same bytes, since a spelling that two languages
    /// share always names the same row; the first of [`Spoken::ALL`] is then given.
    ///
    /// # Errors
    /// [`SpokenError`], naming the first word that does not fit and its number from 1.
    pub fn parse(text: &str) -> Result<(Self, Spoken), SpokenError> {
        if text.len() > MAX_SPOKEN_BYTES {
            return Err(SpokenError::TooLong);
        }
        let tokens: Vec<Token<'_>> = text
            .split(is_separator)
            .map(Token::new)
            .filter(|token| !token.folded.is_empty())
            .collect();
        if tokens.first().is_some_and(Token::starts_with_digit) {
            return Ok((parse_digits(&tokens)?, Spoken::Digits));
        }
        parse_words(&tokens)
    }

    fn words(&self, column: Column) -> String {
        let words: Vec<&str> = self.0.iter().map(|byte| column(row_of(*byte))).collect();
        words.join(" ")
    }

    fn digits(&self) -> String {
        let (pairs, _) = self.0.as_chunks::<2>();
        let groups: Vec<String> = pairs
            .iter()
            .map(|pair| format!("{:05}", u16::from_be_bytes(*pair)))
            .collect();
        groups.join(" ")
    }
}

impl From<[u8; 16]> for Fingerprint {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            let gap = if i > 0 && i % 2 == 0 { " " } else { "" };
            write!(f, "{gap}{byte:02x}")?;
        }
        Ok(())
    }
}

/// Why a spoken fingerprint was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpokenError {
    /// Not one of the five names of [`Spoken`].
    #[error("read aloud as fr, nl, ar, en or digits, nothing else")]
    Form,
    /// Longer than [`MAX_SPOKEN_BYTES`]; nothing was looked up.
    #[error("too long for a fingerprint: at most {MAX_SPOKEN_BYTES} bytes")]
    TooLong,
    /// Too few or too many words or digits.
    #[error("{found} {what} were given, a fingerprint has {needed}")]
    Count {
        /// `words` or `digits`.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many there must be.
        needed: usize,
    },
    /// A word that stands in no list, or a sign among digits that is none.
    #[error("word {number}, “{word}”, is not in the list{}", hint(*nearest))]
    Unknown {
        /// Which word, from 1.
        number: usize,
        /// The word as it was written: its first 32 characters, without control signs.
        word: String,
        /// The one word of the list that is one slip away, if there is exactly one.
        nearest: Option<&'static str>,
    },
    /// A word of another language than most of the words.
    #[error("word {number}, “{word}”, is not {language}, the language of the other words")]
    Mixed {
        /// Which word, from 1.
        number: usize,
        /// The word as it was written: its first 32 characters, without control signs.
        word: String,
        /// The language most words are in.
        language: Spoken,
    },
    /// A group of five digits that two bytes cannot hold.
    #[error("group {number}, {group}, is above 65535")]
    Group {
        /// Which group, from 1.
        number: usize,
        /// Its value.
        group: u32,
    },
}

impl SpokenError {
    /// The stable code, for programs and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form => "E_SPOKEN_FORM",
            Self::TooLong => "E_SPOKEN_TOO_LONG",
            Self::Count { .. } => "E_SPOKEN_COUNT",
            Self::Unknown { .. } => "E_SPOKEN_UNKNOWN",
            Self::Mixed { .. } => "E_SPOKEN_MIXED",
            Self::Group { .. } => "E_SPOKEN_GROUP",
        }
    }
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |word| format!("; did you mean “{word}”?"))
}

/// One language's name of a row.
type Column = fn(&'static Row) -> &'static str;

/// The languages in the order of [`Spoken::ALL`].
const LANGUAGES: [(Spoken, Column); 4] = [
    (Spoken::French, |row| row.fr),
    (Spoken::Dutch, |row| row.nl),
    (Spoken::Arabic, |row| row.ar),
    (Spoken::English, |row| row.en),
];

/// A word as it was written, and what it is compared by.
struct Token<'a> {
    written: &'a str,
    folded: String,
}

impl<'a> Token<'a> {
    fn new(written: &'a str) -> Self {
        let folded = fold(written);
        Self { written, folded }
    }

    fn starts_with_digit(&self) -> bool {
        self.folded.chars().next().and_then(digit).is_some()
    }

    fn unknown(&self, number: usize, nearest: Option<&'static str>) -> SpokenError {
        SpokenError::Unknown {
            number,
            word: shown(self.written),
            nearest,
        }
    }
}

/// One language's reading of all the words: the byte of each word it has.
struct Reading {
    language: Spoken,
    column: Column,
    bytes: Vec<Option<u8>>,
}

impl Reading {
    fn new((language, column): (Spoken, Column), tokens: &[Token<'_>]) -> Self {
        let list: Vec<String> = TABLE.iter().map(|row| fold(column(row))).collect();
        let byte_of = |token: &Token<'_>| {
            let row = list.iter().position(|word| *word == token.folded)?;
            u8::try_from(row).ok()
        };
        Self {
            language,
            column,
            bytes: tokens.iter().map(byte_of).collect(),
        }
    }

    fn known(&self) -> usize {
        self.bytes.iter().flatten().count()
    }

    /// The words of this language one slip away from `token`, if there is exactly one.
    fn nearest(&self, token: &Token<'_>) -> Option<&'static str> {
        let near = |word: &&str| within_one(&fold(word), &token.folded);
        let mut found = TABLE.iter().map(self.column).filter(near);
        found.next().filter(|_| found.next().is_none())
    }
}

fn parse_words(tokens: &[Token<'_>]) -> Result<(Fingerprint, Spoken), SpokenError> {
    let readings = LANGUAGES.map(|language| Reading::new(language, tokens));
    // `max_by_key` gives the last of equals, and the first language is wanted.
    let best = readings.iter().rev().max_by_key(|reading| reading.known());
    let best = best.ok_or(count("words", 0, WORDS))?;
    let mut bytes = Vec::with_capacity(tokens.len());
    for (i, (token, byte)) in tokens.iter().zip(&best.bytes).enumerate() {
        bytes.push(byte.ok_or_else(|| misfit(i, token, best, &readings))?);
    }
    let bytes = <[u8; WORDS]>::try_from(bytes);
    let bytes = bytes.map_err(|bytes| count("words", bytes.len(), WORDS))?;
    Ok((Fingerprint(bytes), best.language))
}

/// Why the word at `index` is not in the best reading: of another language, or of none.
fn misfit(index: usize, token: &Token<'_>, best: &Reading, all: &[Reading]) -> SpokenError {
    let elsewhere = |reading: &Reading| matches!(reading.bytes.get(index), Some(Some(_)));
    if !all.iter().any(elsewhere) {
        // Without one word understood, no language is better than another.
        let candidates = all.iter().filter(|reading| reading.known() == best.known());
        let nearest = candidates.map(|reading| reading.nearest(token));
        return token.unknown(index + 1, nearest.flatten().next());
    }
    SpokenError::Mixed {
        number: index + 1,
        word: shown(token.written),
        language: best.language,
    }
}

fn parse_digits(tokens: &[Token<'_>]) -> Result<Fingerprint, SpokenError> {
    let mut digits = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        for c in token.folded.chars() {
            digits.push(digit(c).ok_or_else(|| token.unknown(i + 1, None))?);
        }
    }
    if digits.len() != DIGITS {
        return Err(count("digits", digits.len(), DIGITS));
    }
    let mut bytes = [0; 16];
    let (groups, _) = digits.as_chunks::<GROUP>();
    let (pairs, _) = bytes.as_chunks_mut::<2>();
    for (i, (group, pair)) in groups.iter().zip(pairs).enumerate() {
        let value = group.iter().fold(0, |value, digit| value * 10 + digit);
        let checked = u16::try_from(value).map_err(|_| SpokenError::Group {
            number: i + 1,
            group: value,
        })?;
        *pair = checked.to_be_bytes();
    }
    Ok(Fingerprint(bytes))
}

/// A foreign word, fit to stand in a message: short, and unable to turn the line around.
fn shown(word: &str) -> String {
    let harmless = |c: &char| {
        !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    word.chars().filter(harmless).take(MAX_SHOWN).collect()
}

const fn count(what: &'static str, found: usize, needed: usize) -> SpokenError {
    SpokenError::Count {
        what,
        found,
        needed,
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "the table has a row for every byte"
)]
fn row_of(byte: u8) -> &'static Row {
    &TABLE[usize::from(byte)]
}

/// What may stand between two words: white space, hyphens and dashes, commas.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | ',' | '،')
}

/// European, Arabic-Indic and extended Arabic-Indic digits.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    u32::from(c).checked_sub(u32::from(zero))
}

#[cfg(test)]
mod tests;
