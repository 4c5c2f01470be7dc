//! The holder's side: answering blinded questions, and evaluating inputs of its own.

use curve25519_dalek::{RistrettoPoint, Scalar};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha512};

use super::element::Element;
use super::group::{Batch, By, IDENTITY, STRIPE, mapped};
use super::hash::length;
use super::key::{base, tweak};
use super::proof::{Claim, Proof};
use super::{MAX_BATCH, MAX_INPUT_BYTES, Mode, Output, SecretKey, Suite};
use crate::Error;

/// What the holder sends back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// One element for each that was asked, in the same order.
    pub elements: Vec<Element>,
    /// The proof; none in the mode [`Mode::Oblivious`].
    pub proof: Option<Proof>,
}

/// RFC 9497 `BlindEvaluate` for a batch. `info` is public information in the mode
/// [`Mode::Partial`], empty in the others.
///
/// # Errors
/// `E_MATCH_BATCH` for no element or more than [`MAX_BATCH`]; `E_MATCH_KERNEL`.
pub fn answer(
    suite: &Suite,
    key: &SecretKey,
    asked: &[Element],
    info: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Answer, Error> {
    answer_with(suite, key, asked, info, &Scalar::random(rng))
}

/// [`answer`] with a random scalar that is given. Only for test vectors: with the same scalar
/// for two different answers, the key can be computed from their proofs.
#[doc(hidden)]
pub fn answer_with(
    suite: &Suite,
    key: &SecretKey,
    asked: &[Element],
    info: &[u8],
    random: &Scalar,
) -> Result<Answer, Error> {
    if asked.is_empty() || asked.len() > MAX_BATCH {
        return Err(Error::Batch("has 1 to 65,535 elements"));
    }
    if suite.mode() == Mode::Partial {
        return answer_partial(suite, key, asked, info, random);
    }
    let asked = &Batch::new(suite, asked)?;
    let elements = multiplied(asked, key.scalar())?;
    let proof = match suite.mode() {
        Mode::Oblivious => None,
        _ => {
            let public = key.public();
            let claim = Claim {
                base: &base(),
                key: public.element(),
                ins: asked,
                outs: &Batch::unread(&elements),
            };
            Some(Proof::make(suite, key.scalar(), &claim, random)?)
        }
    };
    Ok(Answer { elements, proof })
}

/// RFC 9497, section 3.3.3: the key is shifted by the information, and divides.
fn answer_partial(
    suite: &Suite,
    key: &SecretKey,
    asked: &[Element],
    info: &[u8],
    random: &Scalar,
) -> Result<Answer, Error> {
    let shifted = key.scalar() + tweak(suite, info)?;
    if shifted == Scalar::ZERO {
        return Err(Error::Scalar("the information cancels the key"));
    }
    let asked = &Batch::new(suite, asked)?;
    let elements = multiplied(asked, &shifted.invert())?;
    let point = RistrettoPoint::mul_base(&shifted);
    let claim = Claim {
        base: &base(),
        key: &Element::of(point)?,
        ins: &Batch::new(suite, &elements)?,
        outs: asked,
    };
    let proof = Proof::make(suite, &shifted, &claim, random)?;
    Ok(Answer {
        elements,
        proof: Some(proof),
    })
}

fn multiplied(asked: &Batch<'_>, scalar: &Scalar) -> Result<Vec<Element>, Error> {
    let products = asked.times(By::One(scalar))?;
    // No element is the identity and the scalar is not zero, so that no product is.
    Ok(products.into_iter().map(Element::read).collect())
}

/// RFC 9497 `Evaluate` in the modes without public information: what the holder gets for an
/// input of its own.
///
/// # Errors
/// `E_MATCH_INPUT` for an input that is too long or hashes to the identity.
pub fn evaluate(suite: &Suite, key: &SecretKey, input: &[u8]) -> Result<Output, Error> {
    let point = hashed(suite, input)?;
    let element = (key.scalar() * point).compress();
    Ok(output(input, element.as_bytes()))
}

/// [`evaluate`] for many inputs, faster together.
///
/// # Errors
/// As [`evaluate`]; `E_MATCH_KERNEL`.
pub fn evaluate_batch<'a>(
    suite: &Suite,
    key: &SecretKey,
    inputs: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<Output>, Error> {
    let mut outputs = Vec::new();
    let mut inputs = inputs.into_iter();
    loop {
        let stripe: Vec<&[u8]> = inputs.by_ref().take(STRIPE).collect();
        if stripe.is_empty() {
            return Ok(outputs);
        }
        for (input, element) in stripe
            .iter()
            .zip(times(suite, &stripe, By::One(key.scalar()))?)
        {
            outputs.push(output(input, &element));
        }
    }
}

/// The points of at most [`STRIPE`] inputs, multiplied by what is not zero.
pub(super) fn times(suite: &Suite, inputs: &[&[u8]], by: By<'_>) -> Result<Vec<[u8; 32]>, Error> {
    let uniform = inputs
        .iter()
        .map(|input| match input.len() > MAX_INPUT_BYTES {
            true => Err(Error::Input("is longer than 65,535 bytes")),
            false => Ok(suite.domain.uniform(input)),
        });
    let uniform = uniform.collect::<Result<Vec<[u8; 64]>, Error>>()?;
    let elements = mapped(suite, &uniform, by)?;
    match elements.contains(&IDENTITY) {
        true => Err(Error::Input("hashes to the identity")),
        false => Ok(elements),
    }
}

/// RFC 9497 `Evaluate` with public information.
///
/// # Errors
/// `E_MATCH_INPUT`; `E_MATCH_SCALAR` where the information cancels the key.
pub fn evaluate_partial(
    suite: &Suite,
    key: &SecretKey,
    input: &[u8],
    info: &[u8],
) -> Result<Output, Error> {
    let shifted = key.scalar() + tweak(suite, info)?;
    if shifted == Scalar::ZERO {
        return Err(Error::Scalar("the information cancels the key"));
    }
    let element = (shifted.invert() * hashed(suite, input)?).compress();
    Ok(output_with(input, info, element.as_bytes()))
}

pub(super) fn hashed(suite: &Suite, input: &[u8]) -> Result<RistrettoPoint, Error> {
    use curve25519_dalek::traits::IsIdentity as _;
    if input.len() > MAX_INPUT_BYTES {
        return Err(Error::Input("is longer than 65,535 bytes"));
    }
    let point = suite.domain.to_group(input);
    match point.is_identity() {
        true => Err(Error::Input("hashes to the identity")),
        false => Ok(point),
    }
}

pub(super) fn output(input: &[u8], element: &[u8; 32]) -> Output {
    Sha512::new()
        .chain_update(length(input))
        .chain_update(input)
        .chain_update(length(element))
        .chain_update(element)
        .chain_update(b"Finalize")
        .finalize()
        .into()
}

pub(super) fn output_with(input: &[u8], info: &[u8], element: &[u8; 32]) -> Output {
    Sha512::new()
        .chain_update(length(input))
        .chain_update(input)
        .chain_update(length(info))
        .chain_update(info)
        .chain_update(length(element))
        .chain_update(element)
        .chain_update(b"Finalize")
        .finalize()
        .into()
}
