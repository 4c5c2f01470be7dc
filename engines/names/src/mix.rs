//! Numbers made of words: the hash behind keys, and lists of keys of a fixed length.

use crate::bones::{Bones, MOST_WORDS};
use crate::keys::Key;
use crate::name::{Family, MAX_TOKENS, Name};

/// Different keys, up to a number.
pub(crate) struct Keys<const N: usize> {
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
    pub(crate) fn add(&mut self, key: Key) {
        if self.keys.iter().take(self.len).any(|known| *known == key) {
            return;
        }
        if let Some(place) = self.keys.get_mut(self.len) {
            *place = key;
            self.len += 1;
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.len >= N
    }

    /// Filled up with numbers that only these words in this spelling make, in an order that does
    /// not tell which they are. So a name all of whose keys are too common still finds itself,
    /// also turned round.
    pub(crate) fn padded(mut self, name: &Name, tier: u8) -> [Key; N] {
        let words = if self.is_full() {
            Mix::new(tier)
        } else {
            Mix::new(tier).spelling(name)
        };
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
pub(crate) struct Mix(u64);

impl Mix {
    pub(crate) fn new(tier: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).byte(tier)
    }

    pub(crate) fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    pub(crate) fn number(self, number: u32) -> Self {
        number.to_le_bytes().into_iter().fold(self, Self::byte)
    }

    pub(crate) fn letters(self, letters: &[u8]) -> Self {
        letters
            .iter()
            .fold(self, |mix, letter| mix.byte(*letter))
            .byte(0xff)
    }

    pub(crate) fn pair(self, x: &Bones, y: &Bones) -> Self {
        let (x, y) = (x.letters(), y.letters());
        let (x, y) = if x <= y { (x, y) } else { (y, x) };
        self.letters(x).letters(y)
    }

    /// A word with how it begins and ends.
    pub(crate) fn finer(self, word: &Bones) -> Self {
        self.letters(word.letters()).byte(word.ends)
    }

    pub(crate) fn finer_pair(self, x: &Bones, y: &Bones) -> Self {
        let key = |word: &Bones| (word.letters, word.ends);
        let (x, y) = if key(x) <= key(y) { (x, y) } else { (y, x) };
        self.finer(x).finer(y)
    }

    pub(crate) fn sorted(self, words: &[Bones]) -> Self {
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
    pub(crate) fn spelling(self, name: &Name) -> Self {
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
    pub(crate) fn joined(self, words: &[Bones]) -> Self {
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

    pub(crate) fn key(self) -> Key {
        let mut state = self.0;
        state ^= state >> 33;
        state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
        state ^= state >> 33;
        state = state.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        state ^ (state >> 33)
    }
}
