//! Letters: what one character of a written name stands for.
//!
//! Every script ends in one of two families of symbols: Latin letters `a`–`z` and digits, or
//! Arabic letters. Cyrillic, Greek and Hebrew are read as Latin, Tifinagh as Arabic, because
//! that is how names in them are attested beside the others.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What a character is in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letter {
    /// One to four letters or digits of the Latin family, in ASCII.
    Latin(&'static [u8]),
    /// A letter of the Arabic family, see [`arabic`].
    Arabic(u8),
    /// An apostrophe or one of the signs written for hamza and ʿayn: no gap between words.
    Apostrophe,
    /// A comma: what stands before it is usually the family name.
    Comma,
    /// A hyphen: a gap between words, but only a small one.
    Hyphen,
    /// Everything else that parts words.
    Gap,
    /// Vowel signs, tatweel, direction marks, joiners: as if it were not there.
    Silent,
    /// A control character or a direction override: no name has one.
    Control,
    /// A letter of a script that has no table.
    Other,
}

/// Codes of the Arabic family, one for each letter that names are written with.
pub(crate) mod arabic {
    pub(crate) const ALEF: u8 = 1;
    pub(crate) const ALEF_HAMZA: u8 = 2;
    pub(crate) const ALEF_BELOW: u8 = 3;
    pub(crate) const ALEF_MADDA: u8 = 4;
    pub(crate) const BEH: u8 = 5;
    pub(crate) const TEH: u8 = 6;
    pub(crate) const THEH: u8 = 7;
    pub(crate) const JEEM: u8 = 8;
    pub(crate) const HAH: u8 = 9;
    pub(crate) const KHAH: u8 = 10;
    pub(crate) const DAL: u8 = 11;
    pub(crate) const THAL: u8 = 12;
    pub(crate) const REH: u8 = 13;
    pub(crate) const ZAIN: u8 = 14;
    pub(crate) const SEEN: u8 = 15;
    pub(crate) const SHEEN: u8 = 16;
    pub(crate) const SAD: u8 = 17;
    pub(crate) const DAD: u8 = 18;
    pub(crate) const TAH: u8 = 19;
    pub(crate) const ZAH: u8 = 20;
    pub(crate) const AIN: u8 = 21;
    pub(crate) const GHAIN: u8 = 22;
    pub(crate) const FEH: u8 = 23;
    pub(crate) const QAF: u8 = 24;
    pub(crate) const KAF: u8 = 25;
    pub(crate) const LAM: u8 = 26;
    pub(crate) const MEEM: u8 = 27;
    pub(crate) const NOON: u8 = 28;
    pub(crate) const HEH: u8 = 29;
    pub(crate) const WAW: u8 = 30;
    pub(crate) const YEH: u8 = 31;
    pub(crate) const MAKSURA: u8 = 32;
    pub(crate) const MARBUTA: u8 = 33;
    pub(crate) const HAMZA: u8 = 34;
    pub(crate) const WAW_HAMZA: u8 = 35;
    pub(crate) const YEH_HAMZA: u8 = 36;
    pub(crate) const PEH: u8 = 37;
    pub(crate) const TCHEH: u8 = 38;
    pub(crate) const GAF: u8 = 39;
    pub(crate) const VEH: u8 = 40;
    pub(crate) const JEH: u8 = 41;
}

/// Reads one character; those that stand for several letters are handed over one by one.
pub(crate) fn read(c: char, mut take: impl FnMut(Letter)) {
    match plain(c) {
        Some(letter) => take(letter),
        None => decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                take(plain(part).unwrap_or_else(|| unknown(part)));
            }
        }),
    }
}

/// Whether a character is of the Tifinagh script.
pub(crate) fn is_tifinagh(c: char) -> bool {
    ('\u{2d30}'..='\u{2d7f}').contains(&c)
}

fn unknown(c: char) -> Letter {
    if c.is_alphabetic() {
        Letter::Other
    } else if c.is_control() {
        Letter::Control
    } else {
        Letter::Gap
    }
}

/// The characters that need no decomposition.
fn plain(c: char) -> Option<Letter> {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => latin(c),
        '\0'..='\u{7f}' => Some(ascii(c)),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => {
            Some(arabic_letter(c))
        }
        c if is_tifinagh(c) => Some(tifinagh(c)),
        '\u{400}'..='\u{4ff}' => cyrillic(c),
        '\u{370}'..='\u{3ff}' => greek(c),
        '\u{590}'..='\u{5ff}' => Some(hebrew(c)),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{80}'..='\u{9f}' => {
            Some(Letter::Control)
        }
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{300}'..='\u{36f}' => {
            Some(Letter::Silent)
        }
        '\u{2b9}'..='\u{2bf}'
        | '\u{2018}'
        | '\u{2019}'
        | '\u{201b}'
        | '\u{2032}'
        | '\u{b4}'
        | '\u{ff07}' => Some(Letter::Apostrophe),
        '\u{2010}'..='\u{2015}' => Some(Letter::Hyphen),
        _ => special(c),
    }
}

