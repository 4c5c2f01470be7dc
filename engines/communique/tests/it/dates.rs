//! Dates as they are written.

use crate::Read;

type Parts = (Option<u16>, Option<u8>, Option<u8>, Option<u8>);

/// The meeting's date of a sentence, as year, month, first and last day.
fn date(text: &str) -> Option<Parts> {
    let read = Read::new(text);
    let date = read.reading.meeting.date?.date;
    Some((date.year, date.month, date.day, date.last_day))
}

fn full(year: u16, month: u8, day: u8) -> Option<Parts> {
    Some((Some(year), Some(month), Some(day), None))
}

#[test]
fn each_language_has_its_forms() {
    let april = [
        "La réunion s'est tenue le 15 avril 2024 à Rabat.",
        "La réunion s'est tenue le lundi 15 Avril 2024 à Rabat.",
        "De vergadering vond plaats op maandag 15 april 2024 in Rabat.",
        "The meeting was held on 15 April 2024 in Rabat.",
        "The meeting was held in Rabat on April 15, 2024 by the parties.",
        "The meeting was held on the 15th of April 2024 in Rabat.",
        "انعقد الاجتماع يوم 15 أبريل 2024 بالرباط.",
        "انعقد الاجتماع يوم ١٥ أبريل ٢٠٢٤ بالرباط.",
        "انعقد الاجتماع في 15 نيسان/أبريل 2024 في عمان.",
        "انعقد الاجتماع في 15 نيسان 2024 في عمان.",
        "Date : 15/04/2024\nLes parties sont d'accord sur le texte de la note.",
        "Datum: 15.04.2024\nDe partijen zijn het eens over de tekst van de nota.",
        "Date: 2024-04-15\nThe parties agreed on the text of the note.",
    ];
    for text in april {
        assert_eq!(date(text), full(2024, 4, 15), "{text}");
    }
    assert_eq!(
        date("La réunion s'est tenue le 1er mars 2023 à Rabat."),
        full(2023, 3, 1)
    );
    assert_eq!(
        date("انعقد الاجتماع يوم فاتح غشت 2023 بالرباط."),
        full(2023, 8, 1)
    );
    assert_eq!(
        date("انعقد الاجتماع في 3 كانون الأول 2023 في عمان."),
        full(2023, 12, 3)
    );
    assert_eq!(
        date("انعقد الاجتماع يوم 9 نونبر 2023 بالرباط."),
        full(2023, 11, 9)
    );
}

#[test]
fn what_is_not_written_stays_open() {
    let days = date("Les parties se sont réunies les 14 et 15 octobre 2024 à Rabat.");
    assert_eq!(days, Some((Some(2024), Some(10), Some(14), Some(15))));
    let no_year = date("De ministers hebben elkaar ontmoet op maandag 15 april in Rabat.");
    assert_eq!(no_year, Some((None, Some(4), Some(15), None)));
    assert_eq!(
        date("Les parties se sont réunies à Rabat pour la première fois."),
        None
    );
}

#[test]
fn an_impossible_day_is_no_date() {
    assert_eq!(
        date("La réunion s'est tenue le 31 avril 2024 à Rabat."),
        None
    );
    assert_eq!(date("La réunion s'est tenue le 29/02/2023 à Rabat."), None);
    assert_eq!(
        date("The parties may have met at the station of the town."),
        None
    );
}

#[test]
fn a_weekday_is_held_against_the_date() {
    let agrees = |text| {
        Read::new(text)
            .reading
            .meeting
            .date
            .unwrap()
            .date
            .weekday_agrees()
    };
    assert_eq!(
        agrees("La réunion s'est tenue le lundi 15 avril 2024 à Rabat."),
        Some(true)
    );
    assert_eq!(
        agrees("La réunion s'est tenue le mardi 15 avril 2024 à Rabat."),
        Some(false)
    );
    assert_eq!(
        agrees("La réunion s'est tenue le 15 avril 2024 à Rabat."),
        None
    );
}

#[test]
fn a_date_by_which_something_is_due_is_not_the_meetings() {
    assert_eq!(
        date("La Belgique fournira un appui à la police avant le 30 juin 2024."),
        None
    );
}
