//! Bytes that are no message, and messages from nowhere.

use passerelle_exchange::message::{Bundles, Fetch, Hello, Message, Wanted};
use passerelle_journal::Hash;
use passerelle_model::UtcTime;
use passerelle_simulation::mallory::{HONEST, Msg, SECURITY, Stage, state};

use super::Expect::{Harmless, Problem};
use super::Play::{Send, Steps};
use super::{AGREEMENTS, CHUNK_GET, ENTRIES, FETCH, HELLO, Trick, WANTED};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, make| Trick {
        name,
        does,
        expect: Problem(code),
        play: Send(make),
    };
    vec![
        row(
            "unknown-path",
            "asks for something that does not exist",
            "E_NOT_FOUND",
            |_| Msg::raw("/x/v1/../store", b"x".to_vec()),
        ),
        row("empty-body", "sends no bytes", "E_MALFORMED", |_| {
            Msg::raw(HELLO, vec![])
        }),
        row("garbage-body", "sends text", "E_MALFORMED", |_| {
            Msg::raw(HELLO, b"GET / HTTP/1.1\r\n\r\n".to_vec())
        }),
        row(
            "oversize-body",
            "sends more than a message may have",
            "E_TOO_LARGE",
            |_| Msg::raw(ENTRIES, vec![0; 8 * 1024 * 1024 + 1]),
        ),
        row(
            "truncated-body",
            "stops in the middle",
            "E_MALFORMED",
            |stage| {
                let mut body = hello(stage).to_bytes();
                body.truncate(body.len() - 5);
                Msg::raw(HELLO, body)
            },
        ),
        row(
            "long-form-integer",
            "writes 1 in two bytes",
            "E_NOT_CANONICAL",
            |stage| {
                altered(stage, |body| {
                    body.splice(2..3, [0x18, 0x01]);
                })
            },
        ),
        row(
            "unsorted-map",
            "swaps two fields",
            "E_NOT_CANONICAL",
            |stage| {
                altered(stage, |body| {
                    let party = body.drain(3..3 + 1 + 1 + 11).collect::<Vec<_>>();
                    body.splice(1..1, party);
                })
            },
        ),
        row(
            "unknown-field",
            "adds a field of its own",
            "E_NOT_CANONICAL",
            |stage| {
                altered(stage, |body| {
                    body[0] += 1;
                    body.extend([0x18, 99, 0x00]);
                })
            },
        ),
        row(
            "doubled-field",
            "says one field twice",
            "E_NOT_CANONICAL",
            |stage| {
                altered(stage, |body| {
                    body[0] += 1;
                    body.splice(1..1, [0x00, 0x01]);
                })
            },
        ),
        row(
            "trailing-byte",
            "adds one byte",
            "E_NOT_CANONICAL",
            |stage| altered(stage, |body| body.push(0)),
        ),
        row(
            "indefinite-map",
            "opens a map without a length",
            "E_NOT_CANONICAL",
            |stage| {
                altered(stage, |body| {
                    body[0] = 0xbf;
                    body.push(0xff);
                })
            },
        ),
        row(
            "depth-bomb",
            "nests arrays ten thousand deep",
            "E_TOO_DEEP",
            |_| Msg::raw(AGREEMENTS, vec![0x81; 10_000]),
        ),
        row(
            "length-bomb",
            "announces 2^62 agreements",
            "E_MALFORMED",
            |_| {
                let mut body = vec![0xa1, 0x00, 0x9b, 0x40];
                body.extend([0; 7]);
                Msg::raw(AGREEMENTS, body)
            },
        ),
        row(
            "hello-of-another-party",
            "says it is somebody else",
            "E_PROTOCOL",
            |stage| {
                Msg::new(
                    HELLO,
                    &Hello {
                        party: HONEST.parse().unwrap(),
                        ..hello(stage)
                    },
                )
            },
        ),
        row(
            "hello-of-another-protocol",
            "speaks version 2",
            "E_PROTOCOL",
            |stage| {
                Msg::new(
                    HELLO,
                    &Hello {
                        protocol: 2,
                        ..hello(stage)
                    },
                )
            },
        ),
        row(
            "hello-of-too-many-channels",
            "names 65 channels",
            "E_TOO_LARGE",
            |stage| {
                let first = hello(stage).channels.remove(0);
                Msg::new(
                    HELLO,
                    &Hello {
                        channels: vec![first; 65],
                        ..hello(stage)
                    },
                )
            },
        ),
        row(
            "hello-that-claims-more",
            "holds more of our journal than there is",
            "E_CLAIM",
            |stage| claim(stage, None),
        ),
        row(
            "hello-with-a-forged-proof",
            "shows its own signature for ours",
            "E_CLAIM",
            |stage| {
                let book = stage.mallory.book(&SECURITY.parse().unwrap()).unwrap();
                let note = book.note(1_000_000, Hash::from_bytes([9; 32])).unwrap();
                claim(stage, Some(note))
            },
        ),
        row(
            "fetch-of-an-unknown-channel",
            "asks for another agreement",
            "E_NOT_FOUND",
            |_| {
                Msg::new(
                    FETCH,
                    &Fetch {
                        channel: "unheard-of".parse().unwrap(),
                        start: 0,
                    },
                )
            },
        ),
        row(
            "wanted-of-an-unknown-channel",
            "asks for another agreement",
            "E_NOT_FOUND",
            |_| {
                Msg::new(
                    WANTED,
                    &Wanted {
                        channel: "unheard-of".parse().unwrap(),
                    },
                )
            },
        ),
        row(
            "answer-as-question",
            "sends an answer where a question belongs",
            "E_MALFORMED",
            |_| Msg::new(CHUNK_GET, &Bundles { bundles: vec![] }),
        ),
        Trick {
            name: "fetch-from-the-end-of-numbers",
            does: "asks for entries from 2^64 - 1",
            expect: Harmless,
            play: Send(|_| {
                Msg::new(
                    FETCH,
                    &Fetch {
                        channel: SECURITY.parse().unwrap(),
                        start: u64::MAX,
                    },
                )
            }),
        },
        row(
            "hello-at-the-end-of-time",
            "has a clock that overflows ours",
            "E_MALFORMED",
            |stage| {
                Msg::new(
                    HELLO,
                    &Hello {
                        time: UtcTime::from_millis(1 << 63),
                        ..hello(stage)
                    },
                )
            },
        ),
        Trick {
            name: "hello-about-others-channels",
            does: "names a channel to learn whether it exists",
            expect: Harmless,
            play: Steps(|stage| {
                Box::pin(async {
                    let mut hello = hello(stage);
                    let empty = (0, Hash::EMPTY);
                    hello.channels = vec![state("unheard-of".parse().unwrap(), empty, empty)];
                    let msg = Msg::new(HELLO, &hello);
                    let body = stage.must(&stage.mallory.party, &msg).await;
                    assert_eq!(Hello::from_bytes(&body).unwrap().channels, []);
                    msg
                })
            }),
        },
    ]
}

fn hello(stage: &mut Stage) -> Hello {
    stage.hello(SECURITY).unwrap()
}

/// A hello whose bytes are changed: `a5 00 01 01 6b "ma.interior" …`.
fn altered(stage: &mut Stage, change: fn(&mut Vec<u8>)) -> Msg {
    let mut body = hello(stage).to_bytes();
    assert_eq!(&body[..5], &[0xa5, 0x00, 0x01, 0x01, 0x6b]);
    change(&mut body);
    Msg::raw(HELLO, body)
}

fn claim(stage: &mut Stage, proof: Option<String>) -> Msg {
    let mut hello = hello(stage);
    hello.channels[0].yours.size = 1_000_000;
    hello.channels[0].proof = proof;
    Msg::new(HELLO, &hello)
}
