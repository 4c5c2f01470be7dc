//! Every value returns from its written form, and no bytes make a parser panic.

use passerelle_journal::checkpoint::{Checkpoint, LogSigner, SignedCheckpoint};
use passerelle_journal::merkle::{self, MAX_TREE_SIZE, MemoryTree, leaf_hash};
use passerelle_journal::tile::{self, TileKind};
use passerelle_journal::{
    Evidence, Frontier, Hash, KeyName, LogProof, Misbehaviour, Note, NoteKey, SignatureLine, Tile,
    WitnessSigner, WitnessState,
};
use proptest::prelude::*;

fn any_hash() -> impl Strategy<Value = Hash> {
    any::<[u8; 32]>().prop_map(Hash::from_bytes)
}

fn any_name() -> impl Strategy<Value = KeyName> {
    "[^\\s+\\p{Cc}\\p{Bidi_Control}]{1,40}".prop_map(|name| KeyName::parse(&name).unwrap())
}

fn any_checkpoint() -> impl Strategy<Value = (LogSigner, Checkpoint)> {
    (any_name(), any::<[u8; 32]>(), 1..=MAX_TREE_SIZE, any_hash()).prop_map(
        |(name, seed, size, root)| {
            let log = LogSigner::from_seed(name.clone(), &seed);
            (log, Checkpoint::new(name, size, root).unwrap())
        },
    )
}

fn any_tile() -> impl Strategy<Value = Tile> {
    let kind = (0_u8..=64).prop_map(|level| match level {
        64 => TileKind::Entries,
        level => TileKind::Hashes { level },
    });
    let index = prop_oneof![0_u64..2000, 0..=MAX_TREE_SIZE / 256];
    (kind, index, 1_u16..=256)
        .prop_map(|(kind, index, width)| Tile::new(kind, index, width).unwrap())
}

fn tree(size: u64) -> MemoryTree {
    let mut tree = MemoryTree::new();
    tree.append(
        &(0..size)
            .map(|i| leaf_hash(&i.to_be_bytes()))
            .collect::<Vec<_>>(),
    )
    .unwrap();
    tree
}

