//! What is written is read again without change, and nothing invalid is written.

use std::collections::BTreeSet;

use passerelle_iati::{
    Activities, Error, Measured, Moment, Narrative, Tree, codes::Measure, read, rules, write,
};
use proptest::prelude::*;

use crate::{
    reference::reference,
    samples::{fullest, number, smallest},
};

#[test]
fn samples_are_read_as_they_were_written() {
    for file in [smallest(), fullest()] {
        let text = write(&file).unwrap();
        let again = read(text.as_bytes()).unwrap();
        assert_eq!(again.file, file);
        assert!(again.left_out.is_empty(), "{:?}", again.left_out);
        assert_eq!(write(&again.file).unwrap(), text);
    }
}

#[test]
fn samples_keep_the_rules() {
    let none = BTreeSet::new();
    let facts = rules::Facts {
        now: jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0),
        organisations: &none,
        agencies: None,
    };
    let text = write(&fullest()).unwrap();
    let found = rules::check(&Tree::read(text.as_bytes()).unwrap(), &facts);
    let ids: Vec<&str> = found.iter().map(|one| one.rule.id).collect();
    assert!(ids.is_empty(), "{ids:?}");
}

#[test]
fn the_fund_is_read_as_it_was_written() {
    let test = "the_fund_is_read_as_it_was_written";
    let Some(bytes) = reference(test, "eutf-morocco.iati-2.03.xml") else {
        return;
    };
    let first = read(&bytes).unwrap();
    assert!(first.left_out.is_empty(), "{:?}", first.left_out);
    let indicators = first.file.activities.iter().flat_map(|one| &one.results);
    let indicators: usize = indicators.map(|result| result.indicators.len()).sum();
    assert_eq!((first.file.activities.len(), indicators), (34, 71));
    let again = read(write(&first.file).unwrap().as_bytes()).unwrap();
    assert_eq!(again, first);
}

/// A file that the writer must refuse, and why.
fn refused(change: impl FnOnce(&mut Activities)) -> &'static str {
    let mut file = smallest();
    change(&mut file);
    write(&file).unwrap_err().code()
}

#[test]
fn nothing_invalid_is_written() {
    assert_eq!(
        refused(|file| file.activities.clear()),
        "E_IATI_MISSING_ELEMENT"
    );
    assert_eq!(
        refused(|file| file.activities[0].title.clear()),
        "E_IATI_MISSING_ELEMENT"
    );
    assert_eq!(
        refused(|file| file.activities[0].dates.clear()),
        "E_IATI_MISSING_ELEMENT"
    );
    assert_eq!(
        refused(|file| file.activities[0].title[0].text = "\u{b}".to_owned()),
        "E_IATI_CHARACTER"
    );
    assert_eq!(
        refused(|file| file.activities[0].title[0].lang = Some("français".to_owned())),
        "E_IATI_VALUE"
    );
    assert_eq!(
        refused(|file| file.activities[0].title[0].text = "x".repeat(70_000)),
        "E_IATI_TOO_LONG"
    );
}

#[test]
fn a_missing_value_is_never_filled_in() {
    let mut file = fullest();
    for indicator in &mut file.activities[0].results[0].indicators {
        indicator.periods[0].targets = vec![Measured::default()];
        indicator.baselines[0].measured = Measured::default();
    }
    let text = write(&file).unwrap();
    assert!(!text.contains("N/A"));
    let again = read(text.as_bytes()).unwrap().file;
    for indicator in &again.activities[0].results[0].indicators {
        let kept = usize::from(indicator.measure == Measure::Qualitative);
        assert_eq!(indicator.periods[0].targets.len(), kept);
        assert_eq!(indicator.baselines.len(), kept);
        assert_eq!(indicator.periods[0].actuals.len(), 1);
    }
}

/// The written sample with one text in place of another.
fn altered(from: &str, to: &str) -> Result<passerelle_iati::Read, Error> {
    let text = write(&fullest()).unwrap();
    assert!(text.contains(from), "{from}");
    read(text.replacen(from, to, 1).as_bytes())
}

#[test]
fn what_is_not_held_is_counted() {
    let person = "<person-name><narrative>P</narrative></person-name><job-title>";
    let read = altered("<job-title>", person).unwrap();
    assert_eq!(read.left_out["contact-info/person-name"], 1);
    let read = altered("name=\"sex\"", "name=\"nationality\"").unwrap();
    assert_eq!(read.left_out["baseline"], 1);
    assert!(
        read.file.activities[0].results[0].indicators[0]
            .baselines
            .is_empty()
    );
    let read = altered("value=\"120.5\"", "value=\"N/A\"").unwrap();
    assert_eq!(
        (read.left_out["baseline"], read.left_out["baseline/@value"]),
        (1, 1)
    );
    let foreign = "<x:y xmlns:x=\"urn:x\"/></iati-activity>";
    let read = altered("</iati-activity>", foreign).unwrap();
    assert_eq!(read.left_out["iati-activity/x:y"], 1);
    let turned = "<x:\u{202e} xmlns:x=\"urn:x\"/></iati-activity>";
    assert_eq!(
        altered("</iati-activity>", turned).unwrap().left_out["..."],
        1
    );
    let read = altered("<budget ", "<budget xmlns:x=\"urn:x\" x:y=\"1\" ").unwrap();
    assert_eq!(read.left_out["@foreign"], 1);
}

#[test]
fn other_versions_and_faults_are_refused_with_their_line() {
    let code = |from, to| altered(from, to).map_err(|error| (error.line, error.code()));
    assert_eq!(code("2.03", "2.02").unwrap_err(), (2, "E_IATI_VERSION"));
    assert_eq!(
        code("<sector ", "<sectors ").unwrap_err().1,
        "E_IATI_UNKNOWN_ELEMENT"
    );
    assert_eq!(code("17993979.53", "much").unwrap_err().1, "E_IATI_VALUE");
    assert_eq!(
        code("17993979.53", "1".repeat(19).as_str()).unwrap_err().1,
        "E_IATI_RANGE"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_that_xml_allows_comes_back(
        text in "[\t\n\r -\u{d7ff}\u{e000}-\u{fffd}]{0,40}",
        amount in -1_000_000_000_i64..1_000_000_000,
        zone in prop::option::of(-840_i16..=840),
    ) {
        let mut file = fullest();
        let it = &mut file.activities[0];
        it.identifier.clone_from(&text);
        it.title = vec![Narrative { lang: None, text: text.clone() }];
        it.transactions[0].reference = Some(text);
        it.budgets[0].value.amount = number(&format!("{amount}.25"));
        let civil = jiff::civil::date(2025, 1, 1).at(1, 2, 3, 0);
        it.last_updated = Some(Moment { civil, offset: zone });
        let again = read(write(&file).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(again.file, file);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }
}
