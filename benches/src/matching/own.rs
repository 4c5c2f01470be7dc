//! What an element costs each side, from bytes to bytes.

use std::hint::black_box;

use passerelle_matching::oprf::{
    Answer, Element, Mode, Question, Suite, answer, blind_batch, evaluate_batch, finalize_batch,
};

use super::{inputs, key, slices};
use crate::clock::rng;
use crate::computed::each;

/// Computed nanoseconds an element.
pub(super) struct Costs {
    /// Evaluating an input of one's own.
    pub(super) index: f64,
    /// Hashing and blinding.
    pub(super) blind: f64,
    /// Reading, answering, writing; without proof.
    pub(super) evaluate: f64,
    /// The same with the proof.
    pub(super) proven: f64,
    /// Reading and unblinding; without proof.
    pub(super) finalise: f64,
    /// The same with checking the proof.
    pub(super) verified: f64,
}

impl Costs {
    /// Measures batches of `count`.
    pub(super) fn of(suite: &Suite, count: usize) -> anyhow::Result<Self> {
        let bare = match suite.has_lanes() {
            true => Suite::new(Mode::Oblivious),
            false => Suite::new(Mode::Oblivious).one_by_one(),
        };
        let inputs = inputs(count)?;
        let (plain, proven) = (Run::new(&bare, &inputs)?, Run::new(suite, &inputs)?);
        Ok(Self {
            index: proven.index()?,
            blind: proven.blind()?,
            evaluate: plain.answer()?,
            proven: proven.answer()?,
            finalise: plain.finalise()?,
            verified: proven.finalise()?,
        })
    }
}

/// One batch in one mode, with everything that travels.
struct Run<'a> {
    suite: &'a Suite,
    inputs: Vec<&'a [u8]>,
    questions: Vec<Question>,
    asked: Vec<[u8; 32]>,
    answered: Vec<[u8; 32]>,
    answer: Answer,
}

impl<'a> Run<'a> {
    fn new(suite: &'a Suite, inputs: &'a [Vec<u8>]) -> anyhow::Result<Self> {
        let inputs = slices(inputs);
        let questions = blind_batch(suite, &inputs, &mut rng())?;
        let elements: Vec<Element> = questions.iter().map(|question| question.element).collect();
        let answer = answer(suite, &key(suite)?, &elements, b"", &mut rng())?;
        Ok(Self {
            suite,
            inputs,
            questions,
            asked: bytes(&elements),
            answered: bytes(&answer.elements),
            answer,
        })
    }

    fn index(&self) -> anyhow::Result<f64> {
        let key = key(self.suite)?;
        each(self.inputs.len(), || {
            let inputs = self.inputs.iter().copied();
            black_box(evaluate_batch(self.suite, &key, inputs)?);
            Ok(())
        })
    }

    fn blind(&self) -> anyhow::Result<f64> {
        each(self.inputs.len(), || {
            let questions = blind_batch(self.suite, &self.inputs, &mut rng())?;
            black_box(questions.len());
            Ok(())
        })
    }

    fn answer(&self) -> anyhow::Result<f64> {
        let key = key(self.suite)?;
        each(self.asked.len(), || {
            let asked = Element::from_bytes_batch(self.suite, &self.asked)?;
            let answer = answer(self.suite, &key, &asked, b"", &mut rng())?;
            black_box(bytes(&answer.elements));
            Ok(())
        })
    }

    fn finalise(&self) -> anyhow::Result<f64> {
        let public = key(self.suite)?.public();
        let proof = self.answer.proof;
        each(self.answered.len(), || {
            let elements = Element::from_bytes_batch(self.suite, &self.answered)?;
            let answer = Answer { elements, proof };
            let public = Some(&public);
            let read = finalize_batch(self.suite, public, &self.inputs, &self.questions, &answer)?;
            black_box(read);
            Ok(())
        })
    }
}

fn bytes(elements: &[Element]) -> Vec<[u8; 32]> {
    elements.iter().map(|element| *element.as_bytes()).collect()
}
