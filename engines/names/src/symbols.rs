//! Symbols: the letters of a word as the edit tables know them.
//!
//! A symbol is a letter, a group of letters that spells one sound (`ch`, `ou`), or a letter at
//! the beginning or the end of a word where it behaves otherwise: the final `a` of Karima, the
//! first alef of أحمد. That makes tables without memory know about position. Nothing is merged
//! here: whether `ch` can be ش is for the tables to say.

use crate::letters::arabic as ar;
use crate::name::Family;

/// How many symbols a family has; a power of two.
pub(crate) const SYMBOLS: usize = 64;
/// Longest word, in letters; longer ones are cut.
pub(crate) const MAX_WORD: usize = 40;
/// A letter of a script without a table, in either family.
pub(crate) const OTHER: u8 = 63;

/// Latin symbols beside the letters (1–26) and digits (27–36).
mod latin {
    pub(super) const CH: u8 = 37;
    pub(super) const SH: u8 = 38;
    pub(super) const KH: u8 = 39;
    pub(super) const GH: u8 = 40;
    pub(super) const TH: u8 = 41;
    pub(super) const DH: u8 = 42;
    pub(super) const DJ: u8 = 43;
    pub(super) const OU: u8 = 44;
    pub(super) const OO: u8 = 45;
    pub(super) const PH: u8 = 46;
    pub(super) const EE: u8 = 47;
    pub(super) const AI: u8 = 48;
    pub(super) const OE: u8 = 49;
    pub(super) const END_A: u8 = 50;
    pub(super) const END_E: u8 = 51;
    pub(super) const END_I: u8 = 52;
    pub(super) const END_O: u8 = 53;
    pub(super) const END_U: u8 = 54;
    pub(super) const END_Y: u8 = 55;
    pub(super) const END_H: u8 = 56;
    pub(super) const FIRST_A: u8 = 57;
    pub(super) const FIRST_E: u8 = 58;
    pub(super) const FIRST_I: u8 = 59;
    pub(super) const FIRST_O: u8 = 60;
    pub(super) const FIRST_U: u8 = 61;
}

const END_HEH: u8 = 43;
const END_ALEF: u8 = 44;
const END_YEH: u8 = 45;
const END_WAW: u8 = 46;
const FIRST_ALEF: u8 = 48;
const FIRST_AIN: u8 = 49;
const FIRST_WAW: u8 = 50;
const FIRST_YEH: u8 = 51;

/// Where the symbols of one word go; full is full.
pub(crate) struct Sink<'a> {
    pub(crate) room: &'a mut [u8],
    pub(crate) len: usize,
}

impl Sink<'_> {
    fn push(&mut self, symbol: u8) {
        if let Some(place) = self.room.get_mut(self.len) {
            *place = symbol;
            self.len += 1;
        }
    }
}

/// Appends the symbols of a word in Latin letters and digits.
pub(crate) fn encode_latin(word: &[u8], out: &mut Sink<'_>) {
    let mut rest = word;
    let mut first = true;
    while let Some((symbol, used)) = latin_symbol(rest) {
        let after = rest.get(used..).unwrap_or_default();
        out.push(placed(symbol, first, after.is_empty()));
        first = false;
        rest = after;
    }
}

/// The symbol at the beginning of `rest` and how many letters it takes.
fn latin_symbol(rest: &[u8]) -> Option<(u8, usize)> {
    use latin::*;
    let found = match rest {
        [b'd', b's', b'c', b'h', ..] => (DJ, 4),
        [b't', b's', b'c', b'h', ..] => (CH, 4),
        [b's', b'c', b'h', ..] => (SH, 3),
        [b't', b'c', b'h', ..] => (CH, 3),
        [b's', b'h', b'c', b'h', ..] => (SH, 4),
        [b's', b'j', b'a'..=b'z', ..] => (SH, 2),
        [b's', b'h', ..] => (SH, 2),
        [b'c', b'h', ..] => (CH, 2),
        [b'k', b'h', ..] => (KH, 2),
        [b'g', b'h', ..] => (GH, 2),
        [b't', b'h', ..] => (TH, 2),
        [b'd', b'h', ..] => (DH, 2),
        [b'd', b'j', ..] | [b'd', b'z', b'h', ..] => {
            (DJ, 2 + usize::from(rest.get(1) == Some(&b'z')))
        }
        [b'p', b'h', ..] => (PH, 2),
        [b'o', b'u', ..] => (OU, 2),
        [b'o', b'o', ..] => (OO, 2),
        [b'e', b'e', ..] => (EE, 2),
        [b'o', b'e', ..] => (OE, 2),
        [b'a' | b'e', b'i' | b'y', ..] if rest.len() > 2 => (AI, 2),
        [b'c', b'k', ..] => (11, 2),
        [x, y, ..] if x == y => (letter(*x), 2),
        [x, ..] => (letter(*x), 1),
        [] => return None,
    };
    Some(found)
}

