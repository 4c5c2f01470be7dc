//! Records that were released although no rule allows it, envelopes that say one thing and
//! hold another, and records that were meant for somebody else.

use minicbor::{Decoder, Encoder};
use passerelle_envelope::{Header, VerifiedCard, sign_card};
use passerelle_exchange::message::Bundles;
use passerelle_model::{
    Agreement, AttachmentKey, Digest, Handling, Kind, Lang, Record, RecordId, Reference, Relation,
    StructuredData, UtcTime,
};
use passerelle_simulation::mallory::{
    Msg, RECORD, SECURITY, SIDE, Stage, THIRD, cose_named, facts, keyring, signed_by,
};

use super::Expect::Refused;
use super::{AGREEMENTS, Play, Soon, Trick, batch};

pub(super) fn tricks() -> Vec<Trick> {
    [by_rule(), by_envelope(), in_time()].into_iter().flatten().collect()
}

fn by_rule() -> Vec<Trick> {
    let row = |name, does, code, change: fn(&mut Record)| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Record(change),
    };
    vec![
        row("unknown-purpose", "invents a purpose", "E_PURPOSE", |r| r.purpose = word("curiosity")),
        row("unknown-basis", "invents a law", "E_BASIS", |r| r.basis = word("kingdom-come")),
        row("unknown-class", "invents a class", "E_DATA_CLASS", |r| r.class = word("gossip")),
        row("offence-out-of-scope", "asks about parking", "E_SCOPE", |r| {
            r.offences = vec![word("parking")];
        }),
        row("unit-that-may-not", "writes to the node itself", "E_RECIPIENT", |r| {
            r.to = vec!["be.interior/node".parse().unwrap()];
        }),
        row("own-unit-as-recipient", "writes to itself too", "E_RECIPIENT", |r| {
            r.to.push("ma.interior/liaison".parse().unwrap());
        }),
        row("unknown-caveat", "invents a restriction", "E_CAVEAT", |r| {
            r.markings.caveats = vec![word("eyes-only")];
        }),
        row("restriction-left-out", "marks H3 and says nothing", "E_CAVEAT", |r| {
            r.markings.handling = Handling::H3;
        }),
        row("review-too-late", "lets nobody look for years", "E_RETENTION", |r| {
            r.review = r.time.day().plus_days(2_000);
        }),
        row("erasure-never", "keeps for a century", "E_RETENTION", |r| {
            r.erasure = r.time.day().plus_days(36_500);
        }),
        row("erasure-due", "sends what is due for erasure", "E_RETENTION", |r| {
            r.erasure = r.time.day();
        }),
        row("language-not-agreed", "writes English", "E_LANGUAGE", |r| r.lang = Lang::En),
        row("request-without-question", "asks nothing", "E_REQUEST_INCOMPLETE", |r| {
            (r.kind, r.urgency) = (Kind::Request, Some(passerelle_model::Urgency::Urgent));
            r.text = None;
        }),
        row("attachment-over-quota", "attaches five megabytes", "E_ATTACHMENT_SIZE", |r| {
            r.attachments = vec![file(1, 5_000_000)];
        }),
        row("attachment-of-17-gib", "attaches more than anything takes", "E_DOCUMENT", |r| {
            r.attachments = vec![file(1, 17 << 30)];
        }),
        row("too-many-attachments", "attaches 257 files", "E_DOCUMENT", |r| {
            r.attachments = (0..257_u64).map(|n| file(n as u8, n)).collect();
        }),
        row("too-many-references", "names 65 records", "E_DOCUMENT", |r| {
            let one = refer(Relation::Relates, "ma.interior", 1);
            r.references = vec![one; 65];
        }),
        row("data-too-deep", "nests JSON 40 deep", "E_TEXT", |r| {
            let json = format!("{}{}", "[".repeat(40), "]".repeat(40));
            r.data = Some(StructuredData { schema: "x/1".parse().unwrap(), json });
        }),
        row("data-not-json", "calls it JSON", "E_TEXT", |r| {
            r.data = Some(StructuredData { schema: "x/1".parse().unwrap(), json: "{".into() });
        }),
        row("agreement-unknown", "names a text nobody has", "E_AGREEMENT_UNKNOWN", |r| {
            r.agreement = passerelle_model::AgreementHash::new([7; 32]);
        }),
        row("record-from-the-future", "dates it two hours ahead", "E_CLOCK", |r| {
            r.time = r.time.plus_millis(2 * 3_600_000);
        }),
        row("record-at-the-end-of-time", "dates it when numbers end", "E_MALFORMED", |r| {
            r.time = UtcTime::from_millis(i64::MAX as u64);
        }),
        row("record-before-the-agreement", "dates it 1970", "E_AGREEMENT_NOT_IN_FORCE", |r| {
            r.time = UtcTime::from_millis(0);
        }),
        row("recall-of-an-unknown-record", "takes back what it never sent", "E_REFERENCE", |r| {
            about(r, Kind::Recall, refer(Relation::Recalls, "ma.interior", 9));
        }),
        row("recall-of-itself", "takes back the recall", "E_REFERENCE", |r| {
            let own = Reference { relation: Relation::Recalls, party: r.from.clone(), record: r.id };
            about(r, Kind::Recall, own);
        }),
        row("recall-of-a-third-partys-record", "takes back what others sent", "E_DOCUMENT", |r| {
            about(r, Kind::Recall, refer(Relation::Recalls, THIRD, 1));
        }),
        row("recall-of-our-record", "takes back what we sent", "E_DOCUMENT", |r| {
            about(r, Kind::Recall, refer(Relation::Recalls, "be.interior", 1));
        }),
        row("correction-of-an-unknown-record", "corrects nothing", "E_REFERENCE", |r| {
            about(r, Kind::Correction, refer(Relation::Corrects, "ma.interior", 9));
        }),
    ]
}

