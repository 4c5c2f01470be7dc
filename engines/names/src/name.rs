//! A name made ready: words found, roles given, letters as symbols.

use crate::error::Error;
use crate::letters::{self, Letter};
use crate::roles::{self, Kind, Word};
use crate::symbols::{
    MAX_WORD, OTHER, Sink, arabic_class, class, encode_arabic, encode_latin, latin_class,
};
use crate::tables::{Tables, hash};

/// Longest name, in characters; a longer one is refused before anything is made of it.
pub const MAX_NAME_CHARS: usize = 400;
/// Most words of a name that are compared; the rest is left aside and the explanation says so.
pub const MAX_TOKENS: usize = 16;
/// Room for the symbols of a name.
const ROOM: usize = 192;
/// Places in a word after which it may begin: behind the particle, behind its article.
pub(crate) const JUMPS: usize = 2;

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A given name, a family name, a patronym.
    #[default]
    Name,
    /// A title or form of address.
    Honorific,
    /// One letter that may stand for a name.
    Initial,
    /// A particle without its word.
    Particle,
}

impl Role {
    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Honorific => "honorific",
            Self::Initial => "initial",
            Self::Particle => "particle",
        }
    }
}

/// Which table a word is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Family {
    /// Latin, Cyrillic, Greek, Hebrew.
    #[default]
    Latin,
    /// Arabic, Tifinagh.
    Arabic,
}

/// One part of a name: a word with the article and particles that belong to it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Token {
    /// Where its symbols begin.
    pub(crate) start: u8,
    /// How many symbols it has.
    pub(crate) len: u8,
    /// Symbols in front that may be left out, and what they are; 0 is none.
    pub(crate) jumps: [(u8, u8); JUMPS],
    /// Whether the beginning was surely an article or particle, or only looks like one.
    pub(crate) sure: bool,
    pub(crate) role: Role,
    pub(crate) family: Family,
    /// Consonant classes that occur, one bit each.
    pub(crate) mask: u32,
    /// Hash of the consonants.
    pub(crate) skeleton: u32,
    /// Hash of the symbols.
    pub(crate) exact: u32,
    /// How surprising the word is among names, in bits.
    pub(crate) rarity: f32,
    /// Evidence in bits of a perfect counterpart in the same family and in the other.
    pub(crate) ideal: [f32; 2],
    /// Bytes of the text it was read from.
    pub(crate) from: u16,
    pub(crate) to: u16,
}

/// A name made ready for comparison. It holds no text; a few hundred bytes, no allocation.
#[derive(Debug, Clone)]
pub struct Name {
    pub(crate) symbols: [u8; ROOM],
    pub(crate) used: usize,
    pub(crate) tokens: [Token; MAX_TOKENS],
    pub(crate) count: usize,
    /// Tokens before the comma; 0 is no comma.
    pub(crate) comma: u8,
    /// Words were left aside because there were too many.
    pub(crate) cut: bool,
    /// Both families occur.
    pub(crate) mixed: bool,
    /// Hash of everything that was kept, in its order.
    pub(crate) whole: u32,
}

impl Name {
    /// Reads a name with the tables of this version.
    ///
    /// # Errors
    /// [`Error::TooLong`], [`Error::Control`] and [`Error::Empty`].
    pub fn new(text: &str) -> Result<Self, Error> {
        Self::with(Tables::builtin(), text)
    }

    pub(crate) fn with(tables: &Tables, text: &str) -> Result<Self, Error> {
        if text.len() > 4 * MAX_NAME_CHARS {
            return Err(Error::TooLong);
        }
        let mut reader = Reader::new();
        let mut last = None;
        for (chars, (at, c)) in text.char_indices().enumerate() {
            if chars >= MAX_NAME_CHARS {
                return Err(Error::TooLong);
            }
            // Tifinagh writes a long consonant twice, the other scripts of the family once.
            if last.replace(c) == Some(c) && letters::is_tifinagh(c) {
                continue;
            }
            let mut control = false;
            letters::read(c, |letter| control |= !reader.take(letter, at));
            if control {
                return Err(Error::Control);
            }
        }
        reader.end_word(text.len());
        reader.close_open();
        let mut name = reader.name;
        if name.count == 0 {
            return Err(Error::Empty);
        }
        name.measure(tables);
        Ok(name)
    }

