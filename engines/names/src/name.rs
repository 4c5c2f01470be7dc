//! A name made ready: words found, roles given, letters as symbols.

mod reading;

use reading::Reader;

use crate::error::Error;
use crate::letters;
use crate::symbols::{MAX_WORD, arabic_class, class, latin_class};
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
