//! Encodings of group elements, eight at a time.

use curve25519_dalek::{RistrettoPoint, Scalar};

use super::{Sample, World, bad, good};

pub(crate) fn decode(_: &World) -> Vec<Sample> {
    let multiple = |n: u64| {
        RistrettoPoint::mul_base(&Scalar::from(n))
            .compress()
            .to_bytes()
    };
    let eight: Vec<u8> = (1..=8).flat_map(multiple).collect();
    let with = |lane: usize, encoding: [u8; 32]| {
        let mut bytes = eight.clone();
        let place = bytes.iter_mut().skip(32 * lane);
        place.zip(encoding).for_each(|(place, byte)| *place = byte);
        bytes
    };
    let of = |first: u8, rest: u8, last: u8| {
        let mut bytes = [rest; 32];
        let [low, .., high] = &mut bytes;
        (*low, *high) = (first, last);
        bytes
    };
    vec![
        good("multiples", eight.clone()),
        good("identities", Vec::new()),
        bad("one", with(0, of(1, 0, 0))),
        bad("p-less-one", with(3, of(0xec, 0xff, 0x7f))),
        bad("p", with(4, of(0xed, 0xff, 0x7f))),
        bad("all-ones", with(7, [0xff; 32])),
        bad("high-bit", with(5, of(0, 0, 0x80))),
        bad("two", with(6, of(2, 0, 0))),
    ]
}
