use super::*;
use crate::group::reading::Edited;

fn read(text: &str) -> Reading {
    let paper = papers::read(text.as_bytes(), papers::Hint::default()).unwrap();
    let states = [
        ("ma.interior".parse().unwrap(), "MA".to_owned()),
        ("be.interior".parse().unwrap(), "BE".to_owned()),
    ];
    let who = ("secretary".parse().unwrap(), UtcTime::from_millis(0));
    reading(paper, "note.txt", &states, who).unwrap()
}

const TEXT: &str = "Le ministre de l'Intérieur du Maroc, M. Karim Exemple, a reçu lundi 15 avril \
    2024 à Rabat la ministre belge de l'Intérieur, Mme Anne Modèle.\n\n\
    La Belgique s'engage à former des agents consulaires avant le 31 mars 2025.\n\n\
    Les parties ont convenu de renforcer la coopération en matière de santé.\n";

#[test]
fn proposals_point_to_their_sentences() {
    let reading = read(TEXT);
    assert_eq!(reading.lang, Some(Lang::Fr));
    assert_eq!(reading.meeting.day, Some("2024-04-15".parse().unwrap()));
    assert_eq!(reading.meeting.place, "Rabat");
    let mut marked = 0;
    for block in &reading.blocks {
        for (start, end, id) in &block.marks {
            let one = reading.proposals.iter().find(|one| one.id == *id).unwrap();
            assert_eq!(one.sentence, block.text[*start..*end]);
            marked += 1;
        }
    }
    assert!(marked > 0);
}

#[test]
fn a_promise_has_its_party_and_day_and_says_what_lacks() {
    let reading = read(TEXT);
    let promise =
        |one: &&Proposal| one.sentence.contains("agents consulaires") && one.nature != "topic";
    let one = reading.proposals.iter().find(promise).unwrap();
    assert_eq!(one.becomes, Becomes::Commitment);
    assert_eq!(one.responsible, Some("be.interior".parse().unwrap()));
    assert_eq!(one.due, Some("2025-03-31".parse().unwrap()));
    assert!(
        one.lacks().contains(&"function") && !one.lacks().contains(&"due"),
        "{:?}",
        one.lacks()
    );
}

#[test]
fn names_of_persons_are_not_kept_for_the_meeting() {
    let meeting = serde_json::to_string(&read(TEXT).meeting).unwrap();
    assert!(meeting.to_lowercase().contains("ministre"), "{meeting}");
    assert!(
        !meeting.contains("Exemple") && !meeting.contains("Modèle"),
        "{meeting}"
    );
}

#[test]
fn what_became_an_object_is_not_edited_and_what_was_read_never_is() {
    let mut reading = read(TEXT);
    let object = "ma.interior~018ee3585200ccddcf6f4d4caf780233"
        .parse()
        .unwrap();
    let first = reading.proposals.len() - 1;
    reading.proposals[first].taken = Some(object);
    let kept = reading.proposals[first].clone();
    let mut edited = Edited {
        meeting: reading.meeting.clone(),
        proposals: reading.proposals.clone(),
    };
    for one in &mut edited.proposals {
        one.title = "Autre".to_owned();
        one.sentence = "Inventée".to_owned();
    }
    edited.meeting.delegates.clear();
    let delegates = reading.meeting.delegates.clone();
    reading.edit(&edited);
    assert_eq!(reading.proposals[first], kept);
    let changed = &reading.proposals[0];
    assert_eq!(changed.title, "Autre");
    assert!(
        reading
            .proposals
            .iter()
            .all(|one| one.sentence != "Inventée")
    );
    assert_eq!(reading.meeting.delegates, delegates);
}

#[test]
fn sectors_are_named_in_four_languages_and_titles_are_cut_between_words() {
    for words in [
        "la santé publique",
        "gezondheid",
        "public health",
        "وزارة الصحة",
    ] {
        assert_eq!(sector(words), Some(Sector::Health), "{words}");
    }
    assert_eq!(sector("rien de connu"), None);
    let long = cut(&"mot ".repeat(100));
    assert!(
        long.len() <= TITLE_BYTES + 4 && long.ends_with("mot …"),
        "{long}"
    );
    assert_eq!(cut("اتفق الطرفان."), "اتفق الطرفان");
}
