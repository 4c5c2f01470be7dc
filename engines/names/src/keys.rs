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

use std::cmp::Ordering;

use crate::dates::PartialDate;
use crate::error::Error;
use crate::name::{Family, MAX_TOKENS, Name, Role, Token, class_of};
use crate::roles::Kind;
use crate::symbols::{self, class};
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

/// A pair of words with so many consonants is told apart even without one of them.
const LONG_PAIR: usize = 6;

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

/// K2: each word with the whole birth date, then the rare ones with its year.
///
/// # Errors
/// [`Error::Date`] if the date is no day of the calendar.
pub fn k2(name: &Name, born: PartialDate) -> Result<[Key; K2_KEYS], Error> {
    let date = of_calendar(born)?;
    let words = Words::of(name);
    let mut keys = Keys::<K2_KEYS>::default();
    let key = |tier, date, at| {
        let word = words.list().get(at).map_or(&[][..], Bones::letters);
        Mix::new(tier).number(date).letters(word).key()
    };
    if born.day().is_some() {
        words
            .rarest()
            .for_each(|(_, at)| keys.add(key(2, date, at)));
    }
    for (rarity, at) in words.rarest() {
        if rarity >= RARE {
            keys.add(key(3, u32::from(born.year()), at));
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

/// Keys by which an index finds candidates: each word alone, also without what may be an
/// article, and pairs of words of which one has lost a consonant.
pub(crate) fn blocks(name: &Name) -> Vec<Key> {
    let words = Words::of(name);
    let others = words.others.iter().flatten();
    let alone = words.list().iter().chain(others);
    let mut keys: Vec<Key> = alone
        .map(|word| Mix::new(6).letters(word.letters()).key())
        .collect();
    keys.extend(k4(name));
    keys.sort_unstable();
    keys.dedup();
    keys
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
    for (x, y) in words.pairs() {
        let (long, other) = if x.len >= y.len { (x, y) } else { (y, x) };
        if x.len + y.len >= LONG_PAIR && long.len > 3 {
            for at in 0..long.len {
                add(mix().pair(&long.without(at), other).key());
            }
        }
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
        let mut made = Self {
            rarity: token.rarity,
            ..Self::default()
        };
        let symbols = name.symbols_of(token, token);
        let (before, after) = without_article(token, symbols);
        for part in [before, after] {
            for (at, symbol) in part.iter().enumerate() {
                made.take(token.family, *symbol, at == 0, part.get(at + 1).copied());
            }
        }
        made.settle();
        made
    }

    /// The word without an article that may be glued to it: Laroussi beside العروسي.
    fn other(name: &Name, token: &Token) -> Option<Self> {
        let symbols = name.symbols_of(token, token);
        let maybe = token.family == Family::Latin && symbols.len() >= 5;
        let skip = match symbols {
            [L, ..] if maybe && token.jumps[0].0 == 0 => 1,
            _ if maybe && !token.sure && token.jumps[0].0 == 2 => 2,
            _ => return None,
        };
        let mut made = Self {
            rarity: token.rarity,
            ..Self::default()
        };
        let part = symbols.get(skip..).unwrap_or_default();
        for (at, symbol) in part.iter().enumerate() {
            made.take(token.family, *symbol, at == 0, part.get(at + 1).copied());
        }
        made.settle();
        (made.len > 0).then_some(made)
    }

    /// Adds the class of a symbol, with an eye to the next.
    fn take(&mut self, family: Family, symbol: u8, first: bool, next: Option<u8>) {
        let class = class_of(family, symbol);
        match family {
            Family::Latin if symbols::is_x(symbol) => {
                self.push(class::K);
                self.push(class::S);
            }
            Family::Latin if symbols::is_soft_c(symbol, next) => self.push(class::S),
            Family::Latin if first && symbols::is_glide(symbol, next) => self.push(class::W),
            _ => match class {
                0 => {}
                class::W | class::Y if !first => {}
                // Final h is mute or ة; th may be two letters.
                class::H
                    if next.is_none()
                        || symbols::is_mute(family, symbol)
                        || self.last() == Some(class::T) => {}
                class::F if !first && symbols::is_v(symbol, family) => {}
                class::Q | class::G | class::J | class::X => self.push(class::K),
                class::Z => self.push(class::D),
                other => self.push(other),
            },
        }
    }

    fn last(&self) -> Option<u8> {
        self.letters().last().copied()
    }

    fn push(&mut self, class: u8) {
        if self.last() == Some(class) {
            return;
        }
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = class;
            self.len += 1;
        }
    }

    /// Without the l of an article inside, which is assimilated as often as not:
    /// Abdelrahman and Abderrahmane, Seif al-Din and Seifeddine.
    fn settle(&mut self) {
        use class::{B, D, L, N};
        let inner = match self.letters() {
            [B, D, L, _, ..] => Some(2),
            [.., _, L, D, N] => Some(self.len - 3),
            _ => None,
        };
        if let Some(gone) = inner {
            *self = self.without(gone);
        }
    }

    /// By rarity, equals by their letters.
    fn by_rarity(&self, other: &Self) -> Ordering {
        let rarity = self.rarity.total_cmp(&other.rarity);
        rarity.then_with(|| self.letters().cmp(other.letters()))
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    fn without(&self, gone: usize) -> Self {
        let mut made = Self {
            rarity: self.rarity,
            ..Self::default()
        };
        for (at, class) in self.letters().iter().enumerate() {
            if at != gone {
                made.push(*class);
            }
        }
        made
    }
}

/// The Latin letter l.
const L: u8 = 12;

/// The symbols before and after the article that is certain, or that looks like one.
fn without_article<'a>(token: &Token, symbols: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let article = token
        .jumps
        .iter()
        .find(|(at, kind)| *at > 1 && *kind == Kind::Article as u8);
    let Some(end) = article.map(|(at, _)| usize::from(*at)) else {
        return (symbols, &[]);
    };
    let before = symbols.get(..end - 2).unwrap_or_default();
    let after = symbols.get(end..).unwrap_or_default();
    let vowel = after
        .first()
        .is_some_and(|next| class_of(token.family, *next) == 0);
    if token.family == Family::Latin && !token.sure && vowel {
        (symbols, &[])
    } else {
        (before, after)
    }
}

/// The words of a name that go into keys, the rarest first.
struct Words {
    words: [Bones; MOST_WORDS],
    /// The same words without what may be a glued article.
    others: [Option<Bones>; MOST_WORDS],
    len: usize,
}

impl Words {
    fn of(name: &Name) -> Self {
        let mut made = Self {
            words: [Bones::default(); MOST_WORDS],
            others: [None; MOST_WORDS],
            len: 0,
        };
        // Some forms of address are names too: where little else is left, they count.
        let named = name
            .tokens()
            .iter()
            .filter(|token| token.role == Role::Name)
            .count();
        for token in name.tokens() {
            if token.role == Role::Name || (named < 2 && token.role == Role::Honorific) {
                made.add(Bones::of(name, token), Bones::other(name, token));
            }
        }
        made
    }

    fn add(&mut self, word: Bones, other: Option<Bones>) {
        if word.len == 0 {
            return;
        }
        if self.len == MOST_WORDS && !self.dropped_for(&word) {
            return;
        }
        if let (Some(place), Some(beside)) =
            (self.words.get_mut(self.len), self.others.get_mut(self.len))
        {
            *place = word;
            *beside = other.filter(|other| other.letters() != word.letters());
            self.len += 1;
        }
    }

    /// Makes room for a word by dropping the most common one; false if that is the new word.
    fn dropped_for(&mut self, word: &Bones) -> bool {
        let worth = |one: &Bones, other: &Bones| one.by_rarity(other);
        let least = self
            .list()
            .iter()
            .enumerate()
            .min_by(|x, y| worth(x.1, y.1));
        let Some((at, _)) = least.filter(|(_, least)| worth(least, word).is_lt()) else {
            return false;
        };
        if let (Some(words), Some(others)) = (self.words.get_mut(at..), self.others.get_mut(at..)) {
            words.rotate_left(1);
            others.rotate_left(1);
        }
        self.len -= 1;
        true
    }

    fn list(&self) -> &[Bones] {
        self.words.get(..self.len).unwrap_or_default()
    }

    /// Pairs of words, those worth most first; then the same with what may be written without
    /// its article.
    fn pairs(&self) -> impl Iterator<Item = (&Bones, &Bones)> {
        let other = |at: usize| self.others.get(at).and_then(Option::as_ref);
        let word = |at: usize| self.words.get(at);
        let ranked = self.ranked();
        let plain = ranked
            .clone()
            .filter_map(move |(x, y)| Some((word(x)?, word(y)?)));
        let first = ranked
            .clone()
            .filter_map(move |(x, y)| Some((other(x)?, word(y)?)));
        let second = ranked
            .clone()
            .filter_map(move |(x, y)| Some((word(x)?, other(y)?)));
        let both = ranked.filter_map(move |(x, y)| Some((other(x)?, other(y)?)));
        plain.chain(first).chain(second).chain(both)
    }

    fn ranked(&self) -> impl Iterator<Item = (usize, usize)> + Clone + use<> {
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
            let sorted = |(_, x, y): &(f32, usize, usize)| {
                let (x, y) = (self.letters(*x), self.letters(*y));
                if x <= y { (x, y) } else { (y, x) }
            };
            // Never by place: the order of words must not tell.
            pairs.sort_unstable_by(|a, b| {
                b.0.total_cmp(&a.0).then_with(|| sorted(a).cmp(&sorted(b)))
            });
        }
        pairs.into_iter().take(len).map(|(_, x, y)| (x, y))
    }

    fn letters(&self, at: usize) -> &[u8] {
        self.words.get(at).map_or(&[][..], Bones::letters)
    }

    /// Rarity and place of each word, the rarest first.
    fn rarest(&self) -> impl Iterator<Item = (f32, usize)> + use<> {
        let mut order: [usize; MOST_WORDS] = std::array::from_fn(|at| at);
        let len = self.len;
        let list = self.list();
        let word = |at: &usize| list.get(*at).copied().unwrap_or_default();
        if let Some(order) = order.get_mut(..len) {
            order.sort_by(|x, y| word(y).by_rarity(&word(x)));
        }
        let rarity = order.map(|at| word(&at).rarity);
        rarity.into_iter().zip(order).take(len)
    }
}

/// Different keys, up to a number.
struct Keys<const N: usize> {
    keys: [Key; N],
    len: usize,
}

impl<const N: usize> Default for Keys<N> {
    fn default() -> Self {
        Self {
            keys: [0; N],
            len: 0,
        }
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

    /// Filled up with numbers that only these words in this spelling make, in an order that does
    /// not tell which they are. So a name all of whose keys are too common still finds itself,
    /// also turned round.
    fn padded(mut self, name: &Name, tier: u8) -> [Key; N] {
        let words = Mix::new(tier).spelling(name);
        for (at, place) in self.keys.iter_mut().enumerate().skip(self.len) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            *place = words.number(!at).key();
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
        letters
            .iter()
            .fold(self, |mix, letter| mix.byte(*letter))
            .byte(0xff)
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
        let order = order
            .get_mut(..words.len().min(MOST_WORDS))
            .unwrap_or_default();
        order.sort_unstable_by(|x, y| letters(*x).cmp(letters(*y)));
        order.iter().fold(self, |mix, at| mix.letters(letters(*at)))
    }

    /// The words letter by letter, in whatever order.
    fn spelling(self, name: &Name) -> Self {
        let mut words = [(Family::Latin, &[][..]); MAX_TOKENS];
        for (place, token) in words.iter_mut().zip(name.tokens()) {
            *place = (token.family, name.symbols_of(token, token));
        }
        words.sort_unstable();
        let used = words.iter().filter(|(_, symbols)| !symbols.is_empty());
        used.fold(self, |mix, (family, symbols)| {
            mix.byte(*family as u8).letters(symbols)
        })
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

/// The consonants of a name as they go into keys, for the trainer's eye.
#[cfg(feature = "train")]
pub(crate) fn bones(name: &Name) -> String {
    const SHOWN: &[u8] = b".BFTDRLMNSZCJKHXGWYQ";
    let words = Words::of(name);
    let word = |word: &Bones| -> String {
        word.letters()
            .iter()
            .filter_map(|class| SHOWN.get(usize::from(*class)))
            .map(|byte| char::from(*byte))
            .collect()
    };
    words.list().iter().map(word).collect::<Vec<_>>().join(" ")
}
