//! Folding: what two spellings of one word have in common.

/// Lower case without accents, vowel signs, tatweel, article and invisible direction marks;
/// the Arabic letters that people type for one another become one.
pub(super) fn fold(word: &str) -> String {
    let folded: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_mark(*c))
        .flat_map(plain)
        .collect();
    match folded.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() => rest.to_owned(),
        _ => folded,
    }
}

/// True if the words are equal or one slip apart: a letter more, a letter less, another
/// letter, or two neighbours swapped (Damerau-Levenshtein distance at most 1).
pub(super) fn within_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (mut a, mut b) = (a.as_slice(), b.as_slice());
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    match (a, b) {
        ([] | [_], [] | [_]) => true,
        ([a1, a2], [b1, b2]) => a1 == b2 && a2 == b1,
        _ => false,
    }
}

/// Signs that carry nothing here: combining accents, harakat and combining hamza, tatweel,
/// the standalone hamza (often left out), zero-width and direction marks that messengers add.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{621}'
        | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The plain letter, or letters, of an already lower-case one.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'à'..='å' => ('a', None),
        'ç' => ('c', None),
        'è'..='ë' => ('e', None),
        'ì'..='ï' => ('i', None),
        'ñ' => ('n', None),
        'ò'..='ö' => ('o', None),
        'ù'..='ü' => ('u', None),
        'ý' | 'ÿ' => ('y', None),
        'œ' => ('o', Some('e')),
        'ĳ' => ('i', Some('j')),
        'أ' | 'إ' | 'آ' | 'ٱ' => ('ا', None),
        'ؤ' => ('و', None),
        'ئ' | 'ى' | 'ی' => ('ي', None),
        'ة' => ('ه', None),
        'ک' => ('ك', None),
        other => (other, None),
    };
    [Some(first), second].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgives_what_keyboards_differ_in() {
        for (typed, plain) in [
            ("ÉLÉPHANT", "elephant"),
            ("e\u{301}le\u{301}phant", "elephant"),
            ("trĳntje", "trijntje"),
            ("\u{200f}مـــاسَةٌ\u{200e}", "ماسه"),
            ("ا\u{654}رنب", "ارنب"),
            ("أرنب", "ارنب"),
            ("الأرنب", "ارنب"),
            ("الا", "الا"),
            ("مستشفى", "مستشفي"),
            ("کتاب", "كتاب"),
            ("ماء", "ما"),
        ] {
            assert_eq!(fold(typed), plain, "{typed}");
        }
    }

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for near in ["lamp", "lam", "lampe", "lanp", "lapm", "amp", "llamp"] {
            assert!(within_one("lamp", near), "{near}");
            assert!(within_one(near, "lamp"), "{near}");
        }
        for far in ["", "la", "lampen", "palm", "lpma", "limb"] {
            assert!(!within_one("lamp", far), "{far}");
        }
        assert!(within_one("", "") && within_one("", "a") && !within_one("", "ab"));
        assert!(within_one("aab", "ab") && within_one("ab", "abb"));
    }
}
