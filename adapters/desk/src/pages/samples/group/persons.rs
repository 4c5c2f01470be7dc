//! The question whether something is about a person.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let asks = Asks {
        p: p.clone(),
        action: "/group/ma-be-gmmp/topics/new".to_owned(),
        found: content.many(|_| content.line.clone()),
        written: vec![("title-fr".to_owned(), content.text.clone())],
        kept: vec![("body-fr".to_owned(), content.text.clone())],
    };
    vec![sample("group/persons", &asks)]
}

#[test]
fn dates_and_names_of_objects_are_not_looked_at() {
    assert!(!typed("due", "1984-05-01"));
    assert!(!typed("csrf", "0612345678"));
    assert!(!typed(
        "after",
        "ma.interior~01a20e9d74a4e4de3b9982d866381d22"
    ));
    assert!(typed("body-fr", "salma@example.org"));
}
