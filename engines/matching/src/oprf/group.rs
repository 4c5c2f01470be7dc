//! The arithmetic of batches: in eight lanes where the processor has them, else one point after
//! the other on `curve25519-dalek`.
//!
//! One result of every batch from the lanes is computed again on dalek, chosen by a hash of
//! them all: a processor that computes wrongly, or an error in the kernel, ends in an error and
//! not in an answer.

use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use passerelle_lanes::{Encoding, LANES, Lanes, Points};
use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

use super::Suite;
use super::element::{Element, decoded};
use crate::Error;

/// Elements computed at a time: large enough for one inversion, or one recomputed result, to be
/// shared by many.
pub(super) const STRIPE: usize = 256;

/// The encoding of the identity.
pub(super) const IDENTITY: Encoding = [0; 32];

/// What a batch is multiplied by.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    /// All by the same.
    One(&'a Scalar),
    /// Each by its own.
    Each(&'a [Scalar]),
}

/// Elements of a batch, ready for the arithmetic that the suite has for so many.
pub(super) struct Batch<'a> {
    elements: &'a [Element],
    lanes: Option<(Lanes, Vec<Points>)>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(suite: &Suite, elements: &'a [Element]) -> Result<Self, Error> {
        let lanes = match suite.lanes(elements.len()) {
            Some(lanes) => Some((lanes, read(lanes, elements)?)),
            None => None,
        };
        Ok(Self { elements, lanes })
    }

    /// Elements of which only the encodings are needed.
    pub(super) fn unread(elements: &'a [Element]) -> Self {
        Self {
            elements,
            lanes: None,
        }
    }

    pub(super) fn elements(&self) -> &'a [Element] {
        self.elements
    }

    /// Products, encoded.
    pub(super) fn times(&self, by: By<'_>) -> Result<Vec<Encoding>, Error> {
        let mut out = Vec::with_capacity(self.elements.len());
        for (n, elements) in self.elements.chunks(STRIPE).enumerate() {
            let by = by.part(n * STRIPE, elements.len());
            match &self.lanes {
                Some((lanes, points)) => {
                    let points = points.chunks(STRIPE / LANES).nth(n).unwrap_or_default();
                    let found = multiplied(*lanes, points, by, elements.len());
                    rechecked(&found, |at| {
                        Some(by.at(at) * elements.get(at)?.point().ok()?)
                    })?;
                    out.extend(found);
                }
                None => out.extend(one_by_one(elements, by)?),
            }
        }
        Ok(out)
    }

    /// The sum of weights times elements. All of them are public.
    pub(super) fn sum(&self, weights: &[Scalar]) -> Result<RistrettoPoint, Error> {
        let Some((lanes, points)) = &self.lanes else {
            let points = self.elements.iter().map(Element::point);
            let points = points.collect::<Result<Vec<RistrettoPoint>, Error>>()?;
            return Ok(RistrettoPoint::vartime_multiscalar_mul(weights, &points));
        };
        let weights: Vec<[Encoding; LANES]> = weights
            .chunks(LANES)
            .map(|some| filled(some.iter().map(Scalar::to_bytes)))
            .collect();
        decoded(lanes.sum(points, &weights)).ok_or(Error::Kernel)
    }
}

impl By<'_> {
    fn part(&self, from: usize, length: usize) -> Self {
        match self {
            Self::One(one) => Self::One(one),
            Self::Each(each) => Self::Each(
                each.get(from..)
                    .and_then(|rest| rest.get(..length))
                    .unwrap_or_default(),
            ),
        }
    }

    /// Zero where there is none.
    fn at(&self, at: usize) -> Scalar {
        match self {
            Self::One(one) => **one,
            Self::Each(each) => each.get(at).copied().unwrap_or_default(),
        }
    }

    fn times(&self, lanes: Lanes, points: &Points, vector: usize) -> Points {
        match self {
            Self::One(one) => lanes.multiply(points, one.as_bytes()),
            Self::Each(each) => {
                let scalars = each.chunks(LANES).nth(vector).unwrap_or_default();
                let scalars = Zeroizing::new(filled(scalars.iter().map(Scalar::to_bytes)));
                lanes.multiply_each(points, &scalars)
            }
        }
    }
}

/// What each 64 uniform bytes map to (RFC 9496, section 4.3.4), multiplied and encoded: at most
/// [`STRIPE`] at a time.
pub(super) fn mapped(
    suite: &Suite,
    uniform: &[[u8; 64]],
    by: By<'_>,
) -> Result<Vec<Encoding>, Error> {
    let of = |bytes: &[u8; 64]| RistrettoPoint::from_uniform_bytes(bytes);
    let Some(lanes) = suite.lanes(uniform.len()) else {
        let halves = uniform.iter().enumerate();
        let halves = halves.map(|(n, bytes)| by.at(n).div_by_2() * of(bytes));
        return Ok(doubled(&halves.collect::<Vec<RistrettoPoint>>()));
    };
    let vectors = uniform.chunks(LANES);
    let points: Vec<Points> = vectors
        .map(|some| lanes.from_uniform(&filled(some.iter().copied())))
        .collect();
    let found = multiplied(lanes, &points, by, uniform.len());
    rechecked(&found, |at| Some(by.at(at) * of(uniform.get(at)?)))?;
    Ok(found)
}

