//! Batches in eight lanes and one by one: the same bytes, the same refusals. Where the
//! processor has no lanes both are the same, and these tests show nothing.

use curve25519_dalek::Scalar;
use passerelle_matching::oprf::{
    Answer, Element, Mode, Question, SecretKey, Suite, answer_with, blind_batch, evaluate,
    evaluate_batch, finalize_batch, finalize_partial,
};

use crate::Seeded;
use crate::vectors::BAD_ENCODINGS;

/// Below eight, eight, one more; below a stripe, a stripe, one more; and two with a rest.
const SIZES: [usize; 9] = [1, 7, 8, 9, 16, 255, 256, 257, 523];

fn inputs(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|n| n.to_be_bytes()[4..].to_vec()).collect()
}

/// Everything that one side computes for a batch, with the same randomness each time.
fn all(suite: &Suite, inputs: &[&[u8]]) -> (Vec<Question>, Answer, Vec<[u8; 64]>) {
    let key = SecretKey::derive(suite, &[7; 32], b"lanes").unwrap();
    let questions = blind_batch(suite, inputs, &mut Seeded::new(1)).unwrap();
    let asked: Vec<Element> = questions.iter().map(|question| question.element).collect();
    let random = Scalar::from(12_345_u64);
    let answer = answer_with(suite, &key, &asked, b"info", &random).unwrap();
    let outputs = read(suite, inputs, &questions, &answer);
    (questions, answer, outputs)
}

fn read(suite: &Suite, inputs: &[&[u8]], asked: &[Question], answer: &Answer) -> Vec<[u8; 64]> {
    let key = SecretKey::derive(suite, &[7; 32], b"lanes")
        .unwrap()
        .public();
    match suite.mode() {
        Mode::Partial => finalize_partial(suite, &key, inputs, asked, b"info", answer).unwrap(),
        _ => finalize_batch(suite, Some(&key), inputs, asked, answer).unwrap(),
    }
}

#[test]
fn both_ways_compute_the_same() {
    for mode in [Mode::Oblivious, Mode::Verifiable, Mode::Partial] {
        let (fast, slow) = (Suite::new(mode), Suite::new(mode).one_by_one());
        assert!(!slow.has_lanes());
        for size in SIZES {
            let inputs = inputs(size);
            let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
            let (asked, answer, outputs) = all(&fast, &inputs);
            let (asked_slow, answer_slow, outputs_slow) = all(&slow, &inputs);
            for (a, b) in asked.iter().zip(&asked_slow) {
                assert_eq!((a.element, a.blind.expose()), (b.element, b.blind.expose()));
            }
            assert_eq!(answer, answer_slow);
            assert_eq!(outputs, outputs_slow);
            // Each reads what the other made.
            assert_eq!(read(&fast, &inputs, &asked_slow, &answer_slow), outputs);
            assert_eq!(read(&slow, &inputs, &asked, &answer), outputs);
        }
    }
}

#[test]
fn an_index_is_the_same_both_ways() {
    let (fast, slow) = (
        Suite::new(Mode::Verifiable),
        Suite::new(Mode::Verifiable).one_by_one(),
    );
    let key = SecretKey::derive(&fast, &[9; 32], b"").unwrap();
    for size in SIZES {
        let inputs = inputs(size);
        let of = |suite| evaluate_batch(suite, &key, inputs.iter().map(Vec::as_slice)).unwrap();
        let outputs = of(&fast);
        assert_eq!(outputs, of(&slow));
        for (input, output) in inputs.iter().zip(&outputs).step_by(37) {
            assert_eq!(evaluate(&slow, &key, input).unwrap(), *output);
        }
    }
}

#[test]
fn one_input_that_is_too_long_is_refused_both_ways() {
    let long = vec![0; 65_536];
    let suite = Suite::new(Mode::Verifiable);
    let key = SecretKey::derive(&suite, &[9; 32], b"").unwrap();
    let mut inputs = vec![&b"short"[..]; 20];
    inputs[13] = &long;
    for suite in [suite.clone(), suite.one_by_one()] {
        let error = evaluate_batch(&suite, &key, inputs.iter().copied()).unwrap_err();
        assert_eq!(error.code(), "E_MATCH_INPUT");
        let error = blind_batch(&suite, &inputs, &mut Seeded::new(1))
            .err()
            .unwrap();
        assert_eq!(error.code(), "E_MATCH_INPUT");
    }
}

/// A bad encoding anywhere in a batch, with the reason that it has alone.
#[test]
fn batches_of_encodings_are_refused_as_single_ones_are() {
    let fast = Suite::new(Mode::Verifiable);
    let inputs = inputs(20);
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let good = blind_batch(&fast, &inputs, &mut Seeded::new(3)).unwrap();
    let good: Vec<[u8; 32]> = good.iter().map(|one| *one.element.as_bytes()).collect();
    for suite in [fast.clone(), fast.one_by_one()] {
        for count in [0, 1, 8, 20] {
            let read = Element::from_bytes_batch(&suite, &good[..count]).unwrap();
            let bytes: Vec<[u8; 32]> = read.iter().map(|one| *one.as_bytes()).collect();
            assert_eq!(bytes, good[..count]);
        }
        for (n, text) in BAD_ENCODINGS.iter().enumerate() {
            let bad: [u8; 32] = crate::vectors::hex(text).try_into().unwrap();
            let mut batch = good.clone();
            batch[n % 20] = bad;
            let error = Element::from_bytes_batch(&suite, &batch).unwrap_err();
            assert_eq!(error, Element::from_bytes(bad).unwrap_err(), "{text}");
        }
    }
}
