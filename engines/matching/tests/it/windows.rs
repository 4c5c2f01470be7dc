//! From one publication window to the next, and from one epoch to the next.

use std::collections::BTreeSet;

use passerelle_matching::exchange::{Epoch, Manifest, Padding, ask, respond};
use passerelle_matching::index::{Change, Index, build, next_window, padded};
use passerelle_matching::{Class, Tag};

use rand_core::Rng as _;

use crate::Seeded;

fn first(count: usize, rng: &mut Seeded) -> (Vec<Tag>, Index, Vec<Tag>) {
    let real: Vec<Tag> = (0..count).map(|_| Tag(rng.next_u64())).collect();
    let mut tags = real.clone();
    let dummies = padded(&mut tags, rng);
    (real, build(tags).unwrap(), dummies)
}

fn set(tags: impl IntoIterator<Item = Tag>) -> BTreeSet<Tag> {
    tags.into_iter().collect()
}

#[test]
fn windows_follow_each_other_and_hide_what_changed() {
    let rng = &mut Seeded::new(41);
    let (mut real, mut index, mut dummies) = first(5000, rng);
    for (come, go) in [(10, 0), (0, 0), (0, 700), (900, 3), (2000, 2000), (1, 1)] {
        let added: Vec<Tag> = (0..come).map(|_| Tag(rng.next_u64())).collect();
        let removed: Vec<Tag> = real.drain(..go).collect();
        let change = Change {
            added: added.clone(),
            removed: removed.iter().copied().chain([Tag(77)]).collect(),
        };
        let window = next_window(&index, &dummies, change, rng).unwrap();
        assert_eq!(
            (window.added, window.removed, window.unknown),
            (come, go, 1)
        );
        real.extend(&added);
        let (before, after) = (set(index.tags()), set(window.index.tags()));
        assert!(real.iter().all(|tag| after.contains(tag)));
        assert!(removed.iter().all(|tag| !after.contains(tag)));
        assert_eq!(after.len(), real.len() + window.dummies.len());
        // At least eight come and go, and the whole is a step of sizes.
        assert!(after.difference(&before).count() >= 8.max(come));
        assert!(before.difference(&after).count() >= 8.max(go));
        assert!(window.index.len().is_multiple_of(8));
        assert!(window.dummies.len() <= real.len() / 7 + 16, "{come} {go}");
        (index, dummies) = (window.index, window.dummies);
    }
}

#[test]
fn what_is_there_does_not_come_and_what_is_in_both_lists_stays() {
    let rng = &mut Seeded::new(42);
    let (real, index, dummies) = first(100, rng);
    let change = Change {
        added: vec![real[0], real[1], Tag(5)],
        removed: vec![real[1], real[2], Tag(5)],
    };
    let window = next_window(&index, &dummies, change, rng).unwrap();
    assert_eq!((window.added, window.removed, window.unknown), (1, 1, 0));
    assert!(window.index.holds(real[1]) && window.index.holds(Tag(5)));
    assert!(!window.index.holds(real[2]));
    let foreign = next_window(&index, &[Tag(6)], Change::default(), rng);
    assert_eq!(foreign.unwrap_err().code(), "E_MATCH_MISMATCH");
}

#[test]
fn padding_belongs_to_one_index() {
    let rng = &mut Seeded::new(43);
    let (_, index, dummies) = first(100, rng);
    let padding = Padding::of(&index, dummies.clone());
    let read = Padding::from_bytes(&padding.to_bytes()).unwrap();
    assert_eq!(set(read.dummies(&index).unwrap()), set(dummies.clone()));
    let window = next_window(&index, &dummies, Change::default(), rng).unwrap();
    let refused = read.dummies(&window.index).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_MISMATCH");
    let bytes = padding.to_bytes();
    for length in 0..bytes.len() {
        assert!(Padding::from_bytes(&bytes[..length]).is_err());
    }
    let mut turned = bytes.clone();
    turned[bytes.len() - 8] = 0;
    let refused = Padding::from_bytes(&turned).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_FILE");
}

#[test]
fn manifests_count_for_their_time_and_windows_for_their_epoch() {
    let rng = &mut Seeded::new(44);
    let (_, index, dummies) = first(100, rng);
    let epoch = |number| Epoch::new("be.interior", "ma.interior", Class::Phone, number).unwrap();
    let (one, two) = (epoch(1).key(&[1; 32]), epoch(2).key(&[2; 32]));
    let (one, two) = (one.unwrap(), two.unwrap());
    let manifest = Manifest::announce(epoch(1), &one, &index, "police", (1_000, 2_000)).unwrap();
    let code = |outcome: Result<(), passerelle_matching::Error>| outcome.unwrap_err().code();
    assert_eq!(code(manifest.check_time(999)), "E_MATCH_EXPIRED");
    assert!(manifest.check_time(1_000).is_ok() && manifest.check_time(1_999).is_ok());
    assert_eq!(code(manifest.check_time(2_000)), "E_MATCH_EXPIRED");
    let window = next_window(&index, &dummies, Change::default(), rng).unwrap();
    let next = manifest.next(&one, &window.index, 1_500).unwrap();
    assert_eq!((next.window, next.from, next.until), (2, 1_500, 2_000));
    let foreign = manifest.next(&two, &window.index, 1_500).map(drop);
    assert_eq!(code(foreign), "E_MATCH_MISMATCH");
    let late = manifest.next(&one, &window.index, 2_000).map(drop);
    assert_eq!(code(late), "E_MATCH_EXPIRED");
    // Asked by the manifest of an old window or epoch, and answered by the new one: refused.
    let question = Class::Phone.canonical("+32460000001").unwrap();
    let asked = ask(&manifest, &[question], "x", [0; 32], rng).unwrap();
    let renewed = Manifest::announce(epoch(2), &two, &index, "police", (1, 2)).unwrap();
    for (manifest, key) in [(&next, &one), (&renewed, &two), (&manifest, &two)] {
        let refused = respond(manifest, key, &asked.order, rng).map(drop);
        assert_eq!(code(refused), "E_MATCH_MISMATCH");
    }
}
