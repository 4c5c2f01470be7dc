//! One agreement and one record that break no rule, for tests to change.

use passerelle_model::{
    Agreement, Asking, Author, Completeness, Digest, Evaluation, Ground, Handling,
    InformationGrade, Kind, Lang, Markings, Nature, Pap, Particulars, PersonCategory, Record,
    RecordId, SourceGrade, Tlp, Transfer, Urgency, UtcTime,
};

use crate::{OwnSide, ReleaseFacts};

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
        intake: None,
        own: OwnSide::default(),
        content: Digest::new([0; 32]),
        approval: None,
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
        asking: Some(Asking {
            held_because: "immatriculé chez vous".parse().unwrap(),
            link: Some("conducteur habituel".parse().unwrap()),
            urgency_reason: Some("départ annoncé".parse().unwrap()),
            limits: None,
            file: None,
        }),
    }
}

/// The same about one suspect.
pub(crate) fn personal(agreement: &Agreement) -> Record {
    Record {
        particulars: Some(Particulars {
            persons: 1,
            categories: vec![PersonCategory::Suspect],
            nature: Nature::Fact,
            assessor: None,
            as_of: NOW.day(),
            completeness: Completeness::Partial,
            minors: None,
            special: vec![],
            necessity: None,
            transfer: Transfer {
                ground: Ground::Instrument,
                reference: Some("Convention 2014".parse().unwrap()),
                reason: None,
                balance: None,
            },
            origin: None,
        }),
        ..record(agreement)
    }
}
