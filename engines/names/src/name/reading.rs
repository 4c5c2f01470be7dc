//! Letters are put together to words, and words to tokens.

use super::{Family, MAX_TOKENS, Name, ROOM, Role, Token};
use crate::letters::Letter;
use crate::roles::{self, Kind, Word};
use crate::symbols::{MAX_WORD, OTHER, Sink, encode_arabic, encode_latin};

/// A word while it is read.
struct Raw {
    family: Family,
    letters: [u8; MAX_WORD],
    len: usize,
    from: usize,
}

/// Puts letters together to words and words to tokens.
pub(super) struct Reader {
    pub(super) name: Name,
    raw: Raw,
    /// A token that waits for its word.
    open: Option<Token>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            name: Name {
                symbols: [0; ROOM],
                used: 0,
                tokens: [Token::default(); MAX_TOKENS],
                count: 0,
                comma: 0,
                cut: false,
                mixed: false,
                whole: 0,
            },
            raw: Raw {
                family: Family::Latin,
                letters: [0; MAX_WORD],
                len: 0,
                from: 0,
            },
            open: None,
        }
    }

    /// False for a control character.
    pub(super) fn take(&mut self, letter: Letter, at: usize) -> bool {
        match letter {
            Letter::Latin(letters) => {
                letters
                    .iter()
                    .for_each(|one| self.push(Family::Latin, *one, at));
            }
            Letter::Arabic(letter) => self.push(Family::Arabic, letter, at),
            Letter::Other => self.push(self.raw.family, OTHER, at),
            Letter::Silent | Letter::Apostrophe => {}
            Letter::Hyphen | Letter::Gap => self.end_word(at),
            Letter::Comma => {
                self.end_word(at);
                self.close_open();
                if self.name.comma == 0 {
                    self.name.comma = u8::try_from(self.name.count).unwrap_or(0);
                }
            }
            Letter::Control => return false,
        }
        true
    }

    fn push(&mut self, family: Family, letter: u8, at: usize) {
        if self.raw.len > 0 && self.raw.family != family {
            self.end_word(at);
        }
        if self.raw.len == 0 {
            self.raw.family = family;
            self.raw.from = at;
        }
        if let Some(place) = self.raw.letters.get_mut(self.raw.len) {
            *place = letter;
            self.raw.len += 1;
        }
    }

    /// Gives the word that was read its place.
    pub(super) fn end_word(&mut self, to: usize) {
        let len = std::mem::take(&mut self.raw.len);
        if len == 0 {
            return;
        }
        let mut letters = self.raw.letters;
        let family = self.raw.family;
        if family == Family::Latin {
            mistaken_digits(letters.get_mut(..len).unwrap_or_default());
        }
        let word = letters.get(..len).unwrap_or_default();
        let role = match family {
            Family::Latin => roles::latin(word),
            Family::Arabic => roles::arabic(word),
        };
        if self.open.is_some_and(|open| open.family != family) {
            self.close_open();
        }
        match role {
            Word::Article => self.prefix(word, Some(Kind::Article), to),
            Word::Prefix(kind) => self.prefix(word, Some(kind), to),
            Word::Servant => self.prefix(word, None, to),
            Word::Suffix => self.suffix(word, to),
            Word::Name => self.close_with(word, Role::Name, to),
            Word::Honorific if self.open.is_none() => self.close_with(word, Role::Honorific, to),
            Word::Initial if self.open.is_none() => self.close_with(word, Role::Initial, to),
            Word::Honorific | Word::Initial => self.close_with(word, Role::Name, to),
        }
    }

    /// The token that waits, or a new one.
    fn opened(&mut self) -> Token {
        self.open.take().unwrap_or_else(|| Token {
            start: u8::try_from(self.name.used).unwrap_or(u8::MAX),
            family: self.raw.family,
            from: u16::try_from(self.raw.from).unwrap_or(u16::MAX),
            ..Token::default()
        })
    }

    fn prefix(&mut self, word: &[u8], kind: Option<Kind>, to: usize) {
        let mut token = self.opened();
        match (kind, token.family) {
            (Some(Kind::Article), Family::Latin) => self.append(&mut token, b"al", to),
            _ => self.append(&mut token, word, to),
        }
        if let Some(kind) = kind {
            token.sure = true;
            jump(&mut token, kind);
        }
        self.open = Some(token);
    }

    /// al-Din and Allah belong to the word before.
    fn suffix(&mut self, word: &[u8], to: usize) {
        let before = self.name.count.checked_sub(1);
        let last = before.and_then(|at| self.name.tokens.get(at)).copied();
        let servant = self.open.is_some_and(|open| !open.sure);
        match last.filter(|last| last.family == self.raw.family && last.role == Role::Name) {
            Some(last) if !servant => {
                // Whatever article was open now lies inside.
                let mut token = self.opened();
                self.append(&mut token, word, to);
                let end = token.start.saturating_add(token.len);
                let glued = Token {
                    len: end.saturating_sub(last.start),
                    to: token.to,
                    ..last
                };
                self.name.count -= 1;
                self.keep(glued);
            }
            _ => self.close_with(word, Role::Name, to),
        }
    }

    fn close_with(&mut self, word: &[u8], role: Role, to: usize) {
        let mut token = self.opened();
        token.role = role;
        let article = match token.family {
            Family::Latin => roles::glued_article_latin(word),
            Family::Arabic => roles::glued_article_arabic(word).then_some(2),
        };
        match article {
            Some(len) if role == Role::Name => {
                if token.family == Family::Arabic {
                    let (article, stem) = word.split_at(len.min(word.len()));
                    token.sure = token.sure || token.len == 0;
                    self.append(&mut token, article, to);
                    jump(&mut token, Kind::Article);
                    self.append(&mut token, stem, to);
                } else {
                    let before = token.len;
                    self.append(&mut token, word, to);
                    let at = before.saturating_add(u8::try_from(len).unwrap_or(0));
                    jump_at(&mut token, at, Kind::Article);
                }
            }
            _ => self.append(&mut token, word, to),
        }
        self.keep(token);
    }

    /// Adds the symbols of a word to a token.
    fn append(&mut self, token: &mut Token, word: &[u8], to: usize) {
        let mut sink = Sink {
            room: &mut self.name.symbols,
            len: self.name.used,
        };
        match token.family {
            Family::Latin => encode_latin(word, &mut sink),
            Family::Arabic => encode_arabic(word, &mut sink),
        }
        let added = sink.len - self.name.used;
        self.name.used = sink.len;
        token.len = token.len.saturating_add(u8::try_from(added).unwrap_or(0));
        token.to = u16::try_from(to).unwrap_or(u16::MAX);
    }

    /// Particles at the end of a name, without their word.
    pub(super) fn close_open(&mut self) {
        if let Some(mut token) = self.open.take() {
            let alone = self.name.count == 0;
            token.role = if alone || !token.sure {
                Role::Name
            } else {
                Role::Particle
            };
            token.jumps = Default::default();
            self.keep(token);
        }
    }

    fn keep(&mut self, token: Token) {
        match self.name.tokens.get_mut(self.name.count) {
            Some(place) if token.len > 0 => {
                *place = token;
                self.name.count += 1;
            }
            _ => self.name.cut = true,
        }
    }
}

/// Digits among letters that a reader of scanned papers took for a letter. A 1 may be two
/// letters and stays what it is.
fn mistaken_digits(word: &mut [u8]) {
    if word.iter().filter(|byte| byte.is_ascii_lowercase()).count() < 2 {
        return;
    }
    for byte in word {
        *byte = match *byte {
            b'0' => b'o',
            b'5' => b's',
            b'8' => b'b',
            other => other,
        };
    }
}

fn jump(token: &mut Token, kind: Kind) {
    jump_at(token, token.len, kind);
}

fn jump_at(token: &mut Token, at: u8, kind: Kind) {
    let free = token.jumps.iter_mut().find(|(taken, _)| *taken == 0);
    if let Some(place) = free {
        *place = (at, kind as u8);
    }
}
