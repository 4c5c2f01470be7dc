//! Access policies that nobody gave the right to.

use minicbor::bytes::ByteVec;
use passerelle_exchange::message::{MAX_SIGNED_POLICY_BYTES, PolicyTurn};
use passerelle_model::{AccessPolicy, Opener, Role};
use passerelle_simulation::mallory::{Msg, POLICY as POLICY_TYPE, RECORD, Stage, THIRD, cose};

use super::Expect::{Harmless, Problem, Taken};
use super::Play::{Send, Steps};
use super::{POLICY, Trick, now};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, make: fn(&mut Stage) -> Msg| Trick {
        name,
        does,
        expect: Problem(code),
        play: Send(make),
    };
    let mut tricks = vec![
        row(
            "policy-signed-by-the-root",
            "uses a key of another role",
            "E_UNKNOWN_KEY",
            |s| {
                turn(cose(
                    POLICY_TYPE,
                    &s.mallory.root_seed,
                    &policy(s, 1).to_bytes(),
                ))
            },
        ),
        row(
            "policy-signed-by-the-third-party",
            "hands over what somebody else published",
            "E_UNKNOWN_KEY",
            |s| {
                let mut theirs = policy(s, 1);
                theirs.party = THIRD.parse().unwrap();
                turn(cose(POLICY_TYPE, &s.third.record_seed, &theirs.to_bytes()))
            },
        ),
        row(
            "policy-in-the-third-partys-name",
            "publishes for somebody else",
            "E_POLICY_PARTY",
            |s| changed(s, |policy| policy.party = THIRD.parse().unwrap()),
        ),
        row(
            "policy-as-a-record",
            "shows a signature over another kind of thing",
            "E_MALFORMED",
            |s| {
                turn(cose(
                    RECORD,
                    &s.mallory.record_seed,
                    &policy(s, 1).to_bytes(),
                ))
            },
        ),
        row(
            "policy-altered",
            "changes a signed policy",
            "E_SIGNATURE",
            |s| {
                let mut bytes = cose(
                    POLICY_TYPE,
                    &s.mallory.record_seed,
                    &policy(s, 1).to_bytes(),
                );
                *bytes.last_mut().unwrap() ^= 1;
                turn(bytes)
            },
        ),
        row(
            "policy-from-the-future",
            "publishes what holds next year",
            "E_POLICY_FUTURE",
            |s| {
                changed(s, |policy| {
                    policy.issued = policy.issued.plus_millis(100 * 86_400_000);
                })
            },
        ),
        row(
            "policy-of-a-unit-it-does-not-have",
            "lets a unit open that is not on its card",
            "E_POLICY_UNIT",
            |s| {
                changed(s, |policy| {
                    policy.openers[0].unit = "palace".parse().unwrap()
                })
            },
        ),
        row(
            "policy-of-administrators",
            "says that its administrators open records",
            "E_DOCUMENT",
            |s| {
                changed(s, |policy| {
                    policy.openers[0].roles = vec![Role::Administrator]
                })
            },
        ),
        row(
            "policy-without-a-number",
            "numbers a policy zero",
            "E_DOCUMENT",
            |s| changed(s, |policy| policy.number = 0),
        ),
        row(
            "policy-too-large",
            "publishes a quarter of a megabyte and more",
            "E_TOO_LARGE",
            |_| turn(vec![0xd2; MAX_SIGNED_POLICY_BYTES + 1]),
        ),
        row(
            "policy-of-ours-forged",
            "says that we published what we did not",
            "E_UNKNOWN_KEY",
            |s| {
                let mut ours = policy(s, 9);
                ours.party = s.node.party().clone();
                let forged = cose(POLICY_TYPE, &s.mallory.record_seed, &ours.to_bytes());
                Msg::new(
                    POLICY,
                    &PolicyTurn {
                        held: 9,
                        policy: None,
                        yours: Some(forged.into()),
                    },
                )
            },
        ),
    ];
    tricks.extend(numbers());
    tricks
}

/// What is said after an honest policy with number 5.
fn numbers() -> Vec<Trick> {
    vec![
        Trick {
            name: "policy-fork",
            does: "publishes two policies of one number",
            expect: Problem("E_POLICY_FORK"),
            play: Steps(|s| {
                Box::pin(async {
                    published(s).await;
                    changed(s, |policy| policy.openers[0].people = 99)
                })
            }),
        },
        Trick {
            name: "policy-taken-back",
            does: "goes back to an older policy",
            expect: Harmless,
            play: Steps(|s| {
                Box::pin(async {
                    published(s).await;
                    changed(s, |policy| policy.number = 4)
                })
            }),
        },
        Trick {
            name: "policy-again",
            does: "publishes the same once more",
            expect: Harmless,
            play: Steps(|s| {
                Box::pin(async {
                    published(s).await;
                    changed(s, |_| {})
                })
            }),
        },
        Trick {
            name: "policy-grows",
            does: "does what an honest partner does",
            expect: Taken,
            play: Steps(|s| {
                Box::pin(async {
                    published(s).await;
                    changed(s, |policy| policy.number = 6)
                })
            }),
        },
    ]
}

async fn published(stage: &mut Stage) {
    let msg = changed(stage, |_| {});
    stage.must(&stage.mallory.party, &msg).await;
    let held = stage.node.partner_policy(&stage.mallory.party).unwrap();
    assert_eq!(held.unwrap().number, 5);
}

fn changed(stage: &Stage, change: impl FnOnce(&mut AccessPolicy)) -> Msg {
    let mut policy = policy(stage, 5);
    change(&mut policy);
    turn(cose(
        POLICY_TYPE,
        &stage.mallory.record_seed,
        &policy.to_bytes(),
    ))
}

fn policy(stage: &Stage, number: u64) -> AccessPolicy {
    let unit = stage.mallory.card.content().units[0].unit.clone();
    AccessPolicy {
        party: stage.mallory.party.clone(),
        number,
        issued: now(stage),
        openers: vec![Opener {
            unit,
            class: "case-data".parse().unwrap(),
            roles: vec![Role::Officer],
            people: 2,
        }],
    }
}

fn turn(policy: Vec<u8>) -> Msg {
    let policy: Option<ByteVec> = Some(policy.into());
    Msg::new(
        POLICY,
        &PolicyTurn {
            held: 0,
            policy,
            yours: None,
        },
    )
}
