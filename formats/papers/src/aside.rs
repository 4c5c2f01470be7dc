//! Phrases that stand around an article in the four languages: share links, "read also", cookies.

/// Longest text that is taken for a link to share or to follow, in bytes.
const MAX_SHARE_BYTES: usize = 96;
/// Longest text about cookies, in bytes.
const MAX_COOKIES_BYTES: usize = 800;

/// Whether a text announces other articles: alone, or with the title of one after it.
pub(crate) fn is_read_also(text: &str) -> bool {
    rest_after_read_also(text).is_some()
}

/// Whether it announces and names none: what follows it are then the titles.
pub(crate) fn is_bare_read_also(text: &str) -> bool {
    rest_after_read_also(text).is_some_and(|rest| !rest.contains(char::is_alphanumeric))
}

/// Whether a text is a link to share, print or follow, the name of a network, or about cookies.
pub(crate) fn is_furniture(text: &str) -> bool {
    let folded = fold(text);
    let trimmed = folded.trim_end_matches([':', '.', '!', ' ']);
    let share = text.len() <= MAX_SHARE_BYTES
        && (NAMES.contains(&trimmed) || SHARE.iter().any(|phrase| begins(&folded, phrase)));
    let cookies =
        text.len() <= MAX_COOKIES_BYTES && COOKIES.iter().any(|phrase| begins(&folded, phrase));
    share || cookies
}

fn rest_after_read_also(text: &str) -> Option<String> {
    let folded = fold(text);
    let phrase = READ_ALSO.iter().find(|phrase| begins(&folded, phrase))?;
    let rest = folded.get(phrase.len()..)?;
    // A sentence may begin with these words; an announcement has a colon, or nothing after it.
    let announces = rest.trim().is_empty() || rest.trim_start().starts_with([':', '|', '>', '…']);
    announces.then(|| rest.to_owned())
}

/// Whether it begins with the phrase as whole words.
fn begins(folded: &str, phrase: &str) -> bool {
    let rest = folded.strip_prefix(phrase);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Lower case, one kind of apostrophe, no vowel signs of Arabic, no bullets before it.
fn fold(text: &str) -> String {
    let start = text.trim_start_matches(|char: char| !char.is_alphanumeric());
    start
        .chars()
        .filter(|char| !matches!(char, '\u{64b}'..='\u{652}'))
        .map(|char| if char == '’' { '\'' } else { char })
        .flat_map(char::to_lowercase)
        .collect()
}

const READ_ALSO: &[&str] = &[
    "lire aussi",
    "à lire aussi",
    "à lire également",
    "lire également",
    "voir aussi",
    "sur le même sujet",
    "articles similaires",
    "articles liés",
    "dans la même rubrique",
    "read also",
    "also read",
    "read more",
    "see also",
    "related articles",
    "related news",
    "related",
    "lees ook",
    "lees meer",
    "lees verder",
    "zie ook",
    "meer over dit onderwerp",
    "gerelateerde artikelen",
    "gerelateerd",
    "اقرأ أيضا",
    "إقرأ أيضا",
    "اقرأ المزيد",
    "مواضيع ذات صلة",
    "أخبار ذات صلة",
    "مقالات ذات صلة",
    "شاهد أيضا",
];

const SHARE: &[&str] = &[
    "suivez-nous",
    "suivez nous",
    "nous suivre",
    "rejoignez-nous",
    "partager sur",
    "partagez sur",
    "partager cet article",
    "partager cette page",
    "imprimer cet article",
    "imprimer cette page",
    "envoyer par e-mail",
    "follow us",
    "share on",
    "share this",
    "print this",
    "send by e-mail",
    "volg ons",
    "deel op",
    "delen op",
    "deel dit",
    "deel deze",
    "print deze",
    "تابعونا",
    "تابعنا",
    "شارك على",
    "شاركها على",
    "شارك المقال",
    "مشاركة على",
];

/// Alone in a block.
const NAMES: &[&str] = &[
    "x",
    "facebook",
    "twitter",
    "x (twitter)",
    "linkedin",
    "whatsapp",
    "telegram",
    "instagram",
    "youtube",
    "email",
    "e-mail",
    "imprimer",
    "partager",
    "menu",
    "print",
    "share",
    "delen",
    "afdrukken",
    "فيسبوك",
    "تويتر",
    "واتساب",
    "تلغرام",
    "مشاركة",
    "طباعة",
    "شارك",
];

const COOKIES: &[&str] = &[
    "ce site utilise des cookies",
    "nous utilisons des cookies",
    "en poursuivant votre navigation",
    "this site uses cookies",
    "this website uses cookies",
    "we use cookies",
    "deze website gebruikt cookies",
    "deze site gebruikt cookies",
    "wij gebruiken cookies",
    "we gebruiken cookies",
    "نستخدم ملفات تعريف الارتباط",
    "يستخدم هذا الموقع ملفات تعريف الارتباط",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announcements_are_seen_in_four_languages() {
        for text in [
            "Lire aussi",
            "LIRE AUSSI :",
            "→ À lire également : Un autre sommet",
            "Lees ook",
            "Read also: more",
            "اقرأ أيضًا",
            "إقرأ أيضا : قمة أخرى",
        ] {
            assert!(is_read_also(text), "{text}");
        }
        assert!(is_bare_read_also("Lire aussi :"));
        assert!(!is_bare_read_also("Lire aussi : Un autre sommet"));
    }

    #[test]
    fn sentences_that_begin_alike_are_not() {
        for text in [
            "Lire aussi les annexes du présent accord avant la signature.",
            "Related persons are listed in annex 2.",
            "X et Y ont signé.",
            "Partager les informations utiles",
            "Share of each party",
        ] {
            assert!(!is_read_also(text) && !is_furniture(text), "{text}");
        }
    }

    #[test]
    fn furniture_is_short_and_known() {
        for text in [
            "X",
            "Suivez-nous sur Facebook",
            "• Partager sur X",
            "تابعونا على",
            "Menu",
        ] {
            assert!(is_furniture(text), "{text}");
        }
        let long = format!("Follow us {}", "a ".repeat(60));
        assert!(!is_furniture(&long));
        assert!(is_furniture(
            "Nous utilisons des cookies pour mesurer l’audience. Accepter"
        ));
    }
}