fn by_envelope() -> Vec<Trick> {
    let steps = |name, does, code, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Steps(play),
    };
    vec![
        steps("envelope-of-another-channel", "moves a record between agreements", "E_FORWARDED", |s| {
            envelope(s, |s| {
                let record = s.record(SIDE).unwrap();
                s.seal(&record).unwrap()
            })
        }),
        steps("header-of-another-channel", "readdresses a record", "E_FORWARDED", |s| {
            envelope(s, |s| {
                let record = s.record(SIDE).unwrap();
                let mut header = Header::of_record(&record);
                header.channel = SECURITY.parse().unwrap();
                let content = s.mallory.signed(&record);
                s.seal_as(&header, &content).unwrap()
            })
        }),
        steps("header-of-another-agreement", "hides which text applies", "E_FORWARDED", |s| {
            envelope(s, |s| {
                headed(s, |header| header.agreement = passerelle_model::AgreementHash::new([1; 32]))
            })
        }),
        steps("header-with-more-recipients", "adds a reader that was not signed", "E_FORWARDED", |s| {
            envelope(s, |s| {
                headed(s, |header| header.to.push("nl.politie/liaison".parse().unwrap()))
            })
        }),
        steps("header-announces-statements", "calls a record statements", "E_MALFORMED", |s| {
            envelope(s, |s| headed(s, |header| header.what = passerelle_envelope::What::Statements))
        }),
        steps("sender-is-the-third-party", "passes a letter on as its own", "E_FORWARDED", |s| {
            envelope(s, |s| {
                let content = third_record(s);
                let mut record = s.record(SECURITY).unwrap();
                record.from = THIRD.parse().unwrap();
                s.seal_as(&Header::of_record(&record), &content).unwrap()
            })
        }),
        steps("resealed-third-partys-record", "seals a third party's words to us", "E_UNKNOWN_KEY", |s| {
            envelope(s, |s| {
                let content = third_record(s);
                let record = s.record(SECURITY).unwrap();
                s.seal_as(&Header::of_record(&record), &content).unwrap()
            })
        }),
        steps("signed-by-the-third-party", "has another key sign its record", "E_UNKNOWN_KEY", |s| {
            envelope(s, |s| {
                let record = s.record(SECURITY).unwrap();
                let content = s.third.signed(&record);
                s.seal_as(&Header::of_record(&record), &content).unwrap()
            })
        }),
        steps("signed-in-the-third-partys-name", "signs for somebody else", "E_SIGNATURE", |s| {
            envelope(s, |s| {
                let honest = s.record(SECURITY).unwrap();
                let record = Record { from: THIRD.parse().unwrap(), ..honest.clone() };
                let content = s.mallory.signed(&record);
                s.seal_as(&Header::of_record(&honest), &content).unwrap()
            })
        }),
        steps("signature-by-a-named-key", "names its key, signs with another", "E_SIGNATURE", |s| {
            envelope(s, |s| {
                let record = s.record(SECURITY).unwrap();
                let named = s.mallory.keyring.record().key_id();
                let content = cose_named(RECORD, &[5; 32], named, &record.to_bytes());
                s.seal_as(&Header::of_record(&record), &content).unwrap()
            })
        }),
        steps("record-not-signed", "seals the bare record", "E_MALFORMED", |s| {
            envelope(s, |s| {
                let record = s.record(SECURITY).unwrap();
                s.seal_as(&Header::of_record(&record), &record.to_bytes()).unwrap()
            })
        }),
        steps("record-with-a-trailing-byte", "signs a record and one byte", "E_NOT_CANONICAL", |s| {
            envelope(s, |s| {
                let record = s.record(SECURITY).unwrap();
                let mut bytes = record.to_bytes();
                bytes.push(0);
                let content =
                    passerelle_simulation::mallory::cose(RECORD, &s.mallory.record_seed, &bytes);
                s.seal_as(&Header::of_record(&record), &content).unwrap()
            })
        }),
        steps("not-for-us", "hands over the third party's post", "E_NOT_FOR_US", |s| {
            envelope(s, |s| {
                let mut record = s.record(SECURITY).unwrap();
                record.to = vec!["nl.politie/liaison".parse().unwrap()];
                s.seal(&record).unwrap()
            })
        }),
        steps("unit-we-do-not-have", "writes to a unit it made up", "E_UNKNOWN_KEY", |s| {
            envelope(s, |s| {
                let card = fake_card(s, &["police"]);
                let mut record = s.record(SECURITY).unwrap();
                record.to = vec!["be.interior/police".parse().unwrap()];
                let content = s.mallory.signed(&record);
                s.mallory.sealed(&Header::of_record(&record), &content, &[&card]).unwrap()
            })
        }),
        steps("wrapped-for-another-key", "seals to a key that is not ours", "E_UNKNOWN_KEY", |s| {
            envelope(s, |s| {
                let card = fake_card(s, &["liaison"]);
                let record = s.record(SECURITY).unwrap();
                let content = s.mallory.signed(&record);
                s.mallory.sealed(&Header::of_record(&record), &content, &[&card]).unwrap()
            })
        }),
        steps("wrap-altered", "breaks the wrapped key", "E_OPEN", |s| {
            envelope(s, |s| reshaped(s, |_, wraps, _| *wraps.last_mut().unwrap() ^= 1))
        }),
        steps("content-altered", "breaks the sealed content", "E_OPEN", |s| {
            envelope(s, |s| reshaped(s, |_, _, sealed| sealed[10] ^= 1))
        }),
        steps("content-empty", "seals nothing", "E_OPEN", |s| {
            envelope(s, |s| reshaped(s, |_, _, sealed| sealed.clear()))
        }),
        steps("suite-unknown", "uses a suite of the future", "E_SUITE", |s| {
            envelope(s, |s| reshaped(s, |header, _, _| header[2] = 2))
        }),
        steps("too-many-recipients", "writes to 65 units", "E_TOO_LARGE", |s| {
            envelope(s, |s| reshaped(s, |header, _, _| *header = crowd(65)))
        }),
        steps("recipients-out-of-order", "names one unit twice", "E_MALFORMED", |s| {
            envelope(s, |s| reshaped(s, |header, _, _| *header = crowd_of(&["node", "node"])))
        }),
        steps("wraps-missing", "names two readers, wraps for one", "E_MALFORMED", |s| {
            envelope(s, |s| reshaped(s, |header, _, _| *header = crowd(2)))
        }),
        steps("envelope-with-a-trailing-byte", "adds a byte", "E_NOT_CANONICAL", |s| {
            envelope(s, |s| {
                let record = s.record(SECURITY).unwrap();
                let mut bytes = s.seal(&record).unwrap();
                bytes.push(0);
                bytes
            })
        }),
        steps("envelope-of-garbage", "commits to noise", "E_MALFORMED", |s| {
            envelope(s, |_| b"garbage".to_vec())
        }),
        steps("envelope-empty", "commits to nothing", "E_MALFORMED", |s| envelope(s, |_| vec![])),
        steps("envelope-too-large", "commits to three megabytes", "E_TOO_LARGE", |s| {
            envelope(s, |_| vec![0; 3 << 20])
        }),
    ]
}

