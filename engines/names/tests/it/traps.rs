//! Names that are easily taken for each other, and names that must be found.

use passerelle_names::{Band, Error, Index, MAX_NAME_CHARS, Name, What, explain, k1};

use crate::{dated, scored};

/// The trap scores below the true spelling, and is not called likely.
fn trap(name: &str, spelling: &str, other: &str) {
    let (same, apart) = (scored(name, spelling), scored(name, other));
    assert!(
        same > apart,
        "{name} / {spelling}: {same:?}, {other}: {apart:?}"
    );
    assert!(same.band() >= Band::Likely, "{name} / {spelling}: {same:?}");
    assert!(
        apart.band() <= Band::Possible,
        "{name} / {other}: {apart:?}"
    );
}

#[test]
fn karim_is_not_karima() {
    trap("كريم بنجلون", "Karim Benjelloun", "Karima Benjelloun");
    trap(
        "Karima Benjelloun",
        "Karimah Ben Jelloun",
        "Karim Benjelloun",
    );
}

#[test]
fn hassan_is_not_hussein() {
    trap("حسن العلمي", "Hassan El Alami", "Hussein El Alami");
    trap("Houcine Benani", "حسين بناني", "حسن بناني");
}

#[test]
fn said_is_not_saad() {
    trap("سعيد الفاسي", "Said El Fassi", "Saad El Fassi");
    trap("Saad Bennani", "سعد بناني", "سعيد بناني");
}

#[test]
fn salem_is_not_saleh_and_amin_is_not_amina() {
    trap("سالم المنصوري", "Salem Almansouri", "Saleh Almansouri");
    trap("أمين بلحاج", "Amine Belhadj", "Amina Belhadj");
}

#[test]
fn the_same_name_in_other_scripts_and_conventions() {
    for (a, b) in [
        ("عبد الوافي لفتيت", "Abdelouafi Laftit"),
        ("عبد الوافي لفتيت", "LAFTIT, Abd el-Ouafi"),
        ("محمد بن عبد الله", "Mohamed Benabdellah"),
        ("Mohammed Chems Eddine", "محمد شمس الدين"),
        ("نور الدين الصايل", "Noureddine Saïl"),
        ("ⵎⵃⵎⵓⴷ ⵇⴰⵀⵔⵉ", "محمود قاهري"),
        ("Ахмед Чатаев", "Akhmed Chatayev"),
        ("Youssef Moestafa", "Yusuf Mustafa"),
        ("Scheich Raschid Dschabri", "Rashid Jabri"),
        ("Dr. Fatima-Zahra Bennis", "Bennis Fatima Zahra"),
        ("M0hamed Alaoui", "Mohamed Alaoui"),
    ] {
        let score = scored(a, b);
        assert!(
            score.band() >= Band::Likely,
            "{a} / {b}: {:.2} bits",
            score.bits()
        );
    }
}

#[test]
fn strangers_are_very_unlikely() {
    for (a, b) in [
        ("Fatima Zahra Bennani", "John Smith"),
        ("محمد العلوي", "Karim Benjelloun"),
        ("Jan de Vries", "فاطمة الفاسي"),
        ("x", "y"),
        ("漢字", "Ali"),
    ] {
        assert_eq!(scored(a, b).band(), Band::VeryUnlikely, "{a} / {b}");
    }
}

#[test]
fn a_patronym_turned_round_is_another_person() {
    assert!(scored("Rachid ben Youssef", "Youssef ben Rachid").band() <= Band::Possible);
}

