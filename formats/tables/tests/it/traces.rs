use passerelle_tables::{Holds, person_traces};

fn found(text: &str) -> Vec<(Holds, &str)> {
    let traces = person_traces(text);
    let shown = traces
        .iter()
        .map(|trace| (trace.holds, &text[trace.place.clone()]));
    shown.collect()
}

#[test]
fn traces_of_persons() {
    for (text, holds, part) in [
        (
            "Appeler le +212 661-23-45-67.",
            Holds::Phone,
            "+212 661-23-45-67",
        ),
        ("tel 0032 470 12 34 56", Holds::Phone, "0032 470 12 34 56"),
        ("GSM 0470/12.34.56", Holds::Phone, "0470/12.34.56"),
        ("06 61 23 45 67 à Rabat", Holds::Phone, "06 61 23 45 67"),
        ("الهاتف ٠٦٦١٢٣٤٥٦٧", Holds::Phone, "٠٦٦١٢٣٤٥٦٧"),
        (
            "écrire à jan.peeters+x@mail.example!",
            Holds::Email,
            "jan.peeters+x@mail.example",
        ),
        (
            "IBAN BE68 5390 0754 7034",
            Holds::Account,
            "BE68 5390 0754 7034",
        ),
        (
            "op BE68539007547034 gestort",
            Holds::Account,
            "BE68539007547034",
        ),
        ("n° 85.07.30-033.28", Holds::Register, "85.07.30-033.28"),
        (
            "porteur du passeport n° EN123456",
            Holds::Document,
            "passeport n° EN123456",
        ),
        ("with AB1234567 in hand", Holds::Document, "AB1234567"),
        ("CIN: A123456", Holds::Document, "CIN: A123456"),
        (
            "حامل جواز سفر رقم AB 1234567",
            Holds::Document,
            "جواز سفر رقم AB 1234567",
        ),
        (
            "M. X, né le 3 mars 1990 à Fès",
            Holds::BirthDate,
            "né le 3 mars 1990",
        ),
        (
            "née le 1er mai 1985",
            Holds::BirthDate,
            "née le 1er mai 1985",
        ),
        (
            "geboren op 3 maart 1990",
            Holds::BirthDate,
            "geboren op 3 maart 1990",
        ),
        (
            "date of birth: 03/03/1990",
            Holds::BirthDate,
            "birth: 03/03/1990",
        ),
        (
            "born on 1990-03-03 in",
            Holds::BirthDate,
            "born on 1990-03-03",
        ),
        (
            "nacida el 3 de marzo de 1990",
            Holds::BirthDate,
            "nacida el 3 de marzo de 1990",
        ),
        (
            "ولد في 3 مارس 1990 بفاس",
            Holds::BirthDate,
            "ولد في 3 مارس 1990",
        ),
        (
            "المزدادة بتاريخ ٣ مارس ١٩٩٠",
            Holds::BirthDate,
            "المزدادة بتاريخ ٣ مارس ١٩٩٠",
        ),
    ] {
        assert_eq!(found(text), [(holds, part)], "{text}");
    }
}

#[test]
fn texts_about_no_person() {
    for text in [
        "Le programme né en 2015 vise la cible 10.7.2 des ODD avant 2030.",
        "Réunion du 01/02/2026 10:30 au 03/02/2026, budget 4.580.000,00 EUR, 1 234 567 890 MAD.",
        "IATI XM-DAC-41108-1100001234, BE-BCE_KBO-0264814354-12",
        "Convention du 18.02.2014, publiée le 20 mai 2022; COM(2017) 808; 532/103/32.",
        "De 0 à 10 000 bénéficiaires en 2025-2026; 45 % de femmes; 2.345.678 habitants",
        "Taux de naissance de 2025 : 17,2 pour mille",
        "Le passeport biométrique existe depuis 2009.",
        "https://example.org/a/2026/02/20",
        "BE68 5390 0754 7035",
        "The child was born in Rabat. Les inscriptions: 12 34 56 78.",
        "",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn places_are_lines_and_characters() {
    let text = "سطر أول\nالهاتف: +212661234567 و a@b.example";
    let traces = person_traces(text);
    let places: Vec<_> = traces
        .iter()
        .map(|trace| (trace.line, trace.column))
        .collect();
    assert_eq!(places, [(2, 9), (2, 25)]);
}

#[test]
fn a_long_text_is_looked_through_and_the_list_is_short() {
    let text = "a@b.example ".repeat(200_000);
    assert_eq!(person_traces(&text).len(), passerelle_tables::MAX_TRACES);
    assert_eq!(person_traces(&"٠".repeat(600_000)), []);
}
