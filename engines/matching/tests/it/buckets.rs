//! Bucket mode: what is fetched is proved, and enough to look up; small indexes are refused.

use std::sync::LazyLock;

use passerelle_matching::exchange::{
    AnswerFile, Asked, Epoch, Fetch, Given, MAX_DECOYS, MAX_FETCH_BUCKETS, MIN_BUCKET_KEYS,
    Manifest, ask, respond,
};
use passerelle_matching::index::{Index, bucket_of, buckets_of, build};
use passerelle_matching::oprf::{Mode, SecretKey, Suite, evaluate_batch};
use passerelle_matching::{Canonical, Class, Error, Tag};

use rand_core::Rng as _;

use crate::Seeded;

struct Holder {
    key: SecretKey,
    index: Index,
    manifest: Manifest,
}

fn plate(number: u32) -> Canonical {
    Class::Plate
        .canonical(&format!("BE/1-AAA-{number:03}"))
        .unwrap()
}

/// Ten plates among a million tags of nothing.
fn holder(others: u64) -> Holder {
    let epoch = Epoch::new("be.interior", "ma.interior", Class::Plate, 1).unwrap();
    let key = epoch.key(&[4; 32]).unwrap();
    let inputs: Vec<Vec<u8>> = (0..10).map(|n| plate(n).input()).collect();
    let suite = Suite::new(Mode::Verifiable);
    let outputs = evaluate_batch(&suite, &key, inputs.iter().map(Vec::as_slice)).unwrap();
    let mut rng = Seeded::new(31);
    let mut tags: Vec<Tag> = (0..others).map(|_| Tag(rng.next_u64())).collect();
    tags.extend(outputs.iter().map(Tag::of));
    let index = build(tags).unwrap();
    let manifest = Manifest::announce(epoch, &key, &index, "police", (1_000, 2_000)).unwrap();
    Holder {
        key,
        index,
        manifest,
    }
}

static LARGE: LazyLock<Holder> = LazyLock::new(|| holder(MIN_BUCKET_KEYS));

fn asked(holder: &Holder, rng: &mut Seeded) -> (Vec<Canonical>, Asked, AnswerFile) {
    let questions: Vec<Canonical> = (8..12).map(plate).collect();
    let asked = ask(&holder.manifest, &questions, "traffic", [7; 32], rng).unwrap();
    let answer = respond(&holder.manifest, &holder.key, &asked.order, rng).unwrap();
    (questions, asked, answer)
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    outcome.unwrap_err().code()
}

