//! Two parties by files: what is in the index is found, and nothing else; cheats are seen.

use passerelle_matching::exchange::{
    AnswerFile, Epoch, Manifest, Opened, Order, Pending, ask, open, respond,
};
use passerelle_matching::index::{Index, build, padded};
use passerelle_matching::oprf::{Mode, SecretKey, Suite, evaluate_batch};
use passerelle_matching::{Canonical, Class, Reference, Tag};

use crate::Seeded;

struct Holder {
    key: SecretKey,
    index: Index,
    manifest: Manifest,
}

fn phone(number: u32) -> Canonical {
    Class::Phone
        .canonical(&format!("+3246{number:07}"))
        .unwrap()
}

fn holder(epoch: u64, seed: u8, held: std::ops::Range<u32>) -> Holder {
    let epoch = Epoch::new("be.interior", "ma.interior", Class::Phone, epoch).unwrap();
    let key = epoch.key(&[seed; 32]).unwrap();
    let inputs: Vec<Vec<u8>> = held.map(|n| phone(n).input()).collect();
    let suite = Suite::new(Mode::Verifiable);
    let outputs = evaluate_batch(&suite, &key, inputs.iter().map(Vec::as_slice)).unwrap();
    let mut tags: Vec<Tag> = outputs.iter().map(Tag::of).collect();
    padded(&mut tags, &mut Seeded::new(11));
    let index = build(tags).unwrap();
    let manifest = Manifest::announce(epoch, &key, &index, "police", (1_000, 2_000)).unwrap();
    Holder {
        key,
        index,
        manifest,
    }
}

#[test]
fn two_parties_by_files() {
    let rng = &mut Seeded::new(21);
    let holder = holder(1, 5, 0..3000);
    let manifest = Manifest::from_bytes(&holder.manifest.to_bytes()).unwrap();
    let index = Index::from_bytes(holder.index.as_bytes().to_vec()).unwrap();
    manifest.check_index(&index).unwrap();
    let questions: Vec<Canonical> = (2990..3060).map(phone).collect();
    let asked = ask(&manifest, &questions, "trafficking", [7; 32], rng).unwrap();
    let order = Order::from_bytes(&asked.order.to_bytes()).unwrap();
    let pending = Pending::from_bytes(&asked.pending.to_bytes()).unwrap();
    assert_eq!(order.len(), 512);
    let answer = respond(&holder.manifest, &holder.key, &order, rng).unwrap();
    let answer = AnswerFile::from_bytes(&answer.to_bytes()).unwrap();
    let found = answer.read_with(&manifest, &order, &pending).unwrap();
    for (number, (question, found)) in questions.iter().zip(&found).enumerate() {
        assert_eq!(index.holds(found.tag), number < 10, "{question:?}");
        let direct = evaluate_batch(
            &Suite::new(Mode::Verifiable),
            &holder.key,
            [question.input().as_slice()],
        );
        assert_eq!(found.reference, Reference::of(&direct.unwrap()[0]));
    }
    // The auditor sees what was asked and what filled the batch up.
    let opened = open(&manifest, &order, &pending).unwrap();
    let dummies = opened.iter().filter(|one| **one == Opened::Dummy).count();
    assert_eq!((opened.len(), dummies), (512, 512 - questions.len()));
    for question in &questions {
        assert!(opened.contains(&Opened::Question(question.clone())));
    }
}

#[test]
fn a_lie_about_what_was_asked_does_not_open() {
    let rng = &mut Seeded::new(22);
    let manifest = holder(1, 5, 0..10).manifest;
    let asked = ask(&manifest, &[phone(3)], "trafficking", [7; 32], rng).unwrap();
    assert!(open(&manifest, &asked.order, &asked.pending).is_ok());
    let mut lie = asked.pending.clone();
    lie.asked = vec![phone(4).as_str().to_owned()];
    assert_eq!(
        open(&manifest, &asked.order, &lie).unwrap_err().code(),
        "E_MATCH_OPENING"
    );
    let other = ask(&manifest, &[phone(3)], "trafficking", [7; 32], rng).unwrap();
    assert_eq!(
        open(&manifest, &other.order, &asked.pending)
            .unwrap_err()
            .code(),
        "E_MATCH_MISMATCH"
    );
}

#[test]
fn keys_of_epochs_and_parties_are_apart() {
    let seed = [9; 32];
    let key = |holder, asker, class, number| {
        let epoch = Epoch::new(holder, asker, class, number).unwrap();
        epoch.key(&seed).unwrap().expose()
    };
    let keys: std::collections::BTreeSet<_> = [
        key("a", "b", Class::Phone, 1),
        key("a", "b", Class::Phone, 2),
        key("a", "b", Class::Plate, 1),
        key("b", "a", Class::Phone, 1),
        key("ab", "c", Class::Phone, 1),
        key("a", "bc", Class::Phone, 1),
    ]
    .into();
    assert_eq!(keys.len(), 6);
    assert!(Epoch::new("", "b", Class::Phone, 1).is_err());
}

