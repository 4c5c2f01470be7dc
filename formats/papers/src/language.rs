//! A guess at the language of a text, by its script and its function words.

/// A language that the desk speaks, or none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// French.
    Fr,
    /// Dutch.
    Nl,
    /// Arabic.
    Ar,
    /// English.
    En,
    /// Another one, or too little text to tell.
    Unknown,
}

impl Language {
    /// Tag of BCP 47; `und` where unknown.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::Ar => "ar",
            Self::En => "en",
            Self::Unknown => "und",
        }
    }

    /// Whether its lines run from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Self::Ar
    }

    /// Guesses. At least two function words that belong to one language only are needed, or a
    /// word in Arabic letters.
    pub fn guess(text: &str) -> Self {
        let seen = Seen::of(text);
        if seen.arabic > seen.latin {
            return seen.arabic_language();
        }
        let words = Words::of(text);
        let mut hits = [
            (words.french, Self::Fr),
            (words.dutch, Self::Nl),
            (words.english, Self::En),
        ];
        hits.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let [(most, language), (next, _), _] = hits;
        // A sentence of another language shares a word or two with each of these.
        let enough = most >= 2 && most * SHARE >= words.all && most * 2 >= next * 3;
        if enough { language } else { Self::Unknown }
    }
}

/// One word in so many must be a function word of the language.
const SHARE: usize = 8;
/// Fewer Arabic letters are too little.
const MIN_ARABIC: usize = 8;

/// Letters of a text.
struct Seen {
    arabic: usize,
    latin: usize,
    /// Letters of Persian and Urdu that Arabic does not write.
    other: usize,
}

impl Seen {
    fn of(text: &str) -> Self {
        let mut seen = Self {
            arabic: 0,
            latin: 0,
            other: 0,
        };
        for char in text.chars() {
            match char {
                'ی' | 'ک' | 'ے' | 'ہ' | 'ں' | 'ٹ' | 'ڈ' => {
                    seen.arabic += 1;
                    seen.other += 1;
                }
                '\u{621}'..='\u{64a}'
                | '\u{66e}'..='\u{6d3}'
                | '\u{fb50}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefc}' => seen.arabic += 1,
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => seen.latin += 1,
                _ => {}
            }
        }
        seen
    }

    fn arabic_language(&self) -> Language {
        let arabic = self.arabic >= MIN_ARABIC && self.other * 25 < self.arabic;
        if arabic {
            Language::Ar
        } else {
            Language::Unknown
        }
    }
}

/// How many words of a text belong to each language.
struct Words {
    all: usize,
    french: usize,
    dutch: usize,
    english: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self {
            all: 0,
            french: 0,
            dutch: 0,
            english: 0,
        };
        // The apostrophe of an elision ends a word in French: « l'accord ».
        let parts = text.split(|char: char| !char.is_alphabetic());
        for part in parts.filter(|part| !part.is_empty()) {
            words.all += 1;
            let word = part.to_lowercase();
            words.french += usize::from(FRENCH.contains(&word.as_str()));
            words.dutch += usize::from(DUTCH.contains(&word.as_str()));
            words.english += usize::from(ENGLISH.contains(&word.as_str()));
        }
        words
    }
}

/// Function words that the other two do not have, nor Spanish, Italian or German often.
const FRENCH: &[&str] = &[
    "afin",
    "ainsi",
    "au",
    "aussi",
    "aux",
    "avec",
    "ce",
    "ces",
    "cette",
    "dans",
    "des",
    "deux",
    "dont",
    "du",
    "elle",
    "est",
    "et",
    "il",
    "ils",
    "les",
    "leur",
    "leurs",
    "mais",
    "notamment",
    "nous",
    "ont",
    "ou",
    "où",
    "par",
    "pas",
    "pour",
    "qui",
    "sa",
    "ses",
    "sont",
    "sous",
    "sur",
    "tout",
    "une",
    "vers",
    "été",
    "être",
    "à",
];
const DUTCH: &[&str] = &[
    "aan", "als", "bij", "dat", "deze", "dit", "door", "een", "haar", "heeft", "het", "hun", "ook",
    "maar", "met", "na", "naar", "niet", "nog", "om", "op", "te", "tegen", "tot", "tussen", "uit",
    "van", "vanuit", "voor", "werd", "wordt", "worden", "zal", "zijn",
];
const ENGLISH: &[&str] = &[
    "and", "are", "at", "been", "between", "both", "by", "for", "from", "has", "have", "its", "of",
    "on", "or", "shall", "should", "that", "the", "their", "these", "they", "this", "to", "were",
    "which", "will", "with", "would",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_four_languages_are_told_apart() {
        for (language, text) in [
            (
                Language::Fr,
                "Les deux parties ont convenu de renforcer la coopération.",
            ),
            (
                Language::Fr,
                "L'accord entre en vigueur pour une durée d'un an.",
            ),
            (
                Language::Nl,
                "De twee partijen zijn overeengekomen om de samenwerking te versterken.",
            ),
            (
                Language::En,
                "The two parties agreed to strengthen their cooperation.",
            ),
            (Language::Ar, "اتفق الطرفان على تعزيز التعاون"),
        ] {
            assert_eq!(Language::guess(text), language, "{text}");
        }
    }

    #[test]
    fn short_and_foreign_texts_are_unknown() {
        for text in [
            "",
            "Rabat",
            "15.04.2024",
            "عمر",
            "Las dos partes acordaron reforzar la cooperación en materia de seguridad.",
            "Die beiden Seiten vereinbarten eine engere Zusammenarbeit im Bereich der Sicherheit.",
            "دولت ایران و کشورهای همسایه درباره همکاری‌های مشترک گفتگو کردند",
        ] {
            assert_eq!(Language::guess(text), Language::Unknown, "{text}");
        }
    }

    #[test]
    fn a_foreign_name_does_not_change_the_language() {
        let text = "Le ministre M. لفتيت a reçu les deux délégations dans la capitale.";
        assert_eq!(Language::guess(text), Language::Fr);
    }

    #[test]
    fn no_word_stands_for_two_languages() {
        for word in FRENCH {
            assert!(!DUTCH.contains(word) && !ENGLISH.contains(word), "{word}");
        }
        for word in DUTCH {
            assert!(!ENGLISH.contains(word), "{word}");
        }
    }
}
