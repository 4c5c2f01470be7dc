//! Headers that say that a column holds data of single persons.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::words::{COUNTS, OFFICES, PARTICIPANTS, PEOPLE, PHRASES, SMALL, Strength, THINGS};

/// Longest header that is looked at, in characters; the rest is not read.
const MAX_HEADER_CHARS: usize = 400;

/// What a column would hold of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// A name or part of one.
    Name,
    /// When they were born.
    BirthDate,
    /// Where they were born.
    BirthPlace,
    /// The number of a passport, identity card or permit.
    Document,
    /// The number under which a state keeps them.
    Register,
    /// A bank account.
    Account,
    /// A telephone number.
    Phone,
    /// A mail address.
    Email,
    /// Where they live.
    Address,
    /// Their nationality.
    Nationality,
    /// Another way to tell one person from others.
    Person,
}

/// A column that would hold data of single persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The column, counted from 1.
    pub column: usize,
    /// What it would hold.
    pub holds: Holds,
    /// The words of its header that say so, in small letters without accents and small words.
    pub word: &'static str,
    /// Whether they say so only because of another word or column.
    pub in_company: bool,
}

/// The columns of a table that would hold data of single persons (rules G38 and G41).
///
/// A word that things have too counts unless the header names a thing or an office (`name` of a
/// country). A word that aggregates have too, such as nationality, counts only beside a word for a
/// person or where another column is hit. Columns that count are never hit.
pub fn person_columns<S: AsRef<str>>(headers: &[S]) -> Vec<Hit> {
    let headers: Vec<Header> = headers.iter().map(|one| Header::of(one.as_ref())).collect();
    let hits_of = |company: bool| {
        let columns = headers.iter().enumerate();
        let hits = columns.filter_map(|(index, header)| header.hit(index + 1, company));
        hits.collect::<Vec<Hit>>()
    };
    let sure = hits_of(false);
    if sure.is_empty() { sure } else { hits_of(true) }
}

impl Holds {
    /// What it is, in a few words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "names of persons",
            Self::BirthDate => "dates of birth",
            Self::BirthPlace => "places of birth",
            Self::Document => "numbers of identity documents",
            Self::Register => "numbers of persons in a state's register",
            Self::Account => "bank accounts",
            Self::Phone => "telephone numbers",
            Self::Email => "mail addresses",
            Self::Address => "addresses",
            Self::Nationality => "the nationality of single persons",
            Self::Person => "single persons",
        }
    }
}

/// Column, word and reason; nothing of the header itself.
impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, word, .. } = self;
        write!(
            f,
            "column {column} would hold {} ({word})",
            self.holds.as_str()
        )?;
        if self.in_company {
            f.write_str(", beside other data of persons")?;
        }
        Ok(())
    }
}

/// The words of a header.
struct Header {
    words: Vec<String>,
    counts: bool,
}

impl Header {
    fn of(header: &str) -> Self {
        let words = words_of(header);
        let counts = header.contains('%') || counts(&words);
        Self { words, counts }
    }

    fn hit(&self, column: usize, company: bool) -> Option<Hit> {
        if self.counts {
            return None;
        }
        let one = self.has(PEOPLE) || (self.has(PARTICIPANTS) && !self.has(OFFICES));
        let thing = !one && (self.has(OFFICES) || self.has(THINGS));
        for (holds, strength, phrases) in PHRASES {
            let applies = match strength {
                Strength::Always => true,
                Strength::Alone => !thing,
                Strength::InCompany => (company || one) && !thing,
            };
            let found = phrases
                .split(", ")
                .find(|phrase| applies && self.says(phrase));
            if let Some(word) = found {
                return Some(Hit {
                    column,
                    holds: *holds,
                    word,
                    in_company: *strength == Strength::InCompany,
                });
            }
        }
        None
    }

    fn has(&self, list: &str) -> bool {
        let known = |word: &String| list.split(' ').any(|known| is(word, known));
        self.words.iter().any(known)
    }

    fn says(&self, phrase: &str) -> bool {
        (0..self.words.len()).any(|start| {
            let rest = self.words.get(start..).unwrap_or_default();
            begins(rest, phrase)
        })
    }
}

/// Whether words begin with those of a phrase, with nothing but small words between them.
fn begins(words: &[String], phrase: &str) -> bool {
    let mut wanted = phrase.split(' ').peekable();
    for (index, word) in words.iter().enumerate() {
        match wanted.peek() {
            Some(next) if is(word, next) => {
                wanted.next();
            }
            Some(_) if index > 0 && SMALL.split(' ').any(|small| small == word) => {}
            _ => break,
        }
    }
    wanted.peek().is_none()
}

/// The word or its plural.
fn is(word: &str, known: &str) -> bool {
    word == known || word.strip_suffix(['s', 'x']) == Some(known)
}

/// Numbers, sums and shares. `nombre` counts in French (`nombre de`) and is a name in Spanish;
/// `number of` counts where what is counted is more than one.
fn counts(words: &[String]) -> bool {
    let word = |index: usize| words.get(index).map(String::as_str).unwrap_or_default();
    let several = words.iter().skip(2).any(|word| word.ends_with(['s', 'x']));
    match (word(0), word(1)) {
        ("nombre", "de") => word(2) != "pila",
        ("nombre", "d") | ("nombre", "total") => true,
        ("number" | "no", "of") => several,
        ("numero", "de") => false,
        _ => words
            .iter()
            .any(|word| COUNTS.split(' ').any(|known| known == word)),
    }
}

/// Words in the form of [`crate::words`].
fn words_of(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in header.chars().take(MAX_HEADER_CHARS).nfkd() {
        if is_combining_mark(c) || c == '\u{640}' {
            continue;
        }
        let inner = was_small && c.is_uppercase();
        if inner || !c.is_alphanumeric() {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase().map(plain));
        }
    }
    words.retain(|word| !word.is_empty());
    words
        .iter()
        .map(|word| without_article(word).to_owned())
        .collect()
}

fn plain(c: char) -> char {
    match c {
        'ى' => 'ي',
        'ة' => 'ه',
        'ٱ' => 'ا',
        _ => c,
    }
}

/// An Arabic word without `ال` or `لل`, where enough is left.
fn without_article(word: &str) -> &str {
    let rest = word.strip_prefix("ال").or_else(|| word.strip_prefix("لل"));
    rest.filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(word)
}
