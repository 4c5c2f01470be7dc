//! The index: what went in is in, nothing else is, and altered files are refused.

use passerelle_matching::Tag;
use passerelle_matching::index::{
    Bucket, Change, Index, MAX_DUMMY_PERCENT, bucket_of, build, padded,
};
use proptest::prelude::*;

use crate::Seeded;

fn tags(count: usize, seed: u64) -> Vec<Tag> {
    let mut rng = Seeded::new(seed);
    (0..count).map(|_| Tag(rng.next_u64())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_went_in_is_in(
        held in proptest::collection::vec(any::<u64>(), 0..3000),
        narrow in proptest::collection::vec(0_u64..5000, 0..300),
        probes in proptest::collection::vec(any::<u64>(), 0..200),
    ) {
        // Tags of a real index are uniform; an index of others must still be right.
        let all: std::collections::BTreeSet<u64> = held.iter().chain(&narrow).copied().collect();
        let index = build(held.iter().chain(&narrow).map(|tag| Tag(*tag)).collect()).unwrap();
        prop_assert_eq!(index.len(), all.len() as u64);
        let back: Vec<u64> = index.tags().map(|tag| tag.0).collect();
        prop_assert_eq!(back, all.iter().copied().collect::<Vec<_>>());
        for tag in &all {
            prop_assert!(index.holds(Tag(*tag)));
            for beside in [tag.wrapping_sub(1), tag.wrapping_add(1), tag ^ (1 << 63)] {
                prop_assert_eq!(index.holds(Tag(beside)), all.contains(&beside));
            }
        }
        for probe in probes {
            prop_assert_eq!(index.holds(Tag(probe)), all.contains(&probe));
        }
        let read = Index::from_bytes(index.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(read, index);
    }
}

#[test]
fn a_million_keys_and_a_million_probes_give_no_false_hit() {
    let held = tags(1_000_000, 1);
    let index = build(held.clone()).unwrap();
    assert!(held.iter().all(|tag| index.holds(*tag)));
    let mut rng = Seeded::new(2);
    let hits = (0..1_000_000)
        .filter(|_| index.holds(Tag(rng.next_u64())))
        .count();
    assert_eq!(hits, 0);
    let keys = index.len() as f64;
    let bound = (64.0 - keys.log2() + std::f64::consts::LOG2_E) * keys / 8.0;
    let ratio = index.as_bytes().len() as f64 / bound;
    assert!(ratio <= 1.05, "{ratio}");
}

#[test]
fn windows_take_in_and_let_go() {
    let first = tags(5000, 3);
    let index = build(first.clone()).unwrap();
    let added = tags(500, 4);
    let removed = first[..700].to_vec();
    let change = Change {
        added: added.clone(),
        removed: removed.clone(),
    };
    let next = index.next(change).unwrap();
    assert_eq!(next.len(), 4800);
    assert!(added.iter().all(|tag| next.holds(*tag)));
    assert!(removed.iter().all(|tag| !next.holds(*tag)));
    let again = build(first[700..].iter().chain(&added).copied().collect()).unwrap();
    assert_eq!(again.root(), next.root());
}

#[test]
fn dummies_hide_the_number() {
    for count in [0, 1, 7, 100, 4095, 4096, 5000, 100_001] {
        let mut all = tags(count, 5);
        let dummies = padded(&mut all, &mut Seeded::new(6));
        assert_eq!(all.len(), count + dummies.len());
        let most = (count as u64 * (MAX_DUMMY_PERCENT + 1) / 100).max(8);
        assert!(dummies.len() as u64 <= most, "{count}: {}", dummies.len());
    }
}

#[test]
fn buckets_prove_where_they_belong() {
    let held = tags(20_000, 8);
    let index = build(held.clone()).unwrap();
    let announced = (&index.root(), index.len());
    assert!(index.buckets() > 16);
    for tag in held.iter().take(50) {
        let number = bucket_of(*tag, index.len());
        let (bytes, path) = index.bucket(number).unwrap();
        let bucket = Bucket::announced(bytes, number, &path, announced).unwrap();
        assert!(bucket.holds(*tag) && !bucket.holds(Tag(tag.0 ^ 1)));
        let other = (number + 1) % index.buckets();
        assert!(Bucket::announced(bytes, other, &path, announced).is_err());
        let mut altered = bytes.to_vec();
        altered[9] ^= 4;
        assert!(Bucket::announced(&altered, number, &path, announced).is_err());
        let mut short = path.clone();
        short.0.pop();
        assert!(Bucket::announced(bytes, number, &short, announced).is_err());
    }
    assert!(index.bucket(index.buckets()).is_err());
}

#[test]
fn cut_longer_and_altered_files_are_refused_or_have_another_root() {
    let index = build(tags(3000, 9)).unwrap();
    let bytes = index.as_bytes();
    for length in (0..bytes.len()).step_by(97) {
        assert!(
            Index::from_bytes(bytes[..length].to_vec()).is_err(),
            "{length}"
        );
    }
    let mut longer = bytes.to_vec();
    longer.push(0);
    assert_eq!(
        Index::from_bytes(longer).unwrap_err().code(),
        "E_MATCH_FILE"
    );
    for position in (0..bytes.len()).step_by(53) {
        let mut altered = bytes.to_vec();
        altered[position] ^= 0x10;
        if let Ok(read) = Index::from_bytes(altered) {
            assert_ne!(read.root(), index.root(), "{position}");
        }
    }
    let mut version = bytes.to_vec();
    version[8] = 2;
    assert_eq!(
        Index::from_bytes(version).unwrap_err().code(),
        "E_MATCH_VERSION"
    );
    let mut huge = bytes.to_vec();
    huge[12..20].copy_from_slice(&u64::MAX.to_le_bytes());
    assert_eq!(Index::from_bytes(huge).unwrap_err().code(), "E_MATCH_FILE");
}
