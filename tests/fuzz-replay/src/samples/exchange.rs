//! Files for messages, courier files and receipts.

use minicbor::bytes::ByteVec;
use passerelle_envelope::testing::SAMPLE_TIME;
use passerelle_exchange::courier::{Frame, Writer};
use passerelle_exchange::message::{
    BlobOffset, Bundle, Bundles, CardMessage, ChannelState, Chunk, ChunkGet, ChunkHeld,
    Cosignature, Cosigned, Entries, Fetch, Hello, JournalState, Message, Missing, PROTOCOL, Parcel,
    PolicyTurn, Problem, Wanted, WireEntry,
};
use passerelle_exchange::recovery::{Recover, Regained, Returned};
use passerelle_exchange::register::RegisterTurn;
use passerelle_journal::merkle;
use passerelle_model::Digest;
use passerelle_model::StableCode;

use super::chain::{HELD, LEAVES};
use super::world::{done, parsed};
use super::{Sample, World, bad, choosing, good, hostile_cbor, object, spoilt};
use crate::exchange::digest;

pub(crate) fn hello(world: &World) -> Vec<Sample> {
    let mut samples = object("hello", hello_message(world).to_bytes());
    let alone = Hello {
        channels: vec![],
        ..hello_message(world)
    };
    samples.push(good("without-channels", alone.to_bytes()));
    let many = Hello {
        channels: vec![bare_state(); 65],
        ..alone
    };
    samples.push(bad("many-channels", many.to_bytes()));
    samples
}

pub(crate) fn entries(world: &World) -> Vec<Sample> {
    let mut samples = object("batch", batch_of(world, HELD, LEAVES).to_bytes());
    let empty = batch_of(world, LEAVES, LEAVES);
    samples.push(good("empty", empty.to_bytes()));
    let long = Entries {
        checkpoint: "x".repeat(16 * 1024 + 1),
        ..empty
    };
    samples.push(bad("long-checkpoint", long.to_bytes()));
    samples
}

pub(crate) fn cosigned(world: &World) -> Vec<Sample> {
    let given = cosignature(world, LEAVES);
    let channel = parsed("ma-be-security");
    let alone = Cosigned {
        channel,
        given,
        back: None,
    };
    let back = Some(batch_of(world, HELD, HELD + 3));
    let mut samples = object("alone", alone.to_bytes());
    samples.push(good("with-entries", Cosigned { back, ..alone }.to_bytes()));
    samples
}

pub(crate) fn bundles(world: &World) -> Vec<Sample> {
    let mut samples = object("bundle", bundles_message(world).to_bytes());
    let many = Bundle {
        text: String::new(),
        signatures: vec![ByteVec::from(vec![]); 65],
    };
    samples.push(bad(
        "many-signatures",
        Bundles {
            bundles: vec![many],
        }
        .to_bytes(),
    ));
    let many = vec![
        Bundle {
            text: String::new(),
            signatures: vec![]
        };
        17
    ];
    samples.push(bad("many-bundles", Bundles { bundles: many }.to_bytes()));
    samples.push(good("none", Bundles { bundles: vec![] }.to_bytes()));
    samples
}

pub(crate) fn chunk(world: &World) -> Vec<Sample> {
    object("chunk", chunk_message(world).to_bytes())
}

pub(crate) fn small(world: &World) -> Vec<Sample> {
    let channel = || parsed("ma-be-security");
    let at = BlobOffset {
        blob: Digest::new([4; 32]),
        chunk: 7,
    };
    let card = CardMessage {
        card: world.rabat.card.bytes().to_vec(),
    };
    let all = [
        (
            0,
            "fetch",
            Fetch {
                channel: channel(),
                start: 3,
            }
            .to_bytes(),
        ),
        (1, "wanted", Wanted { channel: channel() }.to_bytes()),
        (2, "missing", Missing { blobs: vec![at; 2] }.to_bytes()),
        (3, "chunk-get", ChunkGet { at }.to_bytes()),
        (4, "chunk-held", ChunkHeld { next: Some(8) }.to_bytes()),
        (4, "chunk-held-all", ChunkHeld { next: None }.to_bytes()),
        (5, "card", card.to_bytes()),
        (
            6,
            "problem",
            Problem {
                code: StableCode::of("E_GAP"),
                held: Some(5),
            }
            .to_bytes(),
        ),
        (7, "policy", policy_message(world).to_bytes()),
        (7, "policy-none", PolicyTurn::default().to_bytes()),
    ];
    let many = Missing {
        blobs: vec![at; 257],
    };
    let mut samples = choosing(6, hostile_cbor());
    samples.extend(choosing(2, vec![bad("missing-many", many.to_bytes())]));
    for (choice, name, bytes) in all {
        samples.extend(choosing(choice, vec![good(name, bytes)]));
    }
    samples
}

