//! Files for registers: an honest one of nine acts, of which four were co-signed.

use passerelle_envelope::testing::SAMPLE_TIME;
use passerelle_exchange::audit::{Package, Packed, PackedHead};
use passerelle_exchange::message::{Cosignature, Message};
use passerelle_exchange::register::{RegisterAnswer, RegisterHead, RegisterTurn};
use passerelle_exchange::{register_origin, witness_name};
use passerelle_journal::merkle::{consistency_proof, prefix_proof};
use passerelle_journal::{
    Checkpoint, Commitment, EnvelopeHash, Evidence, Frontier, Hash, LogSigner, MemoryTree, Salt,
    SignedCheckpoint, WitnessSigner, WitnessState,
};
use passerelle_model::{Act, By, Deed, Digest, Object, UtcTime};

use super::chain::tree as tree_of;
use super::world::{done, parsed};
use super::{Sample, World, bad, good, object};

/// Acts in all.
const ACTS: u64 = 9;
/// Acts that Brussels co-signed.
pub(crate) const HELD: u64 = 4;

pub(crate) fn turn(world: &World) -> Vec<Sample> {
    let next = shown(world, HELD, ACTS);
    let turn = |head, answer| RegisterTurn { head, answer }.to_bytes();
    let mut samples = object("next", turn(Some(next.clone()), None));
    let line = cosigned(world).signatures().last().map(ToString::to_string);
    let given = Cosignature {
        size: HELD,
        line: line.unwrap_or_default(),
    };
    let note = checkpoint(world, HELD).to_string();
    let held = |checkpoint| Some(RegisterAnswer::Held { checkpoint });
    let mut altered = next.clone();
    altered
        .proof
        .iter_mut()
        .take(1)
        .for_each(|hash| *hash = Digest::new([7; 32]));
    let long = RegisterHead {
        proof: vec![Digest::new([7; 32]); 65],
        ..next.clone()
    };
    let late = RegisterHead {
        time: UtcTime::from_millis(0),
        ..shown(world, 2, 3)
    };
    samples.extend([
        good("nothing", turn(None, None)),
        good("again", turn(Some(shown(world, HELD, HELD)), None)),
        good("from-elsewhere", turn(Some(shown(world, 3, ACTS)), None)),
        good("late", turn(Some(late), None)),
        good(
            "cosigned",
            turn(None, Some(RegisterAnswer::Cosigned(given))),
        ),
        good("held", turn(None, held(Some(note)))),
        good("held-nothing", turn(None, held(None))),
        bad("altered-proof", turn(Some(altered), None)),
        bad("long-proof", turn(Some(long), None)),
    ]);
    samples
}

pub(crate) fn audit(world: &World) -> Vec<Sample> {
    let whole = package(world, 0, None).to_string();
    let changed = |from: &str, to: &str| whole.replacen(from, to, 1);
    let erased = package(world, 0, Some(2)).to_string();
    let swapped: Vec<&str> = whole.lines().collect();
    let card = whole
        .rfind("-----BEGIN PASSERELLE CARD")
        .unwrap_or_default();
    vec![
        good("later", package(world, 3, None).to_string()),
        good(
            "beyond-what-was-cosigned",
            package(world, 5, None).to_string(),
        ),
        good("erased", erased.clone()),
        bad("one-card", whole.get(..card).unwrap_or_default()),
        bad("other-start", changed("start 0", "start 1")),
        bad(
            "other-party",
            changed("party ma.interior", "party be.interior"),
        ),
        bad("erased-out-of-turn", erased_last(world).to_string()),
        bad("act-left-out", without(&swapped, 5)),
        bad("cut", whole.get(..whole.len() / 2).unwrap_or_default()),
        bad("longer", format!("{whole}\n")),
        good("whole", whole),
    ]
}

/// The acts from `start` on, of which those before `erased` are erased.
pub(crate) fn package(world: &World, start: u64, erased: Option<u64>) -> Package {
    let before: Vec<Hash> = acts().take(usize_of(start)).map(|act| leaf(&act)).collect();
    let mut frontier = Frontier::new();
    done(frontier.extend(&before));
    let packed = |(index, act): (u64, Act)| match erased.is_some_and(|end| index < end) {
        true => Packed::Erased {
            leaf: Digest::new(*commitment(&act).as_bytes()),
        },
        false => Packed::Held {
            salt: salt(&act),
            act: act.to_bytes(),
        },
    };
    let own = PackedHead {
        proof: vec![],
        note: checkpoint(world, ACTS),
    };
    let partner = PackedHead {
        proof: vec![],
        note: cosigned(world),
    };
    let heads = std::iter::once(own).chain((start < HELD).then_some(partner));
    Package {
        party: world.rabat.party.clone(),
        start,
        peaks: peaks(&before),
        acts: (0..)
            .zip(acts())
            .skip(usize_of(start))
            .map(packed)
            .collect(),
        heads: heads.collect(),
        cards: vec![world.rabat.card.clone(), world.brussels.card.clone()],
    }
}

