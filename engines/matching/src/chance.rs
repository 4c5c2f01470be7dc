//! An order of chance.

use rand_core::CryptoRng;

/// Fisher and Yates, with a modulus whose bias is below 2^-38 for the largest order.
pub(crate) fn shuffle<T>(items: &mut [T], rng: &mut impl CryptoRng) {
    for last in (1..items.len()).rev() {
        let choice = rng.next_u64() % (last as u64 + 1);
        items.swap(last, usize::try_from(choice).unwrap_or(last));
    }
}