fn letter(ascii: u8) -> u8 {
    match ascii {
        b'a'..=b'z' => ascii - b'a' + 1,
        b'0'..=b'9' => ascii - b'0' + 27,
        _ => OTHER,
    }
}

/// The symbol as it is at the beginning or the end of a word.
fn placed(symbol: u8, first: bool, last: bool) -> u8 {
    use latin::*;
    const A: u8 = 1;
    const E: u8 = 5;
    const H: u8 = 8;
    const I: u8 = 9;
    const O: u8 = 15;
    const U: u8 = 21;
    const Y: u8 = 25;
    if first {
        match symbol {
            A => FIRST_A,
            E => FIRST_E,
            I => FIRST_I,
            O => FIRST_O,
            // Dutch oe is u; a German Ö at the beginning is not far from it.
            U | OU | OO | OE => FIRST_U,
            other => other,
        }
    } else if last {
        match symbol {
            A => END_A,
            E => END_E,
            I | EE => END_I,
            O => END_O,
            U | OU | OO | OE => END_U,
            Y => END_Y,
            H => END_H,
            other => other,
        }
    } else {
        symbol
    }
}

/// Appends the symbols of a word in Arabic letters.
pub(crate) fn encode_arabic(word: &[u8], out: &mut Sink<'_>) {
    let last = word.len().saturating_sub(1);
    for (at, letter) in word.iter().enumerate() {
        out.push(match *letter {
            ar::ALEF if at == 0 => FIRST_ALEF,
            ar::AIN if at == 0 => FIRST_AIN,
            ar::WAW if at == 0 => FIRST_WAW,
            ar::YEH if at == 0 => FIRST_YEH,
            ar::HEH if at == last => END_HEH,
            ar::ALEF if at == last => END_ALEF,
            ar::YEH if at == last => END_YEH,
            ar::WAW if at == last => END_WAW,
            other => other,
        });
    }
}

/// A symbol as people write it.
pub(crate) fn shown(family: Family, symbol: u8) -> &'static str {
    const LATIN: [&str; SYMBOLS] = [
        "·", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q",
        "r", "s", "t", "u", "v", "w", "x", "y", "z", "0", "1", "2", "3", "4", "5", "6", "7", "8",
        "9", "ch", "sh", "kh", "gh", "th", "dh", "dj", "ou", "oo", "ph", "ee", "ai", "oe", "a",
        "e", "i", "o", "u", "y", "h", "a", "e", "i", "o", "u", "·", "?",
    ];
    const ARABIC: [&str; SYMBOLS] = [
        "·", "ا", "أ", "إ", "آ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش", "ص",
        "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ى", "ة", "ء", "ؤ",
        "ئ", "پ", "چ", "گ", "ڤ", "ژ", "·", "ه", "ا", "ي", "و", "·", "ا", "ع", "و", "ي", "·", "·",
        "·", "·", "·", "·", "·", "·", "·", "·", "·", "?",
    ];
    let all = match family {
        Family::Latin => &LATIN,
        Family::Arabic => &ARABIC,
    };
    all.get(usize::from(symbol)).copied().unwrap_or("·")
}

/// Consonant classes, shared by both families; 0 is a vowel or a letter that comes and goes.
pub(crate) mod class {
    pub(crate) const B: u8 = 1;
    pub(crate) const F: u8 = 2;
    pub(crate) const T: u8 = 3;
    pub(crate) const D: u8 = 4;
    pub(crate) const R: u8 = 5;
    pub(crate) const L: u8 = 6;
    pub(crate) const M: u8 = 7;
    pub(crate) const N: u8 = 8;
    pub(crate) const S: u8 = 9;
    pub(crate) const Z: u8 = 10;
    pub(crate) const SH: u8 = 11;
    pub(crate) const J: u8 = 12;
    pub(crate) const K: u8 = 13;
    pub(crate) const H: u8 = 14;
    pub(crate) const X: u8 = 15;
    pub(crate) const G: u8 = 16;
    pub(crate) const W: u8 = 17;
    pub(crate) const Y: u8 = 18;
    pub(crate) const Q: u8 = 19;
}

/// Whether a Latin symbol is x, which is two sounds.
pub(crate) fn is_x(symbol: u8) -> bool {
    symbol == 24
}

/// Whether a symbol is a final h, also inside words that were written together.
pub(crate) fn is_mute(family: Family, symbol: u8) -> bool {
    match family {
        Family::Latin => symbol == latin::END_H,
        Family::Arabic => matches!(symbol, END_HEH | ar::MARBUTA),
    }
}

