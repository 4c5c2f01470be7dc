//! Hashing to the group and to scalars: `expand_message_xmd` with SHA-512 (RFC 9380, section
//! 5.3.1) and the suite ristretto255-SHA512 (RFC 9497, section 4.1).

use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest as _, Sha512};

/// Bytes of one SHA-512 block, which the expansion begins with.
const BLOCK: usize = 128;

/// What keeps the uses of the hash functions of one mode apart.
#[derive(Debug, Clone)]
pub(super) struct Domain {
    group: Vec<u8>,
    scalar: Vec<u8>,
    derive: Vec<u8>,
    seed: Vec<u8>,
    /// SHA-512 after its first block of zeros, which every expansion begins with.
    zeros: Sha512,
}

impl Domain {
    pub(super) fn new(mode: u8) -> Self {
        let mut context = b"OPRFV1-".to_vec();
        context.push(mode);
        context.extend_from_slice(b"-ristretto255-SHA512");
        let tagged = |name: &[u8]| [name, &context].concat();
        Self {
            group: tagged(b"HashToGroup-"),
            scalar: tagged(b"HashToScalar-"),
            derive: tagged(b"DeriveKeyPair"),
            seed: tagged(b"Seed-"),
            zeros: Sha512::new_with_prefix([0; BLOCK]),
        }
    }

    /// RFC 9497 `HashToGroup`.
    pub(super) fn to_group(&self, input: &[u8]) -> RistrettoPoint {
        RistrettoPoint::from_uniform_bytes(&self.uniform(input))
    }

    /// The bytes that `HashToGroup` maps to the group.
    pub(super) fn uniform(&self, input: &[u8]) -> [u8; 64] {
        self.expand(&[input], &self.group)
    }

    /// RFC 9497 `HashToScalar` of the parts, one after the other.
    pub(super) fn to_scalar(&self, parts: &[&[u8]]) -> Scalar {
        Scalar::from_bytes_mod_order_wide(&self.expand(parts, &self.scalar))
    }

    /// The scalar of RFC 9497 `DeriveKeyPair`.
    pub(super) fn to_key(&self, parts: &[&[u8]]) -> Scalar {
        Scalar::from_bytes_mod_order_wide(&self.expand(parts, &self.derive))
    }

    /// The tag of the seed of composites.
    pub(super) fn seed_tag(&self) -> &[u8] {
        &self.seed
    }

    /// 64 uniform bytes: one hash output is all that is needed, so that the general loop of
    /// RFC 9380 has one turn.
    fn expand(&self, parts: &[&[u8]], tag: &[u8]) -> [u8; 64] {
        let length = [u8::try_from(tag.len()).unwrap_or(u8::MAX)];
        let mut first = self.zeros.clone();
        for part in parts {
            first.update(part);
        }
        first.update([0, 64, 0]);
        first.update(tag);
        first.update(length);
        let b0 = first.finalize();
        let second = Sha512::new()
            .chain_update(b0)
            .chain_update([1])
            .chain_update(tag)
            .chain_update(length);
        second.finalize().into()
    }
}

/// `I2OSP(length, 2)`: every input here is shorter than 2^16 bytes, as its callers check.
pub(super) fn length(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9380, appendix K.3: SHA-512, 32 and 128 bytes are not used here; the construction is
    /// checked where its length is ours, through the vectors of RFC 9497, and here for
    /// separation.
    #[test]
    fn domains_are_apart() {
        let (a, b) = (Domain::new(0), Domain::new(1));
        assert_ne!(a.to_group(b"x"), b.to_group(b"x"));
        assert_ne!(a.to_scalar(&[b"x"]), a.to_key(&[b"x"]));
        assert_eq!(a.to_scalar(&[b"ab", b"c"]), a.to_scalar(&[b"a", b"bc"]));
    }
}
