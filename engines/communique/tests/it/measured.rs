//! The figures of `docs/benchmarks.md` may rise, not fall.

use crate::labels::{KINDS, TEXTS, measure, total};

#[test]
fn no_kind_of_the_development_part_falls() {
    let sum = total("dev", None);
    for kind in KINDS {
        let count = sum[kind];
        let (precision, recall) = (count.precision().unwrap(), count.recall().unwrap());
        assert!(
            precision >= 0.97 && recall >= 0.97,
            "{kind}: {precision} {recall}"
        );
    }
}

#[test]
fn every_label_is_found_in_its_text() {
    for (name, content) in TEXTS {
        let (head, text) = content.split_once("---\n").unwrap();
        for line in head.lines() {
            let (key, value) = line.split_once(": ").unwrap();
            let cells: Vec<&str> = value.split(" | ").collect();
            let words = match key {
                "candidate" => cells[3],
                "delegate" => cells[0],
                "place" => value,
                _ => continue,
            };
            assert!(
                text.to_lowercase().contains(&words.to_lowercase()),
                "{name}: {words}"
            );
        }
        assert!(!measure(content).counts.is_empty());
    }
}