pub(crate) fn batch(world: &World) -> Vec<Sample> {
    let next = batch_of(world, HELD, LEAVES);
    let mut wrong_leaf = next.clone();
    wrong_leaf
        .entries
        .iter_mut()
        .take(1)
        .for_each(|entry| entry.commitment = Digest::new([0; 32]));
    let mut wrong_parcel = next.clone();
    wrong_parcel
        .entries
        .iter_mut()
        .for_each(|entry| entry.parcel = Some(no_parcel()));
    let mut other_past = batch_of(world, 2, LEAVES);
    other_past
        .entries
        .iter_mut()
        .take(1)
        .for_each(|entry| entry.commitment = Digest::new([0; 32]));
    let shifted = Entries {
        start: u64::MAX,
        ..next.clone()
    };
    vec![
        good("next", next.to_bytes()),
        good("next-three", batch_of(world, HELD, HELD + 3).to_bytes()),
        good("overlapping", batch_of(world, 2, LEAVES).to_bytes()),
        good("known", batch_of(world, 0, HELD).to_bytes()),
        bad("smaller", batch_of(world, 0, 3).to_bytes()),
        bad("gap", batch_of(world, HELD + 1, LEAVES).to_bytes()),
        bad("start-beyond", shifted.to_bytes()),
        bad("wrong-leaf", wrong_leaf.to_bytes()),
        bad("wrong-parcel", wrong_parcel.to_bytes()),
        bad("other-past", other_past.to_bytes()),
    ]
}

pub(crate) fn courier(world: &World) -> Vec<Sample> {
    let frames = [
        Frame::Hello(hello_message(world)),
        Frame::Bundles(bundles_message(world)),
        Frame::Entries(batch_of(world, HELD, HELD + 1)),
        Frame::Chunk(chunk_message(world)),
        Frame::Register(RegisterTurn::default()),
        Frame::Policy(policy_message(world)),
    ];
    let whole = courier_file(&frames);
    let title = b"passerelle courier v1\n".as_slice();
    let mut samples = spoilt("file", whole);
    samples.extend([
        good(
            "with-card",
            courier_file(&[Frame::Card(CardMessage { card: vec![7; 30] })]),
        ),
        good("without-frames", courier_file(&[])),
        good(
            "empty-bundles",
            courier_file(&vec![Frame::Bundles(Bundles { bundles: vec![] }); 40]),
        ),
        bad("title-only", title),
        bad(
            "frame-too-large",
            [title, &[1, 0xff, 0xff, 0xff, 0xff]].concat(),
        ),
        bad("unknown-kind", [title, &[9, 0, 0, 0, 0]].concat()),
        bad("short-end", [title, &[0, 0, 0, 0, 0]].concat()),
    ]);
    samples
}

pub(crate) fn receipt(world: &World) -> Vec<Sample> {
    let text = &world.receipt;
    let changed = |from: &str, to: &str| text.replacen(from, to, 1);
    let card = text.rfind("-----BEGIN PASSERELLE CARD").unwrap_or_default();
    vec![
        good("accepted", text.clone()),
        bad("one-card", text.get(..card).unwrap_or_default()),
        bad(
            "other-channel",
            changed("channel ma-be-security", "channel ma-be"),
        ),
        bad("other-salt", changed("salt 07", "salt 08")),
        bad(
            "line-ends",
            text.get(..600).unwrap_or_default().replace('\n', "\r\n"),
        ),
        bad("cut", text.get(..text.len() / 2).unwrap_or_default()),
        bad("longer", format!("{text}\n")),
        bad(
            "fields-swapped",
            changed(
                "from ma.interior\nby be.interior",
                "by be.interior\nfrom ma.interior",
            ),
        ),
        bad("blank-line", changed("\nfrom ", "\n\nfrom ")),
    ]
}