#[test]
fn other_keys_manifests_and_orders_are_seen() {
    let rng = &mut Seeded::new(23);
    let (one, two) = (holder(1, 5, 0..50), holder(2, 6, 0..50));
    let questions = [phone(1), phone(99)];
    let asked = ask(&one.manifest, &questions, "trafficking", [7; 32], rng).unwrap();
    let code = |result: Result<AnswerFile, passerelle_matching::Error>| result.unwrap_err().code();
    assert_eq!(
        code(respond(&two.manifest, &two.key, &asked.order, rng)),
        "E_MATCH_MISMATCH"
    );
    assert_eq!(
        code(respond(&one.manifest, &two.key, &asked.order, rng)),
        "E_MATCH_MISMATCH"
    );
    let good = respond(&one.manifest, &one.key, &asked.order, rng).unwrap();
    let again = ask(&one.manifest, &questions, "trafficking", [7; 32], rng).unwrap();
    let refused = good.read_with(&one.manifest, &again.order, &again.pending);
    assert_eq!(refused.unwrap_err().code(), "E_MATCH_MISMATCH");
    // Every byte of an answer matters.
    let bytes = good.to_bytes();
    for position in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        let read = AnswerFile::from_bytes(&altered)
            .and_then(|file| file.read_with(&one.manifest, &asked.order, &asked.pending));
        assert!(read.is_err(), "byte {position}");
    }
    let wrong = Class::Email.canonical("a@b.org").unwrap();
    let refused = ask(&one.manifest, &[wrong], "trafficking", [7; 32], rng);
    assert_eq!(refused.err().unwrap().code(), "E_MATCH_MISMATCH");
    let refused = ask(&one.manifest, &[], "trafficking", [7; 32], rng);
    assert_eq!(refused.err().unwrap().code(), "E_MATCH_BATCH");
}

#[test]
fn cut_and_altered_files_are_refused() {
    let rng = &mut Seeded::new(24);
    let holder = holder(1, 5, 0..20);
    let asked = ask(&holder.manifest, &[phone(1)], "trafficking", [7; 32], rng).unwrap();
    let manifest = holder.manifest.to_bytes();
    let order = asked.order.to_bytes();
    let pending = asked.pending.to_bytes();
    for length in 0..manifest.len() {
        assert!(Manifest::from_bytes(&manifest[..length]).is_err());
    }
    for length in 0..order.len() {
        assert!(Order::from_bytes(&order[..length]).is_err());
    }
    for length in 0..pending.len() {
        assert!(Pending::from_bytes(&pending[..length]).is_err());
    }
    for position in 0..manifest.len() {
        let mut altered = manifest.clone();
        altered[position] ^= 1;
        if let Ok(read) = Manifest::from_bytes(&altered) {
            assert_ne!(read.hash(), holder.manifest.hash());
        }
    }
}

#[test]
fn elements_and_batches_that_cannot_be_are_refused() {
    let rng = &mut Seeded::new(25);
    let holder = holder(1, 5, 0..20);
    let asked = ask(&holder.manifest, &[phone(1)], "trafficking", [7; 32], rng).unwrap();
    let good = asked.order.to_bytes();
    let (head, element) = good.split_at(good.len() - 32);
    let code = |tail: &[u8]| {
        let bytes = [head, tail].concat();
        let order = Order::from_bytes(&bytes);
        let answer = order.and_then(|o| respond(&holder.manifest, &holder.key, &o, &mut *rng));
        answer.map(drop).map_err(|error| error.code())
    };
    let mut code = code;
    assert_eq!(code(element), Ok(()));
    // The identity, a point that does not decode, a field element above the prime.
    for bytes in [[0; 32], [1; 32], [0xff; 32]] {
        assert_eq!(code(&bytes), Err("E_MATCH_ELEMENT"));
    }
    // One batch of as many bytes as are told.
    let head = head.strip_suffix(&[0x58, 32]).unwrap();
    let batch = |count: u32| {
        let length = (count * 32).to_be_bytes();
        let body = vec![0; count as usize * 32];
        Order::from_bytes(&[head, &[0x5a], &length, &body].concat())
    };
    assert!(batch(32_768).is_ok());
    for count in [65_536, 32_767, 65_535] {
        assert_eq!(batch(count).unwrap_err().code(), "E_MATCH_BATCH");
    }
}

#[test]
fn files_of_another_version_say_so_whatever_they_hold() {
    let manifest = holder(1, 5, 0..5).manifest.to_bytes();
    let mut newer = manifest.clone();
    newer[2] = 2;
    let foreign = [0xa2, 0, 9, 0x18, 77, 0xf6];
    for bytes in [newer.as_slice(), &foreign] {
        let refused = Manifest::from_bytes(bytes).unwrap_err();
        assert_eq!(refused.code(), "E_MATCH_VERSION");
        let refused = Order::from_bytes(bytes).unwrap_err();
        assert_eq!(refused.code(), "E_MATCH_VERSION");
    }
    assert_eq!(
        Manifest::from_bytes(b"%PDF-1.7").unwrap_err().code(),
        "E_MATCH_FILE"
    );
}

#[test]
fn the_case_is_kept_and_its_commitment_checked() {
    let rng = &mut Seeded::new(26);
    let manifest = holder(1, 5, 0..5).manifest;
    let commitment = Pending::commitment("BE-77", &[3; 32]);
    let asked = ask(&manifest, &[phone(1)], "trafficking", commitment, rng).unwrap();
    assert_eq!(asked.pending.case(&asked.order).unwrap(), None);
    let kept = asked.pending.clone().with_case("BE-77", [3; 32]);
    let kept = Pending::from_bytes(&kept.to_bytes()).unwrap();
    assert_eq!(kept.case(&asked.order).unwrap(), Some("BE-77"));
    let lie = kept.with_case("BE-78", [3; 32]);
    assert_eq!(
        lie.case(&asked.order).unwrap_err().code(),
        "E_MATCH_OPENING"
    );
}
