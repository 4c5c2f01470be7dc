//! One agreement and one record that break no rule, for tests to change.

use passerelle_model::{
    Agreement, Author, Evaluation, Handling, InformationGrade, Kind, Lang, Markings, Pap, Record,
    RecordId, SourceGrade, Tlp, Urgency, UtcTime,
};

use crate::ReleaseFacts;

pub(crate) const TEXT: &str = include_str!("../../model/tests/data/agreement.toml");
/// 15 April 2024, 20:00 UTC.
pub(crate) const NOW: UtcTime = UtcTime::from_millis(1_713_211_200_000);

pub(crate) fn agreement() -> Agreement {
    let expired = "[[basis]]\ncode = \"expired\"\ntitle = { en = \"x\" }\n\
                   from = \"2000-01-01\"\nuntil = \"2001-01-01\"\n\n[scope]";
    let text = TEXT.replace("[scope]", expired).replacen(
        "bases = [\"convention-2014\"]",
        "bases = [\"convention-2014\", \"expired\"]",
        1,
    );
    Agreement::parse(&text).unwrap()
}

pub(crate) fn facts(agreement: &Agreement) -> ReleaseFacts<'_> {
    ReleaseFacts {
        agreement,
        signed_by_all: true,
        now: NOW,
        released_today: 0,
    }
}

pub(crate) fn record(agreement: &Agreement) -> Record {
    Record {
        id: RecordId::from_parts(NOW.millis(), [7; 10]),
        channel: agreement.terms().id.clone(),
        agreement: agreement.hash(),
        from: "ma.interior".parse().unwrap(),
        author: Author {
            officer: "o-17".parse().unwrap(),
            unit: "liaison".parse().unwrap(),
            function: "officier de liaison".parse().unwrap(),
        },
        kind: Kind::Request,
        time: NOW,
        purpose: "terrorism".parse().unwrap(),
        basis: "convention-2014".parse().unwrap(),
        class: "case-data".parse().unwrap(),
        markings: Markings {
            tlp: Tlp::Amber,
            pap: Pap::Green,
            handling: Handling::H1,
            caveats: vec![],
        },
        evaluation: Evaluation {
            source: SourceGrade::B,
            information: InformationGrade::Two,
        },
        review: NOW.day().plus_days(365),
        erasure: NOW.day().plus_days(1825),
        to: vec!["be.interior/police".parse().unwrap()],
        references: vec![],
        urgency: Some(Urgency::Priority),
        reason: None,
        lang: Lang::Fr,
        subject: "Véhicule signalé".parse().unwrap(),
        text: Some("Demande de vérification.".parse().unwrap()),
        data: None,
        attachments: vec![],
        offences: vec!["terrorism".parse().unwrap()],
        particulars: None,
        asking: None,
    }
}
