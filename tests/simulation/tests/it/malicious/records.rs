//! Records that were released although no rule allows it.

use passerelle_model::{
    Attachment, AttachmentKey, Code, Digest, Handling, Kind, Lang, Record, RecordId, Reference,
    Relation, StructuredData, UtcTime,
};
use passerelle_simulation::mallory::THIRD;

use super::Expect::Refused;
use super::{Play, Trick};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, change: fn(&mut Record)| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Record(change),
    };
    vec![
        row("unknown-purpose", "invents a purpose", "E_PURPOSE", |r| {
            r.purpose = word("curiosity")
        }),
        row("unknown-basis", "invents a law", "E_BASIS", |r| {
            r.basis = word("kingdom-come")
        }),
        row("unknown-class", "invents a class", "E_DATA_CLASS", |r| {
            r.class = word("gossip")
        }),
        row(
            "offence-out-of-scope",
            "asks about parking",
            "E_SCOPE",
            |r| {
                r.offences = vec![word("parking")];
            },
        ),
        row(
            "unit-that-may-not",
            "writes to the node itself",
            "E_RECIPIENT",
            |r| {
                r.to = vec!["be.interior/node".parse().unwrap()];
            },
        ),
        row(
            "own-unit-as-recipient",
            "writes to itself too",
            "E_RECIPIENT",
            |r| {
                r.to.push("ma.interior/liaison".parse().unwrap());
            },
        ),
        row("unknown-caveat", "invents a restriction", "E_CAVEAT", |r| {
            r.markings.caveats = vec![word("eyes-only")];
        }),
        row(
            "restriction-left-out",
            "marks H3 and says nothing",
            "E_CAVEAT",
            |r| {
                r.markings.handling = Handling::H3;
            },
        ),
        row(
            "review-too-late",
            "lets nobody look for years",
            "E_RETENTION",
            |r| {
                r.review = r.time.day().plus_days(2_000);
            },
        ),
        row("erasure-never", "keeps for a century", "E_RETENTION", |r| {
            r.erasure = r.time.day().plus_days(36_500);
        }),
        row(
            "erasure-due",
            "sends what is due for erasure",
            "E_RETENTION",
            |r| {
                r.erasure = r.time.day();
            },
        ),
        row("language-not-agreed", "writes English", "E_LANGUAGE", |r| {
            r.lang = Lang::En
        }),
        row(
            "request-without-question",
            "asks nothing",
            "E_REQUEST_INCOMPLETE",
            |r| {
                (r.kind, r.urgency) = (Kind::Request, Some(passerelle_model::Urgency::Urgent));
                r.text = None;
            },
        ),
        row(
            "attachment-over-quota",
            "attaches five megabytes",
            "E_ATTACHMENT_SIZE",
            |r| {
                r.attachments = vec![file(1, 5_000_000)];
            },
        ),
        row(
            "attachment-of-17-gib",
            "attaches more than anything takes",
            "E_DOCUMENT",
            |r| {
                r.attachments = vec![file(1, 17 << 30)];
            },
        ),
        row(
            "too-many-attachments",
            "attaches 257 files",
            "E_DOCUMENT",
            |r| {
                r.attachments = (0..257_u64).map(|n| file(n as u8, n)).collect();
            },
        ),
        row(
            "too-many-references",
            "names 65 records",
            "E_DOCUMENT",
            |r| {
                let one = refer(Relation::Relates, "ma.interior", 1);
                r.references = vec![one; 65];
            },
        ),
        row("data-too-deep", "nests JSON 40 deep", "E_TEXT", |r| {
            let json = format!("{}{}", "[".repeat(40), "]".repeat(40));
            r.data = Some(StructuredData {
                schema: "x/1".parse().unwrap(),
                json,
            });
        }),
        row("data-not-json", "calls it JSON", "E_TEXT", |r| {
            r.data = Some(StructuredData {
                schema: "x/1".parse().unwrap(),
                json: "{".into(),
            });
        }),
        row(
            "agreement-unknown",
            "names a text nobody has",
            "E_AGREEMENT_UNKNOWN",
            |r| {
                r.agreement = passerelle_model::AgreementHash::new([7; 32]);
            },
        ),
        row(
            "record-from-the-future",
            "dates it two hours ahead",
            "E_CLOCK",
            |r| {
                r.time = r.time.plus_millis(2 * 3_600_000);
            },
        ),
        row(
            "record-at-the-end-of-time",
            "dates it when numbers end",
            "E_MALFORMED",
            |r| {
                r.time = UtcTime::from_millis(i64::MAX as u64);
            },
        ),
        row(
            "record-before-the-agreement",
            "dates it 1970",
            "E_AGREEMENT_NOT_IN_FORCE",
            |r| {
                r.time = UtcTime::from_millis(0);
            },
        ),
        row(
            "recall-of-an-unknown-record",
            "takes back what it never sent",
            "E_REFERENCE",
            |r| {
                about(r, Kind::Recall, refer(Relation::Recalls, "ma.interior", 9));
            },
        ),
        row(
            "recall-of-itself",
            "takes back the recall",
            "E_REFERENCE",
            |r| {
                let own = Reference {
                    relation: Relation::Recalls,
                    party: r.from.clone(),
                    record: r.id,
                };
                about(r, Kind::Recall, own);
            },
        ),
        row(
            "recall-of-a-third-partys-record",
            "takes back what others sent",
            "E_DOCUMENT",
            |r| {
                about(r, Kind::Recall, refer(Relation::Recalls, THIRD, 1));
            },
        ),
        row(
            "recall-of-our-record",
            "takes back what we sent",
            "E_DOCUMENT",
            |r| {
                about(r, Kind::Recall, refer(Relation::Recalls, "be.interior", 1));
            },
        ),
        row(
            "correction-of-an-unknown-record",
            "corrects nothing",
            "E_REFERENCE",
            |r| {
                about(
                    r,
                    Kind::Correction,
                    refer(Relation::Corrects, "ma.interior", 9),
                );
            },
        ),
    ]
}

fn word(text: &str) -> Code {
    text.parse().unwrap()
}

fn refer(relation: Relation, party: &str, number: u8) -> Reference {
    let record = RecordId::from_parts(1, [number; 10]);
    Reference {
        relation,
        party: party.parse().unwrap(),
        record,
    }
}

pub(super) fn about(record: &mut Record, kind: Kind, reference: Reference) {
    (record.kind, record.references) = (kind, vec![reference]);
}

fn file(number: u8, bytes: u64) -> Attachment {
    Attachment {
        name: "f.bin".parse().unwrap(),
        media_type: "application/pdf".parse().unwrap(),
        bytes,
        sha256: Digest::new([number; 32]),
        sealed: Digest::new([number; 32]),
        key: AttachmentKey::new([1; 32]),
    }
}
