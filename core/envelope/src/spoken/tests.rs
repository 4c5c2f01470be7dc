use std::collections::BTreeMap;

use super::*;

/// Every byte value once, in 16 fingerprints.
fn all_bytes() -> impl Iterator<Item = Fingerprint> {
    (0..16u8).map(|high| Fingerprint(std::array::from_fn(|low| high * 16 + low as u8)))
}

fn sample() -> Fingerprint {
    let bytes = [
        7, 250, 33, 128, 0, 255, 91, 64, 200, 17, 142, 73, 181, 119, 222, 48,
    ];
    Fingerprint(bytes)
}

/// The sample in one form, its `n`th word (from 1) replaced.
fn with_word(how: Spoken, n: usize, word: &str) -> String {
    let text = sample().spoken(how);
    let mut words: Vec<&str> = text.split(' ').collect();
    words[n - 1] = word;
    words.join(" ")
}

fn is_latin_word(word: &str) -> bool {
    let letters = word.chars().count();
    let plain = |c: char| c.is_ascii_lowercase();
    // Lower case, precomposed, and folding leaves nothing but a to z.
    (3..=10).contains(&letters)
        && word.chars().all(|c| plain(c) || ('à'..='ÿ').contains(&c))
        && fold(word).chars().all(plain)
}

fn is_arabic_word(word: &str) -> bool {
    let letter = |c| matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}');
    (3..=8).contains(&word.chars().count())
        && word.chars().all(letter)
        && !word.starts_with("ال")
        && !word.replace(['أ', 'إ', 'آ'], "ا").starts_with("ال")
}

#[test]
fn every_name_is_one_short_word_of_its_script() {
    for row in &TABLE {
        for word in [row.en, row.fr, row.nl] {
            assert!(is_latin_word(word), "{word}");
        }
        assert!(is_arabic_word(row.ar), "{}", row.ar);
        assert!(row.en.is_ascii(), "{}", row.en);
    }
}

#[test]
fn within_a_language_no_two_names_are_one_slip_apart() {
    for (language, column) in LANGUAGES {
        let folded: Vec<String> = TABLE.iter().map(|row| fold(column(row))).collect();
        for (i, a) in folded.iter().enumerate() {
            for b in &folded[i + 1..] {
                assert!(!within_one(a, b), "{language}: {a} and {b}");
            }
        }
    }
}

#[test]
fn a_spelling_shared_by_two_languages_names_the_same_row() {
    let mut rows = BTreeMap::new();
    for (i, row) in TABLE.iter().enumerate() {
        for (_, column) in LANGUAGES {
            let first = *rows.entry(fold(column(row))).or_insert(i);
            assert_eq!(first, i, "{}", column(row));
        }
    }
}

#[test]
fn arabic_names_stay_apart_over_a_bad_line() {
    // Plain and emphatic consonants that a telephone makes alike.
    let heard = |word: &str| -> String {
        let alike = |c| match c {
            'ص' | 'ث' => 'س',
            'ض' => 'د',
            'ط' => 'ت',
            'ظ' | 'ذ' => 'ز',
            'ق' => 'ك',
            'ح' => 'ه',
            'غ' => 'خ',
            other => other,
        };
        fold(word).chars().map(alike).collect()
    };
    for (i, a) in TABLE.iter().enumerate() {
        for b in TABLE.iter().skip(i + 1) {
            assert!(!within_one(&heard(a.ar), &heard(b.ar)), "{} {}", a.ar, b.ar);
        }
    }
}

/// A changed or moved row makes two releases disagree: this test is not to be adapted.
#[test]
fn the_table_never_changes() {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for row in &TABLE {
        hash.update(format!("{} {} {} {}\n", row.en, row.fr, row.nl, row.ar));
    }
    let hash: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        hash,
        "cd6c08bcc2f1ed5527bb50eeccbea25f774e7beb42a4381f862c4693f9a857c9"
    );
}

#[test]
fn every_byte_comes_back_from_every_form() {
    for how in Spoken::ALL {
        for fingerprint in all_bytes().chain([sample()]) {
            let text = fingerprint.spoken(how);
            assert_eq!(Fingerprint::parse(&text), Ok((fingerprint, how)), "{text}");
            assert!(text.len() < MAX_SPOKEN_BYTES / 3, "{}", text.len());
        }
    }
}

