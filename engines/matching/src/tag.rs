//! What an output is used for: a tag to look up, a reference to ask for more, a key for labels.

use hkdf::Hkdf;
use sha2::Sha512;

use crate::oprf::{OUTPUT_BYTES, Output};

/// The first 64 bits of an output: what an index holds.
///
/// A false hit needs two different outputs with the same tag: `Q` questions to an index of `N`
/// tags give `Q·N/2^64` of them on average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u64);

/// 128 bits that only whoever asked, and the holder, can know: a request that follows a hit
/// carries them, so that a false hit opens no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(pub [u8; 16]);

impl Tag {
    /// The tag of an output.
    pub fn of(output: &Output) -> Self {
        let first = output.first_chunk::<8>().copied().unwrap_or_default();
        Self(u64::from_be_bytes(first))
    }
}

impl Reference {
    /// The reference of an output.
    pub fn of(output: &Output) -> Self {
        let mut bytes = [0; 16];
        expand(output, b"ref", &mut bytes);
        Self(bytes)
    }
}

/// A key for a label that only whoever asked can open (AEAD is the caller's).
pub fn label_key(output: &Output) -> [u8; 32] {
    let mut bytes = [0; 32];
    expand(output, b"label", &mut bytes);
    bytes
}

/// HKDF-SHA-512 (RFC 5869) with an empty salt.
fn expand(output: &[u8; OUTPUT_BYTES], label: &[u8], out: &mut [u8]) {
    let hkdf = Hkdf::<Sha512>::new(None, output);
    let info = [b"passerelle/pmp1/".as_slice(), label].concat();
    // The only error is a length above 255 blocks; these are 16 and 32 bytes.
    if hkdf.expand(&info, out).is_err() {
        out.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_output_are_apart() {
        let output = [7; OUTPUT_BYTES];
        assert_eq!(Tag::of(&output), Tag(0x0707_0707_0707_0707));
        let (reference, label) = (Reference::of(&output), label_key(&output));
        assert_ne!(reference.0, [0; 16]);
        assert_ne!(reference.0[..], label[..16]);
        let mut other = output;
        other[63] ^= 1;
        assert_ne!(Reference::of(&other), reference);
    }
}
