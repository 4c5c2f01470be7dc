//! Folding: what different spellings of one word have in common.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Version of the folding; an index made under another one is made anew.
pub const SCHEME: &str = "words/1";
/// Longest text that is folded, in bytes (1 MiB); the rest is left aside.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// Longest word, in characters; longer ones are cut, on both sides alike.
pub const MAX_WORD_CHARS: usize = 48;
/// Most different words of one text.
pub const MAX_WORDS: usize = 60_000;

/// The folded words of a text, for an index: each word whole, and what else it may be asked
/// as (without the Arabic article, without the elided French one, hyphens apart and joined).
pub fn fold_words(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in runs(text) {
        for form in forms(&run) {
            if found.len() >= MAX_WORDS {
                return found;
            }
            found.insert(form);
        }
    }
    found
}

/// The words of a question: one group for each, of which a text must hold at least one.
pub fn fold_query(text: &str) -> Vec<Vec<String>> {
    let asked = |run: String| {
        let whole = joined(&run);
        let stem = article(&whole).map(str::to_owned);
        let mut group: Vec<String> = stem.into_iter().collect();
        group.push(whole);
        group.retain(|word| !word.is_empty());
        group
    };
    let groups = runs(text).into_iter().map(asked);
    groups.filter(|group| !group.is_empty()).take(32).collect()
}

/// Words with their inner hyphens, apostrophes and full stops, folded letter by letter.
fn runs(text: &str) -> Vec<String> {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (text, _) = text.split_at(end);
    let mut runs = Vec::new();
    let mut run = String::new();
    for letter in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_silent(*c))
    {
        match fold(letter) {
            Folded::Letters(letters) => run.push_str(letters),
            Folded::Letter(letter) => run.extend(letter.to_lowercase()),
            Folded::Joint if run.is_empty() || run.ends_with('-') => {}
            Folded::Joint => run.push('-'),
            Folded::Break => close(&mut run, &mut runs),
        }
    }
    close(&mut run, &mut runs);
    runs
}

fn close(run: &mut String, runs: &mut Vec<String>) {
    let word = std::mem::take(run);
    let word = word.trim_end_matches('-');
    if !word.is_empty() {
        runs.push(word.to_owned());
    }
}

/// Every way in which a run may be asked for.
fn forms(run: &str) -> BTreeSet<String> {
    let whole = joined(run);
    let mut forms: BTreeSet<String> = run.split('-').map(cut).collect();
    if let Some(stem) = article(&whole) {
        forms.insert(stem.to_owned());
    }
    // l'accord is asked as accord, d'Abdelouafi as abdelouafi.
    if let Some((before, after)) = run.split_once('-')
        && before.chars().count() <= 2
    {
        forms.insert(joined(after));
    }
    forms.insert(whole);
    forms.retain(|form| !form.is_empty());
    forms
}

fn joined(run: &str) -> String {
    cut(&run.replace('-', ""))
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_WORD_CHARS).collect()
}

/// Without the article and the little words that are written together with it.
fn article(word: &str) -> Option<&str> {
    const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];
    ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .filter(|stem| stem.chars().count() >= 3)
}