fn hello_message(world: &World) -> Hello {
    let journal = &world.journal;
    let state = |size: u64| JournalState {
        size,
        root: Digest::new(*journal.note(size).unverified().root().as_bytes()),
    };
    let channel = ChannelState {
        agreement: Some(world.agreement.hash()),
        mine: state(LEAVES),
        yours: state(HELD),
        missing_blobs: 2,
        proof: Some(journal.note(HELD).to_string()),
        ..bare_state()
    };
    Hello {
        protocol: PROTOCOL,
        party: world.rabat.party.clone(),
        card: 1,
        time: SAMPLE_TIME,
        channels: vec![channel],
    }
}

fn bare_state() -> ChannelState {
    let none = JournalState {
        size: 0,
        root: Digest::new([0; 32]),
    };
    ChannelState {
        channel: parsed("ma-be-security"),
        agreement: None,
        mine: none,
        yours: none,
        missing_blobs: 0,
        proof: None,
    }
}

pub(crate) fn recovery(world: &World) -> Vec<Sample> {
    let ask = Recover {
        channel: parsed("ma-be-security"),
        start: HELD,
    };
    let mut samples = choosing(0, vec![good("recover", ask.to_bytes())]);
    let size = Regained { size: HELD };
    samples.extend(choosing(1, vec![good("regained", size.to_bytes())]));
    let whole = returned_of(world, LEAVES).to_bytes();
    samples.extend(choosing(2, object("returned", whole)));
    let part = returned_of(world, HELD + 3).to_bytes();
    samples.extend(choosing(2, spoilt("returned-part", part)));
    samples
}

fn returned_of(world: &World, end: u64) -> Returned {
    let batch = batch_of(world, HELD, end);
    let proof = match end < LEAVES {
        true => done(merkle::prefix_proof(&world.journal.tree, end, LEAVES)),
        false => vec![],
    };
    Returned {
        channel: batch.channel,
        start: batch.start,
        entries: batch.entries,
        keys: vec![],
        proof: proof
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect(),
        checkpoint: world.journal.note(LEAVES).to_string(),
    }
}

fn batch_of(world: &World, start: u64, end: u64) -> Entries {
    let journal = &world.journal;
    let envelope = world
        .envelopes
        .first()
        .map(|sealed| sealed.bytes.clone())
        .unwrap_or_default();
    let opens = |index| index == 6;
    let entry = |(index, entry): (u64, &[u8; 32])| WireEntry {
        commitment: digest(entry),
        parcel: opens(index).then(|| Parcel {
            salt: Digest::new(*journal.salt.as_bytes()),
            envelope: envelope.clone(),
        }),
    };
    let range = |(index, _): &(u64, &[u8; 32])| (start..end).contains(index);
    Entries {
        channel: parsed("ma-be-security"),
        start,
        entries: (0..)
            .zip(&journal.entries)
            .filter(range)
            .map(entry)
            .collect(),
        checkpoint: journal.note(end).to_string(),
        cosignature: Some(cosignature(world, HELD)),
    }
}

fn no_parcel() -> Parcel {
    Parcel {
        salt: Digest::new([0; 32]),
        envelope: vec![],
    }
}

fn cosignature(world: &World, size: u64) -> Cosignature {
    let at = usize::try_from(size).unwrap_or(usize::MAX);
    let line = world.journal.lines.get(at).map(ToString::to_string);
    Cosignature {
        size,
        line: line.unwrap_or_default(),
    }
}

fn bundles_message(world: &World) -> Bundles {
    let signatures = world
        .agreement_signatures
        .iter()
        .cloned()
        .map(ByteVec::from)
        .collect();
    let text = world.agreement.text().to_owned();
    Bundles {
        bundles: vec![Bundle { text, signatures }],
    }
}

fn chunk_message(world: &World) -> Chunk {
    Chunk {
        channel: parsed("ma-be-security"),
        at: BlobOffset {
            blob: world.file.attachment.sealed,
            chunk: 0,
        },
        bytes: world.file.sealed.clone(),
    }
}

fn policy_message(world: &World) -> PolicyTurn {
    let bytes = world.signed_policies.first().map(|held| held.bytes());
    PolicyTurn {
        held: 3,
        policy: bytes.map(|bytes| bytes.to_vec().into()),
        yours: None,
    }
}

fn courier_file(frames: &[Frame]) -> Vec<u8> {
    let (mut writer, mut bytes) = Writer::begin();
    for frame in frames {
        bytes.extend(done(writer.frame(frame)));
    }
    bytes.extend(done(writer.end()));
    bytes
}
