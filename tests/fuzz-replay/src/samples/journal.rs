//! Files for notes, trees and proofs.

use passerelle_journal::merkle::{consistency_proof, inclusion_proof, prefix_proof};
use passerelle_journal::tile::{TileKind, encode_entries};
use passerelle_journal::{Frontier, Hash, LogProof, Misbehaviour, SignatureLine, Tile};

use super::chain::{HELD, LEAVES, forged_tree};
use super::world::done;
use super::{Sample, World, bad, choosing, good, spoilt};

pub(crate) fn note(world: &World) -> Vec<Sample> {
    let note = world.journal.cosigned_note(LEAVES).to_string();
    let (text, lines) = note.split_once("\n\n").unwrap_or_default();
    let mut samples = spoilt("cosigned", note.as_str());
    samples.extend([
        good("blank-line-in-text", format!("a\n\nb\n\n{lines}")),
        good("no-text", format!("\n\n{lines}")),
        bad(
            "seventeen-signatures",
            format!("{text}\n\n{}", lines.repeat(9)),
        ),
        bad("without-signature", format!("{text}\n\n")),
        bad("control-character", format!("a\tb\n\n{lines}")),
        bad("hyphen-for-dash", note.replace('—', "-")),
    ]);
    samples
}

pub(crate) fn checkpoint(world: &World) -> Vec<Sample> {
    let note = world.journal.cosigned_note(LEAVES).to_string();
    let mut samples = spoilt("cosigned", note.as_str());
    let doubled = note
        .lines()
        .last()
        .map(|line| format!("{note}{line}\n"))
        .unwrap_or_default();
    samples.extend([
        good("empty-tree", world.journal.note(0).to_string()),
        good(
            "bare-with-extension",
            format!("{}extension\n", world.journal.lie(0).checkpoint()),
        ),
        bad(
            "signed-by-a-liar",
            world.journal.lie(1).signed().to_string(),
        ),
        bad("extension", note.replacen("\n\n", "\nextension\n\n", 1)),
        bad("size-with-zero", note.replacen("\n13\n", "\n013\n", 1)),
        bad(
            "size-too-large",
            note.replacen("\n13\n", "\n9223372036854775808\n", 1),
        ),
        bad("root-unpadded", note.replacen("=\n\n", "\n\n", 1)),
        good("cosigned-twice", doubled),
    ]);
    samples
}