#[test]
fn dates_speak_for_and_against() {
    let (a, b) = ("Mohamed Alaoui", "محمد العلوي");
    let same = dated((a, "1971-03-02"), (b, "1971-03-02"));
    let part = dated((a, "1971"), (b, "1971-03-02"));
    let swapped = dated((a, "1971-02-03"), (b, "1971-03-02"));
    let other = dated((a, "1950-11-27"), (b, "1971-03-02"));
    assert!(same > other && part > other && swapped > other);
    assert!(
        same.band() >= Band::Likely && other.band() <= Band::Unlikely,
        "{same:?} {other:?}"
    );
    let why = explain(
        (&Name::new(a).unwrap(), "1971-13-02".parse().ok()),
        (&Name::new(b).unwrap(), None),
    );
    assert!(
        why.lines
            .iter()
            .any(|line| line.what == What::ImpossibleDate)
    );
}

#[test]
fn what_is_no_name_is_refused() {
    for (text, error) in [
        ("", Error::Empty),
        (" .,-'", Error::Empty),
        ("١٢٣", Error::Empty),
        ("Ali\u{202e}dias", Error::Control),
        ("Ali\u{2067}x", Error::Control),
        ("Ali\0", Error::Control),
        ("Ali\nBaba", Error::Control),
    ] {
        assert_eq!(Name::new(text).unwrap_err(), error, "{text:?}");
    }
    assert_eq!(
        Name::new(&"x".repeat(1_000_000)).unwrap_err(),
        Error::TooLong
    );
    assert_eq!(
        Name::new(&"م".repeat(MAX_NAME_CHARS + 1)).unwrap_err(),
        Error::TooLong
    );
    assert!(Name::new(&"x".repeat(MAX_NAME_CHARS)).is_ok());
}

#[test]
fn direction_marks_and_vowel_signs_change_nothing() {
    let plain = Name::new("محمد علي").unwrap();
    let marked = Name::new("\u{200f}مُحَمَّـــد علي\u{200e}").unwrap();
    assert_eq!(k1(&plain), k1(&marked));
}

/// Every consonant key of these is too common to be used.
#[test]
fn names_without_a_key_of_their_own_find_themselves_turned_round() {
    for (a, b) in [
        ("mayod cujal", "cujal, mayod"),
        ("Mohamed Ali", "ALI Mohamed"),
        ("محمد علي", "علي محمد"),
    ] {
        let (x, y) = (Name::new(a).unwrap(), Name::new(b).unwrap());
        assert!(k1(&x).iter().any(|key| k1(&y).contains(key)), "{a} / {b}");
    }
}

#[test]
fn mixed_scripts_are_told() {
    let mixed = Name::new("محمد Alaoui").unwrap();
    let plain = Name::new("Mohamed Alaoui").unwrap();
    let why = explain((&mixed, None), (&plain, None));
    assert!(
        why.mixed && why.score.band() >= Band::Likely,
        "{}",
        why.text("محمد Alaoui", "Mohamed Alaoui")
    );
}

#[test]
fn too_many_words_are_told() {
    let text = "ab ".repeat(40);
    let long = Name::new(&text).unwrap();
    assert!(explain((&long, None), (&long, None)).cut);
}

#[test]
fn an_explanation_names_what_met_and_what_did_not() {
    let (a, b) = ("كريم بن علي التازي", "Tazi, Karim");
    let (x, y) = (Name::new(a).unwrap(), Name::new(b).unwrap());
    let text = explain((&x, None), (&y, None)).text(a, b);
    for part in [
        "كريم = Karim",
        "التازي = Tazi",
        "بن علي only in the first name",
        "the order of the words",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn an_index_finds_other_spellings() {
    let mut index = Index::new();
    for name in [
        "فاطمة الزهراء بناني",
        "Karim Benjelloun",
        "Abdelouafi Laftit",
    ] {
        index.add(name, None).unwrap();
    }
    for (asked, entry) in [
        ("Fatima Zohra Bennani", 0),
        ("كريم بنجلون", 1),
        ("Laftite Abdelwafi", 2),
    ] {
        let asked = Name::new(asked).unwrap();
        let hits = index.search((&asked, None), 1);
        assert_eq!(hits.first().map(|hit| hit.entry), Some(entry));
    }
}
