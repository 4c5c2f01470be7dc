//! The asker's side: blinding inputs, and reading what comes back.

use curve25519_dalek::Scalar;
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::element::{Element, SCALAR_BYTES, scalar};
use super::evaluate::{Answer, hashed, output, output_with, times};
use super::group::{Batch, By, STRIPE};
use super::key::{base, tweaked};
use super::proof::{Claim, Proof};
use super::{Mode, Output, PublicKey, Suite};
use crate::Error;

/// The random scalar that hides an input: fresh for each, and never derived from a key, so
/// that what travels hides the input from anybody for ever.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Blind(Scalar);

/// What is asked: the blinded element, and what is needed to read the answer.
pub struct Question {
    /// What travels.
    pub element: Element,
    /// What stays.
    pub blind: Blind,
}

impl Blind {
    /// Reads a blind that was kept.
    ///
    /// # Errors
    /// `E_MATCH_SCALAR`.
    pub fn from_bytes(bytes: [u8; SCALAR_BYTES]) -> Result<Self, Error> {
        scalar(bytes).map(Self)
    }

    /// The encoding, to be kept sealed.
    pub fn expose(&self) -> [u8; SCALAR_BYTES] {
        self.0.to_bytes()
    }

    fn fresh(rng: &mut impl CryptoRng) -> Self {
        loop {
            let scalar = Scalar::random(rng);
            if scalar != Scalar::ZERO {
                return Self(scalar);
            }
        }
    }
}

/// RFC 9497 `Blind`.
///
/// # Errors
/// `E_MATCH_INPUT`.
pub fn blind(suite: &Suite, input: &[u8], rng: &mut impl CryptoRng) -> Result<Question, Error> {
    let blind = Blind::fresh(rng);
    let element = blind_with(suite, input, &blind)?;
    Ok(Question { element, blind })
}

/// [`blind`] for many inputs, faster together.
///
/// # Errors
/// `E_MATCH_INPUT`, `E_MATCH_KERNEL`.
pub fn blind_batch(
    suite: &Suite,
    inputs: &[&[u8]],
    rng: &mut impl CryptoRng,
) -> Result<Vec<Question>, Error> {
    let mut questions = Vec::with_capacity(inputs.len());
    for inputs in inputs.chunks(STRIPE) {
        let blinds: Vec<Blind> = inputs.iter().map(|_| Blind::fresh(rng)).collect();
        let scalars: Zeroizing<Vec<Scalar>> =
            Zeroizing::new(blinds.iter().map(|blind| blind.0).collect());
        let elements = times(suite, inputs, By::Each(&scalars))?;
        let elements = elements.into_iter().map(Element::read);
        questions.extend(
            elements
                .zip(blinds)
                .map(|(element, blind)| Question { element, blind }),
        );
    }
    Ok(questions)
}

/// The blinded element of an input under a given blind: how a logged question is opened.
///
/// # Errors
/// `E_MATCH_INPUT`.
pub fn blind_with(suite: &Suite, input: &[u8], blind: &Blind) -> Result<Element, Error> {
    Element::of(blind.0 * hashed(suite, input)?)
}

/// RFC 9497 `Finalize` for one input in the modes without public information. In the mode
/// [`Mode::Verifiable`] the proof is checked first.
///
/// # Errors
/// `E_MATCH_PROOF`, `E_MATCH_BATCH`, `E_MATCH_INPUT`.
pub fn finalize(
    suite: &Suite,
    key: Option<&PublicKey>,
    input: &[u8],
    question: &Question,
    answer: &Answer,
) -> Result<Output, Error> {
    let outputs = finalize_batch(suite, key, &[input], std::slice::from_ref(question), answer)?;
    outputs.into_iter().next().ok_or(Error::Batch("is empty"))
}

/// [`finalize`] for a batch: one proof, one inversion.
///
/// # Errors
/// `E_MATCH_PROOF` where the proof fails or is missing, `E_MATCH_BATCH` where numbers differ;
/// `E_MATCH_KERNEL`.
pub fn finalize_batch(
    suite: &Suite,
    key: Option<&PublicKey>,
    inputs: &[&[u8]],
    questions: &[Question],
    answer: &Answer,
) -> Result<Vec<Output>, Error> {
    if inputs.len() != questions.len() {
        return Err(Error::Batch("inputs and questions differ in number"));
    }
    let asked: Vec<Element> = questions.iter().map(|question| question.element).collect();
    let answers = Batch::new(suite, &answer.elements)?;
    check(suite, key, &asked, &answers, answer.proof)?;
    let opened = unblinded(questions, &answers)?;
    Ok(inputs
        .iter()
        .zip(opened)
        .map(|(input, element)| output(input, &element))
        .collect())
}

/// RFC 9497 `Finalize` with public information, for one input.
///
/// # Errors
/// `E_MATCH_PROOF`, `E_MATCH_BATCH`, `E_MATCH_ELEMENT` where the information cancels the key.
pub fn finalize_partial(
    suite: &Suite,
    key: &PublicKey,
    inputs: &[&[u8]],
    questions: &[Question],
    info: &[u8],
    answer: &Answer,
) -> Result<Vec<Output>, Error> {
    if inputs.len() != questions.len() {
        return Err(Error::Batch("inputs and questions differ in number"));
    }
    let shifted = tweaked(suite, key, info)?;
    let asked: Vec<Element> = questions.iter().map(|question| question.element).collect();
    let answers = Batch::new(suite, &answer.elements)?;
    let claim = Claim {
        base: &base(),
        key: shifted.element(),
        ins: &answers,
        outs: &Batch::new(suite, &asked)?,
    };
    answer.proof.ok_or(Error::Proof)?.verify(suite, &claim)?;
    let opened = unblinded(questions, &answers)?;
    Ok(inputs
        .iter()
        .zip(opened)
        .map(|(input, element)| output_with(input, info, &element))
        .collect())
}

fn check(
    suite: &Suite,
    key: Option<&PublicKey>,
    asked: &[Element],
    answers: &Batch<'_>,
    proof: Option<Proof>,
) -> Result<(), Error> {
    if asked.is_empty() || asked.len() != answers.elements().len() {
        return Err(Error::Batch("questions and answers differ in number"));
    }
    if suite.mode() == Mode::Oblivious {
        return Ok(());
    }
    let claim = Claim {
        base: &base(),
        key: key.ok_or(Error::Proof)?.element(),
        ins: &Batch::new(suite, asked)?,
        outs: answers,
    };
    proof.ok_or(Error::Proof)?.verify(suite, &claim)
}

/// Answers without their blinds, encoded. One inversion for all blinds.
fn unblinded(questions: &[Question], answers: &Batch<'_>) -> Result<Vec<[u8; 32]>, Error> {
    let mut inverses: Zeroizing<Vec<Scalar>> =
        Zeroizing::new(questions.iter().map(|question| question.blind.0).collect());
    Scalar::invert_batch_alloc(&mut inverses);
    answers.times(By::Each(&inverses))
}
