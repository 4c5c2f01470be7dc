//! What a partner says about our records, and what it may not say.

use passerelle_envelope::{Header, What};
use passerelle_journal::{Frontier, merkle};
use passerelle_model::{Digest, PartyId, Said, Statement, StatementBatch, StatementsHead, UtcTime};
use passerelle_simulation::mallory::{
    HONEST, MALLORY, Msg, SECURITY, STATEMENTS, Stage, THIRD, cose, cose_named,
};

use super::Expect::{Problem, Refused, Turned};
use super::{Expect, Play, Soon, Trick, batch};

pub(super) fn tricks() -> Vec<Trick> {
    let row =
        |name, does, expect: Expect, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
            name,
            does,
            expect,
            play: Play::Steps(play),
        };
    vec![
        row(
            "accepts-what-we-never-sent",
            "names a leaf that is not ours",
            Turned("E_STATEMENT_FOREIGN"),
            |s| told(s, |_, said| said.commitment = Digest::new([8; 32])),
        ),
        row(
            "accepts-beyond-our-journal",
            "names an index we do not have",
            Turned("E_STATEMENT_FOREIGN"),
            |s| told(s, |_, said| said.index = 700),
        ),
        row(
            "accepts-at-the-end-of-numbers",
            "names index 2^64 - 1",
            Turned("E_STATEMENT_FOREIGN"),
            |s| told(s, |_, said| said.index = u64::MAX),
        ),
        row(
            "accepts-over-a-wide-range",
            "names leaves far apart",
            Turned("E_STATEMENT_FOREIGN"),
            |s| {
                told(s, |batch, said| {
                    let far = Statement {
                        index: said.index + 2_000_000,
                        ..said.clone()
                    };
                    batch.more.push(far);
                })
            },
        ),
        row(
            "accepts-what-was-for-the-third-party",
            "speaks for another recipient",
            Turned("E_STATEMENT_FOREIGN"),
            |s| told(s, |_, said| said.index = 0),
        ),
        row(
            "statements-of-another-root",
            "changes what was signed",
            Turned("E_STATEMENTS"),
            |s| told(s, |batch, _| batch.root = Some(Digest::new([2; 32]))),
        ),
        row(
            "statements-of-another-count",
            "signs for more than it shows",
            Turned("E_STATEMENTS"),
            |s| told(s, |batch, _| batch.size = Some(2)),
        ),
        row(
            "statements-by-another-key",
            "has the third party sign",
            Turned("E_UNKNOWN_KEY"),
            |s| told(s, |batch, _| batch.signer = Signer::Third),
        ),
        row(
            "statements-by-a-named-key",
            "names its key, signs with another",
            Turned("E_SIGNATURE"),
            |s| told(s, |batch, _| batch.signer = Signer::Forged),
        ),
        row(
            "statements-in-the-third-partys-name",
            "signs for somebody else",
            Turned("E_SIGNATURE"),
            |s| told(s, |batch, _| batch.by = THIRD),
        ),
        row(
            "statements-about-the-third-party",
            "speaks about others to us",
            Turned("E_FORWARDED"),
            |s| told(s, |batch, _| batch.about = THIRD),
        ),
        row(
            "statements-of-another-channel",
            "moves statements",
            Turned("E_FORWARDED"),
            |s| told(s, |batch, _| batch.channel = "migration"),
        ),
        row(
            "statements-announced-as-a-record",
            "calls statements a record",
            Refused("E_MALFORMED"),
            |s| told(s, |batch, _| batch.what = What::Record),
        ),
        row(
            "statements-too-many",
            "makes 4097 statements",
            Turned("E_DOCUMENT"),
            |s| told(s, |batch, said| batch.more = vec![said.clone(); 4096]),
        ),
        row(
            "statements-none",
            "states nothing",
            Turned("E_DOCUMENT"),
            |s| told(s, |batch, _| batch.none = true),
        ),
        row(
            "statement-at-the-end-of-time",
            "dates it when numbers end",
            Turned("E_MALFORMED"),
            |s| told(s, |_, said| said.time = UtcTime::from_millis(u64::MAX)),
        ),
        row(
            "statement-repeated-as-entry",
            "hands statements over twice",
            Problem("E_GAP"),
            |s| {
                Box::pin(async {
                    let _ = told(s, |_, _| {}).await;
                    s.hand_over(SECURITY).await.unwrap();
                    let book = s.mallory.book(&SECURITY.parse().unwrap()).unwrap();
                    let mut old = book.clone();
                    old.entries.truncate(1);
                    Msg::new(super::ENTRIES, &old.batch(0).unwrap())
                })
            },
        ),
    ]
}

enum Signer {
    Mallory,
    Third,
    Forged,
}

/// A batch of statements before it is signed.
struct Draft {
    channel: &'static str,
    by: &'static str,
    about: &'static str,
    size: Option<u64>,
    root: Option<Digest>,
    signer: Signer,
    what: What,
    more: Vec<Statement>,
    none: bool,
}

