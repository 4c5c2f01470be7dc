//! Cards and agreements that nobody gave the right to.

use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{AgreementSignature, sign_agreement};
use passerelle_exchange::message::{Bundle, Bundles, CardMessage, MAX_BUNDLES};
use passerelle_model::{Agreement, CardContent, UtcTime};
use passerelle_simulation::mallory::{
    CARD as CARD_TYPE, Msg, SECURITY, SIDE, Stage, THIRD, cose, keyring, signed_by,
};

use super::Expect::{Problem, Taken};
use super::Play::{Send, Steps};
use super::{AGREEMENTS, CARD, Trick, now};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, make: fn(&mut Stage) -> Msg| Trick {
        name,
        does,
        expect: Problem(code),
        play: Send(make),
    };
    let mut tricks = vec![
        row(
            "card-of-another-root",
            "publishes itself under a new root",
            "E_CARD_ROOT",
            |s| {
                let other = keyring(61).unwrap();
                let seed = first_bytes(61);
                let mut content = newer(s);
                content.root = other.root().verifying();
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: cose(CARD_TYPE, &seed, &content.to_bytes()),
                    },
                )
            },
        ),
        row(
            "card-without-a-number",
            "numbers a card zero",
            "E_DOCUMENT",
            |s| Msg::new(CARD, &resigned(s, |c| c.number = 0)),
        ),
        row(
            "card-fork",
            "publishes two cards of one number",
            "E_CARD_FORK",
            |s| {
                Msg::new(
                    CARD,
                    &resigned(s, |c| {
                        (c.number, c.address) = (1, Some("127.0.0.1:2".parse().unwrap()));
                    }),
                )
            },
        ),
        row(
            "card-expired",
            "publishes a card of last year",
            "E_CARD_EXPIRED",
            |s| {
                Msg::new(
                    CARD,
                    &resigned(s, |c| {
                        (c.issued, c.expires) = (UtcTime::from_millis(1), UtcTime::from_millis(2));
                    }),
                )
            },
        ),
        row(
            "card-from-the-future",
            "publishes a card of next year",
            "E_CARD_FUTURE",
            |s| {
                Msg::new(
                    CARD,
                    &resigned(s, |c| c.issued = c.issued.plus_millis(100 * 86_400_000)),
                )
            },
        ),
        row(
            "card-with-one-key-in-two-roles",
            "signs all with one key",
            "E_CARD_KEY",
            |s| Msg::new(CARD, &resigned(s, |c| c.witness_key = c.record_key)),
        ),
        row(
            "card-with-another-journal-key",
            "starts a new log under the old name",
            "E_CARD_KEY",
            |s| {
                Msg::new(
                    CARD,
                    &resigned(s, |c| {
                        c.journal_key = keyring(62).unwrap().journal().verifying()
                    }),
                )
            },
        ),
        row(
            "card-with-a-weak-key",
            "publishes a point of small order",
            "E_CARD_KEY",
            |s| {
                Msg::new(
                    CARD,
                    &resigned(s, |c| {
                        let mut identity = [0; 32];
                        identity[0] = 1;
                        c.record_key = passerelle_model::VerifyingKey::new(identity);
                    }),
                )
            },
        ),
        row(
            "card-with-the-third-partys-tls-key",
            "wants to be taken for another",
            "E_CARD_KEY",
            |s| {
                let tls = s.third.card.content().tls_keys.clone();
                Msg::new(CARD, &resigned_with(s, |c| c.tls_keys = tls))
            },
        ),
        row(
            "card-with-our-tls-key",
            "wants to be taken for us",
            "E_CARD_KEY",
            |s| {
                let tls = s.card.content().tls_keys.clone();
                Msg::new(CARD, &resigned_with(s, |c| c.tls_keys = tls))
            },
        ),
        row(
            "card-of-the-third-party",
            "hands over somebody else's card",
            "E_SIGNATURE",
            |s| {
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: s.third.card.bytes().to_vec(),
                    },
                )
            },
        ),
        row(
            "card-of-ours",
            "hands over our own card",
            "E_SIGNATURE",
            |s| {
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: s.card.bytes().to_vec(),
                    },
                )
            },
        ),
        row(
            "card-in-the-third-partys-name",
            "signs a card for somebody else",
            "E_SIGNATURE",
            |s| Msg::new(CARD, &resigned(s, |c| c.party = THIRD.parse().unwrap())),
        ),
        row(
            "card-signed-by-the-record-key",
            "uses a key of another role",
            "E_UNKNOWN_KEY",
            |s| {
                let (content, seed) = (newer(s), s.mallory.record_seed);
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: cose(CARD_TYPE, &seed, &content.to_bytes()),
                    },
                )
            },
        ),
        row(
            "card-altered",
            "changes a signed card",
            "E_SIGNATURE",
            |s| {
                let mut card = resigned(s, |_| {});
                let last = card.card.len() - 1;
                card.card[last] ^= 1;
                Msg::new(CARD, &card)
            },
        ),
        row(
            "card-too-large",
            "publishes half a megabyte",
            "E_TOO_LARGE",
            |_| {
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: vec![0xd2; 500_000],
                    },
                )
            },
        ),
    ];
    tricks.extend(agreements());
    tricks.push(Trick {
        name: "card-of-lower-number",
        does: "takes a card back",
        expect: Problem("E_CARD_OLDER"),
        play: Steps(|s| {
            Box::pin(async {
                s.must(&s.mallory.party, &Msg::new(CARD, &resigned(s, |_| {})))
                    .await;
                Msg::new(
                    CARD,
                    &CardMessage {
                        card: s.mallory.card.bytes().to_vec(),
                    },
                )
            })
        }),
    });
    tricks.push(Trick {
        name: "message-after-the-card-expired",
        does: "goes on for two years and a month",
        expect: Problem("E_CARD_EXPIRED"),
        play: Steps(|s| {
            Box::pin(async {
                let hello = s.hello(SECURITY).unwrap();
                s.clock.forward(760);
                Msg::new(super::HELLO, &hello)
            })
        }),
    });
    tricks
}

