//! RFC 9497, appendix A.1; RFC 9496, appendix A.

use std::path::Path;

use curve25519_dalek::Scalar;
use passerelle_matching::oprf::{
    Blind, Element, Mode, PublicKey, Question, SecretKey, Suite, answer_with, blind_with, evaluate,
    evaluate_batch, evaluate_partial, finalize_batch, finalize_partial,
};
use serde_json::Value;

const FILE: &str = "../../../shared/data/oprf/rfc9497-ristretto255-sha512.json";

/// The vectors, or a note that they are not here.
fn vectors(test: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if let Ok(text) = std::fs::read_to_string(path) {
        return Some(serde_json::from_str(&text).unwrap());
    }
    println!("skipped: no reference data");
    if let Ok(list) = std::env::var("PASSERELLE_SKIPS") {
        use std::io::Write as _;
        let mut file = std::fs::File::options()
            .append(true)
            .create(true)
            .open(list)
            .unwrap();
        writeln!(file, "{test}: reference data: RFC 9497 vectors").unwrap();
    }
    None
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn list(value: &Value) -> Vec<Vec<u8>> {
    value.as_str().unwrap().split(',').map(hex).collect()
}

fn exact<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap()
}

#[test]
fn every_vector_of_rfc_9497_comes_out() {
    let Some(file) = vectors("every_vector_of_rfc_9497_comes_out") else {
        return;
    };
    let groups = file["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    for group in groups {
        let mode = match group["mode"].as_u64().unwrap() {
            0 => Mode::Oblivious,
            1 => Mode::Verifiable,
            _ => Mode::Partial,
        };
        let suite = Suite::new(mode);
        let seed = exact(&hex(group["seed"].as_str().unwrap()));
        let info = hex(group["keyInfo"].as_str().unwrap());
        let key = SecretKey::derive(&suite, &seed, &info).unwrap();
        assert_eq!(key.expose().to_vec(), hex(group["skSm"].as_str().unwrap()));
        if let Some(public) = group["pkSm"].as_str() {
            assert_eq!(key.public().as_bytes().to_vec(), hex(public));
        }
        let found = group["vectors"].as_array().unwrap();
        assert!(found.len() >= 2);
        for vector in found {
            one(&suite, &key, vector);
        }
    }
}

fn one(suite: &Suite, key: &SecretKey, vector: &Value) {
    let inputs = list(&vector["Input"]);
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let info = vector["Info"].as_str().map(hex).unwrap_or_default();
    let blinds = list(&vector["Blind"]);
    let questions: Vec<Question> = inputs
        .iter()
        .zip(&blinds)
        .map(|(input, blind)| {
            let blind = Blind::from_bytes(exact(blind)).unwrap();
            let element = blind_with(suite, input, &blind).unwrap();
            Question { element, blind }
        })
        .collect();
    let asked: Vec<Element> = questions.iter().map(|question| question.element).collect();
    let wire = |elements: &[Element]| -> Vec<Vec<u8>> {
        elements.iter().map(|e| e.as_bytes().to_vec()).collect()
    };
    assert_eq!(wire(&asked), list(&vector["BlindedElement"]));
    let random = match vector["Proof"]["r"].as_str() {
        Some(text) => Scalar::from_canonical_bytes(exact(&hex(text))).unwrap(),
        None => Scalar::ONE,
    };
    let answer = answer_with(suite, key, &asked, &info, &random).unwrap();
    assert_eq!(wire(&answer.elements), list(&vector["EvaluationElement"]));
    if let Some(text) = vector["Proof"]["proof"].as_str() {
        assert_eq!(answer.proof.unwrap().to_bytes().to_vec(), hex(text));
    }
    in_lanes(suite, key, &questions, &answer.elements);
    let public: PublicKey = key.public();
    let outputs = match suite.mode() {
        Mode::Partial => {
            finalize_partial(suite, &public, &inputs, &questions, &info, &answer).unwrap()
        }
        _ => finalize_batch(suite, Some(&public), &inputs, &questions, &answer).unwrap(),
    };
    let expected = list(&vector["Output"]);
    for ((input, output), expected) in inputs.iter().zip(&outputs).zip(expected) {
        assert_eq!(output.to_vec(), expected);
        let direct = match suite.mode() {
            Mode::Partial => evaluate_partial(suite, key, input, &info).unwrap(),
            _ => evaluate(suite, key, input).unwrap(),
        };
        assert_eq!(direct, *output);
    }
    if suite.mode() != Mode::Partial {
        let all = evaluate_batch(suite, key, inputs.iter().copied()).unwrap();
        assert_eq!(all, outputs);
        // The same nine times, which fills the lanes where the processor has them.
        let many = evaluate_batch(suite, key, inputs.repeat(9)).unwrap();
        assert_eq!(many, outputs.repeat(9));
    }
}

/// The questions of a vector nine times, which fills the lanes where the processor has them.
fn in_lanes(suite: &Suite, key: &SecretKey, questions: &[Question], expected: &[Element]) {
    if suite.mode() == Mode::Partial {
        return;
    }
    let asked: Vec<Element> = questions.iter().map(|question| question.element).collect();
    let answer = answer_with(suite, key, &asked.repeat(9), b"", &Scalar::ONE).unwrap();
    assert_eq!(answer.elements, expected.repeat(9));
}

/// RFC 9496, appendix A.2: encodings that no element has; and the identity.
pub(crate) const BAD_ENCODINGS: [&str; 14] = [
    // Non-canonical field encodings.
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    // Negative field elements.
    "0100000000000000000000000000000000000000000000000000000000000000",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
    // Non-square x^2.
    "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
    // Negative x * y value.
    "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
    // s = -1, which gives y = 0.
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    // The identity is an encoding, but nothing that PMP-1 takes.
    "0000000000000000000000000000000000000000000000000000000000000000",
];

#[test]
fn bad_encodings_of_rfc_9496_are_refused() {
    for text in BAD_ENCODINGS {
        let refused = Element::from_bytes(exact(&hex(text))).unwrap_err();
        assert_eq!(refused.code(), "E_MATCH_ELEMENT", "{text}");
    }
    // Appendix A.1: the generator and its double.
    for text in [
        "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
        "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    ] {
        let element = Element::from_bytes(exact(&hex(text))).unwrap();
        assert_eq!(element.as_bytes().to_vec(), hex(text));
    }
}