/// A statement that Mallory accepts our second record, as it should be made, then changed.
fn told(stage: &mut Stage, change: fn(&mut Draft, &mut Statement)) -> Soon<'_, Msg> {
    Box::pin(async move {
        let ours = stage.fetch(SECURITY).await.unwrap();
        let mut said = Statement {
            index: 1,
            commitment: ours.entries[1].commitment,
            record: None,
            said: Said::Accepted,
            time: passerelle_service::Clock::now(&*stage.clock),
            salt: Digest::new([6; 32]),
        };
        let mut draft = Draft {
            channel: SECURITY,
            by: MALLORY,
            about: HONEST,
            size: None,
            root: None,
            signer: Signer::Mallory,
            what: What::Statements,
            more: vec![],
            none: false,
        };
        change(&mut draft, &mut said);
        // Only where the leaf is named by its place alone.
        if said.index == 0 {
            said.commitment = ours.entries[0].commitment;
        }
        let content = signed(stage, &draft, said);
        let envelope = stage.seal_as(&header(stage, draft.what), &content).unwrap();
        stage
            .mallory
            .write(&SECURITY.parse().unwrap(), envelope)
            .unwrap();
        batch(stage)
    })
}

fn header(stage: &Stage, what: What) -> Header {
    Header {
        channel: SECURITY.parse().unwrap(),
        agreement: stage.agreements[&SECURITY.parse().unwrap()].hash(),
        from: MALLORY.parse().unwrap(),
        what,
        to: vec!["be.interior/node".parse().unwrap()],
    }
}

fn signed(stage: &Stage, draft: &Draft, said: Statement) -> Vec<u8> {
    let mut statements = draft.more.clone();
    if !draft.none {
        statements.insert(0, said);
    }
    let leaves = statements
        .iter()
        .map(|statement| merkle::leaf_hash(&statement.to_bytes()));
    let root = Digest::new(*Frontier::from_leaves(leaves).unwrap().root().as_bytes());
    let party = |name: &str| name.parse::<PartyId>().unwrap();
    let head = StatementsHead {
        channel: draft.channel.parse().unwrap(),
        by: party(draft.by),
        about: party(draft.about),
        size: draft.size.unwrap_or(statements.len() as u64),
        root: draft.root.unwrap_or(root),
    };
    let (mallory, payload) = (&stage.mallory, head.to_bytes());
    let named = mallory.keyring.record().key_id();
    let signed_head = match draft.signer {
        Signer::Mallory => cose(STATEMENTS, &mallory.record_seed, &payload),
        Signer::Third => cose(STATEMENTS, &stage.third.record_seed, &payload),
        Signer::Forged => cose_named(STATEMENTS, &[5; 32], named, &payload),
    };
    StatementBatch {
        signed_head,
        statements,
    }
    .to_bytes()
}

/// An entry that is refused twice counts once, and the delivery board adds up before and
/// after the partner co-signs.
#[tokio::test(start_paused = true)]
async fn what_is_refused_is_counted_once_and_the_board_adds_up() {
    let mut stage = Stage::new().await.unwrap();
    super::secrets(&stage).await;
    let party: PartyId = MALLORY.parse().unwrap();
    for _ in 0..2 {
        let msg = told(&mut stage, |_, said| {
            said.said = Said::Refused {
                code: passerelle_model::StableCode::of("E_SCOPE"),
            };
        })
        .await;
        stage.must(&party, &msg).await;
    }
    let before = board(&stage, &party).await;
    assert_eq!((before.refused, before.receipted), (0, 0), "not co-signed");
    let told = stage.fetch(SECURITY).await.unwrap();
    let size = told.entries.len() as u64;
    let head = stage.head(SECURITY, size).await.unwrap();
    let time = stage.mallory.card.content().issued.seconds();
    let book = stage.mallory.book(&SECURITY.parse().unwrap()).unwrap();
    let mut empty = book.fresh().unwrap();
    empty.cosignature = Some(stage.mallory.cosign(&head, time).unwrap());
    stage.must(&party, &Msg::new(super::ENTRIES, &empty)).await;
    let after = board(&stage, &party).await;
    assert_eq!((after.refused, after.waiting), (1, after.sent - size));
    assert!(after.receipted > 0);
    let view = stage.node.partners().await.unwrap();
    let view = view.iter().find(|view| view.card.party == party).unwrap();
    let ours = view
        .heads
        .iter()
        .find(|head| head.of == passerelle_service::view::Watched::OurJournal)
        .unwrap();
    assert_eq!((ours.size, &ours.clock), (size, &party));
    assert_eq!(ours.root.len(), 64);
}

async fn board(stage: &Stage, party: &PartyId) -> passerelle_service::view::ChannelView {
    let partners = stage.node.partners().await.unwrap();
    let partner = partners.into_iter().find(|view| view.card.party == *party);
    let channels = partner.unwrap().channels;
    let channel = channels
        .into_iter()
        .find(|channel| channel.channel.as_str() == SECURITY)
        .unwrap();
    let parts = channel.receipted + channel.waiting + channel.refused;
    assert_eq!(channel.sent, parts, "{channel:?}");
    channel
}
