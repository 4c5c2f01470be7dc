//! Eight group elements at a time, as `curve25519-dalek` reads them one by one.

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use passerelle_lanes::{Encoding, LANES, Lanes};

/// The first 256 bytes are eight encodings, zeros where they end sooner. Says whether all are of
/// elements. Where the processor has no lanes dalek alone reads them.
pub(crate) fn decode(bytes: &[u8]) -> bool {
    let mut encodings: [Encoding; LANES] = [[0; 32]; LANES];
    for (place, byte) in encodings.as_flattened_mut().iter_mut().zip(bytes) {
        *place = *byte;
    }
    let expected = encodings.map(|encoding| CompressedRistretto(encoding).decompress());
    if let Some(lanes) = Lanes::detect() {
        compare(lanes, &encodings, &expected);
    }
    expected.iter().all(Option::is_some)
}

fn compare(lanes: Lanes, encodings: &[Encoding; LANES], expected: &[Option<RistrettoPoint>]) {
    let (points, valid) = lanes.decode(encodings);
    let again = lanes.encode(&points);
    let three = Scalar::from(3_u64);
    let tripled = lanes.encode(&lanes.multiply(&points, three.as_bytes()));
    let found = again.into_iter().zip(tripled).zip(valid);
    for (((again, tripled), valid), (encoding, expected)) in
        found.zip(encodings.iter().zip(expected))
    {
        assert_eq!(valid, expected.is_some(), "{encodings:02x?}");
        if let Some(point) = expected {
            assert_eq!(again, *encoding);
            assert_eq!(tripled, (three * point).compress().to_bytes());
        }
    }
}
