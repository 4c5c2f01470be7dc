//! Envelopes that say one thing and hold another, and records that were meant for somebody
//! else.

use minicbor::{Decoder, Encoder};
use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{Header, VerifiedCard, What, sign_card};
use passerelle_model::{AgreementHash, Record, UnitId};
use passerelle_simulation::mallory::{
    Msg, RECORD, SECURITY, SIDE, Stage, THIRD, cose, cose_named, facts, keyring,
};

use super::Expect::{Refused, Turned};
use super::{Play, Soon, Trick, batch, now};

pub(super) fn tricks() -> Vec<Trick> {
    let steps = |name, does, code, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Steps(play),
    };
    vec![
        steps(
            "envelope-of-another-channel",
            "moves a record between agreements",
            "E_FORWARDED",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SIDE).unwrap();
                    s.seal(&record).unwrap()
                })
            },
        ),
        steps(
            "header-of-another-channel",
            "readdresses a record",
            "E_FORWARDED",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SIDE).unwrap();
                    let mut header = Header::of_record(&record);
                    header.channel = SECURITY.parse().unwrap();
                    let content = s.mallory.signed(&record);
                    s.seal_as(&header, &content).unwrap()
                })
            },
        ),
        steps(
            "header-of-another-agreement",
            "hides which text applies",
            "E_FORWARDED",
            |s| {
                envelope(s, |s| {
                    headed(s, |header| header.agreement = AgreementHash::new([1; 32]))
                })
            },
        ),
        steps(
            "header-with-more-recipients",
            "adds a reader that was not signed",
            "E_FORWARDED",
            |s| {
                envelope(s, |s| {
                    headed(s, |header| {
                        header.to.push("nl.politie/liaison".parse().unwrap())
                    })
                })
            },
        ),
        Trick {
            name: "header-announces-statements",
            does: "calls a record statements",
            expect: Turned("E_MALFORMED"),
            play: Play::Steps(|s| {
                envelope(s, |s| headed(s, |header| header.what = What::Statements))
            }),
        },
        steps(
            "sender-is-the-third-party",
            "passes a letter on as its own",
            "E_FORWARDED",
            |s| {
                envelope(s, |s| {
                    let content = third_record(s);
                    let mut record = s.record(SECURITY).unwrap();
                    record.from = THIRD.parse().unwrap();
                    s.seal_as(&Header::of_record(&record), &content).unwrap()
                })
            },
        ),
        steps(
            "resealed-third-partys-record",
            "seals a third party's words to us",
            "E_UNKNOWN_KEY",
            |s| {
                envelope(s, |s| {
                    let content = third_record(s);
                    let record = s.record(SECURITY).unwrap();
                    s.seal_as(&Header::of_record(&record), &content).unwrap()
                })
            },
        ),
        steps(
            "signed-by-the-third-party",
            "has another key sign its record",
            "E_UNKNOWN_KEY",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SECURITY).unwrap();
                    let content = s.third.signed(&record);
                    s.seal_as(&Header::of_record(&record), &content).unwrap()
                })
            },
        ),
        steps(
            "signed-in-the-third-partys-name",
            "signs for somebody else",
            "E_SIGNATURE",
            |s| {
                envelope(s, |s| {
                    let honest = s.record(SECURITY).unwrap();
                    let record = Record {
                        from: THIRD.parse().unwrap(),
                        ..honest.clone()
                    };
                    let content = s.mallory.signed(&record);
                    s.seal_as(&Header::of_record(&honest), &content).unwrap()
                })
            },
        ),
        steps(
            "signature-by-a-named-key",
            "names its key, signs with another",
            "E_SIGNATURE",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SECURITY).unwrap();
                    let named = s.mallory.keyring.record().key_id();
                    let content = cose_named(RECORD, &[5; 32], named, &record.to_bytes());
                    s.seal_as(&Header::of_record(&record), &content).unwrap()
                })
            },
        ),
        steps(
            "record-not-signed",
            "seals the bare record",
            "E_MALFORMED",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SECURITY).unwrap();
                    s.seal_as(&Header::of_record(&record), &record.to_bytes())
                        .unwrap()
                })
            },
        ),
        steps(
            "record-with-a-trailing-byte",
            "signs a record and one byte",
            "E_NOT_CANONICAL",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SECURITY).unwrap();
                    let mut bytes = record.to_bytes();
                    bytes.push(0);
                    let content = cose(RECORD, &s.mallory.record_seed, &bytes);
                    s.seal_as(&Header::of_record(&record), &content).unwrap()
                })
            },
        ),
        steps(
            "not-for-us",
            "hands over the third party's post",
            "E_NOT_FOR_US",
            |s| {
                envelope(s, |s| {
                    let mut record = s.record(SECURITY).unwrap();
                    record.to = vec!["nl.politie/liaison".parse().unwrap()];
                    s.seal(&record).unwrap()
                })
            },
        ),
        steps(
            "unit-we-do-not-have",
            "writes to a unit it made up",
            "E_UNKNOWN_KEY",
            |s| {
                envelope(s, |s| {
                    let card = fake_card(s, &["police"]);
                    let mut record = s.record(SECURITY).unwrap();
                    record.to = vec!["be.interior/police".parse().unwrap()];
                    let content = s.mallory.signed(&record);
                    s.mallory
                        .sealed(&Header::of_record(&record), &content, &[&card])
                        .unwrap()
                })
            },
        ),
        steps(
            "wrapped-for-another-key",
            "seals to a key that is not ours",
            "E_UNKNOWN_KEY",
            |s| {
                envelope(s, |s| {
                    let card = fake_card(s, &["liaison"]);
                    let record = s.record(SECURITY).unwrap();
                    let content = s.mallory.signed(&record);
                    s.mallory
                        .sealed(&Header::of_record(&record), &content, &[&card])
                        .unwrap()
                })
            },
        ),
        steps("wrap-altered", "breaks the wrapped key", "E_OPEN", |s| {
            envelope(s, |s| {
                reshaped(s, |_, wraps, _| *wraps.last_mut().unwrap() ^= 1)
            })
        }),
        steps(
            "content-altered",
            "breaks the sealed content",
            "E_OPEN",
            |s| envelope(s, |s| reshaped(s, |_, _, sealed| sealed[10] ^= 1)),
        ),
        steps("content-empty", "seals nothing", "E_OPEN", |s| {
            envelope(s, |s| reshaped(s, |_, _, sealed| sealed.clear()))
        }),
        steps(
            "suite-unknown",
            "uses a suite of the future",
            "E_SUITE",
            |s| envelope(s, |s| reshaped(s, |header, _, _| header[2] = 2)),
        ),
        steps(
            "too-many-recipients",
            "writes to 65 units",
            "E_TOO_LARGE",
            |s| envelope(s, |s| reshaped(s, |header, _, _| *header = crowd(65))),
        ),
        steps(
            "recipients-out-of-order",
            "names one unit twice",
            "E_MALFORMED",
            |s| {
                envelope(s, |s| {
                    reshaped(s, |header, _, _| *header = crowd_of(&["node", "node"]))
                })
            },
        ),
        steps(
            "wraps-missing",
            "names two readers, wraps for one",
            "E_MALFORMED",
            |s| envelope(s, |s| reshaped(s, |header, _, _| *header = crowd(2))),
        ),
        steps(
            "envelope-with-a-trailing-byte",
            "adds a byte",
            "E_NOT_CANONICAL",
            |s| {
                envelope(s, |s| {
                    let record = s.record(SECURITY).unwrap();
                    let mut bytes = s.seal(&record).unwrap();
                    bytes.push(0);
                    bytes
                })
            },
        ),
        steps(
            "envelope-of-garbage",
            "commits to noise",
            "E_MALFORMED",
            |s| envelope(s, |_| b"garbage".to_vec()),
        ),
        steps("envelope-empty", "commits to nothing", "E_MALFORMED", |s| {
            envelope(s, |_| vec![])
        }),
        steps(
            "envelope-too-large",
            "commits to three megabytes",
            "E_TOO_LARGE",
            |s| envelope(s, |_| vec![0; 3 << 20]),
        ),
    ]
}

/// An envelope in an otherwise perfect batch.
fn envelope(stage: &mut Stage, make: fn(&mut Stage) -> Vec<u8>) -> Soon<'_, Msg> {
    Box::pin(async move {
        let envelope = make(stage);
        stage
            .mallory
            .write(&SECURITY.parse().unwrap(), envelope)
            .unwrap();
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
        e.array(2)
            .unwrap()
            .str("be.interior")
            .unwrap()
            .str(unit)
            .unwrap();
    }
    e.into_writer()
}

/// A card that names us and was made by somebody else.
fn fake_card(stage: &Stage, units: &[&str]) -> VerifiedCard {
    let mut ring = keyring(31).unwrap();
    let mut facts = facts(stage.node.party(), now(stage)).unwrap();
    let name = facts.names.clone();
    let mut rng = SeededRng::new(32);
    for unit in units {
        let unit: UnitId = unit.parse().unwrap();
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