#[test]
fn words_are_forgiven_case_accents_spaces_hyphens_and_commas() {
    for how in Spoken::ALL {
        let text = sample().spoken(how);
        for typed in [
            text.to_uppercase(),
            text.replace(' ', "-"),
            text.replace(' ', ", "),
            text.replace(' ', "، "),
            text.replace(' ', "\u{a0}–\n\t"),
            format!("  {text}\r\n"),
            format!("\u{202b}{text}\u{202c}"),
            text.split(' ').map(fold).collect::<Vec<_>>().join(" "),
        ] {
            assert_eq!(Fingerprint::parse(&typed), Ok((sample(), how)), "{typed}");
        }
    }
}

#[test]
fn arabic_is_understood_with_the_article() {
    let text = format!("ال{}", sample().spoken(Spoken::Arabic).replace(' ', " ال"));
    assert_eq!(Fingerprint::parse(&text), Ok((sample(), Spoken::Arabic)));
}

#[test]
fn digits_are_understood_ungrouped_and_in_arabic_figures() {
    let text = sample().spoken(Spoken::Digits);
    let joined = text.replace(' ', "");
    let from = |zero: char| move |c: char| char::from_u32(c as u32 - 48 + zero as u32).unwrap();
    let indic: String = joined.chars().map(from('٠')).collect();
    let persian: String = joined.chars().map(from('۰')).collect();
    for typed in [joined, indic, persian] {
        let parsed = Fingerprint::parse(&typed);
        assert_eq!(parsed, Ok((sample(), Spoken::Digits)), "{typed}");
    }
}

#[test]
fn shared_spellings_do_not_hide_the_language() {
    let shared = |row: &Row| row.fr == row.en && row.nl == row.en;
    let byte = TABLE.iter().position(shared).unwrap() as u8;
    let mut bytes = [byte; 16];
    let all_shared = Fingerprint(bytes);
    let text = all_shared.spoken(Spoken::English);
    assert_eq!(Fingerprint::parse(&text), Ok((all_shared, Spoken::French)));

    let telling = |row: &Row| {
        let [fr, nl, en] = [row.fr, row.nl, row.en].map(fold);
        fr != nl && nl != en && en != fr
    };
    bytes[15] = TABLE.iter().position(telling).unwrap() as u8;
    for how in [Spoken::French, Spoken::Dutch, Spoken::English] {
        let one_telling = Fingerprint(bytes);
        let parsed = Fingerprint::parse(&one_telling.spoken(how));
        assert_eq!(parsed, Ok((one_telling, how)));
    }
}

#[test]
fn an_unknown_word_is_named_and_the_near_one_suggested() {
    for (how, typed, meant) in [
        (Spoken::English, "elefant", None),
        (Spoken::English, "elephnat", Some("elephant")),
        (Spoken::French, "Montre", None),
        (Spoken::French, "elefphant", Some("éléphant")),
        (Spoken::Dutch, "olifnt", Some("olifant")),
        (Spoken::Arabic, "أرنت", Some("أرنب")),
    ] {
        let error = Fingerprint::parse(&with_word(how, 3, typed)).unwrap_err();
        let word = typed.to_owned();
        let expected = SpokenError::Unknown {
            number: 3,
            word,
            nearest: meant,
        };
        assert_eq!(error, expected);
        assert_eq!(error.code(), "E_SPOKEN_UNKNOWN");
        assert_eq!(error.to_string().contains("did you mean"), meant.is_some());
    }
}

#[test]
fn a_word_near_to_two_is_not_guessed() {
    let near = |word: &str| {
        let list = TABLE.iter().map(|row| fold(row.en));
        list.filter(|other| within_one(other, word)).count()
    };
    let toss = TABLE.iter().flat_map(|row| {
        let word = row.en;
        (0..word.len()).flat_map(move |i| {
            ('a'..='z').map(move |c| format!("{}{c}{}", &word[..i], &word[i + 1..]))
        })
    });
    let typed = toss.into_iter().find(|word| near(word) == 2).unwrap();
    let error = Fingerprint::parse(&with_word(Spoken::English, 1, &typed)).unwrap_err();
    assert!(
        matches!(error, SpokenError::Unknown { nearest: None, .. }),
        "{error}"
    );
}