/// Text made of the pieces the formats are made of, so that parsers are entered deeply.
fn almost_a_file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("c2sp.org/tlog-proof@v1\n".to_owned()),
        Just("index 0\n".to_owned()),
        Just("extra AA==\n".to_owned()),
        Just("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".to_owned()),
        Just("— log AAAAAAA=\n".to_owned()),
        Just("hash 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".to_owned()),
        Just("-----BEGIN SIGNED CHECKPOINT-----\n".to_owned()),
        Just("-----END SIGNED CHECKPOINT-----\n".to_owned()),
        Just("tile/0/x001/000.p/7".to_owned()),
        Just("\n".to_owned()),
        "\\PC{0,20}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn checkpoints_return((log, checkpoint) in any_checkpoint()) {
        let signed = checkpoint.sign(&log).unwrap();
        let opened = SignedCheckpoint::open(&signed.to_string(), log.key()).unwrap();
        prop_assert_eq!(opened.checkpoint(), &checkpoint);
        prop_assert_eq!(opened.signed(), &signed);
        let vkey = log.key().to_string();
        prop_assert_eq!(NoteKey::parse(&vkey).unwrap().to_string(), vkey);
    }

    #[test]
    fn cosignatures_return((log, checkpoint) in any_checkpoint(), time_s in 0..=MAX_TREE_SIZE) {
        let witness = WitnessSigner::from_seed(KeyName::parse("witness").unwrap(), &[1; 32]);
        let head = checkpoint.sign(&log).unwrap().verify(log.key()).unwrap();
        let accepted = WitnessState::fresh(checkpoint.origin().clone())
            .advance(&head, Evidence::Proof { old: 0, hashes: &[] })
            .unwrap();
        let line = witness.cosign(accepted.persisted(), time_s).unwrap();
        let read = SignatureLine::parse(&line.to_string()).unwrap();
        prop_assert_eq!(witness.key().verify(&head, &read).unwrap().time_s(), time_s);
    }

    #[test]
    fn tiles_return(tile in any_tile()) {
        prop_assert_eq!(tile.to_string().parse(), Ok(tile));
    }

    #[test]
    fn bundles_return(entries in proptest::collection::vec(any::<Vec<u8>>(), 1..=256)) {
        let bundle = tile::encode_entries(&entries).unwrap();
        let width = u16::try_from(entries.len()).unwrap();
        prop_assert_eq!(tile::decode_entries(&bundle, width).unwrap(), entries);
    }

    #[test]
    fn proof_files_return(
        (log, checkpoint) in any_checkpoint(),
        at in any::<prop::sample::Index>(),
        hashes in proptest::collection::vec(any_hash(), 0..=64),
        extra in proptest::collection::vec(any::<u8>(), 0..50),
    ) {
        let size = usize::try_from(checkpoint.size()).unwrap();
        let signed = checkpoint.sign(&log).unwrap();
        let mut proof = LogProof::new(at.index(size) as u64, hashes, signed).unwrap();
        if !extra.is_empty() {
            proof = proof.with_extra(extra).unwrap();
        }
        prop_assert_eq!(LogProof::parse(&proof.to_string()), Ok(proof));
    }

    #[test]
    fn what_parses_is_written_the_same(text in almost_a_file()) {
        if let Ok(note) = Note::parse(&text) {
            prop_assert_eq!(note.to_string(), text.clone());
        }
        if let Ok(signed) = SignedCheckpoint::parse(&text) {
            prop_assert_eq!(signed.to_string(), text.clone());
        }
        if let Ok(proof) = LogProof::parse(&text) {
            prop_assert_eq!(proof.to_string(), text.clone());
        }
        if let Ok(claim) = Misbehaviour::parse(&text) {
            prop_assert_eq!(claim.to_string(), text.clone());
        }
        if let Ok(line) = SignatureLine::parse(&text) {
            prop_assert_eq!(line.to_string(), text.clone());
        }
        if let Ok(key) = NoteKey::parse(&text) {
            prop_assert_eq!(key.to_string(), text.clone());
        }
        if let Ok(tile) = text.parse::<Tile>() {
            prop_assert_eq!(tile.to_string(), text.clone());
        }
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in any::<Vec<u8>>(), width in any::<u16>()) {
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(frontier.to_bytes(), bytes.clone());
        }
        if let Ok(entries) = tile::decode_entries(&bytes, width) {
            prop_assert_eq!(tile::encode_entries(&entries).unwrap(), bytes.clone());
        }
        let text = String::from_utf8_lossy(&bytes);
        let _ = Note::parse(&text);
        let _ = LogProof::parse(&text);
        let _ = text.parse::<Hash>();
        let _ = Hash::from_base64(&text);
    }

    #[test]
    fn arbitrary_proofs_never_verify(
        (a, b) in (any::<u64>(), any::<u64>()),
        (leaf, root) in (any_hash(), any_hash()),
        proof in proptest::collection::vec(any_hash(), 0..70),
    ) {
        prop_assert!(merkle::verify_inclusion(&leaf, a, b, &root, &proof).is_err());
        prop_assert!(merkle::verify_consistency(a, &leaf, b, &root, &proof).is_err());
        let _ = merkle::consistency_roots(a, b, &proof);
    }

    #[test]
    fn trees_of_any_size_prove_themselves(
        size in 1_u64..3000,
        at in any::<prop::sample::Index>(),
    ) {
        let at = at.index(usize::try_from(size).unwrap()) as u64;
        let tree = tree(size);
        let leaf = leaf_hash(&at.to_be_bytes());
        let proof = merkle::inclusion_proof(&tree, at, size).unwrap();
        merkle::verify_inclusion(&leaf, at, size, &tree.root(), &proof).unwrap();
        let old_root = merkle::root(&tree, at).unwrap();
        let proof = merkle::consistency_proof(&tree, at, size).unwrap();
        merkle::verify_consistency(at, &old_root, size, &tree.root(), &proof).unwrap();
        prop_assert_eq!(merkle::root(&tree, size), Ok(tree.root()));
    }
}
