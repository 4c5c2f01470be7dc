//! What must hold for any names.

use passerelle_names::{Band, Name, PartialDate, Role, explain, k1, k2, k3, k4, score};
use proptest::prelude::*;

/// Names made of real words in several scripts, and of any letters.
fn names() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Mohamed",
        "محمد",
        "بن",
        "Ben",
        "Al-",
        "El",
        "العلوي",
        "Alaoui",
        "Karim",
        "كريمة",
        "عبد",
        "الله",
        "Abdel",
        "Eddine",
        "M.",
        "Dr",
        "ⵎⵃⵎⵓⴷ",
        "Ахмед",
        "van",
        "der",
        "Berg",
        ",",
        "O'Neil",
    ]);
    let known = prop::collection::vec(word, 1..7).prop_map(|words| words.join(" "));
    prop_oneof![3 => known, 1 => "\\PC{1,40}", 1 => "[a-zA-Zéèاأبتحمدلي 0-9'-]{1,60}"]
}

/// A word of any letters, or a name so common that its keys are not used.
fn any_word() -> impl Strategy<Value = String> {
    let common = prop::sample::select(vec!["Mohamed", "Ahmed", "Ali", "محمد", "علي", "Fatima"]);
    prop_oneof![1 => common.prop_map(str::to_owned), 2 => "[a-z]{3,8}", 1 => "[ا-غف-ي]{3,7}"]
}

fn dates() -> impl Strategy<Value = Option<PartialDate>> {
    let text = prop_oneof![
        "",
        "(19[0-9]{2})",
        "19[0-9]{2}-[01][0-9]",
        "19[0-9]{2}-[01][0-9]-[0-3][0-9]"
    ];
    text.prop_map(|text| PartialDate::of_column(&text).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_score_is_symmetric_and_the_explanation_adds_up_to_it(
        a in names(), b in names(), born_a in dates(), born_b in dates()
    ) {
        let (Ok(x), Ok(y)) = (Name::new(&a), Name::new(&b)) else { return Ok(()) };
        let one = score((&x, born_a), (&y, born_b));
        prop_assert_eq!(one, score((&y, born_b), (&x, born_a)));
        for why in [explain((&x, born_a), (&y, born_b)), explain((&y, born_b), (&x, born_a))] {
            prop_assert_eq!(why.score, one);
            prop_assert_eq!(why.lines.iter().map(|line| line.units).sum::<i32>(), one.units());
        }
        prop_assert!(!explain((&x, born_a), (&y, born_b)).text(&a, &b).is_empty());
    }

    #[test]
    fn a_name_is_itself(a in names(), born in dates()) {
        let Ok(x) = Name::new(&a) else { return Ok(()) };
        let again = Name::new(&a).unwrap();
        prop_assert_eq!(score((&x, born), (&again, born)).band(), Band::VeryLikely);
    }

    #[test]
    fn keys_are_of_a_fixed_number_and_all_different(a in names()) {
        let Ok(name) = Name::new(&a) else { return Ok(()) };
        let born: PartialDate = "1971-03-02".parse().unwrap();
        let tiers = [
            k1(&name).to_vec(),
            k2(&name, born).unwrap().to_vec(),
            k3(&name, born).unwrap().to_vec(),
            k4(&name).to_vec(),
        ];
        for keys in tiers {
            let mut distinct = keys.clone();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), keys.len());
            prop_assert!(keys.is_sorted());
        }
    }

    /// Whatever the words: those that are written to a neighbour (particles, ʿAbd, al-Din) are
    /// left out, because turned round they stand beside another.
    #[test]
    fn the_order_of_words_does_not_matter_to_keys(
        words in prop::collection::vec(any_word(), 1..9)
    ) {
        let one = Name::new(&words.join(" ")).unwrap();
        let turned: Vec<&str> = words.iter().rev().map(String::as_str).collect();
        let other = Name::new(&turned.join(", ")).unwrap();
        let alone = |name: &Name| {
            name.parts().count() == words.len() && name.parts().all(|part| part.1 == Role::Name)
        };
        prop_assume!(alone(&one) && alone(&other));
        let born: PartialDate = "1971-03-02".parse().unwrap();
        prop_assert!(k1(&other).iter().any(|key| k1(&one).contains(key)), "K1 {words:?}");
        prop_assert_eq!(k2(&one, born), k2(&other, born), "K2 {:?}", words);
        let known = k3(&one, born).unwrap();
        prop_assert!(k3(&other, born).unwrap().iter().any(|key| known.contains(key)), "K3 {words:?}");
        prop_assert!(k4(&other).iter().any(|key| k4(&one).contains(key)), "K4 {words:?}");
    }
}
