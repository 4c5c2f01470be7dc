//! What must hold for any input, and what a cheat meets.

use passerelle_matching::oprf::{
    Answer, Blind, Element, MAX_BATCH, Mode, PROOF_BYTES, Proof, Question, SecretKey, Suite,
    answer, blind, blind_with, evaluate, finalize, finalize_batch,
};
use proptest::prelude::*;

use crate::Seeded;

fn suite() -> Suite {
    Suite::new(Mode::Verifiable)
}

fn key(number: u8) -> SecretKey {
    SecretKey::derive(&suite(), &[number; 32], b"passerelle/pmp1").unwrap()
}

fn asked(inputs: &[Vec<u8>], rng: &mut Seeded) -> (Vec<Question>, Vec<Element>) {
    let questions: Vec<Question> = inputs
        .iter()
        .map(|input| blind(&suite(), input, rng).unwrap())
        .collect();
    let elements = questions.iter().map(|question| question.element).collect();
    (questions, elements)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn asking_gives_what_the_holder_computes(
        inputs in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 1..40),
        seed in any::<u64>(),
    ) {
        let (suite, key, rng) = (suite(), key(3), &mut Seeded::new(seed));
        let (questions, elements) = asked(&inputs, rng);
        let answer = answer(&suite, &key, &elements, b"", rng).unwrap();
        let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        let outputs =
            finalize_batch(&suite, Some(&key.public()), &inputs, &questions, &answer).unwrap();
        for (input, output) in inputs.iter().zip(&outputs) {
            prop_assert_eq!(evaluate(&suite, &key, input).unwrap(), *output);
        }
    }

    #[test]
    fn the_order_of_a_batch_does_not_matter(seed in any::<u64>()) {
        let (suite, key, rng) = (suite(), key(4), &mut Seeded::new(seed));
        let inputs: Vec<Vec<u8>> = (0..9_u8).map(|n| vec![n; 5]).collect();
        let (mut questions, _) = asked(&inputs, rng);
        questions.reverse();
        let elements: Vec<Element> = questions.iter().map(|q| q.element).collect();
        let answer = answer(&suite, &key, &elements, b"", rng).unwrap();
        let turned: Vec<&[u8]> = inputs.iter().rev().map(Vec::as_slice).collect();
        let outputs =
            finalize_batch(&suite, Some(&key.public()), &turned, &questions, &answer).unwrap();
        for (input, output) in turned.iter().zip(outputs) {
            prop_assert_eq!(evaluate(&suite, &key, input).unwrap(), output);
        }
    }

    #[test]
    fn an_opened_question_fits_only_its_own_input_and_blind(
        input in proptest::collection::vec(any::<u8>(), 0..40),
        other in proptest::collection::vec(any::<u8>(), 0..40),
        seed in any::<u64>(),
    ) {
        let (suite, rng) = (suite(), &mut Seeded::new(seed));
        let question = blind(&suite, &input, rng).unwrap();
        let kept = Blind::from_bytes(question.blind.expose()).unwrap();
        prop_assert_eq!(blind_with(&suite, &input, &kept).unwrap(), question.element);
        if other != input {
            prop_assert_ne!(blind_with(&suite, &other, &kept).unwrap(), question.element);
        }
        let another = blind(&suite, &input, rng).unwrap();
        prop_assert_ne!(blind_with(&suite, &input, &another.blind).unwrap(), question.element);
        // The same input twice cannot be linked by what travels.
        prop_assert_ne!(another.element, question.element);
    }
}

#[test]
fn another_key_and_altered_answers_are_seen() {
    let (suite, own, other, rng) = (suite(), key(1), key(2), &mut Seeded::new(7));
    let inputs: Vec<Vec<u8>> = (0..4_u8).map(|n| vec![n]).collect();
    let (questions, elements) = asked(&inputs, rng);
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let read = |answer: &Answer| {
        finalize_batch(&suite, Some(&own.public()), &inputs, &questions, answer)
            .map_err(|error| error.code())
    };
    let good = answer(&suite, &own, &elements, b"", rng).unwrap();
    assert!(read(&good).is_ok());
    let foreign = answer(&suite, &other, &elements, b"", rng).unwrap();
    assert_eq!(read(&foreign).unwrap_err(), "E_MATCH_PROOF");
    // One question answered with another key, to tell it apart later.
    let mut tagged = good.clone();
    tagged.elements[2] = foreign.elements[2];
    assert_eq!(read(&tagged).unwrap_err(), "E_MATCH_PROOF");
    let mut swapped = good.clone();
    swapped.elements.swap(0, 1);
    assert_eq!(read(&swapped).unwrap_err(), "E_MATCH_PROOF");
    let mut borrowed = good.clone();
    borrowed.proof = foreign.proof;
    assert_eq!(read(&borrowed).unwrap_err(), "E_MATCH_PROOF");
    let mut bare = good.clone();
    bare.proof = None;
    assert_eq!(read(&bare).unwrap_err(), "E_MATCH_PROOF");
    let mut short = good.clone();
    short.elements.pop();
    assert_eq!(read(&short).unwrap_err(), "E_MATCH_BATCH");
    for position in 0..PROOF_BYTES {
        let mut bytes = good.proof.unwrap().to_bytes();
        bytes[position] ^= 1;
        if let Ok(proof) = Proof::from_bytes(&bytes) {
            let mut altered = good.clone();
            altered.proof = Some(proof);
            assert_eq!(read(&altered).unwrap_err(), "E_MATCH_PROOF");
        }
    }
}

#[test]
fn limits_hold() {
    let (suite, key, rng) = (suite(), key(1), &mut Seeded::new(1));
    let none = answer(&suite, &key, &[], b"", rng).unwrap_err();
    assert_eq!(none.code(), "E_MATCH_BATCH");
    let question = blind(&suite, b"x", rng).unwrap();
    let many = vec![question.element; MAX_BATCH + 1];
    let refused = answer(&suite, &key, &many, b"", rng).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_BATCH");
    let long = vec![0; 65_536];
    assert_eq!(
        evaluate(&suite, &key, &long).unwrap_err().code(),
        "E_MATCH_INPUT"
    );
    assert!(evaluate(&suite, &key, &long[1..]).is_ok());
    assert_eq!(
        SecretKey::from_bytes([0; 32]).err().unwrap().code(),
        "E_MATCH_SCALAR"
    );
    assert_eq!(
        SecretKey::from_bytes([0xff; 32]).err().unwrap().code(),
        "E_MATCH_SCALAR"
    );
    let answer = answer(&suite, &key, &[question.element], b"", rng).unwrap();
    assert!(finalize(&suite, Some(&key.public()), b"x", &question, &answer).is_ok());
    assert_eq!(
        finalize(&suite, None, b"x", &question, &answer)
            .unwrap_err()
            .code(),
        "E_MATCH_PROOF"
    );
}
