//! Signed notes, trees and proofs.

use passerelle_journal::merkle::{
    MAX_TREE_SIZE, Plan, consistency_proof, consistency_roots, inclusion_proof, root,
    verify_consistency, verify_inclusion,
};
use passerelle_journal::tile::{TileKind, decode_entries, encode_entries};
use passerelle_journal::{
    Checkpoint, Frontier, Hash, LogKey, LogProof, Misbehaviour, Note, NoteKey, SignatureLine,
    SignedCheckpoint, Tile, VerifiedCheckpoint, WitnessKey,
};

use crate::samples::world;
use crate::{chosen, one_form, one_text, taken};

/// `Note::parse`.
pub(crate) fn note(bytes: &[u8]) -> bool {
    let Some(note) = one_text(bytes, Note::parse) else {
        return false;
    };
    let log = &world().journal.log;
    if note.verify(log.key().as_note_key()).is_ok() {
        let signed = world()
            .journal
            .heads
            .iter()
            .any(|head| head.to_string() == note.text());
        assert!(signed, "forged");
    }
    true
}

/// `SignedCheckpoint::parse` and `verify`; `Checkpoint::parse_with_extensions`.
pub(crate) fn checkpoint(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if let Ok((head, extensions)) = Checkpoint::parse_with_extensions(text) {
        let lines: String = extensions.iter().map(|line| format!("{line}\n")).collect();
        assert_eq!(format!("{head}{lines}"), text);
        return true;
    }
    let Some(signed) = one_text(bytes, SignedCheckpoint::parse) else {
        return false;
    };
    let verified = taken(signed.verify(world().journal.log.key()));
    verified.is_some_and(|head| {
        check_head(&head);
        true
    })
}

/// `SignatureLine::parse`, and `WitnessKey::verify` on every head of the samples.
pub(crate) fn cosignature(bytes: &[u8]) -> bool {
    let Some(line) = one_text(bytes, SignatureLine::parse) else {
        return false;
    };
    let journal = &world().journal;
    let signs = |head| journal.witness.key().verify(head, &line).is_ok();
    let verified = journal.verified.iter().any(signs);
    assert!(!verified || journal.lines.contains(&line), "forged");
    verified
}

/// Verifier keys in their written form.
pub(crate) fn key(bytes: &[u8]) -> bool {
    let read = one_text(bytes, NoteKey::parse);
    let log = one_text(bytes, LogKey::parse);
    let witness = one_text(bytes, WitnessKey::parse);
    assert!(log.is_none() || witness.is_none(), "one key for two uses");
    read.is_some()
}

/// `LogProof::parse` and `verify`.
pub(crate) fn proof(bytes: &[u8]) -> bool {
    let Some(proof) = one_text(bytes, LogProof::parse) else {
        return false;
    };
    let journal = &world().journal;
    let witness = [journal.witness.key().clone()];
    let mut verified = false;
    for (index, entry) in (0..).zip(&journal.entries) {
        let Ok(proven) = proof.verify(entry, journal.log.key(), &witness) else {
            continue;
        };
        check_head(proven.checkpoint());
        assert_eq!(proven.index(), index, "an entry at another place");
        let true_path = inclusion_proof(&journal.tree, index, proven.checkpoint().size());
        assert_eq!(true_path.as_deref(), Ok(proof.hashes()));
        let lines = proven.cosignatures().iter().map(|seen| seen.line());
        assert!(
            lines.into_iter().all(|line| journal.lines.contains(line)),
            "forged"
        );
        verified = true;
    }
    verified
}

/// `Misbehaviour::parse` and `verify`: only the log that did contradict itself is shown to.
pub(crate) fn misbehaviour(bytes: &[u8]) -> bool {
    let Some(claim) = one_text(bytes, Misbehaviour::parse) else {
        return false;
    };
    let journal = &world().journal;
    assert!(
        claim.verify(journal.log.key()).is_err(),
        "an honest log is accused"
    );
    let verified = claim.verify(journal.liar.key()).is_ok();
    let mut heads = [claim.first(), claim.second()]
        .map(SignedCheckpoint::unverified)
        .into_iter();
    assert!(
        !verified || heads.all(|head| journal.lies.contains(head)),
        "forged"
    );
    verified
}

