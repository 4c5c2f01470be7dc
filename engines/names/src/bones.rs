//! What is left of the words of a name in keys: their consonants.

use std::cmp::Ordering;

use crate::name::{Family, Name, Role, Token, class_of};
use crate::roles::Kind;
use crate::symbols::{self, class};

/// Words that go into keys: the rarest of a longer name.
pub(crate) const MOST_WORDS: usize = 6;
/// Consonants of a word that go into keys.
const MOST_LETTERS: usize = 12;

/// Consonants of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bones {
    pub(crate) letters: [u8; MOST_LETTERS],
    pub(crate) len: usize,
    /// Whether it begins with a vowel, and with what vowel it ends: tells pairs apart that are
    /// too common without.
    pub(crate) ends: u8,
    rarity: f32,
}

impl Bones {
    pub(crate) fn of(name: &Name, token: &Token) -> Self {
        let symbols = name.symbols_of(token, token);
        let title = token.role == Role::Honorific && token.family == Family::Arabic;
        let (before, after) = match symbols.get(2..) {
            // A title that is a name is written with its article, السيد, or without: Sayed.
            Some(stem) if title && symbols::has_article(symbols) => (stem, &[][..]),
            _ => without_article(token, symbols),
        };
        Self::made(token, before, after)
    }

    /// The word with or without what may be a glued article: Laroussi beside العروسي, Elyès
    /// beside Lyès.
    fn other(name: &Name, token: &Token) -> Option<Self> {
        let symbols = name.symbols_of(token, token);
        let (start, _) = token.jumps[0];
        let short = symbols.first() == Some(&L);
        let skip = match token.family {
            Family::Latin if symbols.len() < 4 || token.sure => return None,
            Family::Latin if short && start <= 2 => 1,
            Family::Latin if start == 2 && without_article(token, symbols).0 == symbols => 2,
            Family::Latin if start == 2 => 0,
            Family::Arabic if start == 2 && symbols::has_weak_stem(symbols) => 0,
            _ => return None,
        };
        let made = Self::made(token, symbols.get(skip..).unwrap_or_default(), &[]);
        (made.len > 0).then_some(made)
    }

    fn made(token: &Token, before: &[u8], after: &[u8]) -> Self {
        let mut made = Self {
            rarity: token.rarity,
            ..Self::default()
        };
        for part in [before, after] {
            for (at, symbol) in part.iter().enumerate() {
                made.take(token.family, *symbol, at == 0, part.get(at + 1).copied());
            }
        }
        made.settle(token.sure && token.jumps[0].1 == Kind::Other as u8);
        let first = before.first().or(after.first());
        let begins = first.is_some_and(|symbol| class_of(token.family, *symbol) == 0);
        let last = after.last().or(before.last());
        let ends = last.map_or(0, |symbol| symbols::last_vowel(token.family, *symbol));
        made.ends = u8::from(begins) | ends << 1;
        made
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
                class::H if next.is_none() || self.last() == Some(class::T) => {}
                // Inside a word it is ة before Allah or al-Din: Nimatullah, نعمة الله.
                class::H if symbols::is_mute(family, symbol) && family == Family::Arabic => {
                    self.push(class::T)
                }
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

    /// Without the l of an article inside, which is assimilated as often as not (Abdelrahman and
    /// Abderrahmane, Seif al-Din and Seifeddine), and without the w of Walad, Ould, ولد.
    fn settle(&mut self, particle: bool) {
        use class::{B, D, L, N, W};
        let inner = match self.letters() {
            [B, D, L, _, ..] => Some(2),
            [B, N, B, D, L, _, ..] => Some(4),
            [W, L, D, ..] if particle => Some(0),
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

    pub(crate) fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    pub(crate) fn without(&self, gone: usize) -> Self {
        let mut made = Self {
            rarity: self.rarity,
            ends: self.ends,
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
    let short = symbols.first() == Some(&L);
    if token.family == Family::Latin && !token.sure && (vowel || short) {
        (symbols, &[])
    } else {
        (before, after)
    }
}

/// The words of a name that go into keys, the rarest first.
pub(crate) struct Words {
    words: [Bones; MOST_WORDS],
    /// The same words without what may be a glued article.
    pub(crate) others: [Option<Bones>; MOST_WORDS],
    pub(crate) len: usize,
}

impl Words {
    pub(crate) fn of(name: &Name) -> Self {
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

    pub(crate) fn list(&self) -> &[Bones] {
        self.words.get(..self.len).unwrap_or_default()
    }

    /// Pairs of words, those worth most first; then the same with what may be written without
    /// its article.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&Bones, &Bones)> {
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

    pub(crate) fn letters(&self, at: usize) -> &[u8] {
        self.words.get(at).map_or(&[][..], Bones::letters)
    }

    /// Rarity and place of each word, the rarest first.
    pub(crate) fn rarest(&self) -> impl Iterator<Item = (f32, usize)> + use<> {
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
