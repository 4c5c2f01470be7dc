//! Shape, order and what each kind asks for.

use super::*;
use crate::{Handling, InformationGrade, Pap, SourceGrade, Tlp};

pub(crate) fn sample() -> Record {
    Record {
        id: RecordId::from_parts(1_713_211_200_000, [7; 10]),
        channel: "ma-be-security".parse().unwrap(),
        agreement: AgreementHash::new([1; 32]),
        from: "ma.interior".parse().unwrap(),
        author: Author {
            officer: "o-17".parse().unwrap(),
            unit: "liaison".parse().unwrap(),
            function: "officier de liaison".parse().unwrap(),
        },
        kind: Kind::Request,
        time: UtcTime::from_millis(1_713_211_200_000),
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
        review: "2025-04-15".parse().unwrap(),
        erasure: "2029-04-15".parse().unwrap(),
        to: vec!["be.interior/police".parse().unwrap()],
        references: vec![],
        urgency: Some(Urgency::Priority),
        reason: None,
        lang: Lang::Fr,
        subject: "Véhicule signalé".parse().unwrap(),
        text: Some("Demande de vérification.".parse().unwrap()),
        data: None,
        attachments: vec![],
        offences: vec![],
        particulars: None,
        asking: None,
        permission: None,
    }
}

/// Records of before there were permissions read and sign as they did.
#[test]
fn a_permission_adds_a_field_only_where_there_is_one() {
    let mut answer = Record {
        kind: Kind::Answer,
        references: vec![Reference {
            relation: Relation::Answers,
            ..reference()
        }],
        ..sample()
    };
    let plain = answer.to_bytes();
    answer.permission = Some(Permission {
        record: RecordId::from_parts(1, [0; 10]),
        uses: vec![crate::PermittedUse::Court],
        purpose: None,
        parties: vec![],
    });
    let bytes = answer.to_bytes();
    // One more pair at the end of the outer map, and nothing else is different.
    let pairs = |bytes: &[u8]| match bytes[0] {
        0xb8 => (u64::from(bytes[1]), bytes[2..].to_vec()),
        short => (u64::from(short) - 0xa0, bytes[1..].to_vec()),
    };
    let ((before, held), (after, whole)) = (pairs(&plain), pairs(&bytes));
    assert_eq!(after, before + 1);
    assert!(whole.starts_with(&held));
    assert_eq!(Record::from_bytes(&bytes).unwrap(), answer);
    let notice = Record {
        kind: Kind::Notice,
        ..answer
    };
    assert!(notice.check().is_err());
}

#[test]
fn round_trip() {
    let record = sample();
    assert_eq!(Record::from_bytes(&record.to_bytes()).unwrap(), record);
}

#[test]
fn every_altered_byte_is_refused_or_another_record() {
    let bytes = sample().to_bytes();
    for position in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        if let Ok(other) = Record::from_bytes(&altered) {
            assert_ne!(other, sample(), "byte {position}");
        }
    }
}

#[test]
fn each_kind_asks_for_what_it_needs() {
    let bare = Record {
        urgency: None,
        ..sample()
    };
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Notice) {
        let error = Record {
            kind: *kind,
            ..bare.clone()
        }
        .check()
        .unwrap_err();
        assert_eq!(error.code(), "E_DOCUMENT", "{kind}");
    }
    Record {
        kind: Kind::Notice,
        ..bare
    }
    .check()
    .unwrap();
}

#[test]
fn an_event_of_the_group_carries_nothing_of_a_case() {
    let event = |schema: &str| StructuredData {
        schema: schema.parse().unwrap(),
        json: "{}".into(),
    };
    let group = Record {
        kind: Kind::Group,
        urgency: None,
        data: Some(event(GROUP_SCHEMA)),
        ..sample()
    };
    group.check().unwrap();
    assert_eq!(Record::from_bytes(&group.to_bytes()).unwrap(), group);
    let changes: [fn(&mut Record); 6] = [
        |r| r.data = None,
        |r| r.urgency = Some(Urgency::Normal),
        |r| r.reason = Some(RefusalReason::Scope),
        |r| r.offences = vec!["terrorism".parse().unwrap()],
        |r| r.references = vec![reference()],
        |r| {
            r.asking = Some(Asking {
                held_because: "x".parse().unwrap(),
                link: None,
                urgency_reason: None,
                limits: None,
                file: None,
            });
        },
    ];
    for (position, change) in changes.into_iter().enumerate() {
        let mut other = group.clone();
        change(&mut other);
        assert!(other.check().is_err(), "{position}");
    }
    let other = Record {
        data: Some(event("vehicle-check/1")),
        ..group
    };
    assert!(other.check().is_err());
}

#[test]
fn only_its_own_records_are_recalled() {
    let reference = |party: &str| Reference {
        relation: Relation::Recalls,
        party: party.parse().unwrap(),
        record: RecordId::from_parts(1, [0; 10]),
    };
    let recall = |party| Record {
        kind: Kind::Recall,
        references: vec![reference(party)],
        ..sample()
    };
    recall("ma.interior").check().unwrap();
    assert!(recall("be.interior").check().is_err());
}

#[test]
fn order_counts_and_data_are_checked() {
    let to = |units: &[&str]| units.iter().map(|unit| unit.parse().unwrap()).collect();
    let unsorted = Record {
        to: to(&["be.interior/b", "be.interior/a"]),
        ..sample()
    };
    assert!(unsorted.check().is_err());
    let twice = Record {
        to: to(&["be.interior/a", "be.interior/a"]),
        ..sample()
    };
    assert!(twice.check().is_err());
    let data = |json: &str| Record {
        data: Some(StructuredData {
            schema: "x".parse().unwrap(),
            json: json.into(),
        }),
        ..sample()
    };
    data(r#"{"plate":"[["}"#).check().unwrap();
    assert!(data("{").check().is_err());
    assert!(
        data(&format!("{}{}", "[".repeat(33), "]".repeat(33)))
            .check()
            .is_err()
    );
    assert!(
        data(&format!("\"{}\"", "x".repeat(300_000)))
            .check()
            .is_err()
    );
    let many = Record {
        references: vec![reference(); MAX_REFERENCES + 1],
        ..sample()
    };
    assert!(many.check().is_err());
}

fn reference() -> Reference {
    Reference {
        relation: Relation::Relates,
        party: "be.interior".parse().unwrap(),
        record: RecordId::from_parts(1, [0; 10]),
    }
}

#[test]
fn parties_are_listed_once() {
    let to = ["be.interior/a", "be.interior/b", "nl.politie/c"];
    let record = Record {
        to: to.map(|unit| unit.parse().unwrap()).into(),
        ..sample()
    };
    let parties: Vec<_> = record.recipient_parties().map(PartyId::as_str).collect();
    assert_eq!(parties, ["be.interior", "nl.politie"]);
}

#[test]
fn no_key_in_debug_or_json() {
    let file = Attachment {
        name: "a.pdf".parse().unwrap(),
        media_type: "application/pdf".parse().unwrap(),
        bytes: 3,
        sha256: Digest::new([1; 32]),
        sealed: Digest::new([2; 32]),
        key: AttachmentKey::new([0xab; 32]),
    };
    assert!(!format!("{file:?}").contains("171"));
    assert!(!serde_json::to_string(&file).unwrap().contains("key"));
}