/// Paths of tiles, hash tiles, entry bundles, as the first byte chooses; the second is the width.
pub(crate) fn tile(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    if choice % 3 == 0 {
        return one_text(bytes, str::parse::<Tile>).is_some();
    }
    let Some((width, bytes)) = chosen(bytes) else {
        return false;
    };
    let width = u16::from(width) + u16::from(choice / 3);
    if choice % 3 == 1 {
        let tile = Tile::new(TileKind::Hashes { level: 0 }, 0, width);
        let read = tile.and_then(|tile| tile.parse_hashes(bytes));
        let written =
            |hashes: &Vec<Hash>| hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
        return one_form(bytes, read, written).is_some();
    }
    let Ok(entries) = decode_entries(bytes, width) else {
        return false;
    };
    assert_eq!(encode_entries(&entries).as_deref(), Ok(bytes));
    true
}

/// `Frontier::from_bytes`, and that it grows.
pub(crate) fn frontier(bytes: &[u8]) -> bool {
    let read = one_form(bytes, Frontier::from_bytes(bytes), Frontier::to_bytes);
    let Some(mut frontier) = read else {
        return false;
    };
    let size = frontier.size();
    let grown = frontier.extend(&[Hash::EMPTY; 3]);
    assert_eq!(grown.is_ok(), size <= MAX_TREE_SIZE - 3);
    if grown.is_ok() {
        assert_eq!(frontier.size(), size + 3);
        let written = frontier.to_bytes();
        one_form(&written, Frontier::from_bytes(&written), Frontier::to_bytes);
    }
    let _ = frontier.root();
    true
}

/// Two numbers of 8 bytes, then hashes: as a proof of inclusion and of consistency.
pub(crate) fn merkle(bytes: &[u8]) -> bool {
    let Some((a, rest)) = bytes.split_first_chunk() else {
        return false;
    };
    let Some((b, rest)) = rest.split_first_chunk() else {
        return false;
    };
    let (a, b) = (u64::from_be_bytes(*a), u64::from_be_bytes(*b));
    let hashes: Vec<Hash> = rest
        .chunks_exact(32)
        .filter_map(|hash| Hash::try_from(hash).ok())
        .collect();
    let verified = check_inclusion(a, b, &hashes) | check_consistency(a, b, &hashes);
    let plans = [
        Plan::inclusion(a, b),
        Plan::consistency(a, b),
        Plan::prefix(a, b),
        Plan::root(b),
    ];
    for plan in plans.into_iter().flatten() {
        assert!(plan.reads().len() <= 128, "more than two reads a level");
        let _ = plan.assemble(&hashes);
    }
    verified
}

/// A size means something only together with the root of that size.
fn check_inclusion(index: u64, size: u64, hashes: &[Hash]) -> bool {
    let journal = &world().journal;
    let leaves = journal
        .leaves
        .get(usize::try_from(index).unwrap_or(usize::MAX));
    let leaf = leaves.copied().unwrap_or(Hash::EMPTY);
    let size_root = root(&journal.tree, size).unwrap_or(Hash::EMPTY);
    let verified = verify_inclusion(&leaf, index, size, &size_root, hashes).is_ok();
    if verified {
        assert_eq!(
            inclusion_proof(&journal.tree, index, size).as_deref(),
            Ok(hashes)
        );
    }
    verified
}

fn check_consistency(old: u64, new: u64, hashes: &[Hash]) -> bool {
    let tree = &world().journal.tree;
    let (old_root, new_root) = (root(tree, old), root(tree, new));
    let (Ok(old_root), Ok(new_root)) = (old_root, new_root) else {
        return false;
    };
    let read = consistency_roots(old, new, hashes).ok();
    let prefix = read.filter(|(_, new_read)| *new_read == new_root);
    assert!(
        prefix.is_none_or(|(old_read, _)| old_read == old_root),
        "another beginning"
    );
    let verified = verify_consistency(old, &old_root, new, &new_root, hashes).is_ok();
    if verified {
        assert_eq!(consistency_proof(tree, old, new).as_deref(), Ok(hashes));
    }
    verified | prefix.is_some()
}

fn check_head(head: &VerifiedCheckpoint) {
    assert!(world().journal.heads.contains(head.checkpoint()), "forged");
}