fn in_time() -> Vec<Trick> {
    let row = |name, does, code, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Steps(play),
    };
    vec![
        row("same-record-twice-in-a-batch", "doubles a record", "E_DUPLICATE", |stage| {
            Box::pin(async {
                let record = stage.record(SECURITY).unwrap();
                stage.write(&record).unwrap();
                stage.write(&Record { text: None, ..record }).unwrap();
                batch(stage)
            })
        }),
        row("same-record-later", "sends a record again", "E_DUPLICATE", |stage| {
            Box::pin(async {
                let record = stage.honest_record(SECURITY).await.unwrap();
                stage.write(&record).unwrap();
                batch(stage)
            })
        }),
        row("same-record-in-another-channel", "sends a record twice", "E_DUPLICATE", |stage| {
            Box::pin(async {
                let record = stage.honest_record(SIDE).await.unwrap();
                let again = Record { id: record.id, ..stage.record(SECURITY).unwrap() };
                stage.write(&again).unwrap();
                batch(stage)
            })
        }),
        row("recalled-record-again", "revives what it took back", "E_DUPLICATE", |stage| {
            Box::pin(async {
                let record = stage.honest_record(SECURITY).await.unwrap();
                recall(stage, SECURITY, record.id).await;
                let lines = stage.node.inbox(None, 50).await.unwrap();
                assert!(lines.iter().any(|line| line.record == record.id && line.erased));
                stage.write(&record).unwrap();
                batch(stage)
            })
        }),
        row("recall-across-channels", "takes back under another agreement", "E_REFERENCE", |stage| {
            Box::pin(async {
                let record = stage.honest_record(SIDE).await.unwrap();
                let mut recall = stage.record(SECURITY).unwrap();
                let party = recall.from.clone();
                let reference = Reference { relation: Relation::Recalls, party, record: record.id };
                about(&mut recall, Kind::Recall, reference);
                stage.write(&recall).unwrap();
                batch(stage)
            })
        }),
        row("recall-of-a-refused-record", "takes back what was not taken", "E_REFERENCE", |stage| {
            Box::pin(async {
                let refused = Record { lang: Lang::En, ..stage.record(SECURITY).unwrap() };
                stage.write(&refused).unwrap();
                stage.hand_over(SECURITY).await.unwrap();
                let mut recall = stage.record(SECURITY).unwrap();
                let party = recall.from.clone();
                let reference = Reference { relation: Relation::Recalls, party, record: refused.id };
                about(&mut recall, Kind::Recall, reference);
                stage.write(&recall).unwrap();
                batch(stage)
            })
        }),
        row("quota-used-up", "sends more in a day than was agreed", "E_QUOTA", |stage| {
            Box::pin(async {
                // The scene began with one record; eight a day are agreed.
                for _ in 0..7 {
                    stage.honest_record(SECURITY).await.unwrap();
                }
                let record = stage.record(SECURITY).unwrap();
                stage.write(&record).unwrap();
                batch(stage)
            })
        }),
        row("agreement-only-it-signed", "writes its own law", "E_AGREEMENT_UNSIGNED", |stage| {
            Box::pin(async {
                let next = revision(stage, |text| text.replace("\"fr\", \"nl\"", "\"fr\", \"en\""));
                let bundles = signed_by(&next, &[&stage.mallory], now(stage)).unwrap();
                give(stage, &bundles).await;
                let record = stage.record(SECURITY).unwrap();
                stage.write(&Record { agreement: next.hash(), ..record }).unwrap();
                batch(stage)
            })
        }),
        row("agreement-that-was-replaced", "stays under the old, laxer text", "E_AGREEMENT_OTHER", |stage| {
            Box::pin(async {
                let next = revision(stage, |text| text.replace("\"fr\", \"nl\"", "\"fr\""));
                stage.node.import_agreement(next.text()).await.unwrap();
                stage.node.sign_agreement(&next.hash()).await.unwrap();
                let both = [&stage.mallory, &stage.third];
                let bundles = signed_by(&next, &both, now(stage)).unwrap();
                give(stage, &bundles).await;
                stage.clock.forward(3);
                let record = stage.record(SECURITY).unwrap();
                stage.agreements.insert(SECURITY.parse().unwrap(), next);
                stage.write(&Record { lang: Lang::Nl, ..record }).unwrap();
                batch(stage)
            })
        }),
        row("agreement-that-ended", "goes on after the end", "E_AGREEMENT_NOT_IN_FORCE", |stage| {
            Box::pin(async {
                let next = revision(stage, |text| {
                    let at = text.find("in_force_until = \"").unwrap() + 18;
                    format!("{}2024-05-01{}", &text[..at], &text[at + 10..])
                });
                stage.node.import_agreement(next.text()).await.unwrap();
                stage.node.sign_agreement(&next.hash()).await.unwrap();
                let both = [&stage.mallory, &stage.third];
                give(stage, &signed_by(&next, &both, now(stage)).unwrap()).await;
                stage.clock.forward(60);
                let record = stage.record(SECURITY).unwrap();
                stage.write(&Record { agreement: next.hash(), ..record }).unwrap();
                batch(stage)
            })
        }),
    ]
}