/// Decodes many, and refuses what [`Element::from_bytes`] refuses.
pub(super) fn elements(suite: &Suite, encodings: &[Encoding]) -> Result<Vec<Element>, Error> {
    let Some(lanes) = suite.lanes(encodings.len()) else {
        return encodings.iter().copied().map(Element::from_bytes).collect();
    };
    for some in encodings.chunks(LANES) {
        let (_, valid) = lanes.decode(&filled(some.iter().copied()));
        for (encoding, valid) in some.iter().zip(valid) {
            if !valid || *encoding == IDENTITY {
                // Says what is wrong with it, or that dalek finds nothing wrong.
                Element::from_bytes(*encoding)?;
                return Err(Error::Kernel);
            }
        }
    }
    rechecked(encodings, |at| decoded(*encodings.get(at)?))?;
    Ok(encodings.iter().copied().map(Element::read).collect())
}

fn read(lanes: Lanes, elements: &[Element]) -> Result<Vec<Points>, Error> {
    let mut points = Vec::with_capacity(elements.len().div_ceil(LANES));
    for some in elements.chunks(LANES) {
        let (read, valid) = lanes.decode(&filled(some.iter().map(|e| *e.as_bytes())));
        // They were decoded before.
        if valid != [true; LANES] {
            return Err(Error::Kernel);
        }
        points.push(read);
    }
    Ok(points)
}

fn multiplied(lanes: Lanes, points: &[Points], by: By<'_>, count: usize) -> Vec<Encoding> {
    let products = points.iter().enumerate();
    let encoded = products.flat_map(|(n, points)| lanes.encode(&by.times(lanes, points, n)));
    encoded.take(count).collect()
}

/// Half the product is computed and doubled while encoding, which shares one inversion among
/// many.
fn one_by_one(elements: &[Element], by: By<'_>) -> Result<Vec<Encoding>, Error> {
    let products = elements.iter().enumerate();
    let halves = products.map(|(n, element)| Ok(by.at(n).div_by_2() * element.point()?));
    Ok(doubled(
        &halves.collect::<Result<Vec<RistrettoPoint>, Error>>()?,
    ))
}

fn doubled(halves: &[RistrettoPoint]) -> Vec<Encoding> {
    let encoded = RistrettoPoint::double_and_compress_batch(halves);
    encoded.into_iter().map(|bytes| bytes.to_bytes()).collect()
}

/// One value a lane; zeros, which are the identity or no scalar, where there are fewer.
fn filled<const N: usize>(values: impl Iterator<Item = [u8; N]>) -> [[u8; N]; LANES] {
    let mut out = [[0; N]; LANES];
    for (place, value) in out.iter_mut().zip(values) {
        *place = value;
    }
    out
}

/// Computes one of the results again.
fn rechecked(
    found: &[Encoding],
    again: impl FnOnce(usize) -> Option<RistrettoPoint>,
) -> Result<(), Error> {
    let Some(at) = chosen(found) else {
        return Ok(());
    };
    let expected = again(at).map(|point| point.compress().to_bytes());
    match expected.as_ref() == found.get(at) {
        true => Ok(()),
        false => Err(Error::Kernel),
    }
}

/// Any of them, as a hash of all decides.
fn chosen(found: &[Encoding]) -> Option<usize> {
    let hash = found
        .iter()
        .fold(Sha512::new(), Sha512::chain_update)
        .finalize();
    let number = u64::from_be_bytes(*hash.first_chunk()?);
    let at = number.checked_rem(u64::try_from(found.len()).ok()?)?;
    usize::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing that is found is handed out where the one that is computed again differs; each
    /// place is the one sometime.
    #[test]
    fn a_wrong_result_is_an_error() {
        let points: Vec<RistrettoPoint> = (1..=8_u64)
            .map(|n| RistrettoPoint::mul_base(&Scalar::from(n)))
            .collect();
        let right: Vec<Encoding> = points.iter().map(|p| p.compress().to_bytes()).collect();
        assert_eq!(rechecked(&right, |at| points.get(at).copied()), Ok(()));
        let mut turned = right.clone();
        turned.rotate_left(1);
        let wrong = rechecked(&turned, |at| points.get(at).copied());
        assert_eq!(wrong, Err(Error::Kernel));
        assert_eq!(rechecked(&right, |_| None), Err(Error::Kernel));
        let mut seen = [false; 8];
        for n in 0..200 {
            let found = [[n; 32]; 8];
            seen[chosen(&found).unwrap()] = true;
        }
        assert_eq!(seen, [true; 8]);
        assert_eq!(chosen(&[]), None);
    }
}