/// How a word ends, alike in both families: 0 with a consonant, 1 with a, 2 with i, 3 with u.
/// Final e is mute as often as not and counts as none.
pub(crate) fn last_vowel(family: Family, symbol: u8) -> u8 {
    use latin::*;
    match family {
        Family::Latin => match symbol {
            END_A | END_H => 1,
            END_I | END_Y => 2,
            END_O | END_U => 3,
            _ => 0,
        },
        Family::Arabic => match symbol {
            END_HEH | ar::MARBUTA | ar::MAKSURA => 1,
            END_YEH => 2,
            END_WAW => 3,
            other => u8::from(arabic_class(other) == 0),
        },
    }
}

/// Whether a word in Arabic letters begins with the article.
pub(crate) fn has_article(word: &[u8]) -> bool {
    matches!(word, [FIRST_ALEF, ar::LAM, _, ..])
}

/// Whether the stem of a word in Arabic letters begins with a weak letter, so that what looks
/// like the article may be the name itself: Ilyas, الياس.
pub(crate) fn has_weak_stem(word: &[u8]) -> bool {
    matches!(word, [FIRST_ALEF, ar::LAM, ar::ALEF | ar::YEH, ..])
}

/// Whether a symbol is the Latin v, which Persian names have for و.
pub(crate) fn is_v(symbol: u8, family: Family) -> bool {
    family == Family::Latin && symbol == 22
}

/// Whether a Latin symbol is c, sounded s before the next.
pub(crate) fn is_soft_c(symbol: u8, next: Option<u8>) -> bool {
    use latin::*;
    symbol == 3 && matches!(next, Some(5 | 9 | 25 | EE | END_E | END_I | END_Y | AI))
}

/// Whether a Latin symbol at the beginning is ou, sounded w before a vowel.
pub(crate) fn is_glide(symbol: u8, next: Option<u8>) -> bool {
    symbol == latin::FIRST_U && next.is_some_and(|next| latin_class(next) == 0)
}

/// The consonant class of a Latin symbol.
pub(crate) fn latin_class(symbol: u8) -> u8 {
    use latin::*;
    match symbol {
        2 | 16 => class::B,
        6 | 22 | PH => class::F,
        20 | TH => class::T,
        4 | DH => class::D,
        18 => class::R,
        12 => class::L,
        13 => class::M,
        14 => class::N,
        19 => class::S,
        26 => class::Z,
        CH | SH => class::SH,
        10 | DJ => class::J,
        3 | 11 | 24 => class::K,
        17 => class::Q,
        8 | END_H => class::H,
        KH => class::X,
        7 | GH => class::G,
        23 => class::W,
        25 => class::Y,
        _ => 0,
    }
}

/// The consonant class of an Arabic symbol.
pub(crate) fn arabic_class(symbol: u8) -> u8 {
    match symbol {
        ar::BEH | ar::PEH => class::B,
        ar::FEH | ar::VEH => class::F,
        ar::TEH | ar::THEH | ar::TAH => class::T,
        ar::DAL | ar::THAL | ar::DAD => class::D,
        ar::REH => class::R,
        ar::LAM => class::L,
        ar::MEEM => class::M,
        ar::NOON => class::N,
        ar::SEEN | ar::SAD => class::S,
        ar::ZAIN | ar::ZAH => class::Z,
        ar::SHEEN | ar::TCHEH => class::SH,
        ar::JEEM | ar::JEH => class::J,
        ar::KAF => class::K,
        ar::QAF => class::Q,
        ar::HAH | ar::HEH | END_HEH | ar::MARBUTA => class::H,
        ar::KHAH => class::X,
        ar::GHAIN | ar::GAF => class::G,
        ar::WAW | FIRST_WAW | END_WAW | ar::WAW_HAMZA => class::W,
        ar::YEH | FIRST_YEH | END_YEH | ar::YEH_HAMZA | ar::MAKSURA => class::Y,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(word: &str) -> Vec<u8> {
        let mut room = [0; MAX_WORD];
        let mut sink = Sink {
            room: &mut room,
            len: 0,
        };
        encode_latin(word.as_bytes(), &mut sink);
        let len = sink.len;
        room[..len].to_vec()
    }

    #[test]
    fn groups_of_letters_and_places() {
        assert_eq!(latin("chadia"), [37, 1, 4, 9, latin::END_A]);
        assert_eq!(latin("hassan"), [8, 1, 19, 1, 14]);
        assert_eq!(latin("ouali"), [latin::FIRST_U, 1, 12, latin::END_I]);
        assert_eq!(latin("dzhokhar"), [latin::DJ, 15, latin::KH, 1, 18]);
        assert_eq!(latin("x".repeat(100).as_str()).len(), MAX_WORD);
    }

    #[test]
    fn every_symbol_is_below_the_limit() {
        for byte in 0..=u8::MAX {
            assert!(usize::from(letter(byte)) < SYMBOLS);
        }
    }
}