/// The honest register.
pub(crate) fn tree(_: &World) -> MemoryTree {
    let leaves: Vec<Hash> = acts().map(|act| leaf(&act)).collect();
    tree_of(&leaves)
}

/// Its signed head at a size.
pub(crate) fn checkpoint(world: &World, size: u64) -> SignedCheckpoint {
    let origin = done(register_origin(&world.rabat.party));
    let leaves: Vec<Hash> = acts().take(usize_of(size)).map(|act| leaf(&act)).collect();
    let root = done(Frontier::from_leaves(leaves)).root();
    let signer = LogSigner::from_seed(origin.clone(), world.rabat.keyring.journal().seed());
    done(done(Checkpoint::new(origin, size, root)).sign(&signer))
}

/// The head that Brussels co-signed.
fn cosigned(world: &World) -> SignedCheckpoint {
    let note = checkpoint(world, HELD);
    let origin = done(register_origin(&world.rabat.party));
    let signer = LogSigner::from_seed(origin.clone(), world.rabat.keyring.journal().seed());
    let head = done(note.verify(signer.key()));
    let evidence = Evidence::Proof {
        old: 0,
        hashes: &[],
    };
    let accepted = done(WitnessState::fresh(origin).advance(&head, evidence));
    let witness = WitnessSigner::from_seed(
        done(witness_name(&world.brussels.party)),
        world.brussels.keyring.witness().seed(),
    );
    let line = done(witness.cosign(accepted.persisted(), SAMPLE_TIME.seconds()));
    done(note.with_signature(line))
}

fn shown(world: &World, old: u64, new: u64) -> RegisterHead {
    let leaves: Vec<Hash> = acts().take(usize_of(new)).map(|act| leaf(&act)).collect();
    let tree = tree_of(&leaves);
    let proof = match old < new {
        true => done(prefix_proof(&tree, old, new)),
        false => done(consistency_proof(&tree, old, new)),
    };
    RegisterHead {
        time: SAMPLE_TIME.plus_millis(1000),
        old,
        proof: proof
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect(),
        checkpoint: checkpoint(world, new).to_string(),
    }
}

/// A package in which the newest act is gone and the others are not.
fn erased_last(world: &World) -> Package {
    let mut package = package(world, 0, None);
    let leaves: Vec<Act> = acts().collect();
    if let (Some(last), Some(act)) = (package.acts.last_mut(), leaves.last()) {
        *last = Packed::Erased {
            leaf: Digest::new(*commitment(act).as_bytes()),
        };
    }
    package
}

fn without(lines: &[&str], left_out: usize) -> String {
    let kept = lines
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != left_out)
        .map(|(_, line)| format!("{line}\n"));
    kept.collect()
}

fn acts() -> impl Iterator<Item = Act> {
    (0..ACTS).map(|number| {
        let by = By::Person {
            officer: parsed("o-17"),
            unit: None,
        };
        let time = SAMPLE_TIME.plus_millis(number);
        Act {
            count: Some(number),
            ..Act::new(Deed::Search, time, by, Object::Node)
        }
    })
}

fn salt(act: &Act) -> Salt {
    let number = act.count.and_then(|count| u8::try_from(count).ok());
    Salt::from_bytes([number.unwrap_or_default(); 32])
}

fn commitment(act: &Act) -> Commitment {
    Commitment::new(&salt(act), &EnvelopeHash::of(&act.to_bytes()))
}

fn leaf(act: &Act) -> Hash {
    commitment(act).leaf_hash()
}

/// The right edge of the tree over these leaves: one root for each one-bit of their number.
fn peaks(leaves: &[Hash]) -> Vec<Hash> {
    let (mut peaks, mut rest) = (Vec::new(), leaves);
    while !rest.is_empty() {
        let width = 1 << rest.len().ilog2();
        let (peak, after) = rest.split_at(width);
        peaks.push(done(Frontier::from_leaves(peak.iter().copied())).root());
        rest = after;
    }
    peaks
}

fn usize_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
