//! Keys for private equality: what two spellings of one name have in common, as equal numbers.
//!
//! Two sides that may not show each other their names can still ask whether they have an equal
//! key (engine `matching`). A key is made of consonants, so that most spellings of a name
//! share one, and of two words or more, so that few strangers do. Every name has the same
//! number of keys of a tier: what is missing is filled up with numbers that only the same
//! spelling makes, so that the number of keys tells nothing.
//!
//! Keys are guessable (all pairs of Maghreb names are a few million): they are worth
//! protecting, and quotas and a purpose for each question stay necessary.

use crate::dates::PartialDate;
use crate::error::Error;
use crate::name::{Family, Name, Role, Token, class_of};
use crate::roles::Kind;
use crate::symbols::class;
use crate::tables::Tables;

/// Version of the scheme: classes, order, hash and table. Two sides must have the same.
pub const KEY_SCHEME: &str = "names-keys/1";
/// Keys of a name without a date.
pub const K1_KEYS: usize = 6;
/// Keys of the words of a name with a birth date.
pub const K2_KEYS: usize = 8;
/// Keys of a name with a year of birth.
pub const K3_KEYS: usize = 6;
/// Keys of a name for short lists in which typing errors are looked for.
pub const K4_KEYS: usize = 20;
/// Words that go into keys: the rarest of a longer name.
const MOST_WORDS: usize = 6;
/// Consonants of a word that go into keys.
const MOST_LETTERS: usize = 12;
/// A word of this rarity in bits, or more, may stand with a year alone.
const RARE: f32 = 11.0;

/// A key: equal for names that may be one.
pub type Key = u64;

/// K1: the whole name sorted, the whole name joined, and pairs of words, the rarest first.
#[must_use]
pub fn k1(name: &Name) -> [Key; K1_KEYS] {
    k1_with(Tables::builtin(), name)
}

pub(crate) fn k1_with(tables: &Tables, name: &Name) -> [Key; K1_KEYS] {
    let mut keys = Keys::<K1_KEYS>::default();
    name_keys(&mut keys, Some(tables), &Words::of(name), 1, 0);
    keys.padded(name, 1)
}

/// K2: each word with the whole birth date, and with its year if the word is rare.
///
/// # Errors
/// [`Error::Date`] if the date is no day of the calendar.
pub fn k2(name: &Name, born: PartialDate) -> Result<[Key; K2_KEYS], Error> {
    let date = of_calendar(born)?;
    let words = Words::of(name);
    let mut keys = Keys::<K2_KEYS>::default();
    for word in words.list() {
        if born.day().is_some() {
            keys.add(Mix::new(2).number(date).letters(word.letters()).key());
        }
        if word.rarity >= RARE {
            keys.add(Mix::new(3).number(u32::from(born.year())).letters(word.letters()).key());
        }
    }
    Ok(keys.padded(name, 2))
}

/// K3: the keys of K1 with the year of birth; so few strangers share one that none is too
/// common.
///
/// # Errors
/// [`Error::Date`] if the date is no day of the calendar.
pub fn k3(name: &Name, born: PartialDate) -> Result<[Key; K3_KEYS], Error> {
    of_calendar(born)?;
    let mut keys = Keys::<K3_KEYS>::default();
    name_keys(&mut keys, None, &Words::of(name), 4, u32::from(born.year()));
    Ok(keys.padded(name, 4))
}

/// K4: the keys of K1, and pairs of words of which one has lost a consonant.
#[must_use]
pub fn k4(name: &Name) -> [Key; K4_KEYS] {
    k4_with(Tables::builtin(), name)
}

pub(crate) fn k4_with(tables: &Tables, name: &Name) -> [Key; K4_KEYS] {
    let words = Words::of(name);
    let mut keys = Keys::<K4_KEYS>::default();
    name_keys(&mut keys, Some(tables), &words, 1, 0);
    for (x, y) in words.pairs() {
        for (short, other) in [(x, y), (y, x)] {
            if short.len < 3 {
                continue;
            }
            for at in 0..short.len {
                keys.add(Mix::new(5).pair(&short.without(at), other).key());
            }
        }
    }
    for (x, y) in words.pairs() {
        keys.add(Mix::new(5).pair(x, y).key());
    }
    keys.padded(name, 5)
}

fn of_calendar(born: PartialDate) -> Result<u32, Error> {
    if !born.is_possible() {
        return Err(Error::Date);
    }
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    Ok(u32::from(born.year()) * 10_000 + part(born.month()) * 100 + part(born.day()))
}

/// The keys of a name as a whole and of its pairs of words.
fn name_keys<const N: usize>(
    keys: &mut Keys<N>,
    floor: Option<&Tables>,
    words: &Words,
    tier: u8,
    year: u32,
) {
    let mut add = |key: Key| {
        if !floor.is_some_and(|tables| tables.keys.is_common(key)) {
            keys.add(key);
        }
    };
    let mix = || Mix::new(tier).number(year);
    add(mix().sorted(words.list()).key());
    add(mix().number(1).joined(words.list()).key());
    for (x, y) in words.pairs() {
        add(mix().pair(x, y).key());
    }
}

/// Consonants of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Bones {
    letters: [u8; MOST_LETTERS],
    len: usize,
    rarity: f32,
}

impl Bones {
    fn of(name: &Name, token: &Token) -> Self {
        let mut made = Self { rarity: token.rarity, ..Self::default() };
        let article = token.jumps.iter().find(|(at, kind)| *at > 0 && *kind == Kind::Article as u8);
        let article = article.filter(|_| token.sure).map_or(0, |(at, _)| usize::from(*at));
        let symbols = name.symbols_of(token, token);
        for (at, symbol) in symbols.iter().enumerate() {
            if at + 2 >= article + 2 || at + 2 < article {
                made.push(token.family, *symbol, at == 0 || at == article);
            }
        }
        made
    }

