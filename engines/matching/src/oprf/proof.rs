//! Proofs that many elements were multiplied by one scalar (RFC 9497, section 2.2).

use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest as _, Sha512};

use super::element::{Element, SCALAR_BYTES};
use super::group::Batch;
use super::hash::length;
use super::{MAX_BATCH, Suite};
use crate::Error;

/// Length of a proof, in bytes.
pub const PROOF_BYTES: usize = 2 * SCALAR_BYTES;

/// A proof. Its scalars may be zero: nothing depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    challenge: Scalar,
    response: Scalar,
}

/// What is proved: `outs` are `ins` times the scalar that makes `key` of `base`.
pub(super) struct Claim<'a> {
    pub(super) base: &'a Element,
    pub(super) key: &'a Element,
    pub(super) ins: &'a Batch<'a>,
    pub(super) outs: &'a Batch<'a>,
}

impl Proof {
    /// Reads a proof.
    ///
    /// # Errors
    /// `E_MATCH_SCALAR` for any other encoding than the canonical one.
    pub fn from_bytes(bytes: &[u8; PROOF_BYTES]) -> Result<Self, Error> {
        let (first, second) = bytes.split_at(SCALAR_BYTES);
        Ok(Self {
            challenge: decoded(first)?,
            response: decoded(second)?,
        })
    }

    /// The encoding: challenge, response.
    pub fn to_bytes(&self) -> [u8; PROOF_BYTES] {
        let mut bytes = [0; PROOF_BYTES];
        let (first, second) = bytes.split_at_mut(SCALAR_BYTES);
        first.copy_from_slice(self.challenge.as_bytes());
        second.copy_from_slice(self.response.as_bytes());
        bytes
    }

    /// RFC 9497 `GenerateProof`, with its fresh random scalar.
    pub(super) fn make(
        suite: &Suite,
        secret: &Scalar,
        claim: &Claim<'_>,
        random: &Scalar,
    ) -> Result<Self, Error> {
        let weights = claim.weights(suite)?;
        let m = claim.ins.sum(&weights)?;
        let z = secret * m;
        let t2 = random * claim.base.point()?;
        let t3 = random * m;
        let challenge = claim.challenge(suite, [m, z, t2, t3]);
        let response = random - challenge * secret;
        Ok(Self {
            challenge,
            response,
        })
    }

    /// RFC 9497 `VerifyProof`.
    pub(super) fn verify(&self, suite: &Suite, claim: &Claim<'_>) -> Result<(), Error> {
        let weights = claim.weights(suite)?;
        let m = claim.ins.sum(&weights)?;
        let z = claim.outs.sum(&weights)?;
        let pair = [self.response, self.challenge];
        // Nothing here is secret.
        let t2 = RistrettoPoint::vartime_multiscalar_mul(
            pair,
            [claim.base.point()?, claim.key.point()?],
        );
        let t3 = RistrettoPoint::vartime_multiscalar_mul(pair, [&m, &z]);
        match claim.challenge(suite, [m, z, t2, t3]) == self.challenge {
            true => Ok(()),
            false => Err(Error::Proof),
        }
    }
}

impl Claim<'_> {
    /// The weights of RFC 9497 `ComputeComposites`, one for each pair.
    fn weights(&self, suite: &Suite) -> Result<Vec<Scalar>, Error> {
        let (ins, outs) = (self.ins.elements(), self.outs.elements());
        if ins.is_empty() || ins.len() > MAX_BATCH {
            return Err(Error::Batch("has 1 to 65,535 elements"));
        }
        if ins.len() != outs.len() {
            return Err(Error::Batch("questions and answers differ in number"));
        }
        let (key, tag) = (self.key.as_bytes(), suite.domain.seed_tag());
        let seed = Sha512::new()
            .chain_update(length(key))
            .chain_update(key)
            .chain_update(length(tag))
            .chain_update(tag)
            .finalize();
        let pairs = (0_u16..=u16::MAX).zip(ins.iter().zip(outs));
        Ok(pairs
            .map(|(index, (c, d))| {
                let (c, d) = (c.as_bytes(), d.as_bytes());
                suite.domain.to_scalar(&[
                    &length(&seed),
                    &seed,
                    &index.to_be_bytes(),
                    &length(c),
                    c,
                    &length(d),
                    d,
                    b"Composite",
                ])
            })
            .collect())
    }

    fn challenge(&self, suite: &Suite, points: [RistrettoPoint; 4]) -> Scalar {
        let [m, z, t2, t3] = points.map(|point| point.compress().to_bytes());
        let key = self.key.as_bytes();
        let long = length(key);
        suite.domain.to_scalar(&[
            &long,
            key,
            &long,
            &m,
            &long,
            &z,
            &long,
            &t2,
            &long,
            &t3,
            b"Challenge",
        ])
    }
}

fn decoded(bytes: &[u8]) -> Result<Scalar, Error> {
    let wrong = || Error::Scalar("not a canonical encoding");
    let bytes: [u8; SCALAR_BYTES] = bytes.try_into().map_err(|_| wrong())?;
    let scalar: Option<Scalar> = Scalar::from_canonical_bytes(bytes).into();
    scalar.ok_or_else(wrong)
}