pub(crate) fn cosignature(world: &World) -> Vec<Sample> {
    let line = |at: usize| {
        world
            .journal
            .lines
            .get(at)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let mut samples = spoilt("line", line(1));
    samples.extend([
        good("line-of-13", line(13)),
        bad(
            "without-payload",
            line(1)
                .rsplit_once(' ')
                .map(|(name, _)| format!("{name} AAAAAA=="))
                .unwrap_or_default(),
        ),
        bad("no-base64", line(1).replace('A', "_")),
        bad("space-in-name", line(1).replacen("witness/", "witness ", 1)),
        bad(
            "of-a-log",
            world
                .journal
                .note(3)
                .signatures()
                .first()
                .map(SignatureLine::to_string)
                .unwrap_or_default(),
        ),
    ]);
    samples
}

pub(crate) fn key(world: &World) -> Vec<Sample> {
    let log = world.journal.log.key().to_string();
    let mut samples = spoilt("log", log.as_str());
    let weak = format!("log+00000000+AQE{}=", "A".repeat(41));
    samples.extend([
        good("witness", world.journal.witness.key().to_string()),
        bad("weak-point", weak),
        bad("other-id", log.replacen('+', "+0", 1)),
        bad("unknown-algorithm", "x+00000000+/w=="),
        bad("two-fields", "x+00000000"),
    ]);
    samples
}

pub(crate) fn proof(world: &World) -> Vec<Sample> {
    let journal = &world.journal;
    let proof = |index, size| {
        let path = done(inclusion_proof(&journal.tree, index, size));
        done(LogProof::new(index, path, journal.cosigned_note(size)))
    };
    let text = proof(6, LEAVES).to_string();
    let mut samples = spoilt("seventh-of-13", text.as_str());
    samples.extend([
        good("last-of-13", proof(12, LEAVES).to_string()),
        good("only-one", proof(0, 1).to_string()),
        good(
            "with-extra",
            done(proof(2, 8).with_extra(b"extra".to_vec())).to_string(),
        ),
        bad("moved", text.replacen("index 6", "index 5", 1)),
        bad("index-beyond", text.replacen("index 6", "index 13", 1)),
        bad(
            "empty-extra",
            text.replacen("index 6", "extra \nindex 6", 1),
        ),
        bad(
            "many-hashes",
            text.replacen(
                "index 6\n",
                &format!(
                    "index 6\n{}",
                    format!("{}\n", Hash::EMPTY.to_base64()).repeat(65)
                ),
                1,
            ),
        ),
    ]);
    samples
}

pub(crate) fn misbehaviour(world: &World) -> Vec<Sample> {
    let journal = &world.journal;
    let forged = forged_tree(&journal.leaves);
    let same = done(Misbehaviour::same_size(&journal.lie(0), &journal.lie(1)));
    let path = done(prefix_proof(&forged, 8, LEAVES));
    let rewritten = done(Misbehaviour::rewritten(
        &journal.lie(0),
        &journal.lie(2),
        path,
    ));
    let text = same.to_string();
    let mut samples = spoilt("same-size", text.as_str());
    let honest = text.replacen(
        &journal.lie(0).signed().to_string(),
        &journal.note(8).to_string(),
        1,
    );
    samples.extend(spoilt("rewritten", rewritten.to_string()));
    samples.extend([
        bad(
            "other-kind",
            text.replacen("kind same-size", "kind rewritten", 1),
        ),
        bad("other-size", text.replacen("first 8", "first 9", 1)),
        bad(
            "other-origin",
            text.replacen("origin liar", "origin log", 1),
        ),
        bad("two-logs", honest),
    ]);
    samples
}

pub(crate) fn tile(world: &World) -> Vec<Sample> {
    let journal = &world.journal;
    let paths = [
        "tile/0/000",
        "tile/3/x001/x234/067.p/5",
        "tile/entries/999",
        "tile/63/000",
    ];
    let mut samples: Vec<_> = (1..)
        .zip(paths)
        .flat_map(|(number, path)| choosing(0, vec![good(&format!("path-{number}"), path)]))
        .collect();
    let wrong = [
        "tile/0/x000/001",
        "tile/64/000",
        "tile/0/1000",
        "tile/0/000.p/256",
        "tile/00/000",
    ];
    let wrong = (1..)
        .zip(wrong)
        .map(|(number, path)| bad(&format!("path-{number}"), path));
    samples.extend(choosing(0, wrong.collect()));
    let tile = done(Tile::new(TileKind::Hashes { level: 0 }, 0, 13));
    let hashes = [&[13], &done(tile.hash_bytes(&journal.tree))[..]].concat();
    samples.extend(choosing(1, spoilt("hashes", hashes)));
    let bundle = [&[13], &done(encode_entries(&journal.entries))[..]].concat();
    samples.extend(choosing(2, spoilt("bundle", bundle)));
    let empty = done(encode_entries(&[[0_u8; 0]; 256]));
    samples.extend(choosing(
        5,
        vec![good("bundle-of-256", [&[255], &empty[..]].concat())],
    ));
    samples
}

pub(crate) fn frontier(world: &World) -> Vec<Sample> {
    let leaves = |size| world.journal.leaves.iter().take(size).copied();
    let bytes = |size| done(Frontier::from_leaves(leaves(size))).to_bytes();
    let full = |size: u64| {
        let peaks = vec![Hash::EMPTY; size.count_ones() as usize];
        [
            size.to_be_bytes().to_vec(),
            peaks.iter().flat_map(|peak| *peak.as_bytes()).collect(),
        ]
        .concat()
    };
    let mut samples = spoilt("of-13", bytes(13));
    samples.extend([
        good("of-none", bytes(0)),
        good("of-8", bytes(8)),
        good("largest", full(i64::MAX as u64)),
        good("largest-but-3", full(i64::MAX as u64 - 3)),
        bad("too-large", full(u64::MAX)),
        bad("one-beyond", full(i64::MAX as u64 + 1)),
    ]);
    samples
}

pub(crate) fn merkle(world: &World) -> Vec<Sample> {
    let tree = &world.journal.tree;
    let proof = |a: u64, b: u64, hashes: Vec<Hash>| {
        let hashes = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
        [a.to_be_bytes().to_vec(), b.to_be_bytes().to_vec(), hashes].concat()
    };
    let last = i64::MAX as u64;
    let mut samples = spoilt(
        "inclusion",
        proof(6, LEAVES, done(inclusion_proof(tree, 6, LEAVES))),
    );
    samples.extend([
        good(
            "inclusion-last",
            proof(12, LEAVES, done(inclusion_proof(tree, 12, LEAVES))),
        ),
        good(
            "consistency",
            proof(HELD, LEAVES, done(consistency_proof(tree, HELD, LEAVES))),
        ),
        good(
            "consistency-from-8",
            proof(8, LEAVES, done(consistency_proof(tree, 8, LEAVES))),
        ),
        good(
            "prefix-of-8",
            proof(8, LEAVES, done(prefix_proof(tree, 8, LEAVES))),
        ),
        good("nothing", proof(0, LEAVES, vec![])),
        good("itself", proof(LEAVES, LEAVES, vec![])),
        bad("largest", proof(last - 1, last, vec![Hash::EMPTY; 63])),
        bad("beyond", proof(last, last + 1, vec![Hash::EMPTY; 64])),
        bad(
            "far-beyond",
            proof(u64::MAX, u64::MAX, vec![Hash::EMPTY; 65]),
        ),
        bad("backwards", proof(LEAVES, HELD, vec![Hash::EMPTY; 4])),
    ]);
    samples
}
