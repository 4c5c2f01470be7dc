//! Texts that are none, too much, or made to confuse.

use passerelle_communique::{
    Block, BlockKind, Error, LeftOutReason, MAX_BLOCKS, MAX_BYTES, MAX_CANDIDATES, blocks_of, read,
};
use proptest::prelude::*;

use crate::Read;

fn paragraph(text: &str) -> Block<'_> {
    Block {
        kind: BlockKind::Paragraph,
        text,
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(read(&[], None), Err(Error::Empty));
    assert_eq!(read(&[paragraph(" 12. – « »")], None), Err(Error::Empty));
    let long = "a".repeat(MAX_BYTES + 1);
    assert_eq!(read(&[paragraph(&long)], None), Err(Error::TooLong));
    let many = vec![paragraph("a"); MAX_BLOCKS + 1];
    assert_eq!(read(&many, None), Err(Error::TooManyBlocks));
    for error in [Error::Empty, Error::TooLong, Error::TooManyBlocks] {
        assert!(error.code().starts_with("E_COMMUNIQUE_"));
    }
}

#[test]
fn one_word_proposes_nothing() {
    for word in ["Maroc", "convenu", "وزير", "x"] {
        let reading = Read::new(word).reading;
        assert!(
            reading.candidates.is_empty() && reading.meeting.delegates.is_empty(),
            "{word}"
        );
    }
}

#[test]
fn another_language_is_said_to_be_one() {
    for text in [
        "Die beiden Minister haben sich darauf geeinigt, die Zusammenarbeit der Polizei zu verstärken.",
        "Los dos ministros acordaron reforzar la cooperación entre las policías de los dos países.",
        "Обе стороны договорились об укреплении сотрудничества.",
    ] {
        let reading = Read::new(text).reading;
        assert_eq!(reading.language, None, "{text}");
        assert!(reading.candidates.is_empty());
        assert_eq!(reading.left_out[0].reason, LeftOutReason::OtherLanguage);
    }
}

#[test]
fn only_menus_propose_nothing() {
    let reading = Read::new("Home\nNews\nAbout us\nContact\nSign in\nShare on Facebook\n").reading;
    assert_eq!(reading.left_out.len(), 6);
    assert!(
        reading.candidates.is_empty() && reading.topics.is_empty() && reading.sentences.is_empty()
    );
}

#[test]
fn marks_of_direction_hide_no_word() {
    let text = "Les deux par\u{202e}ties ont con\u{200b}venu de créer une équipe.";
    assert_eq!(Read::new(text).reading.candidates.len(), 1);
}

#[test]
fn a_sentence_of_a_hundred_thousand_characters_is_cut() {
    let text = "les deux parties ont convenu de créer la police et ".repeat(2000);
    let reading = Read::new(&text).reading;
    assert!(reading.sentences.len() > 10);
    assert!(
        reading
            .sentences
            .iter()
            .all(|one| one.end - one.start < 10_000)
    );
}

#[test]
fn candidates_are_bounded_and_say_so() {
    let line = "Les deux parties ont convenu de créer une équipe. ";
    let reading = Read::new(&line.repeat(MAX_CANDIDATES + 5)).reading;
    assert_eq!(reading.candidates.len(), MAX_CANDIDATES);
    assert!(reading.more_candidates);
    assert!(!Read::new(line).reading.more_candidates);
}

/// Work, not time: with and without full stops, and for twice the text.
#[test]
fn work_grows_with_the_text_and_not_faster() {
    let words = "les deux parties ont convenu de créer la police du royaume et kwamen dus overeen ";
    let stops = format!("{}. ", words.trim_end());
    let steps = |text: &str, bytes: usize| {
        let whole = text.repeat(bytes / text.len());
        read(&[paragraph(&whole)], None).unwrap().steps as f64
    };
    let (with, without) = (steps(&stops, MAX_BYTES), steps(words, MAX_BYTES));
    assert!(
        without < 1.5 * with,
        "{without} steps without full stops, {with} with"
    );
    let half = steps(words, MAX_BYTES / 2);
    assert!(
        without < 2.1 * half,
        "{without} steps, {half} for half of the text"
    );
    let gaps = steps("kwamen ", MAX_BYTES / 2);
    assert!(
        gaps < 80.0 * MAX_BYTES as f64 / 14.0,
        "{gaps} steps where every word opens a gap"
    );
}

fn holds(text: &str) {
    let blocks: Vec<Block<'_>> = blocks_of(text)
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    let Ok(reading) = read(&blocks, None) else {
        return;
    };
    for span in reading.spans() {
        let part = blocks[span.block].text.get(span.range());
        assert!(
            part.is_some_and(|part| !part.is_empty()),
            "{span:?} of {text:?}"
        );
    }
    for one in &reading.candidates {
        assert!(one.sentence < reading.sentences.len());
    }
    assert_eq!(read(&blocks, None).unwrap(), reading, "not the same twice");
}

/// Pieces that mean something, in any order, with what confuses between them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Le ministre",
        "de l'Intérieur",
        ", ",
        "M. ",
        "Ali Amrani",
        "a reçu",
        "à Rabat",
        "lundi",
        "15",
        "avril",
        "2024",
        ". ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "Décisions",
        " : ",
        "ont convenu de",
        "avant",
        "trois mois",
        "De minister",
        "van",
        "Binnenlandse Zaken",
        "kwamen",
        "overeen",
        "وزير",
        "الداخلية",
        "، ",
        "السيد",
        "اتفق الجانبان",
        "على",
        "ب",
        "\u{202e}",
        "\u{640}",
        "é\u{301}",
        "(",
        ")",
        "«",
        "»",
        "|",
        "\t",
        "Lire aussi",
        "Facebook",
        "Responsable",
        "The parties",
        "agreed to",
        "by",
        "’",
        "İ",
        "ﷺ",
        "ﬁ",
        "١٥",
        "accompagnée de",
        "la Belgique",
        "et",
        "des",
        "d'",
        "en",
        "and",
        "of",
        "the",
    ]);
    prop::collection::vec((piece, any::<bool>()), 1..60).prop_map(|all| {
        all.into_iter()
            .map(|(text, blank)| format!("{text}{}", if blank { " " } else { "" }))
            .collect()
    })
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_stand_in_it(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_order_of_known_words_gives_spans_that_stand_in_it(text in pieces()) {
        holds(&text);
    }
}
