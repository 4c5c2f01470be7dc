//! A form becomes a draft, and each fault is named at its field.

use super::*;

fn frame(kind: Kind) -> Frame {
    Frame {
        kind,
        author: Author {
            officer: "o-17".parse().unwrap(),
            unit: "liaison".parse().unwrap(),
            function: "officier".parse().unwrap(),
        },
        references: vec![],
        attachments: vec![],
    }
}

fn whole() -> Form {
    [
        (Field::To, "be.interior/police"),
        (Field::Urgency, "priority"),
        (Field::UrgencyReason, "départ ce soir"),
        (Field::Subject, "Véhicule"),
        (Field::Text, "Demande."),
        (Field::Lang, "fr"),
        (Field::Purpose, "terrorism"),
        (Field::Basis, "convention-2014"),
        (Field::Class, "case-data"),
        (Field::HeldBecause, "immatriculé chez vous"),
        (Field::Link, "conducteur"),
        (Field::Personal, "yes"),
        (Field::Persons, "1"),
        (Field::Categories, "suspect"),
        (Field::Nature, "fact"),
        (Field::AsOf, "2024-04-15"),
        (Field::Completeness, "partial"),
        (Field::Ground, "instrument"),
        (Field::Tainted, "no"),
        (Field::Protection, "no"),
        (Field::Tlp, "amber"),
        (Field::Pap, "amber"),
        (Field::Handling, "h1"),
    ]
    .into_iter()
    .fold(Form::new(), |form, (field, value)| {
        form.with(field, [value])
    })
}

fn faults(form: &Form, kind: Kind) -> Vec<(Field, &'static str)> {
    let (_, faults) = read(form, frame(kind));
    faults
        .iter()
        .map(|fault| (fault.field, fault.code))
        .collect()
}

#[test]
fn a_whole_form_becomes_a_draft() {
    let (draft, faults) = read(&whole(), frame(Kind::Request));
    assert_eq!(faults, []);
    assert_eq!(draft.particulars.unwrap().persons, 1);
    assert_eq!(draft.evaluation.to_string(), "X4");
    assert!(draft.asking.unwrap().link.is_some());
}

#[test]
fn each_empty_field_is_named_once() {
    for field in [
        Field::To,
        Field::Urgency,
        Field::Subject,
        Field::Text,
        Field::Lang,
        Field::Purpose,
        Field::Basis,
        Field::Class,
        Field::HeldBecause,
        Field::Personal,
        Field::Tlp,
        Field::Pap,
        Field::Handling,
        Field::Persons,
        Field::Nature,
        Field::AsOf,
        Field::Completeness,
        Field::Ground,
        Field::Tainted,
        Field::Protection,
    ] {
        let form = whole().with(field, [""; 0]);
        assert_eq!(faults(&form, Kind::Request), [(field, "E_FIELD_EMPTY")]);
    }
}

#[test]
fn invalid_values_are_named_and_not_repeated() {
    for (field, value) in [
        (Field::Persons, "many"),
        (Field::Tlp, "white-ish"),
        (Field::To, "nowhere"),
        (Field::AsOf, "2024-02-31"),
        (Field::Subject, "a\u{202e}b"),
        (Field::Purpose, "Not A Code!"),
        (Field::Personal, "perhaps"),
    ] {
        let form = whole().with(field, [value]);
        let found = faults(&form, Kind::Request);
        assert!(
            found.contains(&(field, "E_FIELD_INVALID")),
            "{field:?}: {found:?}"
        );
    }
    let (_, told) = read(
        &whole().with(Field::Persons, ["geheim"]),
        frame(Kind::Request),
    );
    assert!(told.iter().all(|fault| !fault.detail.contains("geheim")));
}

#[test]
fn an_answer_permits_what_it_names_for_a_record() {
    let id = passerelle_model::RecordId::from_parts(1, [7; 10]).to_string();
    let form = whole().with(Field::PermitUses, ["other-purpose", "court"]);
    let missing = [
        (Field::PermitPurpose, "E_FIELD_EMPTY"),
        (Field::PermitRecord, "E_FIELD_EMPTY"),
    ];
    assert_eq!(faults(&form, Kind::Answer), missing);
    let form = form
        .with(Field::PermitRecord, [&id])
        .with(Field::PermitPurpose, ["trafficking"])
        .with(Field::PermitParties, ["nl.politie"]);
    let (draft, told) = read(&form, frame(Kind::Answer));
    assert_eq!(told, []);
    let permission = draft.permission.unwrap();
    assert_eq!(permission.uses.len(), 2);
    // Parties belong to passing on, which is not permitted here.
    assert!(permission.parties.is_empty());
    let (draft, _) = read(&form, frame(Kind::Notice));
    assert_eq!(draft.permission, None);
    let (draft, _) = read(
        &whole().with(Field::PermitRecord, [&id]),
        frame(Kind::Answer),
    );
    assert_eq!(draft.permission, None);
}

#[test]
fn an_answer_says_whether_it_is_the_last() {
    let form = whole().with(Field::Part, ["partial"]);
    let (draft, _) = read(&form, frame(Kind::Answer));
    assert_eq!(draft.data.unwrap().json, "{\"part\":\"partial\"}");
}