/// An envelope in an otherwise perfect batch.
fn envelope(stage: &mut Stage, make: fn(&mut Stage) -> Vec<u8>) -> Soon<'_, Msg> {
    Box::pin(async move {
        let envelope = make(stage);
        stage.mallory.write(&SECURITY.parse().unwrap(), envelope).unwrap();
        batch(stage)
    })
}

fn headed(stage: &mut Stage, change: fn(&mut Header)) -> Vec<u8> {
    let record = stage.record(SECURITY).unwrap();
    let mut header = Header::of_record(&record);
    change(&mut header);
    let content = stage.mallory.signed(&record);
    stage.seal_as(&header, &content).unwrap()
}

/// An honest envelope taken apart and put together again: header, wraps, sealed content.
fn reshaped(stage: &mut Stage, change: fn(&mut Vec<u8>, &mut Vec<u8>, &mut Vec<u8>)) -> Vec<u8> {
    let record = stage.record(SECURITY).unwrap();
    let whole = stage.seal(&record).unwrap();
    let mut decoder = Decoder::new(&whole);
    assert_eq!(decoder.array().unwrap(), Some(3));
    let mut header = decoder.bytes().unwrap().to_vec();
    let start = decoder.position();
    decoder.skip().unwrap();
    let mut wraps = whole[start..decoder.position()].to_vec();
    let mut sealed = decoder.bytes().unwrap().to_vec();
    change(&mut header, &mut wraps, &mut sealed);
    let mut encoder = Encoder::new(Vec::new());
    encoder.array(3).unwrap().bytes(&header).unwrap();
    let mut out = encoder.into_writer();
    out.extend(wraps);
    let mut encoder = Encoder::new(out);
    encoder.bytes(&sealed).unwrap();
    encoder.into_writer()
}

