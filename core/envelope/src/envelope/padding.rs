//! ISO/IEC 7816-4 padding to whole blocks, so that lengths tell less about the content.

use crate::Error;

/// Plaintexts are padded to a multiple of this many bytes.
pub(super) const BLOCK: usize = 256;

/// Length after padding.
pub(super) const fn padded_len(plain: usize) -> usize {
    (plain / BLOCK + 1) * BLOCK
}

/// Appends `80`, then zeros to the end of the block.
pub(super) fn pad(plain: &mut Vec<u8>) {
    let padded = padded_len(plain.len());
    plain.push(0x80);
    plain.resize(padded, 0);
}

/// Takes the padding off; refuses any other than [`pad`] gives.
pub(super) fn unpad(padded: &mut Vec<u8>) -> Result<(), Error> {
    let refused = || Error::malformed("envelope", "is not padded as it should be");
    let end = padded
        .iter()
        .rposition(|byte| *byte != 0)
        .ok_or_else(refused)?;
    if padded.get(end) != Some(&0x80) || padded.len() != padded_len(end) {
        return Err(refused());
    }
    padded.truncate(end);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_reads_back() {
        for length in 0..3 * BLOCK {
            let plain = vec![0x80; length];
            let mut padded = plain.clone();
            pad(&mut padded);
            assert!(padded.len() > length && padded.len() <= length + BLOCK);
            assert!(padded.len().is_multiple_of(BLOCK));
            unpad(&mut padded).unwrap();
            assert_eq!(padded, plain);
        }
    }

    #[test]
    fn other_padding_is_refused() {
        let mut block = vec![0; BLOCK];
        let empty = block.clone();
        block[0] = 0x80;
        let two_blocks = [&block[..], &[0; BLOCK]].concat();
        let mut other = vec![0; BLOCK];
        other[9] = 0x81;
        for bad in [vec![], empty, two_blocks, other, vec![0x80; 1]] {
            assert_eq!(unpad(&mut bad.clone()).unwrap_err().code(), "E_MALFORMED");
        }
    }
}