    /// The parts of the name, as ranges of bytes of the text, with what they are.
    pub fn parts(&self) -> impl Iterator<Item = (std::ops::Range<usize>, Role)> + '_ {
        self.tokens()
            .iter()
            .map(|token| (usize::from(token.from)..usize::from(token.to), token.role))
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        self.tokens.get(..self.count).unwrap_or_default()
    }

    /// The symbols of one token, or of several that stand side by side.
    pub(crate) fn symbols_of(&self, first: &Token, last: &Token) -> &[u8] {
        let from = usize::from(first.start);
        let to = usize::from(last.start) + usize::from(last.len);
        self.symbols.get(from..to).unwrap_or_default()
    }

    /// What is known of each token without the other name.
    fn measure(&mut self, tables: &Tables) {
        let Self {
            symbols,
            used,
            tokens,
            count,
            ..
        } = self;
        let (mut latin, mut arabic) = (false, false);
        for token in tokens.iter_mut().take(*count) {
            let from = usize::from(token.start);
            let own = symbols
                .get(from..from + usize::from(token.len))
                .unwrap_or_default();
            latin |= token.family == Family::Latin;
            arabic |= token.family == Family::Arabic;
            token.exact = hash(own);
            token.ideal = [
                tables.same(token.family).ideal(own),
                tables.cross_ideal(token.family, own),
            ];
            let stem = stem_of(token, own);
            let skeleton = Skeleton::of(token.family, stem);
            token.skeleton = hash(skeleton.letters());
            token.mask = mask(token.family, own);
            token.rarity = tables.rarity(token.skeleton, skeleton.letters().len());
        }
        self.mixed = latin && arabic;
        let starts = tokens.map(|token| token.start);
        let borders = hash(starts.get(..*count).unwrap_or_default());
        self.whole = hash(symbols.get(..*used).unwrap_or_default()) ^ borders.rotate_left(7);
    }
}

/// The word behind an article or particle that surely is one.
pub(crate) fn stem_of<'a>(token: &Token, symbols: &'a [u8]) -> &'a [u8] {
    let skip = if token.sure {
        token.jumps.iter().map(|(at, _)| *at).max().unwrap_or(0)
    } else {
        0
    };
    symbols.get(usize::from(skip)..).unwrap_or_default()
}

fn mask(family: Family, symbols: &[u8]) -> u32 {
    let classes = symbols.iter().map(|symbol| class_of(family, *symbol));
    let kept = classes.filter(|class| !matches!(*class, 0 | class::W | class::Y | class::H));
    kept.fold(0, |mask, one| {
        mask | 1
            << match one {
                class::Q | class::G | class::J | class::X => class::K,
                class::Z | class::SH => class::S,
                class::D => class::T,
                class::F => class::B,
                other => other,
            }
    })
}

pub(crate) fn class_of(family: Family, symbol: u8) -> u8 {
    match family {
        Family::Latin => latin_class(symbol),
        Family::Arabic => arabic_class(symbol),
    }
}

/// The consonants of a word: w and y only in front, no h at the end, no letter twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Skeleton {
    letters: [u8; MAX_WORD],
    len: usize,
}

impl Skeleton {
    pub(crate) fn of(family: Family, word: &[u8]) -> Self {
        let mut made = Self {
            letters: [0; MAX_WORD],
            len: 0,
        };
        for (at, symbol) in word.iter().enumerate() {
            let class = class_of(family, *symbol);
            let weak = matches!(class, class::W | class::Y) && at > 0;
            if class == 0 || weak || made.last() == Some(class) {
                continue;
            }
            if class == class::H && at + 1 == word.len() {
                continue;
            }
            made.push(class);
        }
        made
    }

    fn last(&self) -> Option<u8> {
        self.letters().last().copied()
    }

    fn push(&mut self, class: u8) {
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = class;
            self.len += 1;
        }
    }

    pub(crate) fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }
}

/// A word while it is read.
struct Raw {
    family: Family,
    letters: [u8; MAX_WORD],
    len: usize,
    from: usize,
}

/// Puts letters together to words and words to tokens.
struct Reader {
    name: Name,
    raw: Raw,
    /// A token that waits for its word.
    open: Option<Token>,
}

impl Reader {
    fn new() -> Self {
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
    fn take(&mut self, letter: Letter, at: usize) -> bool {
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
    fn end_word(&mut self, to: usize) {
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
    fn close_open(&mut self) {
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