enum Folded {
    Letter(char),
    Letters(&'static str),
    Joint,
    Break,
}

fn fold(letter: char) -> Folded {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => Folded::Letter('ا'),
        'ؤ' => Folded::Letter('و'),
        'ئ' | 'ى' | 'ی' => Folded::Letter('ي'),
        'ة' => Folded::Letter('ه'),
        'ک' | 'گ' | 'ڭ' | 'ݣ' => Folded::Letter('ك'),
        'ڤ' | 'ڥ' => Folded::Letter('ف'),
        'پ' => Folded::Letter('ب'),
        'چ' => Folded::Letter('ج'),
        'œ' | 'Œ' => Folded::Letters("oe"),
        'æ' | 'Æ' => Folded::Letters("ae"),
        'ß' | 'ẞ' => Folded::Letters("ss"),
        'ø' | 'Ø' => Folded::Letter('o'),
        'ł' | 'Ł' => Folded::Letter('l'),
        'đ' | 'Đ' => Folded::Letter('d'),
        'ı' => Folded::Letter('i'),
        '\u{660}'..='\u{669}' => digit(letter, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(letter, 0x6f0),
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '\u{2bc}' | '.' | '/' | '_' => {
            Folded::Joint
        }
        other if other.is_alphanumeric() => Folded::Letter(other),
        _ => Folded::Break,
    }
}

fn digit(letter: char, zero: u32) -> Folded {
    let value = u32::from(letter) - zero;
    Folded::Letter(char::from_digit(value, 10).unwrap_or(letter))
}

/// Marks that are not seen or only decorate: tatweel, zero-width signs, direction controls,
/// soft hyphen, the hamza on its own line.
fn is_silent(letter: char) -> bool {
    matches!(letter,
        '\u{640}' | '\u{621}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(text: &str, asked: &str) -> bool {
        let words = fold_words(text);
        let groups = fold_query(asked);
        !groups.is_empty()
            && groups
                .iter()
                .all(|group| group.iter().any(|word| words.contains(word)))
    }

    #[test]
    fn other_spellings_are_found() {
        for (text, asked) in [
            ("Réunion à Bruxelles", "reunion BRUXELLES"),
            ("l'accord d’Abdelouafi", "accord abdelouafi"),
            ("Abd-el-Ouafi", "abdelouafi"),
            ("Abdelouafi", "abd-el-ouafi"),
            ("cœur de l’enquête", "coeur enquete"),
            ("vervoersdocument én paspoort", "VERVOERSDOCUMENT en"),
            ("أحمد الوافي", "احمد الوافي"),
            ("أحمد الوافي", "وافي"),
            ("إعادة الإدماج", "اعاده ادماج"),
            ("مُحَمَّـــد", "محمد"),
            ("رقم ١٢٣٤٥", "12345"),
            ("plaque 12345-A-6", "12345a6"),
            ("مسؤول", "مسوول"),
            ("abc\u{202e}def", "abcdef"),
            ("ĳsberg", "IJSBERG"),
            ("Vreeĳk", "vreeijk"),
            ("Straße", "strasse"),
            ("ﬁnancement", "financement"),
            ("Muḥammad ʿAbd al-Ḥamīd", "muhammad al-hamid"),
            ("ٱلرباط", "الرباط"),
            ("مدينة", "مدينه"),
            ("هدى", "هدي"),
            ("شيء", "شي"),
            ("۱۲۳", "123"),
            ("Mehdi أمهدي الوافي", "امهدي"),
            ("ﻣﺤﻤﺪ", "محمد"),
        ] {
            assert!(
                finds(text, asked),
                "{asked} in {text}: {:?}",
                fold_words(text)
            );
        }
    }

    #[test]
    fn other_words_are_not_found() {
        for (text, asked) in [
            ("Karima", "Karim"),
            ("الرباط", "فاس"),
            ("un accord", "désaccord"),
            ("", "x"),
        ] {
            assert!(!finds(text, asked), "{asked} in {text}");
        }
        assert!(fold_query(" .,; ").is_empty());
    }

    #[test]
    fn limits_hold() {
        let long = "x".repeat(2 * MAX_TEXT_BYTES);
        assert_eq!(
            fold_words(&long).first().map(|word| word.len()),
            Some(MAX_WORD_CHARS)
        );
        assert!(finds(&long, &"x".repeat(100)));
        let many: String = (0..MAX_WORDS * 2).map(|n| format!("w{n} ")).collect();
        assert_eq!(fold_words(&many).len(), MAX_WORDS);
        assert_eq!(fold_query(&"a ".repeat(1000)).len(), 32);
    }

    proptest! {
        #[test]
        fn any_text_folds_and_any_word_of_it_is_found(text in "\\PC{0,60}") {
            let words = fold_words(&text);
            for word in text.split_whitespace() {
                for group in fold_query(word) {
                    prop_assert!(group.iter().any(|asked| words.contains(asked)), "{word}");
                }
            }
        }

        /// Folding again changes nothing that is asked for.
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold_words(&text);
            for word in &once {
                prop_assert!(fold_words(word).contains(word), "{word}");
                prop_assert!(fold_query(word).iter().flatten().any(|asked| asked == word));
            }
        }

        /// Words are found in whatever order text and question have them.
        #[test]
        fn the_order_of_words_does_not_matter(
            words in prop::collection::vec("[a-zéœĳA-Zأإآةىؤ0-9٠-٩]{1,8}", 1..8)
        ) {
            let mut turned = words.clone();
            turned.reverse();
            let (text, asked) = (words.join(" "), turned.join("  "));
            prop_assert_eq!(fold_words(&text), fold_words(&asked));
            prop_assert!(finds(&text, &asked));
        }

        #[test]
        fn a_folded_word_folds_to_itself(text in "[a-zA-Zéèàçأإآةىؤ0-9]{1,20}") {
            for word in fold_words(&text) {
                prop_assert!(fold_words(&word).contains(&word));
            }
        }
    }
}