fn ascii(c: char) -> Letter {
    match c {
        '\'' | '`' => Letter::Apostrophe,
        ',' | ';' => Letter::Comma,
        '-' => Letter::Hyphen,
        '\u{7f}' | '\0'..='\u{8}' | '\u{a}'..='\u{1f}' => Letter::Control,
        _ => Letter::Gap,
    }
}

/// Latin letters that compatibility decomposition leaves whole.
fn special(c: char) -> Option<Letter> {
    Some(Letter::Latin(match c {
        'ß' | 'ẞ' => b"ss",
        'æ' | 'Æ' => b"ae",
        'œ' | 'Œ' => b"oe",
        'ø' | 'Ø' => b"o",
        'ł' | 'Ł' => b"l",
        'đ' | 'Đ' | 'ð' | 'Ð' => b"d",
        'þ' | 'Þ' => b"th",
        'ı' => b"i",
        'ə' | 'Ə' => b"a",
        'ħ' | 'Ħ' => b"h",
        'ŋ' | 'Ŋ' => b"n",
        'ş' | 'Ş' => b"sh",
        'č' | 'Č' => b"ch",
        'š' | 'Š' => b"sh",
        'ž' | 'Ž' => b"j",
        _ => return None,
    }))
}

/// ASCII letters and digits as one-byte slices of one static text.
fn latin(c: char) -> Option<Letter> {
    const ALL: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let at = match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        'A'..='Z' => u32::from(c) - u32::from('A'),
        _ => 26 + u32::from(c) - u32::from('0'),
    } as usize;
    ALL.get(at..=at).map(Letter::Latin)
}

fn arabic_letter(c: char) -> Letter {
    use arabic::*;
    Letter::Arabic(match c {
        'ا' | 'ٱ' => ALEF,
        'أ' | 'ٲ' => ALEF_HAMZA,
        'إ' | 'ٳ' => ALEF_BELOW,
        'آ' => ALEF_MADDA,
        'ب' | 'ٻ' | 'ڀ' => BEH,
        'ت' | 'ٹ' | 'ټ' | 'ٺ' => TEH,
        'ث' | 'ٿ' => THEH,
        'ج' | 'ڄ' => JEEM,
        'ح' => HAH,
        'خ' => KHAH,
        'د' | 'ڈ' | 'ډ' | 'ڌ' => DAL,
        'ذ' => THAL,
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => REH,
        'ز' | 'ځ' | 'ڗ' => ZAIN,
        'س' => SEEN,
        'ش' | 'ښ' => SHEEN,
        'ص' => SAD,
        'ض' => DAD,
        'ط' => TAH,
        'ظ' => ZAH,
        'ع' => AIN,
        'غ' => GHAIN,
        'ف' => FEH,
        'ق' => QAF,
        'ك' | 'ک' | 'ڪ' => KAF,
        'ل' | 'ڵ' => LAM,
        'م' => MEEM,
        'ن' | 'ں' | 'ڼ' | 'ڻ' => NOON,
        'ه' | 'ہ' | 'ھ' | 'ە' | 'ۀ' => HEH,
        'و' | 'ۆ' | 'ۇ' | 'ۋ' | 'ۈ' => WAW,
        'ي' | 'ی' | 'ے' | 'ې' | 'ۍ' | 'ێ' => YEH,
        'ى' => MAKSURA,
        'ة' | 'ۃ' => MARBUTA,
        'ء' => HAMZA,
        'ؤ' => WAW_HAMZA,
        'ئ' | 'ۓ' => YEH_HAMZA,
        'پ' => PEH,
        'چ' | 'ڇ' | 'څ' => TCHEH,
        'گ' | 'ڭ' | 'ݣ' | 'ڨ' => GAF,
        'ڤ' | 'ڥ' | 'ڢ' => VEH,
        'ژ' => JEH,
        '،' | '؛' => return Letter::Comma,
        '\u{61c}'
        | '\u{640}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' => return Letter::Silent,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => return Letter::Gap,
        other if other.is_alphabetic() => return Letter::Other,
        _ => return Letter::Gap,
    })
}

/// Tifinagh as its Arabic counterpart; its vowels are letters there as well.
fn tifinagh(c: char) -> Letter {
    use arabic::*;
    Letter::Arabic(match c {
        'ⴰ' => ALEF,
        'ⴱ' | 'ⴲ' => BEH,
        'ⴳ' | 'ⴴ' | 'ⴵ' | 'ⵯ' => GAF,
        'ⴷ' | 'ⴸ' => DAL,
        'ⴹ' | 'ⴺ' => DAD,
        'ⴻ' => return Letter::Silent,
        'ⴼ' => FEH,
        'ⴽ' | 'ⴾ' => KAF,
        'ⵀ' | 'ⵁ' => HEH,
        'ⵃ' => HAH,
        'ⵄ' => AIN,
        'ⵅ' | 'ⵆ' => KHAH,
        'ⵇ' | 'ⵈ' => QAF,
        'ⵉ' | 'ⵢ' => YEH,
        'ⵊ' => JEEM,
        'ⵍ' => LAM,
        'ⵎ' => MEEM,
        'ⵏ' => NOON,
        'ⵓ' | 'ⵡ' => WAW,
        'ⵔ' | 'ⵕ' => REH,
        'ⵖ' => GHAIN,
        'ⵙ' => SEEN,
        'ⵚ' => SAD,
        'ⵛ' => SHEEN,
        'ⵜ' | 'ⵝ' => TEH,
        'ⵟ' => TAH,
        'ⵠ' => VEH,
        'ⵣ' => ZAIN,
        'ⵥ' => ZAH,
        'ⵒ' => PEH,
        'ⵞ' => TCHEH,
        'ⵌ' => JEH,
        _ => return Letter::Gap,
    })
}