fn agreements() -> Vec<Trick> {
    let row = |name, does, code, make: fn(&mut Stage) -> Msg| Trick {
        name,
        does,
        expect: Problem(code),
        play: Send(make),
    };
    vec![
        row(
            "agreement-without-us",
            "proposes what is none of our business",
            "E_NOT_MEMBER",
            |s| {
                let text = held(s, SIDE).replace("be.interior", "fr.police");
                Msg::new(AGREEMENTS, &unsigned(&text))
            },
        ),
        row(
            "agreement-without-itself",
            "proposes what is none of its business",
            "E_NOT_MEMBER",
            |s| {
                let text = held(s, SIDE).replace("ma.interior", "fr.police");
                Msg::new(AGREEMENTS, &unsigned(&text))
            },
        ),
        row(
            "agreement-too-large",
            "proposes 300 kilobytes",
            "E_TEXT",
            |s| {
                let text = format!("{}\n# {}", held(s, SIDE), "x".repeat(300_000));
                Msg::new(AGREEMENTS, &unsigned(&text))
            },
        ),
        row(
            "agreement-with-an-unknown-rule",
            "hides a field that we do not enforce",
            "E_DOCUMENT",
            |s| {
                Msg::new(
                    AGREEMENTS,
                    &unsigned(&format!("secret = true\n{}", held(s, SIDE))),
                )
            },
        ),
        row(
            "agreement-with-carriage-returns",
            "proposes a text that hashes twice",
            "E_TEXT",
            |s| Msg::new(AGREEMENTS, &unsigned(&held(s, SIDE).replace('\n', "\r\n"))),
        ),
        row(
            "agreements-too-many",
            "proposes 17 at once",
            "E_TOO_LARGE",
            |s| {
                let one = unsigned(&held(s, SIDE)).bundles.remove(0);
                Msg::new(
                    AGREEMENTS,
                    &Bundles {
                        bundles: vec![one; MAX_BUNDLES + 1],
                    },
                )
            },
        ),
        row(
            "agreement-with-too-many-signatures",
            "signs 65 times",
            "E_TOO_LARGE",
            |s| {
                let mut bundles =
                    signed_by(&s.agreements[&SIDE.parse().unwrap()], &[&s.mallory], now(s));
                let bundle = &mut bundles.as_mut().unwrap().bundles[0];
                bundle.signatures = vec![bundle.signatures[0].clone(); 65];
                Msg::new(AGREEMENTS, &bundles.unwrap())
            },
        ),
        row(
            "agreement-good-then-bad",
            "hides a bad text behind a good one",
            "E_DOCUMENT",
            |s| {
                let mut bundles = unsigned(revision(s).text());
                bundles.bundles.extend(unsigned("nonsense").bundles);
                Msg::new(AGREEMENTS, &bundles)
            },
        ),
        Trick {
            name: "agreement-signed-for-the-third-party",
            does: "signs in the name of everybody",
            expect: Taken,
            play: Steps(|s| {
                Box::pin(async {
                    let next = revision(s);
                    s.node.import_agreement(next.text()).await.unwrap();
                    s.node.sign_agreement(&next.hash()).await.unwrap();
                    let mut bundles = signed_by(&next, &[&s.mallory], now(s)).unwrap();
                    let third = AgreementSignature::new(&next, THIRD.parse().unwrap(), now(s));
                    let forged = sign_agreement(&third, s.mallory.keyring.root()).unwrap();
                    bundles.bundles[0].signatures.push(forged.into());
                    let msg = Msg::new(AGREEMENTS, &bundles);
                    s.must(&s.mallory.party, &msg).await;
                    let view = s.node.agreement(&next.hash()).await.unwrap();
                    assert_eq!(
                        (view.in_force, view.missing),
                        (false, vec![THIRD.parse().unwrap()])
                    );
                    msg
                })
            }),
        },
        Trick {
            name: "agreement-with-its-root-for-the-third-party",
            does: "writes itself into the text as somebody else",
            expect: Taken,
            play: Steps(|s| {
                Box::pin(async {
                    let (third, own) = (s.third.card.content().root, s.mallory.card.content().root);
                    let (third, own) = (third.to_string(), own.to_string());
                    let text = revision(s).text().replace(&own, "-").replace(&third, &own);
                    let text = text.replace("root = \"-\"", &format!("root = \"{third}\""));
                    let msg = Msg::new(AGREEMENTS, &unsigned(&text));
                    s.must(&s.mallory.party, &msg).await;
                    let hash = Agreement::parse(&text).unwrap().hash();
                    assert!(s.node.sign_agreement(&hash).await.is_err());
                    assert!(!s.node.agreement(&hash).await.unwrap().in_force);
                    msg
                })
            }),
        },
    ]
}

