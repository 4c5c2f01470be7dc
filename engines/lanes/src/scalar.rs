//! Scalars as digits.

use zeroize::Zeroizing;

use crate::Encoding;

/// Windows of four bits in 256.
pub(crate) const WINDOWS: usize = 64;

/// For each window, lowest first, the digit of every lane: −8 to 8.
pub(crate) type Digits = [[i8; 8]; WINDOWS];

/// Eights in all windows but the last.
const EIGHTS: [u64; 4] = [
    0x8888_8888_8888_8888,
    0x8888_8888_8888_8888,
    0x8888_8888_8888_8888,
    0x0888_8888_8888_8888,
];

/// Digits of one scalar in all lanes.
pub(crate) fn same(scalar: &Encoding) -> Zeroizing<Digits> {
    let one = signed(scalar);
    let mut out = Zeroizing::new([[0; 8]; WINDOWS]);
    for (place, digit) in out.iter_mut().zip(one.iter()) {
        *place = [*digit; 8];
    }
    out
}

/// Digits of one scalar for each lane.
pub(crate) fn each(scalars: &[Encoding; 8]) -> Zeroizing<Digits> {
    let mut out = Zeroizing::new([[0; 8]; WINDOWS]);
    for (lane, scalar) in scalars.iter().enumerate() {
        for (place, digit) in out.iter_mut().zip(signed(scalar).iter()) {
            if let Some(place) = place.get_mut(lane) {
                *place = *digit;
            }
        }
    }
    out
}

/// Signed digits of a scalar below 2^255 (what is below the order of the group is): eight is
/// added to every window, with all carries, and taken from each digit again.
fn signed(scalar: &Encoding) -> Zeroizing<[i8; WINDOWS]> {
    let mut out = Zeroizing::new([0; WINDOWS]);
    let mut carry = 0;
    let words = scalar.as_chunks::<8>().0.iter().zip(EIGHTS);
    for (places, (word, eights)) in out.as_chunks_mut::<16>().0.iter_mut().zip(words) {
        let sum = u128::from(u64::from_le_bytes(*word)) + u128::from(eights) + carry;
        carry = sum >> 64;
        for (n, place) in places.iter_mut().enumerate() {
            let (nibble, eight) = (sum >> (4 * n) & 15, eights >> (4 * n) & 15);
            *place = nibble as i8 - eight as i8;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digits of a scalar make the scalar again.
    #[test]
    fn digits_are_the_scalar() {
        let mut scalars = [[0; 32]; 8];
        scalars[1][0] = 1;
        scalars[2] = [0x88; 32];
        scalars[3] = [0xff; 32];
        scalars[4] = [0x77; 32];
        scalars[5] = [0x78; 32];
        scalars[6][31] = 0x10;
        for scalar in &mut scalars {
            scalar[31] &= 0x7f;
        }
        let digits = each(&scalars);
        for (lane, scalar) in scalars.iter().enumerate() {
            assert!(
                same(scalar)
                    .iter()
                    .zip(digits.iter())
                    .all(|(a, b)| a[0] == b[lane])
            );
            let mut again = [0; 32];
            let mut carry = 0_i16;
            for (n, byte) in again.iter_mut().enumerate() {
                let (low, high) = (digits[2 * n][lane], digits[2 * n + 1][lane]);
                assert!((-8..=8).contains(&low) && (-8..=8).contains(&high));
                let value = i16::from(low) + 16 * i16::from(high) + carry;
                *byte = u8::try_from(value.rem_euclid(256)).unwrap();
                carry = value.div_euclid(256);
            }
            assert_eq!((carry, &again), (0, scalar));
        }
    }
}