fn cyrillic(c: char) -> Option<Letter> {
    let lower = c.to_lowercase().next()?;
    Some(Letter::Latin(match lower {
        'а' => b"a",
        'б' => b"b",
        'в' => b"v",
        'г' | 'ґ' | 'ғ' => b"g",
        'д' => b"d",
        'е' | 'э' | 'ё' | 'є' => b"e",
        'ж' => b"zh",
        'з' => b"z",
        'и' | 'й' | 'ы' | 'і' => b"i",
        'ї' => b"yi",
        'к' | 'қ' => b"k",
        'л' => b"l",
        'м' => b"m",
        'н' | 'ң' => b"n",
        'о' | 'ө' => b"o",
        'п' => b"p",
        'р' => b"r",
        'с' => b"s",
        'т' => b"t",
        'у' | 'ў' | 'ү' | 'ұ' => b"u",
        'ф' => b"f",
        'х' | 'ҳ' => b"kh",
        'ц' => b"ts",
        'ч' => b"ch",
        'ш' => b"sh",
        'щ' => b"shch",
        'ю' => b"yu",
        'я' => b"ya",
        'ә' => b"a",
        'һ' => b"h",
        'ј' => b"j",
        'ъ' | 'ь' => return Some(Letter::Apostrophe),
        _ => return None,
    }))
}

fn greek(c: char) -> Option<Letter> {
    let lower = c.to_lowercase().next()?;
    Some(Letter::Latin(match lower {
        'α' | 'ά' => b"a",
        'β' => b"v",
        'γ' => b"g",
        'δ' => b"d",
        'ε' | 'έ' => b"e",
        'ζ' => b"z",
        'η' | 'ή' | 'ι' | 'ί' | 'ϊ' => b"i",
        'θ' => b"th",
        'κ' => b"k",
        'λ' => b"l",
        'μ' => b"m",
        'ν' => b"n",
        'ξ' => b"x",
        'ο' | 'ό' | 'ω' | 'ώ' => b"o",
        'π' => b"p",
        'ρ' => b"r",
        'σ' | 'ς' => b"s",
        'τ' => b"t",
        'υ' | 'ύ' => b"y",
        'φ' => b"f",
        'χ' => b"ch",
        'ψ' => b"ps",
        _ => return None,
    }))
}

/// Hebrew letters by their usual consonant; points are silent.
fn hebrew(c: char) -> Letter {
    Letter::Latin(match c {
        'א' | 'ע' => b"a",
        'ב' => b"b",
        'ג' => b"g",
        'ד' => b"d",
        'ה' => b"h",
        'ו' => b"v",
        'ז' => b"z",
        'ח' => b"h",
        'ט' | 'ת' => b"t",
        'י' => b"i",
        'כ' | 'ך' | 'ק' => b"k",
        'ל' => b"l",
        'מ' | 'ם' => b"m",
        'נ' | 'ן' => b"n",
        'ס' => b"s",
        'פ' | 'ף' => b"p",
        'צ' | 'ץ' => b"tz",
        'ר' => b"r",
        'ש' => b"sh",
        '\u{5be}' => return Letter::Hyphen,
        '\u{5f3}' | '\u{5f4}' => return Letter::Apostrophe,
        _ => return Letter::Silent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Letter> {
        let mut letters = Vec::new();
        for c in text.chars() {
            read(c, |letter| letters.push(letter));
        }
        letters
    }

    #[test]
    fn accents_and_forms_fall_away() {
        assert_eq!(all("Éé"), [Letter::Latin(b"e"); 2]);
        assert_eq!(all("ﻤ"), [Letter::Arabic(arabic::MEEM)]);
        assert_eq!(all("ﷲ").len(), 4);
        assert_eq!(all("ⵎ"), [Letter::Arabic(arabic::MEEM)]);
        assert_eq!(all("Щ"), [Letter::Latin(b"shch")]);
        assert_eq!(all("ß’"), [Letter::Latin(b"ss"), Letter::Apostrophe]);
    }

    #[test]
    fn marks_are_silent_and_overrides_are_not() {
        assert_eq!(all("\u{64e}\u{200e}\u{640}"), [Letter::Silent; 3]);
        assert_eq!(all("\u{202e}\n"), [Letter::Control; 2]);
        assert_eq!(all("漢"), [Letter::Other]);
    }
}