#[test]
fn a_single_misspelt_word_still_gets_a_hint() {
    let error = Fingerprint::parse("olifnt").unwrap_err();
    let SpokenError::Unknown { nearest, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(nearest, Some("olifant"));
}

#[test]
fn a_word_of_another_language_is_named() {
    let error = Fingerprint::parse(&with_word(Spoken::Dutch, 16, "maison")).unwrap_err();
    let expected = SpokenError::Mixed {
        number: 16,
        word: "maison".to_owned(),
        language: Spoken::Dutch,
    };
    assert_eq!(error, expected);
    assert_eq!(error.code(), "E_SPOKEN_MIXED");
}

#[test]
fn too_few_and_too_many_are_counted() {
    for how in Spoken::ALL {
        let text = sample().spoken(how);
        let (short, last) = text.rsplit_once(' ').unwrap();
        for (typed, off) in [(short.to_owned(), -1), (format!("{text} {last}"), 1)] {
            let (what, needed, step): (_, usize, _) = match how {
                Spoken::Digits => ("digits", 40, 5),
                _ => ("words", 16, 1),
            };
            let found = needed.checked_add_signed(off * step).unwrap();
            let expected = count(what, found, needed);
            assert_eq!(expected.code(), "E_SPOKEN_COUNT");
            assert_eq!(Fingerprint::parse(&typed), Err(expected), "{typed}");
        }
    }
    for nothing in ["", " \n-, \u{200f}"] {
        assert_eq!(Fingerprint::parse(nothing), Err(count("words", 0, 16)));
    }
}

#[test]
fn a_group_above_two_bytes_is_refused() {
    let highest = Fingerprint([255; 16]);
    assert_eq!(highest.spoken(Spoken::Digits), ["65535"; 8].join(" "));
    let parsed = Fingerprint::parse(&with_word(Spoken::Digits, 2, "65536"));
    let error = parsed.unwrap_err();
    assert_eq!(
        error,
        SpokenError::Group {
            number: 2,
            group: 65536
        }
    );
    assert_eq!(error.code(), "E_SPOKEN_GROUP");
}

#[test]
fn a_letter_among_digits_is_named() {
    let error = Fingerprint::parse(&with_word(Spoken::Digits, 4, "1234o")).unwrap_err();
    let expected = SpokenError::Unknown {
        number: 4,
        word: "1234o".to_owned(),
        nearest: None,
    };
    assert_eq!(error, expected);
}

#[test]
fn long_text_is_refused_before_it_is_read() {
    let padded = |len| format!("{:len$}", sample().spoken(Spoken::English));
    assert!(Fingerprint::parse(&padded(MAX_SPOKEN_BYTES)).is_ok());
    let error = Fingerprint::parse(&padded(MAX_SPOKEN_BYTES + 1)).unwrap_err();
    assert_eq!(error, SpokenError::TooLong);
    assert_eq!(error.code(), "E_SPOKEN_TOO_LONG");
}

#[test]
fn the_names_of_the_forms_are_read_back() {
    for how in Spoken::ALL {
        assert_eq!(how.to_string().parse(), Ok(how));
    }
    for other in ["", "FR", "de", "fr ", "french"] {
        let error = other.parse::<Spoken>().unwrap_err();
        assert_eq!(error.code(), "E_SPOKEN_FORM", "{other}");
    }
}

#[test]
fn hex_is_shown_in_groups_of_four() {
    let first = all_bytes().next().unwrap();
    assert_eq!(first.to_string(), "0001 0203 0405 0607 0809 0a0b 0c0d 0e0f");
    assert_eq!(Fingerprint::from(*first.as_bytes()), first);
}

#[test]
fn a_foreign_word_cannot_disturb_the_message() {
    let typed = format!("\u{1b}[2J\u{202e}{}", "x".repeat(100));
    let error = Fingerprint::parse(&typed).unwrap_err();
    let expected = SpokenError::Unknown {
        number: 1,
        word: format!("[2J{}", "x".repeat(29)),
        nearest: None,
    };
    assert_eq!(error, expected);
}