fn crowd(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|n| format!("u{n:03}")).collect();
    crowd_of(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A header to these units of ours.
fn crowd_of(units: &[&str]) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    e.map(6).unwrap().u8(0).unwrap().u8(1).unwrap();
    e.u8(1).unwrap().str(SECURITY).unwrap();
    e.u8(2).unwrap().bytes(&[1; 32]).unwrap();
    e.u8(3).unwrap().str("ma.interior").unwrap();
    e.u8(4).unwrap().u8(0).unwrap();
    e.u8(5).unwrap().array(units.len() as u64).unwrap();
    for unit in units {
        e.array(2).unwrap().str("be.interior").unwrap().str(unit).unwrap();
    }
    e.into_writer()
}

/// A card that names us and was made by somebody else.
fn fake_card(stage: &Stage, units: &[&str]) -> VerifiedCard {
    let mut ring = keyring(31).unwrap();
    let mut facts = facts(stage.node.party(), now(stage)).unwrap();
    let name = facts.names.clone();
    let mut rng = passerelle_envelope::testing::SeededRng::new(32);
    for unit in units {
        let unit: passerelle_model::UnitId = unit.parse().unwrap();
        facts.units.insert(unit.clone(), name.clone());
        let _ = ring.add_unit(unit, &mut rng);
    }
    sign_card(&ring.card(facts).unwrap(), ring.root()).unwrap()
}