#[test]
fn questions_are_looked_up_in_the_buckets_alone() {
    let (holder, rng) = (&*LARGE, &mut Seeded::new(32));
    let (questions, asked, answer) = asked(holder, rng);
    let manifest = &holder.manifest;
    let tags = answer.tags(manifest, &asked.order, &asked.pending).unwrap();
    assert_eq!(tags.len(), 8);
    let fetch = Fetch::of(manifest, &tags, 3, rng).unwrap();
    let fetch = Fetch::from_bytes(&fetch.to_bytes()).unwrap();
    // Dummies fetch too, and so do decoys.
    assert!(fetch.len() > 16 && fetch.len() <= 32, "{}", fetch.len());
    let given = Given::of(manifest, &holder.index, &fetch).unwrap();
    assert!(given.to_bytes().len() < holder.index.as_bytes().len() / 16);
    let given = Given::from_bytes(&given.to_bytes()).unwrap();
    let fetched = given.checked(manifest, &fetch).unwrap();
    let found = answer
        .read_with(manifest, &asked.order, &asked.pending)
        .unwrap();
    let hits: Vec<bool> = found
        .iter()
        .map(|found| fetched.holds(found.tag).unwrap())
        .collect();
    assert_eq!(hits, [true, true, false, false], "{questions:?}");
    // What was not fetched is not answered with no.
    let far = (0..u64::MAX)
        .map(|n| Tag(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .find(|tag| fetched.holds(*tag).is_err());
    assert_eq!(code(fetched.holds(far.unwrap())), "E_MATCH_MISMATCH");
}

#[test]
fn small_indexes_are_refused_by_both_sides() {
    let (small, rng) = (holder(5000), &mut Seeded::new(33));
    let tags = [Tag(1), Tag(u64::MAX)];
    let refused = Fetch::of(&small.manifest, &tags, 0, rng);
    assert_eq!(code(refused), "E_MATCH_MODE");
    // A request made in spite of it is not served.
    let mut bytes = Fetch::of(&LARGE.manifest, &tags, 0, rng)
        .unwrap()
        .to_bytes();
    let hash = small.manifest.hash();
    let at = bytes
        .windows(32)
        .position(|window| window == LARGE.manifest.hash())
        .unwrap();
    bytes[at..at + 32].copy_from_slice(&hash);
    let fetch = Fetch::from_bytes(&bytes).unwrap();
    let served = Given::of(&small.manifest, &small.index, &fetch);
    assert_eq!(code(served), "E_MATCH_MODE");
}

#[test]
fn altered_missing_and_foreign_buckets_are_seen() {
    let (holder, rng) = (&*LARGE, &mut Seeded::new(34));
    let manifest = &holder.manifest;
    let fetch = Fetch::of(manifest, &[Tag(1), Tag(1 << 63)], 0, rng).unwrap();
    let other = Fetch::of(manifest, &[Tag(1), Tag(3 << 62)], 0, rng).unwrap();
    let given = Given::of(manifest, &holder.index, &fetch).unwrap();
    assert!(given.checked(manifest, &fetch).is_ok());
    assert_eq!(
        code(given.checked(manifest, &other).map(drop)),
        "E_MATCH_MISMATCH"
    );
    let bytes = given.to_bytes();
    for position in (0..bytes.len()).step_by(211).chain(0..64) {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        let read = Given::from_bytes(&altered);
        assert!(
            read.and_then(|given| given.checked(manifest, &fetch).map(drop))
                .is_err(),
            "{position}"
        );
    }
    for length in (0..bytes.len()).step_by(997) {
        assert!(Given::from_bytes(&bytes[..length]).is_err());
    }
    // Another index under the same manifest is not served.
    let foreign = build(vec![Tag(5)]).unwrap();
    assert_eq!(
        code(Given::of(manifest, &foreign, &fetch)),
        "E_MATCH_MISMATCH"
    );
}

#[test]
fn limits_of_requests_hold() {
    let (manifest, rng) = (&LARGE.manifest, &mut Seeded::new(35));
    assert_eq!(code(Fetch::of(manifest, &[], 0, rng)), "E_MATCH_BATCH");
    let many = Fetch::of(manifest, &[Tag(1)], MAX_DECOYS + 1, rng);
    assert_eq!(code(many), "E_MATCH_BATCH");
    let buckets = buckets_of(manifest.keys);
    assert_eq!(buckets, 1024);
    // All buckets, however often they are asked for.
    let tags: Vec<Tag> = (0..5000_u64).map(|n| Tag(n << 51)).collect();
    let all = Fetch::of(manifest, &tags, 4, rng).unwrap();
    assert_eq!(all.len(), 1024);
    assert_eq!(bucket_of(Tag(u64::MAX), manifest.keys), 1023);
    // Numbers out of order, twice, beyond the end, or too many.
    let written = |numbers: &[u32]| {
        let mut bytes = Vec::new();
        let mut encoder = minicbor::Encoder::new(&mut bytes);
        encoder.map(3).unwrap().u32(0).unwrap().u32(1).unwrap();
        encoder.u32(1).unwrap().bytes(&manifest.hash()).unwrap();
        encoder.u32(2).unwrap().array(numbers.len() as u64).unwrap();
        numbers.iter().for_each(|number| {
            encoder.u32(*number).unwrap();
        });
        Fetch::from_bytes(&bytes)
    };
    assert!(written(&[1, 2]).is_ok());
    assert_eq!(code(written(&[2, 1])), "E_MATCH_FILE");
    assert_eq!(code(written(&[2, 2])), "E_MATCH_FILE");
    assert_eq!(code(written(&[])), "E_MATCH_BATCH");
    let many: Vec<u32> = (0..=MAX_FETCH_BUCKETS as u32).collect();
    assert_eq!(code(written(&many)), "E_MATCH_BATCH");
    let beyond = written(&[1, 1024]).unwrap();
    let served = Given::of(manifest, &LARGE.index, &beyond);
    assert_eq!(code(served), "E_MATCH_FILE");
}