    fn push(&mut self, family: Family, symbol: u8, first: bool) {
        let Some(class) = key_class(class_of(family, symbol), first) else { return };
        let last = self.len.checked_sub(1).and_then(|at| self.letters.get(at));
        if last == Some(&class) {
            return;
        }
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = class;
            self.len += 1;
        }
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    fn without(&self, gone: usize) -> Self {
        let mut made = Self { rarity: self.rarity, ..Self::default() };
        for (at, class) in self.letters().iter().enumerate() {
            let last = made.len.checked_sub(1).and_then(|at| made.letters.get(at));
            if at != gone && last != Some(class) {
                if let Some(place) = made.letters.get_mut(made.len) {
                    *place = *class;
                    made.len += 1;
                }
            }
        }
        made
    }
}

/// The class of a consonant in keys; none for what comes and goes between spellings.
fn key_class(of: u8, first: bool) -> Option<u8> {
    match of {
        0 | class::H => None,
        class::W | class::Y if !first => None,
        class::Q | class::G | class::J => Some(class::K),
        other => Some(other),
    }
}

/// The words of a name that go into keys, the rarest first.
struct Words {
    words: [Bones; MOST_WORDS],
    /// Which of them follow each other in the text.
    len: usize,
}

impl Words {
    fn of(name: &Name) -> Self {
        let mut made = Self { words: [Bones::default(); MOST_WORDS], len: 0 };
        let named = name.tokens().iter().any(|token| token.role == Role::Name);
        for token in name.tokens() {
            if token.role == Role::Name || !named {
                made.add(Bones::of(name, token));
            }
        }
        made
    }

    fn add(&mut self, word: Bones) {
        if word.len == 0 {
            return;
        }
        if let Some(place) = self.words.get_mut(self.len) {
            *place = word;
            self.len += 1;
        }
    }

    fn list(&self) -> &[Bones] {
        self.words.get(..self.len).unwrap_or_default()
    }

    /// Pairs of words, those worth most first.
    fn pairs(&self) -> impl Iterator<Item = (&Bones, &Bones)> {
        const MOST: usize = MOST_WORDS * (MOST_WORDS - 1) / 2;
        let mut pairs = [(0.0_f32, 0, 0); MOST];
        let mut len = 0;
        for (x, one) in self.list().iter().enumerate() {
            for (y, other) in self.list().iter().enumerate().skip(x + 1) {
                if let Some(place) = pairs.get_mut(len) {
                    *place = (one.rarity + other.rarity, x, y);
                    len += 1;
                }
            }
        }
        if let Some(pairs) = pairs.get_mut(..len) {
            pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        }
        let word = |at: usize| self.words.get(at);
        pairs.into_iter().take(len).filter_map(move |(_, x, y)| Some((word(x)?, word(y)?)))
    }
}

/// Different keys, up to a number.
struct Keys<const N: usize> {
    keys: [Key; N],
    len: usize,
}

impl<const N: usize> Default for Keys<N> {
    fn default() -> Self {
        Self { keys: [0; N], len: 0 }
    }
}

impl<const N: usize> Keys<N> {
    fn add(&mut self, key: Key) {
        if self.keys.iter().take(self.len).any(|known| *known == key) {
            return;
        }
        if let Some(place) = self.keys.get_mut(self.len) {
            *place = key;
            self.len += 1;
        }
    }

    /// Filled up with numbers that only this spelling makes, in an order that does not tell
    /// which they are.
    fn padded(mut self, name: &Name, tier: u8) -> [Key; N] {
        let symbols = name.symbols.get(..name.used).unwrap_or_default();
        for (at, place) in self.keys.iter_mut().enumerate().skip(self.len) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            *place = Mix::new(tier).number(!at).number(name.whole).letters(symbols).key();
        }
        self.keys.sort_unstable();
        self.keys
    }
}

/// A hash of 64 bits (FNV-1a with a final mix): spreads, does not protect.
#[derive(Clone, Copy)]
struct Mix(u64);

impl Mix {
    fn new(tier: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).byte(tier)
    }

    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    fn number(self, number: u32) -> Self {
        number.to_le_bytes().into_iter().fold(self, Self::byte)
    }

    fn letters(self, letters: &[u8]) -> Self {
        letters.iter().fold(self, |mix, letter| mix.byte(*letter)).byte(0xff)
    }

    fn pair(self, x: &Bones, y: &Bones) -> Self {
        let (x, y) = (x.letters(), y.letters());
        let (x, y) = if x <= y { (x, y) } else { (y, x) };
        self.letters(x).letters(y)
    }

    fn sorted(self, words: &[Bones]) -> Self {
        let mut order = [0_usize; MOST_WORDS];
        for (at, place) in order.iter_mut().enumerate() {
            *place = at;
        }
        let letters = |at: usize| words.get(at).map_or(&[][..], Bones::letters);
        let order = order.get_mut(..words.len().min(MOST_WORDS)).unwrap_or_default();
        order.sort_unstable_by(|x, y| letters(*x).cmp(letters(*y)));
        order.iter().fold(self, |mix, at| mix.letters(letters(*at)))
    }

    /// All words as one, a consonant that ends one and begins the next only once.
    fn joined(self, words: &[Bones]) -> Self {
        let mut last = 0;
        let mut mix = self;
        for letter in words.iter().flat_map(Bones::letters) {
            if *letter != last {
                mix = mix.byte(*letter);
                last = *letter;
            }
        }
        mix.byte(0xfe)
    }

    fn key(self) -> Key {
        let mut state = self.0;
        state ^= state >> 33;
        state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
        state ^= state >> 33;
        state = state.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        state ^ (state >> 33)
    }
}