/// What the third party signed for Mallory's eyes.
fn third_record(stage: &mut Stage) -> Vec<u8> {
    let honest = stage.record(SECURITY).unwrap();
    let from = THIRD.parse().unwrap();
    let to = vec!["ma.interior/liaison".parse().unwrap()];
    let record = Record { from, to, ..honest };
    stage.third.signed(&record)
}

async fn recall(stage: &mut Stage, channel: &str, record: RecordId) {
    let mut recall = stage.record(channel).unwrap();
    let party = recall.from.clone();
    about(&mut recall, Kind::Recall, Reference { relation: Relation::Recalls, party, record });
    stage.write(&recall).unwrap();
    stage.hand_over(channel).await.unwrap();
}

/// The next revision of the channel's text.
fn revision(stage: &Stage, change: fn(&str) -> String) -> Agreement {
    let held = &stage.agreements[&SECURITY.parse().unwrap()];
    let next = format!("revision = 2\nreplaces = \"{}\"", held.hash());
    Agreement::parse(&change(&held.text().replace("revision = 1", &next))).unwrap()
}

async fn give(stage: &Stage, bundles: &Bundles) {
    stage.must(&stage.mallory.party, &Msg::new(AGREEMENTS, bundles)).await;
}

fn now(stage: &Stage) -> UtcTime {
    passerelle_service::Clock::now(&*stage.clock)
}

fn word(text: &str) -> passerelle_model::Code {
    text.parse().unwrap()
}

fn refer(relation: Relation, party: &str, number: u8) -> Reference {
    let record = RecordId::from_parts(1, [number; 10]);
    Reference { relation, party: party.parse().unwrap(), record }
}

fn about(record: &mut Record, kind: Kind, reference: Reference) {
    (record.kind, record.references) = (kind, vec![reference]);
}

fn file(number: u8, bytes: u64) -> passerelle_model::Attachment {
    passerelle_model::Attachment {
        name: "f.bin".parse().unwrap(),
        media_type: "application/pdf".parse().unwrap(),
        bytes,
        sha256: Digest::new([number; 32]),
        sealed: Digest::new([number; 32]),
        key: AttachmentKey::new([1; 32]),
    }
}