fn newer(stage: &Stage) -> CardContent {
    CardContent {
        number: 2,
        ..stage.mallory.card.content().clone()
    }
}

fn resigned(stage: &Stage, change: fn(&mut CardContent)) -> CardMessage {
    resigned_with(stage, change)
}

/// A newer card signed with the real root key, whatever stands on it.
fn resigned_with(stage: &Stage, change: impl FnOnce(&mut CardContent)) -> CardMessage {
    let mut content = newer(stage);
    change(&mut content);
    CardMessage {
        card: cose(CARD_TYPE, &stage.mallory.root_seed, &content.to_bytes()),
    }
}

fn first_bytes(seed: u64) -> [u8; 32] {
    use rand_core::Rng as _;
    let mut bytes = [0; 32];
    SeededRng::new(seed).fill_bytes(&mut bytes);
    bytes
}

fn held(stage: &Stage, channel: &str) -> String {
    stage.agreements[&channel.parse().unwrap()]
        .text()
        .to_owned()
}

fn unsigned(text: &str) -> Bundles {
    Bundles {
        bundles: vec![Bundle {
            text: text.to_owned(),
            signatures: vec![],
        }],
    }
}

fn revision(stage: &Stage) -> Agreement {
    let held = &stage.agreements[&SECURITY.parse().unwrap()];
    let next = format!("revision = 2\nreplaces = \"{}\"", held.hash());
    Agreement::parse(&held.text().replace("revision = 1", &next)).unwrap()
}
